//! Keys and clicks of a walk, and whether they confirm something.

use super::super::harness::key as named;
use super::super::plans::{is_confirmed_typed_and_pressed, planned};
use super::Walk;
use crate::app::dialogs::root_deletion::{DeleteDialog, Stage};
use crate::app::focus::{Focus, Phase};
use crate::app::key::Key;
use crate::app::layers::Layer;
use crate::app::mouse::{Mouse, MouseAction, Target};
use crate::app::msg::Msg;

impl Walk {
    pub(crate) fn press(&mut self, key: Key) {
        self.act(Msg::Key(key), key);
    }

    /// A click on a button is as pressing it with Enter, and any other one confirms nothing.
    pub(super) fn mouse(&mut self, mouse: Mouse) {
        let mut as_key = named("down");
        if let (MouseAction::Click, Target::Element(focus @ (Focus::Act | Focus::Other | Focus::Cancel))) =
            (mouse.action, mouse.target)
            && let Some(dialog) = self.app.layers.last_mut().map(Layer::dialog_mut)
            && dialog.stops().contains(&focus)
            && let Some(form) = dialog.form_mut()
        {
            form.focus = focus;
            as_key = named("enter");
        }
        self.act(Msg::Mouse(mouse), as_key);
    }

    fn act(&mut self, msg: Msg, key: Key) {
        if self.signing_in {
            // The terminal, and what is typed, is another program's.
            return;
        }
        let confirmed = self.confirmed(key);
        self.shown = match self.app.layers.last() {
            Some(Layer::Delete(dialog)) => match &dialog.stage {
                Stage::Asking(asking) => Some(asking.plans.clone()),
                _ => None,
            },
            _ => None,
        };
        self.read = match self.app.layers.last() {
            Some(Layer::Findings(reader)) if self.app.can_acknowledge().is_ok() => Some(reader.about.clone()),
            _ => None,
        };
        self.matched = match self.app.layers.last() {
            Some(Layer::Mails(dialog)) => Some(dialog.matches.clone()),
            _ => None,
        };
        self.planned = planned(self.app.layers.last());
        let enter = key == named("enter");
        let asked = matches!(self.app.layers.last(), Some(Layer::AskAudit(ask)) if ask.form.focus == Focus::Act);
        self.reported = self.reported && self.app.model.root.unasked || enter && asked;
        let view = self.app.view;
        self.send(msg, Some(confirmed));
        assert!(key != named("esc") || self.app.view == view, "Esc has left {view:?}");
    }

    /// Whether pressing `key` now confirms a change that the person sees.
    fn confirmed(&self, key: Key) -> bool {
        let enter = key == named("enter");
        enter
            && !self.app.has_unread_text()
            && match self.app.layers.last() {
                Some(Layer::Confirm(dialog)) => dialog.form.focus == Focus::Act && dialog.is_typed(),
                Some(Layer::OpenSession(dialog)) => dialog.form.focus == Focus::Act && dialog.duration().is_some(),
                Some(Layer::Session(dialog)) => dialog.form.focus != Focus::Cancel,
                Some(Layer::StartEmail(dialog)) => {
                    dialog.form.focus == Focus::Act && dialog.form.phase == Phase::Asking
                }
                Some(Layer::EnterOtp(dialog)) => {
                    matches!(dialog.form.focus, Focus::Act | Focus::Other) && dialog.form.phase == Phase::Asking
                }
                Some(Layer::Delete(dialog)) => is_typed_and_pressed(dialog),
                Some(Layer::Mails(dialog)) => {
                    let number = dialog.matches.len().to_string();
                    let typed = dialog.matches.len() == 1 || dialog.typed.text().trim() == number;
                    dialog.form.focus == Focus::Act && typed
                }
                Some(Layer::ForgetChange(dialog)) => dialog.form.focus == Focus::Act,
                Some(Layer::Plan(dialog)) => is_confirmed_typed_and_pressed(dialog),
                _ => false,
            }
    }
}

fn is_typed_and_pressed(dialog: &DeleteDialog) -> bool {
    let Stage::Asking(asking) = &dialog.stage else { return false };
    let token = match asking.plans.as_slice() {
        [] => return false,
        [one] => one.account.id.to_string(),
        several => several.len().to_string(),
    };
    dialog.form.focus == Focus::Act && asking.typed.text().trim() == token
}
