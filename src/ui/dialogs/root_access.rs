//! The dialogs of root access: auditing several accounts, deleting credentials, and what came of it.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{columns, span, wrap};
use super::super::root_access::progress;
use super::super::root_details::last_used;
use super::super::theme::{Glyph, TextStyle, Theme};
use super::buttons::Button;
use super::page::{Page, Typing, WIDEST};
use super::sheet::{Sheet, command_lines};
use super::window::{scrolled, window};
use crate::app::App;
use crate::app::confirm::Focus;
use crate::app::effect::RunId;
use crate::app::layers::Reader;
use crate::app::root_access::{AskAudit, Asking, DeleteDialog, KindFocus, LeftOutAccount, Stage};
use crate::domain::account::{Account, AccountId};
use crate::domain::deletion::{DeletionPlan, DeletionResult, DeletionVerdict};
use crate::domain::root_credentials::{AccessKey, CredentialKind, RootAudit, RootCredential};
use crate::words::{api_error, change, root_access, time};

/// More accounts than this are not named one by one in a sentence.
const NAMED: usize = 8;

pub(super) fn ask_audit(app: &App, ask: &AskAudit, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let count = root_access::accounts(ask.accounts.len());
    let title = match ask.accounts.as_slice() {
        [account] => format!("Audit the root credentials of {} ({})", account.name, account.id),
        _ => format!("Audit the root credentials of {count}"),
    };
    let mut sheet = Sheet::new(theme, area, title, TextStyle::Accent);
    let depth = format!("A {} audit: {}.", root_access::depth(ask.depth), root_access::depth_help(ask.depth));
    sheet.paragraph(TextStyle::Plain, &depth, 1);
    let time = root_access::span(app.model.root.estimate(ask.depth, ask.accounts.len()));
    sheet.paragraph(TextStyle::Plain, &format!("{count}, about {time}; it can be paused (P) and stopped (X)."), 0);
    account_lines(app, &mut sheet, theme, &ask.accounts);
    if let Some(text) = left_out(app, &ask.left_out) {
        sheet.paragraph(TextStyle::Quiet, &text, 2);
    }
    sheet.blank();
    sheet.paragraph(TextStyle::Attention, &format!("{} {}", theme.glyph(Glyph::Attention), change::ALARMS), 0);
    let tick = if ask.unasked { "[x]" } else { "[ ]" };
    let mut question = Span::raw(format!("{tick} {} (space)", root_access::UNASKED));
    if ask.focus == Focus::Answer {
        question = question.style(Modifier::REVERSED);
    }
    sheet.answer_line(Line::from(question));
    sheet.blank();
    let commands = app.model.commands(|caller| ask.aws_commands(caller));
    if let Some(first) = ask.accounts.first().filter(|_| !commands.is_empty() && ask.accounts.len() > 1) {
        sheet.paragraph(TextStyle::Quiet, &format!("In each account, as in {} ({}):", first.name, first.id), 6);
    }
    sheet.commands(app, &commands);
    sheet.button(Focus::Cancel, ask.focus, "Cancel", true, TextStyle::Plain);
    sheet.button(Focus::Act, ask.focus, "Audit", true, TextStyle::Accent);
    let placed = sheet.draw(buf, area, drawn);
    if ask.focus == Focus::Answer {
        drawn.cursor = placed.answer;
    }
}

/// Names the accounts that a question is about: all that the view does not show, and of the others as many
/// as a sentence has room for.
pub(super) fn account_lines(app: &App, sheet: &mut Sheet<'_>, theme: Theme, accounts: &[Account]) {
    if accounts.len() > 1 {
        let mut names: Vec<&str> = accounts.iter().take(NAMED).map(|account| account.name.as_str()).collect();
        let more = format!("and {} more", accounts.len().saturating_sub(NAMED));
        if accounts.len() > NAMED {
            names.push(&more);
        }
        sheet.paragraph(TextStyle::Plain, &format!("{}.", names.join(", ")), 3);
    }
    hidden_lines(app, sheet, theme, accounts);
}

/// Names those of the accounts that are marked and that the view does not show.
pub(super) fn hidden_lines(app: &App, sheet: &mut Sheet<'_>, theme: Theme, accounts: &[Account]) {
    let hidden = app.hidden_marks().into_iter().filter(|id| accounts.iter().any(|account| account.id == *id));
    if let Some(text) = hidden_text(app, theme, hidden) {
        sheet.paragraph(TextStyle::Attention, &text, 0);
    }
}

/// The sentence that names hidden marks; `None` where none is hidden.
pub(super) fn hidden_text(app: &App, theme: Theme, hidden: impl Iterator<Item = AccountId>) -> Option<String> {
    let names: Vec<String> = hidden.map(|id| named_account(app, id)).collect();
    let text = format!("{} {}: {}.", theme.glyph(Glyph::Attention), root_access::hidden(names.len()), names.join(", "));
    (!names.is_empty()).then_some(text)
}

/// The accounts that are left out, each with the reason.
fn left_out(app: &App, left_out: &[LeftOutAccount]) -> Option<String> {
    if left_out.is_empty() {
        return None;
    }
    let named = left_out.iter().take(NAMED);
    let mut parts: Vec<String> = named
        .map(|one| format!("{} ({})", named_account(app, one.account), root_access::left_out(&one.reason)))
        .collect();
    if left_out.len() > NAMED {
        parts.push(format!("and {} more", left_out.len() - NAMED));
    }
    Some(format!("Left out: {}.", parts.join(", ")))
}

fn named_account(app: &App, id: AccountId) -> String {
    app.model.accounts.get(id).map_or_else(|| id.to_string(), |account| format!("{} {id}", account.name))
}

pub(super) fn delete(app: &App, dialog: &DeleteDialog, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let title = match dialog.accounts.as_slice() {
        [account] => format!("Delete root credentials of {} ({})", account.name, account.id),
        accounts => format!("Delete root credentials of {}", root_access::accounts(accounts.len())),
    };
    match &dialog.stage {
        Stage::Kinds(focus) => kinds(app, dialog, *focus, &title, theme, buf, area, drawn),
        Stage::Reading(_) => {
            let mut sheet = Sheet::new(theme, area, title, TextStyle::Danger);
            sheet.paragraph(TextStyle::Plain, root_access::LOOK_FIRST, 1);
            sheet.blank();
            let room = sheet.room();
            sheet.line(progress(app, theme, room).unwrap_or_default());
            sheet.button(Focus::Cancel, Focus::Cancel, "Stop", true, TextStyle::Plain);
            sheet.draw(buf, area, drawn);
        }
        Stage::Asking(asking) => confirm(app, dialog, asking, &title, theme, buf, area, drawn),
    }
}

#[expect(clippy::too_many_arguments, reason = "the parts of one picture")]
fn kinds(
    app: &App,
    dialog: &DeleteDialog,
    focus: KindFocus,
    title: &str,
    theme: Theme,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let mut sheet = Sheet::new(theme, area, title, TextStyle::Danger);
    sheet.paragraph(TextStyle::Plain, "Which kinds are to go? Space takes one in or out.", 1);
    for kind in CredentialKind::ALL {
        let tick = if dialog.kinds.contains(&kind) { "[x]" } else { "[ ]" };
        let focused = focus == KindFocus::Kind(kind);
        let mut text = Span::raw(format!("{tick} {}", root_access::kind(kind)));
        if focused {
            text = text.style(Modifier::REVERSED);
            sheet.answer_line(Line::from(text));
        } else {
            sheet.line(Line::from(text));
        }
    }
    sheet.blank();
    account_lines(app, &mut sheet, theme, &dialog.accounts);
    let left_out = left_out(app, &dialog.left_out);
    if let Some(text) = &left_out {
        sheet.paragraph(TextStyle::Quiet, text, 3);
    }
    if left_out.is_some() || dialog.accounts.len() > 1 {
        sheet.blank();
    }
    sheet.paragraph(TextStyle::Plain, root_access::LOOK_FIRST, 2);
    sheet.paragraph(TextStyle::Attention, &format!("{} {}", theme.glyph(Glyph::Attention), change::ALARMS), 4);
    let focus = match focus {
        KindFocus::Kind(_) => Focus::Answer,
        KindFocus::Cancel => Focus::Cancel,
        KindFocus::Look => Focus::Act,
    };
    sheet.button(Focus::Cancel, focus, "Cancel", true, TextStyle::Plain);
    sheet.button(Focus::Act, focus, "Preview", !dialog.kinds.is_empty(), TextStyle::Accent);
    let placed = sheet.draw(buf, area, drawn);
    if focus == Focus::Answer {
        drawn.cursor = placed.answer;
    }
}

#[expect(clippy::too_many_arguments, reason = "the parts of one picture")]
fn confirm(
    app: &App,
    dialog: &DeleteDialog,
    asking: &Asking,
    title: &str,
    theme: Theme,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let room = usize::from(area.width.min(WIDEST)).saturating_sub(4);
    let content = Plan { app, theme, room, lines: Vec::new() }.of(dialog, asking);
    let mut buttons = vec![Button::new("Cancel", asking.focus == Focus::Cancel, true, TextStyle::Plain)];
    if !asking.plans.is_empty() {
        buttons.push(Button::new("Delete", asking.focus == Focus::Act, asking.is_ready(), TextStyle::Danger));
    }
    let (role, reading) = (TextStyle::Danger, asking.reading);
    let page = Page { theme, title, role, content: &content, reading, below: buttons.len(), widest: WIDEST };
    let below = page.draw(buf, area, drawn);
    below.buttons(&buttons, buf, drawn);
    let focused = asking.focus == Focus::Field;
    if !asking.plans.is_empty()
        && let Some(row) = below.typing_row(below.rows().next(), focused, buf)
    {
        let typing = Typing {
            token: &asking.token(),
            is_count: asking.plans.len() > 1,
            typed: &asking.typed,
            is_right: asking.is_ready(),
            focused,
            reading,
        };
        typing.draw(theme, buf, row, drawn);
    }
}

/// The text of the confirmation: what would go and what not.
struct Plan<'a> {
    app: &'a App,
    theme: Theme,
    room: usize,
    lines: Vec<Line<'static>>,
}

impl Plan<'_> {
    fn paragraph(&mut self, role: TextStyle, text: &str) {
        let theme = self.theme;
        self.lines.extend(wrap(text, self.room).into_iter().map(|line| Line::from(span(theme, role, line))));
    }

    fn of(mut self, dialog: &DeleteDialog, asking: &Asking) -> Vec<Line<'static>> {
        if asking.plans.is_empty() {
            self.paragraph(TextStyle::Plain, root_access::nothing_to_delete(asking.unread.len()));
        } else {
            let (count, all) = (asking.plans.len(), asking.credentials());
            let text = format!(
                "Will delete {} of {}, in this order:",
                root_access::credentials(all),
                root_access::accounts(count)
            );
            self.paragraph(TextStyle::Plain, &text);
            self.paragraph(TextStyle::Attention, root_access::GONE_FOR_GOOD);
            self.paragraph(TextStyle::Attention, change::ALARMS);
            self.lines.push(Line::default());
        }
        for plan in &asking.plans {
            self.plan(plan, asking.audits.get(&plan.account.id));
        }
        self.stays(dialog, asking);
        if !asking.plans.is_empty() {
            self.lines.push(Line::default());
            let commands = self.app.model.commands(|caller| asking.aws_commands(caller));
            for line in command_lines(self.app, &commands, self.room).into_iter().flatten() {
                self.lines.push(Line::from(span(self.theme, TextStyle::Quiet, line)));
            }
        }
        self.lines
    }

    fn plan(&mut self, plan: &DeletionPlan, audit: Option<&RootAudit>) {
        self.paragraph(TextStyle::Accent, &format!("{} ({})", plan.account.name, plan.account.id));
        for credential in &plan.credentials {
            let about = audit.map(|audit| self.about(credential, audit)).unwrap_or_default();
            let text = format!("  {} {credential}{about}", self.theme.glyph(Glyph::Danger));
            self.paragraph(TextStyle::Danger, &text);
        }
    }

    /// What the look beforehand knows of a credential.
    fn about(&self, credential: &RootCredential, audit: &RootAudit) -> String {
        let ago = |at: jiff::Timestamp| time::ago(at, self.app.model.now);
        match credential {
            RootCredential::Password => audit
                .password
                .details()
                .and_then(|password| password.created)
                .map(|at| format!(", created {}", ago(at)))
                .unwrap_or_default(),
            RootCredential::AccessKey(id) => {
                let key = audit.access_keys.details().and_then(|keys| keys.iter().find(|key| key.id == *id));
                key.map(|key: &AccessKey| format!(", {}, {}", key.status, last_used(self.app, &key.last_used)))
                    .unwrap_or_default()
            }
            RootCredential::SigningCertificate(id) => {
                let all = audit.signing_certificates.details();
                let one = all.and_then(|all| all.iter().find(|one| one.id == *id));
                one.map(|one| format!(", {}", one.status)).unwrap_or_default()
            }
            RootCredential::MfaDevice(_) => String::new(),
        }
    }

    /// What does not go, and why; and what becomes weaker by it.
    fn stays(&mut self, dialog: &DeleteDialog, asking: &Asking) {
        for id in asking.weakened() {
            let text = format!(
                "{} {}: {}",
                self.theme.glyph(Glyph::Attention),
                named_account(self.app, id),
                root_access::WEAKENED
            );
            self.paragraph(TextStyle::Attention, &text);
        }
        let mut told = BTreeSet::new();
        for unread in &asking.unread {
            let words = unread
                .fault
                .as_ref()
                .map(|why| (why.kind, api_error::fault(why, self.app.model.caller_to_mend(why).as_ref())));
            let cause = words.as_ref().map_or("not reached", |(kind, _)| api_error::short(*kind));
            let text = format!(
                "{} {} could not be read, so nothing of it goes: {cause}",
                self.theme.glyph(Glyph::Unknown),
                named_account(self.app, unread.account)
            );
            self.paragraph(TextStyle::Unknown, &text);
            // A cause that many accounts have is told in full once.
            if let Some((kind, words)) = words
                && told.insert(api_error::short(kind))
            {
                self.paragraph(TextStyle::Plain, &format!("  {}: {}", words.tried, words.said));
                self.paragraph(TextStyle::Quiet, &format!("  {}", words.fix));
            }
        }
        for id in &asking.nothing {
            let text = format!("- {}: nothing of these kinds is there", named_account(self.app, *id));
            self.paragraph(TextStyle::Quiet, &text);
        }
        let kept: Vec<&str> = CredentialKind::ALL
            .into_iter()
            .filter(|kind| !dialog.kinds.contains(kind))
            .map(root_access::kind)
            .collect();
        if !kept.is_empty() {
            self.paragraph(TextStyle::Quiet, &format!("Not chosen, left as they are: {}.", kept.join(", ")));
        }
        if let Some(text) = left_out(self.app, &dialog.left_out) {
            self.paragraph(TextStyle::Quiet, &text);
        }
    }
}

/// What came of a deletion, as far as it is.
pub(super) fn results(
    app: &App,
    reader: &Reader<RunId>,
    theme: Theme,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let room = usize::from(area.width.min(90)).saturating_sub(4);
    let mut text = Plan { app, theme, room, lines: Vec::new() };
    if let Some(deletion) = app.model.root.deletion.as_ref().filter(|deletion| deletion.run == reader.about) {
        if !deletion.ended
            && let Some(line) = progress(app, theme, room)
        {
            text.lines.push(line);
        }
        for plan in &deletion.plans {
            text.paragraph(TextStyle::Accent, &format!("{} ({})", plan.account.name, plan.account.id));
            match deletion.results.get(&plan.account.id) {
                Some(results) => results.iter().for_each(|result| text.result(result)),
                None if deletion.ended => {
                    text.paragraph(TextStyle::Plain, "  not attempted: it was stopped before this account");
                }
                None => text.paragraph(TextStyle::Waiting, &format!("  {} not yet", theme.glyph(Glyph::Waiting))),
            }
        }
    }
    let inner = window(theme, buf, area, "Deletion of root credentials", text.lines.len(), TextStyle::Danger, drawn);
    let top = reader.top.min(text.lines.len().saturating_sub(columns_of_rows(inner)));
    scrolled(buf, inner, &text.lines, top, drawn);
    drawn.cursor = Some(Position { x: inner.x, y: inner.y });
}

fn columns_of_rows(area: Rect) -> usize {
    columns(Rect { width: area.height, ..area })
}

impl Plan<'_> {
    fn result(&mut self, result: &DeletionResult) {
        let verdict = result.verdict();
        let (role, glyph) = match verdict {
            DeletionVerdict::Deleted => (TextStyle::On, Glyph::On),
            DeletionVerdict::AlreadyAbsent => (TextStyle::Quiet, Glyph::Off),
            DeletionVerdict::Unproved | DeletionVerdict::Unknown => (TextStyle::Unknown, Glyph::Unknown),
            DeletionVerdict::NotAttempted => (TextStyle::Plain, Glyph::Attention),
            DeletionVerdict::DeniedByScp | DeletionVerdict::Failed => (TextStyle::Danger, Glyph::Danger),
        };
        let text = format!("  {} {}: {}", self.theme.glyph(glyph), result.credential, root_access::verdict(verdict));
        self.paragraph(role, &text);
        if verdict.is_gone() {
            return;
        }
        if let Some(fault) = root_access::fault_of(&result.call) {
            let words = api_error::fault(fault, self.app.model.caller_to_mend(fault).as_ref());
            self.paragraph(TextStyle::Plain, &format!("    {}", words.said));
            self.paragraph(TextStyle::Quiet, &format!("    {}", words.fix));
        }
    }
}
