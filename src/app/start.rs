use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::app::key::Paste;
use crate::app::key_map::KeyMap;
use crate::domain::account_column::AccountColumn;
use crate::domain::permit::Rules;
use crate::domain::profile::Browser;
use crate::domain::view::ViewId;

/// The place of an organization among those of the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// From 0.
    pub index: usize,
    pub of: usize,
}

#[derive(Clone, Debug)]
pub struct Start {
    pub now: Timestamp,
    pub time_zone: TimeZone,
    pub demo: bool,
    pub rules: Rules,
    /// The requested profile, shown until AWS has answered.
    pub profile: Option<String>,
    /// Whether that profile was named for this program, and so overrides the environment.
    pub named: bool,
    /// Which of several organizations it is; `None` where there is one.
    pub place: Option<Place>,
    /// The requested endpoint, shown until AWS has answered.
    pub endpoint: Option<String>,
    pub browser: Browser,
    /// Whether links can be opened on this machine.
    pub opens_links: bool,
    /// The email changes of at most so many active members are checked at the start.
    pub ask_at_start: usize,
    /// The view to start with.
    pub view: ViewId,
    /// The optional columns of view 1, unless a person chose others; `None` leaves it to the width of the screen.
    pub columns: Option<BTreeSet<AccountColumn>>,
    /// The filter of that view.
    pub filter: Option<Paste>,
    /// The keys of the commands.
    pub keys: KeyMap,
    /// Makes the sentence of a note or message that is kept as data. The sentences are in `words`, which the core
    /// does not know.
    pub spoken: fn(&str) -> String,
}
