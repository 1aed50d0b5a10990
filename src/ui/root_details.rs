//! What is known about root of one account: in full beside view 3, in brief in view 1.

use ratatui::text::Line;

use super::beside::details;
use super::canvas::Canvas;
use super::measure::span;
use super::recovery::{listed, recovery_left_open};
use super::text::Text;
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::shell::App;
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::api_error::ApiError;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{AccessKey, AuditDepth, CredentialKind, LastUsed, Presence, RootAudit};
use crate::domain::root_finding::{RootFinding, Severity};
use crate::domain::sign_in::LastSignIn;
use crate::words::audit_difference::differences;
use crate::words::ui::views as says;
use crate::words::{api_error, change, refusal, root_access, root_finding, time};

pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let account = app.details.and_then(|id| app.model.accounts.get(id));
    let title = account.map_or(says::ROOT_USER, |account| account.name.as_str());
    let place = (app.model.root.pane.reading, app.model.root.pane.top);
    details(canvas, title, place, account, |text, account| account_lines(app, text, account));
}

fn account_lines(app: &App, text: &mut Text, account: &Account) {
    let dot = text.theme.glyph(Glyph::Dot);
    text.quiet(&format!("{} {dot} {}", account.id, app.model.accounts.path(account.id)));
    if crate::domain::text::width(&account.name) + 2 > text.room {
        text.plain(&account.name);
    }
    recovery_left_open(app, text, account.id);
    if account.state != AccountState::Active {
        text.flagged(Glyph::Attention, account.state.as_str());
    }
    if let Some(reason) = app.model.skipped(account) {
        text.quiet(&says::skipped_because(refusal::refusal(&reason)));
    }
    text.blank();
    if let Some(known) = app.model.root.audits.get(&account.id) {
        difference_lines(app, text, account.id);
        audit_lines(app, text, account.id, known);
        if let Some(earlier) = app.model.root.earlier.get(&account.id) {
            text.blank();
            text.quiet(says::KNOWN_FROM_BEFORE);
            audit_lines(app, text, account.id, earlier);
        }
    } else {
        text.plain(&says::not_audited());
        text.blank();
        text.quiet(change::ALARMS);
    }
}

fn audit_lines(app: &App, text: &mut Text, account: AccountId, known: &Known<RootAudit>) {
    let audit = &known.value;
    let zone = &app.model.start.time_zone;
    let at = format!("{}, {}", time::ago(known.at, app.model.now), time::moment(known.at, zone));
    text.label(if audit.is_unread() { "Tried" } else { "Audited" }, TextStyle::Plain, at);
    if let Some(kind) = app.model.root.changed_since(account, known.at) {
        text.noted(Glyph::Attention, root_access::before(kind));
    }
    text.quiet(&format!("  {}: {}", root_access::depth(audit.depth), root_access::depth_help(audit.depth)));
    finding_lines(app, text, account, audit);
    text.blank();
    let [password, keys, mfa, certificates] = cells(text.theme, audit);
    kind_line(text, "Password", &audit.password, password);
    dated(app, text, "  created", audit.password.details().and_then(|password| password.created));
    let sign_in = root_access::last_sign_in(&audit.last_sign_in, app.model.now);
    match &audit.last_sign_in {
        LastSignIn::At(at) => dated(app, text, says::LAST_SIGN_IN, Some(*at)),
        LastSignIn::Unknown(_) => text.paragraph(TextStyle::Unknown, &format!("  {sign_in}")),
        LastSignIn::Never | LastSignIn::NotAsked => text.quiet(&format!("  {sign_in}")),
    }
    kind_line(text, says::ACCESS_KEYS, &audit.access_keys, keys);
    for key in audit.access_keys.details().into_iter().flatten() {
        key_lines(app, text, key);
    }
    kind_line(text, "MFA devices", &audit.mfa_devices, mfa);
    for device in audit.mfa_devices.details().into_iter().flatten() {
        // The account of an ARN is named above.
        let name = device.serial.rsplit_once(':').map_or(device.serial.as_str(), |(_, name)| name);
        text.plain(&format!("  {name}"));
        let kind = root_access::mfa_kind(device.kind());
        match device.enabled {
            Some(_) => dated(app, text, &says::in_use_since(kind), device.enabled),
            None => text.quiet(&format!("    {kind}")),
        }
    }
    kind_line(text, "Certificates", &audit.signing_certificates, certificates);
    for certificate in audit.signing_certificates.details().into_iter().flatten() {
        text.plain(&format!("  {} {}", certificate.id, certificate.status));
        dated(app, text, "    uploaded", certificate.uploaded);
    }
    if audit.depth == AuditDepth::Quick && audit.is_usable() {
        text.blank();
        text.quiet(&says::deep_audit());
    }
    causes(app, text, audit);
}

/// The worst first: name, how bad it is, what shows it, what to do, and its numbers elsewhere.
fn finding_lines(app: &App, text: &mut Text, account: AccountId, audit: &RootAudit) {
    for finding in RootFinding::of(audit, app.model.now) {
        text.blank();
        let style = finding_style(finding);
        let glyph = if style == TextStyle::Danger { Glyph::Danger } else { Glyph::Attention };
        text.flagged_as(style, glyph, &format!("{finding} ({})", finding.severity()));
        text.plain(&format!("  {}", root_finding::evidence(finding, audit, app.model.now)));
        text.plain(&format!("  {}", root_finding::fix_in(finding, account)));
        let references = finding.references();
        if !references.is_empty() {
            text.quiet(&format!("  {}", root_finding::references(&references)));
        }
    }
}

pub(super) fn finding_style(finding: RootFinding) -> TextStyle {
    match finding.severity() {
        Severity::Critical | Severity::High => TextStyle::Danger,
        Severity::Medium => TextStyle::Attention,
    }
}

/// What the newest audit that showed a difference showed.
fn difference_lines(app: &App, text: &mut Text, account: AccountId) {
    let Some(comparison) = app.model.root.compared.get(&account) else { return };
    let zone = &app.model.start.time_zone;
    let all = differences(&comparison.differences, |at| time::moment(at, zone));
    text.flagged(Glyph::Differs, &says::since_audit(time::moment(comparison.since, zone), all));
    text.blank();
}

fn dated(app: &App, text: &mut Text, label: &str, at: Option<jiff::Timestamp>) {
    let Some(at) = at else { return };
    let (ago, day) = (time::ago(at, app.model.now), time::day(at, &app.model.start.time_zone));
    text.quiet(&format!("{label} {ago} ({day})"));
}

fn kind_line<T>(text: &mut Text, label: &str, presence: &Presence<T>, (role, glyph): (TextStyle, String)) {
    let word = match presence {
        Presence::Absent => " none".to_owned(),
        // A number implies that there are some.
        Presence::Present(_) if !glyph.contains(' ') => " present".to_owned(),
        Presence::Present(_) => String::new(),
        Presence::Unknown(error) => format!(" unknown: {}", api_error::short(error.kind)),
    };
    text.label(label, role, format!("{glyph}{word}"));
}

fn key_lines(app: &App, text: &mut Text, key: &AccessKey) {
    text.plain(&format!("  {} {}", key.id, key.status));
    dated(app, text, "    created", key.created);
    let role = match key.last_used {
        LastUsed::Never => TextStyle::Quiet,
        LastUsed::Used { .. } => TextStyle::Attention,
        LastUsed::Unknown(_) => TextStyle::Unknown,
    };
    text.paragraph(role, &format!("    {}", last_used(app, &key.last_used)));
}

/// Why something could not be read, and the fix; each kind of failure once.
fn causes(app: &App, text: &mut Text, audit: &RootAudit) {
    let mut reported = Vec::new();
    for error in errors(audit) {
        if reported.contains(&error.kind) {
            continue;
        }
        reported.push(error.kind);
        text.unread(app, error);
    }
}

/// Everything that could not be read, including the last uses of keys.
fn errors(audit: &RootAudit) -> impl Iterator<Item = &ApiError> {
    let cells = [
        audit.password.error(),
        audit.access_keys.error(),
        audit.mfa_devices.error(),
        audit.signing_certificates.error(),
    ];
    let sign_in = audit.last_sign_in.error();
    let keys = audit.access_keys.details().into_iter().flatten();
    let uses = keys.filter_map(|key| if let LastUsed::Unknown(error) = &key.last_used { Some(error) } else { None });
    cells.into_iter().flatten().chain(uses).chain(sign_in)
}

pub(super) fn last_used(app: &App, last_used: &LastUsed) -> String {
    match last_used {
        LastUsed::Never => says::NEVER_USED.to_owned(),
        LastUsed::Used { at, service, region } => says::last_used(time::ago(*at, app.model.now), service, region),
        LastUsed::Unknown(error) => says::last_use_unknown(api_error::short(error.kind)),
    }
}

pub(super) fn short(app: &App, text: &mut Text, account: &Account) {
    let theme = text.theme;
    if let Some(reason) = app.model.skipped(account) {
        let reason = root_access::skipped(&reason);
        return text.label(says::ROOT_USER, TextStyle::Quiet, says::skipped(reason));
    }
    let Some(known) = app.model.root.audits.get(&account.id) else {
        return text.label(says::ROOT_USER, TextStyle::Quiet, says::not_audited_short());
    };
    let audit = &known.value;
    let keys = match audit.access_keys.details() {
        Some(keys) => (TextStyle::Danger, keys.len().to_string()),
        None => cell(theme, &audit.access_keys, None, TextStyle::Danger),
    };
    let mfa =
        if audit.lacks_mfa() { mfa_cell(theme, audit) } else { cell(theme, &audit.mfa_devices, None, TextStyle::On) };
    let cells = [
        ("password ", cell(theme, &audit.password, None, TextStyle::Danger)),
        (" keys ", keys),
        (if audit.lacks_mfa() { " no MFA " } else { " MFA " }, mfa),
    ];
    let spans = cells
        .into_iter()
        .flat_map(|(label, (role, cell))| [span(theme, TextStyle::Quiet, label), span(theme, role, cell)]);
    text.labelled(says::ROOT_USER, spans);
    if !audit.signing_certificates.is_absent() {
        let (role, glyph) = cell(theme, &audit.signing_certificates, None, TextStyle::Danger);
        text.push(Line::from(vec![span(theme, TextStyle::Quiet, "  certificates "), span(theme, role, glyph)]));
    }
    if let Some(error) = audit.error() {
        let said = format!("  {} {}", theme.glyph(Glyph::Unknown), api_error::short(error.kind));
        text.push(span(theme, TextStyle::Unknown, said));
    }
    let done = if audit.is_unread() { "tried" } else { "audited" };
    let audited = format!("  {done} {}", time::ago(known.at, app.model.now));
    text.push(match app.model.root.changed_since(account.id, known.at) {
        Some(kind) => span(theme, TextStyle::Attention, format!("{audited}, {}", root_access::before(kind))),
        None => span(theme, TextStyle::Quiet, audited),
    });
}

/// What the last audit found, in a few letters: `!! PK` for a password and access keys.
pub(super) fn in_a_cell(app: &App, theme: Theme, account: &Account) -> (TextStyle, String) {
    let audit = app.model.root.audit(account.id).filter(|_| app.model.skipped(account).is_none());
    let open = listed(app, theme, account.id);
    let Some(audit) = audit else {
        return open.unwrap_or_else(|| (TextStyle::Quiet, theme.glyph(Glyph::NotRead).to_owned()));
    };
    let kinds = [CredentialKind::Password, CredentialKind::AccessKey, CredentialKind::SigningCertificate];
    let has: Vec<Option<bool>> = kinds.iter().map(|kind| audit.has(*kind)).collect();
    let letters: String =
        has.iter().zip(["P", "K", "C"]).filter(|(has, _)| **has == Some(true)).map(|(_, it)| it).collect();
    let unknown = if has.contains(&None) { theme.glyph(Glyph::Unknown) } else { "" };
    match (letters.is_empty(), unknown.is_empty()) {
        // Credentials that are there are worse than an open recovery.
        (true, true) => open.unwrap_or_else(|| (TextStyle::Quiet, "-".to_owned())),
        (true, false) => open.unwrap_or_else(|| (TextStyle::Unknown, unknown.to_owned())),
        _ => (TextStyle::Danger, format!("{} {letters}{unknown}", theme.glyph(Glyph::Danger))),
    }
}

/// Password, access keys, MFA devices and certificates.
pub(super) fn cells(theme: Theme, audit: &RootAudit) -> [(TextStyle, String); 4] {
    let (keys, certificates) = (&audit.access_keys, &audit.signing_certificates);
    [
        cell(theme, &audit.password, None, TextStyle::Danger),
        cell(theme, keys, keys.details().map(Vec::len), TextStyle::Danger),
        mfa_cell(theme, audit),
        cell(theme, certificates, certificates.details().map(Vec::len), TextStyle::Danger),
    ]
}

/// Without an MFA device, a password is the worst finding.
fn mfa_cell(theme: Theme, audit: &RootAudit) -> (TextStyle, String) {
    if audit.lacks_mfa() {
        return (TextStyle::Danger, theme.glyph(Glyph::Danger).to_owned());
    }
    cell(theme, &audit.mfa_devices, audit.mfa_devices.details().map(Vec::len), TextStyle::On)
}

/// `style` says whether having credentials of the kind is good or bad.
fn cell<T>(theme: Theme, presence: &Presence<T>, count: Option<usize>, style: TextStyle) -> (TextStyle, String) {
    match presence {
        Presence::Absent => (TextStyle::Off, "-".to_owned()),
        Presence::Present(_) => {
            let glyph = theme.glyph(if style == TextStyle::On { Glyph::On } else { Glyph::Danger });
            (style, count.map_or_else(|| glyph.to_owned(), |count| format!("{glyph} {count}")))
        }
        Presence::Unknown(_) => (TextStyle::Unknown, theme.glyph(Glyph::Unknown).to_owned()),
    }
}
