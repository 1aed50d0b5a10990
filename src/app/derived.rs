//! What is computed from something else knows what it was computed from.

/// The inputs that something was last computed from; nothing at first.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct Derived<K>(Option<K>);

impl<K> Default for Derived<K> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq> Derived<K> {
    /// Whether it has to be computed from these inputs: they are others than last time. Says so once.
    pub(in crate::app) fn is_stale(&mut self, inputs: K) -> bool {
        let stale = self.0.as_ref() != Some(&inputs);
        self.0 = Some(inputs);
        stale
    }

    /// An input that is not among those compared has changed.
    pub(in crate::app) fn invalidate(&mut self) {
        self.0 = None;
    }
}
