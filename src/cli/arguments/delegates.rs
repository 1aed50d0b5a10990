//! The arguments of the commands about delegated administrators.

use clap::{Args, Subcommand};

use super::switches::{ListSwitches, Turning, service};
use crate::domain::trusted_access::ServicePrincipal;
use crate::words::cli::arguments as words;

#[derive(Debug, Subcommand)]
pub(crate) enum Delegates {
    /// List the delegated administrators of all services
    List(ListSwitches),
    /// Register a member account as delegated administrator for account.amazonaws.com or iam.amazonaws.com
    Register(SetDelegate),
    /// Deregister a delegated administrator
    Deregister(SetDelegate),
}

#[derive(Debug, Args)]
#[command(after_help = words::SWITCH_ENDS)]
pub(crate) struct SetDelegate {
    /// Member account (id, ARN or unique name)
    pub account: String,
    /// Service principal
    #[arg(value_name = "SERVICE_PRINCIPAL", value_parser = service)]
    pub service: ServicePrincipal,
    #[command(flatten)]
    pub turning: Turning,
}
