//! A report for tools: an array of OCSF Compliance Findings (class 2003), as in OCSF 1.4.

use std::io;

use serde_json::{Value, json};

use super::sections::{about, causes, shown_by};
use crate::domain::report::{
    COMPLIANCE_FINDING, FindingName, PRODUCT, ROOT_AUDIT, Reading, Report, ReportedAccount, ReportedFinding,
    UID_SEPARATOR, UNDECIDED, WARNING,
};
use crate::domain::root_finding::{Framework, Severity};
use crate::words::root_finding::{framework, reference};

const SCHEMA: &str = "1.4.0";
const FINDINGS: i64 = 2;
const CREATE: i64 = 1;
const PASS: i64 = 1;
const FAIL: i64 = 3;
/// The status of a finding: nobody has reviewed it, or it has an exception.
const NEW: i64 = 1;
const SUPPRESSED: i64 = 3;
/// The type of account in OCSF.
const AWS_ACCOUNT: i64 = 10;

/// # Errors
/// Where it can't be written as JSON, which does not happen.
pub(crate) fn ocsf(report: &Report) -> io::Result<String> {
    let of_account = |account| {
        let findings = |finding| found(report, account, finding);
        let all: Vec<Value> = account_findings(account).map(findings).collect();
        all.into_iter().chain(reading(report, account))
    };
    let events: Vec<Value> = report.accounts.iter().flat_map(of_account).collect();
    serde_json::to_string_pretty(&events).map(|text| text + "\n").map_err(io::Error::from)
}

fn account_findings(account: &ReportedAccount) -> impl Iterator<Item = &ReportedFinding> {
    account.findings.iter()
}

fn severity(severity: Severity) -> (i64, &'static str) {
    match severity {
        Severity::Critical => (5, "Critical"),
        Severity::High => (4, "High"),
        Severity::Medium => (3, "Medium"),
    }
}

fn found(report: &Report, account: &ReportedAccount, finding: &ReportedFinding) -> Value {
    let name = finding.name;
    let [title, meaning, fix] = about(name);
    let exception = finding.exception.and_then(|place| report.exceptions.get(place)).map(|one| &one.exception);
    let (status_id, status) = if exception.is_some() { (SUPPRESSED, "Suppressed") } else { (NEW, "New") };
    let mut event = event(report, account, name.as_str(), (title, meaning), severity(name.severity()));
    let evidence = shown_by(report, account, name);
    let more = json!({
        "message": evidence,
        "status_id": status_id,
        "status": status,
        "compliance": compliance(name, &evidence),
        "remediation": { "desc": fix },
        "unmapped": {
            "finding": name.as_str(),
            "exception": exception.map(|exception| json!({
                "reason": exception.reason,
                "attested_by": exception.attested_by,
                "until": exception.until.to_string(),
            })),
            UNDECIDED: undecided(report, account),
        },
    });
    join(&mut event, more);
    if name == FindingName::CentralizedAccessOff {
        join(&mut event, json!({ "resources": [organization(report)] }));
    }
    event
}

fn organization(report: &Report) -> Value {
    let partition = partition(report);
    let (account, id) = (report.management_account, &report.organization);
    json!({
        "uid": format!("arn:{partition}:organizations::{account}:organization/{id}"),
        "name": id,
        "type": "AwsOrganizationsOrganization",
        "cloud_partition": partition,
        "region": "global",
    })
}

fn partition(report: &Report) -> &str {
    report.caller.split(':').nth(1).unwrap_or("aws")
}

/// What a later report can't compare with.
fn undecided(report: &Report, account: &ReportedAccount) -> Vec<&'static str> {
    report.undecided(account).into_iter().map(FindingName::as_str).collect()
}

fn compliance(name: FindingName, evidence: &str) -> Value {
    let references = name.references();
    let is_standard = |of: &Framework| *of != Framework::Prowler;
    let standards: Vec<String> =
        references.iter().filter(|(of, _)| is_standard(of)).map(|one| standard(one.0)).collect();
    let requirements: Vec<String> = references.iter().map(|one| reference(*one)).collect();
    json!({
        "control": name.as_str(),
        "standards": if standards.is_empty() { vec![PRODUCT.to_owned()] } else { standards },
        "requirements": requirements,
        "status_id": FAIL,
        "status": "Fail",
        "status_detail": evidence,
    })
}

fn standard(of: Framework) -> String {
    match of {
        Framework::Cis7 | Framework::Cis6 | Framework::Cis5 | Framework::CisTo4 => {
            format!("CIS AWS Foundations Benchmark {}", framework(of).trim_start_matches("CIS "))
        }
        Framework::SecurityHub | Framework::Prowler => format!("AWS {}", framework(of)),
    }
}

/// That an account was read and nothing was found, or what could not be read.
fn reading(report: &Report, account: &ReportedAccount) -> Option<Value> {
    let causes: Vec<String> = causes(account).into_iter().map(|(what, why)| format!("{what}: {why}")).collect();
    if account.is_read() && causes.is_empty() && !account.findings.is_empty() {
        return None;
    }
    let (status_id, status, detail) = if causes.is_empty() {
        (PASS, "Pass", "everything was read, nothing was found".to_owned())
    } else {
        (WARNING, "Warning", causes.join("; "))
    };
    let about = ("Audit of the root user", "Whether the root user of the account could be read");
    let mut event = event(report, account, ROOT_AUDIT, about, (1, "Informational"));
    let more = json!({
        "message": detail,
        "status_id": NEW,
        "status": "New",
        "compliance": {
            "control": ROOT_AUDIT,
            "standards": [PRODUCT],
            "status_id": status_id,
            "status": status,
            "status_detail": detail,
        },
        "unmapped": { "finding": null, "exception": null, UNDECIDED: undecided(report, account) },
    });
    join(&mut event, more);
    Some(event)
}

fn event(
    report: &Report,
    account: &ReportedAccount,
    name: &str,
    (title, meaning): (&str, &str),
    (severity_id, severity): (i64, &str),
) -> Value {
    let time = report.made.as_millisecond();
    let separator = UID_SEPARATOR;
    let uid = format!("{PRODUCT}{separator}{}{separator}{}{separator}{name}", report.organization, account.id);
    let partition = partition(report);
    let seen = match &account.reading {
        Reading::Audited(_, at) => at.as_millisecond(),
        Reading::NotAudited(_) | Reading::Skipped(_) => time,
    };
    json!({
        "class_uid": COMPLIANCE_FINDING,
        "class_name": "Compliance Finding",
        "category_uid": FINDINGS,
        "category_name": "Findings",
        "activity_id": CREATE,
        "activity_name": "Create",
        "type_uid": COMPLIANCE_FINDING * 100 + CREATE,
        "type_name": "Compliance Finding: Create",
        "time": time,
        "severity_id": severity_id,
        "severity": severity,
        "metadata": {
            "version": SCHEMA,
            "profiles": ["cloud"],
            "product": { "name": PRODUCT, "vendor_name": PRODUCT, "version": report.version },
            "event_code": name,
        },
        "finding_info": {
            "uid": uid,
            "title": title,
            "desc": meaning,
            "types": [name],
            "created_time": time,
            "last_seen_time": seen,
        },
        "cloud": {
            "provider": "AWS",
            "account": {
                "uid": account.id.to_string(),
                "name": account.name,
                "type_id": AWS_ACCOUNT,
                "type": "AWS Account",
            },
            "org": { "uid": report.organization },
        },
        "resources": [{
            "uid": format!("arn:{partition}:iam::{}:root", account.id),
            "name": account.name,
            "type": "AwsIamRootUser",
            "cloud_partition": partition,
            "region": "global",
        }],
    })
}

/// Adds the fields of one object to another.
fn join(event: &mut Value, more: Value) {
    if let (Value::Object(event), Value::Object(more)) = (event, more) {
        event.extend(more);
    }
}
