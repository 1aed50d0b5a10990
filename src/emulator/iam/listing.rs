//! Lists, a page at a time.

use super::constraints::page_size;
use crate::emulator::validation::validation_error;
use crate::emulator::{Answer, Caller, Element, Input, PageKey, Refusal, Window};

/// That a marker of something else is refused so is a guess.
pub(super) fn page(
    name: &'static str,
    (caller, operation, input): (&Caller, &str, &Input),
    entries: &[Vec<Element>],
) -> Result<Answer, Refusal> {
    let listing = PageKey { operation, about: &caller.account };
    let window = Window::plain(listing, entries.len(), page_size(input)?, input.text("Marker")?)
        .ok_or_else(|| validation_error("Invalid Marker."))?;
    let shown = entries.get(window.start..window.end).unwrap_or_default();
    let is_truncated = if window.next.is_some() { "true" } else { "false" };
    let mut answer = vec![Element::structures(name, shown.iter().cloned()), Element::text("IsTruncated", is_truncated)];
    answer.extend(window.next.map(|marker| Element::text("Marker", marker)));
    Ok(Answer::Xml(answer))
}
