//! View 2: the email changes that are known, from this machine's store and from AWS.

use jiff::Timestamp;

use super::App;
use super::View;
use super::emails::ChangeStanding;
use super::list::List;
use crate::domain::account::AccountId;

/// How view 2 shows the changes.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// The rows, and the selection.
    pub list: List<AccountId>,
}

/// What a row is sorted by: what needs a person first.
fn rank(standing: &ChangeStanding<'_>) -> u8 {
    match standing {
        ChangeStanding::AddressUnknown => 0,
        ChangeStanding::Failed => 1,
        ChangeStanding::Unconfirmed(_) => 2,
        ChangeStanding::Pending(_) => 3,
        ChangeStanding::Accepted => 4,
        ChangeStanding::Expired(_) => 5,
        ChangeStanding::Completed | ChangeStanding::Quiet => 6,
    }
}

impl App {
    /// Brings the rows of view 2 up to date.
    pub(super) fn settle_board(&mut self, _accounts_settled: bool) {
        if self.view != View::EmailChanges {
            return;
        }
        let (emails, now) = (&self.emails, self.now);
        let mut rows: Vec<(u8, Timestamp, AccountId)> = emails
            .iter()
            .filter(|(_, facts)| !matches!(facts.standing(now), ChangeStanding::Quiet))
            .map(|(id, facts)| {
                let at = facts.started.as_ref().map_or(Timestamp::MAX, |started| started.started);
                (rank(&facts.standing(now)), at, id)
            })
            .collect();
        rows.sort_unstable();
        self.board.list.set_rows(rows.into_iter().map(|(.., id)| id).collect());
    }

    /// Whether a row of view 2 shows a time that runs.
    pub(super) fn board_counts_down(&self) -> bool {
        self.board.list.visible().iter().any(|id| {
            matches!(self.emails.standing(*id, self.now), ChangeStanding::Pending(_) | ChangeStanding::Unconfirmed(_))
        })
    }
}
