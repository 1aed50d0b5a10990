use crate::app::command_id::DisabledReason;
use crate::app::effect::Read;
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::domain::api_error::ApiError;
use crate::domain::aws_command::CallerOptions;
use crate::domain::cause::Cause;
use crate::domain::profile::Profile;
use crate::domain::remote_data::RemoteData;

impl Model {
    /// `None` until the configuration is read.
    pub(crate) fn profile_in_use(&self) -> Option<&Profile> {
        self.profiles.find(self.start.profile.as_deref().filter(|_| self.start.named))
    }

    /// How the command that fixes `error` reaches AWS: with the profile to sign in with, where
    /// signing in is the fix, or else as this run does.
    pub(crate) fn caller_to_fix(&self, error: &ApiError) -> Option<CallerOptions> {
        let caller = self.caller_or_named()?;
        let signs_in = self.profile_in_use().and_then(|profile| profile.fixes(Cause::of(error)));
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

    pub(crate) fn can_sign_in(&self) -> bool {
        self.profile_in_use().is_some_and(|profile| profile.sign_in.is_some() || profile.mfa.is_some())
    }

    /// Where calls go, if not to AWS: the person must see it before entering a code.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        let asked = || self.profile_in_use().and_then(|profile| profile.endpoint.as_ref());
        let endpoint = match self.connection.value() {
            Some(connection) => connection.endpoint.as_ref(),
            None => self.start.endpoint.as_ref().or_else(asked),
        };
        endpoint.map(String::as_str).filter(|_| !self.start.demo)
    }

    pub(in crate::app) fn know_profiles(&mut self) {
        if self.profiles.listed == RemoteData::NotAsked {
            self.read(Read::Profiles);
        }
    }

    /// Whether a person can choose the profile: not where the start has named several.
    pub(crate) fn can_choose_profile(&self) -> Result<(), DisabledReason> {
        if self.start.place.is_some() { Err(DisabledReason::SeveralOrganizations) } else { self.can_take_profile() }
    }

    pub(crate) fn can_take_profile(&self) -> Result<(), DisabledReason> {
        if !self.writes.is_empty() || !self.plans.saving.is_empty() {
            return Err(DisabledReason::WriteInProgress);
        }
        if !self.sessions.asked.is_empty() || !self.unlocking.saving.is_empty() {
            return Err(DisabledReason::Asked);
        }
        if self.in_progress.is_some() { Err(DisabledReason::RunInProgress) } else { Ok(()) }
    }

    pub(in crate::app) fn sign_in(&mut self) {
        self.profiles.signs_in = true;
        self.reload(Read::Profiles);
    }

    pub(in crate::app) fn signed_in(&mut self, result: Result<(), ApiError>) {
        match result {
            Ok(()) => self.reload(Read::Connect),
            Err(error) => self.out.notify(Notification::Local(error)),
        }
    }

    /// There is no connection. Where accounts of an earlier run are shown, nothing else would say so.
    pub(in crate::app) fn code_skipped(&mut self) {
        let error = self.connection.error().filter(|_| !self.accounts.is_empty());
        if let Some(error) = error.cloned() {
            self.out.notify(Notification::ReadFailed(error));
        }
    }
}
