//! The commands of root access.

use super::Command;

pub(super) const COMMANDS: [Command; 0] = [];
