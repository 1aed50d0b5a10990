//! What a dialog says of the write it has sent.

use super::super::canvas::span;
use super::super::theme::{Glyph, TextStyle, Theme};
use super::sheet::Sheet;
use crate::app::App;
use crate::app::confirm::Phase;
use crate::app::notification::Trouble;
use crate::domain::api_error::ApiError;
use crate::words::{api_error, notification, refusal};
use ratatui::text::Line;

/// That a write is under way.
pub(super) fn progress(sheet: &mut Sheet<'_>, theme: Theme, phase: Phase) {
    let wait = theme.glyph(Glyph::Waiting);
    match phase {
        Phase::Sending(_) => {
            sheet.paragraph(TextStyle::Waiting, &format!("{wait} on its way to AWS; no answer yet"), 0);
        }
        Phase::Waiting => {
            let text = format!("{wait} AWS took it; waiting until AWS shows it (up to 3 minutes). It can be closed.");
            sheet.paragraph(TextStyle::Waiting, &text, 0);
        }
        Phase::Asking => {}
    }
}

/// Why a write did not end well.
pub(super) fn trouble_lines(app: &App, sheet: &mut Sheet<'_>, theme: Theme, trouble: &Trouble) {
    outcome_title(sheet, theme, trouble);
    match trouble {
        Trouble::NotPermitted(reason) => sheet.paragraph(TextStyle::Plain, &refusal::refusal(reason), 0),
        Trouble::Refused(fault) | Trouble::Failed(fault) | Trouble::Unknown(fault) => error_lines(app, sheet, fault),
    }
}

/// That an attempt did not end well.
pub(super) fn outcome_title(sheet: &mut Sheet<'_>, theme: Theme, trouble: &Trouble) {
    let glyph = theme.glyph(Glyph::Danger);
    sheet.blank();
    sheet.line(Line::from(span(theme, TextStyle::Danger, format!("{glyph} {}", notification::trouble_title(trouble)))));
}

/// What AWS said, why, and what fixes it.
pub(super) fn error_lines(app: &App, sheet: &mut Sheet<'_>, fault: &ApiError) {
    reason_lines(app, sheet, fault);
    sheet.paragraph(TextStyle::Quiet, &api_error::fault(fault, app.model.caller_to_mend(fault).as_ref()).fix, 4);
}

/// What AWS said, and why.
pub(super) fn reason_lines(app: &App, sheet: &mut Sheet<'_>, fault: &ApiError) {
    let words = api_error::fault(fault, app.model.caller_to_mend(fault).as_ref());
    sheet.paragraph(TextStyle::Plain, &words.said, 0);
    sheet.paragraph(TextStyle::Quiet, words.cause, 4);
}
