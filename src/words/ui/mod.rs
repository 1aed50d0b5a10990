//! What the screen says beside what the other files hold for the screen and the subcommands alike.

pub(crate) mod dialogs;
pub(crate) mod plans;
pub(crate) mod root;
pub(crate) mod views;
