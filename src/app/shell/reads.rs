use std::time::Duration;

use crate::app::effect::{Effect, Read, TextUse, Wake};
use crate::app::msg::Answer;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::view::ViewId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::change::Switch;
use crate::domain::connection::Connection;
use crate::domain::remote_data::ReadId;
use crate::domain::stored::Stored;

/// The time until AWS is asked again whether it shows a switch as it was set.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

impl App {
    /// Reloads what the view shows; without a connection, tries to connect again.
    pub(in crate::app) fn refresh(&mut self) {
        if self.model.connection.current().is_none() {
            self.model.read(Read::Connect);
            return;
        }
        self.model.out.notify(Notification::Refreshing);
        self.model.read(Read::Organization);
        self.shown().refresh(&mut self.model, self.details);
        self.model.read(Read::TrustedAccess);
        self.model.read(Read::RootFeatures);
        self.model.read(Read::DelegatedAdministrators);
    }

    pub(in crate::app) fn answer(&mut self, id: ReadId, answer: Answer) {
        let now = self.model.now;
        let in_place =
            |error: &&ApiError| is_reported_in_place(&answer, error) || self.model.is_of_start_asking(&answer);
        let error = answer.error().filter(|error| !in_place(error)).cloned();
        if answer.error().is_some_and(|error| error.kind.is_about_credentials()) {
            // What fixes them depends on the profile.
            self.model.know_profiles();
        }
        let awaited = match answer {
            Answer::Stored(result) => self.apply_stored(id, result),
            Answer::Profiles(result) => self.apply_profiles(id, result),
            Answer::Connected(result) => self.apply_connection(id, result),
            Answer::Organization(result) => {
                let awaited = self.model.organization.finish(id, result, now);
                if let Some(organization) = self.model.organization.current().filter(|_| awaited) {
                    if self.model.cached_organization.as_ref() != Some(&organization.id) {
                        // The cache is of the organization that the profile led to last time.
                        self.model.drop_cached();
                    }
                    self.model.read(Read::OrgRole);
                    // Only now is it certain whose records these are.
                    self.model.reload(Read::Stored);
                }
                awaited
            }
            Answer::OrgRole(result) => self.model.org_role.finish(id, result, now),
            Answer::AccountPages(accounts) => self.model.apply_page(id, accounts),
            Answer::AccountFirst(account) => self.model.apply_first(id, *account),
            Answer::AccountsEnd(result) => self.model.end_listing(id, result),
            Answer::UnitNames(result) => {
                let awaited = self.model.units.finish(id, result, now);
                if let Some(units) = self.model.units.value().filter(|_| awaited) {
                    self.model.accounts.name_units(units);
                }
                awaited
            }
            Answer::TrustedAccess(result) => {
                let awaited = self.model.switches.trusted.finish(id, result, now);
                self.check_awaited();
                awaited
            }
            Answer::RootFeatures(result) => {
                let awaited = self.model.switches.features.finish(id, result, now);
                self.check_awaited();
                self.features_read();
                self.go_on_with_features();
                awaited
            }
            Answer::DelegatedAdministrators(result) => self.model.switches.delegates.finish(id, result, now),
            Answer::PrimaryEmail(account, result) => {
                let awaited = self.model.emails.entry(account).primary.finish(id, result, now);
                self.model.announce_email(account);
                awaited
            }
            Answer::EmailChange(account, result) => {
                let awaited = self.model.emails.entry(account).change.finish(id, result, now);
                if awaited {
                    self.model.asked_about_mark(account);
                    self.model.follow_email(account);
                    self.model.asked_at_start(account);
                }
                awaited
            }
            Answer::Contacts(account, result) => {
                let awaited = self.model.contacts.entry(account).finish(id, result.map(|contacts| *contacts), now);
                self.model.mark_filtered_dirty();
                awaited
            }
            // The page about it shows a failure in full.
            Answer::Controls(account, result) => {
                let asked = self.model.controls.entry(account).or_default();
                asked.finish(id, result.map(|controls| *controls), now);
                false
            }
            Answer::Kept(store_request, result) => self.kept(id, *store_request, &result),
            Answer::Journal(result) => self.apply_journal(id, result),
            Answer::Resolved(only, result) => self.apply_resolution(id, only, result),
            Answer::PlanLoaded(path, result) => {
                self.plan_loaded(id, path, result);
                false
            }
            Answer::TextLoaded(path, TextUse::Mails, result) => self.mails_loaded(id, &path, result),
            Answer::TextLoaded(..) => true,
            Answer::TextSaved(path, TextUse::Results, result) => self.results_saved(id, &path, &result),
            Answer::TextSaved(path, purpose, result) => self.text_saved(id, path, purpose, &result),
            Answer::Readiness(result) => self.apply_simulation(id, result.map(|result| *result)),
            Answer::Calls(result) => self.model.readiness.calls.finish(id, result, now),
            // A page that shows a failure in full needs no notification.
            Answer::Buckets(_, result) => self.apply_buckets(id, &result),
            Answer::Queues(_, result) => self.apply_queues(id, &result),
            Answer::Policy(account, holder, result) => self.apply_policy(id, account, &holder, &result),
            Answer::Session(_, result) => self.apply_session(id, result),
            Answer::Unusable(draft, _) => self.keep_draft(id, draft),
            Answer::Edited(result) => self.apply_edited(id, &result),
            Answer::Saved(_, result) => self.apply_saved_policy(id, result),
            Answer::Loaded(path, result) => self.apply_loaded_policy(id, path, result),
        };
        self.ask_readiness();
        self.begin_start_asking();
        // Without a connection the whole screen says so; a notification would say it twice.
        let reported = self.model.connection.current().is_none() && self.model.accounts.is_empty();
        if let Some(error) = error.filter(|_| awaited && !reported) {
            self.model.out.notify(Notification::ReadFailed(error));
        }
    }

    fn apply_stored(&mut self, id: ReadId, result: Result<Box<Stored>, ApiError>) -> bool {
        let done = result.as_ref().map(|_| ()).map_err(Clone::clone);
        let awaited = self.model.stored.finish(id, done, self.model.now);
        if let Some(stored) = result.ok().filter(|_| awaited) {
            let before = self.model.emails.open().len();
            self.model.emails.set_started(stored.started, stored.earlier);
            self.model.emails.set_journaled(stored.journaled_starts);
            let audits = (stored.audits, stored.audit_comparisons);
            self.model.apply_cached(stored.alarms, audits, stored.credential_changes);
            let expired_before = self.model.recovery.expired(self.model.now);
            self.model.recovery.set_stored(stored.left_open);
            let open = self.model.emails.open().len();
            if open > before {
                self.model.out.notify(Notification::OpenChanges(open));
            }
            let expired = self.model.recovery.expired(self.model.now);
            if expired > expired_before {
                self.model.out.notify(Notification::ExpiredRecoveries(expired));
            }
            self.apply_findings(stored.findings);
            // After the changes: only the newest neutral notification is shown, and a plan says
            // more.
            self.model.apply_plans(stored.plans);
            if let Some((at, accounts)) = stored.listing {
                self.model.accounts.show_cached(at, accounts, self.model.units.value());
                self.model.judge_addresses();
            }
            self.model.cached_organization = stored.organization;
            self.apply_view_choices(&stored.view_choices);
            self.model.accounts.mark_dirty();
            self.model.look_at_open();
            self.model.note_unresolved(stored.unresolved);
        }
        awaited
    }

    fn apply_connection(&mut self, id: ReadId, result: Result<Connection, ApiError>) -> bool {
        let before = self.model.connection.value().map(|connection| connection.caller.account);
        let awaited = self.model.connection.finish(id, result, self.model.now);
        if awaited {
            self.recompute_mfa(id);
        }
        if let Some(connection) = self.model.connection.current().filter(|_| awaited) {
            if before.is_some_and(|before| before != connection.caller.account) {
                // Somebody else signed in: nothing that was read before is theirs.
                self.start_over(self.model.start.profile.clone().filter(|_| self.model.start.named));
                return awaited;
            }
            if self.view == ViewId::Journal {
                self.model.read(Read::Journal);
            }
            self.model.forget_readiness();
            for read in [
                Read::Organization,
                Read::Accounts,
                Read::TrustedAccess,
                Read::RootFeatures,
                Read::DelegatedAdministrators,
                Read::UnitNames,
            ] {
                self.model.read(read);
            }
            self.model.look_at_open();
        }
        awaited
    }

    pub(in crate::app) fn look_at(&mut self, switch: &Switch) {
        if !self.model.awaited.iter().any(|awaited| awaited.switch == *switch) {
            return;
        }
        if self.model.is_reading(reading_of(switch)) {
            // An answer that never comes must not make the waiting endless.
            self.check_awaited();
            if !self.model.awaited.iter().any(|awaited| awaited.switch == *switch) {
                return;
            }
        }
        self.model.out.push(Effect::Wake(LOOK_AGAIN, Wake::LookAt(switch.clone())));
        self.model.read(reading_of(switch));
    }
}

pub(in crate::app) fn reading_of(switch: &Switch) -> Read {
    match switch {
        Switch::TrustedAccess(_) => Read::TrustedAccess,
        Switch::RootFeature(_) => Read::RootFeatures,
    }
}

/// Whether a failure is shown where it matters: trusted access that is off in the details of the
/// account, with its fix; a missing or wrong code in the dialog that asks for it.
fn is_reported_in_place(answer: &Answer, error: &ApiError) -> bool {
    match answer {
        Answer::PrimaryEmail(..) | Answer::EmailChange(..) => error.kind == ApiErrorKind::TrustedAccessOff,
        Answer::Connected(_) => error.kind == ApiErrorKind::MfaCodeNeeded,
        _ => false,
    }
}
