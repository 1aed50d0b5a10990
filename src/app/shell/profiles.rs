use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::menu::Menu;
use crate::app::dialogs::mfa_code::EnterMfaCode;
use crate::app::dialogs::profiles::ChooseProfile;
use crate::app::effect::{Effect, Read};
use crate::app::field::TextField;
use crate::app::focus::Focus;
use crate::app::layers::Layer;
use crate::app::list::List;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::cause::Cause;
use crate::domain::profile::{Browser, Profile, SignIn};
use crate::domain::remote_data::ReadId;
use crate::domain::write::WriteOutcome;

impl App {
    pub(in crate::app) fn choose_profile(&mut self) {
        let mut list = List::default();
        list.set_page(self.geometry.list_rows.max(1));
        self.layers.push(Layer::Profiles(ChooseProfile { field: TextField::default(), list, in_use: None }));
        self.model.reload(Read::Profiles);
    }

    pub(in crate::app) fn use_profile(&mut self, name: Option<String>) {
        if let Err(why) = self.model.can_take_profile() {
            self.refuse(CommandId::ChooseProfile, why);
            return;
        }
        if self.model.profile_in_use().is_some_and(|used| used.name == name)
            && self.model.connection.current().is_some()
        {
            // Nothing changes: a session that took a code would be lost.
            self.close();
        } else {
            self.start_over(name);
        }
    }

    /// Starts over with another profile or caller: what is known of one organization must not pass
    /// for another's. Unread errors stay.
    pub(in crate::app) fn start_over(&mut self, profile: Option<String>) {
        self.model.out.push(Effect::TakeProfile(profile.clone()));
        let named = profile.is_some();
        let mut anew =
            Self::blank(crate::app::start::Start { now: self.model.now, profile, named, ..self.model.start.clone() });
        anew.geometry = self.geometry;
        anew.view = self.view;
        anew.quitting = self.quitting;
        anew.model.mailbox = std::mem::take(&mut self.model.mailbox);
        anew.model.profiles.listed = std::mem::take(&mut self.model.profiles.listed);
        anew.notifications = std::mem::take(&mut self.notifications).unread_bad();
        // The ids continue: old answers must not be taken for new ones.
        anew.model.out = std::mem::take(&mut self.model.out);
        let let_go = self.model.sessions.all().len();
        *self = anew;
        self.model.ask_first();
        if let_go > 0 {
            self.model.out.notify(Notification::SessionsLetGo(let_go));
        }
    }

    pub(in crate::app) fn apply_profiles(&mut self, id: ReadId, result: Result<Vec<Profile>, ApiError>) -> bool {
        let awaited = self.model.profiles.listed.finish(id, result, self.model.now);
        if !awaited {
            return false;
        }
        if std::mem::take(&mut self.model.profiles.signs_in) {
            self.offer_sign_in();
        }
        true
    }

    fn offer_sign_in(&mut self) {
        if !self.layers.is_empty() || self.elsewhere.off_screen || self.is_barred_from_signing_in() {
            return;
        }
        let Some(profile) = self.model.profile_in_use().cloned() else {
            self.refuse(CommandId::SignIn, DisabledReason::NoProfile);
            return;
        };
        // The credentials that a role is assumed from can have expired, so its code would be of no
        // use.
        let expired = self.model.connection.error().is_some_and(|error| profile.fixes(Cause::of(error)).is_some());
        match profile.sign_in {
            Some(sign_in) if expired || profile.mfa.is_none() => {
                let other = |browser| if browser == Browser::Here { Browser::Elsewhere } else { Browser::Here };
                let ways = [self.model.start.browser, other(self.model.start.browser)];
                let choices = ways.map(|browser| (sign_in.clone(), browser)).into();
                self.layers.push(Layer::SignIn(Menu::of(choices)));
            }
            _ if profile.mfa.is_some() => self.layers.push(Layer::MfaCode(EnterMfaCode::new())),
            _ => self.model.out.notify(Notification::NoSignIn(profile.source)),
        }
    }

    /// Whether something in progress would be cut off by another caller; that is reported.
    fn is_barred_from_signing_in(&mut self) -> bool {
        let barred = self.model.can_take_profile().err();
        if let Some(why) = barred.clone() {
            self.refuse(CommandId::SignIn, why);
        }
        barred.is_some()
    }

    pub(in crate::app) fn go_sign_in(&mut self, sign_in: SignIn, browser: Browser) {
        self.layers.pop();
        if !self.is_barred_from_signing_in() {
            self.model.out.push(Effect::SignIn(sign_in, browser));
        }
    }

    /// Shows the result of a connection attempt in the dialog of the code.
    pub(in crate::app) fn recompute_mfa(&mut self, id: ReadId) {
        let error = self.model.connection.error().cloned();
        let wanted = error.filter(|error| error.kind == ApiErrorKind::MfaCodeNeeded);
        if self.model.connection.current().is_some() {
            self.notifications.forget_credentials();
        }
        let Some(error) = wanted else {
            self.layers.retain(|layer| !layer.dialog().asks_for_code());
            return;
        };
        // Each code works once: the next one is typed from its first digit.
        let mut asking = EnterMfaCode::new();
        if self.model.profiles.code_sent == Some(id) {
            asking.form.ended(WriteOutcome::Failed(error), Focus::Field);
        }
        if let Some(layer) = self.layers.iter_mut().find(|layer| layer.dialog().asks_for_code()) {
            *layer = Layer::MfaCode(asking);
        } else if self.layers.is_empty() && !self.quitting {
            self.layers.push(Layer::MfaCode(asking));
        } else {
            // Whatever the person reads or types meanwhile stays on top.
            self.model.code_skipped();
        }
    }
}
