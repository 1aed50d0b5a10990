//! The profiles of the AWS configuration: where credentials come from, and how a person signs in for them.

use super::aws_command::shell_word;
use super::cause::Cause;

/// A profile, as far as the configuration tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its name, cleaned; `None` for what is used where none is named.
    pub(crate) name: Option<String>,
    pub(crate) source: CredentialSource,
    pub(crate) region: Option<String>,
    /// The id of the account that its credentials are of, where the configuration tells that.
    pub(crate) account: Option<String>,
    pub(crate) endpoint: Option<String>,
    pub(crate) sign_in: Option<SignIn>,
    /// The role that wants a code of an MFA device.
    pub(crate) mfa: Option<MfaRole>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CredentialSource {
    /// A permission set of IAM Identity Center (`sso_session`, `sso_start_url`).
    IdentityCenter(String),
    /// A sign-in to the console (`login_session`).
    Login,
    /// A role (`role_arn`), and the profile or source that it is assumed from.
    Role(String, String),
    /// A role, for the token in a file (`web_identity_token_file`).
    WebIdentity(String),
    Keys,
    /// A program (`credential_process`).
    Process,
    /// The environment (`AWS_ACCESS_KEY_ID`).
    Environment,
    /// The container or instance that this runs in, if it gives any.
    Machine,
    /// One of the callers of the demo, in a few words.
    Demo(&'static str),
}

/// What of a profile has to be known to get it credentials by signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// With which command.
    pub tool: SignInTool,
    /// The profile that the command is for: the one itself or the one its role is assumed from.
    pub profile: String,
}

/// The commands of the AWS CLI (version 2) that sign a person in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignInTool {
    /// `aws sso login`.
    Sso,
    /// `aws login`.
    Login,
}

/// Where the browser is that a person signs in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Browser {
    /// On the machine that rootdeck runs on.
    Here,
    /// Elsewhere, as for somebody who came by SSH: a code is shown or asked for.
    Elsewhere,
}

impl Profile {
    /// The profile that a person signs in with to fix a failure of this cause, where that is the way.
    pub(crate) fn fixes(&self, cause: Cause) -> Option<&str> {
        let by_signing_in =
            matches!(cause, Cause::NoCredentials | Cause::SsoExpired | Cause::LoginExpired | Cause::TokenExpired);
        self.sign_in.as_ref().filter(|_| by_signing_in).map(|sign_in| sign_in.profile.as_str())
    }
}

impl SignIn {
    /// The command, word by word (AWS CLI: `--use-device-code` since 2.22, `aws login` since 2.32).
    pub fn words(&self, browser: Browser) -> Vec<String> {
        let (command, elsewhere): (&[&str], &[&str]) = match self.tool {
            SignInTool::Sso => (&["aws", "sso", "login"], &["--use-device-code", "--no-browser"]),
            SignInTool::Login => (&["aws", "login"], &["--remote"]),
        };
        let options = if browser == Browser::Elsewhere { elsewhere } else { &[] };
        let profile = ["--profile", &self.profile];
        command.iter().copied().chain(profile).chain(options.iter().copied()).map(str::to_owned).collect()
    }

    /// The command as it is typed into a shell.
    pub fn command(&self, browser: Browser) -> String {
        self.words(browser).iter().map(|word| shell_word(word)).collect::<Vec<_>>().join(" ")
    }
}

/// A role that wants a code of an MFA device (`mfa_serial`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MfaRole {
    pub(crate) role: String,
    /// The serial number or ARN of the device.
    pub(crate) serial: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_signs_in_here_or_for_a_browser_elsewhere() {
        let sso = SignIn { tool: SignInTool::Sso, profile: "prod one".to_owned() };
        assert_eq!(sso.command(Browser::Here), "aws sso login --profile 'prod one'");
        assert_eq!(sso.words(Browser::Elsewhere)[3..], ["--profile", "prod one", "--use-device-code", "--no-browser"]);
        let login = SignIn { tool: SignInTool::Login, profile: "default".to_owned() };
        assert_eq!(login.command(Browser::Elsewhere), "aws login --profile default --remote");
    }
}
