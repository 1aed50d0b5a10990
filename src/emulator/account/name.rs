//! The name of an account.

use super::check::{self, Text};
use super::gate;
use crate::emulator::{Answer, Refusal, Request, World};

const NAME: Text = Text { pattern: Some(("^[ -;=?-~]+$", is_name)), ..Text::of("AccountName", 50) };

/// Captured: it is trimmed, Organizations has it at once, and the refusal of a blank one has no type. Its text is a
/// guess.
pub(super) fn put(world: &mut World, request: Request<'_>) -> Result<Answer, Refusal> {
    let name = check::required(request.input, &NAME)?;
    if name.trim().is_empty() {
        return Err(Refusal::untyped(400, "Account name cannot be blank."));
    }
    let account = gate::active_member_or_own(world, request)?.id.clone();
    world.organization.change_name(&account, name.trim());
    Ok(Answer::Empty)
}

/// ASCII without `<` and `>`.
fn is_name(text: &str) -> bool {
    text.chars().all(|letter| matches!(letter, ' '..=';' | '=' | '?'..='~'))
}
