//! The keys that sentences name, from the table of commands and what the configuration changes of it.
//!
//! Sentences are made in hundreds of places, most of which know nothing of a configuration, so they ask here. The
//! answer comes from one of three places, in this order: the state that is being drawn ([`drawn_with`]), so that a
//! picture is a function of the state alone; the configuration of this process ([`configure`], once, before
//! anything is said); the table.

use std::cell::RefCell;
use std::sync::OnceLock;

use crate::app::command::{CommandId, by_id};
use crate::app::key_map::KeyMap;
use crate::domain::text::capital;

static CONFIGURED: OnceLock<KeyMap> = OnceLock::new();

thread_local! {
    static DRAWN_WITH: RefCell<Option<KeyMap>> = const { RefCell::new(None) };
}

/// Has all sentences of this process name these keys. Only the first call does anything.
pub(crate) fn configure(keys: KeyMap) {
    CONFIGURED.set(keys).ok();
}

/// Runs `draw` with sentences that name these keys.
pub(crate) fn drawn_with<T>(keys: &KeyMap, draw: impl FnOnce() -> T) -> T {
    /// Puts back what was there, also after a panic.
    struct Before(Option<KeyMap>);
    impl Drop for Before {
        fn drop(&mut self) {
            DRAWN_WITH.set(self.0.take());
        }
    }
    let _before = Before(DRAWN_WITH.replace(Some(keys.clone())));
    draw()
}

/// The key of a command: the first of its first entry. One without a key is found with the palette: `:refresh`.
pub(crate) fn key(command: CommandId) -> String {
    first(command).unwrap_or_else(|| {
        let title = by_id(command).map_or("", |command| command.title);
        format!("{}{title}", first(CommandId::Palette).unwrap_or_default())
    })
}

fn first(command: CommandId) -> Option<String> {
    let command = by_id(command)?;
    let of = |keys: &KeyMap| keys.of(command).first().map(ToString::to_string);
    DRAWN_WITH
        .with_borrow(|drawn| drawn.as_ref().map(of))
        .or_else(|| CONFIGURED.get().map(of))
        .unwrap_or_else(|| command.default_keys.first().map(ToString::to_string))
}

/// The same as a word that stands alone or begins a sentence: `Esc`. A letter stays as it is typed.
pub(crate) fn named(command: CommandId) -> String {
    let key = key(command);
    if key.chars().nth(1).is_some() { capital(&key) } else { key }
}

/// A view by the key that leads to it: `view 4`.
pub(crate) fn view(command: CommandId) -> String {
    format!("view {}", key(command))
}

/// Where switches are turned: `view 4, key t`.
pub(crate) fn switches() -> String {
    format!("{}, key {}", view(CommandId::ViewOrganization), key(CommandId::Toggle))
}

/// How the bulk plans are opened from anywhere: `2 b`.
pub(crate) fn bulk_plans() -> String {
    format!("{} {}", key(CommandId::ViewEmailChanges), key(CommandId::BulkPlan))
}
