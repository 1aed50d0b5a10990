//! Knowledge that has an age and can be missing.

use jiff::Timestamp;

use super::api_error::ApiError;

/// The number of a read. Each is used once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct ReadId(pub u64);

/// Something that AWS was, is or will be asked. "Could not read" never becomes "none" or "off": only
/// `RemoteData::value` speaks of the thing itself, and it says nothing when nothing is known. Only the answer of the
/// newest read counts: one with another number is older than something that happened since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RemoteData<T> {
    /// Nobody asked yet.
    #[default]
    NotAsked,
    /// Asked by this read, not answered; with what was known before.
    Loading(ReadId, Option<Known<T>>),
    /// Answered.
    Known(Known<T>),
    /// The last attempt failed; with what was known before.
    Failed(ApiError, Option<Known<T>>),
}

/// A value and when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<T> {
    pub(crate) value: T,
    pub(crate) at: Timestamp,
}

impl<T> RemoteData<T> {
    pub(crate) fn known(value: T, at: Timestamp) -> Self {
        Self::Known(Known { value, at })
    }

    pub(crate) fn answered(answer: Result<T, ApiError>, at: Timestamp) -> Self {
        match answer {
            Ok(value) => Self::known(value, at),
            Err(error) => Self::Failed(error, None),
        }
    }

    pub(crate) fn map<U>(&self, of: impl Fn(&T) -> U) -> RemoteData<U> {
        let known = |known: &Known<T>| Known { value: of(&known.value), at: known.at };
        match self {
            Self::NotAsked => RemoteData::NotAsked,
            Self::Loading(id, last) => RemoteData::Loading(*id, last.as_ref().map(known)),
            Self::Known(answer) => RemoteData::Known(known(answer)),
            Self::Failed(error, last) => RemoteData::Failed(error.clone(), last.as_ref().map(known)),
        }
    }

    /// The newest known value, fresh or not.
    pub(crate) fn value(&self) -> Option<&T> {
        self.last().map(|known| &known.value)
    }

    /// The newest known value with its age, fresh or not.
    pub(crate) fn last(&self) -> Option<&Known<T>> {
        match self {
            Self::NotAsked => None,
            Self::Loading(_, last) | Self::Failed(_, last) => last.as_ref(),
            Self::Known(known) => Some(known),
        }
    }

    /// The value, only if the newest attempt gave it.
    pub(crate) fn current(&self) -> Option<&T> {
        match self {
            Self::Known(known) => Some(&known.value),
            _ => None,
        }
    }

    pub(crate) fn error(&self) -> Option<&ApiError> {
        match self {
            Self::Failed(error, _) => Some(error),
            _ => None,
        }
    }

    pub(crate) fn is_loading(&self) -> bool {
        matches!(self, Self::Loading(..))
    }

    pub(crate) fn awaits(&self, id: ReadId) -> bool {
        matches!(self, Self::Loading(awaited, _) if *awaited == id)
    }

    /// Notes that read `id` went out; keeps what was known.
    pub(crate) fn start(&mut self, id: ReadId) {
        *self = Self::Loading(id, self.take_last());
    }

    /// Takes the answer of read `id`; whether it was the one awaited.
    pub(crate) fn finish(&mut self, id: ReadId, answer: Result<T, ApiError>, at: Timestamp) -> bool {
        let awaited = self.awaits(id);
        if awaited {
            self.set(answer, at);
        }
        awaited
    }

    /// Takes what was read otherwise (after a write), which makes a read in progress stale.
    pub(crate) fn set(&mut self, answer: Result<T, ApiError>, at: Timestamp) {
        *self = match answer {
            Ok(value) => Self::known(value, at),
            Err(error) => Self::Failed(error, self.take_last()),
        };
    }

    /// Takes what was known at an earlier time, unless something as new is known; whether it was taken. A read in
    /// progress continues.
    pub(crate) fn remember(&mut self, value: T, at: Timestamp) -> bool {
        if self.last().is_some_and(|known| known.at >= at) {
            return false;
        }
        let known = Known { value, at };
        *self = match std::mem::take(self) {
            Self::NotAsked | Self::Known(_) => Self::Known(known),
            Self::Loading(id, _) => Self::Loading(id, Some(known)),
            Self::Failed(error, _) => Self::Failed(error, Some(known)),
        };
        true
    }

    fn take_last(&mut self) -> Option<Known<T>> {
        match std::mem::take(self) {
            Self::NotAsked => None,
            Self::Loading(_, last) | Self::Failed(_, last) => last,
            Self::Known(known) => Some(known),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::ApiErrorKind;

    fn api_error() -> ApiError {
        ApiError::new("organizations:ListAccounts", ApiErrorKind::Unreachable, "no route")
    }

    #[test]
    fn a_failed_refresh_keeps_the_last_value_and_says_it_failed() {
        let mut fetched = RemoteData::known(7, Timestamp::UNIX_EPOCH);
        fetched.start(ReadId(1));
        assert_eq!(fetched.value(), Some(&7));
        fetched.set(Err(api_error()), Timestamp::UNIX_EPOCH);
        assert_eq!(fetched.value(), Some(&7));
        assert_eq!(fetched.current(), None);
        assert_eq!(fetched.error(), Some(&api_error()));
    }

    #[test]
    fn what_is_remembered_never_stands_over_something_newer_nor_ends_a_question() {
        let at = |second| Timestamp::from_second(second).expect("a time");
        let mut fetched = RemoteData::known(7, at(5));
        assert!(!fetched.remember(6, at(5)) && fetched.value() == Some(&7));
        assert!(fetched.remember(8, at(6)) && fetched.value() == Some(&8));
        let mut asked: RemoteData<u8> = RemoteData::Loading(ReadId(1), None);
        assert!(asked.remember(6, at(1)) && asked.is_loading() && asked.value() == Some(&6));
        let mut failed: RemoteData<u8> = RemoteData::Failed(api_error(), None);
        assert!(failed.remember(6, at(1)) && failed.error().is_some() && failed.value() == Some(&6));
    }

    #[test]
    fn a_failure_without_a_past_knows_nothing() {
        let mut fetched: RemoteData<u8> = RemoteData::default();
        fetched.set(Err(api_error()), Timestamp::UNIX_EPOCH);
        assert_eq!(fetched.value(), None);
    }

    #[test]
    fn only_the_newest_read_counts() {
        let mut fetched = RemoteData::default();
        fetched.start(ReadId(1));
        fetched.start(ReadId(2));
        assert!(!fetched.finish(ReadId(1), Ok("old"), Timestamp::UNIX_EPOCH));
        assert_eq!(fetched.value(), None);
        assert!(fetched.finish(ReadId(2), Ok("new"), Timestamp::UNIX_EPOCH));
        assert!(!fetched.finish(ReadId(2), Ok("again"), Timestamp::UNIX_EPOCH));
        assert_eq!(fetched.value(), Some(&"new"));
    }

    #[test]
    fn what_a_write_saw_is_newer_than_a_read_begun_before_it() {
        let mut fetched = RemoteData::default();
        fetched.start(ReadId(1));
        fetched.set(Ok("seen"), Timestamp::UNIX_EPOCH);
        assert!(!fetched.finish(ReadId(1), Ok("stale"), Timestamp::UNIX_EPOCH));
        assert_eq!(fetched.value(), Some(&"seen"));
    }
}
