//! The view: pictures of the screens, and what holds of any picture.

mod board;
mod dialogs;
mod findings;
mod glance;
mod journal;
mod keys;
mod layout;
mod looks;
mod low;
mod manners;
mod marks;
mod mouse;
mod picture;
mod plans;
mod properties;
mod readiness;
mod root_access;
mod root_tasks;
mod screenshots;
mod several;
mod shown_commands;
mod views;
mod whole;
