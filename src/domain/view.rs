//! The views of the dashboard, as the command line and the configuration name them.

use crate::domain::word_enum::word_enum;

word_enum! {
    /// The views, by their numbers on screen.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub enum ViewId {
        /// `1 Accounts`.
        #[default]
        Accounts = "accounts",
        /// `2 Email changes`.
        EmailChanges = "email-changes",
        /// `3 Root access`.
        RootAccess = "root-access",
        /// `4 Organization`.
        Organization = "organization",
        /// `5 Readiness`.
        Readiness = "readiness",
        /// `6 Journal`.
        Journal = "journal",
        /// `7 Mailbox`, in the demo.
        Mailbox = "mailbox",
    }
}

impl ViewId {
    /// The view of a number or name: `3`, `root-access`, `Root access`.
    pub fn named(text: &str) -> Option<Self> {
        let name = text.trim().to_lowercase().replace(['_', ' '], "-");
        let number = name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        number.and_then(|index| Self::ALL.get(index).copied()).or_else(|| Self::from_word(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_has_a_number_and_a_name() {
        for (text, view) in [
            ("1", Some(ViewId::Accounts)),
            ("7", Some(ViewId::Mailbox)),
            ("root-access", Some(ViewId::RootAccess)),
            ("Email changes", Some(ViewId::EmailChanges)),
            ("email_changes", Some(ViewId::EmailChanges)),
            ("0", None),
            ("8", None),
            ("", None),
            ("-1", None),
            ("root", None),
        ] {
            assert_eq!(ViewId::named(text), view, "{text}");
        }
    }
}
