//! The arguments of the commands about the organization's switches.

use clap::{Args, Subcommand};

use super::consent::Consent;
use super::forms::Form;
use crate::domain::root_feature::RootFeature;
use crate::domain::trusted_access::ServicePrincipal;

const SET_ENDS: &str = "Ends with 0 if AWS shows it so, 1 if it failed, 4 if it is not permitted or not ready, 5 if AWS \
                        took it and does not show it (with --no-wait: not at once), or may have taken it.";

/// What to do about trusted access.
#[derive(Debug, Subcommand)]
pub(crate) enum Trust {
    /// List the services that are trusted, and those two that can be switched here
    List(ListSwitches),
    /// Turn trusted access on for account.amazonaws.com or iam.amazonaws.com
    Enable(SetTrust),
    /// Turn it off
    Disable(SetTrust),
}

/// What to do about the features of centralized root access.
#[derive(Debug, Subcommand)]
pub(crate) enum Features {
    /// List the features
    List(ListSwitches),
    /// Turn a feature on
    Enable(SetFeature),
    /// Turn it off
    Disable(SetFeature),
}

/// How to list switches.
#[derive(Debug, Args)]
pub(crate) struct ListSwitches {
    /// The form of the output
    #[arg(short, long, value_name = "FORM", default_value = "table")]
    pub output: Form,
}

/// Which service.
#[derive(Debug, Args)]
#[command(after_help = SET_ENDS)]
pub(crate) struct SetTrust {
    /// The service, by its principal
    #[arg(value_name = "SERVICE_PRINCIPAL", value_parser = service)]
    pub service: ServicePrincipal,
    /// How
    #[command(flatten)]
    pub turning: Turning,
}

/// Which feature.
#[derive(Debug, Args)]
#[command(after_help = SET_ENDS)]
pub(crate) struct SetFeature {
    /// The feature, by AWS's name
    #[arg(help = feature_help(), value_parser = feature)]
    pub feature: RootFeature,
    /// How
    #[command(flatten)]
    pub turning: Turning,
}

/// How a switch is turned.
#[derive(Debug, Args)]
pub(crate) struct Turning {
    /// Look once, instead of until AWS shows it (up to 3 minutes)
    #[arg(long)]
    pub no_wait: bool,
    /// How it is confirmed
    #[command(flatten)]
    pub consent: Consent,
}

fn service(text: &str) -> Result<ServicePrincipal, &'static str> {
    // Others exist, and why they are not switched here is told by name.
    if text.contains('.') { Ok(ServicePrincipal::new(text)) } else { Err("a principal such as iam.amazonaws.com") }
}

fn feature(text: &str) -> Result<RootFeature, String> {
    let named = RootFeature::ALL.into_iter().find(|feature| feature.as_str().eq_ignore_ascii_case(text));
    named.ok_or_else(|| format!("it is one of {}", feature_names()))
}

fn feature_help() -> String {
    format!("The feature, by AWS's name: {}", feature_names())
}

fn feature_names() -> String {
    RootFeature::ALL.map(RootFeature::as_str).join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::Arguments;
    use clap::Parser;

    #[test]
    fn switches_are_named_as_aws_names_them() {
        let takes = |words: &[&str]| Arguments::try_parse_from([&["rootdeck"], words].concat()).is_ok();
        assert!(takes(&["trust", "enable", "account.amazonaws.com"]));
        assert!(takes(&["features", "disable", "rootsessions"]));
        for wrong in [&["trust", "enable", "account"][..], &["features", "enable", "Sessions"], &["trust", "enable"]] {
            assert!(!takes(wrong), "{wrong:?}");
        }
    }
}
