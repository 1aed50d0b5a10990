//! Signing in, and the code of an MFA device.

use crate::domain::profile::Browser;

/// What the sign-in says on the terminal when it has failed, before the screen comes back.
pub(crate) const WAITS_AFTER_FAILURE: &str = "That did not work. Enter goes back to rootdeck. ";

pub(crate) const NOT_INSTALLED: &str =
    "the AWS CLI is not installed here, or not on the PATH (version 2 has `aws sso login` and `aws login`)";

pub(crate) const STOPPED: &str = "the AWS CLI was stopped before it had signed in";

pub(crate) fn failed(code: i32) -> String {
    format!("the AWS CLI ended with exit code {code}; its words stand on the terminal")
}

pub(crate) fn way(browser: Browser) -> &'static str {
    match browser {
        Browser::Here => "with a browser on this machine",
        Browser::Elsewhere => "with a browser elsewhere",
    }
}

pub(crate) const WAYS: &str = "The terminal is handed to the AWS CLI, and comes back when that has ended. Over SSH the browser \
                        is elsewhere.";

pub(crate) const CODE: &str = "The role of this profile wants a code of an MFA device. Each code works once; the session it \
                        opens lasts an hour, or what the profile says.";

pub(crate) const ASKING: &str = "asking AWS for a session";
