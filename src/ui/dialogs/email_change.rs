//! The two dialogs of an email change.

use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::theme::{Glyph, TextStyle};
use super::names::who;
use super::outcome::{danger_line, progress, reason_lines, trouble_lines};
use super::sheet::{LABEL, Sheet};
use crate::app::dialogs::email_change::{Purpose, StartEmail};
use crate::app::dialogs::enter_code::{EnterOtp, PasteResult};
use crate::app::field::TextField;
use crate::app::focus::{Focus, Phase};
use crate::app::form::Form;
use crate::app::shell::App;
use crate::domain::account::AccountId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::cause::Cause;
use crate::domain::email::{EmailAddress, EmailProblem};
use crate::domain::email_check::AddressCheck;
use crate::domain::emails::ChangeState;
use crate::domain::journal::Subject;
use crate::domain::write::WriteOutcome;
use crate::words::ui::dialogs as says;
use crate::words::{address_finding, board, change, email, notification, time};

/// The addresses that need the most lines: new domains, unusual and long.
const TALLEST: [&str; 4] = [
    "",
    "two..dots@a-domain-that-no-account-here-uses-yet.company.example",
    "o'brien+a-long-mailbox-nam@a-domain-that-no-account-uses.example",
    "root-of-the-account-a-long-one@a-domain-that-nobody-uses.example",
];

/// It keeps the size that the longest warnings need.
pub(super) fn start(app: &App, dialog: &StartEmail, canvas: &mut Canvas<'_>) {
    let lines = TALLEST.map(|typed| {
        let typed = StartEmail { field: TextField::with(typed), ..dialog.clone() };
        start_sheet(app, &typed, canvas).lines()
    });
    let mut sheet = start_sheet(app, dialog, canvas);
    sheet.reserve(lines.into_iter().max().unwrap_or(0));
    sheet.draw(canvas);
}

fn start_sheet<'a>(app: &App, dialog: &'a StartEmail, canvas: &Canvas<'_>) -> Sheet<'a> {
    let check = dialog.check(&app.model);
    let account = who(app, dialog.account);
    let title = match dialog.purpose {
        Purpose::Start => says::change_email(account),
        Purpose::Again => says::send_code_again(account),
        Purpose::Adopt => says::address_of_change(account),
    };
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, dialog.form.focus);
    sheet.top = dialog.form.top;
    // What came of it needs the room of a low screen.
    let spare = u8::from(dialog.form.trouble.is_some());
    sheet.part(spare).label("Current", TextStyle::Plain, dialog.old.clone());
    sheet.field("New", &dialog.field, dialog.form.waits());
    check_lines(&mut sheet, dialog, &check);
    ask(&mut sheet, dialog, &check);
    if dialog.purpose == Purpose::Start && !dialog.form.waits() && dialog.form.trouble.is_none() {
        let state = app.model.emails.state(dialog.account, app.model.now);
        if let Some(text) = email::replaces(&state, check.address()) {
            sheet.part(0).flagged(Glyph::Attention, &text);
        }
    }
    progress(&mut sheet, dialog.form.phase);
    if dialog.purpose != Purpose::Adopt {
        wait_lines(app, &mut sheet, dialog.account, dialog.form.phase);
    }
    let mut is_reason_said = false;
    if let Some(trouble) = &dialog.form.trouble {
        trouble_lines(app, &mut sheet, trouble);
        if matches!(trouble, WriteOutcome::Unknown(_)) {
            sheet.part(0).attention(&email::seen_after_lost_answer(dialog.seen.as_ref()));
        }
    } else {
        sheet.blank();
        let address = match &check {
            AddressCheck::Good(address) | AddressCheck::NewDomain(address, _) => Some(address.clone()),
            _ => None,
        };
        if dialog.purpose == Purpose::Adopt {
            sheet.part(4).plain(board::ADOPT);
        } else if let Some(proposed) = address.map(|address| dialog.change(address)) {
            match dialog.purpose {
                Purpose::Again => sheet.part(4).plain(board::AGAIN),
                _ => explain(app, &mut sheet, &proposed),
            }
            sheet.reason(&dialog.form);
            is_reason_said = true;
            sheet.commands(app, &app.model.commands_of(&proposed));
        } else if let Ok(example) = EmailAddress::parse("new@address.example") {
            explain(app, &mut sheet, &dialog.change(example));
        }
    }
    if app.model.stored.error().is_some() {
        sheet.part(1).flagged(Glyph::Attention, email::NOT_KEPT);
    }
    if !is_reason_said {
        sheet.reason(&dialog.form);
    }
    sheet.cancel(if dialog.form.waits() { "Close" } else { "Cancel" });
    if !dialog.form.waits() {
        let label = if dialog.purpose == Purpose::Adopt { says::KEEP_THE_ADDRESS } else { says::SEND_CODE };
        sheet.act(label, dialog.ready(&check).is_some());
    }
    sheet
}

/// That a start waits, or would wait, for its turn.
fn wait_lines(app: &App, sheet: &mut Sheet<'_>, account: AccountId, phase: Phase) {
    if let Some(wait) = app.model.start_waits(account, phase) {
        sheet.waiting(&board::waits(wait.as_secs()));
    }
}

fn explain(app: &App, sheet: &mut Sheet<'_>, proposed: &crate::domain::change::Change) {
    if app.model.has_control_tower() {
        sheet.part(3).attention(address_finding::CONTROL_TOWER);
    }
    for sentence in change::consequences(proposed) {
        sheet.part(4).plain(sentence);
    }
}

fn check_lines(sheet: &mut Sheet<'_>, dialog: &StartEmail, check: &AddressCheck) {
    let is_good = matches!(check, AddressCheck::Good(_));
    let lines = sheet.part(if is_good && dialog.form.trouble.is_some() { 2 } else { 0 });
    let theme = lines.theme;
    let (role, text) = match (email::check(check), check) {
        (None, _) => (TextStyle::On, says::known_domain(theme.glyph(Glyph::On))),
        (Some(_), AddressCheck::Problem(EmailProblem::Empty)) => (TextStyle::Quiet, String::new()),
        (Some(text), _) if dialog.field.text().is_empty() => (TextStyle::Quiet, text),
        (Some(text), AddressCheck::NewDomain(..)) => {
            (TextStyle::Attention, format!("{} {text}", theme.glyph(Glyph::Attention)))
        }
        (Some(text), _) => (TextStyle::Attention, text),
    };
    lines.hanging(Span::raw(" ".repeat(LABEL)), TextStyle::Plain, role, &text);
    // Keeps an empty line, so that nothing jumps while typing.
    if lines.lines.is_empty() {
        lines.blank();
    }
}

fn ask(sheet: &mut Sheet<'_>, dialog: &StartEmail, check: &AddressCheck) {
    let style = sheet.theme.style(TextStyle::Attention);
    let question = |text: &str, is_answered: bool| {
        let mark = if is_answered { "x" } else { " " };
        Span::styled(format!("[{mark}] {text} (space)"), style)
    };
    let unusual = dialog.unusual(check);
    if let AddressCheck::NewDomain(address, _) = check {
        let text = email::confirm_domain(address.domain());
        let line = question(&text, dialog.has_confirmed(address));
        // The cursor is on the focused one.
        say_question(sheet, line, unusual.is_none() || dialog.form.focus != Focus::Other, dialog.form.focus);
    }
    if let Some(why) = unusual {
        sheet.part(1).flagged(Glyph::Attention, &email::unusual(why));
        let line = question(email::USE_UNUSUAL, dialog.insists(check));
        say_question(sheet, line, dialog.form.focus != Focus::Answer, dialog.form.focus);
    }
}

fn say_question(sheet: &mut Sheet<'_>, line: Span<'static>, stays: bool, focus: Focus) {
    if stays {
        sheet.answer(line, matches!(focus, Focus::Answer | Focus::Other));
    } else {
        sheet.part(0).push(line);
    }
}

/// It keeps the size that it needs once AWS has refused a code.
pub(super) fn otp(app: &App, dialog: &EnterOtp, canvas: &mut Canvas<'_>) {
    let refused = |message: &str| {
        let (code, request_id) = (Some(email::REFUSAL_CODE.to_owned()), Some(email::REQUEST_ID.to_owned()));
        let error = ApiError::new(Subject::ACCEPT, ApiErrorKind::Invalid, message);
        let error = ApiError { code, request_id, ..error };
        let trouble = Some(WriteOutcome::Refused(error));
        let form = Form { focus: Focus::Field, phase: Phase::Asking, trouble, ..dialog.form.clone() };
        EnterOtp { form, resent: false, resending: false, pasted: Some(PasteResult::NoCode), ..dialog.clone() }
    };
    let others = email::REFUSALS.map(refused);
    let lines = others.iter().chain([dialog]).map(|other| otp_sheet(app, other, canvas).lines()).max();
    let mut sheet = otp_sheet(app, dialog, canvas);
    sheet.reserve(lines.unwrap_or(0));
    sheet.draw(canvas);
}

fn otp_sheet<'a>(app: &App, dialog: &'a EnterOtp, canvas: &Canvas<'_>) -> Sheet<'a> {
    let theme = canvas.theme;
    let dot = theme.glyph(Glyph::Dot);
    let state = app.model.emails.state(dialog.account, app.model.now);
    let is_expired = dialog.form.trouble.as_ref().is_some_and(says_expired);
    let word = if is_expired { email::EXPIRED } else { email::state(&state) };
    // Time runs out only while AWS waits for the password. AWS's status outranks this clock.
    let left = match state {
        _ if is_expired => String::new(),
        ChangeState::Pending(started) | ChangeState::Unconfirmed(started) => {
            format!(", {}", time::left(started.time_left(app.model.now)))
        }
        _ => String::new(),
    };
    let title = says::enter_code(dot, word, left);
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, dialog.form.focus);
    sheet.top = dialog.form.top;
    let target = format!("{}  {}  {}", who(app, dialog.account), theme.glyph(Glyph::Arrow), dialog.new);
    sheet.part(0).plain(&target);
    sheet.code("OTP", &dialog.field, dialog.revealed, true);
    if let Some(pasted) = &dialog.pasted {
        sheet.part(0).attention(&email::paste(pasted));
    }
    if dialog.resent {
        sheet.part(0).paragraph(TextStyle::On, email::OTP_SENT_AGAIN);
    }
    progress(&mut sheet, dialog.form.phase);
    if dialog.resending || dialog.form.focus == Focus::Other {
        wait_lines(app, &mut sheet, dialog.account, dialog.form.phase);
    }
    if let Some(trouble) = &dialog.form.trouble {
        match advice(app, dialog.account, &dialog.new, trouble).filter(|_| !dialog.resending) {
            Some(advice) => {
                danger_line(&mut sheet, notification::trouble_title(trouble));
                if let Some(error) = trouble.error() {
                    reason_lines(app, &mut sheet, error, 4);
                }
                // Its beginning stays on the lowest screens.
                sheet.part(0).attention(&advice);
            }
            None => trouble_lines(app, &mut sheet, trouble),
        }
    } else {
        sheet.blank();
        sheet.part(4).plain(&email::otp_help());
    }
    sheet.reason(&dialog.form);
    sheet.commands(app, &app.model.commands(|caller| [dialog.aws_command(caller)]));
    if dialog.form.waits() {
        sheet.cancel("Close");
    } else {
        sheet.cancel("Later");
        sheet.button(Focus::Other, says::SEND_AGAIN, true, TextStyle::Plain);
        sheet.act("Accept", dialog.accept().is_some());
    }
    sheet
}

fn says_expired(trouble: &WriteOutcome) -> bool {
    trouble.error().is_some_and(|error| Cause::of(error) == Cause::CodeExpired)
}

pub(super) fn advice(app: &App, account: AccountId, new: &EmailAddress, trouble: &WriteOutcome) -> Option<String> {
    if !trouble.is_about_the_code() {
        return None;
    }
    let is_expired = says_expired(trouble);
    let change = app.model.emails.get(account).and_then(|facts| facts.open_to(new.as_str()));
    let entered = change.is_some_and(|change| change.by.is_none());
    let unknown = trouble.error().is_some_and(|error| error.kind == ApiErrorKind::NotFound);
    Some(match (entered, unknown) {
        _ if is_expired => email::CODE_EXPIRED.to_owned(),
        (true, _) => board::address_may_be_wrong(),
        (false, true) => board::address_not_pending(),
        (false, false) => email::CODE_NOT_ACCEPTED.to_owned(),
    })
}
