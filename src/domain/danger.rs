//! How much harm a change can do.

/// How much harm a change can do, which decides how it is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Danger {
    /// A dialog that says what will happen.
    Mild,
    /// Also something to type.
    Strong,
    /// Also a look beforehand at exactly what would go.
    Severe,
}
