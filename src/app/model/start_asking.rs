use std::time::Duration;

use crate::app::effect::{Effect, Wake};
use crate::app::model::Model;
use crate::app::msg::Answer;
use crate::app::state::start_asking::Phase;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::change::Switch;
use crate::domain::permit::permit_email_reads;
use crate::domain::trusted_access::ServicePrincipal;

/// The time between two questions: each is an event in CloudTrail, and people need the quota.
pub(in crate::app) const EACH: Duration = Duration::from_secs(1);

/// The same after AWS has throttled one.
const AFTER_THROTTLING: Duration = Duration::from_secs(15);

impl Model {
    pub(in crate::app) fn can_ask_at_start(&self) -> bool {
        let gate = Switch::TrustedAccess(ServicePrincipal::account_management());
        self.connection.current().is_some()
            && self.stored.current().is_some()
            && self.organization.current().is_some()
            && self.org_role.current().is_some()
            && self.accounts.read().current().is_some()
            && self.switches.is_on(&gate) == Some(true)
            && permit_email_reads(&self.facts(None)).is_ok()
    }

    /// Whether it is the failure of a question that nobody asked; view 2 reports it.
    pub(in crate::app) fn is_of_start_asking(&self, answer: &Answer) -> bool {
        matches!(answer, Answer::EmailChange(account, _) if self.start_asking.asked == Some(*account))
    }

    pub(in crate::app) fn asked_at_start(&mut self, account: AccountId) {
        if self.start_asking.asked != Some(account) {
            return;
        }
        self.start_asking.asked = None;
        let error = self.emails.get(account).and_then(|facts| facts.change.error()).map(|error| error.kind);
        match error {
            Some(kind) if holds_for_all(kind) => self.start_asking.phase = Phase::Stopped(kind),
            _ if self.start_asking.waiting.is_empty() => self.start_asking.phase = Phase::Done,
            Some(ApiErrorKind::Throttled) => self.out.push(Effect::Wake(AFTER_THROTTLING, Wake::AskNext)),
            _ => self.out.push(Effect::Wake(EACH, Wake::AskNext)),
        }
    }
}

/// Whether AWS would answer the next account with the same error.
fn holds_for_all(kind: ApiErrorKind) -> bool {
    let of_account = matches!(kind, ApiErrorKind::NotFound | ApiErrorKind::Invalid | ApiErrorKind::Conflict);
    kind.is_about_credentials() || kind == ApiErrorKind::Unreachable || kind.is_refusal() && !of_account
}
