//! The forms of a report.

use jiff::Timestamp;
use serde_json::Value;

use super::{html, markdown, ocsf};
use crate::domain::account::AccountId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::mfa_device::MfaDevice;
use crate::domain::recovery::LeftOpen;
use crate::domain::report::exception::Exception;
use crate::domain::report::{EarlierReport, FindingName, Reading, Report, ReportedAccount, Source, compare};
use crate::domain::root_credentials::{AccessKey, AuditDepth, LastUsed, Password, Presence, RootAudit};
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::root_finding::RootFinding;
use crate::domain::sign_in::LastSignIn;

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn id(number: u64) -> AccountId {
    format!("{number:012}").parse().expect("an id")
}

fn clean() -> RootAudit {
    RootAudit {
        depth: AuditDepth::Deep,
        password: Presence::Absent,
        access_keys: Presence::Absent,
        mfa_devices: Presence::Absent,
        signing_certificates: Presence::Absent,
        last_sign_in: LastSignIn::Never,
    }
}

fn used() -> RootAudit {
    let last_used =
        LastUsed::Used { at: time("2026-02-20T10:00:00Z"), service: "s3".into(), region: "us-east-1".into() };
    let created = Some(time("2020-01-02T03:04:05Z"));
    RootAudit {
        password: Presence::Present(Some(Password { created })),
        access_keys: Presence::Present(Some(vec![AccessKey {
            id: "AKIAEXAMPLE1".into(),
            status: "Active".into(),
            created,
            last_used,
        }])),
        mfa_devices: Presence::Present(Some(vec![MfaDevice {
            serial: "arn:aws:iam::000000000002:mfa/phone".into(),
            enabled: created,
        }])),
        last_sign_in: LastSignIn::At(time("2026-02-01T10:00:00Z")),
        ..clean()
    }
}

fn unread() -> RootAudit {
    RootAudit::unknown(AuditDepth::Deep, &ApiError::new("sts:AssumeRoot", ApiErrorKind::DeniedByScp, "no"))
}

fn account(number: u64, name: &str, audit: RootAudit) -> ReportedAccount {
    ReportedAccount {
        id: id(number),
        name: name.into(),
        email: "aws@example.com".into(),
        reading: Reading::Audited(Box::new(audit), time("2026-03-01T09:59:00Z")),
        contacts: None,
        contacts_skipped: None,
        last_known: None,
        findings: Vec::new(),
    }
}

fn report() -> Report {
    let mut report = Report {
        organization: "o-8j81brsjuj".into(),
        management_account: id(1),
        features: Some(RootFeatures::Enabled(vec![RootFeature::RootCredentialsManagement])),
        caller: "arn:aws:sts::000000000001:assumed-role/Auditor/ann".into(),
        endpoint: None,
        made: time("2026-03-01T10:00:00Z"),
        version: "0.1.0".into(),
        depth: AuditDepth::Deep,
        accounts: vec![
            account(2, "<b>pay|ments</b>", used()),
            account(3, "clean", clean()),
            account(4, "denied", unread()),
        ],
        has_contacts: false,
        exceptions: Vec::new(),
        exceptions_file: Some("exceptions.toml".into()),
        comparison: None,
        recoveries: Some(Vec::new()),
    };
    let exception = Exception {
        line: 1,
        account: id(2),
        finding: FindingName::Root(RootFinding::NoHardwareMfa),
        reason: "Passkeys from 2027".into(),
        attested_by: "CISO".into(),
        until: "2026-12-31".parse().expect("a day"),
    };
    report.judge(vec![exception], true);
    report
}

fn events(report: &Report) -> Vec<Value> {
    serde_json::from_str(&ocsf(report).expect("json")).expect("an array")
}

#[test]
fn recoveries_that_are_open_are_listed_with_who_why_and_until() {
    let mut report = report();
    assert!(!markdown(&report).contains("Open password recoveries"));
    let by = "arn:aws:sts::000000000001:assumed-role/Auditor/ann".to_owned();
    let end = Some(time("2026-02-28T10:00:00Z"));
    let open = LeftOpen::new(id(2), time("2026-02-27T10:00:00Z"), by);
    report.recoveries = Some(vec![LeftOpen { until: end, reason: Some("OPS-7".into()), ..open }]);
    let text = markdown(&report);
    for part in ["Open password recoveries", "OPS-7", "Auditor/ann", "2026-02-27", "2026-02-28", "past its end"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    report.recoveries = None;
    assert!(markdown(&report).contains("journal of this machine could not be read"));
}

#[test]
fn ocsf_has_what_tools_ask_of_a_compliance_finding() {
    let events = events(&report());
    for event in &events {
        assert_eq!((&event["class_uid"], &event["category_uid"]), (&2003.into(), &2.into()));
        assert_eq!((&event["type_uid"], &event["activity_id"]), (&200_301.into(), &1.into()));
        assert!(event["time"].is_i64() && event["severity_id"].is_i64() && event["metadata"]["version"].is_string());
        assert!(event["finding_info"]["uid"].is_string() && event["metadata"]["product"]["name"] == "rootdeck");
        assert!(!event["compliance"]["standards"].as_array().expect("a list").is_empty(), "{event}");
        assert_eq!(
            (&event["cloud"]["provider"], &event["cloud"]["org"]["uid"]),
            (&"AWS".into(), &"o-8j81brsjuj".into())
        );
    }
    let of = |number, name: &str| {
        let uid = format!("rootdeck:o-8j81brsjuj:{}:{name}", id(number));
        events.iter().find(|event| event["finding_info"]["uid"] == uid.as_str()).expect("an event")
    };
    let key = of(2, "access_key_in_use");
    assert_eq!((&key["severity_id"], &key["compliance"]["status_id"]), (&5.into(), &3.into()));
    assert!(key["message"].as_str().is_some_and(|text| text.contains("AKIAEXAMPLE1")), "{key}");
    assert_eq!(key["resources"][0]["uid"], "arn:aws:iam::000000000002:root");
    let excepted = of(2, "no_hardware_mfa");
    assert_eq!(
        (&excepted["status_id"], &excepted["unmapped"]["exception"]["attested_by"]),
        (&3.into(), &"CISO".into())
    );
    assert_eq!(of(3, "root_audit")["compliance"]["status_id"], 1);
    let denied = of(4, "root_audit");
    assert_eq!(denied["compliance"]["status_id"], 2);
    assert!(denied["message"].as_str().is_some_and(|text| text.contains("sts:AssumeRoot: no")), "{denied}");
    assert!(
        !events.iter().any(|event| event["finding_info"]["uid"] == "rootdeck:o-8j81brsjuj:000000000002:root_audit")
    );
}

#[test]
fn a_report_for_tools_is_what_the_next_one_is_compared_with() {
    let first = report();
    let earlier = EarlierReport::from_ocsf(&ocsf(&first).expect("json")).expect("a report");
    assert_eq!((earlier.made, earlier.organization.as_str()), (first.made, "o-8j81brsjuj"));
    assert_eq!(earlier.unread.iter().copied().collect::<Vec<_>>(), [id(4)]);
    let same = compare(&first, Source::File { path: "a".into(), made: earlier.made }, &earlier);
    assert_eq!((same.changes.len(), same.missing_now.len()), (0, 0));
    let mut second = report();
    second.accounts[0].reading = Reading::Audited(Box::new(clean()), second.made);
    second.accounts[1].reading = Reading::Audited(Box::new(used()), second.made);
    second.judge(Vec::new(), true);
    let changed = compare(&second, Source::File { path: "a".into(), made: earlier.made }, &earlier);
    let count = |is_new| changed.changes.iter().filter(|one| one.is_new == is_new).count();
    assert_eq!((count(true), count(false)), (5, 5));
}

#[test]
fn each_form_says_who_when_what_was_found_and_what_could_not_be_read() {
    let report = report();
    for text in [markdown(&report), html(&report)] {
        for part in [
            "o-8j81brsjuj",
            "assumed-role/Auditor/ann",
            "2026-03-01T10:00:00Z",
            "RootCredentialsManagement on, RootSessions off",
            "AKIAEXAMPLE1",
            "CIS 7.0 2.4",
            "Passkeys from 2027",
            "sts:AssumeRoot: no",
            "virtual (app)",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("<b>pay"), "{text}");
    }
    assert!(html(&report).contains("&lt;b&gt;pay|ments&lt;/b&gt;") && markdown(&report).contains("pay\\|ments"));
    assert!(!html(&report).contains("<script") && !html(&report).contains("src="));
}
