//! What can happen on a walk, and where walks begin.

use proptest::prelude::*;

use super::world::{ELSEWHERE, NEW, OLD, SANDBOX_07};
use crate::app::focus::Focus;
use crate::app::mouse::{Mouse, MouseAction, Target};
use crate::app::state::columns::Column;
use crate::app::view::ViewId;

/// Something that happens, as far as it can where the program is.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Press(&'static str),
    Mouse(Mouse),
    Type(char),
    TypeAll(&'static str),
    /// Types the one-time password, or pastes it, where it is asked for.
    Code(bool),
    Paste(&'static str),
    Answer(usize, bool),
    End(usize, Ending),
    /// Answers a look into a member account, or a file.
    Look(usize, bool),
    /// The shell that had a session ends.
    ShellEnds,
    /// A run reports on one of its accounts, or ends.
    Report(usize, Found),
    Wake(usize),
    /// The screen is drawn: a text of so many lines in so many rows.
    Draw(usize, usize),
    Wait(i64),
    Mail,
}

#[derive(Clone, Debug)]
pub(crate) enum Ending {
    Taken,
    Shown,
    Refused,
    Unknown,
}

/// What a run reports.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    Full,
    Clean,
    Unread,
    /// All the rest is found full, and the run is over.
    RestAndEnd,
    /// The run is over.
    End,
    /// A report of a run that is over.
    Stale,
}

fn found() -> impl Strategy<Value = Found> {
    prop::sample::select(vec![
        Found::Full,
        Found::Clean,
        Found::Unread,
        Found::RestAndEnd,
        Found::RestAndEnd,
        Found::End,
        Found::Stale,
    ])
}

fn mouse() -> impl Strategy<Value = Step> {
    let focus = prop::sample::select(vec![Focus::Field, Focus::Cancel, Focus::Other, Focus::Act, Focus::Act]);
    let target = prop_oneof![
        1 => prop::sample::select(ViewId::ALL.to_vec()).prop_map(Target::Tab),
        1 => prop::sample::select(Column::ALL.to_vec()).prop_map(Target::Head),
        4 => (0usize..12).prop_map(Target::Row),
        1 => prop::sample::select(vec![Target::List, Target::Text]),
        3 => focus.prop_map(Target::Element),
    ];
    let action = prop_oneof![4 => Just(MouseAction::Click), 1 => (-3isize..4).prop_map(MouseAction::Wheel)];
    (action, target).prop_map(|(action, target)| Step::Mouse(Mouse { action, target }))
}

const KEYS: &[&str] = &[
    "enter",
    "enter",
    "enter",
    "enter",
    "tab",
    "tab",
    "tab",
    "shift-tab",
    "esc",
    "esc",
    "j",
    "k",
    "down",
    "up",
    "G",
    "page-down",
    "ctrl-d",
    "e",
    "e",
    "o",
    "o",
    "t",
    "t",
    "p",
    "p",
    "P",
    "O",
    "v",
    "y",
    "r",
    "r",
    "s",
    "S",
    "/",
    ":",
    "?",
    "!",
    "F",
    "F",
    "a",
    "b",
    "b",
    "T",
    "1",
    "4",
    "5",
    "5",
    "m",
    "D",
    "7",
    "2",
    "2",
    "2",
    "n",
    "f",
    "m",
    "V",
    "3",
    "3",
    "6",
    "6",
    "x",
    "x",
    "a",
    "A",
    "d",
    "d",
    "R",
    "P",
    "X",
    "*",
    "u",
    "w",
    "w",
    "I",
    "I",
    "space",
    "l",
    "h",
    "space",
    "ctrl-t",
    "ctrl-u",
    "backspace",
    "ctrl-l",
    "ctrl-z",
];

pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let ending = prop_oneof![3 => Just(Ending::Taken), 3 => Just(Ending::Shown), 1 => Just(Ending::Refused), 1 => Just(Ending::Unknown)];
    let words = || {
        prop::sample::select(vec![
            NEW,
            ELSEWHERE,
            OLD,
            "iam.amazonaws.com",
            "RootSessions",
            "sandbox",
            "検証",
            SANDBOX_07,
            "root:finding",
            "outcome:unknown",
            "since:2h",
            "j.json",
            "corp.example",
            "2",
        ])
    };
    let step = prop_oneof![
        24 => prop::sample::select(KEYS).prop_map(Step::Press),
        6 => mouse(),
        1 => prop::sample::select(vec!["q", "ctrl-c"]).prop_map(Step::Press),
        2 => any::<char>().prop_map(Step::Type),
        3 => words().prop_map(Step::TypeAll),
        3 => any::<bool>().prop_map(Step::Code),
        1 => prop::sample::select(vec!["\r\n", "a\u{1b}[31m b", NEW, "検証環境\n"]).prop_map(Step::Paste),
        6 => (any::<usize>(), prop::bool::weighted(0.85)).prop_map(|(which, well)| Step::Answer(which, well)),
        4 => (any::<usize>(), ending).prop_map(|(which, ending)| Step::End(which, ending)),
        5 => (any::<usize>(), prop::bool::weighted(0.8)).prop_map(|(which, well)| Step::Look(which, well)),
        1 => Just(Step::ShellEnds),
        4 => (any::<usize>(), found()).prop_map(|(which, found)| Step::Report(which, found)),
        3 => any::<usize>().prop_map(Step::Wake),
        1 => prop::sample::select(vec![5i64, 60, 200, 890, 90_000]).prop_map(Step::Wait),
        2 => (0usize..30, 1usize..20).prop_map(|(lines, rows)| Step::Draw(lines, rows)),
        1 => Just(Step::Mail),
    ];
    prop::collection::vec(step, 0..50)
}

/// Steps that mostly stay in the dialogs and press their buttons.
pub(crate) fn dialog_steps() -> impl Strategy<Value = Vec<Step>> {
    let ending = prop::sample::select(vec![Ending::Taken, Ending::Shown, Ending::Refused, Ending::Unknown]);
    let words =
        prop::sample::select(vec![NEW, ELSEWHERE, OLD, "iam.amazonaws.com", "RootSessions", SANDBOX_07, "2", "5"]);
    let step = prop_oneof![
        10 => Just(Step::Press("enter")),
        6 => prop::sample::select(vec!["tab", "shift-tab", "tab", "space", "ctrl-u", "ctrl-t", "y"]).prop_map(Step::Press),
        2 => prop::sample::select(vec![
            "e", "o", "t", "p", "i", "O", "esc", "j", "k", "?", "d", "a", "A", "page-down", "down", "s", "n", "f", "m",
            "V", "R", "b", "T",
        ]).prop_map(Step::Press),
        4 => mouse(),
        1 => Just(Step::Wait(1)),
        4 => any::<bool>().prop_map(Step::Code),
        3 => words.prop_map(Step::TypeAll),
        2 => prop::sample::select(vec![NEW, "\n"]).prop_map(Step::Paste),
        4 => (any::<usize>(), ending).prop_map(|(which, ending)| Step::End(which, ending)),
        5 => (any::<usize>(), prop::bool::weighted(0.9)).prop_map(|(which, well)| Step::Look(which, well)),
        2 => (any::<usize>(), any::<bool>()).prop_map(|(which, well)| Step::Answer(which, well)),
        4 => (any::<usize>(), found()).prop_map(|(which, found)| Step::Report(which, found)),
        1 => any::<usize>().prop_map(Step::Wake),
    ];
    prop::collection::vec(step, 0..40)
}

/// Where a walk begins.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin {
    Start,
    Ready,
    Untrusting,
    Dialog,
    Code,
    /// The menu of the root tasks of an account whose gates are open.
    Rooted,
    /// The policy of a bucket.
    Policy,
    /// An open root session.
    Session,
    /// View 2, with changes of several kinds.
    Board,
    /// View 2, two mails pasted.
    Mails,
    /// View 3, several accounts marked.
    Marked,
    /// View 3, what would go of an account is shown.
    Deletion,
    /// The listings showed something to be otherwise than before.
    Found,
    /// View 6, after a session that was cut off.
    Journal,
    /// View 2, what a plan would start is shown.
    Plan,
    /// View 2, the menu with a plan that is not finished.
    OpenPlan,
}

pub(crate) fn origin() -> impl Strategy<Value = Origin> {
    use Origin as O;
    prop::sample::select(vec![
        O::Start,
        O::Ready,
        O::Untrusting,
        O::Dialog,
        O::Code,
        O::Rooted,
        O::Policy,
        O::Session,
        O::Board,
        O::Mails,
        O::Marked,
        O::Deletion,
        O::Found,
        O::Journal,
        O::Plan,
        O::OpenPlan,
    ])
}
