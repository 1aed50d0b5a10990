//! Choosing another profile.

use crate::app::command_id::DisabledReason;
use crate::app::dialog::{Dialog, Next};
use crate::app::field::TextField;
use crate::app::key::Key;
use crate::app::list::{List, Motion, Scrolled};
use crate::app::model::Model;
use crate::app::state::profiles::Profiles;
use crate::domain::profile::Profile;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ChooseProfile {
    pub field: TextField,
    /// The profiles found, by their place among all.
    pub list: List<usize>,
    /// The name of the one in use, once the profiles are read.
    #[expect(clippy::option_option, reason = "not read yet, or read and without a name")]
    pub in_use: Option<Option<String>>,
}

impl ChooseProfile {
    /// Lists the profiles that are searched for; the one in use is selected when they come.
    pub(in crate::app) fn search(&mut self, profiles: &Profiles) {
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

    /// The profile in use stays selected while it matches.
    fn refresh(&mut self, model: &Model) -> bool {
        self.in_use = model.profile_in_use().map(|profile| profile.name.clone());
        if self.list.rows() != model.profiles.found(self.field.text()) {
            self.search(&model.profiles);
        }
        true
    }

    fn can_choose(&self, _model: &Model) -> Result<(), DisabledReason> {
        Ok(())
    }

    fn choose(&mut self, model: &Model) -> Option<Next> {
        let profile = model.profiles.listed.value()?.get(self.list.selected()?)?;
        Some(Next::Profile(profile.name.clone()))
    }

    fn list_mut(&mut self) -> Option<&mut dyn Scrolled> {
        Some(&mut self.list)
    }
}
