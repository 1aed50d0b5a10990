//! What is known of root of one account: in full beside view 3, in a few words in view 1.

use ratatui::text::Line;

use super::beside::details;
use super::canvas::Canvas;
use super::measure::span;
use super::recovery::recovery_left_open;
use super::text::Text;
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::shell::App;
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::api_error::ApiError;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{AccessKey, AuditDepth, LastUsed, Presence, RootAudit};
use crate::words::ui::views as says;
use crate::words::{api_error, change, refusal, root_access, time};

/// The details of the account whose row the cursor rests on, scrolled.
pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let account = app.details.and_then(|id| app.model.accounts.get(id));
    let title = account.map_or(says::ROOT_USER, |account| account.name.as_str());
    let place = (app.model.root.reading, app.model.root.top);
    details(canvas, title, place, account, |text, account| Details { app, text }.of(account));
}

struct Details<'a> {
    app: &'a App,
    text: &'a mut Text,
}

impl Details<'_> {
    fn of(mut self, account: &Account) {
        let dot = self.text.theme.glyph(Glyph::Dot);
        self.text
            .paragraph(TextStyle::Quiet, &format!("{} {dot} {}", account.id, self.app.model.accounts.path(account.id)));
        if crate::domain::text::width(&account.name) + 2 > self.text.room {
            self.text.paragraph(TextStyle::Plain, &account.name);
        }
        recovery_left_open(self.app, self.text, account.id);
        if account.state != AccountState::Active {
            self.text.flagged(Glyph::Attention, account.state.as_str());
        }
        if let Some(reason) = self.app.model.left_out(account) {
            self.text.paragraph(TextStyle::Quiet, &says::left_out_because(refusal::refusal(&reason)));
        }
        self.text.blank();
        if let Some(known) = self.app.model.root.audits.get(&account.id) {
            self.audit(account.id, known);
            if let Some(earlier) = self.app.model.root.earlier.get(&account.id) {
                self.text.blank();
                self.text.paragraph(TextStyle::Quiet, says::KNOWN_FROM_BEFORE);
                self.audit(account.id, earlier);
            }
        } else {
            self.text.paragraph(TextStyle::Plain, says::NOT_AUDITED);
            self.text.blank();
            self.text.paragraph(TextStyle::Quiet, change::ALARMS);
        }
    }

    fn audit(&mut self, account: AccountId, known: &Known<RootAudit>) {
        let audit = &known.value;
        let zone = &self.app.model.start.time_zone;
        let text = format!("{}, {}", time::ago(known.at, self.app.model.now), time::moment(known.at, zone));
        self.text.label("Audited", TextStyle::Plain, text);
        if let Some(kind) = self.app.model.root.changed_since(account, known.at) {
            self.text.noted(Glyph::Attention, root_access::before(kind));
        }
        let text = format!("{}: {}", root_access::depth(audit.depth), root_access::depth_help(audit.depth));
        self.text.paragraph(TextStyle::Quiet, &format!("  {text}"));
        self.text.blank();
        self.kind("Password", &audit.password, cell(self.text.theme, &audit.password, None, TextStyle::Danger));
        if let Some(created) = audit.password.details().and_then(|password| password.created) {
            let text = format!("  created {}", self.since(created));
            self.text.paragraph(TextStyle::Quiet, &text);
        }
        let keys = audit.access_keys.details().map(Vec::len);
        self.kind(
            says::ACCESS_KEYS,
            &audit.access_keys,
            cell(self.text.theme, &audit.access_keys, keys, TextStyle::Danger),
        );
        for key in audit.access_keys.details().into_iter().flatten() {
            self.key(key);
        }
        self.kind("MFA devices", &audit.mfa_devices, mfa_cell(self.text.theme, audit));
        if audit.lacks_mfa() {
            self.text.paragraph(TextStyle::Danger, &format!("  {}", root_access::LACKS_MFA));
        }
        for device in audit.mfa_devices.details().into_iter().flatten() {
            self.text.paragraph(TextStyle::Plain, &format!("  {}", device.serial));
            if let Some(enabled) = device.enabled {
                let text = says::in_use_since(self.since(enabled));
                self.text.paragraph(TextStyle::Quiet, &text);
            }
        }
        let certificates = &audit.signing_certificates;
        let count = certificates.details().map(Vec::len);
        self.kind("Certificates", certificates, cell(self.text.theme, certificates, count, TextStyle::Danger));
        for certificate in certificates.details().into_iter().flatten() {
            self.text.paragraph(TextStyle::Plain, &format!("  {} {}", certificate.id, certificate.status));
            if let Some(uploaded) = certificate.uploaded {
                let text = format!("    uploaded {}", self.since(uploaded));
                self.text.paragraph(TextStyle::Quiet, &text);
            }
        }
        if audit.depth == AuditDepth::Quick && audit.is_finding() {
            self.text.blank();
            self.text.paragraph(TextStyle::Quiet, says::DEEP_AUDIT);
        }
        self.causes(audit);
    }

    fn since(&self, at: jiff::Timestamp) -> String {
        format!("{} ({})", time::ago(at, self.app.model.now), time::day(at, &self.app.model.start.time_zone))
    }

    fn kind<T>(&mut self, label: &str, presence: &Presence<T>, (role, glyph): (TextStyle, String)) {
        let word = match presence {
            Presence::Absent => " none".to_owned(),
            // A number says that there are some.
            Presence::Present(_) if !glyph.contains(' ') => " present".to_owned(),
            Presence::Present(_) => String::new(),
            Presence::Unknown(fault) => format!(" unknown: {}", api_error::short(fault.kind)),
        };
        self.text.label(label, role, format!("{glyph}{word}"));
    }

    fn key(&mut self, key: &AccessKey) {
        self.text.paragraph(TextStyle::Plain, &format!("  {} {}", key.id, key.status));
        if let Some(created) = key.created {
            let text = format!("    created {}", self.since(created));
            self.text.paragraph(TextStyle::Quiet, &text);
        }
        let text = format!("    {}", last_used(self.app, &key.last_used));
        let role = match key.last_used {
            LastUsed::Never => TextStyle::Quiet,
            LastUsed::Used { .. } => TextStyle::Attention,
            LastUsed::Unknown(_) => TextStyle::Unknown,
        };
        self.text.paragraph(role, &text);
    }

    /// Why something could not be read, and what mends it; each kind of failure once.
    fn causes(&mut self, audit: &RootAudit) {
        let mut told = Vec::new();
        for fault in faults(audit) {
            if told.contains(&fault.kind) {
                continue;
            }
            told.push(fault.kind);
            self.text.unread(self.app, fault);
        }
    }
}

/// Everything that could not be read, the last uses of keys included.
fn faults(audit: &RootAudit) -> impl Iterator<Item = &ApiError> {
    let cells = [
        audit.password.fault(),
        audit.access_keys.fault(),
        audit.mfa_devices.fault(),
        audit.signing_certificates.fault(),
    ];
    let keys = audit.access_keys.details().into_iter().flatten();
    let uses = keys.filter_map(|key| if let LastUsed::Unknown(fault) = &key.last_used { Some(fault) } else { None });
    cells.into_iter().flatten().chain(uses)
}

/// When an access key was used last, and where.
pub(super) fn last_used(app: &App, last_used: &LastUsed) -> String {
    match last_used {
        LastUsed::Never => says::NEVER_USED.to_owned(),
        LastUsed::Used { at, service, region } => says::last_used(time::ago(*at, app.model.now), service, region),
        LastUsed::Unknown(fault) => says::last_use_unknown(api_error::short(fault.kind)),
    }
}

/// Root of an account in the details of view 1.
pub(super) fn short(app: &App, text: &mut Text, account: &Account) {
    let theme = text.theme;
    if let Some(reason) = app.model.left_out(account) {
        let reason = root_access::left_out(&reason);
        return text.label(says::ROOT_USER, TextStyle::Quiet, says::left_out(reason));
    }
    let Some(known) = app.model.root.audits.get(&account.id) else {
        return text.label(says::ROOT_USER, TextStyle::Quiet, says::NOT_AUDITED_SHORT);
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
    if let Some(fault) = audit.fault() {
        text.push(span(
            theme,
            TextStyle::Unknown,
            format!("  {} {}", theme.glyph(Glyph::Unknown), api_error::short(fault.kind)),
        ));
    }
    let audited = format!("  audited {}", time::ago(known.at, app.model.now));
    text.push(match app.model.root.changed_since(account.id, known.at) {
        Some(kind) => span(theme, TextStyle::Attention, format!("{audited}, {}", root_access::before(kind))),
        None => span(theme, TextStyle::Quiet, audited),
    });
}

/// That of the MFA devices. That there is none is the worst there is where a password is.
pub(super) fn mfa_cell(theme: Theme, audit: &RootAudit) -> (TextStyle, String) {
    if audit.lacks_mfa() {
        return (TextStyle::Danger, theme.glyph(Glyph::Danger).to_owned());
    }
    cell(theme, &audit.mfa_devices, audit.mfa_devices.details().map(Vec::len), TextStyle::On)
}

/// The sign of a kind of credentials, with how many there are where that is known. What is there is
/// good or bad as `elsewhere` says.
pub(super) fn cell<T>(
    theme: Theme,
    presence: &Presence<T>,
    count: Option<usize>,
    elsewhere: TextStyle,
) -> (TextStyle, String) {
    match presence {
        Presence::Absent => (TextStyle::Quiet, "-".to_owned()),
        Presence::Present(_) => {
            let glyph = theme.glyph(if elsewhere == TextStyle::On { Glyph::On } else { Glyph::Danger });
            (elsewhere, count.map_or_else(|| glyph.to_owned(), |count| format!("{glyph} {count}")))
        }
        Presence::Unknown(_) => (TextStyle::Unknown, theme.glyph(Glyph::Unknown).to_owned()),
    }
}
