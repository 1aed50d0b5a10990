//! A question to AWS of which only the newest answer counts.

use jiff::Timestamp;

use super::api_error::ApiError;
use super::fetched::Fetched;

/// The number of a read. Each is used once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct ReadId(pub u64);

/// What is known, and the number of the read that may change it. An answer with another number is
/// older than something that happened since, and is dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<T> {
    state: Fetched<T>,
    current: Option<ReadId>,
}

impl<T> Default for Asked<T> {
    fn default() -> Self {
        Self { state: Fetched::NotAsked, current: None }
    }
}

impl<T> Asked<T> {
    /// What is known.
    pub fn state(&self) -> &Fetched<T> {
        &self.state
    }

    /// The newest known value, fresh or not.
    pub fn value(&self) -> Option<&T> {
        self.state.value()
    }

    /// Notes that read `id` is under way.
    pub fn start(&mut self, id: ReadId) {
        self.state.start();
        self.current = Some(id);
    }

    /// Whether `id` is the read that is awaited.
    pub fn awaits(&self, id: ReadId) -> bool {
        self.current == Some(id)
    }

    /// Takes the answer of read `id`; whether it was the one awaited.
    pub fn finish(&mut self, id: ReadId, answer: Result<T, ApiError>, at: Timestamp) -> bool {
        let awaited = self.awaits(id);
        if awaited {
            self.current = None;
            self.state.finish(answer, at);
        }
        awaited
    }

    /// Takes what was known at an earlier time, unless something as new is; whether it was taken. A read
    /// under way goes on.
    pub fn remember(&mut self, value: T, at: Timestamp) -> bool {
        self.state.remember(value, at)
    }

    /// Takes what was read otherwise (after a write), which makes a read under way stale.
    pub fn set(&mut self, answer: Result<T, ApiError>, at: Timestamp) {
        self.current = None;
        self.state.finish(answer, at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_read_counts() {
        let mut asked = Asked::default();
        asked.start(ReadId(1));
        asked.start(ReadId(2));
        assert!(!asked.finish(ReadId(1), Ok("old"), Timestamp::UNIX_EPOCH));
        assert_eq!(asked.value(), None);
        assert!(asked.finish(ReadId(2), Ok("new"), Timestamp::UNIX_EPOCH));
        assert!(!asked.finish(ReadId(2), Ok("again"), Timestamp::UNIX_EPOCH));
        assert_eq!(asked.value(), Some(&"new"));
    }

    #[test]
    fn what_a_write_saw_is_newer_than_a_read_begun_before_it() {
        let mut asked = Asked::default();
        asked.start(ReadId(1));
        asked.set(Ok("seen"), Timestamp::UNIX_EPOCH);
        assert!(!asked.finish(ReadId(1), Ok("stale"), Timestamp::UNIX_EPOCH));
        assert_eq!(asked.value(), Some(&"seen"));
    }
}
