//! What surely went, and the fresh audit that shows it.

use std::collections::BTreeMap;
use std::io;

use jiff::Timestamp;

use super::forms;
use crate::cli::arguments::Form;
use crate::cli::bulk::Worked;
use crate::cli::context::CommandContext;
use crate::cli::error::{Came, Exit};
use crate::cli::output::print_error;
use crate::cli::rows;
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::credential_age::CredentialDates;
use crate::domain::deletion::{DeletionCall, DeletionPlan, DeletionResult, DeletionVerdict};
use crate::domain::root_credentials::{RootAudit, RootCredential};
use crate::domain::run::RunReport;
use crate::domain::write::WriteOutcome;
use crate::words::api_error::headline;
use crate::words::cli::audit::found;
use crate::words::cli::credentials as words;
use crate::words::root_access::{error_of, verdict};

pub(super) struct Proof {
    accounts: Vec<DeletionOutcome>,
    interrupted: bool,
}

struct DeletionOutcome {
    account: Account,
    results: Vec<DeletionResult>,
    audit: Option<Box<RootAudit>>,
}

impl Proof {
    /// A plan without a report was not attempted if the run was stopped; otherwise nobody knows.
    pub(super) fn new(plans: &[DeletionPlan], worked: Worked) -> Self {
        let mut reported: BTreeMap<AccountId, (Vec<DeletionResult>, Box<RootAudit>)> = BTreeMap::new();
        for (report, _) in worked.reports {
            if let RunReport::Deleted { account, results, audit } = report {
                reported.insert(account, (results, audit));
            }
        }
        let call = || if worked.interrupted { DeletionCall::NotAttempted(None) } else { cut_off() };
        let silent = |plan: &DeletionPlan| -> Vec<DeletionResult> {
            let result = |credential: &RootCredential| DeletionResult {
                credential: credential.clone(),
                call: call(),
                still_there: None,
            };
            plan.credentials.iter().map(result).collect()
        };
        let outcome = |plan: &DeletionPlan| {
            let (results, audit) = match reported.remove(&plan.account.id) {
                Some((results, audit)) => (results, Some(audit)),
                None => (silent(plan), None),
            };
            DeletionOutcome { account: plan.account.clone(), results, audit }
        };
        Self { accounts: plans.iter().map(outcome).collect(), interrupted: worked.interrupted }
    }

    fn results(&self) -> impl Iterator<Item = &DeletionResult> {
        self.accounts.iter().flat_map(|outcome| &outcome.results)
    }

    /// For programs also what could not be read; for people each credential, then what the accounts have now.
    pub(super) fn form(
        &self,
        form: Form,
        unread: Vec<forms::Row>,
        dates: impl Fn(&Account, &RootCredential) -> CredentialDates,
        now: Timestamp,
    ) -> io::Result<String> {
        let row = |account: &Account, result: &DeletionResult| {
            let (cause, came) = (error_of(&result.call).map(headline), result.verdict());
            let row = forms::Row::of(account, &result.credential, word(came), verdict(came));
            row.with(cause, result.still_there).dated(dates(account, &result.credential))
        };
        let each =
            |one: &DeletionOutcome| one.results.iter().map(|result| row(&one.account, result)).collect::<Vec<_>>();
        let rows: Vec<forms::Row> = self.accounts.iter().flat_map(each).chain(unread).collect();
        let text = forms::form(form, ["CREDENTIAL", "VERDICT"], &rows)?;
        Ok(if form == Form::Table { format!("{text}\n{}", self.what_is_there(now)) } else { text })
    }

    fn what_is_there(&self, now: Timestamp) -> String {
        let shown = self.accounts.iter().map(|outcome| {
            let now_there = match &outcome.audit {
                Some(audit) => found(audit, now),
                None => std::array::from_fn(|_| words::NOT_READ.to_owned()),
            };
            [&[outcome.account.id.to_string(), outcome.account.name.clone()][..], &now_there[..]].concat()
        });
        let head = ["ACCOUNT", "NAME", "PASSWORD NOW", "ACCESS KEYS", "MFA DEVICES", "SIGNING CERTIFICATES"];
        rows::table_of(&head, shown.collect())
    }

    pub(super) fn print_causes(&self, context: &CommandContext) {
        let mut reported: Vec<(&'static str, ApiErrorKind)> = Vec::new();
        for error in self.results().filter_map(|result| error_of(&result.call)) {
            if !reported.contains(&(error.operation, error.kind)) {
                reported.push((error.operation, error.kind));
                context.print_api_error(error);
            }
        }
        for outcome in &self.accounts {
            if let Some(error) = outcome.audit.as_ref().and_then(|audit| audit.error()) {
                print_error(&words::proof_unread(outcome.account.id));
                context.print_api_error(error);
            }
        }
    }

    pub(super) fn exit(&self) -> Exit {
        let came = |result: &DeletionResult| match result.verdict() {
            DeletionVerdict::Deleted | DeletionVerdict::AlreadyAbsent => Came::Good,
            DeletionVerdict::Unknown | DeletionVerdict::Unproved => Came::Unknown,
            _ if is_refused(&result.call) => Came::Refused,
            DeletionVerdict::DeniedByScp | DeletionVerdict::Failed | DeletionVerdict::NotAttempted => Came::Failed,
        };
        Exit::of_each(&self.results().map(came).collect::<Vec<_>>(), self.interrupted, None)
    }
}

fn cut_off() -> DeletionCall {
    let error = ApiError::new("rootdeck:delete", ApiErrorKind::Local, words::RUN_CUT_OFF);
    DeletionCall::Made(WriteOutcome::Unknown(error))
}

fn is_refused(call: &DeletionCall) -> bool {
    match call {
        DeletionCall::Made(WriteOutcome::Refused(_)) => true,
        DeletionCall::NotAttempted(Some(error)) => error.kind.is_refusal(),
        _ => false,
    }
}

fn word(verdict: DeletionVerdict) -> &'static str {
    match verdict {
        DeletionVerdict::Deleted => "deleted",
        DeletionVerdict::AlreadyAbsent => "already_absent",
        DeletionVerdict::Unproved => "unproved",
        DeletionVerdict::DeniedByScp => "denied_by_scp",
        DeletionVerdict::Failed => "failed",
        DeletionVerdict::Unknown => "unknown",
        DeletionVerdict::NotAttempted => "not_attempted",
    }
}

#[cfg(test)]
#[path = "proof_tests.rs"]
mod tests;
