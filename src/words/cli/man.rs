//! What the manual says of itself.

pub(crate) const SOURCE: &str = concat!("rootdeck ", env!("CARGO_PKG_VERSION"));
pub(crate) const MANUAL: &str = "rootdeck manual";

sentences! {
    not_written(folder, error) = "the manual cannot be written to {folder}: {error}";
}
