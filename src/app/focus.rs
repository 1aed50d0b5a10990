use crate::app::ids::WriteId;
use crate::domain::remote_data::ReadId;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Focus {
    Field,
    /// One of several choices or questions, by its place among them.
    Item(usize),
    /// The answer to a warning.
    Answer,
    Cancel,
    /// The fix of what blocks the action, or sending again.
    Other,
    Act,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Not confirmed yet, or it failed.
    Asking,
    /// It was asked for something that is no write.
    Asked(ReadId),
    Sending(WriteId),
    /// AWS accepted it and does not show it yet.
    Waiting,
}

/// The element `step` places after `current`, wrapping around.
pub(crate) fn cycle<T: Copy + PartialEq>(all: &[T], current: T, step: isize) -> T {
    let index = all.iter().position(|one| *one == current).unwrap_or(0);
    let length = isize::try_from(all.len()).unwrap_or(1).max(1);
    let next = (isize::try_from(index).unwrap_or(0) + step).rem_euclid(length);
    usize::try_from(next).ok().and_then(|next| all.get(next)).copied().unwrap_or(current)
}
