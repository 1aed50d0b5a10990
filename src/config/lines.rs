//! Where in a text its lines are.

pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        Self(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(offset, _)| offset).collect())
    }

    /// The number, from 1, of the line that holds the byte at `offset`.
    pub(super) fn of_offset(&self, offset: usize) -> usize {
        1 + self.0.partition_point(|end| *end < offset)
    }
}
