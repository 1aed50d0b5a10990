//! The pages on the way to a policy: buckets or queues, a policy, a policy from a file.

use ratatui::text::Line;

use super::super::canvas::Canvas;
use super::super::measure::{cells, cut_end, fit};
use super::super::slot::Slot;
use super::super::text::{Text, explained};
use super::super::theme::{Glyph, TextStyle};
use super::json::pretty;
use super::names::who;
use super::window::{WIDEST, read, text_for, window};
use crate::app::command::CommandId;
use crate::app::dialogs::policies::{FilePolicy, Found, HolderRow, Holders, PolicyPage, PolicyView};
use crate::app::shell::App;
use crate::domain::account::AccountId;
use crate::domain::policy_holder::{PolicyHolder, QueueSearch, is_same_policy};
use crate::domain::policy_judgement::judge;
use crate::domain::remote_data::RemoteData;
use crate::domain::text::clean;
use crate::words::client_error::policy as policy_error;
use crate::words::keys::key;
use crate::words::ui::root as says;
use crate::words::{api_error, root_tasks as words, time};

pub(super) fn draw(app: &App, page: &PolicyPage, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, WIDEST);
    match page {
        PolicyPage::Holders(page) => holders(app, page, text, canvas),
        PolicyPage::Policy(view) => {
            policy(app, view, &mut text);
            read(canvas, &says::policy_of(&view.holder), TextStyle::Accent, &text, view.reading.top);
        }
        PolicyPage::File(page) => {
            file(app, page, &mut text);
            read(canvas, &says::policy_for(&page.holder), TextStyle::Accent, &text, page.reading.top);
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
    said(&mut head, TextStyle::Plain, &who(app, page.account));
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
    if let Some(none) = none.filter(|_| rows.is_empty()) {
        head.plain(none);
    }
    let filter = &page.filter;
    let title = if filter.text().is_empty() { title.to_owned() } else { format!("{title}  /{}", filter.text()) };
    let mut inner = window(canvas, &title, TextStyle::Accent, head.lines.len() + rows.len());
    inner.drawn.cursor = Some(inner.area.as_position());
    inner.lines(&head.lines);
    // At least one row has room.
    inner.take(cells(head.lines.len()).min(inner.area.height.saturating_sub(u16::from(!rows.is_empty()))));
    inner.drawn.geometry.dialog_rows = inner.rows().max(1);
    let cursor = inner.list(&page.list, |index, slot| Some(holder_line(*rows.get(index)?, slot)));
    inner.drawn.cursor = cursor.or(inner.drawn.cursor);
}

fn holder_line(row: HolderRow<'_>, slot: Slot) -> Line<'static> {
    let theme = slot.theme;
    let (role, glyph, name, state) = match row {
        HolderRow::Bucket(bucket) => {
            let region = bucket.region.clone().unwrap_or_else(|| says::REGION_UNKNOWN.to_owned());
            (TextStyle::Quiet, " ", bucket.name.clone(), region)
        }
        HolderRow::Queue(_, region) => (TextStyle::Quiet, " ", row.name().to_owned(), region.to_owned()),
        HolderRow::Failed(region, why) => {
            let text = says::region_unread(api_error::short(why.kind));
            (TextStyle::Unknown, theme.glyph(Glyph::Unknown), region.to_owned(), text)
        }
    };
    let room = slot.room.saturating_sub(5);
    let state = cut_end(theme, &clean(&state), room.saturating_sub(12));
    let name = fit(theme, &clean(&name), room.saturating_sub(crate::domain::text::width(&state)).min(64));
    slot.row(role, glyph, name, state)
}

fn searched(search: &QueueSearch) -> String {
    match search {
        QueueSearch::Regions(regions) => format!("in {}", regions.join(", ")),
        QueueSearch::One { queue, region } => format!("{queue} ({region})"),
    }
}

fn policy(app: &App, view: &PolicyView, text: &mut Text) {
    said(text, TextStyle::Plain, &who(app, view.account));
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
    let what = if view.text().is_some() { says::POLICY_CHOICES } else { says::NO_POLICY_CHOICES };
    text.paragraph(TextStyle::Accent, &format!("{}: {what}", key(CommandId::Choose)));
    if let Some(policy) = view.text() {
        say_policy(text, policy);
    }
}

fn file(app: &App, page: &FilePolicy, text: &mut Text) {
    said(text, TextStyle::Plain, &who(app, page.account));
    said(text, TextStyle::Plain, &format!("from {}", page.path.display()));
    say_judged(app, text, &page.text, &page.holder, page.account);
    text.blank();
    match &page.present {
        None => text.quiet(says::NO_POLICY_NOW),
        Some(present) if is_same_policy(present, &page.text) => text.attention(says::SAME_POLICY),
        Some(present) => {
            text.quiet(says::IT_WOULD_REPLACE);
            say_judged(app, text, present, &page.holder, page.account);
        }
    }
    text.paragraph(TextStyle::Accent, &says::puts_it());
    say_policy(text, &page.text);
}

pub(super) fn say_judged(app: &App, text: &mut Text, policy: &str, holder: &PolicyHolder, account: AccountId) {
    let judged = judge(policy, holder, account, app.model.partition());
    said(text, TextStyle::Quiet, &words::size(&judged));
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
