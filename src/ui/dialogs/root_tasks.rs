//! The menus and dialogs of the root tasks, and what their confirmations tell beside the change.

use jiff::SignedDuration;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{cut_end, field, fit, span, wrap};
use super::super::details::left_open;
use super::super::switches;
use super::super::theme::{Glyph, TextStyle, Theme};
use super::names::who;
use super::policies::judged;
use super::sheet::{LABEL, Sheet, labelled};
use crate::app::App;
use crate::app::confirm::Focus;
use crate::app::field::TextField;
use crate::app::layers::{Choice, Menu};
use crate::app::policies::{FindQueues, LoadPolicy};
use crate::app::root_tasks::{RootChoice, RootTask};
use crate::app::sessions::{OpenSession, SessionView};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::change::Change;
use crate::domain::policy_holder::QueueSearch;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::Presence;
use crate::domain::task_policy::TaskPolicy;
use crate::domain::text::{clean, width};
use crate::words::change::ALARMS;
use crate::words::{api_error, refusal, root_access, root_tasks as words, time};

/// A row of these menus: the choice, and whether it can be taken.
pub(super) fn line(app: &App, theme: Theme, choice: RootChoice, room: usize, selected: bool) -> Line<'static> {
    let name_of =
        |account: AccountId| app.model.accounts.get(account).map_or_else(String::new, |known| known.name.clone());
    let name = match choice {
        RootChoice::Task(_, task) => words::task(task).to_owned(),
        RootChoice::Open(key) => key.task.to_string(),
        RootChoice::InHand(key) => format!("{} {} {}", name_of(key.account), key.account, key.task),
        RootChoice::Close(account) => format!("{} {account}", name_of(account)),
        RootChoice::Policy(action) => words::action(action).to_owned(),
    };
    let (role, glyph, state) = state(app, theme, choice);
    let room = room.saturating_sub(5);
    let name_room = match choice {
        RootChoice::Task(..) | RootChoice::Open(_) | RootChoice::Policy(_) => 33,
        RootChoice::InHand(_) | RootChoice::Close(_) => room.saturating_sub(width(&state)).clamp(24, 52),
    };
    let name_room = name_room.min(room.saturating_sub(8));
    let state = cut_end(theme, &state, room.saturating_sub(name_room));
    switches::row(theme, role, glyph, fit(theme, &clean(&name), name_room), state, selected)
}

fn state(app: &App, theme: Theme, choice: RootChoice) -> (TextStyle, &'static str, String) {
    let attention = theme.glyph(Glyph::Attention);
    if let Err(why) = app.can_choose_root(choice) {
        return match app.model.gate(&why) {
            Some(Ok(switch)) => (TextStyle::Attention, attention, words::needs(&switch)),
            Some(Err(why)) => (TextStyle::Quiet, attention, refusal::why(&why)),
            None => (TextStyle::Quiet, attention, refusal::why(&why)),
        };
    }
    let text = match choice {
        RootChoice::Task(_, task) => task.policy().map_or_else(String::new, |task| task.to_string()),
        RootChoice::Open(key) if app.model.sessions.get(key).is_some() => "in hand already".to_owned(),
        RootChoice::Open(key) => words::policy(key.task).to_owned(),
        RootChoice::InHand(key) => {
            app.model.sessions.get(key).map_or_else(String::new, |session| time::minutes(app.model.time_left(session)))
        }
        RootChoice::Close(account) => left_open(app, account),
        RootChoice::Policy(_) => String::new(),
    };
    (TextStyle::Quiet, " ", text)
}

/// What stands below the choices: what the selected task needs, and whom it alarms. Looking already
/// does, so it is told before.
pub(super) fn notes(app: &App, menu: &Menu, theme: Theme, room: usize) -> Vec<Line<'static>> {
    let task = match menu.chosen() {
        Some(Choice::Root(RootChoice::Task(_, task))) => task.policy(),
        Some(Choice::Root(RootChoice::Open(key))) => Some(key.task),
        Some(Choice::Root(RootChoice::Close(_))) => RootTask::CloseRecovery.policy(),
        _ => return Vec::new(),
    };
    let mut text = task.map(|task| format!("{} ", words::gate(task))).unwrap_or_default();
    text.push_str(ALARMS);
    if let Some(Choice::Root(choice)) = menu.chosen()
        && let Err(why) = app.can_choose_root(*choice)
    {
        text = format!("{}. {text}", words::capital(&refusal::why(&why)));
    }
    std::iter::once(Line::default())
        .chain(wrap(&text, room).into_iter().map(|line| Line::from(span(theme, TextStyle::Attention, line))))
        .collect()
}

/// What a confirmation tells of the present state, before the change.
pub(super) fn known_lines(app: &App, sheet: &mut Sheet<'_>, theme: Theme, change: &Change) {
    let Change::Root { account, change } = change else { return };
    match change {
        RootChange::AllowPasswordRecovery => {
            mailbox_lines(app, sheet, theme, *account);
            login_lines(app, sheet, theme, *account);
        }
        RootChange::ClosePasswordRecovery => login_lines(app, sheet, theme, *account),
        RootChange::DeletePolicy(holder) => {
            // The title may be cut.
            sheet.line(labelled(theme, "Of", Span::raw(clean(&holder.to_string()))));
            let saved = app.policy_view().and_then(|view| view.saved.as_ref());
            if let Some((_, path)) = saved {
                sheet.paragraph(
                    TextStyle::On,
                    &clean(&format!("The policy as it was shown is saved in {}", path.display())),
                    1,
                );
            }
        }
        RootChange::PutPolicy(holder, text) => {
            let room = sheet.room();
            sheet.line(labelled(theme, "On", Span::raw(clean(&holder.to_string()))));
            sheet.lines(judged(app, theme, text, holder, *account, room));
        }
        RootChange::DeleteCredential(_) => {}
    }
    sheet.paragraph(TextStyle::Quiet, &words::gate(change.task()), 5);
}

/// Whose mailbox it is: the listing's word for it is not AWS's last one.
fn mailbox_lines(app: &App, sheet: &mut Sheet<'_>, theme: Theme, account: AccountId) {
    let listed = app.model.accounts.get(account).map(|account| account.email.clone()).unwrap_or_default();
    let state = app.model.emails.get(account).map(|facts| &facts.primary);
    let verified = state.and_then(|state| state.current());
    let address = verified.cloned().unwrap_or(listed);
    sheet.line(labelled(theme, "Mailbox", Span::raw(clean(&address))));
    let (role, text) = match state {
        Some(state) if verified.is_some() => {
            let at = state.last().map(|known| time::clock(known.at, &app.model.start.time_zone)).unwrap_or_default();
            (TextStyle::On, format!("{} verified with GetPrimaryEmail at {at}", theme.glyph(Glyph::On)))
        }
        Some(state) if state.is_loading() => {
            (TextStyle::Waiting, format!("{} as listed; asking GetPrimaryEmail", theme.glyph(Glyph::Waiting)))
        }
        Some(state) if state.fault().is_some() => {
            let why = state.fault().map_or("failed", |why| api_error::short(why.kind));
            (TextStyle::Attention, format!("{} as listed; GetPrimaryEmail: {why}", theme.glyph(Glyph::Attention)))
        }
        _ => (TextStyle::Attention, format!("{} as listed, never verified", theme.glyph(Glyph::Attention))),
    };
    sheet.line(labelled(theme, "", span(theme, role, text)));
    if app.model.emails.get(account).is_some_and(|facts| facts.is_alarm(app.model.now)) {
        sheet.paragraph(TextStyle::Danger, &format!("{} {}", theme.glyph(Glyph::Danger), words::MAILBOX_AT_RISK), 0);
    }
}

fn login_lines(app: &App, sheet: &mut Sheet<'_>, theme: Theme, account: AccountId) {
    let zone = &app.model.start.time_zone;
    let (role, text) = match app.model.login_profile(account) {
        None => (TextStyle::Unknown, format!("{} not looked at in this run", theme.glyph(Glyph::Unknown))),
        Some(known) => {
            let is_of_today = app.model.now.duration_since(known.at) < SignedDuration::from_hours(24);
            let mut at = if is_of_today { time::clock(known.at, zone) } else { time::moment(known.at, zone) };
            // An audit that was kept may be from before a change that was made from here.
            let before = app.model.root.changed_since(account, known.at).map(root_access::before);
            if let Some(before) = before {
                at = format!("{at}, {before}");
            }
            match &known.value {
                Presence::Absent if before.is_some() => {
                    (TextStyle::Attention, format!("{} none, as of {at}", theme.glyph(Glyph::Attention)))
                }
                Presence::Absent => (TextStyle::Plain, format!("{} none, as of {at}", theme.glyph(Glyph::Off))),
                Presence::Present(details) => {
                    let since = details.and_then(|password| password.created);
                    let since = since.map(|at| format!(" since {}", time::moment(at, zone))).unwrap_or_default();
                    (TextStyle::Attention, format!("{} there{since}, as of {at}", theme.glyph(Glyph::Attention)))
                }
                Presence::Unknown(why) => (
                    TextStyle::Unknown,
                    format!("{} {} at {at}", theme.glyph(Glyph::Unknown), api_error::short(why.kind)),
                ),
            }
        }
    };
    sheet.line(labelled(theme, "Login", span(theme, role, text)));
}

/// Draws the picture of one of them, with what is typed in its field: the text, the focus, and whether it waits
/// for an answer.
pub(super) fn draw(
    sheet: Sheet<'_>,
    form: Option<(&TextField, Focus, bool)>,
    theme: Theme,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let placed = sheet.draw(buf, area, drawn);
    if let (Some(place), Some((text, focus, waits))) = (placed.field, form) {
        let role = if waits { TextStyle::Quiet } else { TextStyle::Plain };
        let cursor = typed(buf, place, text, theme, role);
        if focus == Focus::Field {
            drawn.cursor = Some(cursor);
        }
    }
}

fn typed(buf: &mut Buffer, place: Rect, text: &TextField, theme: Theme, role: TextStyle) -> ratatui::layout::Position {
    field(buf, place, text, theme.style(role))
}

fn error_lines(app: &App, sheet: &mut Sheet<'_>, theme: Theme, what: &str, why: &ApiError) {
    let words = api_error::fault(why, app.model.caller_to_mend(why).as_ref());
    sheet.blank();
    sheet.line(Line::from(span(theme, TextStyle::Danger, format!("{} {what}", theme.glyph(Glyph::Danger)))));
    sheet.paragraph(TextStyle::Plain, &words.said, 0);
    sheet.paragraph(TextStyle::Quiet, words.cause, 2);
    sheet.paragraph(TextStyle::Quiet, &words.fix, 2);
}

pub(super) fn find_queues<'a>(app: &App, dialog: &FindQueues, theme: Theme, area: Rect) -> Sheet<'a> {
    let title = format!("Queues of {}", who(app, dialog.account));
    let mut sheet = Sheet::new(theme, area, title, TextStyle::Accent);
    sheet.field_line(labelled(theme, "Look in", Span::raw("")), LABEL);
    let (role, text) = match dialog.search() {
        Some(QueueSearch::Regions(regions)) => (TextStyle::On, format!("all queues in {}", regions.join(", "))),
        Some(QueueSearch::One { queue, region }) if queue.contains(':') => {
            (TextStyle::On, format!("the queue {queue} (or in {region})"))
        }
        Some(QueueSearch::One { queue, region }) => (TextStyle::On, format!("the queue {queue} in {region}")),
        None => (TextStyle::Attention, "neither regions nor one queue".to_owned()),
    };
    sheet.line(labelled(theme, "", span(theme, role, clean(&text))));
    sheet.blank();
    sheet.paragraph(
        TextStyle::Quiet,
        "Regions, separated by commas; or one queue by its URL, its ARN, or its name, the region behind it.",
        3,
    );
    sheet.paragraph(TextStyle::Quiet, &words::gate(TaskPolicy::UnlockQueuePolicy), 2);
    sheet.paragraph(TextStyle::Attention, ALARMS, 1);
    sheet.button(Focus::Cancel, dialog.focus, "Cancel", true, TextStyle::Plain);
    sheet.button(Focus::Act, dialog.focus, "Look", dialog.search().is_some(), TextStyle::Accent);
    sheet
}

pub(super) fn load_policy<'a>(app: &App, dialog: &LoadPolicy, theme: Theme, area: Rect) -> Sheet<'a> {
    let title = format!("Put a policy on {}", dialog.holder);
    let mut sheet = Sheet::new(theme, area, title, TextStyle::Accent);
    sheet.paragraph(TextStyle::Plain, &who(app, dialog.account), 2);
    sheet.field_line(labelled(theme, "File", Span::raw("")), LABEL);
    if dialog.asked.is_some() {
        sheet.paragraph(TextStyle::Waiting, &format!("{} reading it", theme.glyph(Glyph::Waiting)), 0);
    }
    if let Some(why) = &dialog.trouble {
        error_lines(app, &mut sheet, theme, "It could not be read", why);
    } else {
        sheet.blank();
        sheet.paragraph(TextStyle::Quiet, "The file is read and shown; nothing is put before it was confirmed.", 2);
    }
    sheet.button(Focus::Cancel, dialog.focus, "Cancel", true, TextStyle::Plain);
    if dialog.asked.is_none() {
        let ready = !dialog.path.text().trim().is_empty();
        sheet.button(Focus::Act, dialog.focus, "Read", ready, TextStyle::Accent);
    }
    sheet
}

fn task_lines(sheet: &mut Sheet<'_>, theme: Theme, task: TaskPolicy) {
    sheet.line(labelled(theme, "Task", Span::raw(task.to_string())));
    sheet.paragraph(TextStyle::Quiet, &format!("{:LABEL$}{}", "", words::policy(task)), 4);
}

fn commands(task: TaskPolicy) -> String {
    let commands: Vec<String> = task.actions().iter().map(|action| words::cli_command(action)).collect();
    format!("AWS allows in it: {}.", commands.join(", "))
}

pub(super) fn open_session<'a>(app: &App, dialog: &OpenSession, theme: Theme, area: Rect) -> Sheet<'a> {
    let task = dialog.key.task;
    let title = format!("Open a root session in {}", who(app, dialog.key.account));
    let mut sheet = Sheet::new(theme, area, title, TextStyle::Accent);
    task_lines(&mut sheet, theme, task);
    sheet.field_line(labelled(theme, "Seconds", Span::raw("")), LABEL);
    if dialog.duration().is_none() {
        sheet.line(labelled(theme, "", span(theme, TextStyle::Attention, "a whole number from 1 to 900")));
    }
    if dialog.asked.is_some() {
        sheet.paragraph(
            TextStyle::Waiting,
            &format!("{} asking AWS; it can be closed", theme.glyph(Glyph::Waiting)),
            0,
        );
    }
    if let Some(why) = &dialog.trouble {
        // What was told before is read; the reason needs the room.
        error_lines(app, &mut sheet, theme, "No session", why);
    } else {
        sheet.blank();
        sheet.paragraph(TextStyle::Attention, ALARMS, 1);
        sheet.paragraph(TextStyle::Plain, "It can't be revoked: it lives until its time is over.", 2);
        sheet.paragraph(TextStyle::Quiet, &words::gate(task), 3);
        sheet.paragraph(TextStyle::Quiet, &commands(task), 4);
    }
    sheet.blank();
    if let Some(command) = dialog.aws_command() {
        sheet.commands(app, &app.model.commands(|caller| [command.by(caller)]));
    }
    let label = if dialog.asked.is_some() { "Close" } else { "Cancel" };
    sheet.button(Focus::Cancel, dialog.focus, label, true, TextStyle::Plain);
    if dialog.asked.is_none() {
        sheet.button(Focus::Act, dialog.focus, "Open", dialog.duration().is_some(), TextStyle::Accent);
    }
    sheet
}

pub(super) fn session<'a>(app: &App, dialog: SessionView, theme: Theme, area: Rect) -> Sheet<'a> {
    let key = dialog.key;
    let title = format!("Root session in {}", who(app, key.account));
    let mut sheet = Sheet::new(theme, area, title, TextStyle::Accent);
    task_lines(&mut sheet, theme, key.task);
    if let Some(session) = app.model.sessions.get(key) {
        let left = time::minutes(app.model.time_left(session));
        let until = time::clock(session.expires, &app.model.start.time_zone);
        let text = format!("{} {left} (until {until})", theme.glyph(Glyph::Waiting));
        sheet.line(labelled(theme, "Left", span(theme, TextStyle::Waiting, text)));
    }
    if dialog.reused {
        sheet.paragraph(TextStyle::Quiet, words::REUSED, 2);
    }
    sheet.blank();
    sheet.paragraph(TextStyle::Plain, &commands(key.task), 4);
    sheet.blank();
    sheet.paragraph(
        TextStyle::Plain,
        "Shell hands this terminal to a shell with the credentials in its environment; exit comes back.",
        2,
    );
    sheet.paragraph(
        TextStyle::Attention,
        "Copy exports puts the secret key and the token on the clipboard of the machine you sit at.",
        1,
    );
    sheet.blank();
    let commands = app.model.commands(|caller| [dialog.aws_command(caller)]);
    if !commands.is_empty() {
        sheet.paragraph(
            TextStyle::Quiet,
            "For other programs, as credential_process in ~/.aws/config (y copies it):",
            3,
        );
    }
    sheet.commands(app, &commands);
    sheet.button(Focus::Cancel, dialog.focus, "Close", true, TextStyle::Plain);
    sheet.button(Focus::Other, dialog.focus, "Copy exports", true, TextStyle::Attention);
    sheet.button(Focus::Act, dialog.focus, "Shell", true, TextStyle::Accent);
    sheet
}
