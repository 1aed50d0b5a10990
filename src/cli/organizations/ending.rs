//! What a command ends with that ran for several organizations.

use crate::cli::error::{Done, Exit};

/// What a command ended with for one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ended {
    pub(super) exit: Exit,
    /// It found what it was told to fail on.
    pub(super) is_finding: bool,
}

impl Ended {
    /// Prints why it failed, where that is not said yet.
    pub(super) fn of(done: Done) -> Self {
        match done {
            Ok(()) => Self { exit: Exit::Done, is_finding: false },
            Err(error) => {
                error.print();
                let exit = error.exit();
                Self { exit, is_finding: exit == Exit::Failed && error.is_reported() }
            }
        }
    }
}

/// The worst of all; where something came of some, that others ended badly.
pub(super) fn worst(all: &[Ended]) -> Exit {
    let each = || all.iter().map(|one| one.exit);
    let has = |exit: Exit| each().any(|one| one == exit);
    if let Some(passed) = each().find(|exit| matches!(exit, Exit::Passed(_))) {
        return passed;
    }
    match each().max_by_key(|exit| exit.code()) {
        _ if has(Exit::Interrupted) => Exit::Interrupted,
        _ if has(Exit::Unknown) => Exit::Unknown,
        // A finding is one, whatever else was not read.
        _ if all.iter().any(|one| one.is_finding) => Exit::Failed,
        None | Some(Exit::Done) => Exit::Done,
        Some(_) if has(Exit::Done) || has(Exit::Some) => Exit::Some,
        Some(worst) => worst,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(all: &[(Exit, bool)]) -> Exit {
        worst(&all.iter().map(|(exit, is_finding)| Ended { exit: *exit, is_finding: *is_finding }).collect::<Vec<_>>())
    }

    #[test]
    fn the_worst_of_all_counts_and_a_failure_of_some_is_one_of_some() {
        let done = (Exit::Done, false);
        assert_eq!(ends(&[done, done]), Exit::Done);
        assert_eq!(ends(&[done, (Exit::NotPermitted, false)]), Exit::Some);
        assert_eq!(ends(&[(Exit::Failed, false), (Exit::NotPermitted, false)]), Exit::NotPermitted);
        assert_eq!(ends(&[done, (Exit::Failed, true), (Exit::Some, false)]), Exit::Failed);
        assert_eq!(ends(&[done, (Exit::Failed, false)]), Exit::Some);
        assert_eq!(ends(&[(Exit::Failed, true), (Exit::Unknown, false)]), Exit::Unknown);
        assert_eq!(ends(&[(Exit::Unknown, false), (Exit::Interrupted, false)]), Exit::Interrupted);
    }
}
