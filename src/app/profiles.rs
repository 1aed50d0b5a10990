//! Whose credentials are used: choosing another profile, signing in, the code of an MFA device.

use super::App;
use super::command::{CommandId, DisabledReason, KeyContext};
use super::confirm::Focus;
use super::dialog::{Dialog, Step};
use super::effect::{Effect, Read};
use super::field::{OtpField, TextField};
use super::key::Key;
use super::layers::{Choice, Layer, Menu, MenuKind};
use super::list::{List, Motion};
use super::msg::Geometry;
use super::notification::Notification;
use crate::app::model::Model;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::aws_command::CallerOptions;
use crate::domain::cause::Cause;
use crate::domain::mfa::MfaCode;
use crate::domain::profile::{Browser, Profile, SignIn};
use crate::domain::remote_data::{ReadId, RemoteData};

/// The profiles of the AWS configuration.
#[derive(Clone, Debug, Default)]
pub struct Profiles {
    /// All of them, once they were read.
    pub(crate) listed: RemoteData<Vec<Profile>>,
    /// The person wants to sign in, once it is known how.
    signs_in: bool,
    /// The attempt to connect that a code went out with, whether or not its dialog is still open.
    code_sent: Option<ReadId>,
}

/// The choice of a profile.
#[derive(Clone, Debug, PartialEq)]
pub struct ChooseProfile {
    /// What is searched for.
    pub field: TextField,
    /// The profiles found, by their place among all.
    pub list: List<usize>,
    /// The name of the one in use, once the profiles are read.
    pub in_use: Option<Option<String>>,
}

/// The dialog that asks for the code of an MFA device.
#[derive(Clone, Debug, PartialEq)]
pub struct EnterMfaCode {
    /// The code, as it is typed.
    pub field: OtpField,
    /// Whether the code is shown.
    pub revealed: bool,
    /// Where the focus is.
    pub focus: Focus,
    /// The question to AWS that is under way.
    pub asked: Option<ReadId>,
    /// Why the last code was of no use.
    pub trouble: Option<ApiError>,
}

impl EnterMfaCode {
    /// The fields and buttons, in order.
    pub const SPOTS: [Focus; 3] = [Focus::Field, Focus::Cancel, Focus::Act];

    fn new() -> Self {
        Self { field: OtpField::default(), revealed: false, focus: Focus::Field, asked: None, trouble: None }
    }

    /// The code, once it is whole.
    #[must_use]
    pub fn code(&self) -> Option<MfaCode> {
        MfaCode::parse(self.field.reveal()).filter(|_| self.asked.is_none())
    }
}

impl Dialog for EnterMfaCode {
    fn stops(&self) -> Vec<Focus> {
        Self::SPOTS.to_vec()
    }

    fn focus_mut(&mut self) -> Option<&mut Focus> {
        Some(&mut self.focus)
    }

    fn is_typing(&self) -> bool {
        self.focus == Focus::Field && self.asked.is_none()
    }

    /// The field takes digits only.
    fn typed(&mut self, key: Key, _model: &Model) -> bool {
        if !self.is_typing() {
            return false;
        }
        match key.typed() {
            Some(c) if !c.is_ascii_digit() && !c.is_whitespace() => true,
            _ => self.field.handle(key),
        }
    }

    fn paste(&mut self, text: &str, _model: &Model) {
        if let Some(code) = MfaCode::parse(text).filter(|_| self.is_typing()) {
            self.field.clear();
            code.expose().chars().map(Key::char).for_each(|key| {
                self.field.handle(key);
            });
        }
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        match (self.focus, self.code()) {
            (Focus::Cancel, _) => return Step::Close,
            (Focus::Field, Some(_)) => self.focus = Focus::Act,
            (Focus::Field | Focus::Act, None) if self.asked.is_none() => model.out.notify(Notification::ShortCode),
            (Focus::Act, Some(code)) => {
                let id = model.out.read_id();
                model.connection.start(id);
                model.profiles.code_sent = Some(id);
                model.out.push(Effect::Connect(id, code));
                (self.asked, self.trouble, self.focus) = (Some(id), None, Focus::Cancel);
            }
            _ => {}
        }
        Step::Stay(None)
    }

    fn revealed_mut(&mut self) -> Option<&mut bool> {
        Some(&mut self.revealed)
    }
}

impl ChooseProfile {
    /// Lists the profiles that are searched for; the one in use is selected when they come.
    fn search(&mut self, profiles: &Profiles) {
        let was_empty = self.list.rows().is_empty();
        self.list.set_rows(profiles.found(self.field.text()));
        if self.field.text().is_empty() {
            let is_it = |profile: &Profile| Some(&profile.name) == self.in_use.as_ref();
            let place = profiles.listed.value().and_then(|all| all.iter().position(is_it));
            if let Some(place) = place.filter(|_| was_empty) {
                self.list.select(place);
            }
        } else {
            self.list.go(Motion::First);
        }
    }
}

impl Dialog for ChooseProfile {
    fn place(&self) -> KeyContext {
        KeyContext::Reader
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn typed(&mut self, key: Key, model: &Model) -> bool {
        let took = self.field.handle(key);
        if took {
            self.search(&model.profiles);
        }
        took
    }

    fn paste(&mut self, text: &str, model: &Model) {
        self.field.paste(text);
        self.search(&model.profiles);
    }

    fn go(&mut self, motion: Motion, _rows: usize, _lines: usize) {
        self.list.go(motion);
    }

    fn fit(&mut self, geometry: Geometry) {
        self.list.set_page(geometry.dialog_rows);
    }
}

impl Profiles {
    /// The profile of this name, or what is used without one.
    #[must_use]
    pub fn find(&self, name: Option<&str>) -> Option<&Profile> {
        self.listed.value()?.iter().find(|profile| profile.name.as_deref() == name)
    }

    /// Those whose name has all the words typed.
    fn found(&self, typed: &str) -> Vec<usize> {
        let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
        let fits = |profile: &Profile| {
            let name = profile.name.as_deref().unwrap_or_default().to_lowercase();
            words.iter().all(|word| name.contains(word.as_str()))
        };
        let all = self.listed.value().into_iter().flatten().enumerate();
        all.filter(|(_, profile)| fits(profile)).map(|(index, _)| index).collect()
    }
}

impl Model {
    /// The profile in use, once the configuration was read.
    pub(crate) fn profile_in_use(&self) -> Option<&Profile> {
        self.profiles.find(self.start.profile.as_deref().filter(|_| self.start.named))
    }

    /// How the command is called that mends `fault`: for the profile that a person signs in with, where
    /// signing in is the way, or as this run calls.
    pub(crate) fn caller_to_mend(&self, fault: &ApiError) -> Option<CallerOptions> {
        let caller = self.caller_or_named()?;
        let signs_in = self.profile_in_use().and_then(|profile| profile.fixes(Cause::of(fault)));
        let profile = signs_in.map(ToOwned::to_owned).or(caller.profile);
        Some(CallerOptions { profile, ..caller })
    }

    /// How a command reaches AWS as this run does, or will once it is connected; `None` in the demo.
    pub(crate) fn caller_or_named(&self) -> Option<CallerOptions> {
        let named = || CallerOptions {
            profile: self.start.profile.clone(),
            region: None,
            endpoint: self.endpoint().filter(|url| !url.contains(' ')).map(ToOwned::to_owned),
        };
        (!self.start.demo).then(|| self.caller_options().unwrap_or_else(named))
    }

    /// Whether a person can do something for the credentials of the profile in use.
    pub(crate) fn can_sign_in(&self) -> bool {
        self.profile_in_use().is_some_and(|profile| profile.sign_in.is_some() || profile.mfa.is_some())
    }

    /// Where the calls go, if that is not AWS: it has to be seen before a code goes there.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        let asked = || self.profile_in_use().and_then(|profile| profile.endpoint.as_ref());
        let endpoint = match self.connection.value() {
            Some(connection) => connection.endpoint.as_ref(),
            None => self.start.endpoint.as_ref().or_else(asked),
        };
        endpoint.map(String::as_str).filter(|_| !self.start.demo)
    }

    /// Reads the profiles, if that was not tried yet.
    pub(super) fn know_profiles(&mut self) {
        if self.profiles.listed == RemoteData::NotAsked {
            self.read(Read::Profiles);
        }
    }

    /// Whether another profile may be taken now, or somebody else may sign in.
    pub(crate) fn can_take_profile(&self) -> Result<(), DisabledReason> {
        if !self.writes.is_empty() || !self.plans.saving.is_empty() {
            return Err(DisabledReason::WriteUnderWay);
        }
        if self.sessions.is_any_asked() || self.unlocking.is_any_saving() {
            return Err(DisabledReason::Asked);
        }
        if self.under_way.is_some() { Err(DisabledReason::RunUnderWay) } else { Ok(()) }
    }

    /// Offers the ways in which the profile in use gets credentials from a person.
    pub(super) fn sign_in(&mut self) {
        self.profiles.signs_in = true;
        self.read_anew(Read::Profiles);
    }

    /// The program that signed in has ended.
    pub(super) fn signed_in(&mut self, result: Result<(), ApiError>) {
        match result {
            Ok(()) => self.read_anew(Read::Connect),
            Err(fault) => self.out.notify(Notification::Local(fault)),
        }
    }

    /// Without the code there is no connection; where accounts of an earlier run are shown, nothing else
    /// would say so.
    pub(super) fn code_left_out(&mut self) {
        let fault = self.connection.fault().filter(|_| !self.accounts.is_empty());
        if let Some(fault) = fault.cloned() {
            self.out.notify(Notification::ReadFailed(fault));
        }
    }
}

impl App {
    /// Shows the profiles to choose among.
    pub(super) fn choose_profile(&mut self) {
        let mut list = List::default();
        list.set_page(self.geometry.list_rows.max(1));
        self.layers.push(Layer::Profiles(ChooseProfile { field: TextField::default(), list, in_use: None }));
        self.model.read_anew(Read::Profiles);
        self.search_profiles();
    }

    /// Finds the profiles that the words typed name; the one in use stays selected while it is there.
    pub(super) fn search_profiles(&mut self) {
        let in_use = self.model.profile_in_use().map(|profile| profile.name.clone());
        if let Some(Layer::Profiles(dialog)) = self.layers.last_mut() {
            dialog.in_use = in_use;
            dialog.search(&self.model.profiles);
        }
    }

    /// The profile that is selected in the dialog on top.
    pub(super) fn use_chosen_profile(&mut self, dialog: &ChooseProfile) {
        if let Err(why) = self.model.can_take_profile() {
            self.refuse(CommandId::ChooseProfile, why);
            return;
        }
        let chosen = dialog.list.selected().and_then(|index| self.model.profiles.listed.value()?.get(index));
        let Some(name) = chosen.map(|profile| profile.name.clone()) else { return };
        if self.model.profile_in_use().is_some_and(|used| used.name == name)
            && self.model.connection.current().is_some()
        {
            // What is there stays: a session that took a code would be lost.
            self.close();
        } else {
            self.start_over(name);
        }
    }

    /// Begins anew as another profile, or as somebody else: nothing that is known of one organization may
    /// pass for another's. Errors that nobody has read stay.
    pub(super) fn start_over(&mut self, profile: Option<String>) {
        self.model.out.push(Effect::TakeProfile(profile.clone()));
        let named = profile.is_some();
        let mut anew = Self::blank(super::Start { now: self.model.now, profile, named, ..self.model.start.clone() });
        anew.geometry = self.geometry;
        anew.view = self.view;
        anew.quitting = self.quitting;
        anew.model.mailbox = std::mem::take(&mut self.model.mailbox);
        anew.model.profiles.listed = std::mem::take(&mut self.model.profiles.listed);
        anew.notifications = std::mem::take(&mut self.notifications).unread_bad();
        // Its numbers go on: what was asked before must not be taken for what is asked now.
        anew.model.out = std::mem::take(&mut self.model.out);
        let let_go = self.model.sessions.all().len();
        *self = anew;
        self.model.ask_first();
        if let_go > 0 {
            self.model.out.notify(Notification::SessionsLetGo(let_go));
        }
    }

    pub(super) fn apply_profiles(&mut self, id: ReadId, result: Result<Vec<Profile>, ApiError>) -> bool {
        let awaited = self.model.profiles.listed.finish(id, result, self.model.now);
        if !awaited {
            return false;
        }
        self.search_profiles();
        if std::mem::take(&mut self.model.profiles.signs_in) {
            self.offer_sign_in();
        }
        true
    }

    fn offer_sign_in(&mut self) {
        if !self.layers.is_empty() || self.is_barred_from_signing_in() {
            return;
        }
        let Some(profile) = self.model.profile_in_use().cloned() else {
            self.refuse(CommandId::SignIn, DisabledReason::NoProfile);
            return;
        };
        // What a role is assumed from can have expired before its code is of any use.
        let expired = self.model.connection.fault().is_some_and(|fault| profile.fixes(Cause::of(fault)).is_some());
        match profile.sign_in {
            Some(sign_in) if expired || profile.mfa.is_none() => {
                let other = |browser| if browser == Browser::Here { Browser::Elsewhere } else { Browser::Here };
                let ways = [self.model.start.browser, other(self.model.start.browser)];
                let choices = ways.map(|browser| Choice::SignIn(sign_in.clone(), browser)).into();
                self.layers.push(Layer::Menu(Menu::new(MenuKind::SignIn, choices)));
            }
            _ if profile.mfa.is_some() => self.layers.push(Layer::MfaCode(EnterMfaCode::new())),
            _ => self.model.out.notify(Notification::NoSignIn(profile.source)),
        }
    }

    /// Whether something is under way that somebody else's sign-in would cut off; that is told.
    fn is_barred_from_signing_in(&mut self) -> bool {
        let barred = self.model.can_take_profile().err();
        if let Some(why) = barred.clone() {
            self.refuse(CommandId::SignIn, why);
        }
        barred.is_some()
    }

    /// Hands the terminal to the program that signs in.
    pub(super) fn go_sign_in(&mut self, sign_in: SignIn, browser: Browser) {
        self.layers.pop();
        if !self.is_barred_from_signing_in() {
            self.model.out.push(Effect::SignIn(sign_in, browser));
        }
    }

    /// What a failed or successful attempt to connect means for the dialog of the code.
    pub(super) fn recompute_mfa(&mut self, id: ReadId) {
        let fault = self.model.connection.fault().cloned();
        let wanted = fault.filter(|fault| fault.kind == ApiErrorKind::MfaCodeNeeded);
        if self.model.connection.current().is_some() {
            self.notifications.forget_credentials();
        }
        let Some(fault) = wanted else {
            self.layers.retain(|layer| !matches!(layer, Layer::MfaCode(_)));
            return;
        };
        // Each code works once: the next one is typed from its first digit.
        let trouble = Some(fault).filter(|_| self.model.profiles.code_sent == Some(id));
        let asking = EnterMfaCode { trouble, ..EnterMfaCode::new() };
        if let Some(layer) = self.layers.iter_mut().find(|layer| matches!(layer, Layer::MfaCode(_))) {
            *layer = Layer::MfaCode(asking);
        } else if self.layers.is_empty() && !self.quitting {
            self.layers.push(Layer::MfaCode(asking));
        } else {
            // Whatever the person reads or types meanwhile stays on top.
            self.model.code_left_out();
        }
    }
}
