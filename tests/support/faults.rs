//! The columns: what can happen between the program and AWS.

use std::time::Duration;

use jiff::SignedDuration;
use rootdeck::emulator::Emulator;

use crate::spoiler::{ALL, Page, Spoil, Spoiler};

/// How a fault comes about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Nothing,
    /// By this rule of the emulator.
    Injected(&'static str),
    /// On the way.
    Spoiled(Spoil),
    /// AWS's clock is behind by so many minutes, and this happens too.
    Clock(i64, Option<Spoil>),
    /// What is read is as before for so long.
    Stale(Duration),
}

/// What a fault leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// The work is done all the same, and that is said.
    None,
    /// AWS does nothing, and says so: it is said not to be done.
    No,
    /// Anything, as long as what is said is true.
    Any,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// Once, on the operation that the flow is about.
    pub(crate) once: Effect,
    /// On all that is asked until somebody mends it; `None` if that is no column of its own.
    pub(crate) lasting: Option<Effect>,
    /// Whether somebody waits for it to be over.
    pub(crate) waits: bool,
}

const fn fault(name: &'static str, kind: Kind, once: Effect, lasting: Option<Effect>) -> Fault {
    Fault { name, kind, once, lasting, waits: false }
}

const fn spoiled(name: &'static str, spoil: Spoil) -> Fault {
    fault(name, Kind::Spoiled(spoil), Effect::Any, None)
}

/// As a column of its own, it hides also what AWS holds.
const fn lasting(fault: Fault) -> Fault {
    Fault { lasting: Some(fault.once), ..fault }
}

const fn page(name: &'static str, page: Page, after: bool) -> Fault {
    spoiled(name, if after { Spoil::After(page) } else { Spoil::Instead(page) })
}

const fn stalled(name: &'static str, spoil: Spoil) -> Fault {
    Fault { waits: true, ..fault(name, Kind::Spoiled(spoil), Effect::Any, None) }
}

const MINUTES: i64 = 10;

pub(crate) const FAULTS: &[Fault] = &[
    fault("nothing", Kind::Nothing, Effect::None, None),
    fault("throttled", Kind::Injected("throttle"), Effect::None, Some(Effect::No)),
    fault("internal error", Kind::Injected("internal-error"), Effect::Any, Some(Effect::Any)),
    fault("denied", Kind::Injected("access-denied"), Effect::No, Some(Effect::No)),
    fault("expired token", Kind::Injected("expired-token"), Effect::Any, Some(Effect::No)),
    fault("clock said to be wrong", Kind::Injected("clock-skew"), Effect::No, None),
    lasting(spoiled("reset before", Spoil::Reset(false))),
    spoiled("reset after", Spoil::Reset(true)),
    lasting(spoiled("lost answer", Spoil::Lost)),
    fault("slow", Kind::Spoiled(Spoil::Late(Duration::from_millis(150))), Effect::None, None),
    stalled("stalled before", Spoil::Stalled(false)),
    stalled("stalled in the head", Spoil::Stalled(true)),
    stalled("stalled in the body", Spoil::StalledBody),
    stalled("trickle", Spoil::Trickle(Duration::from_millis(50))),
    stalled("overdue", Spoil::Overdue),
    lasting(spoiled("truncated", Spoil::Cut)),
    spoiled("cut chunk", Spoil::CutChunk),
    spoiled("half", Spoil::Half),
    spoiled("wrong content type", Spoil::Typed("text/html")),
    spoiled("unnamed", Spoil::Unnamed),
    lasting(page("HTML 200 before", Page::html(200), false)),
    page("HTML 200 after", Page::html(200), true),
    page("HTML 403 before", Page::html(403), false),
    lasting(page("HTML 403 after", Page::html(403), true)),
    page("HTML 429 before", Page::html(429), false),
    lasting(page("HTML 503 before", Page::html(503), false)),
    page("HTML 503 after", Page::html(503), true),
    page("empty 200 before", Page::EMPTY, false),
    lasting(page("empty 200 after", Page::EMPTY, true)),
    page("JSON of others before", Page::json(200, "{\"ok\":true}"), false),
    page("redirect before", Page::redirect(302), false),
    page("redirect after", Page::redirect(307), true),
    lasting(spoiled("repeated tokens", Spoil::Token("again"))),
    fault("clock ahead", Kind::Clock(-MINUTES, None), Effect::None, None),
    fault("clock behind", Kind::Clock(MINUTES, None), Effect::None, None),
    fault("clock ahead, lost answer", Kind::Clock(-MINUTES, Some(Spoil::Lost)), Effect::Any, None),
    fault("clock behind, lost answer", Kind::Clock(MINUTES, Some(Spoil::Lost)), Effect::Any, None),
    fault("shown late", Kind::Stale(Duration::from_mins(3)), Effect::Any, None),
];

/// One column: a fault, once or lasting.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) fault: Fault,
    pub(crate) lasts: bool,
}

pub(crate) fn columns() -> Vec<Column> {
    let once = FAULTS.iter().map(|fault| Column { fault: *fault, lasts: false });
    let lasting = FAULTS.iter().filter(|fault| fault.lasting.is_some());
    once.chain(lasting.map(|fault| Column { fault: *fault, lasts: true })).collect()
}

impl Column {
    pub(crate) fn name(&self) -> String {
        format!("{}{}", self.fault.name, if self.lasts { ", lasting" } else { "" })
    }

    pub(crate) fn effect(&self) -> Effect {
        self.fault.lasting.filter(|_| self.lasts).unwrap_or(self.fault.once)
    }

    /// Whether what AWS holds can be hidden from the program.
    pub(crate) fn hides(&self) -> bool {
        self.lasts || matches!(self.fault.kind, Kind::Stale(_)) || self.fault.name == "overdue"
    }

    /// Before the program learns AWS's time.
    pub(crate) fn set_clock(&self, proxy: &Spoiler) {
        if let Kind::Clock(minutes, _) = self.fault.kind {
            proxy.set_behind(SignedDuration::from_mins(minutes));
        }
    }

    /// From now on.
    pub(crate) fn begin(&self, proxy: &Spoiler, emulator: &Emulator, operation: &str) {
        let times = if self.lasts { usize::MAX } else { 1 };
        let at = if self.lasts { ALL } else { operation };
        let rule = |rule: String| emulator.inject(rule.parse().unwrap());
        match self.fault.kind {
            Kind::Nothing | Kind::Clock(_, None) => {}
            Kind::Injected(kind) if self.lasts => rule(format!("{kind}=100%")),
            Kind::Injected(kind) => rule(format!("{operation}:{kind}=1x")),
            Kind::Spoiled(spoil) => proxy.spoil(at, spoil, times),
            Kind::Clock(_, Some(spoil)) => proxy.spoil(operation, spoil, 1),
            Kind::Stale(_) => proxy.freeze(),
        }
    }

    /// Ends it; how long AWS takes for that.
    pub(crate) async fn end(&self, proxy: &Spoiler, emulator: &Emulator) -> Duration {
        proxy.heal();
        proxy.rests().await;
        emulator.behave();
        match self.fault.kind {
            Kind::Stale(by) => by,
            _ => Duration::ZERO,
        }
    }
}
