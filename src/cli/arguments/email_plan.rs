//! The arguments of bulk plans of email changes.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::consent::Consent;
use super::forms::{Form, Output};
use super::root_access::NamedAccounts;
use crate::domain::email_plan::domain_of;
use crate::words::cli::arguments as words;

#[derive(Debug, Args)]
#[command(after_help = words::PLAN_ENDS)]
pub(crate) struct StartPlan {
    /// Plan file, or `-` for stdin
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Check the plan and show its changes, without starting them
    #[arg(long)]
    pub dry_run: bool,
    /// Confirm that you own these domains, although no account uses them yet; without a value, all
    #[arg(
        long,
        value_name = "DOMAIN,…",
        num_args = 0..=1,
        require_equals = true,
        value_delimiter = ',',
        default_missing_value = ANY_DOMAIN,
        value_parser = new_domain
    )]
    pub allow_new_domain: Vec<String>,
    /// Use addresses although AWS documents them as invalid: nobody can recover root with them
    #[arg(long)]
    pub allow_unusual_address: bool,
    /// Resend the one-time passwords of changes that are already pending
    #[arg(long)]
    pub resend: bool,
    /// Results file (default: FILE.results.csv)
    #[arg(long, value_name = "FILE")]
    pub results: Option<PathBuf>,
    #[command(flatten)]
    pub output: Output<Form>,
    #[command(flatten)]
    pub consent: Consent,
}

#[derive(Debug, Args)]
#[command(after_help = words::RESUME_ENDS)]
pub(crate) struct ResumePlan {
    /// Number of the plan, if several are open
    #[arg(long, value_name = "N")]
    pub plan: Option<i64>,
    /// Results file, instead of beside the plan
    #[arg(long, value_name = "FILE")]
    pub results: Option<PathBuf>,
    #[command(flatten)]
    pub output: Output<Form>,
    /// Skip the confirmation
    #[arg(short, long)]
    pub yes: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Plans {
    /// List the open plans, and the newest finished ones
    List(ListPlans),
    /// Show each email change of a plan
    Show(ShowPlan),
    /// Delete a plan from this machine; AWS keeps the changes that were started
    Drop(DropPlan),
}

#[derive(Debug, Args)]
pub(crate) struct ListPlans {
    #[command(flatten)]
    pub output: Output<Form>,
}

#[derive(Debug, Args)]
pub(crate) struct ShowPlan {
    /// Number of the plan
    #[arg(value_name = "N")]
    pub plan: i64,
    #[command(flatten)]
    pub output: Output<Form>,
}

#[derive(Debug, Args)]
pub(crate) struct DropPlan {
    /// Number of the plan
    #[arg(value_name = "N")]
    pub plan: i64,
    #[command(flatten)]
    pub output: Output<Form>,
    /// Skip the confirmation
    #[arg(short, long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct PlanTemplate {
    #[command(flatten)]
    pub accounts: NamedAccounts,
    /// Propose the current addresses at this domain; default: new addresses stay empty
    #[arg(long, value_name = "D", value_parser = domain)]
    pub domain: Option<String>,
}

/// That every new domain is allowed.
pub(in crate::cli) const ANY_DOMAIN: &str = "*";

fn domain(text: &str) -> Result<String, String> {
    domain_of(text).ok_or_else(|| words::NO_DOMAIN.to_owned())
}

fn new_domain(text: &str) -> Result<String, String> {
    if text == ANY_DOMAIN { Ok(text.to_owned()) } else { domain(text) }
}

#[cfg(test)]
mod tests {
    use super::super::{Arguments, Email, Subcommand};
    use super::*;
    use clap::Parser;

    fn allowed(words: &[&str]) -> Option<Vec<String>> {
        let words = [&["rootdeck", "email", "plan"], words].concat();
        match Arguments::try_parse_from(words).ok()?.command {
            Some(Subcommand::Email(Email::Plan(plan))) => Some(plan.allow_new_domain),
            _ => None,
        }
    }

    #[test]
    fn new_domains_are_named_or_all_allowed() {
        assert_eq!(allowed(&["plan.csv"]), Some(vec![]));
        assert_eq!(allowed(&["--allow-new-domain", "plan.csv"]), Some(vec![ANY_DOMAIN.into()]));
        let both = Some(vec!["a.example".to_owned(), "b.example".to_owned()]);
        assert_eq!(allowed(&["plan.csv", "--allow-new-domain=A.example,b.example"]), both);
        assert_eq!(allowed(&["plan.csv", "--allow-new-domain=a.example", "--allow-new-domain=b.example"]), both);
        assert_eq!(allowed(&["plan.csv", "--allow-new-domain=nonsense"]), None);
    }
}
