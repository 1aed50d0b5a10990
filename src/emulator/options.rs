//! What an emulator is started with, and why it may not start.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use super::faults::InjectedFaultRule;
use super::identity::Identity;

/// The most accounts an AWS organization can have (AWS documentation).
pub const MAX_ACCOUNTS: usize = 50_000;

/// The default is the demo organization on a free port of `127.0.0.1`, without latency, throttling or faults.
#[derive(Debug, Clone)]
pub struct Options {
    /// Must be a loopback address. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// `None`: the demo organization. `Some(n)`: a generated one of 1 to [`MAX_ACCOUNTS`] accounts, the management
    /// account included.
    pub accounts: Option<usize>,
    /// The same seed gives the same generated organization, and the same chances for [`InjectedFaultRule`]s.
    pub seed: u64,
    /// Added to every answer.
    pub latency: Duration,
    pub throttle: Throttle,
    /// More can be added with [`Emulator::inject`](super::Emulator::inject).
    pub faults: Vec<InjectedFaultRule>,
    /// World time from the acceptance of an email change to its completion. With AWS up to four hours (documentation).
    pub completion_delay: Duration,
    /// Whose requests must be signed rightly, and by a right clock.
    pub verify_signatures: VerifySignatures,
    /// The callers whose accounts are delegated administrators from the start, with what that takes: trusted access,
    /// and for IAM its two root features. Only [`Identity::AccountDelegate`] and [`Identity::IamDelegate`] count.
    pub delegates: Vec<Identity>,
    /// World time for which STS still opens root sessions after trusted access, a root feature or the delegated
    /// administrator has been withdrawn. With AWS 60 to 180 seconds (captured).
    pub withdrawal_delay: Duration,
    /// World time until a changed queue policy is seen. With AWS up to 60 seconds (documentation).
    pub queue_policy_delay: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            accounts: None,
            seed: 0,
            latency: Duration::ZERO,
            throttle: Throttle::Off,
            faults: Vec::new(),
            completion_delay: Duration::from_secs(3),
            queue_policy_delay: Duration::ZERO,
            verify_signatures: VerifySignatures::Sessions,
            delegates: Vec::new(),
            withdrawal_delay: Duration::ZERO,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Throttle {
    /// With AWS's documented rates and bursts.
    Aws,
    #[default]
    Off,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VerifySignatures {
    /// Everybody's. The secret of the access keys is [`Identity::access_key`]'s.
    All,
    /// Those by temporary credentials, which the emulator has issued.
    #[default]
    Sessions,
    Never,
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The emulator answers whoever reaches it, so it listens to this machine only.
    #[error("{0} is not a loopback address; the emulator listens on loopback only")]
    NotLoopback(SocketAddr),
    #[error("cannot listen on {address}: {source}")]
    Listen { address: SocketAddr, source: std::io::Error },
    #[error("an organization has 1 to {MAX_ACCOUNTS} accounts, not {0}")]
    Accounts(usize),
    #[error("the demo organization cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    #[error("the demo organization does not hold together: {0}")]
    Inconsistent(String),
    #[error("no random numbers: {0}")]
    Random(#[from] getrandom::Error),
}
