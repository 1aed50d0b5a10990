//! The two dialogs of an email change.

use super::code::code_line;
use super::names::who;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{cells, field, span, wrap};
use super::super::theme::{Glyph, TextStyle, Theme};
use super::outcome::{outcome_title, progress, reason_lines, trouble_lines};
use super::sheet::{LABEL, Sheet, labelled};
use crate::app::App;
use crate::app::confirm::{Focus, Phase};
use crate::app::email_change::{EnterOtp, Purpose, StartEmail};
use crate::app::notification::Trouble;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::cause::Cause;
use crate::domain::email::EmailAddress;
use crate::domain::email_check::AddressCheck;
use crate::domain::emails::ChangeState;
use crate::words::{board, change, email, time};

pub(super) fn start(app: &App, dialog: &StartEmail, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let Some(check) = app.address_check() else { return };
    let account = who(app, dialog.account);
    let title = match dialog.purpose {
        Purpose::Start => format!("Change the primary email of {account}"),
        Purpose::Again => format!("Send the one-time password again to {account}"),
        Purpose::Adopt => format!("The address of the pending change of {account}"),
    };
    let mut sheet = Sheet::new(theme, area, title, TextStyle::Accent);
    sheet.line(labelled(theme, "Now", Span::raw(dialog.old.clone())));
    sheet.field_line(labelled(theme, "New", Span::raw("")), LABEL);
    check_lines(&mut sheet, dialog, theme, &check);
    ask(&mut sheet, dialog, theme, &check);
    if dialog.purpose == Purpose::Start && dialog.phase == Phase::Asking && dialog.trouble.is_none() {
        let org_role = app.model.emails.org_role(dialog.account, app.model.now);
        if let Some(text) = email::replaces(&org_role, check.address()) {
            sheet.paragraph(TextStyle::Attention, &format!("{} {text}", theme.glyph(Glyph::Attention)), 0);
        }
    }
    progress(&mut sheet, theme, dialog.phase);
    if dialog.purpose != Purpose::Adopt {
        wait_lines(app, &mut sheet, theme, dialog.account, dialog.phase);
    }
    if let Some(trouble) = &dialog.trouble {
        trouble_lines(app, &mut sheet, theme, trouble);
        seen_lines(&mut sheet, dialog, trouble);
    } else {
        sheet.blank();
        let address = match &check {
            AddressCheck::Good(address) | AddressCheck::NewDomain(address) => Some(address.clone()),
            _ => None,
        };
        if dialog.purpose == Purpose::Adopt {
            sheet.paragraph(TextStyle::Plain, board::ADOPT, 4);
        } else if let Some(proposed) = address.map(|address| dialog.change(address)) {
            match dialog.purpose {
                Purpose::Again => sheet.paragraph(TextStyle::Plain, board::AGAIN, 4),
                _ => explain(&mut sheet, &proposed),
            }
            sheet.blank();
            sheet.commands(app, &app.model.commands_of(&proposed));
        } else if let Ok(example) = EmailAddress::parse("new@address.example") {
            explain(&mut sheet, &dialog.change(example));
        }
    }
    if app.model.stored.fault().is_some() {
        let text = format!("{} {}", theme.glyph(Glyph::Attention), email::NOT_KEPT);
        sheet.paragraph(TextStyle::Attention, &text, 1);
    }
    let label = if dialog.phase == Phase::Asking { "Cancel" } else { "Close" };
    sheet.button(Focus::Cancel, dialog.focus, label, true, TextStyle::Plain);
    if dialog.phase == Phase::Asking && dialog.store_request.is_none() {
        let label = if dialog.purpose == Purpose::Adopt { "Keep the address" } else { "Send OTP" };
        sheet.button(Focus::Act, dialog.focus, label, dialog.ready(&check).is_some(), TextStyle::Accent);
    }
    let placed = sheet.draw(buf, area, drawn);
    if let Some(place) = placed.field {
        let role = if dialog.phase == Phase::Asking { TextStyle::Plain } else { TextStyle::Quiet };
        let cursor = field(buf, place, &dialog.field, theme.style(role));
        match dialog.focus {
            Focus::Field => drawn.cursor = Some(cursor),
            Focus::Answer | Focus::Other => drawn.cursor = placed.answer,
            _ => {}
        }
    }
}

/// That a start would wait, or waits, for its turn.
fn wait_lines(app: &App, sheet: &mut Sheet<'_>, theme: Theme, account: AccountId, phase: Phase) {
    if let Some(wait) = app.model.start_waits(account, phase) {
        let text = format!("{} {}", theme.glyph(Glyph::Waiting), board::waits(wait.as_secs()));
        sheet.paragraph(TextStyle::Waiting, &text, 0);
    }
}

fn explain(sheet: &mut Sheet<'_>, proposed: &crate::domain::change::Change) {
    for sentence in change::consequences(proposed) {
        sheet.paragraph(TextStyle::Plain, sentence, 4);
    }
}

fn check_lines(sheet: &mut Sheet<'_>, dialog: &StartEmail, theme: Theme, check: &AddressCheck) {
    let (role, text) = match (email::check(check), check) {
        (None, _) => (TextStyle::On, format!("{} a domain of this organization", theme.glyph(Glyph::On))),
        (Some(_), AddressCheck::Problem(crate::domain::email::EmailProblem::Empty)) => {
            (TextStyle::Quiet, String::new())
        }
        (Some(text), _) if dialog.field.text().is_empty() => (TextStyle::Quiet, text),
        (Some(text), AddressCheck::NewDomain(_)) => {
            (TextStyle::Attention, format!("{} {text}", theme.glyph(Glyph::Attention)))
        }
        (Some(text), _) => (TextStyle::Attention, text),
    };
    let indent = || Span::raw(" ".repeat(LABEL));
    let mut lines: Vec<Line<'_>> = wrap(&text, sheet.room().saturating_sub(LABEL))
        .into_iter()
        .map(|line| Line::from(vec![indent(), span(theme, role, line)]))
        .collect();
    // A line is kept where nothing is said, so that nothing jumps while one types.
    if lines.is_empty() {
        lines.push(Line::default());
    }
    sheet.lines(lines);
}

/// The questions about a new domain and about an address that AWS documents as invalid.
fn ask(sheet: &mut Sheet<'_>, dialog: &StartEmail, theme: Theme, check: &AddressCheck) {
    let question = |text: &str, is_answered: bool, is_focused: bool| {
        let mark = if is_answered { "x" } else { " " };
        let style = theme.style(TextStyle::Attention);
        let style = if is_focused { style.add_modifier(Modifier::REVERSED) } else { style };
        Line::from(Span::styled(format!("[{mark}] {text} (space)"), style))
    };
    let unusual = dialog.unusual(check);
    if let AddressCheck::NewDomain(address) = check {
        let line = question(
            &email::confirm_domain(&address.domain()),
            dialog.has_vouched(address),
            dialog.focus == Focus::Answer,
        );
        // The cursor is on the one in focus.
        if unusual.is_some() && dialog.focus == Focus::Other { sheet.line(line) } else { sheet.answer_line(line) }
    }
    if let Some(why) = unusual {
        sheet.paragraph(TextStyle::Attention, &format!("{} {}", theme.glyph(Glyph::Attention), email::unusual(why)), 1);
        let line = question(email::USE_UNUSUAL, dialog.insists(check), dialog.focus == Focus::Other);
        if dialog.focus == Focus::Answer { sheet.line(line) } else { sheet.answer_line(line) }
    }
}

/// After an attempt whose outcome is unknown: what AWS shows.
fn seen_lines(sheet: &mut Sheet<'_>, dialog: &StartEmail, trouble: &Trouble) {
    if !matches!(trouble, Trouble::Unknown(_)) {
        return;
    }
    sheet.paragraph(TextStyle::Attention, &email::seen_after_lost_answer(dialog.seen.as_ref()), 0);
}

pub(super) fn otp(app: &App, dialog: &EnterOtp, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let dot = theme.glyph(Glyph::Dot);
    let org_role = app.model.emails.org_role(dialog.account, app.model.now);
    let is_expired = dialog.trouble.as_ref().is_some_and(says_expired);
    let word = if is_expired { email::EXPIRED } else { email::org_role(&org_role) };
    // Only while the password is awaited does its time run out. AWS's word counts more than this clock.
    let left = match org_role {
        _ if is_expired => String::new(),
        ChangeState::Pending(started) | ChangeState::Unconfirmed(started) => {
            format!(", {}", time::left(started.time_left(app.model.now)))
        }
        _ => String::new(),
    };
    let title = format!("Enter the one-time password {dot} {word}{left}");
    let mut sheet = Sheet::new(theme, area, title, TextStyle::Accent);
    let target = format!("{}  {}  {}", who(app, dialog.account), theme.glyph(Glyph::Arrow), dialog.new);
    sheet.paragraph(TextStyle::Plain, &target, 0);
    sheet.field_line(code_line("OTP", &dialog.field, dialog.revealed, theme), LABEL);
    if let Some(pasted) = &dialog.pasted {
        sheet.paragraph(TextStyle::Attention, &email::paste(pasted), 0);
    }
    if dialog.resent {
        sheet.paragraph(TextStyle::On, email::OTP_SENT_AGAIN, 0);
    }
    progress(&mut sheet, theme, dialog.phase);
    if dialog.resending || dialog.focus == Focus::Other {
        wait_lines(app, &mut sheet, theme, dialog.account, dialog.phase);
    }
    if let Some(trouble) = &dialog.trouble {
        match advice(app, dialog.account, &dialog.new, trouble).filter(|_| !dialog.resending) {
            // In place of the general advice.
            Some(advice) => {
                outcome_title(&mut sheet, theme, trouble);
                if let Some(fault) = trouble.fault() {
                    reason_lines(app, &mut sheet, fault);
                }
                sheet.paragraph(TextStyle::Attention, advice, 1);
            }
            None => trouble_lines(app, &mut sheet, theme, trouble),
        }
    } else {
        sheet.blank();
        sheet.paragraph(TextStyle::Plain, email::OTP_HELP, 4);
    }
    sheet.blank();
    sheet.commands(app, &app.model.commands(|caller| [dialog.aws_command(caller)]));
    let focus = dialog.focus;
    if dialog.phase == Phase::Asking {
        sheet.button(Focus::Cancel, focus, "Later", true, TextStyle::Plain);
        sheet.button(Focus::Other, focus, "Send again", true, TextStyle::Plain);
        sheet.button(Focus::Act, focus, "Accept", dialog.accept().is_some(), TextStyle::Accent);
    } else {
        sheet.button(Focus::Cancel, focus, "Close", true, TextStyle::Plain);
    }
    let placed = sheet.draw(buf, area, drawn);
    if let Some(place) = placed.field.filter(|_| focus == Focus::Field) {
        drawn.cursor = Some(Position { x: place.x.saturating_add(cells(dialog.field.len())), y: place.y });
    }
}

/// Whether AWS said that the one-time password is expired.
fn says_expired(trouble: &Trouble) -> bool {
    trouble.fault().is_some_and(|fault| Cause::of(fault) == Cause::CodeExpired)
}

/// What to do where AWS did not take the code: it may be the address that is wrong.
pub(super) fn advice(app: &App, account: AccountId, new: &EmailAddress, trouble: &Trouble) -> Option<&'static str> {
    if !trouble.is_about_the_code() {
        return None;
    }
    let is_expired = says_expired(trouble);
    let change = app.model.emails.get(account).and_then(|facts| facts.open_to(new.as_str()));
    let entered = change.is_some_and(|change| change.by.is_none());
    let unknown = trouble.fault().is_some_and(|fault| fault.kind == ApiErrorKind::NotFound);
    Some(match (entered, unknown) {
        _ if is_expired => email::CODE_EXPIRED,
        (true, _) => board::ADDRESS_MAY_BE_WRONG,
        (false, true) => board::ADDRESS_NOT_PENDING,
        (false, false) => email::CODE_NOT_ACCEPTED,
    })
}
