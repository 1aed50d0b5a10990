//! The pages on the way to a policy: buckets or queues, a policy, what would replace it.

use ratatui::text::{Line, Span};

use super::super::canvas::Canvas;
use super::super::measure::{cells, cut_end, fit, span};
use super::super::slot::Slot;
use super::super::text::{Text, explained};
use super::super::theme::{Glyph, TextStyle};
use super::names::who;
use super::window::{read, text_for, widest, window};
use crate::app::command::CommandId;
use crate::app::dialogs::holders::{Found, HolderRow, Holders};
use crate::app::dialogs::new_policy::NewPolicy;
use crate::app::dialogs::policies::{PolicyPage, PolicyView};
use crate::app::shell::App;
use crate::app::state::policies::PolicySource;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::diff::DiffLine;
use crate::domain::policy::pretty;
use crate::domain::policy_holder::{PolicyHolder, QueueSearch};
use crate::domain::policy_judgement::{LockState, check, judge};
use crate::domain::remote_data::RemoteData;
use crate::domain::text::{clean, width};
use crate::words::client_error::policy as policy_error;
use crate::words::keys::key;
use crate::words::ui::root as says;
use crate::words::{api_error, root_tasks as words, time};

pub(super) fn draw(app: &App, page: &PolicyPage, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, widest(canvas));
    match page {
        PolicyPage::Holders(page) => holders(app, page, text, canvas),
        PolicyPage::Policy(view) => {
            policy(app, view, &mut text);
            let title = says::policy_of(&view.holder, clean(&who(app, view.account)));
            read(canvas, &title, TextStyle::Accent, &text, view.reading.top);
        }
        PolicyPage::New(page) => {
            new_policy(app, page, &mut text);
            let title = says::policy_for(&page.holder, clean(&who(app, page.account)));
            read(canvas, &title, TextStyle::Accent, &text, page.reading.top);
        }
    }
}

fn said(text: &mut Text, role: TextStyle, said: &str) {
    text.paragraph(role, &clean(said));
}

fn say_state<T>(app: &App, text: &mut Text, state: &RemoteData<T>) {
    match state {
        RemoteData::NotAsked => text.paragraph(TextStyle::Unknown, says::AWS_WAS_NOT_ASKED),
        RemoteData::Loading(..) => text.flagged(Glyph::Waiting, "loading"),
        RemoteData::Failed(error, _) => text.error(&explained(app, error)),
        RemoteData::Known(known) => {
            let at = time::clock(known.at, &app.model.start.time_zone);
            text.quiet(&says::as_of(at));
        }
    }
}

fn holders(app: &App, page: &Holders, mut head: Text, canvas: &mut Canvas<'_>) {
    let account = clean(&who(app, page.account));
    let (title, none) = match &page.found {
        Found::Buckets(asked) => {
            say_state(app, &mut head, asked);
            ("Buckets", asked.current().map(|_| says::NO_BUCKETS))
        }
        Found::Queues(search, asked) => {
            said(&mut head, TextStyle::Quiet, &searched(search));
            say_state(app, &mut head, asked);
            ("Queues", asked.current().map(|_| says::NO_QUEUES))
        }
    };
    let rows = page.rows();
    if let Some(check) = &page.check {
        head.flagged(Glyph::Waiting, &says::reading_policies(check.left()));
    } else if rows.iter().any(|row| is_unread(app, page, *row)) {
        head.quiet(&says::checks_locks());
    }
    if let Some(none) = none.filter(|_| rows.is_empty()) {
        head.plain(none);
    }
    let filter = &page.filter;
    let shown = if filter.text().is_empty() { title.to_owned() } else { format!("{title}  /{} ", filter.text()) };
    let title = says::holders_of(shown, account);
    let mut inner = window(canvas, &title, TextStyle::Accent, head.lines.len() + rows.len());
    inner.drawn.cursor = Some(inner.area.as_position());
    inner.lines(&head.lines);
    // At least one row has room.
    inner.take(cells(head.lines.len()).min(inner.area.height.saturating_sub(u16::from(!rows.is_empty()))));
    inner.drawn.geometry.dialog_rows = inner.rows().max(1);
    let cursor = inner.list(&page.list, |index, slot| Some(holder_line(app, page, *rows.get(index)?, slot)));
    inner.drawn.cursor = cursor.or(inner.drawn.cursor);
}

/// In columns.
const LOCK: usize = 13;
const LOCK_SIGN: usize = 2;
/// Of the longest name of a region.
const REGION: usize = 14;

fn holder_line(app: &App, page: &Holders, row: HolderRow<'_>, slot: Slot) -> Line<'static> {
    let theme = slot.theme;
    let room = slot.room.saturating_sub(6 + LOCK_SIGN);
    let (role, glyph, lock, state) = match row {
        HolderRow::Failed(_, why) => {
            let text = says::region_unread(api_error::short(why.kind));
            (TextStyle::Unknown, Glyph::Unknown, String::new(), text)
        }
        HolderRow::Bucket(_) | HolderRow::Queue(..) => {
            let holder = row.holder(&app.model);
            let lock = holder.and_then(|holder| app.model.unlocking.lock(page.account, &holder));
            let (glyph, text) = lock_words(lock);
            let region = match row {
                HolderRow::Bucket(bucket) => bucket.region.clone().unwrap_or_else(|| says::REGION_UNKNOWN.to_owned()),
                HolderRow::Queue(_, region) | HolderRow::Failed(region, _) => region.to_owned(),
            };
            (glyph.style(), glyph, fit(theme, &text, LOCK), fit(theme, &region, REGION))
        }
    };
    let state = cut_end(theme, &clean(&state), room.saturating_sub(LOCK + 12));
    let taken = width(&state) + width(&lock);
    let name = fit(theme, &clean(row.name()), room.saturating_sub(taken).min(64));
    let sign = span(theme, role, format!("{:LOCK_SIGN$} ", theme.glyph(glyph)));
    let lock = span(theme, role, format!(" {lock} "));
    slot.item([sign], Span::raw(name), [lock, span(theme, TextStyle::Quiet, state)])
}

/// Whether its policy could be read, and was not.
fn is_unread(app: &App, page: &Holders, row: HolderRow<'_>) -> bool {
    let holder = row.holder(&app.model);
    holder.is_some_and(|holder| !matches!(app.model.unlocking.lock(page.account, &holder), Some(Ok(_))))
}

fn lock_words(lock: Option<Result<LockState, ApiErrorKind>>) -> (Glyph, String) {
    let (glyph, text) = match lock {
        None => (Glyph::Unknown, says::LOCK_NOT_READ),
        Some(Err(kind)) => (Glyph::Unknown, api_error::short(kind)),
        Some(Ok(LockState::Unclear)) => (Glyph::Unknown, says::LOCK_UNCLEAR),
        Some(Ok(LockState::Locked)) => (Glyph::Danger, says::LOCKED),
        Some(Ok(LockState::Depends)) => (Glyph::Attention, says::LOCK_DEPENDS),
        Some(Ok(LockState::NotLocked)) => (Glyph::On, says::NOT_LOCKED),
        Some(Ok(LockState::NoPolicy)) => (Glyph::Off, says::WITHOUT_POLICY),
    };
    (glyph, text.to_owned())
}

fn searched(search: &QueueSearch) -> String {
    match search {
        QueueSearch::Regions(regions) => format!("in {}", regions.join(", ")),
        QueueSearch::One { queue, region } => format!("{queue} ({region})"),
    }
}

fn policy(app: &App, view: &PolicyView, text: &mut Text) {
    say_state(app, text, &view.policy);
    if app.model.awaited_policy(view.account, &view.holder).is_some() {
        text.flagged(Glyph::Waiting, says::CHANGE_ACCEPTED);
    }
    match view.policy.current() {
        None => {}
        Some(None) => {
            said(text, TextStyle::On, words::no_policy(&view.holder));
            if let Some(path) = app.model.saved_policy(view) {
                said(text, TextStyle::Plain, &says::backup_is_in(path.display()));
            }
        }
        Some(Some(policy)) => {
            say_judged(app, text, policy, &view.holder, view.account);
            let (role, kept) = match &view.saved {
                Some((_, path)) if view.is_saved() => (TextStyle::On, says::saved_in(path.display())),
                Some((_, path)) => (TextStyle::Attention, says::other_text_saved_in(path.display())),
                None if app.model.is_saving(view) => {
                    (TextStyle::Waiting, format!("{} saving", text.theme.glyph(Glyph::Waiting)))
                }
                None => match app.model.saved_policy(view) {
                    Some(path) => (TextStyle::Quiet, says::earlier_reading_in(path.display())),
                    None => (TextStyle::Quiet, says::NOT_SAVED_YET.to_owned()),
                },
            };
            said(text, role, &kept);
        }
    }
    if view.editing.has_draft() {
        text.attention(&says::edit_not_put());
    }
    let what = if view.text().is_some() { says::POLICY_CHOICES } else { says::NO_POLICY_CHOICES };
    text.paragraph(TextStyle::Accent, &format!("{}: {what}", key(CommandId::Choose)));
    if let Some(policy) = view.text() {
        say_policy(text, policy);
    }
}

fn new_policy(app: &App, page: &NewPolicy, text: &mut Text) {
    let source = match &page.source {
        PolicySource::File(path) => says::from_file(path.display()),
        PolicySource::Editor => says::FROM_EDITOR.to_owned(),
        PolicySource::Without(index) => says::without_statement(index + 1),
    };
    said(text, TextStyle::Plain, &source);
    say_judged(app, text, &page.text, &page.holder, page.account);
    text.blank();
    match &page.present {
        None => text.quiet(says::NO_POLICY_NOW),
        Some(_) if page.changes_nothing() => text.attention(says::SAME_POLICY),
        Some(present) => {
            text.quiet(says::IT_WOULD_REPLACE);
            say_judged(app, text, present, &page.holder, page.account);
        }
    }
    if page.deletes() {
        text.flagged(Glyph::Attention, says::NO_STATEMENT_LEFT);
        text.paragraph(TextStyle::Accent, &says::deletes_it());
    } else if check(&page.text).is_err() {
        text.flagged(Glyph::Danger, says::AWS_REFUSES_IT);
        text.paragraph(TextStyle::Accent, &says::edits_it());
    } else if page.changes_nothing() {
        text.paragraph(TextStyle::Accent, &says::edits_same());
    } else {
        text.paragraph(TextStyle::Accent, &says::puts_it());
    }
    text.blank();
    page.diff.iter().for_each(|line| say_difference(text, line));
}

fn say_difference(text: &mut Text, line: &DiffLine) {
    let theme = text.theme;
    let (role, sign, line) = match line {
        DiffLine::Same(line) => (TextStyle::Plain, "  ", line),
        DiffLine::New(line) => (TextStyle::On, "+ ", line),
        DiffLine::Gone(line) => (TextStyle::Danger, "- ", line),
        DiffLine::Skipped(count) => {
            return text.quiet(&format!("  {} {}", theme.glyph(Glyph::Cut), says::unchanged_lines(*count)));
        }
    };
    text.hanging(span(theme, role, sign), role, role, &clean(line));
}

pub(super) fn say_judged(app: &App, text: &mut Text, policy: &str, holder: &PolicyHolder, account: AccountId) {
    let judged = judge(policy, holder, account, app.model.partition());
    said(text, TextStyle::Quiet, &words::size(&judged));
    for open in &judged.open {
        let glyph = if open.conditions.is_empty() { Glyph::Danger } else { Glyph::Attention };
        text.flagged(glyph, &clean(&words::open_statement(open)));
    }
    match &judged.lockouts {
        Ok(found) if found.is_empty() => text.flagged(Glyph::On, words::NO_LOCKOUT),
        Ok(found) => {
            // What always holds comes before what depends on conditions.
            let (always, depends): (Vec<_>, Vec<_>) = found.iter().partition(|lockout| lockout.conditions.is_empty());
            for (glyph, found) in [(Glyph::Danger, always), (Glyph::Attention, depends)] {
                for lockout in found {
                    text.flagged(glyph, &clean(&words::lockout(lockout)));
                }
            }
        }
        Err(problem) => text.flagged(Glyph::Unknown, &clean(&words::not_judged(&policy_error(problem)))),
    }
}

fn say_policy(text: &mut Text, policy: &str) {
    text.blank();
    for line in pretty(policy) {
        said(text, TextStyle::Plain, &line);
    }
}
