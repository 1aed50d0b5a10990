//! What the screen and the subcommands both run.
