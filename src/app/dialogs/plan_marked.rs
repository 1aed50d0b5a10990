//! A plan for the marked accounts: their new addresses come from a pattern, and are then checked and
//! confirmed like those of a file.

use crate::app::field::TextField;
use crate::domain::account::{Account, AccountId};
use crate::domain::email_plan::{PatternProblem, PlanRow, from_pattern};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MarkedPlan {
    pub accounts: Vec<Account>,
    /// The organizational units of each.
    pub paths: Vec<String>,
    /// The marked ones whose primary email can't be changed from here.
    pub skipped: Vec<AccountId>,
    pub pattern: TextField,
}

impl MarkedPlan {
    /// The address that the pattern gives each account.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = (&Account, Result<String, PatternProblem>)> {
        let of = |(account, path): (_, &String)| (account, from_pattern(self.pattern.text(), account, path));
        self.accounts.iter().zip(&self.paths).map(of)
    }

    /// The lines of the plan, if the pattern gives each account an address.
    pub(crate) fn rows(&self) -> Option<Vec<PlanRow>> {
        let has_text = !self.pattern.text().trim().is_empty() && !self.accounts.is_empty();
        let row = |(line, (account, new)): (u64, (&Account, Result<String, PatternProblem>))| {
            Some(PlanRow { line, account: account.id.to_string(), new: new.ok()?, breaks: false })
        };
        has_text.then(|| (1..).zip(self.addresses()).map(row).collect()).flatten()
    }
}
