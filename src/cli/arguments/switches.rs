//! The arguments of the commands about the organization's switches.

use clap::{Args, Subcommand};

use super::consent::Consent;
use super::forms::{Form, Output};
use crate::domain::root_feature::RootFeature;
use crate::domain::trusted_access::ServicePrincipal;
use crate::words::cli::arguments as words;

#[derive(Debug, Subcommand)]
pub(crate) enum Trust {
    /// List services with trusted access, and the two that rootdeck can enable
    List(ListSwitches),
    /// Enable trusted access for account.amazonaws.com or iam.amazonaws.com
    Enable(SetTrust),
    /// Disable trusted access for a service
    Disable(SetTrust),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Features {
    /// List the features
    List(ListSwitches),
    /// Enable a feature
    Enable(SetFeature),
    /// Disable a feature
    Disable(SetFeature),
}

#[derive(Debug, Args)]
pub(crate) struct ListSwitches {
    #[command(flatten)]
    pub output: Output<Form>,
}

#[derive(Debug, Args)]
#[command(after_help = words::SWITCH_ENDS)]
pub(crate) struct SetTrust {
    /// Service principal
    #[arg(value_name = "SERVICE_PRINCIPAL", value_parser = service)]
    pub service: ServicePrincipal,
    #[command(flatten)]
    pub turning: Turning,
}

#[derive(Debug, Args)]
#[command(after_help = words::SWITCH_ENDS)]
pub(crate) struct SetFeature {
    /// Feature (AWS name)
    #[arg(help = words::feature_help(feature_names()), value_parser = feature)]
    pub feature: RootFeature,
    #[command(flatten)]
    pub turning: Turning,
}

#[derive(Debug, Args)]
pub(crate) struct Turning {
    /// Verify once, without waiting for AWS (up to 3 minutes)
    #[arg(long)]
    pub no_wait: bool,
    #[command(flatten)]
    pub output: Output<Form>,
    #[command(flatten)]
    pub consent: Consent,
}

pub(super) fn service(text: &str) -> Result<ServicePrincipal, &'static str> {
    // Others exist, and why they are not switched here is told by name.
    if text.contains('.') { Ok(ServicePrincipal::new(text)) } else { Err(words::A_PRINCIPAL) }
}

fn feature(text: &str) -> Result<RootFeature, String> {
    let named = RootFeature::ALL.into_iter().find(|feature| feature.as_str().eq_ignore_ascii_case(text));
    named.ok_or_else(|| words::one_of(feature_names()))
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
