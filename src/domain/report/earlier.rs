//! What an earlier report found.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::Value;

use super::finding::FindingName;
use crate::domain::account::AccountId;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::RootAudit;
use crate::domain::root_finding::RootFinding;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EarlierReport {
    pub(crate) made: Timestamp,
    pub(crate) organization: String,
    /// The accounts of the report, with what was found.
    pub(crate) findings: BTreeMap<AccountId, BTreeSet<FindingName>>,
    /// Those that were not wholly read.
    pub(crate) unread: BTreeSet<AccountId>,
    /// What is not known of an account: whether it had this finding.
    pub(crate) undecided: BTreeMap<AccountId, BTreeSet<FindingName>>,
}

/// The parts of the id of a finding.
pub(crate) const UID_SEPARATOR: char = ':';
/// Its first part, by which rootdeck knows its own.
pub(crate) const PRODUCT: &str = "rootdeck";
/// The name of what says that an account was read, or why not.
pub(crate) const ROOT_AUDIT: &str = "root_audit";
/// The name of the list of findings that were not decided.
pub(crate) const UNDECIDED: &str = "undecided";
/// OCSF's class of compliance findings, and its status for one that could not be decided.
pub(crate) const COMPLIANCE_FINDING: i64 = 2003;
pub(crate) const WARNING: i64 = 2;

impl EarlierReport {
    /// From a report in OCSF; `None` if it is none of rootdeck's.
    pub(crate) fn from_ocsf(text: &str) -> Option<Self> {
        let all: Vec<Value> = serde_json::from_str(text).ok()?;
        let mut report = Self::default();
        for event in &all {
            if event.get("class_uid")?.as_i64()? != COMPLIANCE_FINDING {
                return None;
            }
            report.made = Timestamp::from_millisecond(event.get("time")?.as_i64()?).ok()?;
            let uid = event.get("finding_info")?.get("uid")?.as_str()?;
            let parts: Vec<&str> = uid.split(UID_SEPARATOR).collect();
            let [PRODUCT, organization, account, name] = parts.as_slice() else { return None };
            (*organization).clone_into(&mut report.organization);
            let account: AccountId = account.parse().ok()?;
            let undecided = event.get("unmapped").and_then(|more| more.get(UNDECIDED)).and_then(Value::as_array);
            let undecided = undecided.into_iter().flatten().filter_map(Value::as_str);
            report.undecided.entry(account).or_default().extend(undecided.filter_map(FindingName::from_word));
            let found = report.findings.entry(account).or_default();
            match FindingName::from_word(name) {
                Some(name) => {
                    found.insert(name);
                }
                None if *name == ROOT_AUDIT => {
                    let status = event.get("compliance")?.get("status_id")?.as_i64()?;
                    if status == WARNING {
                        report.unread.insert(account);
                    }
                }
                // Of a later version.
                None => {}
            }
        }
        (!all.is_empty()).then_some(report)
    }

    /// From the audits that were known at that time.
    pub(crate) fn from_audits(
        made: Timestamp,
        organization: &str,
        audits: &BTreeMap<AccountId, Known<RootAudit>>,
    ) -> Self {
        let names = |known: &Known<RootAudit>| {
            RootFinding::of(&known.value, made).into_iter().map(FindingName::Root).collect::<BTreeSet<_>>()
        };
        let is_decided =
            |audit: &RootAudit, name| matches!(name, FindingName::Root(finding) if finding.is_decided(audit));
        let undecided = |known: &Known<RootAudit>| {
            FindingName::all().into_iter().filter(|name| !is_decided(&known.value, *name)).collect()
        };
        let is_unread = |known: &Known<RootAudit>| known.value.error().is_some();
        Self {
            made,
            organization: organization.to_owned(),
            findings: audits.iter().map(|(id, known)| (*id, names(known))).collect(),
            undecided: audits.iter().map(|(id, known)| (*id, undecided(known))).collect(),
            unread: audits.iter().filter(|(_, known)| is_unread(known)).map(|(id, _)| *id).collect(),
        }
    }
}
