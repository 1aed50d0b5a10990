//! The dialogs of root access: auditing several accounts, deleting credentials, and the results.

use std::collections::BTreeSet;

use ratatui::text::{Line, Span};

use super::super::canvas::Canvas;
use super::super::measure::span;
use super::super::progress::{progress_in, progress_line};
use super::super::root_details::last_used;
use super::super::text::{Text, explained};
use super::super::theme::{Glyph, TextStyle};
use super::buttons::Button;
use super::names::{id_and_name, named_account};
use super::outcome::reason_line;
use super::page::{Page, Typing};
use super::sheet::Sheet;
use super::window::{most_lines, read, text_for, widest};
use crate::app::dialogs::reader::Reader;
use crate::app::dialogs::root_audit::AskAudit;
use crate::app::dialogs::root_deletion::{Asking, DeleteDialog, Stage};
use crate::app::focus::Focus;
use crate::app::ids::RunId;
use crate::app::reading::Reading;
use crate::app::shell::App;
use crate::app::state::choices::SkippedAccount;
use crate::domain::account::{Account, AccountId};
use crate::domain::deletion::{DeletionPlan, DeletionResult, DeletionVerdict};
use crate::domain::mfa_device::MfaDevice;
use crate::domain::root_credentials::{AccessKey, CredentialKind, RootAudit, RootCredential};
use crate::words::ui::root as says;
use crate::words::{api_error, change, root_access, time};

/// More accounts than this have a line each, behind everything else.
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
    account_lines(app, sheet.part(0), &ask.accounts);
    skipped_lines(app, sheet.part(2), &ask.skipped);
    let commands = app.model.commands(|caller| ask.aws_commands(caller));
    if let Some(first) = ask.accounts.first().filter(|_| !commands.is_empty() && ask.accounts.len() > 1) {
        sheet.part(6).quiet(&says::in_each_account(&first.name, first.id));
    }
    sheet.commands(app, &commands);
    sheet.blank();
    let question = tick(ask.unasked, &format!("{} (space)", root_access::AUDIT_WITHOUT_ASKING));
    let mut listed = Text::new(canvas.theme, sheet.room());
    list_lines(app, &mut listed, &ask.accounts, &ask.skipped);
    let question = (question.into(), ask.form.focus == Focus::Answer);
    sheet.ask_to_read(canvas, "Audit", question, ask.reading, listed.lines);
}

fn tick(is_ticked: bool, text: &str) -> Span<'static> {
    Span::raw(format!("{} {text}", if is_ticked { "[x]" } else { "[ ]" }))
}

/// Names all hidden accounts, and the others where a sentence has room for them.
pub(super) fn account_lines(app: &App, text: &mut Text, accounts: &[Account]) {
    hidden_lines(app, text, accounts);
    if (2..=NAMED).contains(&accounts.len()) {
        let names: Vec<String> = accounts.iter().map(|account| format!("{} ({})", account.name, account.id)).collect();
        text.plain(&format!("{}.", names.join(", ")));
    }
}

pub(super) fn hidden_lines(app: &App, text: &mut Text, accounts: &[Account]) {
    let hidden = app.hidden_marks().into_iter().filter(|id| accounts.iter().any(|account| account.id == *id));
    if let Some(said) = hidden_text(app, hidden) {
        text.flagged(Glyph::Attention, &said);
    }
}

/// Those that are too many for a sentence, each on its line.
fn list_lines(app: &App, text: &mut Text, accounts: &[Account], skipped: &[SkippedAccount]) {
    if accounts.len() > NAMED {
        text.blank();
        text.paragraph(TextStyle::Accent, &says::accounts_of(root_access::accounts(accounts.len())));
        for account in accounts {
            text.plain(&format!("  {} {}", account.id, account.name));
        }
    }
    if skipped.len() > NAMED {
        text.blank();
        text.paragraph(TextStyle::Accent, &says::skipped_of(root_access::accounts(skipped.len())));
        for one in skipped {
            let why = root_access::skipped(&one.reason);
            text.quiet(&format!("  {} ({why})", id_and_name(app, one.account)));
        }
    }
}

pub(super) fn hidden_text(app: &App, hidden: impl Iterator<Item = AccountId>) -> Option<String> {
    let names: Vec<String> = hidden.map(|id| named_account(app, id)).collect();
    let text = format!("{}: {}.", root_access::hidden(names.len()), names.join(", "));
    (!names.is_empty()).then_some(text)
}

/// Names the skipped accounts where a sentence has room for them.
fn skipped_lines(app: &App, text: &mut Text, skipped: &[SkippedAccount]) {
    if (1..=NAMED).contains(&skipped.len()) {
        let named = |one: &SkippedAccount| {
            format!("{} ({})", named_account(app, one.account), root_access::skipped(&one.reason))
        };
        text.quiet(&says::skipped_because(skipped.iter().map(named).collect::<Vec<_>>().join(", ")));
    }
}

pub(super) fn delete(app: &App, dialog: &DeleteDialog, canvas: &mut Canvas<'_>) {
    // Once it is known, of those in which something is deleted.
    let accounts: Vec<&Account> = match &dialog.stage {
        Stage::Asking(asking) if !asking.plans.is_empty() => asking.plans.iter().map(|plan| &plan.account).collect(),
        _ => dialog.accounts.iter().collect(),
    };
    let title = match accounts.as_slice() {
        [account] => says::delete_of_account(&account.name, account.id),
        accounts => says::delete_of_accounts(root_access::accounts(accounts.len())),
    };
    match &dialog.stage {
        Stage::Kinds => kinds(app, dialog, &title, canvas),
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

/// The choices stay on screen; the text above them scrolls.
fn kinds(app: &App, dialog: &DeleteDialog, title: &str, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, widest(canvas));
    account_lines(app, &mut text, &dialog.accounts);
    text.flagged(Glyph::Attention, change::ALARMS);
    text.plain(root_access::LOOK_FIRST);
    skipped_lines(app, &mut text, &dialog.skipped);
    list_lines(app, &mut text, &dialog.accounts, &dialog.skipped);
    if text.lines.len() + CredentialKind::ALL.len() + 3 < most_lines(canvas) {
        text.blank();
    }
    let focus = dialog.form.focus;
    let choice = |(place, kind): (usize, CredentialKind)| {
        (tick(dialog.kinds.contains(&kind), root_access::kind(kind)).into(), focus == Focus::Item(place))
    };
    let questions = [(says::WHICH_KINDS.into(), false)];
    let questions = questions.into_iter().chain(CredentialKind::ALL.into_iter().enumerate().map(choice)).collect();
    let buttons = vec![
        Button::new(Focus::Cancel, "Cancel", focus, true, TextStyle::Plain),
        Button::new(Focus::Act, "Preview", focus, !dialog.kinds.is_empty(), TextStyle::Accent),
    ];
    let (role, reading) = (TextStyle::Danger, Reading { top: dialog.top, is_done: true });
    let widest = widest(canvas);
    Page { title, role, text, reading, to_read: None, questions, typing: None, buttons, widest }.draw(canvas);
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
    Page { title, role, text, reading, to_read: None, questions: Vec::new(), typing, buttons, widest: widest(canvas) }
        .draw(canvas);
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
    skipped_lines(app, text, &dialog.skipped);
    list_lines(app, text, &[], &dialog.skipped);
}

pub(super) fn results(app: &App, reader: &Reader<RunId>, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, widest(canvas));
    if let Some(deletion) = app.model.root.deletion.as_ref().filter(|deletion| deletion.run == reader.about) {
        if !deletion.ended {
            progress_in(app, &mut text);
        }
        summary(&mut text, deletion.results.values().flatten().map(DeletionResult::verdict));
        for plan in &deletion.plans {
            text.paragraph(TextStyle::Accent, &format!("{} ({})", plan.account.name, plan.account.id));
            match deletion.results.get(&plan.account.id) {
                Some(results) => results.iter().for_each(|result| result_lines(app, &mut text, result)),
                None if deletion.ended => text.noted(Glyph::Attention, says::NOT_ATTEMPTED),
                None => text.noted(Glyph::Waiting, says::NOT_YET),
            }
        }
    }
    // Nothing is confirmed here: red is left to what failed.
    read(canvas, says::DELETION, TextStyle::Accent, &text, reader.top);
}

fn glyph_of(verdict: DeletionVerdict) -> Glyph {
    match verdict {
        DeletionVerdict::Deleted => Glyph::On,
        DeletionVerdict::AlreadyAbsent => Glyph::Off,
        DeletionVerdict::Unproved | DeletionVerdict::Unknown => Glyph::Unknown,
        DeletionVerdict::NotAttempted => Glyph::Attention,
        DeletionVerdict::DeniedByScp | DeletionVerdict::Failed => Glyph::Danger,
    }
}

/// How many ended how, the worst first.
fn summary(text: &mut Text, verdicts: impl Iterator<Item = DeletionVerdict>) {
    let glyphs: Vec<Glyph> = verdicts.map(glyph_of).collect();
    let kinds = [
        (Glyph::Danger, says::NOT_DELETED),
        (Glyph::Unknown, says::DELETION_UNKNOWN),
        (Glyph::Attention, says::DELETION_NOT_TRIED),
        (Glyph::On, says::DELETED),
        (Glyph::Off, says::ABSENT),
    ];
    let theme = text.theme;
    let count = |glyph: Glyph| glyphs.iter().filter(|other| **other == glyph).count();
    let parts = kinds.into_iter().filter(|(glyph, _)| count(*glyph) > 0);
    let parts = parts
        .map(|(glyph, word)| span(theme, glyph.style(), format!("{} {} {word}  ", theme.glyph(glyph), count(glyph))));
    let line: Vec<Span<'static>> = parts.collect();
    if !line.is_empty() {
        text.push(Line::from(line));
        text.blank();
    }
}

fn result_lines(app: &App, text: &mut Text, result: &DeletionResult) {
    let verdict = result.verdict();
    let glyph = glyph_of(verdict);
    text.noted(glyph, &format!("{}: {}", result.credential, root_access::verdict(verdict)));
    if verdict.is_gone() {
        return;
    }
    if let Some(error) = root_access::error_of(&result.call) {
        let words = explained(app, error);
        text.plain(&format!("    {}", words.said));
        text.quiet(&format!("    {}", words.fix));
    }
}
