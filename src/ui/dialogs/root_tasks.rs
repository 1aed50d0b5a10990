//! The menus and dialogs of the root tasks, and what their confirmations show beside the change.

use jiff::SignedDuration;
use ratatui::text::Line;

use super::super::canvas::Canvas;
use super::super::measure::{cut_end, fit};
use super::super::recovery::left_open_short;
use super::super::slot::Slot;
use super::super::text::Text;
use super::super::theme::{Glyph, TextStyle, Theme};
use super::names::who;
use super::outcome::{danger_line, error_lines};
use super::policies::say_judged;
use super::sheet::{Sheet, takes_suggestion};
use super::window::border;
use crate::app::dialogs::find_queues::FindQueues;
use crate::app::dialogs::open_session::OpenSession;
use crate::app::dialogs::session::SessionView;
use crate::app::focus::Focus;
use crate::app::shell::App;
use crate::app::state::choices::{PolicyAction, RootChoice, RootTask};
use crate::domain::account::AccountId;
use crate::domain::change::Change;
use crate::domain::policy_holder::{PolicyHolder, QueueSearch};
use crate::domain::policy_judgement::judge;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::Presence;
use crate::domain::task_policy::TaskPolicy;
use crate::domain::text::{capital, clean, width};
use crate::words::change::ALARMS;
use crate::words::ui::root as says;
use crate::words::{api_error, refusal, root_access, root_tasks as words, time};

pub(super) fn line(app: &App, choice: RootChoice, slot: Slot) -> Line<'static> {
    let theme = slot.theme;
    let name_of =
        |account: AccountId| app.model.accounts.get(account).map_or_else(String::new, |known| known.name.clone());
    let name = match choice {
        RootChoice::Task(_, task) => words::task(task).to_owned(),
        RootChoice::Open(key) => key.task.to_string(),
        RootChoice::Session(key) => format!("{} {} {}", name_of(key.account), key.account, key.task),
        RootChoice::Close(account) => format!("{} {account}", name_of(account)),
        RootChoice::Policy(action) => words::action(action),
    };
    let (role, glyph, state) = state(app, theme, choice);
    let room = slot.room.saturating_sub(4 + width(glyph));
    let name_room = match choice {
        // The names of task policies behind it stay whole.
        RootChoice::Task(..) => 23,
        RootChoice::Open(_) => 34,
        RootChoice::Policy(_) => 26,
        RootChoice::Session(_) | RootChoice::Close(_) => room.saturating_sub(width(&state)).clamp(24, 52),
    };
    let name_room = name_room.min(room.saturating_sub(8));
    let state = cut_end(theme, &state, room.saturating_sub(name_room));
    slot.row(role, glyph, fit(theme, &clean(&name), name_room), state)
}

fn state(app: &App, theme: Theme, choice: RootChoice) -> (TextStyle, &'static str, String) {
    let attention = theme.glyph(Glyph::Attention);
    if let RootChoice::Close(account) = choice {
        // Why it can't be closed now is below the list.
        let is_overdue = app.model.recovery.left_open(account).is_some_and(|open| open.is_expired(app.model.now));
        let (role, glyph) =
            if is_overdue { (TextStyle::Danger, theme.glyph(Glyph::Danger)) } else { (TextStyle::Quiet, "  ") };
        return (role, glyph, left_open_short(app, account));
    }
    if let Err(why) = app.can_choose_root(choice) {
        return match app.model.gate(&why) {
            Some(Ok(switch)) => (TextStyle::Attention, attention, words::needs(&switch)),
            Some(Err(why)) => (TextStyle::Quiet, attention, refusal::why(&why)),
            None => (TextStyle::Quiet, attention, refusal::why(&why)),
        };
    }
    let text = match choice {
        RootChoice::Task(_, task) => task.policy().map_or_else(String::new, |task| task.to_string()),
        RootChoice::Open(key) if app.model.sessions.get(key).is_some() => says::OPEN_ALREADY.to_owned(),
        RootChoice::Open(key) => words::policy(key.task).to_owned(),
        RootChoice::Session(key) => {
            app.model.sessions.get(key).map_or_else(String::new, |session| time::minutes(app.model.time_left(session)))
        }
        RootChoice::Close(account) => left_open_short(app, account),
        RootChoice::Policy(PolicyAction::RemoveStatement(index)) => statement_id(app, index),
        RootChoice::Policy(_) => String::new(),
    };
    (TextStyle::Quiet, " ", text)
}

/// What the policy on screen calls a statement that locks out.
fn statement_id(app: &App, index: usize) -> String {
    let judged = app.policy_view().and_then(|view| {
        let text = view.text()?;
        judge(text, &view.holder, view.account, app.model.partition()).lockouts.ok()
    });
    let found = judged.unwrap_or_default().into_iter().find(|lockout| lockout.statement.index == index);
    found.and_then(|lockout| lockout.statement.sid).map(|sid| clean(&sid)).unwrap_or_default()
}

/// Why it can't be chosen, whole; what the selected task needs, and whom it alarms: even looking does.
pub(super) fn notes(app: &App, chosen: Option<&RootChoice>, notes: &mut Text) {
    let Some(choice) = chosen else { return };
    let task = match choice {
        RootChoice::Task(_, task) => task.policy(),
        RootChoice::Open(key) => Some(key.task),
        RootChoice::Close(_) => RootTask::CloseRecovery.policy(),
        RootChoice::Session(_) | RootChoice::Policy(_) => None,
    };
    let why = app.can_choose_root(*choice).err().map(|why| format!("{}.", capital(&refusal::why(&why))));
    let alarms = !matches!(choice, RootChoice::Session(_) | RootChoice::Policy(_));
    let parts = [why, task.map(words::requirement), alarms.then(|| ALARMS.to_owned())];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if !parts.is_empty() {
        notes.blank();
        notes.attention(&parts.join(" "));
    }
}

pub(super) fn known_lines(app: &App, sheet: &mut Sheet<'_>, change: &Change) {
    let Change::Root { account, change } = change else { return };
    match change {
        RootChange::AllowPasswordRecovery => {
            mailbox_lines(app, sheet, *account);
            login_lines(app, sheet, *account);
        }
        RootChange::ClosePasswordRecovery => login_lines(app, sheet, *account),
        RootChange::DeletePolicy(holder) => {
            // The title may be cut.
            holder_line(sheet, holder);
            let saved = app.policy_view().and_then(|view| view.saved.as_ref());
            if let Some((_, path)) = saved {
                sheet.part(1).paragraph(TextStyle::On, &clean(&says::shown_policy_saved_in(path.display())));
            }
        }
        RootChange::PutPolicy(holder, text) => {
            holder_line(sheet, holder);
            say_judged(app, sheet.part(0), text, holder, *account);
        }
        RootChange::DeleteCredential(_) => {}
    }
    sheet.part(5).quiet(&words::requirement(change.task()));
}

fn holder_line(sheet: &mut Sheet<'_>, holder: &PolicyHolder) {
    let kind = match holder {
        PolicyHolder::Bucket { .. } => says::BUCKET,
        PolicyHolder::Queue { .. } => says::QUEUE,
    };
    sheet.stated(kind, TextStyle::Plain, &clean(&format!("{} ({})", holder.name(), holder.region())));
}

/// Whose mailbox it is: the listing may be out of date.
fn mailbox_lines(app: &App, sheet: &mut Sheet<'_>, account: AccountId) {
    let listed = app.model.accounts.get(account).map(|account| account.email.clone()).unwrap_or_default();
    let state = app.model.emails.get(account).map(|facts| &facts.primary);
    let verified = state.and_then(|state| state.current());
    let address = verified.cloned().unwrap_or(listed);
    sheet.stated("Mailbox", TextStyle::Plain, &clean(&address));
    let (glyph, text) = match state {
        Some(state) if verified.is_some() => {
            let at = state.last().map(|known| time::clock(known.at, &app.model.start.time_zone)).unwrap_or_default();
            (Glyph::On, says::verified_at(at))
        }
        Some(state) if state.is_loading() => (Glyph::Waiting, says::ASKING_MAILBOX.to_owned()),
        Some(state) if state.error().is_some() => {
            let why = state.error().map_or("failed", |why| api_error::short(why.kind));
            (Glyph::Attention, says::as_listed_because(why))
        }
        _ => (Glyph::Attention, says::NEVER_VERIFIED.to_owned()),
    };
    sheet.stated("", glyph.style(), &format!("{} {text}", sheet.theme.glyph(glyph)));
    if app.model.emails.get(account).is_some_and(|facts| facts.is_alarm(app.model.now)) {
        sheet.part(0).flagged(Glyph::Danger, words::MAILBOX_AT_RISK);
    }
}

fn login_lines(app: &App, sheet: &mut Sheet<'_>, account: AccountId) {
    let zone = &app.model.start.time_zone;
    let (role, glyph, text) = match app.model.login_profile(account) {
        None => (TextStyle::Unknown, Glyph::Unknown, says::NOT_LOOKED_AT.to_owned()),
        Some(known) => {
            let is_of_today = app.model.now.duration_since(known.at) < SignedDuration::from_hours(24);
            let mut at = if is_of_today { time::clock(known.at, zone) } else { time::moment(known.at, zone) };
            // A stored audit may be older than a change made from here.
            let before = app.model.root.changed_since(account, known.at).map(root_access::before);
            if let Some(before) = before {
                at = format!("{at}, {before}");
            }
            match &known.value {
                Presence::Absent if before.is_some() => (TextStyle::Attention, Glyph::Attention, says::none_as_of(at)),
                Presence::Absent => (TextStyle::Off, Glyph::Off, says::none_as_of(at)),
                Presence::Present(details) => {
                    let since = details.and_then(|password| password.created);
                    let since = since.map(|at| format!(" since {}", time::moment(at, zone))).unwrap_or_default();
                    (TextStyle::Attention, Glyph::Attention, says::there_as_of(since, at))
                }
                Presence::Unknown(why) => {
                    (TextStyle::Unknown, Glyph::Unknown, format!("{} at {at}", api_error::short(why.kind)))
                }
            }
        }
    };
    sheet.stated("Password", role, &format!("{} {text}", sheet.theme.glyph(glyph)));
}

pub(super) fn find_queues(app: &App, dialog: &FindQueues, canvas: &mut Canvas<'_>) {
    let title = says::queues_of(who(app, dialog.account));
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, dialog.form.focus);
    sheet.top = dialog.form.top;
    sheet.field(says::LOOK_IN, &dialog.field, false);
    let (role, text) = match dialog.search() {
        Some(QueueSearch::Regions(regions)) => (TextStyle::On, says::all_queues_in(regions.join(", "))),
        Some(QueueSearch::One { queue, region }) if queue.contains(':') => {
            (TextStyle::On, says::queue_or_region(queue, region))
        }
        Some(QueueSearch::One { queue, region }) => (TextStyle::On, says::queue_in_region(queue, region)),
        None => (TextStyle::Attention, says::NO_REGION_OR_QUEUE.to_owned()),
    };
    sheet.hint(role, &clean(&text));
    sheet.suggestions(dialog.pick, &dialog.suggestions(&app.model));
    sheet.part(3).quiet(&says::where_to_look());
    sheet.part(4).quiet(&words::requirement(TaskPolicy::UnlockQueuePolicy));
    sheet.part(0).attention(ALARMS);
    sheet.ask(canvas, "Search", dialog.search().is_some());
    takes_suggestion(dialog.pick, canvas);
}

fn task_lines(sheet: &mut Sheet<'_>, task: TaskPolicy) {
    sheet.part(0).label("Task", TextStyle::Plain, task.to_string());
    sheet.part(4).quiet(&format!("         {}", words::policy(task)));
}

fn commands(task: TaskPolicy) -> String {
    let commands: Vec<String> = task.actions().iter().map(|action| words::cli_command(action)).collect();
    says::aws_allows(commands.join(", "))
}

pub(super) fn open_session(app: &App, dialog: &OpenSession, canvas: &mut Canvas<'_>) {
    let task = dialog.key.task;
    let title = says::open_session_in(who(app, dialog.key.account));
    let role = border(dialog.danger());
    let mut sheet = Sheet::new(canvas, title, role, dialog.form.focus);
    sheet.top = dialog.form.top;
    task_lines(&mut sheet, task);
    sheet.field("Seconds", &dialog.seconds, dialog.form.waits());
    sheet.hint(TextStyle::Attention, if dialog.duration().is_none() { says::SECONDS_RANGE } else { "" });
    if dialog.form.waits() {
        sheet.waiting(says::ASKING_AWS);
    }
    if let Some(why) = dialog.form.error() {
        // The earlier text has been read; the reason needs the room.
        danger_line(&mut sheet, says::NO_SESSION);
        error_lines(app, &mut sheet, why, 2);
    } else {
        sheet.blank();
        sheet.part(0).attention(ALARMS);
        sheet.part(2).plain(says::CANNOT_BE_REVOKED);
        sheet.part(3).quiet(&words::requirement(task));
        sheet.part(4).quiet(&commands(task));
    }
    sheet.reason(&dialog.form);
    if let Some(command) = dialog.aws_command() {
        sheet.commands(app, &app.model.commands(|caller| [command.by(caller)]));
    }
    let label = if dialog.form.waits() { "Close" } else { "Cancel" };
    sheet.cancel(label);
    if !dialog.form.waits() {
        let ready = dialog.duration().is_some() && !dialog.form.lacks_reason();
        sheet.button(Focus::Act, "Open", ready, role);
    }
    sheet.draw(canvas);
}

pub(super) fn session(app: &App, dialog: &SessionView, canvas: &mut Canvas<'_>) {
    let key = dialog.key;
    let title = says::session_in(who(app, key.account));
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, dialog.form.focus);
    sheet.top = dialog.form.top;
    task_lines(&mut sheet, key.task);
    if let Some(session) = app.model.sessions.get(key) {
        let left = time::minutes(app.model.time_left(session));
        let until = time::clock(session.expires, &app.model.start.time_zone);
        sheet.part(0).state("Left", Glyph::Waiting, &format!("{left} (until {until})"));
    }
    if dialog.reused {
        sheet.part(2).quiet(words::REUSED);
    }
    sheet.blank();
    sheet.part(4).plain(&commands(key.task));
    sheet.blank();
    sheet.part(2).plain(says::SHELL);
    sheet.part(0).attention(says::COPIES_SECRETS);
    sheet.blank();
    let commands = app.model.commands(|caller| [dialog.aws_command(caller)]);
    if !commands.is_empty() {
        sheet.part(3).quiet(&says::credential_process());
    }
    sheet.commands(app, &commands);
    sheet.cancel("Close");
    sheet.button(Focus::Other, says::COPY_EXPORTS, true, TextStyle::Attention);
    sheet.act("Shell", true);
    sheet.draw(canvas);
}
