//! Words for the options of `rootdeck emulator`, and what its help says of faults and callers.

use std::fmt::Write;

use clap::ValueEnum;

use super::identity;
use crate::emulator::{Identity, Throttle, VerifySignatures};
use crate::words::cli::arguments as words;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ThrottleWord {
    /// At AWS's quotas
    Aws,
    /// Never
    Off,
}

impl From<ThrottleWord> for Throttle {
    fn from(word: ThrottleWord) -> Self {
        match word {
            ThrottleWord::Aws => Self::Aws,
            ThrottleWord::Off => Self::Off,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum VerifyWord {
    /// Of all requests: each caller needs its own secret access key
    All,
    /// Of requests with temporary credentials
    Sessions,
    /// Of none
    Never,
}

impl From<VerifyWord> for VerifySignatures {
    fn from(word: VerifyWord) -> Self {
        match word {
            VerifyWord::All => Self::All,
            VerifyWord::Sessions => Self::Sessions,
            VerifyWord::Never => Self::Never,
        }
    }
}

/// Named as the callers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DelegateWord {
    /// For Account Management
    AccountDelegate,
    /// For IAM
    IamDelegate,
}

impl From<DelegateWord> for Identity {
    fn from(word: DelegateWord) -> Self {
        match word {
            DelegateWord::AccountDelegate => Self::AccountDelegate,
            DelegateWord::IamDelegate => Self::IamDelegate,
        }
    }
}

/// What `rootdeck emulator --help` says behind its options.
pub(super) fn help() -> String {
    let mut text = words::FAULTS_TITLE.to_owned();
    for (kind, about) in words::FAULTS {
        // Nothing can go wrong in writing to a String.
        writeln!(text, "  {kind:<15} {about}").unwrap_or_default();
    }
    text.push('\n');
    text + words::FAULT_FORMS + &identity::access_keys()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::emulator::InjectedFaultKind as Kind;

    /// Each kind, so that a new one is missed here.
    fn word(kind: Kind) -> &'static str {
        match kind {
            Kind::Throttle => "throttle",
            Kind::InternalError => "internal-error",
            Kind::Drop => "drop",
            Kind::LoseReply => "lose-reply",
            Kind::AccessDenied => "access-denied",
            Kind::ExpiredToken => "expired-token",
            Kind::ClockSkew => "clock-skew",
            Kind::Delay(_) => "delay(DURATION)",
            Kind::Malformed => "malformed",
        }
    }

    #[test]
    fn the_help_lists_every_kind_of_fault() {
        let listed: Vec<_> = words::FAULTS.iter().map(|(kind, _)| *kind).collect();
        let read = |text: &str| text.replace("DURATION", "2s").parse::<Kind>();
        assert!(listed.iter().all(|kind| read(kind).is_ok_and(|found| word(found) == *kind)), "{listed:?}");
        let all = [
            Kind::Throttle,
            Kind::InternalError,
            Kind::Drop,
            Kind::LoseReply,
            Kind::AccessDenied,
            Kind::ExpiredToken,
            Kind::ClockSkew,
            Kind::Delay(Duration::ZERO),
            Kind::Malformed,
        ];
        assert!(all.into_iter().all(|kind| listed.contains(&word(kind))), "{listed:?}");
    }

    #[test]
    fn the_page_about_the_emulator_lists_them_too() {
        let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/emulator.md")).expect("docs");
        for (kind, about) in words::FAULTS {
            assert!(page.contains(&format!("| `{kind}` | {about} |\n")), "{kind}");
        }
    }

    #[test]
    fn delegates_are_named_as_callers_are() {
        for word in DelegateWord::value_variants() {
            let named = word.to_possible_value().map(|value| value.get_name().to_owned());
            assert_eq!(named.as_deref(), Some(Identity::from(*word).name()));
        }
    }
}
