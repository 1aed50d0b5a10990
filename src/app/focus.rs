use crate::app::ids::WriteId;

/// A field or a button of a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The text field.
    Field,
    /// The answer to a warning.
    Answer,
    /// Leave without doing anything.
    Cancel,
    /// The mend of what stands in the way, or sending again.
    Other,
    /// Do it.
    Act,
}

/// How far a write is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Not confirmed yet, or ended in trouble.
    Asking,
    /// On its way.
    Sending(WriteId),
    /// AWS took it and does not show it yet.
    Waiting,
}

/// The spot `step` places after `current` among `focuses`, round the end; -1 is the one before.
#[must_use]
pub fn cycle(focuses: &[Focus], current: Focus, step: isize) -> Focus {
    next_of(focuses, current, step)
}

/// The same of a dialog with spots of its own.
pub(in crate::app) fn next_of<T: Copy + PartialEq>(focuses: &[T], current: T, step: isize) -> T {
    let index = focuses.iter().position(|focus| *focus == current).unwrap_or(0);
    let length = isize::try_from(focuses.len()).unwrap_or(1).max(1);
    let next = (isize::try_from(index).unwrap_or(0) + step).rem_euclid(length);
    usize::try_from(next).ok().and_then(|next| focuses.get(next)).copied().unwrap_or(current)
}
