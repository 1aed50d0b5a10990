//! What is known of root of one account: in full beside view 3, in a few words in view 1.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Drawn;
use super::beside::scrolled;
use super::canvas::{columns, labelled, pane, span, text_area, wrap};
use super::details::recovery_left_open;
use super::look::{Look, Role, Sign};

use crate::app::App;
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::fault::Fault;
use crate::domain::fetched::Known;
use crate::domain::root_credentials::{AccessKey, AuditDepth, LastUsed, Presence, RootAudit};
use crate::words::{change, fault, refusal, root_access, time};

/// The details of the account whose row the cursor rests on, scrolled.
pub(super) fn pane_of(app: &App, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let account = app.details.and_then(|id| app.model.accounts.get(id));
    let focused = app.model.root.reading;
    let title = account.map_or("Root user", |account| account.name.as_str());
    let inner = text_area(pane(look, buf, area, title, focused, Role::Accent));
    if focused {
        drawn.cursor = Some(inner.as_position());
    }
    let Some(account) = account else { return };
    let content = Details { app, look, room: columns(inner), lines: Vec::new() }.of(account);
    scrolled(buf, inner, &content, app.model.root.top, drawn);
}

struct Details<'a> {
    app: &'a App,
    look: Look,
    room: usize,
    lines: Vec<Line<'static>>,
}

impl Details<'_> {
    fn say(&mut self, role: Role, text: &str) {
        let look = self.look;
        self.lines.extend(wrap(text, self.room).into_iter().map(|line| Line::from(span(look, role, line))));
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    fn of(mut self, account: &Account) -> Vec<Line<'static>> {
        let dot = self.look.sign(Sign::Dot);
        self.say(Role::Quiet, &format!("{} {dot} {}", account.id, self.app.model.accounts.path(account.id)));
        if crate::domain::text::width(&account.name) + 2 > self.room {
            self.say(Role::Plain, &account.name);
        }
        if let Some(text) = recovery_left_open(self.app, self.look, account.id) {
            self.say(Role::Attention, &text);
        }
        if account.state != AccountState::Active {
            self.say(Role::Attention, &format!("{} {}", self.look.sign(Sign::Attention), account.state.as_str()));
        }
        if let Some(reason) = self.app.model.left_out(account) {
            self.say(Role::Quiet, &format!("Left out: {}.", refusal::refusal(&reason)));
        }
        self.blank();
        if let Some(known) = self.app.model.root.audits.get(&account.id) {
            self.audit(account.id, known);
            if let Some(earlier) = self.app.model.root.earlier.get(&account.id) {
                self.blank();
                self.say(Role::Quiet, "Known from before:");
                self.audit(account.id, earlier);
            }
        } else {
            self.say(Role::Plain, "Not audited. a looks which kinds of credentials there are, A also which ones.");
            self.blank();
            self.say(Role::Quiet, change::ALARMS);
        }
        self.lines
    }

    fn audit(&mut self, account: AccountId, known: &Known<RootAudit>) {
        let audit = &known.value;
        let zone = &self.app.model.start.time_zone;
        let text = format!("{}, {}", time::ago(known.at, self.app.model.now), time::moment(known.at, zone));
        self.lines.push(labelled(self.look, "Audited", vec![span(self.look, Role::Plain, text)]));
        if let Some(kind) = self.app.model.root.changed_since(account, known.at) {
            let text = format!("  {} {}", self.look.sign(Sign::Attention), root_access::before(kind));
            self.say(Role::Attention, &text);
        }
        let text = format!("{}: {}", root_access::depth(audit.depth), root_access::depth_help(audit.depth));
        self.say(Role::Quiet, &format!("  {text}"));
        self.blank();
        self.kind("Password", &audit.password, cell(self.look, &audit.password, None, Role::Danger));
        if let Some(created) = audit.password.details().and_then(|password| password.created) {
            let text = format!("  created {}", self.since(created));
            self.say(Role::Quiet, &text);
        }
        let keys = audit.access_keys.details().map(Vec::len);
        self.kind("Access keys", &audit.access_keys, cell(self.look, &audit.access_keys, keys, Role::Danger));
        for key in audit.access_keys.details().into_iter().flatten() {
            self.key(key);
        }
        self.kind("MFA devices", &audit.mfa_devices, mfa_cell(self.look, audit));
        if audit.lacks_mfa() {
            self.say(Role::Danger, &format!("  {}", root_access::LACKS_MFA));
        }
        for device in audit.mfa_devices.details().into_iter().flatten() {
            self.say(Role::Plain, &format!("  {}", device.serial));
            if let Some(enabled) = device.enabled {
                let text = format!("    in use since {}", self.since(enabled));
                self.say(Role::Quiet, &text);
            }
        }
        let certificates = &audit.signing_certificates;
        let count = certificates.details().map(Vec::len);
        self.kind("Certificates", certificates, cell(self.look, certificates, count, Role::Danger));
        for certificate in certificates.details().into_iter().flatten() {
            self.say(Role::Plain, &format!("  {} {}", certificate.id, certificate.status));
            if let Some(uploaded) = certificate.uploaded {
                let text = format!("    uploaded {}", self.since(uploaded));
                self.say(Role::Quiet, &text);
            }
        }
        if audit.depth == AuditDepth::Quick && audit.is_finding() {
            self.blank();
            self.say(Role::Quiet, "A audits deeply: which ones, how old, when last used.");
        }
        self.causes(audit);
    }

    fn since(&self, at: jiff::Timestamp) -> String {
        format!("{} ({})", time::ago(at, self.app.model.now), time::day(at, &self.app.model.start.time_zone))
    }

    fn kind<T>(&mut self, label: &str, presence: &Presence<T>, (role, sign): (Role, String)) {
        let word = match presence {
            Presence::Absent => " none".to_owned(),
            // A number says that there are some.
            Presence::Present(_) if !sign.contains(' ') => " present".to_owned(),
            Presence::Present(_) => String::new(),
            Presence::Unknown(fault) => format!(" unknown: {}", fault::short(fault.kind)),
        };
        self.lines.push(labelled(self.look, label, vec![span(self.look, role, format!("{sign}{word}"))]));
    }

    fn key(&mut self, key: &AccessKey) {
        self.say(Role::Plain, &format!("  {} {}", key.id, key.status));
        if let Some(created) = key.created {
            let text = format!("    created {}", self.since(created));
            self.say(Role::Quiet, &text);
        }
        let text = format!("    {}", last_used(self.app, &key.last_used));
        let role = match key.last_used {
            LastUsed::Never => Role::Quiet,
            LastUsed::Used { .. } => Role::Attention,
            LastUsed::Unknown(_) => Role::Unknown,
        };
        self.say(role, &text);
    }

    /// Why something could not be read, and what mends it; each kind of failure once.
    fn causes(&mut self, audit: &RootAudit) {
        let mut told = Vec::new();
        for fault in faults(audit) {
            if told.contains(&fault.kind) {
                continue;
            }
            told.push(fault.kind);
            let words = fault::fault(fault, self.app.model.caller_to_mend(fault).as_ref());
            self.blank();
            self.say(Role::Unknown, &format!("{} {}", self.look.sign(Sign::Unknown), words.tried));
            self.say(Role::Plain, &words.said);
            self.say(Role::Quiet, words.cause);
            self.say(Role::Plain, &words.mend);
        }
    }
}

/// Everything that could not be read, the last uses of keys included.
fn faults(audit: &RootAudit) -> impl Iterator<Item = &Fault> {
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
        LastUsed::Unknown(fault) => format!("last use unknown: {}", fault::short(fault.kind)),
    }
}

/// Root of an account in the details of view 1.
pub(super) fn short(app: &App, look: Look, account: &Account) -> Vec<Line<'static>> {
    let quiet = |text: String| span(look, Role::Quiet, text);
    if let Some(reason) = app.model.left_out(account) {
        let text = format!("left out: {}", root_access::left_out(&reason));
        return vec![labelled(look, "Root user", vec![quiet(text)])];
    }
    let Some(known) = app.model.root.audits.get(&account.id) else {
        return vec![labelled(look, "Root user", vec![quiet("not audited; a audits".to_owned())])];
    };
    let audit = &known.value;
    let counted = |presence: &Presence<Vec<AccessKey>>| match presence.details() {
        Some(keys) => (Role::Danger, keys.len().to_string()),
        None => cell(look, presence, None, Role::Danger),
    };
    let mfa = if audit.lacks_mfa() { mfa_cell(look, audit) } else { cell(look, &audit.mfa_devices, None, Role::On) };
    let cells = [
        ("password ", cell(look, &audit.password, None, Role::Danger)),
        (" keys ", counted(&audit.access_keys)),
        (if audit.lacks_mfa() { " no MFA " } else { " MFA " }, mfa),
    ];
    let spans: Vec<Span<'static>> =
        cells.into_iter().flat_map(|(label, (role, text))| [quiet(label.to_owned()), span(look, role, text)]).collect();
    let mut content = vec![labelled(look, "Root user", spans)];
    if !audit.signing_certificates.is_absent() {
        let (role, text) = cell(look, &audit.signing_certificates, None, Role::Danger);
        content.push(Line::from(vec![quiet("  certificates ".to_owned()), span(look, role, text)]));
    }
    if let Some(fault) = audit.fault() {
        let text = format!("  {} {}", look.sign(Sign::Unknown), fault::short(fault.kind));
        content.push(Line::from(span(look, Role::Unknown, text)));
    }
    let audited = format!("  audited {}", time::ago(known.at, app.model.now));
    content.push(Line::from(match app.model.root.changed_since(account.id, known.at) {
        Some(kind) => span(look, Role::Attention, format!("{audited}, {}", root_access::before(kind))),
        None => quiet(audited),
    }));
    content
}

/// That of the MFA devices. That there is none is the worst there is where a password is.
pub(super) fn mfa_cell(look: Look, audit: &RootAudit) -> (Role, String) {
    if audit.lacks_mfa() {
        return (Role::Danger, look.sign(Sign::Danger).to_owned());
    }
    cell(look, &audit.mfa_devices, audit.mfa_devices.details().map(Vec::len), Role::On)
}

/// The sign of a kind of credentials, with how many there are where that is known. What is there is
/// good or bad as `there` says.
pub(super) fn cell<T>(look: Look, presence: &Presence<T>, count: Option<usize>, there: Role) -> (Role, String) {
    match presence {
        Presence::Absent => (Role::Quiet, "-".to_owned()),
        Presence::Present(_) => {
            let sign = look.sign(if there == Role::On { Sign::On } else { Sign::Danger });
            (there, count.map_or_else(|| sign.to_owned(), |count| format!("{sign} {count}")))
        }
        Presence::Unknown(_) => (Role::Unknown, look.sign(Sign::Unknown).to_owned()),
    }
}
