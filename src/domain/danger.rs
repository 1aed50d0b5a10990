/// How much harm a change can do decides how it is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Danger {
    /// By a dialog that says what will happen.
    Mild,
    /// By something to type, too.
    Strong,
    /// After a preview of exactly what will be deleted, too.
    Severe,
}
