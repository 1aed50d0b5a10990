use jiff::{SignedDuration, Timestamp};

use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialog::{Next, Step};
use crate::app::dialogs::email_change::StartEmail;
use crate::app::effect::StoreRequest;
use crate::app::focus::Phase;
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::email::EmailAddress;
use crate::domain::email_change::{STARTS, STARTS_WINDOW, StartedEmailChange, StartedProgress};

impl Model {
    pub(in crate::app) fn adopt(&mut self, dialog: &mut StartEmail, new: EmailAddress) -> Step {
        let account = dialog.account;
        if !self.emails.state(account, self.now).lacks_address() {
            return Step::Stay(Some(Next::Refuse(CommandId::NameAddress, DisabledReason::AddressKnown)));
        }
        let updated = self.emails.get(account).and_then(|facts| facts.report()).and_then(|report| report.updated);
        let change = StartedEmailChange {
            account,
            old: dialog.old.clone(),
            new,
            // Nobody here has started it.
            by: None,
            started: updated.unwrap_or(self.now),
            progress: StartedProgress::Pending,
        };
        dialog.form.sent(Phase::Asked(self.keep(StoreRequest::Adopt(change))));
        Step::Stay(None)
    }

    /// As far as it is known.
    pub(in crate::app) fn present_email(&self, account: AccountId) -> Option<String> {
        let known = self.emails.get(account).and_then(|facts| facts.primary.value()).cloned();
        known.or_else(|| self.accounts.get(account).map(|account| account.email.clone()))
    }

    /// Records that a start for the account goes out as soon as its quota allows.
    pub(in crate::app) fn take_start_turn(&mut self, account: AccountId) {
        let at = self.next_start_turn(account);
        let turns = self.start_turns.entry(account).or_default();
        turns.push(at);
        let surplus = turns.len().saturating_sub(STARTS);
        turns.drain(..surplus);
    }

    fn next_start_turn(&self, account: AccountId) -> Timestamp {
        let turns = self.start_turns.get(&account).map(Vec::as_slice).unwrap_or_default();
        let oldest = turns.len().checked_sub(STARTS).and_then(|oldest| turns.get(oldest));
        oldest.map_or(self.now, |oldest| (*oldest + STARTS_WINDOW).max(self.now))
    }

    /// How long a start from this dialog waits: AWS takes three in half a minute per account.
    /// `None` if it goes out at once.
    pub(crate) fn start_waits(&self, account: AccountId, phase: Phase) -> Option<SignedDuration> {
        let at = match phase {
            Phase::Asking | Phase::Asked(_) => self.next_start_turn(account),
            Phase::Sending(_) | Phase::Waiting => *self.start_turns.get(&account)?.last()?,
        };
        let paced = self.connection.value().is_some_and(|connection| connection.paced);
        let wait = at.duration_since(self.now);
        (paced && wait > SignedDuration::ZERO).then_some(wait)
    }
}
