//! What is known of root of one account: in full beside view 3, in a few words in view 1.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Drawn;
use super::beside::scrolled;
use super::canvas::{columns, labelled, pane, span, text_area, wrap};
use super::details::recovery_left_open;
use super::theme::{Glyph, TextStyle, Theme};

use crate::app::App;
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::api_error::ApiError;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{AccessKey, AuditDepth, LastUsed, Presence, RootAudit};
use crate::words::{api_error, change, refusal, root_access, time};

/// The details of the account whose row the cursor rests on, scrolled.
pub(super) fn pane_of(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let account = app.details.and_then(|id| app.model.accounts.get(id));
    let focused = app.model.root.reading;
    let title = account.map_or("Root user", |account| account.name.as_str());
    let inner = text_area(pane(theme, buf, area, title, focused, TextStyle::Accent));
    if focused {
        drawn.cursor = Some(inner.as_position());
    }
    let Some(account) = account else { return };
    let content = Details { app, theme, room: columns(inner), lines: Vec::new() }.of(account);
    scrolled(buf, inner, &content, app.model.root.top, drawn);
}

struct Details<'a> {
    app: &'a App,
    theme: Theme,
    room: usize,
    lines: Vec<Line<'static>>,
}

impl Details<'_> {
    fn paragraph(&mut self, role: TextStyle, text: &str) {
        let theme = self.theme;
        self.lines.extend(wrap(text, self.room).into_iter().map(|line| Line::from(span(theme, role, line))));
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    fn of(mut self, account: &Account) -> Vec<Line<'static>> {
        let dot = self.theme.glyph(Glyph::Dot);
        self.paragraph(TextStyle::Quiet, &format!("{} {dot} {}", account.id, self.app.model.accounts.path(account.id)));
        if crate::domain::text::width(&account.name) + 2 > self.room {
            self.paragraph(TextStyle::Plain, &account.name);
        }
        if let Some(text) = recovery_left_open(self.app, self.theme, account.id) {
            self.paragraph(TextStyle::Attention, &text);
        }
        if account.state != AccountState::Active {
            self.paragraph(
                TextStyle::Attention,
                &format!("{} {}", self.theme.glyph(Glyph::Attention), account.state.as_str()),
            );
        }
        if let Some(reason) = self.app.model.left_out(account) {
            self.paragraph(TextStyle::Quiet, &format!("Left out: {}.", refusal::refusal(&reason)));
        }
        self.blank();
        if let Some(known) = self.app.model.root.audits.get(&account.id) {
            self.audit(account.id, known);
            if let Some(earlier) = self.app.model.root.earlier.get(&account.id) {
                self.blank();
                self.paragraph(TextStyle::Quiet, "Known from before:");
                self.audit(account.id, earlier);
            }
        } else {
            self.paragraph(
                TextStyle::Plain,
                "Not audited. a looks which kinds of credentials there are, A also which ones.",
            );
            self.blank();
            self.paragraph(TextStyle::Quiet, change::ALARMS);
        }
        self.lines
    }

    fn audit(&mut self, account: AccountId, known: &Known<RootAudit>) {
        let audit = &known.value;
        let zone = &self.app.model.start.time_zone;
        let text = format!("{}, {}", time::ago(known.at, self.app.model.now), time::moment(known.at, zone));
        self.lines.push(labelled(self.theme, "Audited", vec![span(self.theme, TextStyle::Plain, text)]));
        if let Some(kind) = self.app.model.root.changed_since(account, known.at) {
            let text = format!("  {} {}", self.theme.glyph(Glyph::Attention), root_access::before(kind));
            self.paragraph(TextStyle::Attention, &text);
        }
        let text = format!("{}: {}", root_access::depth(audit.depth), root_access::depth_help(audit.depth));
        self.paragraph(TextStyle::Quiet, &format!("  {text}"));
        self.blank();
        self.kind("Password", &audit.password, cell(self.theme, &audit.password, None, TextStyle::Danger));
        if let Some(created) = audit.password.details().and_then(|password| password.created) {
            let text = format!("  created {}", self.since(created));
            self.paragraph(TextStyle::Quiet, &text);
        }
        let keys = audit.access_keys.details().map(Vec::len);
        self.kind("Access keys", &audit.access_keys, cell(self.theme, &audit.access_keys, keys, TextStyle::Danger));
        for key in audit.access_keys.details().into_iter().flatten() {
            self.key(key);
        }
        self.kind("MFA devices", &audit.mfa_devices, mfa_cell(self.theme, audit));
        if audit.lacks_mfa() {
            self.paragraph(TextStyle::Danger, &format!("  {}", root_access::LACKS_MFA));
        }
        for device in audit.mfa_devices.details().into_iter().flatten() {
            self.paragraph(TextStyle::Plain, &format!("  {}", device.serial));
            if let Some(enabled) = device.enabled {
                let text = format!("    in use since {}", self.since(enabled));
                self.paragraph(TextStyle::Quiet, &text);
            }
        }
        let certificates = &audit.signing_certificates;
        let count = certificates.details().map(Vec::len);
        self.kind("Certificates", certificates, cell(self.theme, certificates, count, TextStyle::Danger));
        for certificate in certificates.details().into_iter().flatten() {
            self.paragraph(TextStyle::Plain, &format!("  {} {}", certificate.id, certificate.status));
            if let Some(uploaded) = certificate.uploaded {
                let text = format!("    uploaded {}", self.since(uploaded));
                self.paragraph(TextStyle::Quiet, &text);
            }
        }
        if audit.depth == AuditDepth::Quick && audit.is_finding() {
            self.blank();
            self.paragraph(TextStyle::Quiet, "A audits deeply: which ones, how old, when last used.");
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
        self.lines.push(labelled(self.theme, label, vec![span(self.theme, role, format!("{glyph}{word}"))]));
    }

    fn key(&mut self, key: &AccessKey) {
        self.paragraph(TextStyle::Plain, &format!("  {} {}", key.id, key.status));
        if let Some(created) = key.created {
            let text = format!("    created {}", self.since(created));
            self.paragraph(TextStyle::Quiet, &text);
        }
        let text = format!("    {}", last_used(self.app, &key.last_used));
        let role = match key.last_used {
            LastUsed::Never => TextStyle::Quiet,
            LastUsed::Used { .. } => TextStyle::Attention,
            LastUsed::Unknown(_) => TextStyle::Unknown,
        };
        self.paragraph(role, &text);
    }

    /// Why something could not be read, and what mends it; each kind of failure once.
    fn causes(&mut self, audit: &RootAudit) {
        let mut told = Vec::new();
        for fault in faults(audit) {
            if told.contains(&fault.kind) {
                continue;
            }
            told.push(fault.kind);
            let words = api_error::fault(fault, self.app.model.caller_to_mend(fault).as_ref());
            self.blank();
            self.paragraph(TextStyle::Unknown, &format!("{} {}", self.theme.glyph(Glyph::Unknown), words.tried));
            self.paragraph(TextStyle::Plain, &words.said);
            self.paragraph(TextStyle::Quiet, words.cause);
            self.paragraph(TextStyle::Plain, &words.fix);
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
        LastUsed::Never => "never used".to_owned(),
        LastUsed::Used { at, service, region } => {
            format!("last used {}: {service} {region}", time::ago(*at, app.model.now))
        }
        LastUsed::Unknown(fault) => format!("last use unknown: {}", api_error::short(fault.kind)),
    }
}

/// Root of an account in the details of view 1.
pub(super) fn short(app: &App, theme: Theme, account: &Account) -> Vec<Line<'static>> {
    let quiet = |text: String| span(theme, TextStyle::Quiet, text);
    if let Some(reason) = app.model.left_out(account) {
        let text = format!("left out: {}", root_access::left_out(&reason));
        return vec![labelled(theme, "Root user", vec![quiet(text)])];
    }
    let Some(known) = app.model.root.audits.get(&account.id) else {
        return vec![labelled(theme, "Root user", vec![quiet("not audited; a audits".to_owned())])];
    };
    let audit = &known.value;
    let counted = |presence: &Presence<Vec<AccessKey>>| match presence.details() {
        Some(keys) => (TextStyle::Danger, keys.len().to_string()),
        None => cell(theme, presence, None, TextStyle::Danger),
    };
    let mfa =
        if audit.lacks_mfa() { mfa_cell(theme, audit) } else { cell(theme, &audit.mfa_devices, None, TextStyle::On) };
    let cells = [
        ("password ", cell(theme, &audit.password, None, TextStyle::Danger)),
        (" keys ", counted(&audit.access_keys)),
        (if audit.lacks_mfa() { " no MFA " } else { " MFA " }, mfa),
    ];
    let spans: Vec<Span<'static>> = cells
        .into_iter()
        .flat_map(|(label, (role, text))| [quiet(label.to_owned()), span(theme, role, text)])
        .collect();
    let mut content = vec![labelled(theme, "Root user", spans)];
    if !audit.signing_certificates.is_absent() {
        let (role, text) = cell(theme, &audit.signing_certificates, None, TextStyle::Danger);
        content.push(Line::from(vec![quiet("  certificates ".to_owned()), span(theme, role, text)]));
    }
    if let Some(fault) = audit.fault() {
        let text = format!("  {} {}", theme.glyph(Glyph::Unknown), api_error::short(fault.kind));
        content.push(Line::from(span(theme, TextStyle::Unknown, text)));
    }
    let audited = format!("  audited {}", time::ago(known.at, app.model.now));
    content.push(Line::from(match app.model.root.changed_since(account.id, known.at) {
        Some(kind) => span(theme, TextStyle::Attention, format!("{audited}, {}", root_access::before(kind))),
        None => quiet(audited),
    }));
    content
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
