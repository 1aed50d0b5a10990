use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::permit::Rules;
use crate::domain::profile::Browser;

/// What is settled before the first message.
#[derive(Clone, Debug)]
pub struct Start {
    /// The time of the start.
    pub now: Timestamp,
    /// The time zone that times are shown in.
    pub time_zone: TimeZone,
    /// Whether this is the demo, with its mailbox.
    pub demo: bool,
    /// What this run has ruled out.
    pub rules: Rules,
    /// The profile asked for, shown until AWS has answered.
    pub profile: Option<String>,
    /// Whether that profile was named for this program, and so comes before what the environment holds.
    pub named: bool,
    /// The endpoint asked for, shown until AWS has answered.
    pub endpoint: Option<String>,
    /// Where the browser is that the person signs in with.
    pub browser: Browser,
    /// Up to so many active members are asked about at the start where their email changes stand.
    pub ask_at_start: usize,
}
