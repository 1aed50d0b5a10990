//! The field of a code of six.

use super::super::canvas::span;
use super::super::theme::{Glyph, TextStyle, Theme};
use super::sheet::LABEL;
use crate::app::field::OtpField;
use crate::domain::otp::OTP_LENGTH;
use ratatui::text::{Line, Span};

/// A code of six as it is typed, hidden unless the person asked to see it.
pub(super) fn code_line<'a>(label: &str, code: &OtpField, revealed: bool, theme: Theme) -> Line<'a> {
    let typed = if revealed { code.reveal().to_owned() } else { theme.glyph(Glyph::Hidden).repeat(code.len()) };
    let rest = "_".repeat(OTP_LENGTH.saturating_sub(code.len()));
    let hint = if revealed { "ctrl-t hides it" } else { "ctrl-t shows it" };
    Line::from(vec![
        span(theme, TextStyle::Quiet, format!("{label:<LABEL$}")),
        Span::raw(typed),
        span(theme, TextStyle::Quiet, format!("{rest}   {hint}")),
    ])
}
