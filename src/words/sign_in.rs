//! Signing in, and the code of an MFA device.

use crate::domain::profile::Browser;

/// What the sign-in says on the terminal when it has failed, before the screen comes back.
pub(crate) const WAITS_AFTER_FAILURE: &str = "Sign-in failed. Press Enter to return to rootdeck. ";

pub(crate) const NOT_INSTALLED: &str =
    "the AWS CLI is not installed or not on the PATH (version 2 has `aws sso login` and `aws login`)";

pub(crate) const STOPPED: &str = "the AWS CLI was stopped before sign-in";

pub(crate) fn failed(code: i32) -> String {
    format!("the AWS CLI ended with exit code {code}; its message is on the terminal")
}

pub(crate) fn way(browser: Browser) -> &'static str {
    match browser {
        Browser::Here => "with a browser on this machine",
        Browser::Elsewhere => "with a browser on another machine",
    }
}

pub(crate) const WAYS: &str = "Runs the AWS CLI in this terminal, then returns to rootdeck. Over SSH, use a browser \
    on another machine.";

pub(crate) const CODE: &str = "The role of this profile requires an MFA code. Each code works once. The session \
    lasts 1 hour, or as set in the profile.";

pub(crate) const ASKING: &str = "requesting a session";
