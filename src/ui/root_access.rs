//! View 3: the root credentials of the accounts, findings first.

use ratatui::text::Span;

use super::accounts::{hidden_marks, not_listed, nothing, organization, organization_columns, shown_of};
use super::apps::Apps;
use super::beside::beside;
use super::canvas::Canvas;
use super::measure::{cut_end, span};
use super::progress::progress;
use super::recovery::listed;
use super::root_details::{self, cells};
use super::table::{Column, Head, Room, Row, Table, whole};
use super::text::Text;
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::shell::App;
use crate::app::state::columns::Column as ListColumn;
use crate::app::state::root_state::RootState;
use crate::domain::account::{Account, AccountId};
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{CredentialKind, RootAudit};
use crate::domain::root_finding::RootFinding;
use crate::domain::sign_in::LastSignIn;
use crate::domain::text::width;
use crate::words::ui::views as says;
use crate::words::{api_error, labels, root_access, time};

const KINDS: [&str; 4] = ["PASSWORD", "KEYS", "MFA", "CERTS"];
/// Their cells, each followed by a blank.
const CELLS: usize = 8 + 1 + 4 + 1 + 3 + 1 + 5 + 1;
const LONG_AGE: usize = 11;
const SHORT_AGE: usize = 7;
/// `! 59 min` and a blank.
const SIGN_IN: usize = 9;
/// From this room on there is a column for the last sign-in.
const WITH_SIGN_IN: usize = 66;

pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let needed = whole(&columns(canvas.apps_of(app), SHORT_AGE, true)) + 2;
    beside(canvas, app.model.root.pane.reading, (needed, 64), |it| list(app, it), |it| root_details::draw(app, it));
}

fn list(app: &App, canvas: &mut Canvas<'_>) {
    let focused = !app.model.root.pane.reading;
    let apps = canvas.apps.unwrap_or(Apps::of(app));
    let mut inner = canvas.list_pane(&title(apps, canvas.theme, canvas.room()), focused);
    progress(app, &mut inner);
    if inner.area.is_empty() {
        return;
    }
    not_listed(apps, &mut inner);
    hidden_marks(app, &mut inner);
    let sign_in = inner.room() >= WITH_SIGN_IN;
    let long = whole(&columns(apps, LONG_AGE, sign_in)) <= inner.room();
    let age = if long { LONG_AGE } else { SHORT_AGE };
    let table = Table::new(inner.theme, inner.room(), Head::Words, columns(apps, age, sign_in));
    let nothing = |text: &mut Text| nothing(app, text);
    table.draw(&mut inner, (&app.model.root.pane.list, focused), app.account_filter(), nothing, |row, id| {
        let app = apps.owner_of(id);
        account_row(app, row, app.model.accounts.get(id)?, age, sign_in);
        Some(())
    });
}

fn title(apps: Apps<'_>, theme: Theme, room: usize) -> String {
    use RootState as S;
    let app = apps.app;
    let dot = theme.glyph(Glyph::Dot);
    let mut parts = vec![says::ROOT_ACCESS.to_owned()];
    let all = apps.sum(|app| app.model.accounts.len());
    if app.model.accounts.read().value().is_some() || all > 0 {
        let shown = app.model.root.pane.list.rows().len();
        parts.push(shown_of(theme, shown, all, app.model.root.filter.text()));
    }
    let marked = apps.sum(|app| app.model.root.marks.len());
    if marked > 0 {
        parts.push(format!("{marked} marked"));
    }
    let between = format!(" {dot} ");
    let mut title = parts.join(&between);
    for state in [S::Finding, S::Unknown, S::NotAudited, S::Clean] {
        let hidden = if state == S::Finding { apps.sum(|app| app.model.root.hidden_findings) } else { 0 };
        let count = apps.sum(|app| app.model.root.counts.get(&state).copied().unwrap_or(0)) + hidden;
        if count == 0 {
            continue;
        }
        let mut words = root_access::state(state, count);
        if hidden > 0 {
            words = format!("{words} ({hidden} hidden)");
        }
        let longer = format!("{title}{between}{words}");
        if width(&longer) + 4 <= room {
            title = longer;
        }
    }
    title
}

fn columns(apps: Apps<'_>, age: usize, sign_in: bool) -> Vec<Column> {
    let mut columns = vec![Column::new("ACCOUNT", Room::Fixed(12)).with_mark()];
    if apps.has_several() {
        columns.push(Column::new(labels::column(ListColumn::Org), Room::Fixed(organization_columns(apps).max(3))));
    }
    columns.extend([
        Column::new("NAME", Room::of(&apps.widths(|app| &app.model.accounts.widths().names))),
        Column::new(KINDS.join(" "), Room::Fixed(CELLS)),
    ]);
    if sign_in {
        columns.push(Column::new("SIGN-IN", Room::Fixed(SIGN_IN)).behind(""));
    }
    columns.push(Column::new("AUDITED", Room::Fixed(age)).behind(""));
    // For the worst finding, or the cause of what is unknown, where there is room.
    columns.push(Column::new("", Room::Part(|left| if left >= 16 { left.min(41) } else { 0 })).behind(""));
    columns
}

fn account_row(app: &App, row: &mut Row<'_>, account: &Account, age: usize, sign_in: bool) {
    let theme = row.theme();
    row.marked(app.model.root.marks.contains(&account.id));
    row.text(TextStyle::Plain, &account.id.to_string());
    if app.model.start.place.is_some() {
        organization(app, row);
    }
    row.text(TextStyle::Plain, &account.name);
    if let Some(reason) = app.model.skipped(account) {
        let text = says::skipped(root_access::skipped(&reason));
        row.spans([span(
            theme,
            TextStyle::Quiet,
            cut_end(theme, &text, CELLS + age + if sign_in { SIGN_IN } else { 0 }),
        )]);
    } else if let Some(known) = app.model.root.audits.get(&account.id) {
        audited(app, row, account.id, known, (age >= LONG_AGE, sign_in));
    } else {
        let dot = theme.glyph(Glyph::NotRead);
        let cells = KINDS.map(|_| (TextStyle::Quiet, dot.to_owned()));
        row.spans(kinds(theme, with_recovery(app, theme, account.id, cells)));
        if sign_in {
            number(row, TextStyle::Quiet, dot);
        }
        if app.model.in_progress.as_ref().is_some_and(|run| run.awaited.contains(&account.id)) {
            row.cell(TextStyle::Waiting, theme.glyph(Glyph::Waiting));
        } else {
            row.cell(TextStyle::Quiet, says::NOT_YET);
        }
    }
}

type Cells = [(TextStyle, String); 4];

fn kinds(theme: Theme, cells: Cells) -> impl Iterator<Item = Span<'static>> {
    KINDS.iter().zip(cells).flat_map(move |(head, (role, text))| {
        let padding = " ".repeat((head.len() + 1).saturating_sub(width(&text)));
        [span(theme, role, text), Span::raw(padding)]
    })
}

/// While its recovery is allowed, whoever reads the root mailbox can set the password.
fn with_recovery(app: &App, theme: Theme, account: AccountId, cells: Cells) -> Cells {
    let [password, keys, mfa, certificates] = cells;
    [listed(app, theme, account).unwrap_or(password), keys, mfa, certificates]
}

fn audited(
    app: &App,
    row: &mut Row<'_>,
    account: AccountId,
    known: &Known<RootAudit>,
    (long_age, sign_in): (bool, bool),
) {
    let theme = row.theme();
    let audit = &known.value;
    let cells = cells(theme, audit);
    let mut cause = audit.error().map(|error| api_error::short(error.kind));
    let nothing_read = audit.is_unread();
    if let Some(cause) = cause.take_if(|_| nothing_read) {
        // One cause for everything replaces the four signs.
        row.cell(TextStyle::Unknown, &cut_end(theme, &format!("{} {cause}", theme.glyph(Glyph::Unknown)), CELLS - 1));
    } else if let Some(text) = recent_sign_in(app, theme, account, audit).filter(|_| !sign_in) {
        row.cell(TextStyle::Attention, &text);
    } else {
        let cells = if audit.has(CredentialKind::Password) == Some(true) {
            cells
        } else {
            with_recovery(app, theme, account, cells)
        };
        row.spans(kinds(theme, cells));
    }
    if sign_in {
        let (role, text) = last_sign_in(app, theme, audit);
        number(row, role, &text);
    }
    let short_age = root_access::short_age(known.at, app.model.now);
    // What was changed from here since then is described in the details.
    if nothing_read {
        // It was tried then.
        row.filled(TextStyle::Quiet, "");
    } else if app.model.root.changed_since(account, known.at).is_some() {
        row.filled(TextStyle::Attention, &format!("{} {short_age}", theme.glyph(Glyph::Attention)));
    } else {
        row.filled(TextStyle::Quiet, &if long_age { time::ago(known.at, app.model.now) } else { short_age });
    }
    if let Some(cause) = cause {
        let text = format!(" {} {cause}", theme.glyph(Glyph::Unknown));
        row.cell(TextStyle::Unknown, &cut_end(theme, &text, row.room().saturating_sub(1)));
    } else if let [worst, more @ ..] = RootFinding::of(audit, app.model.now).as_slice() {
        let more = if more.is_empty() { String::new() } else { format!(" +{}", more.len()) };
        let name = cut_end(theme, worst.as_str(), row.room().saturating_sub(2 + more.len()));
        row.cell(root_details::finding_style(*worst), &format!(" {name}{more}"));
    }
}

/// Right-aligned in the column of the last sign-in, below its head.
fn number(row: &mut Row<'_>, role: TextStyle, text: &str) {
    let before = (SIGN_IN - 2).saturating_sub(width(text));
    let behind = SIGN_IN.saturating_sub(before + width(text));
    let blanks = |count| Span::raw(" ".repeat(count));
    row.spans([blanks(before), span(row.theme(), role, text), blanks(behind)]);
}

/// That somebody signed in lately, in the place of cells that show nothing: where there is no column for it.
fn recent_sign_in(app: &App, theme: Theme, account: AccountId, audit: &RootAudit) -> Option<String> {
    let LastSignIn::At(at) = audit.last_sign_in else { return None };
    let all = [CredentialKind::Password, CredentialKind::AccessKey, CredentialKind::SigningCertificate];
    let shows_nothing = all.iter().all(|kind| audit.has(*kind) == Some(false)) && listed(app, theme, account).is_none();
    let is_recent = RootFinding::of(audit, app.model.now).contains(&RootFinding::RecentSignIn);
    (shows_nothing && is_recent).then(|| {
        let (glyph, age) = (theme.glyph(Glyph::Attention), root_access::short_age(at, app.model.now));
        cut_end(theme, &format!("{glyph} {}", root_access::signed_in(&age)), CELLS - 1)
    })
}

/// When root signed in last, also where there is no password any more.
fn last_sign_in(app: &App, theme: Theme, audit: &RootAudit) -> (TextStyle, String) {
    match &audit.last_sign_in {
        LastSignIn::NotAsked => (TextStyle::Quiet, theme.glyph(Glyph::NotRead).to_owned()),
        LastSignIn::Never => (TextStyle::Quiet, says::NEVER.to_owned()),
        LastSignIn::Unknown(_) => (TextStyle::Unknown, theme.glyph(Glyph::Unknown).to_owned()),
        LastSignIn::At(at) => {
            let age = root_access::short_age(*at, app.model.now);
            if RootFinding::of(audit, app.model.now).contains(&RootFinding::RecentSignIn) {
                (TextStyle::Attention, format!("{} {age}", theme.glyph(Glyph::Attention)))
            } else {
                (TextStyle::Plain, age)
            }
        }
    }
}
