//! The menus and dialogs of the root tasks, and what their confirmations tell beside the change.

use jiff::SignedDuration;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{cut_end, field, fit, span, wrap};
use super::super::details::left_open;
use super::super::look::{Look, Role, Sign};
use super::super::switches;
use super::names::who;
use super::policies::judged;
use super::sheet::{LABEL, Sheet, labelled};
use crate::app::App;
use crate::app::confirm::Spot;
use crate::app::field::TextField;
use crate::app::layers::{Choice, Menu};
use crate::app::policies::{FindQueues, LoadPolicy};
use crate::app::root_tasks::{RootChoice, RootTask};
use crate::app::sessions::{OpenSession, SessionView};
use crate::domain::account::AccountId;
use crate::domain::change::Change;
use crate::domain::fault::Fault;
use crate::domain::policy_holder::QueueSearch;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::Presence;
use crate::domain::task_policy::TaskPolicy;
use crate::domain::text::{clean, width};
use crate::words::change::ALARMS;
use crate::words::{fault, refusal, root_access, root_tasks as words, time};

/// A row of these menus: the choice, and whether it can be taken.
pub(super) fn line(app: &App, look: Look, choice: RootChoice, room: usize, selected: bool) -> Line<'static> {
    let name_of =
        |account: AccountId| app.model.accounts.get(account).map_or_else(String::new, |known| known.name.clone());
    let name = match choice {
        RootChoice::Task(_, task) => words::task(task).to_owned(),
        RootChoice::Open(key) => key.task.to_string(),
        RootChoice::InHand(key) => format!("{} {} {}", name_of(key.account), key.account, key.task),
        RootChoice::Close(account) => format!("{} {account}", name_of(account)),
        RootChoice::Policy(action) => words::action(action).to_owned(),
    };
    let (role, sign, state) = state(app, look, choice);
    let room = room.saturating_sub(5);
    let name_room = match choice {
        RootChoice::Task(..) | RootChoice::Open(_) | RootChoice::Policy(_) => 33,
        RootChoice::InHand(_) | RootChoice::Close(_) => room.saturating_sub(width(&state)).clamp(24, 52),
    };
    let name_room = name_room.min(room.saturating_sub(8));
    let state = cut_end(look, &state, room.saturating_sub(name_room));
    switches::row(look, role, sign, fit(look, &clean(&name), name_room), state, selected)
}

fn state(app: &App, look: Look, choice: RootChoice) -> (Role, &'static str, String) {
    let attention = look.sign(Sign::Attention);
    if let Err(why) = app.can_choose_root(choice) {
        return match app.model.gate(&why) {
            Some(Ok(switch)) => (Role::Attention, attention, words::needs(&switch)),
            Some(Err(why)) => (Role::Quiet, attention, refusal::why(&why)),
            None => (Role::Quiet, attention, refusal::why(&why)),
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
    (Role::Quiet, " ", text)
}

/// What stands below the choices: what the selected task needs, and whom it alarms. Looking already
/// does, so it is told before.
pub(super) fn notes(app: &App, menu: &Menu, look: Look, room: usize) -> Vec<Line<'static>> {
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
        .chain(wrap(&text, room).into_iter().map(|line| Line::from(span(look, Role::Attention, line))))
        .collect()
}

/// What a confirmation tells of the present state, before the change.
pub(super) fn say_known(app: &App, sheet: &mut Sheet<'_>, look: Look, change: &Change) {
    let Change::Root { account, change } = change else { return };
    match change {
        RootChange::AllowPasswordRecovery => {
            say_mailbox(app, sheet, look, *account);
            say_login(app, sheet, look, *account);
        }
        RootChange::ClosePasswordRecovery => say_login(app, sheet, look, *account),
        RootChange::DeletePolicy(holder) => {
            // The title may be cut.
            sheet.line(labelled(look, "Of", Span::raw(clean(&holder.to_string()))));
            let saved = app.policy_view().and_then(|view| view.saved.as_ref());
            if let Some((_, path)) = saved {
                sheet.say(Role::On, &clean(&format!("The policy as it was shown is saved in {}", path.display())), 1);
            }
        }
        RootChange::PutPolicy(holder, text) => {
            let room = sheet.room();
            sheet.line(labelled(look, "On", Span::raw(clean(&holder.to_string()))));
            sheet.lines(judged(app, look, text, holder, *account, room));
        }
        RootChange::DeleteCredential(_) => {}
    }
    sheet.say(Role::Quiet, &words::gate(change.task()), 5);
}

/// Whose mailbox it is: the listing's word for it is not AWS's last one.
fn say_mailbox(app: &App, sheet: &mut Sheet<'_>, look: Look, account: AccountId) {
    let listed = app.model.accounts.get(account).map(|account| account.email.clone()).unwrap_or_default();
    let state = app.model.emails.get(account).map(|facts| facts.primary.state());
    let verified = state.and_then(|state| state.current());
    let address = verified.cloned().unwrap_or(listed);
    sheet.line(labelled(look, "Mailbox", Span::raw(clean(&address))));
    let (role, text) = match state {
        Some(state) if verified.is_some() => {
            let at = state.last().map(|known| time::clock(known.at, &app.model.start.time_zone)).unwrap_or_default();
            (Role::On, format!("{} verified with GetPrimaryEmail at {at}", look.sign(Sign::On)))
        }
        Some(state) if state.is_loading() => {
            (Role::Waiting, format!("{} as listed; asking GetPrimaryEmail", look.sign(Sign::Waiting)))
        }
        Some(state) if state.fault().is_some() => {
            let why = state.fault().map_or("failed", |why| fault::short(why.kind));
            (Role::Attention, format!("{} as listed; GetPrimaryEmail: {why}", look.sign(Sign::Attention)))
        }
        _ => (Role::Attention, format!("{} as listed, never verified", look.sign(Sign::Attention))),
    };
    sheet.line(labelled(look, "", span(look, role, text)));
    if app.model.emails.get(account).is_some_and(|facts| facts.is_alarm(app.model.now)) {
        sheet.say(Role::Danger, &format!("{} {}", look.sign(Sign::Danger), words::MAILBOX_AT_RISK), 0);
    }
}

fn say_login(app: &App, sheet: &mut Sheet<'_>, look: Look, account: AccountId) {
    let zone = &app.model.start.time_zone;
    let (role, text) = match app.model.login_profile(account) {
        None => (Role::Unknown, format!("{} not looked at in this run", look.sign(Sign::Unknown))),
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
                    (Role::Attention, format!("{} none, as of {at}", look.sign(Sign::Attention)))
                }
                Presence::Absent => (Role::Plain, format!("{} none, as of {at}", look.sign(Sign::Off))),
                Presence::Present(details) => {
                    let since = details.and_then(|password| password.created);
                    let since = since.map(|at| format!(" since {}", time::moment(at, zone))).unwrap_or_default();
                    (Role::Attention, format!("{} there{since}, as of {at}", look.sign(Sign::Attention)))
                }
                Presence::Unknown(why) => {
                    (Role::Unknown, format!("{} {} at {at}", look.sign(Sign::Unknown), fault::short(why.kind)))
                }
            }
        }
    };
    sheet.line(labelled(look, "Login", span(look, role, text)));
}

/// Draws the picture of one of them, with what is typed in its field: the text, the focus, and whether it waits
/// for an answer.
pub(super) fn draw(
    sheet: Sheet<'_>,
    form: Option<(&TextField, Spot, bool)>,
    look: Look,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let placed = sheet.draw(buf, area, drawn);
    if let (Some(place), Some((text, spot, waits))) = (placed.field, form) {
        let role = if waits { Role::Quiet } else { Role::Plain };
        let cursor = typed(buf, place, text, look, role);
        if spot == Spot::Field {
            drawn.cursor = Some(cursor);
        }
    }
}

fn typed(buf: &mut Buffer, place: Rect, text: &TextField, look: Look, role: Role) -> ratatui::layout::Position {
    field(buf, place, text, look.style(role))
}

fn say_fault(app: &App, sheet: &mut Sheet<'_>, look: Look, what: &str, why: &Fault) {
    let words = fault::fault(why, app.model.caller_to_mend(why).as_ref());
    sheet.blank();
    sheet.line(Line::from(span(look, Role::Danger, format!("{} {what}", look.sign(Sign::Danger)))));
    sheet.say(Role::Plain, &words.said, 0);
    sheet.say(Role::Quiet, words.cause, 2);
    sheet.say(Role::Quiet, &words.mend, 2);
}

pub(super) fn find_queues<'a>(app: &App, dialog: &FindQueues, look: Look, area: Rect) -> Sheet<'a> {
    let title = format!("Queues of {}", who(app, dialog.account));
    let mut sheet = Sheet::new(look, area, title, Role::Accent);
    sheet.field_line(labelled(look, "Look in", Span::raw("")), LABEL);
    let (role, text) = match dialog.search() {
        Some(QueueSearch::Regions(regions)) => (Role::On, format!("all queues in {}", regions.join(", "))),
        Some(QueueSearch::One { queue, region }) if queue.contains(':') => {
            (Role::On, format!("the queue {queue} (or in {region})"))
        }
        Some(QueueSearch::One { queue, region }) => (Role::On, format!("the queue {queue} in {region}")),
        None => (Role::Attention, "neither regions nor one queue".to_owned()),
    };
    sheet.line(labelled(look, "", span(look, role, clean(&text))));
    sheet.blank();
    sheet.say(
        Role::Quiet,
        "Regions, separated by commas; or one queue by its URL, its ARN, or its name, the region behind it.",
        3,
    );
    sheet.say(Role::Quiet, &words::gate(TaskPolicy::UnlockQueuePolicy), 2);
    sheet.say(Role::Attention, ALARMS, 1);
    sheet.button(Spot::Cancel, dialog.spot, "Cancel", true, Role::Plain);
    sheet.button(Spot::Act, dialog.spot, "Look", dialog.search().is_some(), Role::Accent);
    sheet
}

pub(super) fn load_policy<'a>(app: &App, dialog: &LoadPolicy, look: Look, area: Rect) -> Sheet<'a> {
    let title = format!("Put a policy on {}", dialog.holder);
    let mut sheet = Sheet::new(look, area, title, Role::Accent);
    sheet.say(Role::Plain, &who(app, dialog.account), 2);
    sheet.field_line(labelled(look, "File", Span::raw("")), LABEL);
    if dialog.asked.is_some() {
        sheet.say(Role::Waiting, &format!("{} reading it", look.sign(Sign::Waiting)), 0);
    }
    if let Some(why) = &dialog.trouble {
        say_fault(app, &mut sheet, look, "It could not be read", why);
    } else {
        sheet.blank();
        sheet.say(Role::Quiet, "The file is read and shown; nothing is put before it was confirmed.", 2);
    }
    sheet.button(Spot::Cancel, dialog.spot, "Cancel", true, Role::Plain);
    if dialog.asked.is_none() {
        let ready = !dialog.path.text().trim().is_empty();
        sheet.button(Spot::Act, dialog.spot, "Read", ready, Role::Accent);
    }
    sheet
}

fn say_task(sheet: &mut Sheet<'_>, look: Look, task: TaskPolicy) {
    sheet.line(labelled(look, "Task", Span::raw(task.to_string())));
    sheet.say(Role::Quiet, &format!("{:LABEL$}{}", "", words::policy(task)), 4);
}

fn commands(task: TaskPolicy) -> String {
    let commands: Vec<String> = task.actions().iter().map(|action| words::cli_command(action)).collect();
    format!("AWS allows in it: {}.", commands.join(", "))
}

pub(super) fn open_session<'a>(app: &App, dialog: &OpenSession, look: Look, area: Rect) -> Sheet<'a> {
    let task = dialog.key.task;
    let title = format!("Open a root session in {}", who(app, dialog.key.account));
    let mut sheet = Sheet::new(look, area, title, Role::Accent);
    say_task(&mut sheet, look, task);
    sheet.field_line(labelled(look, "Seconds", Span::raw("")), LABEL);
    if dialog.duration().is_none() {
        sheet.line(labelled(look, "", span(look, Role::Attention, "a whole number from 1 to 900")));
    }
    if dialog.asked.is_some() {
        sheet.say(Role::Waiting, &format!("{} asking AWS; it can be closed", look.sign(Sign::Waiting)), 0);
    }
    if let Some(why) = &dialog.trouble {
        // What was told before is read; the reason needs the room.
        say_fault(app, &mut sheet, look, "No session", why);
    } else {
        sheet.blank();
        sheet.say(Role::Attention, ALARMS, 1);
        sheet.say(Role::Plain, "It can't be revoked: it lives until its time is over.", 2);
        sheet.say(Role::Quiet, &words::gate(task), 3);
        sheet.say(Role::Quiet, &commands(task), 4);
    }
    sheet.blank();
    if let Some(command) = dialog.aws_command() {
        sheet.commands(app, &app.model.commands(|caller| [command.by(caller)]));
    }
    let label = if dialog.asked.is_some() { "Close" } else { "Cancel" };
    sheet.button(Spot::Cancel, dialog.spot, label, true, Role::Plain);
    if dialog.asked.is_none() {
        sheet.button(Spot::Act, dialog.spot, "Open", dialog.duration().is_some(), Role::Accent);
    }
    sheet
}

pub(super) fn session<'a>(app: &App, dialog: SessionView, look: Look, area: Rect) -> Sheet<'a> {
    let key = dialog.key;
    let title = format!("Root session in {}", who(app, key.account));
    let mut sheet = Sheet::new(look, area, title, Role::Accent);
    say_task(&mut sheet, look, key.task);
    if let Some(session) = app.model.sessions.get(key) {
        let left = time::minutes(app.model.time_left(session));
        let until = time::clock(session.expires, &app.model.start.time_zone);
        let text = format!("{} {left} (until {until})", look.sign(Sign::Waiting));
        sheet.line(labelled(look, "Left", span(look, Role::Waiting, text)));
    }
    if dialog.reused {
        sheet.say(Role::Quiet, words::REUSED, 2);
    }
    sheet.blank();
    sheet.say(Role::Plain, &commands(key.task), 4);
    sheet.blank();
    sheet.say(
        Role::Plain,
        "Shell hands this terminal to a shell with the credentials in its environment; exit comes back.",
        2,
    );
    sheet.say(
        Role::Attention,
        "Copy exports puts the secret key and the token on the clipboard of the machine you sit at.",
        1,
    );
    sheet.blank();
    let commands = app.model.commands(|caller| [dialog.aws_command(caller)]);
    if !commands.is_empty() {
        sheet.say(Role::Quiet, "For other programs, as credential_process in ~/.aws/config (y copies it):", 3);
    }
    sheet.commands(app, &commands);
    sheet.button(Spot::Cancel, dialog.spot, "Close", true, Role::Plain);
    sheet.button(Spot::Other, dialog.spot, "Copy exports", true, Role::Attention);
    sheet.button(Spot::Act, dialog.spot, "Shell", true, Role::Accent);
    sheet
}
