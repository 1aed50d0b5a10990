//! The two dialogs of an email change.

use super::code::code_line;
use super::names::who;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{cells, field, span, wrap};
use super::super::look::{Look, Role, Sign};
use super::outcome::{say_progress, say_reason, say_title, say_trouble};
use super::sheet::{LABEL, Sheet, labelled};
use crate::app::App;
use crate::app::confirm::{Phase, Spot};
use crate::app::email_change::{EnterOtp, Purpose, StartEmail};
use crate::app::notice::Trouble;
use crate::domain::account::AccountId;
use crate::domain::cause::Cause;
use crate::domain::email::EmailAddress;
use crate::domain::email_check::AddressCheck;
use crate::domain::emails::ChangeStanding;
use crate::domain::fault::FaultKind;
use crate::words::{board, change, email, time};

pub(super) fn start(app: &App, dialog: &StartEmail, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let Some(check) = app.address_check() else { return };
    let account = who(app, dialog.account);
    let title = match dialog.purpose {
        Purpose::Start => format!("Change the primary email of {account}"),
        Purpose::Again => format!("Send the one-time password again to {account}"),
        Purpose::Adopt => format!("The address of the pending change of {account}"),
    };
    let mut sheet = Sheet::new(look, area, title, Role::Accent);
    sheet.line(labelled(look, "Now", Span::raw(dialog.old.clone())));
    sheet.field_line(labelled(look, "New", Span::raw("")), LABEL);
    say_check(&mut sheet, dialog, look, &check);
    ask(&mut sheet, dialog, look, &check);
    if dialog.purpose == Purpose::Start && dialog.phase == Phase::Asking && dialog.trouble.is_none() {
        let standing = app.model.emails.standing(dialog.account, app.model.now);
        if let Some(text) = email::replaces(&standing, check.address()) {
            sheet.say(Role::Attention, &format!("{} {text}", look.sign(Sign::Attention)), 0);
        }
    }
    say_progress(&mut sheet, look, dialog.phase);
    if dialog.purpose != Purpose::Adopt {
        say_wait(app, &mut sheet, look, dialog.account, dialog.phase);
    }
    if let Some(trouble) = &dialog.trouble {
        say_trouble(app, &mut sheet, look, trouble);
        say_seen(&mut sheet, dialog, trouble);
    } else {
        sheet.blank();
        let address = match &check {
            AddressCheck::Good(address) | AddressCheck::NewDomain(address) => Some(address.clone()),
            _ => None,
        };
        if dialog.purpose == Purpose::Adopt {
            sheet.say(Role::Plain, board::ADOPT, 4);
        } else if let Some(proposed) = address.map(|address| dialog.change(address)) {
            match dialog.purpose {
                Purpose::Again => sheet.say(Role::Plain, board::AGAIN, 4),
                _ => explain(&mut sheet, &proposed),
            }
            sheet.blank();
            sheet.commands(app, &app.model.commands_of(&proposed));
        } else if let Ok(example) = EmailAddress::parse("new@address.example") {
            explain(&mut sheet, &dialog.change(example));
        }
    }
    if app.model.stored.state().fault().is_some() {
        let text = format!("{} {}", look.sign(Sign::Attention), email::NOT_KEPT);
        sheet.say(Role::Attention, &text, 1);
    }
    let label = if dialog.phase == Phase::Asking { "Cancel" } else { "Close" };
    sheet.button(Spot::Cancel, dialog.spot, label, true, Role::Plain);
    if dialog.phase == Phase::Asking && dialog.keeping.is_none() {
        let label = if dialog.purpose == Purpose::Adopt { "Keep the address" } else { "Send OTP" };
        sheet.button(Spot::Act, dialog.spot, label, dialog.ready(&check).is_some(), Role::Accent);
    }
    let placed = sheet.draw(buf, area, drawn);
    if let Some(place) = placed.field {
        let role = if dialog.phase == Phase::Asking { Role::Plain } else { Role::Quiet };
        let cursor = field(buf, place, &dialog.field, look.style(role));
        match dialog.spot {
            Spot::Field => drawn.cursor = Some(cursor),
            Spot::Answer | Spot::Other => drawn.cursor = placed.answer,
            _ => {}
        }
    }
}

/// That a start would wait, or waits, for its turn.
fn say_wait(app: &App, sheet: &mut Sheet<'_>, look: Look, account: AccountId, phase: Phase) {
    if let Some(wait) = app.model.start_waits(account, phase) {
        let text = format!("{} {}", look.sign(Sign::Waiting), board::waits(wait.as_secs()));
        sheet.say(Role::Waiting, &text, 0);
    }
}

fn explain(sheet: &mut Sheet<'_>, proposed: &crate::domain::change::Change) {
    for sentence in change::consequences(proposed) {
        sheet.say(Role::Plain, sentence, 4);
    }
}

fn say_check(sheet: &mut Sheet<'_>, dialog: &StartEmail, look: Look, check: &AddressCheck) {
    let (role, text) = match (email::check(check), check) {
        (None, _) => (Role::On, format!("{} a domain of this organization", look.sign(Sign::On))),
        (Some(_), AddressCheck::Problem(crate::domain::email::EmailProblem::Empty)) => (Role::Quiet, String::new()),
        (Some(text), _) if dialog.field.text().is_empty() => (Role::Quiet, text),
        (Some(text), AddressCheck::NewDomain(_)) => (Role::Attention, format!("{} {text}", look.sign(Sign::Attention))),
        (Some(text), _) => (Role::Attention, text),
    };
    let indent = || Span::raw(" ".repeat(LABEL));
    let mut lines: Vec<Line<'_>> = wrap(&text, sheet.room().saturating_sub(LABEL))
        .into_iter()
        .map(|line| Line::from(vec![indent(), span(look, role, line)]))
        .collect();
    // A line is kept where nothing is said, so that nothing jumps while one types.
    if lines.is_empty() {
        lines.push(Line::default());
    }
    sheet.lines(lines);
}

/// The questions about a new domain and about an address that AWS documents as invalid.
fn ask(sheet: &mut Sheet<'_>, dialog: &StartEmail, look: Look, check: &AddressCheck) {
    let question = |text: &str, is_answered: bool, is_focused: bool| {
        let mark = if is_answered { "x" } else { " " };
        let style = look.style(Role::Attention);
        let style = if is_focused { style.add_modifier(Modifier::REVERSED) } else { style };
        Line::from(Span::styled(format!("[{mark}] {text} (space)"), style))
    };
    let unusual = dialog.unusual(check);
    if let AddressCheck::NewDomain(address) = check {
        let line = question(&email::vouch(&address.domain()), dialog.has_vouched(address), dialog.spot == Spot::Answer);
        // The cursor is on the one in focus.
        if unusual.is_some() && dialog.spot == Spot::Other { sheet.line(line) } else { sheet.answer_line(line) }
    }
    if let Some(why) = unusual {
        sheet.say(Role::Attention, &format!("{} {}", look.sign(Sign::Attention), email::unusual(why)), 1);
        let line = question(email::USE_UNUSUAL, dialog.insists(check), dialog.spot == Spot::Other);
        if dialog.spot == Spot::Answer { sheet.line(line) } else { sheet.answer_line(line) }
    }
}

/// After an attempt whose outcome is unknown: what AWS shows.
fn say_seen(sheet: &mut Sheet<'_>, dialog: &StartEmail, trouble: &Trouble) {
    if !matches!(trouble, Trouble::Unknown(_)) {
        return;
    }
    sheet.say(Role::Attention, &email::seen_after_lost_answer(dialog.seen.as_ref()), 0);
}

pub(super) fn otp(app: &App, dialog: &EnterOtp, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let dot = look.sign(Sign::Dot);
    let standing = app.model.emails.standing(dialog.account, app.model.now);
    let is_expired = dialog.trouble.as_ref().is_some_and(says_expired);
    let word = if is_expired { email::EXPIRED } else { email::standing(&standing) };
    // Only while the password is awaited does its time run out. AWS's word counts more than this clock.
    let left = match standing {
        _ if is_expired => String::new(),
        ChangeStanding::Pending(started) | ChangeStanding::Unconfirmed(started) => {
            format!(", {}", time::left(started.time_left(app.model.now)))
        }
        _ => String::new(),
    };
    let title = format!("Enter the one-time password {dot} {word}{left}");
    let mut sheet = Sheet::new(look, area, title, Role::Accent);
    let target = format!("{}  {}  {}", who(app, dialog.account), look.sign(Sign::Arrow), dialog.new);
    sheet.say(Role::Plain, &target, 0);
    sheet.field_line(code_line("OTP", &dialog.field, dialog.revealed, look), LABEL);
    if let Some(pasted) = &dialog.pasted {
        sheet.say(Role::Attention, &email::paste(pasted), 0);
    }
    if dialog.resent {
        sheet.say(Role::On, email::OTP_SENT_AGAIN, 0);
    }
    say_progress(&mut sheet, look, dialog.phase);
    if dialog.resending || dialog.spot == Spot::Other {
        say_wait(app, &mut sheet, look, dialog.account, dialog.phase);
    }
    if let Some(trouble) = &dialog.trouble {
        match advice(app, dialog.account, &dialog.new, trouble).filter(|_| !dialog.resending) {
            // In place of the general advice.
            Some(advice) => {
                say_title(&mut sheet, look, trouble);
                if let Some(fault) = trouble.fault() {
                    say_reason(app, &mut sheet, fault);
                }
                sheet.say(Role::Attention, advice, 1);
            }
            None => say_trouble(app, &mut sheet, look, trouble),
        }
    } else {
        sheet.blank();
        sheet.say(Role::Plain, email::OTP_HELP, 4);
    }
    sheet.blank();
    sheet.commands(app, &app.model.commands(|caller| [dialog.aws_command(caller)]));
    let focus = dialog.spot;
    if dialog.phase == Phase::Asking {
        sheet.button(Spot::Cancel, focus, "Later", true, Role::Plain);
        sheet.button(Spot::Other, focus, "Send again", true, Role::Plain);
        sheet.button(Spot::Act, focus, "Accept", dialog.accept().is_some(), Role::Accent);
    } else {
        sheet.button(Spot::Cancel, focus, "Close", true, Role::Plain);
    }
    let placed = sheet.draw(buf, area, drawn);
    if let Some(place) = placed.field.filter(|_| focus == Spot::Field) {
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
    let unknown = trouble.fault().is_some_and(|fault| fault.kind == FaultKind::NotFound);
    Some(match (entered, unknown) {
        _ if is_expired => email::CODE_EXPIRED,
        (true, _) => board::ADDRESS_MAY_BE_WRONG,
        (false, true) => board::ADDRESS_NOT_PENDING,
        (false, false) => email::CODE_NOT_ACCEPTED,
    })
}
