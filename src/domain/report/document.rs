//! The report itself.

use jiff::Timestamp;

use super::comparison::Comparison;
use super::exception::{Exception, ExceptionState};
use super::finding::FindingName;
use crate::domain::account::AccountId;
use crate::domain::contacts::{ContactFinding, Contacts};
use crate::domain::recovery::LeftOpen;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::root_feature::RootFeatures;
use crate::domain::root_finding::{RootFinding, Severity};

#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) organization: String,
    pub(crate) management_account: AccountId,
    pub(crate) features: Option<RootFeatures>,
    /// The ARN of who made it.
    pub(crate) caller: String,
    /// Where the calls went, if not to AWS's own endpoints.
    pub(crate) endpoint: Option<String>,
    pub(crate) made: Timestamp,
    /// Of rootdeck.
    pub(crate) version: String,
    pub(crate) depth: AuditDepth,
    pub(crate) accounts: Vec<ReportedAccount>,
    pub(crate) has_contacts: bool,
    pub(crate) exceptions: Vec<JudgedException>,
    /// The file of the exceptions, if there is one.
    pub(crate) exceptions_file: Option<String>,
    pub(crate) comparison: Option<Comparison>,
    /// The password recoveries that were allowed on this machine and not closed; `None` if that could not be read.
    pub(crate) recoveries: Option<Vec<LeftOpen>>,
}

#[derive(Clone, Debug)]
pub(crate) struct ReportedAccount {
    pub(crate) id: AccountId,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) reading: Reading,
    /// `None` where they were not asked for, or not read at all.
    pub(crate) contacts: Option<Contacts>,
    /// Why AWS was not asked for them, where they were wanted.
    pub(crate) contacts_skipped: Option<String>,
    /// What audits before knew, where this one read nothing.
    pub(crate) last_known: Option<Known<RootAudit>>,
    /// The worst first.
    pub(crate) findings: Vec<ReportedFinding>,
}

/// What came of the audit of an account.
#[derive(Clone, Debug)]
pub(crate) enum Reading {
    Audited(Box<RootAudit>, Timestamp),
    /// And why.
    NotAudited(String),
    /// AWS opens no root session in it, and why.
    Skipped(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ReportedFinding {
    pub(crate) name: FindingName,
    /// Which exception applies to it, by its place in the report.
    pub(crate) exception: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JudgedException {
    pub(crate) exception: Exception,
    pub(crate) state: ExceptionState,
}

impl ReportedAccount {
    pub(crate) fn audit(&self) -> Option<&RootAudit> {
        match &self.reading {
            Reading::Audited(audit, _) => Some(audit),
            Reading::NotAudited(_) | Reading::Skipped(_) => None,
        }
    }

    /// Whether all that decides about findings of root was read.
    pub(crate) fn is_read(&self) -> bool {
        self.audit().is_some_and(|audit| audit.error().is_none() && audit.last_sign_in.is_known())
    }

    /// What was found in the account alone, before exceptions.
    fn found(&self, now: Timestamp) -> Vec<FindingName> {
        let root = self.audit().map(|audit| RootFinding::of(audit, now)).unwrap_or_default();
        let contacts = self.contacts.as_ref().map(ContactFinding::of).unwrap_or_default();
        root.into_iter().map(FindingName::Root).chain(contacts.into_iter().map(FindingName::Contact)).collect()
    }
}

impl Report {
    /// Whether it is known that the account has not this finding, where it was not found.
    pub(crate) fn decides(&self, account: &ReportedAccount, name: FindingName) -> bool {
        match name {
            FindingName::Root(finding) => account.audit().is_some_and(|audit| finding.is_decided(audit)),
            FindingName::Contact(_) => account.contacts.as_ref().is_some_and(Contacts::are_judged),
            FindingName::CentralizedAccessOff => account.id != self.management_account || self.features.is_some(),
            FindingName::ExpiredException => self.exceptions_file.is_some(),
        }
    }

    /// What was found, before exceptions. What the organization lacks is found in its management account.
    fn found(&self, account: &ReportedAccount) -> Vec<FindingName> {
        let mut found = account.found(self.made);
        let is_off = self.features.as_ref().is_some_and(|features| !features.manage_credentials());
        if is_off && account.id == self.management_account {
            found.push(FindingName::CentralizedAccessOff);
        }
        found
    }

    /// The findings of which this report does not tell whether the account has them.
    pub(crate) fn undecided(&self, account: &ReportedAccount) -> Vec<FindingName> {
        let is_found = |name| account.findings.iter().any(|one| one.name == name);
        FindingName::all().into_iter().filter(|name| !is_found(*name) && !self.decides(account, *name)).collect()
    }

    /// Finds what there is in the accounts, and judges the exceptions: one that has expired is a finding itself.
    pub(crate) fn judge(&mut self, exceptions: Vec<Exception>, is_whole: bool) {
        let today = self.made.to_zoned(jiff::tz::TimeZone::UTC).date();
        let mut judged: Vec<JudgedException> = Vec::new();
        for exception in exceptions {
            let account = self.accounts.iter().find(|account| account.id == exception.account);
            let state = match account {
                None if is_whole => ExceptionState::NoAccount,
                None => ExceptionState::NotReported,
                Some(account) => {
                    let is_found = self.found(account).contains(&exception.finding);
                    ExceptionState::of(&exception, is_found, self.decides(account, exception.finding), today)
                }
            };
            judged.push(JudgedException { exception, state });
        }
        let found_in: Vec<Vec<FindingName>> = self.accounts.iter().map(|account| self.found(account)).collect();
        for (account, found) in self.accounts.iter_mut().zip(found_in) {
            let of_account = |one: &&JudgedException| one.exception.account == account.id;
            let applies = |name: FindingName| {
                judged.iter().position(|one| {
                    one.exception.account == account.id
                        && one.exception.finding == name
                        && one.state == ExceptionState::Applies
                })
            };
            let found = found.into_iter();
            let mut findings: Vec<_> = found.map(|name| ReportedFinding { name, exception: applies(name) }).collect();
            let expired = judged.iter().filter(of_account).filter(|one| one.state == ExceptionState::Expired).count();
            if expired > 0 {
                findings.push(ReportedFinding { name: FindingName::ExpiredException, exception: None });
            }
            findings.sort_by_key(|finding| finding.name.severity());
            account.findings = findings;
        }
        self.exceptions = judged;
    }

    /// The recovery that was allowed in an account from here and not closed, as far as that could be read.
    pub(crate) fn recovery_of(&self, account: AccountId) -> Option<&LeftOpen> {
        self.recoveries.iter().flatten().find(|open| open.account == account)
    }

    /// The findings that no exception applies to, with their accounts.
    pub(crate) fn open(&self) -> impl Iterator<Item = (&ReportedAccount, FindingName)> {
        let open = |account| move |one: &ReportedFinding| one.exception.is_none().then_some((account, one.name));
        self.accounts.iter().flat_map(move |account| account.findings.iter().filter_map(open(account)))
    }

    pub(crate) fn count_open(&self, severity: Severity) -> usize {
        self.open().filter(|(_, name)| name.severity() == severity).count()
    }

    pub(crate) fn count_excepted(&self, severity: Severity) -> usize {
        let all = self.accounts.iter().flat_map(|account| &account.findings);
        all.filter(|one| one.exception.is_some() && one.name.severity() == severity).count()
    }
}
