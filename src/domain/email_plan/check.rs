//! Checking a plan as a whole, before any call: all that is wrong with it, each with its line.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::file::PlanRow;
use super::plan::{EmailPlan, ItemState, PlanItem};
use crate::domain::account::{Account, AccountId};
use crate::domain::email::{EmailAddress, EmailProblem, Unusual};
use crate::domain::look_alike::looks_like;
use crate::domain::permit::{Refusal, Rules, permit_state};
use crate::domain::text::clean;

/// What a plan is checked against.
#[derive(Clone, Debug)]
pub struct PlanGround<'a> {
    /// All accounts of the organization.
    pub accounts: Vec<&'a Account>,
    /// The management account, where it is known.
    pub management: Option<AccountId>,
    /// The rules of the configuration.
    pub rules: &'a Rules,
    /// The accounts with a change that is pending, and the address it is to bring where that is known.
    pub pending: BTreeMap<AccountId, Option<EmailAddress>>,
    /// Whether the password of a pending change is sent again.
    pub resend: bool,
}

/// What a check has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckedPlan {
    pub(crate) lines: usize,
    /// The changes of the lines that nothing is wrong with, in their order.
    pub(crate) changes: Vec<PlannedChange>,
    /// What is wrong, by line. A plan with any of it is not started.
    pub problems: Vec<LineProblem>,
    /// The lines that nothing is to be sent for: the account has the address, or its change is pending.
    pub(crate) already: Vec<AlreadySo>,
    /// The domains that no account of the organization uses yet. Each has to be confirmed.
    pub new_domains: Vec<NewDomain>,
    /// The changes to addresses that AWS documents as invalid. Each has to be confirmed.
    pub(crate) unusual: Vec<UnusualLine>,
    pub(crate) replaced: Vec<Replaced>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnusualLine {
    pub(crate) line: u64,
    pub(crate) new: EmailAddress,
    pub(crate) why: Unusual,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlannedChange {
    pub(crate) line: u64,
    pub(crate) account: Account,
    pub(crate) new: EmailAddress,
}

/// A line that needs no call, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AlreadySo {
    pub(crate) change: PlannedChange,
    pub(crate) why: PlanProblem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineProblem {
    pub line: u64,
    /// As it is in the file.
    pub(crate) account: String,
    pub(crate) problem: PlanProblem,
}

/// What can be wrong with a line of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlanProblem {
    /// A cell goes on over a line break: a quote is not closed.
    Quote,
    /// The cell is no account id.
    Id(IdProblem),
    /// AWS does not take the address.
    Address(EmailProblem),
    /// The organization has no such account.
    NoAccount,
    /// The account may not be changed, or not to this domain.
    NotPermitted(Refusal),
    /// The account stands in this line already.
    SameAccount(u64),
    /// The address stands in this line already, case aside.
    SameAddress(u64),
    /// This other account has the address.
    Used(AccountId),
    /// The account has the address.
    Same,
    /// It differs from the present address only in upper and lower case.
    OnlyCase,
    /// This very change is pending already.
    Pending,
}

/// Why a cell is no account id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdProblem {
    Missing,
    /// Digits, but too few: a spreadsheet has taken the zeros in front for nothing.
    ZerosLost(String),
    /// A number like `4.44456E+11`: a spreadsheet has rounded it.
    Rounded(String),
    /// Something else.
    NotDigits(String),
}

/// No account of the organization uses it yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDomain {
    /// In lower case.
    pub(crate) domain: String,
    /// The domain in use that it looks like, if any.
    pub(crate) like: Option<String>,
    pub(crate) lines: Vec<u64>,
}

/// A pending change that one of the plan would replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Replaced {
    /// Of the change that replaces it.
    pub(crate) line: u64,
    pub(crate) account: AccountId,
    /// The address it was to bring, where that is known.
    pub(crate) pending: Option<EmailAddress>,
    /// A further password would be sent to the same address.
    pub(crate) is_same: bool,
}

impl CheckedPlan {
    /// Whether it may be started once its new domains are confirmed.
    pub fn is_good(&self) -> bool {
        self.problems.is_empty() && !(self.changes.is_empty() && self.already.is_empty())
    }

    /// What has to be typed to confirm it: the account's id, or for several accounts their number.
    pub(crate) fn token(&self) -> String {
        match self.changes.as_slice() {
            [change] => change.account.id.to_string(),
            changes => changes.len().to_string(),
        }
    }

    pub(crate) fn unanswered(&self, confirmed: &BTreeSet<String>) -> Vec<&NewDomain> {
        self.new_domains.iter().filter(|new| !confirmed.contains(&new.domain)).collect()
    }

    /// The first problem of each line that has any, and why nothing is to be sent for others.
    pub fn skipped(&self) -> Vec<(u64, PlanProblem)> {
        let mut lines: Vec<(u64, PlanProblem)> =
            self.problems.iter().map(|problem| (problem.line, problem.problem.clone())).collect();
        lines.dedup_by_key(|(line, _)| *line);
        lines.extend(self.already.iter().map(|already| (already.change.line, already.why.clone())));
        lines
    }

    /// The accounts of its changes.
    pub fn accounts(&self) -> Vec<Account> {
        self.changes.iter().map(|change| change.account.clone()).collect()
    }

    /// Its changes as items that wait, in the order of their lines with those that nothing is to be sent for.
    pub fn items(&self) -> Vec<PlanItem> {
        let item = |change: &PlannedChange| {
            PlanItem::waiting(change.line, change.account.id, &change.account.email, change.new.clone())
        };
        let already = |already: &AlreadySo| PlanItem {
            state: ItemState::Already,
            message: Some(already.why.record()),
            ..item(&already.change)
        };
        let mut items: Vec<PlanItem> = self.changes.iter().map(item).chain(self.already.iter().map(already)).collect();
        items.sort_by_key(|item| item.line);
        items
    }

    /// Whether it asks for what `plan` asks for, line by line.
    pub(crate) fn is_same_as(&self, plan: &EmailPlan) -> bool {
        let key = |item: &PlanItem| (item.line, item.account, item.new.as_str().to_lowercase());
        let mine: BTreeSet<_> = self.items().iter().map(key).collect();
        mine == plan.items.iter().map(key).collect()
    }
}

/// Checks all lines of a plan.
pub fn check(rows: &[PlanRow], ground: &PlanGround<'_>) -> CheckedPlan {
    let mut check = Check::new(ground);
    for row in rows {
        check.line(row);
    }
    check.found
}

/// Checks what is left to be started of a confirmed plan against the organization as it is now.
pub fn check_again(plan: &EmailPlan, ground: &PlanGround<'_>) -> CheckedPlan {
    let left = plan.items.iter().filter(|item| !item.state.is_settled());
    let rows: Vec<PlanRow> = left
        .map(|item| PlanRow {
            line: item.line,
            account: item.account.to_string(),
            new: item.new.to_string(),
            breaks: false,
        })
        .collect();
    let mut checked = CheckedPlan { new_domains: Vec::new(), unusual: Vec::new(), ..check(&rows, ground) };
    // What is pending of those that were cut off may be the plan's own.
    let waits = |line: u64| plan.items.iter().any(|item| item.line == line && item.state == ItemState::Waiting);
    checked.replaced.retain(|replaced| waits(replaced.line));
    checked
}

impl PlanProblem {
    /// As data, for what is kept of it: its sentence is made when it is shown.
    pub(crate) fn record(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether it only says that the account has the address already, or is about to.
    pub(crate) fn is_same(&self) -> bool {
        matches!(self, Self::Same | Self::OnlyCase | Self::Pending)
    }
}

struct Check<'a> {
    ground: &'a PlanGround<'a>,
    accounts: HashMap<AccountId, &'a Account>,
    /// Who has each address, in lower case.
    holders: HashMap<String, AccountId>,
    domains: BTreeSet<String>,
    /// The line of each account and each new address.
    lines_of_accounts: HashMap<AccountId, u64>,
    lines_of_addresses: HashMap<String, u64>,
    found: CheckedPlan,
}

impl<'a> Check<'a> {
    fn new(ground: &'a PlanGround<'a>) -> Self {
        let accounts = &ground.accounts;
        Self {
            ground,
            accounts: accounts.iter().map(|account| (account.id, *account)).collect(),
            holders: accounts.iter().map(|account| (account.email.trim().to_lowercase(), account.id)).collect(),
            domains: accounts.iter().filter_map(|account| account.email_domain()).collect(),
            lines_of_accounts: HashMap::new(),
            lines_of_addresses: HashMap::new(),
            found: CheckedPlan::default(),
        }
    }

    fn line(&mut self, row: &PlanRow) {
        self.found.lines += 1;
        let mut problems = Vec::new();
        if row.breaks {
            problems.push(PlanProblem::Quote);
        }
        let account = self.account(row, &mut problems);
        let new = self.address(row, account, &mut problems);
        match (account, new) {
            (Some(account), Some(new)) if problems.is_empty() => self.take(row.line, account, new),
            (Some(account), Some(new)) if problems.iter().all(PlanProblem::is_same) => {
                let change = PlannedChange { line: row.line, account: account.clone(), new };
                let why = problems.into_iter().next().unwrap_or(PlanProblem::Same);
                self.found.already.push(AlreadySo { change, why });
            }
            _ => {
                let named = clean(&row.account.chars().take(40).collect::<String>());
                let problem = |problem| LineProblem { line: row.line, account: named.clone(), problem };
                self.found.problems.extend(problems.into_iter().map(problem));
            }
        }
    }

    fn account(&mut self, row: &PlanRow, problems: &mut Vec<PlanProblem>) -> Option<&'a Account> {
        let Ok(id) = row.account.parse::<AccountId>() else {
            problems.push(PlanProblem::Id(IdProblem::of(&row.account)));
            return None;
        };
        if let Some(first) = self.lines_of_accounts.get(&id) {
            problems.push(PlanProblem::SameAccount(*first));
        } else {
            self.lines_of_accounts.insert(id, row.line);
        }
        let account = self.accounts.get(&id).copied();
        let refusal = match account {
            None => {
                problems.push(PlanProblem::NoAccount);
                return None;
            }
            Some(_) if self.ground.management == Some(id) => Some(Refusal::ManagementAccount),
            Some(_) if self.ground.rules.protected.contains(&id) => Some(Refusal::Protected(id)),
            Some(account) => permit_state(Some(account)).err(),
        };
        problems.extend(refusal.map(PlanProblem::NotPermitted));
        account
    }

    fn address(
        &mut self,
        row: &PlanRow,
        account: Option<&Account>,
        problems: &mut Vec<PlanProblem>,
    ) -> Option<EmailAddress> {
        let parsed = EmailAddress::parse(&row.new);
        let new = parsed.map_err(|problem| problems.push(PlanProblem::Address(problem))).ok()?;
        let key = new.as_str().to_lowercase();
        if let Some(first) = self.lines_of_addresses.get(&key) {
            problems.push(PlanProblem::SameAddress(*first));
        } else {
            self.lines_of_addresses.insert(key.clone(), row.line);
        }
        match account {
            Some(account) if new.as_str() == account.email.trim() => problems.push(PlanProblem::Same),
            Some(account) if new.same_mailbox(&account.email) => problems.push(PlanProblem::OnlyCase),
            _ => {
                let other =
                    self.holders.get(&key).filter(|holder| account.is_none_or(|account| account.id != **holder));
                problems.extend(other.copied().map(PlanProblem::Used));
            }
        }
        if !self.ground.rules.allows_domain_of(&new) {
            problems.push(PlanProblem::NotPermitted(Refusal::DomainNotAllowed(new.domain())));
        }
        Some(new)
    }

    fn take(&mut self, line: u64, account: &Account, new: EmailAddress) {
        if let Some(pending) = self.ground.pending.get(&account.id).cloned() {
            let is_same = pending.as_ref().is_some_and(|pending| new.same_mailbox(pending.as_str()));
            if is_same && !self.ground.resend {
                let change = PlannedChange { line, account: account.clone(), new };
                self.found.already.push(AlreadySo { change, why: PlanProblem::Pending });
                return;
            }
            self.found.replaced.push(Replaced { line, account: account.id, pending, is_same });
            if is_same {
                // What there was to confirm was confirmed when it was started.
                self.found.changes.push(PlannedChange { line, account: account.clone(), new });
                return;
            }
        }
        let domain = new.domain();
        if !self.domains.contains(&domain) && !self.ground.rules.allowed_email_domains.contains(&domain) {
            if let Some(known) = self.found.new_domains.iter_mut().find(|new| new.domain == domain) {
                known.lines.push(line);
            } else {
                let allowed = &self.ground.rules.allowed_email_domains;
                let resembled = looks_like(&domain, self.domains.iter().chain(allowed).map(String::as_str));
                self.found.new_domains.push(NewDomain { domain, like: resembled, lines: vec![line] });
            }
        }
        if let Some(why) = new.unusual() {
            self.found.unusual.push(UnusualLine { line, new: new.clone(), why });
        }
        self.found.changes.push(PlannedChange { line, account: account.clone(), new });
    }
}

impl IdProblem {
    fn of(text: &str) -> Self {
        let shown = clean(&text.chars().take(40).collect::<String>());
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let rounded = text.split_once(['E', 'e']).is_some_and(|(number, exponent)| {
            let digits = number.replace(['.', ','], "");
            is_digits(&digits) && is_digits(exponent.strip_prefix('+').unwrap_or(exponent))
        });
        if text.is_empty() {
            Self::Missing
        } else if rounded {
            Self::Rounded(shown)
        } else if is_digits(text) && text.len() < 12 {
            Self::ZerosLost(shown)
        } else {
            Self::NotDigits(shown)
        }
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
