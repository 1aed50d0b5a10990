use super::*;
use crate::cli::bulk::Worked;
use crate::domain::account::{Account, AccountState};
use crate::domain::api_error::ApiErrorKind;
use crate::domain::root_credentials::{AccessKey, LastUsed, Password, Presence};
use crate::domain::sign_in::LastSignIn;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn json(rows: &[Row<'_>]) -> std::io::Result<String> {
    form(Form::Json, rows, AuditDepth::Deep, Timestamp::UNIX_EPOCH)
}

fn csv(rows: &[Row<'_>]) -> std::io::Result<String> {
    form(Form::Csv, rows, AuditDepth::Deep, Timestamp::UNIX_EPOCH)
}

fn table(rows: &[Row<'_>], depth: AuditDepth, now: Timestamp) -> String {
    form(Form::Table, rows, depth, now).expect("a table")
}

fn account(id: &str) -> Account {
    Account {
        id: id.parse().expect("an id"),
        name: format!("=account {id}"),
        email: "aws@example.com".into(),
        state: AccountState::Active,
        joined: None,
        joined_method: None,
        unit_ids: Some([].into()),
    }
}

fn clean(depth: AuditDepth) -> RootAudit {
    RootAudit {
        depth,
        password: Presence::Absent,
        access_keys: Presence::Absent,
        mfa_devices: Presence::Absent,
        signing_certificates: Presence::Absent,
        last_sign_in: LastSignIn::Never,
    }
}

fn api_error() -> ApiError {
    ApiError::new("sts:AssumeRoot", ApiErrorKind::DeniedByScp, "with an explicit deny in a service control policy")
}

fn row(account: &Account, audit: RootAudit) -> Row<'_> {
    super::work::row(account, Found::Audited(Box::new(audit), Timestamp::UNIX_EPOCH))
}

fn on(what: &[FailOn]) -> FailsOn<'_> {
    FailsOn { what, incomplete: false, unread_again: false }
}

#[test]
fn accounts_that_are_unread_as_before_fail_where_asked_for_and_are_told() {
    let again = |what| exit(&[], &FailsOn { unread_again: true, ..on(what) }, NOW);
    assert_eq!((again(&[FailOn::Unread]), again(&[FailOn::Finding])), (Exit::Failed, Exit::Done));
    assert_eq!(words::none_new(40, 1), "nothing new in 40 accounts, 1 unread or partly read as before");
    assert_eq!(words::none_new(1, 0), "nothing new in 1 account");
}

#[test]
fn what_could_not_be_read_is_never_called_clean() {
    let account = account("444455556666");
    let unknown = row(&account, RootAudit::unknown(AuditDepth::Quick, &api_error()));
    assert_eq!(unknown.verdict(Timestamp::UNIX_EPOCH), Verdict::Unknown);
    let json: serde_json::Value = serde_json::from_str(&json(&[unknown]).expect("json")).expect("a value");
    assert_eq!(json[0]["status"], "unknown");
    assert_eq!(json[0]["finding"], serde_json::Value::Null);
    assert_eq!(json[0]["password"]["status"], "unknown");
    assert!(json[0]["password"]["cause"].as_str().is_some_and(|cause| cause.contains("service control policy")));
    let part = RootAudit { access_keys: Presence::Unknown(api_error()), ..clean(AuditDepth::Quick) };
    assert_eq!(row(&account, part).verdict(Timestamp::UNIX_EPOCH), Verdict::Unknown);
}

#[test]
fn a_finding_is_one_even_beside_what_could_not_be_read() {
    let account = account("444455556666");
    let audit = RootAudit { password: Presence::Present(None), ..RootAudit::unknown(AuditDepth::Quick, &api_error()) };
    let row = row(&account, audit);
    assert_eq!(row.verdict(Timestamp::UNIX_EPOCH), Verdict::Finding);
    let text = csv(&[row]).expect("csv");
    assert!(text.ends_with(",true,present,,unknown,,unknown,,unknown,,unknown,unknown,password,,,\n"), "{text}");
}

#[test]
fn details_of_a_deep_audit_are_in_every_form() {
    let account = account("444455556666");
    let used = Timestamp::from_second(86_400).expect("a time");
    let key = AccessKey {
        id: "AKIA1".into(),
        status: "Active".into(),
        created: Some(Timestamp::UNIX_EPOCH),
        last_used: LastUsed::Used { at: used, service: "s3".into(), region: "us-east-1".into() },
    };
    let rows = [row(
        &account,
        RootAudit {
            password: Presence::Present(Some(Password { created: None })),
            access_keys: Presence::Present(Some(vec![key])),
            ..clean(AuditDepth::Deep)
        },
    )];
    let json: serde_json::Value = serde_json::from_str(&json(&rows).expect("json")).expect("a value");
    assert_eq!(json[0]["password"], serde_json::json!({ "status": "present", "details": { "created": null } }));
    assert_eq!(
        json[0]["access_keys"]["details"][0],
        serde_json::json!({
            "credential_id": "AKIA1", "status": "Active", "created": "1970-01-01T00:00:00Z",
            "last_used": { "status": "used", "time": "1970-01-02T00:00:00Z", "service": "s3", "region": "us-east-1" },
        })
    );
    assert_eq!(json[0]["mfa_devices"], serde_json::json!({ "status": "absent", "details": null }));
    let now = Timestamp::from_second(3 * 86_400).expect("a time");
    let table = table(&rows, AuditDepth::Deep, now);
    assert!(table.contains("AKIA1 Active, made 3 days ago, used 2 days ago (s3)"), "{table}");
    let csv = csv(&rows).expect("csv");
    assert!(csv.contains("AKIA1 Active created 1970-01-01T00:00:00Z used 1970-01-02T00:00:00Z s3 us-east-1"), "{csv}");
    assert!(csv.contains(",'=account 444455556666,"), "{csv}");
}

#[test]
fn accounts_skipped_are_in_json_with_the_cause_and_not_in_the_table() {
    let account = account("444455556666");
    let rows = [super::work::row(&account, Found::Skipped("the account is CLOSED".into()))];
    let json: serde_json::Value = serde_json::from_str(&json(&rows).expect("json")).expect("a value");
    assert_eq!((&json[0]["status"], &json[0]["message"]), (&"skipped".into(), &"the account is CLOSED".into()));
    assert!(json[0]["password"].is_null());
    assert_eq!(table(&rows, AuditDepth::Quick, Timestamp::UNIX_EPOCH).lines().count(), 1);
    assert_eq!(exit(&rows, &on(&[FailOn::Finding, FailOn::Unread]), NOW), Exit::Done);
    assert_eq!(exit(&rows, &FailsOn { incomplete: true, ..on(&[]) }, NOW), Exit::Some);
    assert_eq!(exit(&rows, &FailsOn { incomplete: true, ..on(&[FailOn::Unread]) }, NOW), Exit::Failed);
}

#[test]
fn a_finding_fails_where_asked_for_whatever_else_was_not_read() {
    let account = account("444455556666");
    let finding = || RootAudit { password: Presence::Present(None), ..clean(AuditDepth::Quick) };
    let unread = || RootAudit::unknown(AuditDepth::Quick, &api_error());
    let ends = |audits: Vec<RootAudit>, fail_on: &[FailOn]| {
        exit(&audits.into_iter().map(|audit| row(&account, audit)).collect::<Vec<_>>(), &on(fail_on), NOW)
    };
    let clean = || clean(AuditDepth::Quick);
    assert_eq!(ends(vec![finding()], &[]), Exit::Done);
    assert_eq!(ends(vec![finding()], &[FailOn::Finding]), Exit::Failed);
    assert_eq!(ends(vec![clean()], &[FailOn::Finding, FailOn::Unread]), Exit::Done);
    assert_eq!(ends(vec![finding(), unread()], &[FailOn::Finding]), Exit::Failed);
    assert_eq!(ends(vec![clean(), unread()], &[FailOn::Finding]), Exit::Some);
    assert_eq!(ends(vec![clean(), unread()], &[FailOn::Finding, FailOn::Unread]), Exit::Failed);
    assert_eq!(ends(vec![finding(), clean()], &[FailOn::Unread]), Exit::Done);
}

#[test]
fn an_account_without_a_report_was_not_audited() {
    let accounts = [account("444455556666"), account("444455557777")];
    let report = RunReport::Audited(accounts[1].id, Box::new(clean(AuditDepth::Quick)));
    let worked = Worked { reports: vec![(report, Timestamp::UNIX_EPOCH)], interrupted: true };
    let rows = of_each(&accounts.iter().collect::<Vec<_>>(), vec![], vec![], worked);
    assert_eq!(
        rows.iter().map(|row| row.verdict(Timestamp::UNIX_EPOCH)).collect::<Vec<_>>(),
        [Verdict::NotAudited, Verdict::Clean]
    );
    assert_eq!(exit(&rows, &on(&[]), NOW), Exit::Some);
}

#[test]
fn many_accounts_with_one_reason_are_counted() {
    let ids: Vec<AccountId> =
        (0..10).map(|n| format!("{:012}", 444_455_556_660_u64 + n).parse().expect("an id")).collect();
    assert!(words::list(&ids).ends_with("444455556667 and 2 more"), "{}", words::list(&ids));
    assert_eq!(words::list(&ids[..1]), "444455556660");
}

#[test]
fn a_password_without_mfa_is_marked_in_every_form() {
    let account = account("444455556666");
    let bare = RootAudit { password: Presence::Present(None), ..clean(AuditDepth::Quick) };
    let rows = [row(&account, bare)];
    assert!(table(&rows, AuditDepth::Quick, Timestamp::UNIX_EPOCH).contains("!! none"));
    let shown: serde_json::Value = serde_json::from_str(&json(&rows).expect("json")).expect("a value");
    assert_eq!(shown[0]["password_without_mfa"], true);
    let csv = csv(&rows).expect("csv");
    let head = csv.lines().next().unwrap_or_default();
    assert!(
        head.ends_with(",password_without_mfa,last_sign_in,root_findings,changes_since,changes,mfa_device_kinds"),
        "{csv}"
    );
    assert!(csv.ends_with(",true,never,password_without_mfa password,,,\n"), "{csv}");
    let finding = &shown[0]["root_findings"][0];
    assert_eq!((&finding["root_finding"], &finding["severity"]), (&"password_without_mfa".into(), &"critical".into()));
    let references = finding["references"].as_array().expect("references");
    assert!(references.contains(&"CIS 7.0 2.5".into()) && references.contains(&"Security Hub IAM.9".into()));
    let unread = [row(&account, RootAudit::unknown(AuditDepth::Quick, &api_error()))];
    let shown: serde_json::Value = serde_json::from_str(&json(&unread).expect("json")).expect("a value");
    assert!(shown[0]["password_without_mfa"].is_null());
    assert_eq!(shown[0]["last_sign_in"]["status"], "unknown");
}

#[test]
fn the_last_sign_in_is_told_as_it_was_read() {
    let account = account("444455556666");
    let told = |last_sign_in| {
        let rows = [row(&account, RootAudit { last_sign_in, ..clean(AuditDepth::Quick) })];
        let shown: serde_json::Value = serde_json::from_str(&json(&rows).expect("json")).expect("a value");
        (shown[0]["last_sign_in"].clone(), csv(&rows).expect("csv"))
    };
    let (json, csv) = told(LastSignIn::At(Timestamp::UNIX_EPOCH));
    assert_eq!(json, serde_json::json!({ "status": "signed_in", "time": "1970-01-01T00:00:00Z" }));
    assert!(csv.contains(",1970-01-01T00:00:00Z,recent_sign_in,,,\n"), "{csv}");
    let (json, csv) = told(LastSignIn::NotAsked);
    assert_eq!(json, serde_json::json!({ "status": "not_read", "time": null }));
    assert!(csv.ends_with(",false,,,,,\n"), "{csv}");
}
