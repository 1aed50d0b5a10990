//! What a dialog says of the write it has sent.

use super::super::canvas::span;
use super::super::look::{Look, Role, Sign};
use super::sheet::Sheet;
use crate::app::App;
use crate::app::confirm::Phase;
use crate::app::notice::Trouble;
use crate::domain::fault::Fault;
use crate::words::{fault, news, refusal};
use ratatui::text::Line;

/// That a write is under way.
pub(super) fn say_progress(sheet: &mut Sheet<'_>, look: Look, phase: Phase) {
    let wait = look.sign(Sign::Waiting);
    match phase {
        Phase::Sending(_) => sheet.say(Role::Waiting, &format!("{wait} on its way to AWS; no answer yet"), 0),
        Phase::Waiting => {
            let text = format!("{wait} AWS took it; waiting until AWS shows it (up to 3 minutes). It can be closed.");
            sheet.say(Role::Waiting, &text, 0);
        }
        Phase::Asking => {}
    }
}

/// Why a write did not end well.
pub(super) fn say_trouble(app: &App, sheet: &mut Sheet<'_>, look: Look, trouble: &Trouble) {
    say_title(sheet, look, trouble);
    match trouble {
        Trouble::NotPermitted(reason) => sheet.say(Role::Plain, &refusal::refusal(reason), 0),
        Trouble::Refused(fault) | Trouble::Failed(fault) | Trouble::Unknown(fault) => say_fault(app, sheet, fault),
    }
}

/// That an attempt did not end well.
pub(super) fn say_title(sheet: &mut Sheet<'_>, look: Look, trouble: &Trouble) {
    let sign = look.sign(Sign::Danger);
    sheet.blank();
    sheet.line(Line::from(span(look, Role::Danger, format!("{sign} {}", news::trouble_title(trouble)))));
}

/// What AWS said, why, and what fixes it.
pub(super) fn say_fault(app: &App, sheet: &mut Sheet<'_>, fault: &Fault) {
    say_reason(app, sheet, fault);
    sheet.say(Role::Quiet, &fault::fault(fault, app.model.caller_to_mend(fault).as_ref()).mend, 4);
}

/// What AWS said, and why.
pub(super) fn say_reason(app: &App, sheet: &mut Sheet<'_>, fault: &Fault) {
    let words = fault::fault(fault, app.model.caller_to_mend(fault).as_ref());
    sheet.say(Role::Plain, &words.said, 0);
    sheet.say(Role::Quiet, words.cause, 4);
}
