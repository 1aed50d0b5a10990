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

impl Danger {
    /// Whatever is made on more than one account is severe.
    pub(crate) fn on(self, accounts: usize) -> Self {
        if accounts > 1 { Self::Severe } else { self }
    }
}
