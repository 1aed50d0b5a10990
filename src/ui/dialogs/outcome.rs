//! What a dialog shows about the write it sent.

use super::super::measure::span;
use super::super::text::{Text, explained};
use super::super::theme::{Glyph, TextStyle};
use super::sheet::Sheet;
use crate::app::focus::Phase;
use crate::app::form::Form;
use crate::app::shell::App;
use crate::domain::api_error::ApiError;
use crate::domain::text::clean;
use crate::domain::write::WriteOutcome;
use crate::words::ui::dialogs as says;
use crate::words::{notification, refusal};

pub(super) fn progress(sheet: &mut Sheet<'_>, phase: Phase) {
    match phase {
        Phase::Sending(_) => sheet.waiting(says::NO_ANSWER_YET),
        Phase::Waiting => sheet.waiting(says::TAKEN_NOT_SHOWN),
        Phase::Asking | Phase::Asked(_) => {}
    }
}

pub(super) fn trouble_lines(app: &App, sheet: &mut Sheet<'_>, trouble: &WriteOutcome) {
    danger_line(sheet, notification::trouble_title(trouble));
    match trouble {
        WriteOutcome::NotPermitted(reason) => sheet.part(0).plain(&refusal::refusal(reason)),
        WriteOutcome::Refused(error) | WriteOutcome::Failed(error) | WriteOutcome::Unknown(error) => {
            error_lines(app, sheet, error, 4);
        }
        WriteOutcome::Taken(_) | WriteOutcome::AlreadySo(_) => {}
    }
}

/// The reason that was given for the change, or that one is required.
pub(super) fn reason_line(text: &mut Text, form: &Form) {
    if form.lacks_reason() {
        text.flagged(Glyph::Attention, &says::reason_required());
    } else if !form.reason.is_empty() {
        text.value(says::REASON, &clean(&form.reason));
    }
}

pub(super) fn danger_line(sheet: &mut Sheet<'_>, title: &str) {
    sheet.blank();
    let text = sheet.part(0);
    text.push(span(text.theme, TextStyle::Danger, format!("{} {title}", text.theme.glyph(Glyph::Danger))));
}

/// What AWS said, why, and the fix; the latter two may be skipped for lack of room.
pub(super) fn error_lines(app: &App, sheet: &mut Sheet<'_>, error: &ApiError, spare: u8) {
    reason_lines(app, sheet, error, spare);
    sheet.part(spare).quiet(&explained(app, error).fix);
}

pub(super) fn reason_lines(app: &App, sheet: &mut Sheet<'_>, error: &ApiError, spare: u8) {
    let words = explained(app, error);
    sheet.part(0).plain(&words.said);
    sheet.part(spare).quiet(words.cause);
}
