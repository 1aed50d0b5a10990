//! The dialogs of root access: auditing several accounts, deleting credentials, and the results.

use std::collections::BTreeSet;

use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::progress::{progress_in, progress_line};
use super::super::root_details::last_used;
use super::super::text::{Text, explained};
use super::super::theme::{Glyph, TextStyle};
use super::buttons::Button;
use super::names::named_account;
use super::outcome::reason_line;
use super::page::{Page, Typing};
use super::sheet::Sheet;
use super::window::{read, text_for, widest};
use crate::app::dialogs::reader::Reader;
use crate::app::dialogs::root_audit::AskAudit;
use crate::app::dialogs::root_deletion::{Asking, DeleteDialog, Stage};
use crate::app::focus::Focus;
use crate::app::ids::RunId;
use crate::app::shell::App;
use crate::app::state::choices::SkippedAccount;
use crate::domain::account::{Account, AccountId};
use crate::domain::deletion::{DeletionPlan, DeletionResult, DeletionVerdict};
use crate::domain::mfa_device::MfaDevice;
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
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, ask.form.focus);
    let depth = format!("A {} audit: {}.", root_access::depth(ask.depth), root_access::depth_help(ask.depth));
    sheet.part(1).plain(&depth);
    sheet.part(0).flagged(Glyph::Attention, change::ALARMS);
    sheet.blank();
    let time = root_access::span(app.model.root.estimate(ask.depth, ask.accounts.len()));
    sheet.part(0).plain(&says::audit_takes(count, time));
    account_lines(app, &mut sheet, &ask.accounts);
    if let Some(text) = skipped(app, &ask.skipped) {
        sheet.part(2).quiet(&text);
    }
    let commands = app.model.commands(|caller| ask.aws_commands(caller));
    if let Some(first) = ask.accounts.first().filter(|_| !commands.is_empty() && ask.accounts.len() > 1) {
        sheet.part(6).quiet(&says::in_each_account(&first.name, first.id));
    }
    sheet.commands(app, &commands);
    sheet.blank();
    let question = tick(ask.unasked, &format!("{} (space)", root_access::AUDIT_WITHOUT_ASKING));
    sheet.ask_to_read(canvas, "Audit", (question.into(), ask.form.focus == Focus::Answer), ask.reading);
}

fn tick(is_ticked: bool, text: &str) -> Span<'static> {
    Span::raw(format!("{} {text}", if is_ticked { "[x]" } else { "[ ]" }))
}

/// Names all hidden accounts, and as many of the others as a sentence has room for.
pub(super) fn account_lines(app: &App, sheet: &mut Sheet<'_>, accounts: &[Account]) {
    if accounts.len() > 1 {
        let mut names: Vec<&str> = accounts.iter().take(NAMED).map(|account| account.name.as_str()).collect();
        let more = says::and_more(accounts.len().saturating_sub(NAMED));
        if accounts.len() > NAMED {
            names.push(&more);
        }
        sheet.part(0).plain(&format!("{}.", names.join(", ")));
    }
    hidden_lines(app, sheet, accounts);
}

pub(super) fn hidden_lines(app: &App, sheet: &mut Sheet<'_>, accounts: &[Account]) {
    let hidden = app.hidden_marks().into_iter().filter(|id| accounts.iter().any(|account| account.id == *id));
    if let Some(text) = hidden_text(app, hidden) {
        sheet.part(0).flagged(Glyph::Attention, &text);
    }
}

pub(super) fn hidden_text(app: &App, hidden: impl Iterator<Item = AccountId>) -> Option<String> {
    let names: Vec<String> = hidden.map(|id| named_account(app, id)).collect();
    let text = format!("{}: {}.", root_access::hidden(names.len()), names.join(", "));
    (!names.is_empty()).then_some(text)
}

fn skipped(app: &App, skipped: &[SkippedAccount]) -> Option<String> {
    if skipped.is_empty() {
        return None;
    }
    let named = skipped.iter().take(NAMED);
    let mut parts: Vec<String> = named
        .map(|one| format!("{} ({})", named_account(app, one.account), root_access::skipped(&one.reason)))
        .collect();
    if skipped.len() > NAMED {
        parts.push(says::and_more(skipped.len() - NAMED));
    }
    Some(says::skipped_because(parts.join(", ")))
}

pub(super) fn delete(app: &App, dialog: &DeleteDialog, canvas: &mut Canvas<'_>) {
    let title = match dialog.accounts.as_slice() {
        [account] => says::delete_of_account(&account.name, account.id),
        accounts => says::delete_of_accounts(root_access::accounts(accounts.len())),
    };
    match &dialog.stage {
        Stage::Kinds => kinds(app, dialog, title, canvas),
        Stage::Reading(_) => {
            let mut sheet = Sheet::new(canvas, title, TextStyle::Danger, Focus::Cancel);
            sheet.part(1).plain(root_access::LOOK_FIRST);
            sheet.blank();
            let line = progress_line(app, canvas.theme, sheet.room());
            sheet.part(0).push(line.unwrap_or_default());
            sheet.cancel("Stop");
            sheet.draw(canvas);
        }
        Stage::Asking(asking) => confirm(app, dialog, asking, &title, canvas),
    }
}

fn kinds(app: &App, dialog: &DeleteDialog, title: String, canvas: &mut Canvas<'_>) {
    let mut sheet = Sheet::new(canvas, title, TextStyle::Danger, dialog.form.focus);
    sheet.part(1).plain(says::WHICH_KINDS);
    for (place, kind) in CredentialKind::ALL.into_iter().enumerate() {
        let focused = dialog.form.focus == Focus::Item(place);
        let line = tick(dialog.kinds.contains(&kind), root_access::kind(kind));
        if focused {
            sheet.answer(line, true);
        } else {
            sheet.part(0).push(line);
        }
    }
    sheet.blank();
    account_lines(app, &mut sheet, &dialog.accounts);
    let skipped = skipped(app, &dialog.skipped);
    if let Some(text) = &skipped {
        sheet.part(3).quiet(text);
    }
    if skipped.is_some() || dialog.accounts.len() > 1 {
        sheet.blank();
    }
    sheet.part(2).plain(root_access::LOOK_FIRST);
    sheet.part(4).flagged(Glyph::Attention, change::ALARMS);
    sheet.ask(canvas, "Preview", !dialog.kinds.is_empty());
}

fn confirm(app: &App, dialog: &DeleteDialog, asking: &Asking, title: &str, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, widest(canvas));
    plan_lines(app, &mut text, dialog, asking);
    let mut buttons = vec![Button::new(Focus::Cancel, "Cancel", dialog.form.focus, true, TextStyle::Plain)];
    if !asking.plans.is_empty() {
        let ready = asking.is_ready() && !dialog.form.lacks_reason();
        buttons.push(Button::new(Focus::Act, "Delete", dialog.form.focus, ready, TextStyle::Danger));
    }
    let typing = (!asking.plans.is_empty()).then(|| Typing {
        token: asking.token(),
        is_count: asking.plans.len() > 1,
        typed: &asking.typed,
        is_right: asking.is_ready(),
        focused: dialog.form.focus == Focus::Field,
    });
    let (role, reading) = (TextStyle::Danger, asking.reading);
    Page { title, role, text, reading, question: None, typing, buttons, widest: widest(canvas) }.draw(canvas);
}

fn plan_lines(app: &App, text: &mut Text, dialog: &DeleteDialog, asking: &Asking) {
    if asking.plans.is_empty() {
        text.plain(root_access::nothing_to_delete(asking.unread.len()));
    } else {
        let (count, all) = (asking.plans.len(), asking.credentials());
        let (credentials, accounts) = (root_access::credentials(all), root_access::accounts(count));
        text.plain(&says::will_delete(credentials, accounts));
        text.attention(root_access::GONE_FOR_GOOD);
        text.attention(change::ALARMS);
        text.blank();
    }
    for plan in &asking.plans {
        would_go(app, text, plan, asking.audits.get(&plan.account.id));
    }
    stays(app, text, dialog, asking);
    if !asking.plans.is_empty() {
        text.blank();
        reason_line(text, &dialog.form);
        let commands = app.model.commands(|caller| asking.aws_commands(caller));
        text.commands(app, &dialog.form.reasoned(commands));
    }
}

fn would_go(app: &App, text: &mut Text, plan: &DeletionPlan, audit: Option<&RootAudit>) {
    text.paragraph(TextStyle::Accent, &format!("{} ({})", plan.account.name, plan.account.id));
    for credential in &plan.credentials {
        let about = audit.map(|audit| about(app, credential, audit)).unwrap_or_default();
        text.noted(Glyph::Danger, &format!("{credential}{about}"));
    }
}

fn about(app: &App, credential: &RootCredential, audit: &RootAudit) -> String {
    let ago = |at: jiff::Timestamp| time::ago(at, app.model.now);
    match credential {
        RootCredential::Password => {
            let created = audit.password.details().and_then(|password| password.created);
            let created = created.map(|at| format!(", created {}", ago(at))).unwrap_or_default();
            let sign_in = root_access::last_sign_in(&audit.last_sign_in, app.model.now);
            format!("{created}, {sign_in}")
        }
        RootCredential::AccessKey(id) => {
            let key = audit.access_keys.details().and_then(|keys| keys.iter().find(|key| key.id == *id));
            key.map(|key: &AccessKey| format!(", {}, {}", key.status, last_used(app, &key.last_used)))
                .unwrap_or_default()
        }
        RootCredential::SigningCertificate(id) => {
            let all = audit.signing_certificates.details();
            let one = all.and_then(|all| all.iter().find(|one| one.id == *id));
            one.map(|one| format!(", {}", one.status)).unwrap_or_default()
        }
        RootCredential::MfaDevice(serial) => {
            let device = audit.mfa_devices.details().and_then(|all| all.iter().find(|one| one.serial == *serial));
            let kind = |device: &MfaDevice| format!(", {}", root_access::mfa_kind(device.kind()));
            device.map(kind).unwrap_or_default()
        }
    }
}

fn stays(app: &App, text: &mut Text, dialog: &DeleteDialog, asking: &Asking) {
    for id in asking.weakened() {
        let account = named_account(app, id);
        text.flagged(Glyph::Attention, &format!("{account}: {}", root_access::WEAKENED));
    }
    let mut reported = BTreeSet::new();
    for unread in &asking.unread {
        let cause = unread.error.as_ref().map_or(says::NOT_REACHED, |why| api_error::short(why.kind));
        let account = named_account(app, unread.account);
        text.flagged(Glyph::Unknown, &says::account_unread(account, cause));
        // A cause shared by many accounts is explained once.
        if let Some(why) = unread.error.as_ref().filter(|_| reported.insert(cause)) {
            let words = explained(app, why);
            text.plain(&format!("  {}: {}", words.tried, words.said));
            text.quiet(&format!("  {}", words.fix));
        }
    }
    for id in &asking.nothing {
        text.quiet(&says::nothing_there(named_account(app, *id)));
    }
    let kept = CredentialKind::ALL.into_iter().filter(|kind| !dialog.kinds.contains(kind));
    let kept: Vec<&str> = kept.map(root_access::kind).collect();
    if !kept.is_empty() {
        text.quiet(&says::not_chosen(kept.join(", ")));
    }
    if let Some(skipped) = skipped(app, &dialog.skipped) {
        text.quiet(&skipped);
    }
}

pub(super) fn results(app: &App, reader: &Reader<RunId>, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, widest(canvas));
    if let Some(deletion) = app.model.root.deletion.as_ref().filter(|deletion| deletion.run == reader.about) {
        if !deletion.ended {
            progress_in(app, &mut text);
        }
        for plan in &deletion.plans {
            text.paragraph(TextStyle::Accent, &format!("{} ({})", plan.account.name, plan.account.id));
            match deletion.results.get(&plan.account.id) {
                Some(results) => results.iter().for_each(|result| result_lines(app, &mut text, result)),
                None if deletion.ended => text.plain(says::NOT_ATTEMPTED),
                None => text.noted(Glyph::Waiting, says::NOT_YET),
            }
        }
    }
    read(canvas, says::DELETION, TextStyle::Danger, &text, reader.top);
}

fn result_lines(app: &App, text: &mut Text, result: &DeletionResult) {
    let verdict = result.verdict();
    let glyph = match verdict {
        DeletionVerdict::Deleted => Glyph::On,
        DeletionVerdict::AlreadyAbsent => Glyph::Off,
        DeletionVerdict::Unproved | DeletionVerdict::Unknown => Glyph::Unknown,
        DeletionVerdict::NotAttempted => Glyph::Attention,
        DeletionVerdict::DeniedByScp | DeletionVerdict::Failed => Glyph::Danger,
    };
    let role = if verdict == DeletionVerdict::NotAttempted { TextStyle::Plain } else { glyph.style() };
    text.noted_as(role, glyph, &format!("{}: {}", result.credential, root_access::verdict(verdict)));
    if verdict.is_gone() {
        return;
    }
    if let Some(error) = root_access::error_of(&result.call) {
        let words = explained(app, error);
        text.plain(&format!("    {}", words.said));
        text.quiet(&format!("    {}", words.fix));
    }
}
