//! The arguments of the commands about primary emails.

use clap::{Args, Subcommand};

use super::consent::Consent;
use super::email_plan::{PlanTemplate, ResumePlan, StartPlan};
use super::forms::{Form, OneForm};
use crate::domain::email::EmailAddress;
use crate::domain::email_check::AddressCheck;
use crate::words::cli::arguments as words;
use crate::words::email::check;

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

#[derive(Debug, Args)]
pub(crate) struct ShowEmail {
    /// The member accounts, by id or unique name
    #[arg(required = true)]
    pub accounts: Vec<String>,
    /// The form of the output
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: Form,
}

#[derive(Debug, Args)]
#[command(after_help = words::START_ENDS)]
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
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
#[command(after_help = words::ACCEPT_ENDS)]
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
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
#[command(after_help = words::STATUS_ENDS)]
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

#[derive(Debug, Args)]
#[command(after_help = words::START_ENDS)]
pub(crate) struct ResendEmail {
    /// The member account, by id or unique name
    pub account: String,
    /// The form of the output
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: OneForm,
    #[command(flatten)]
    pub consent: Consent,
}

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
