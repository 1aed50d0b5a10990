//! The parts of the screen that have a colour of their own.

/// What has a colour: see `assets/config.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColorRole {
    /// What is read.
    Text,
    /// What everything is drawn over.
    Background,
    /// Product name, active tab, border of the focused pane, keys in the footer.
    Accent,
    /// Borders, labels, ages, what does not apply.
    Quiet,
    /// On, or present and wanted.
    On,
    /// Off, or absent.
    Off,
    /// What could not be read.
    Unknown,
    /// In progress.
    Waiting,
    /// What somebody should look at.
    Attention,
    /// What lets somebody in, or can't be undone.
    Danger,
}

impl ColorRole {
    /// In the order of the configuration file.
    pub const ALL: [Self; 10] = [
        Self::Text,
        Self::Background,
        Self::Accent,
        Self::Quiet,
        Self::On,
        Self::Off,
        Self::Unknown,
        Self::Waiting,
        Self::Attention,
        Self::Danger,
    ];

    /// Its key in the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Background => "background",
            Self::Accent => "accent",
            Self::Quiet => "quiet",
            Self::On => "on",
            Self::Off => "off",
            Self::Unknown => "unknown",
            Self::Waiting => "waiting",
            Self::Attention => "attention",
            Self::Danger => "danger",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_has_a_name_of_its_own() {
        for role in ColorRole::ALL {
            assert_eq!(ColorRole::from_word(role.as_str()), Some(role));
        }
        assert_eq!(ColorRole::from_word("accents"), None);
    }
}
