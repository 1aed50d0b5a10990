//! What can be set.

use std::collections::{BTreeMap, BTreeSet};

use super::colours::Colour;
use crate::domain::account::AccountId;
use crate::domain::account_column::AccountColumn;
use crate::domain::color_role::ColorRole;
use crate::domain::key_setting::KeySetting;
use crate::domain::permit::Rules;
use crate::domain::request_limits::RequestLimits;
use crate::domain::view::ViewId;

pub(crate) const MOST_DAYS: u32 = 3650;

pub(crate) const MOST_ACCOUNTS: u32 = 1_000_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Config {
    pub read_only: bool,
    pub protected_accounts: BTreeSet<AccountId>,
    /// The domains that new primary emails may have, in lower case; empty: any.
    pub allowed_email_domains: BTreeSet<String>,
    /// Whether strong and severe changes need a reason or ticket.
    pub reason_required: bool,
    /// The profiles whose organizations are shown side by side, unless one is named for the run.
    pub profiles: Vec<String>,
    pub theme: ThemeName,
    /// Instead of the theme's.
    pub colours: BTreeMap<ColorRole, Colour>,
    /// Whether to draw with ASCII only; `None`: as the locale suggests.
    pub ascii: Option<bool>,
    /// Whether clicks and the wheel are used.
    pub mouse: bool,
    /// For how many days email changes that are over and finished plans are kept on this machine.
    pub keep_finished_days: u32,
    /// Up to so many active members are asked about at the start where their email changes stand.
    pub ask_at_start: usize,
    /// For how many days the last listing and audits are kept, and what it showed to be otherwise than before.
    pub keep_listing_days: u32,
    /// For how many days what audits found over time is kept, after it was found last.
    pub keep_audit_history_days: u32,
    /// The optional columns of view 1, unless a person chose others there; `None`: as the screen has room.
    pub columns: Option<BTreeSet<AccountColumn>>,
    /// The view that the dashboard starts with.
    pub start_view: ViewId,
    /// How many calls a second the services get at most.
    pub request_limits: RequestLimits,
    /// The keys of commands, in the order of the file.
    pub keys: Vec<KeySetting>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            read_only: false,
            protected_accounts: BTreeSet::new(),
            allowed_email_domains: BTreeSet::new(),
            reason_required: false,
            profiles: Vec::new(),
            theme: ThemeName::default(),
            colours: BTreeMap::new(),
            ascii: None,
            mouse: true,
            keep_finished_days: 90,
            keep_listing_days: 30,
            keep_audit_history_days: 400,
            ask_at_start: 500,
            columns: None,
            start_view: ViewId::default(),
            request_limits: RequestLimits::default(),
            keys: Vec::new(),
        }
    }
}

impl Config {
    pub(crate) fn rules(&self) -> Rules {
        Rules {
            read_only: self.read_only,
            protected: self.protected_accounts.clone(),
            no_journal: false,
            allowed_email_domains: self.allowed_email_domains.clone(),
            reason_required: self.reason_required,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum ThemeName {
    /// The terminal's own 16 colours over its own background.
    #[default]
    Default,
    Dark,
    Light,
    /// The strongest contrast.
    HighContrast,
    /// Safe for the common kinds of colour blindness.
    ColourBlind,
}

impl ThemeName {
    pub(crate) const ALL: [Self; 5] = [Self::Default, Self::Dark, Self::Light, Self::HighContrast, Self::ColourBlind];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
            Self::ColourBlind => "colour-blind",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == word)
    }
}
