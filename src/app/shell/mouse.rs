//! Clicks and the wheel. A click does what a key does that looks or moves; what changes something is confirmed as ever.

use jiff::SignedDuration;

use crate::app::command::{by_id, by_key};
use crate::app::command_id::CommandId;
use crate::app::focus::Focus;
use crate::app::key::{Code, Key};
use crate::app::list::Motion;
use crate::app::mouse::{Mouse, MouseAction, Target};
use crate::app::shell::App;

/// Rows for each notch of the wheel.
const NOTCH: isize = 3;

/// A second click so soon was meant for the dialog before.
const DOUBLE_CLICK: SignedDuration = SignedDuration::from_millis(500);

/// What Enter does on a row where it only looks.
const LOOKS: [CommandId; 6] = [
    CommandId::Open,
    CommandId::OpenChange,
    CommandId::OpenRoot,
    CommandId::OpenSwitch,
    CommandId::OpenEntry,
    CommandId::OpenFlow,
];

impl App {
    pub(in crate::app) fn mouse(&mut self, mouse: Mouse) {
        let target = mouse.target;
        if self.is_deaf() {
            return;
        }
        self.touched = true;
        match mouse.action {
            MouseAction::Wheel(notches) => self.wheel(target, Motion::Rows(notches.saturating_mul(NOTCH))),
            MouseAction::Click => {
                self.notifications.fade();
                self.click(target);
            }
        }
    }

    fn wheel(&mut self, target: Target, motion: Motion) {
        let (rows, lines) = (self.geometry.dialog_rows, self.geometry.dialog_lines);
        if let Some(layer) = self.layers.last_mut() {
            return layer.dialog_mut().go(motion, rows, lines);
        }
        let pane = self.shown().pane(&mut self.model);
        match target {
            Target::Text => pane.scroll_text(motion, rows, lines),
            Target::Row(_) | Target::List => pane.go_rows(motion),
            Target::Tab(_) | Target::Head(_) | Target::Element(_) => {}
        }
    }

    fn click(&mut self, target: Target) {
        self.keep_filter();
        match target {
            Target::Element(focus) => self.click_element(focus),
            Target::Row(index) => self.click_row(index),
            Target::Tab(view) if view == self.view => {
                self.shown().back_to_list(&mut self.model);
            }
            Target::Tab(view) => {
                if let Some(command) = by_id(CommandId::showing(view)) {
                    self.run_if_available(command);
                }
            }
            Target::Head(column) if self.model.accounts.sort == column => self.model.accounts.reverse(),
            Target::Head(column) => self.model.accounts.sort_by(column),
            Target::Text if self.layers.is_empty() => self.shown().pane(&mut self.model).focus_text(),
            Target::Text | Target::List => {}
        }
    }

    /// A click on the selected row does what Enter does where that only looks.
    fn click_row(&mut self, index: usize) {
        if let Some((dialog, _)) = self.top() {
            let again = dialog.list_mut().is_some_and(|list| list.pick(index));
            if again && dialog.click_chooses() {
                self.choose();
            }
            return;
        }
        let elsewhere = self.shown().back_to_list(&mut self.model);
        let again = self.shown().pane(&mut self.model).pick(index) && !elsewhere;
        let enter = by_key(self.keys(), self.place(), Key::plain(Code::Enter));
        if let Some(command) = enter.filter(|command| again && LOOKS.contains(&command.id)) {
            self.run_if_available(command);
        }
    }

    /// A button is pressed, with all that it insists on.
    fn click_element(&mut self, focus: Focus) {
        let soon = self.model.now.duration_since(self.layers_since) < DOUBLE_CLICK;
        let Some((dialog, _)) = self.top().filter(|(dialog, _)| !soon && dialog.stops().contains(&focus)) else {
            return;
        };
        if let Some(form) = dialog.form_mut() {
            form.focus = focus;
        }
        if matches!(focus, Focus::Cancel | Focus::Act | Focus::Other) {
            self.submit();
        }
    }
}
