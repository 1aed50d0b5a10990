//! The dialogs of root access: auditing several accounts, deleting credentials, and what came of it.

use std::collections::BTreeSet;

use ratatui::style::Modifier;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::progress::progress_line;
use super::super::root_details::last_used;
use super::super::text::Text;
use super::super::theme::{Glyph, TextStyle};
use super::buttons::Button;
use super::names::named_account;
use super::page::{Page, Typing};
use super::sheet::Sheet;
use super::window::{WIDEST, read, text_for};
use crate::app::dialogs::reader::Reader;
use crate::app::dialogs::root_audit::AskAudit;
use crate::app::dialogs::root_deletion::{Asking, DeleteDialog, KindFocus, Stage};
use crate::app::focus::Focus;
use crate::app::ids::RunId;
use crate::app::shell::App;
use crate::app::state::choices::LeftOutAccount;
use crate::domain::account::{Account, AccountId};
use crate::domain::deletion::{DeletionPlan, DeletionResult, DeletionVerdict};
use crate::domain::root_credentials::{AccessKey, CredentialKind, RootAudit, RootCredential};
use crate::words::ui::root as says;
use crate::words::{api_error, change, root_access, time};

/// More accounts than this are not named one by one in a sentence.
const NAMED: usize = 8;

pub(super) fn ask_audit(app: &App, ask: &AskAudit, canvas: &mut Canvas<'_>) {
    let count = root_access::accounts(ask.accounts.len());
    let title = match ask.accounts.as_slice() {
        [account] => says::audit_account(&account.name, account.id),
        _ => says::audit_accounts(&count),
    };
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, ask.focus);
    let depth = format!("A {} audit: {}.", root_access::depth(ask.depth), root_access::depth_help(ask.depth));
    sheet.paragraph(1, TextStyle::Plain, &depth);
    let time = root_access::span(app.model.root.estimate(ask.depth, ask.accounts.len()));
    sheet.paragraph(0, TextStyle::Plain, &says::audit_takes(count, time));
    account_lines(app, &mut sheet, &ask.accounts);
    if let Some(text) = left_out(app, &ask.left_out) {
        sheet.paragraph(2, TextStyle::Quiet, &text);
    }
    sheet.blank();
    sheet.part(0).flagged(Glyph::Attention, change::ALARMS);
    let question = tick(ask.unasked, &format!("{} (space)", root_access::UNASKED), ask.focus == Focus::Answer);
    sheet.answer(question, ask.focus == Focus::Answer);
    sheet.blank();
    let commands = app.model.commands(|caller| ask.aws_commands(caller));
    if let Some(first) = ask.accounts.first().filter(|_| !commands.is_empty() && ask.accounts.len() > 1) {
        sheet.paragraph(6, TextStyle::Quiet, &says::in_each_account(&first.name, first.id));
    }
    sheet.commands(app, &commands);
    sheet.cancel("Cancel");
    sheet.act("Audit", true);
    sheet.draw(canvas);
}

/// A box to tick, reversed where it has the focus.
fn tick(is_ticked: bool, text: &str, focused: bool) -> Span<'static> {
    let text = Span::raw(format!("{} {text}", if is_ticked { "[x]" } else { "[ ]" }));
    if focused { text.style(Modifier::REVERSED) } else { text }
}

/// Names the accounts that a question is about: all that the view does not show, and of the others as many
/// as a sentence has room for.
pub(super) fn account_lines(app: &App, sheet: &mut Sheet<'_>, accounts: &[Account]) {
    if accounts.len() > 1 {
        let mut names: Vec<&str> = accounts.iter().take(NAMED).map(|account| account.name.as_str()).collect();
        let more = says::and_more(accounts.len().saturating_sub(NAMED));
        if accounts.len() > NAMED {
            names.push(&more);
        }
        sheet.paragraph(3, TextStyle::Plain, &format!("{}.", names.join(", ")));
    }
    hidden_lines(app, sheet, accounts);
}

/// Names those of the accounts that are marked and that the view does not show.
pub(super) fn hidden_lines(app: &App, sheet: &mut Sheet<'_>, accounts: &[Account]) {
    let hidden = app.hidden_marks().into_iter().filter(|id| accounts.iter().any(|account| account.id == *id));
    if let Some(text) = hidden_text(app, hidden) {
        sheet.part(0).flagged(Glyph::Attention, &text);
    }
}

/// The sentence that names hidden marks; `None` where none is hidden.
pub(super) fn hidden_text(app: &App, hidden: impl Iterator<Item = AccountId>) -> Option<String> {
    let names: Vec<String> = hidden.map(|id| named_account(app, id)).collect();
    let text = format!("{}: {}.", root_access::hidden(names.len()), names.join(", "));
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
        parts.push(says::and_more(left_out.len() - NAMED));
    }
    Some(says::left_out_because(parts.join(", ")))
}

pub(super) fn delete(app: &App, dialog: &DeleteDialog, canvas: &mut Canvas<'_>) {
    let title = match dialog.accounts.as_slice() {
        [account] => says::delete_of_account(&account.name, account.id),
        accounts => says::delete_of_accounts(root_access::accounts(accounts.len())),
    };
    match &dialog.stage {
        Stage::Kinds(focus) => kinds(app, dialog, *focus, title, canvas),
        Stage::Reading(_) => {
            let mut sheet = Sheet::new(canvas, title, TextStyle::Danger, Focus::Cancel);
            sheet.paragraph(1, TextStyle::Plain, root_access::LOOK_FIRST);
            sheet.blank();
            let line = progress_line(app, canvas.theme, sheet.room());
            sheet.part(0).push(line.unwrap_or_default());
            sheet.cancel("Stop");
            sheet.draw(canvas);
        }
        Stage::Asking(asking) => confirm(app, dialog, asking, &title, canvas),
    }
}

fn kinds(app: &App, dialog: &DeleteDialog, at: KindFocus, title: String, canvas: &mut Canvas<'_>) {
    let focus = match at {
        KindFocus::Kind(_) => Focus::Answer,
        KindFocus::Cancel => Focus::Cancel,
        KindFocus::Look => Focus::Act,
    };
    let mut sheet = Sheet::new(canvas, title, TextStyle::Danger, focus);
    sheet.paragraph(1, TextStyle::Plain, says::WHICH_KINDS);
    for kind in CredentialKind::ALL {
        let focused = at == KindFocus::Kind(kind);
        let line = tick(dialog.kinds.contains(&kind), root_access::kind(kind), focused);
        if focused {
            sheet.answer(line, true);
        } else {
            sheet.part(0).push(line);
        }
    }
    sheet.blank();
    account_lines(app, &mut sheet, &dialog.accounts);
    let left_out = left_out(app, &dialog.left_out);
    if let Some(text) = &left_out {
        sheet.paragraph(3, TextStyle::Quiet, text);
    }
    if left_out.is_some() || dialog.accounts.len() > 1 {
        sheet.blank();
    }
    sheet.paragraph(2, TextStyle::Plain, root_access::LOOK_FIRST);
    sheet.part(4).flagged(Glyph::Attention, change::ALARMS);
    sheet.cancel("Cancel");
    sheet.act("Preview", !dialog.kinds.is_empty());
    sheet.draw(canvas);
}

fn confirm(app: &App, dialog: &DeleteDialog, asking: &Asking, title: &str, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, WIDEST);
    Plan { app, text: &mut text }.of(dialog, asking);
    let mut buttons = vec![Button::new("Cancel", asking.focus == Focus::Cancel, true, TextStyle::Plain)];
    if !asking.plans.is_empty() {
        buttons.push(Button::new("Delete", asking.focus == Focus::Act, asking.is_ready(), TextStyle::Danger));
    }
    let typing = (!asking.plans.is_empty()).then(|| Typing {
        token: asking.token(),
        is_count: asking.plans.len() > 1,
        typed: &asking.typed,
        is_right: asking.is_ready(),
        focused: asking.focus == Focus::Field,
    });
    let (role, reading) = (TextStyle::Danger, asking.reading);
    Page { title, role, text, reading, question: None, typing, buttons, widest: WIDEST }.draw(canvas);
}

/// The text of the confirmation: what would go and what not.
struct Plan<'a> {
    app: &'a App,
    text: &'a mut Text,
}

impl Plan<'_> {
    fn of(mut self, dialog: &DeleteDialog, asking: &Asking) {
        if asking.plans.is_empty() {
            self.text.paragraph(TextStyle::Plain, root_access::nothing_to_delete(asking.unread.len()));
        } else {
            let (count, all) = (asking.plans.len(), asking.credentials());
            let text = says::will_delete(root_access::credentials(all), root_access::accounts(count));
            self.text.paragraph(TextStyle::Plain, &text);
            self.text.paragraph(TextStyle::Attention, root_access::GONE_FOR_GOOD);
            self.text.paragraph(TextStyle::Attention, change::ALARMS);
            self.text.blank();
        }
        for plan in &asking.plans {
            self.plan(plan, asking.audits.get(&plan.account.id));
        }
        self.stays(dialog, asking);
        if !asking.plans.is_empty() {
            self.text.blank();
            self.text.commands(self.app, &self.app.model.commands(|caller| asking.aws_commands(caller)));
        }
    }

    fn plan(&mut self, plan: &DeletionPlan, audit: Option<&RootAudit>) {
        self.text.paragraph(TextStyle::Accent, &format!("{} ({})", plan.account.name, plan.account.id));
        for credential in &plan.credentials {
            let about = audit.map(|audit| self.about(credential, audit)).unwrap_or_default();
            self.text.noted(Glyph::Danger, &format!("{credential}{about}"));
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
            let account = named_account(self.app, id);
            self.text.flagged(Glyph::Attention, &format!("{account}: {}", root_access::WEAKENED));
        }
        let mut told = BTreeSet::new();
        for unread in &asking.unread {
            let words = unread
                .fault
                .as_ref()
                .map(|why| (why.kind, api_error::fault(why, self.app.model.caller_to_mend(why).as_ref())));
            let cause = words.as_ref().map_or(says::NOT_REACHED, |(kind, _)| api_error::short(*kind));
            let account = named_account(self.app, unread.account);
            self.text.flagged(Glyph::Unknown, &says::account_unread(account, cause));
            // A cause that many accounts have is told in full once.
            if let Some((kind, words)) = words
                && told.insert(api_error::short(kind))
            {
                self.text.paragraph(TextStyle::Plain, &format!("  {}: {}", words.tried, words.said));
                self.text.paragraph(TextStyle::Quiet, &format!("  {}", words.fix));
            }
        }
        for id in &asking.nothing {
            let text = says::nothing_there(named_account(self.app, *id));
            self.text.paragraph(TextStyle::Quiet, &text);
        }
        let kept: Vec<&str> = CredentialKind::ALL
            .into_iter()
            .filter(|kind| !dialog.kinds.contains(kind))
            .map(root_access::kind)
            .collect();
        if !kept.is_empty() {
            self.text.paragraph(TextStyle::Quiet, &says::not_chosen(kept.join(", ")));
        }
        if let Some(text) = left_out(self.app, &dialog.left_out) {
            self.text.paragraph(TextStyle::Quiet, &text);
        }
    }
}

/// What came of a deletion, as far as it is.
pub(super) fn results(app: &App, reader: &Reader<RunId>, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, WIDEST);
    if let Some(deletion) = app.model.root.deletion.as_ref().filter(|deletion| deletion.run == reader.about) {
        let room = text.room;
        text.lines.extend(progress_line(app, text.theme, room).filter(|_| !deletion.ended).map(Into::into));
        for plan in &deletion.plans {
            text.paragraph(TextStyle::Accent, &format!("{} ({})", plan.account.name, plan.account.id));
            match deletion.results.get(&plan.account.id) {
                Some(results) => results.iter().for_each(|result| Plan { app, text: &mut text }.result(result)),
                None if deletion.ended => {
                    text.paragraph(TextStyle::Plain, says::NOT_ATTEMPTED);
                }
                None => text.noted(Glyph::Waiting, says::NOT_YET),
            }
        }
    }
    read(canvas, says::DELETION, TextStyle::Danger, &text, reader.top);
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
        let text = format!("{}: {}", result.credential, root_access::verdict(verdict));
        self.text.noted_as(role, glyph, &text);
        if verdict.is_gone() {
            return;
        }
        if let Some(fault) = root_access::fault_of(&result.call) {
            let words = api_error::fault(fault, self.app.model.caller_to_mend(fault).as_ref());
            self.text.paragraph(TextStyle::Plain, &format!("    {}", words.said));
            self.text.paragraph(TextStyle::Quiet, &format!("    {}", words.fix));
        }
    }
}
