//! The arguments of the commands about primary emails.

use clap::{Args, Subcommand};

use super::consent::Consent;
use super::email_plan::{PlanTemplate, ResumePlan, StartPlan};
use super::forms::{Form, OneForm};
use crate::domain::email::EmailAddress;
use crate::domain::email_check::AddressCheck;
use crate::words::email::check;

const START_ENDS: &str = "Ends with 0 if AWS has sent the one-time password (or the account has the address, or the change is \
                          pending, already), 1 if it failed, 2 if the address can't be \
                          the account's or is not confirmed, 4 if it is not permitted or not ready, 5 if it may have \
                          been started. AWS's name for it: account:StartPrimaryEmailUpdate.";
const ACCEPT_ENDS: &str = "The one-time password is asked for without echo, or read from stdin if that is no terminal: \
                           the code alone or the whole mail. It is never an argument. Ends with 0 if AWS accepted it \
                           (with --wait: if the account has the new address), 1 if it did not, 4 if no change waits \
                           for one, 5 if what became of it is not known.";
const STATUS_ENDS: &str = "Ends with 0 if AWS told of all accounts that it was asked about, 3 if not of some, 4 or 1 if \
                           of none.";

/// What to do about primary emails.
#[derive(Debug, Subcommand)]
pub(crate) enum Email {
    /// Print the primary emails of accounts as AWS tells them now
    Show(ShowEmail),
    /// Have a one-time password sent to the new address of an account
    Start(StartEmail),
    /// Prove with the one-time password that the new address is ours, so that the account gets it
    Accept(AcceptEmail),
    /// See how email changes stand
    Status(EmailStatus),
    /// Have the one-time password of an account's change sent again
    Resend(ResendEmail),
    /// Forget an account's change and its new address on this machine
    Forget(ForgetEmail),
    /// Check a plan of many email changes and start them
    Plan(StartPlan),
    /// Go on with a plan that was stopped
    Resume(ResumePlan),
    /// Print a template for a plan
    Template(PlanTemplate),
}

/// Whose address to print.
#[derive(Debug, Args)]
pub(crate) struct ShowEmail {
    /// The member accounts, by id or unique name
    #[arg(required = true)]
    pub accounts: Vec<String>,
    /// The form of the output
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: Form,
}

/// Which change to start.
#[derive(Debug, Args)]
#[command(after_help = START_ENDS)]
pub(crate) struct StartEmail {
    /// The member account, by id or unique name
    pub account: String,
    /// The address it is to have
    #[arg(value_parser = address)]
    pub new_email: EmailAddress,
    /// The address's domain is right even if no account of the organization uses it yet
    #[arg(long)]
    pub allow_new_domain: bool,
    /// Use the address although AWS documents it as invalid: nobody can reach root of such an account
    #[arg(long)]
    pub allow_unusual_address: bool,
    /// Send the one-time password again if this change is pending already
    #[arg(long)]
    pub resend: bool,
    /// The form of the output
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: OneForm,
    /// How it is confirmed
    #[command(flatten)]
    pub consent: Consent,
}

/// Which change to accept.
#[derive(Debug, Args)]
#[command(after_help = ACCEPT_ENDS)]
pub(crate) struct AcceptEmail {
    /// The member account, by id or unique name
    pub account: String,
    /// The address that the change was started with, if it was not from this machine
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    pub new_email: Option<EmailAddress>,
    /// Look again until AWS shows the change as completed or failed
    #[arg(long)]
    pub wait: bool,
    /// The form of the output
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: OneForm,
    /// How it is confirmed
    #[command(flatten)]
    pub consent: Consent,
}

/// Which changes to look at.
#[derive(Debug, Args)]
#[command(after_help = STATUS_ENDS)]
pub(crate) struct EmailStatus {
    /// The member accounts, by id or unique name; without any, those with a change that was
    /// started from here, or elsewhere as far as is known
    #[arg(conflicts_with = "all")]
    pub accounts: Vec<String>,
    /// Ask about every active member account, and show those with a change
    #[arg(long)]
    pub all: bool,
    /// The form of the output
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: Form,
}

/// Whose password to send again.
#[derive(Debug, Args)]
#[command(after_help = START_ENDS)]
pub(crate) struct ResendEmail {
    /// The member account, by id or unique name
    pub account: String,
    /// The form of the output
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: OneForm,
    /// How it is confirmed
    #[command(flatten)]
    pub consent: Consent,
}

/// Whose change to forget.
#[derive(Debug, Args)]
pub(crate) struct ForgetEmail {
    /// The member account, by id or unique name
    pub account: String,
    /// Do it without asking
    #[arg(long)]
    pub yes: bool,
}

fn address(text: &str) -> Result<EmailAddress, String> {
    EmailAddress::parse(text).map_err(|problem| check(&AddressCheck::Problem(problem)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::Arguments;
    use clap::Parser;

    fn takes(words: &[&str]) -> bool {
        Arguments::try_parse_from([&["rootdeck", "email"], words].concat()).is_ok()
    }

    #[test]
    fn a_one_time_password_is_no_argument() {
        assert!(takes(&["accept", "444455556666"]));
        assert!(!takes(&["accept", "444455556666", "482915"]) && !takes(&["accept", "1", "--otp", "482915"]));
    }

    #[test]
    fn a_new_address_is_one_that_aws_takes() {
        assert!(takes(&["start", "sandbox", "new@corp.example"]));
        for wrong in ["new", "new@corp", "n w@corp.example", ""] {
            assert!(!takes(&["start", "sandbox", wrong]), "{wrong}");
        }
    }

    #[test]
    fn accounts_are_named_or_all() {
        assert!(takes(&["status"]) && takes(&["status", "a", "b"]) && takes(&["status", "--all"]));
        assert!(!takes(&["status", "--all", "a"]));
    }
}
