//! What the stack of layers asks of the one on top, whatever it is. A dialog knows its own keys, fields and
//! buttons; nothing else needs to know which it is.

use super::App;
use super::accounts::Accounts;
use super::command::Place;
use super::effect::WriteId;
use super::emails::Emails;
use super::key::Key;
use super::list::Motion;
use super::msg::Geometry;
use super::preview::Reading;
use super::profiles::Profiles;
use crate::domain::permit::Rules;

/// What a dialog can look up while a person types.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The accounts of the organization.
    pub accounts: &'a Accounts,
    /// What is known of their primary emails.
    pub emails: &'a Emails,
    /// The profiles of the AWS configuration.
    pub profiles: &'a Profiles,
    /// What this run has ruled out.
    pub rules: &'a Rules,
}

/// What becomes of a dialog whose button was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It stays on top, or below what it opened.
    Stay,
    /// It closes, as with Esc.
    Close,
    /// It has done its work and goes.
    Done,
}

/// A layer, as the stack sees it. Texts and lists that only show something leave most of it as it is.
pub trait Dialog {
    /// Where its keys are looked up.
    fn place(&self) -> Place {
        Place::Dialog
    }

    /// Whether letters are text now.
    fn is_typing(&self) -> bool {
        false
    }

    /// Takes a key into what has the focus; whether it meant something there.
    fn typed(&mut self, _key: Key, _about: &Context<'_>) -> bool {
        false
    }

    /// Takes a paste. It never submits anything.
    fn paste(&mut self, _text: &str, _about: &Context<'_>) {}

    /// Moves the focus by `step` fields and buttons.
    fn move_focus(&mut self, _step: isize, _about: &Context<'_>) {}

    /// What Enter does: from a field to its button, and on a button what it says. The dialog is not among
    /// the layers meanwhile.
    fn submit(&mut self, _app: &mut App) -> Step {
        Step::Stay
    }

    /// Scrolls, where `rows` of `lines` lines are on screen.
    fn go(&mut self, _motion: Motion, _rows: usize, _lines: usize) {}

    /// Takes how it was drawn.
    fn fit(&mut self, _geometry: Geometry) {}

    /// The text in it that has to be read to its end before anything is confirmed.
    fn reading(&self) -> Option<&Reading> {
        None
    }

    /// The same, to scroll it.
    fn reading_mut(&mut self) -> Option<&mut Reading> {
        None
    }

    /// Whether the focus is where that text has to be read first: a field, or the button that confirms.
    fn focus_confirms(&self) -> bool {
        false
    }

    /// Whether the secret typed in it is shown.
    fn revealed_mut(&mut self) -> Option<&mut bool> {
        None
    }

    /// Whether it awaits the outcome of this write.
    fn sends(&self, _id: WriteId) -> bool {
        false
    }

    /// Whether it shows time that runs out.
    fn counts_down(&self) -> bool {
        false
    }
}

impl App {
    /// The dialog on top, and what it can look up.
    fn top(&mut self) -> Option<(&mut dyn Dialog, Context<'_>)> {
        let about = Context {
            accounts: &self.model.accounts,
            emails: &self.model.emails,
            profiles: &self.model.profiles,
            rules: &self.model.start.rules,
        };
        self.layers.last_mut().map(|layer| (layer.dialog_mut(), about))
    }

    /// Whether a text field has the focus, so that letters are text.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        match self.layers.last() {
            Some(layer) => layer.dialog().is_typing(),
            None => self.typed_filter().is_some(),
        }
    }

    /// Gives a key to what has the focus; whether that took it.
    pub(super) fn typed(&mut self, key: Key) -> bool {
        match self.top() {
            Some((dialog, about)) => dialog.typed(key, &about),
            None => self.typed_in_filter(key),
        }
    }

    /// Gives a paste to what has the focus.
    pub(super) fn paste_into_focus(&mut self, text: &str) {
        match self.top() {
            Some((dialog, about)) => dialog.paste(text, &about),
            None => self.pasted_in_filter(text),
        }
    }

    /// Moves the focus to the next field or button of the dialog.
    pub(super) fn move_focus(&mut self, step: isize) {
        if let Some((dialog, about)) = self.top() {
            dialog.move_focus(step, &about);
        }
    }

    /// What Enter does in the dialog on top.
    pub(super) fn submit(&mut self) {
        if self.insists_on_reading() {
            return;
        }
        let Some(mut layer) = self.layers.pop() else { return };
        let place = self.layers.len();
        match layer.dialog_mut().submit(self) {
            // Below whatever it opened.
            Step::Stay => self.layers.insert(place.min(self.layers.len()), layer),
            Step::Close => self.closed(layer),
            Step::Done => {}
        }
    }

    /// Shows or hides the secret that is typed on top.
    pub(super) fn reveal(&mut self) {
        if let Some(revealed) = self.layers.last_mut().and_then(|layer| layer.dialog_mut().revealed_mut()) {
            *revealed = !*revealed;
        }
    }
}
