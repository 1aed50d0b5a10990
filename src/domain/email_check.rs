//! Whether an address may become the primary email of an account, before AWS is asked.

use std::collections::BTreeSet;

use super::account::{Account, AccountId};
use super::email::{EmailAddress, EmailProblem};
use super::look_alike::looks_like;
use super::permit::Rules;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AddressCheck {
    Good(EmailAddress),
    /// No account of the organization uses its domain yet; the person has to confirm it. The domain in use that it looks
    /// like, if any.
    NewDomain(EmailAddress, Option<String>),
    /// It is not an address that AWS takes.
    Problem(EmailProblem),
    Same,
    Used(AccountId),
    /// The configuration does not allow its domain.
    NotAllowed(String),
}

impl AddressCheck {
    /// If it can be sent once its domain is confirmed.
    pub(crate) fn address(&self) -> Option<&EmailAddress> {
        match self {
            Self::Good(address) | Self::NewDomain(address, _) => Some(address),
            Self::Problem(_) | Self::Same | Self::Used(_) | Self::NotAllowed(_) => None,
        }
    }
}

/// Checks `text` as the new address of `account` in the place of `present`; `listed` are all accounts.
pub(crate) fn check_address<'a>(
    text: &str,
    account: AccountId,
    present: &str,
    listed: impl Iterator<Item = &'a Account> + Clone,
    rules: &Rules,
) -> AddressCheck {
    let address = match EmailAddress::parse(text) {
        Ok(address) => address,
        Err(problem) => return AddressCheck::Problem(problem),
    };
    if address.same_mailbox(present) {
        return AddressCheck::Same;
    }
    let mut others = listed.clone().filter(|other| other.id != account);
    if let Some(holder) = others.find(|other| address.same_mailbox(&other.email)) {
        return AddressCheck::Used(holder.id);
    }
    if !rules.allows_domain_of(&address) {
        return AddressCheck::NotAllowed(address.domain());
    }
    let domain = address.domain();
    let used: BTreeSet<String> = listed.filter_map(Account::email_domain).collect();
    if rules.allowed_email_domains.contains(&domain) || used.contains(&domain) {
        AddressCheck::Good(address)
    } else {
        let known = used.iter().chain(&rules.allowed_email_domains).map(String::as_str);
        let like = looks_like(&domain, known);
        AddressCheck::NewDomain(address, like)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::AccountState;

    const MINE: &str = "444455556666";
    const THEIRS: &str = "444455557777";

    fn account(id: &str, email: &str) -> Account {
        Account {
            id: id.parse().expect("an id"),
            name: "sandbox".into(),
            email: email.into(),
            state: AccountState::Active,
            joined: None,
            joined_method: None,
            unit_ids: Some([].into()),
        }
    }

    fn check(text: &str, rules: &Rules) -> AddressCheck {
        let listed = [account(MINE, "listed@Example.com"), account(THEIRS, "theirs@example.com")];
        check_address(text, listed[0].id, "mine@example.com", listed.iter(), rules)
    }

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).expect("an address")
    }

    #[test]
    fn an_address_is_judged_by_what_the_organization_uses() {
        let rules = Rules::default();
        assert_eq!(check("new@example.com", &rules), AddressCheck::Good(address("new@example.com")));
        assert_eq!(check("new@corp.example", &rules), AddressCheck::NewDomain(address("new@corp.example"), None));
        let like = Some("example.com".to_owned());
        assert_eq!(check("new@exmaple.com", &rules), AddressCheck::NewDomain(address("new@exmaple.com"), like));
        assert_eq!(check("Mine@EXAMPLE.com", &rules), AddressCheck::Same);
        assert_eq!(check("Theirs@example.COM", &rules), AddressCheck::Used(THEIRS.parse().expect("an id")));
        assert_eq!(check("new", &rules), AddressCheck::Problem(EmailProblem::Shape));
        // What the listing has of the account itself may be out of date, and is in nobody's way.
        assert_eq!(check("listed@example.com", &rules), AddressCheck::Good(address("listed@example.com")));
    }

    #[test]
    fn the_configuration_decides_which_domains_are_ours() {
        let rules = Rules { allowed_email_domains: ["corp.example".to_owned()].into(), ..Rules::default() };
        assert_eq!(check("new@Corp.example", &rules), AddressCheck::Good(address("new@Corp.example")));
        assert_eq!(check("new@example.com", &rules), AddressCheck::NotAllowed("example.com".into()));
    }
}
