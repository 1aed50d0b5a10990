//! Where walks begin, and how they get there.

use super::finds::{found, left_open, pending};
use super::journaled::{after_a_kill, found_out};
use super::plans::with_open_plan;
use super::walk::{Ending, Found, Origin, Step};
use super::world::{NEW, World, managed};
use crate::domain::resolution::Resolution;

/// The organization that a walk goes through.
pub(super) fn world_of(origin: Origin) -> World {
    match origin {
        Origin::Untrusting => World::untrusting(),
        Origin::Rooted | Origin::Policy | Origin::Session => left_open(),
        Origin::Marked | Origin::Deletion => managed(),
        Origin::Found => found(),
        Origin::Board | Origin::Mails => pending(),
        // What was settled once is not a second time.
        Origin::Journal => {
            let resolution = Resolution { settled: vec![], ..found_out() };
            World { resolution, ..after_a_kill() }
        }
        Origin::OpenPlan => with_open_plan(),
        _ => World::default(),
    }
}

/// What happens before a walk begins.
pub(super) fn steps_to(origin: Origin) -> &'static [Step] {
    match origin {
        Origin::Dialog => &[Step::TypeAll("/sandbox-07"), Step::Press("enter"), Step::Press("e")],
        Origin::Code => &[
            Step::TypeAll("/sandbox-07"),
            Step::Press("enter"),
            Step::Press("e"),
            Step::TypeAll(NEW),
            Step::Press("enter"),
            Step::Press("enter"),
            Step::End(0, Ending::Taken),
        ],
        Origin::Rooted => &[Step::TypeAll("/sandbox-07"), Step::Press("enter"), Step::Press("p")],
        Origin::Policy => &[
            Step::TypeAll("/sandbox-07"),
            Step::Press("enter"),
            Step::TypeAll("pjj"),
            Step::Press("enter"),
            Step::Look(0, true),
            Step::Press("enter"),
            Step::Look(0, true),
        ],
        Origin::Session => &[
            Step::TypeAll("/sandbox-07"),
            Step::Press("enter"),
            Step::TypeAll("pG"),
            Step::Press("enter"),
            Step::Press("enter"),
            Step::Press("enter"),
            Step::Press("enter"),
            Step::Look(0, true),
        ],
        Origin::Board => &[Step::Press("2")],
        Origin::Mails => &[Step::Press("2"), Step::Code(false)],
        Origin::Journal => &[Step::Press("6"), Step::Answer(0, true)],
        Origin::Marked => &[Step::TypeAll("3/sandbox"), Step::Press("enter"), Step::Press("*")],
        Origin::Deletion => &[
            Step::TypeAll("3/sandbox-07"),
            Step::Press("enter"),
            Step::Press("d"),
            Step::Press("enter"),
            Step::Press("enter"),
            Step::Report(0, Found::RestAndEnd),
        ],
        Origin::Plan => {
            &[Step::TypeAll("2b"), Step::Type('p'), Step::Press("enter"), Step::Press("enter"), Step::Look(0, true)]
        }
        Origin::OpenPlan => &[Step::TypeAll("2bj"), Step::Answer(0, true)],
        _ => &[],
    }
}
