//! The arguments of the commands about primary emails.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::consent::Consent;
use super::email_plan::{PlanTemplate, Plans, ResumePlan, StartPlan};
use super::forms::{Form, OneForm, Output};
use crate::domain::email::EmailAddress;
use crate::domain::email_check::AddressCheck;
use crate::words::cli::arguments as words;
use crate::words::email::check;

#[derive(Debug, Subcommand)]
pub(crate) enum Email {
    /// Print the current primary emails of accounts
    Show(ShowEmail),
    /// Start an email change: AWS sends a one-time password to the new address
    Start(StartEmail),
    /// Complete an email change with the one-time password
    Accept(AcceptEmail),
    /// Show the status of email changes
    Status(EmailStatus),
    /// Resend the one-time password of an email change
    Resend(ResendEmail),
    /// Forget an email change and its new address on this machine
    Forget(ForgetEmail),
    /// Check a plan of many email changes and start it
    Plan(StartPlan),
    /// Resume an open plan
    Resume(ResumePlan),
    /// List, show and delete the plans on this machine
    #[command(subcommand)]
    Plans(Plans),
    /// Print a template for a plan
    Template(PlanTemplate),
}

#[derive(Debug, Args)]
pub(crate) struct ShowEmail {
    /// Member accounts (id, ARN or unique name), `all` active ones, or `-` for the lines of stdin
    #[arg(required = true)]
    pub accounts: Vec<String>,
    #[command(flatten)]
    pub output: Output<Form>,
}

#[derive(Debug, Args)]
#[command(after_help = words::START_ENDS)]
pub(crate) struct StartEmail {
    /// Member account (id, ARN or unique name)
    pub account: String,
    /// New primary email
    #[arg(value_parser = address)]
    pub new_email: EmailAddress,
    /// Confirm that you own the new domain, although no account uses it yet
    #[arg(long)]
    pub allow_new_domain: bool,
    /// Use the address although AWS documents it as invalid: nobody can recover root with it
    #[arg(long)]
    pub allow_unusual_address: bool,
    /// Resend the one-time password if this change is already pending
    #[arg(long)]
    pub resend: bool,
    #[command(flatten)]
    pub output: Output<OneForm>,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
#[command(after_help = words::ACCEPT_ENDS)]
pub(crate) struct AcceptEmail {
    /// Member account (id, ARN or unique name)
    #[arg(required_unless_present = "mails")]
    pub account: Option<String>,
    /// Accept all open changes whose mails are in these files (mbox, .eml or text, several mails in one file too), or
    /// `-` for stdin
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["account", "new_email"])]
    pub mails: Vec<PathBuf>,
    /// Show which mail belongs to which change, without accepting any
    #[arg(long, requires = "mails", conflicts_with_all = ["account", "wait"])]
    pub dry_run: bool,
    /// New address of the change, if it was started elsewhere
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    pub new_email: Option<EmailAddress>,
    /// Wait until AWS reports COMPLETED or FAILED
    #[arg(long)]
    pub wait: bool,
    #[command(flatten)]
    pub output: Output<Form>,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
#[command(after_help = words::STATUS_ENDS)]
pub(crate) struct EmailStatus {
    /// Member accounts (id, ARN or unique name), `all` active ones, or `-` for the lines of stdin; default: those with
    /// an email change started on this machine, or known to be started elsewhere
    #[arg(conflicts_with = "all")]
    pub accounts: Vec<String>,
    /// Check every active member account, and show those with a change
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub output: Output<Form>,
}

#[derive(Debug, Args)]
#[command(after_help = words::START_ENDS)]
pub(crate) struct ResendEmail {
    /// Member account (id, ARN or unique name)
    pub account: String,
    #[command(flatten)]
    pub output: Output<OneForm>,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
pub(crate) struct ForgetEmail {
    /// Member account (id, ARN or unique name)
    pub account: String,
    #[command(flatten)]
    pub output: Output<Form>,
    /// Skip the confirmation
    #[arg(short, long)]
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
        assert!(takes(&["accept", "--mails", "a.eml", "b.mbox"]) && takes(&["accept", "--mails", "-", "--dry-run"]));
        assert!(!takes(&["accept", "sandbox", "--mails", "-"]) && !takes(&["accept", "sandbox", "--dry-run"]));
        assert!(
            !takes(&["accept"]) && !takes(&["accept", "--dry-run"]) && takes(&["accept", "--mails", "-", "--wait"])
        );
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
