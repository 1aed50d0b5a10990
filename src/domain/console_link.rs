//! Pages of AWS's console. Their addresses hold ids, names and times, never a secret.

use super::account::AccountId;

/// What a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsolePage {
    /// An account in the console of Organizations.
    Account,
    /// Where root signs in with its email.
    RootSignIn,
    /// CloudTrail's event history, at a journal entry.
    Event,
}

/// A page and its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsoleLink {
    pub(crate) page: ConsolePage,
    pub(crate) url: String,
}

/// The host of the console in a region; `None` for a partition whose console is not known.
pub(crate) fn host(partition: &str, region: &str) -> Option<String> {
    match partition {
        "aws" => Some(format!("{region}.console.aws.amazon.com")),
        // Without a region it leads to the one that the page asks for.
        "aws-cn" => Some("console.amazonaws.cn".to_owned()),
        "aws-us-gov" => Some("console.amazonaws-us-gov.com".to_owned()),
        _ => None,
    }
}

/// The account in the console of Organizations, for who has signed in to the management account.
pub(crate) fn account(partition: &str, id: AccountId) -> Option<ConsoleLink> {
    let host = host(partition, "us-east-1")?;
    Some(ConsoleLink { page: ConsolePage::Account, url: format!("https://{host}/organizations/v2/home/accounts/{id}") })
}

/// AWS has no page of its own for the root user of one account. The console of `GovCloud` takes no root user, and for
/// China it is not known.
pub(crate) fn root_sign_in(partition: &str) -> Option<ConsoleLink> {
    (partition == "aws")
        .then(|| ConsoleLink { page: ConsolePage::RootSignIn, url: "https://console.aws.amazon.com/".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_partition_has_its_own_console() {
        let url = |partition| account(partition, "444455556666".parse().expect("an id")).map(|link| link.url);
        let path = "organizations/v2/home/accounts/444455556666";
        assert_eq!(url("aws"), Some(format!("https://us-east-1.console.aws.amazon.com/{path}")));
        assert_eq!(url("aws-cn"), Some(format!("https://console.amazonaws.cn/{path}")));
        assert_eq!(url("aws-us-gov"), Some(format!("https://console.amazonaws-us-gov.com/{path}")));
        assert_eq!(url("aws-iso"), None);
        assert!(root_sign_in("aws").is_some());
        assert_eq!([root_sign_in("aws-cn"), root_sign_in("aws-us-gov")], [None, None]);
    }
}
