//! What is wrong with the primary emails that accounts have.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::account::{Account, AccountId, AccountState};
use super::email::EmailAddress;
use super::look_alike::looks_like;
use super::permit::Rules;
use super::root_finding::Severity;
use super::word_enum::word_enum;

word_enum! {
    /// What is wrong with the primary email of an account.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum AddressFinding {
        /// Its domain looks like one that more accounts have, or that is allowed: a typing error, or a trap.
        LookAlikeDomain = "look_alike_domain",
        /// A mail provider for private persons holds the mailbox, and whoever owns it is root.
        PersonalProvider = "personal_provider",
        /// The configuration does not allow its domain.
        ForeignDomain = "foreign_domain",
        /// AWS documents such an address as invalid: root may not be reached by it.
        InvalidAddress = "invalid_address",
        /// More than one plus sign: many mail systems deliver it elsewhere, or nowhere.
        SeveralPlusSigns = "several_plus_signs",
        /// Its mailbox, the part after the plus aside, is that of many accounts: whoever reads it can become root in all.
        SharedMailbox = "shared_mailbox",
    }
}

/// From so many accounts on, a mailbox is one of many.
const MANY: usize = 10;

/// So many of the domains with the most accounts are compared with the others.
const COMPARED: usize = 20;

/// Mail providers for private persons. Those with a domain for each country are named without it.
const PROVIDERS: [&str; 26] = [
    "gmail.com",
    "googlemail.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "aol.com",
    "msn.com",
    "mail.com",
    "mail.ru",
    "proton.me",
    "protonmail.com",
    "pm.me",
    "tutanota.com",
    "fastmail.com",
    "zoho.com",
    "web.de",
    "t-online.de",
    "qq.com",
    "163.com",
    "126.com",
    "naver.com",
    "hanmail.net",
    "docomo.ne.jp",
    "ezweb.ne.jp",
    "softbank.ne.jp",
    "nifty.com",
];
const PROVIDERS_OF_MANY_COUNTRIES: [&str; 6] = ["yahoo", "hotmail", "outlook", "live", "gmx", "yandex"];

impl AddressFinding {
    /// How bad it is.
    pub fn severity(self) -> Severity {
        match self {
            Self::LookAlikeDomain | Self::PersonalProvider => Severity::High,
            Self::ForeignDomain | Self::InvalidAddress | Self::SeveralPlusSigns | Self::SharedMailbox => {
                Severity::Medium
            }
        }
    }
}

/// The addresses of an organization, by which each of them is judged.
#[derive(Clone, Debug, Default)]
pub struct AddressBook {
    allowed: BTreeSet<String>,
    /// How many accounts have addresses of each domain.
    domains: BTreeMap<String, usize>,
    /// The domain that one looks like.
    look_alikes: BTreeMap<String, String>,
    mailboxes: HashMap<String, usize>,
}

impl AddressBook {
    /// Of all accounts that are not closed: only their root users can still sign in.
    pub fn of<'a>(accounts: impl Iterator<Item = &'a Account> + Clone, rules: &Rules) -> Self {
        let mut book = Self { allowed: rules.allowed_email_domains.clone(), ..Self::default() };
        for account in accounts.filter(|account| is_judged(account)) {
            if let Some(domain) = account.email_domain() {
                *book.domains.entry(domain).or_default() += 1;
            }
            if let Some(mailbox) = mailbox(&account.email) {
                *book.mailboxes.entry(mailbox).or_default() += 1;
            }
        }
        let mut most: Vec<(&String, &usize)> = book.domains.iter().collect();
        most.sort_by_key(|(domain, count)| (std::cmp::Reverse(**count), *domain));
        most.truncate(COMPARED);
        let look_alike = |(domain, count): (&String, &usize)| {
            // Of two that look alike, the one with fewer accounts is the odd one.
            let more = most.iter().filter(|(_, other)| *other > count).map(|(other, _)| other.as_str());
            let known = more.chain(book.allowed.iter().map(String::as_str));
            if book.allowed.contains(domain) {
                return None;
            }
            Some((domain.clone(), looks_like(domain, known)?))
        };
        let look_alikes = book.domains.iter().filter_map(look_alike).collect();
        Self { look_alikes, ..book }
    }

    /// What is wrong with the address of an account, worst first.
    pub fn findings(&self, account: &Account) -> Vec<AddressFinding> {
        let (Some(domain), true) = (account.email_domain(), is_judged(account)) else { return Vec::new() };
        let holds = |finding: &AddressFinding| match finding {
            AddressFinding::LookAlikeDomain => self.look_alikes.contains_key(&domain),
            AddressFinding::PersonalProvider => is_personal(&domain) && !self.allowed.contains(&domain),
            AddressFinding::ForeignDomain => !self.allowed.is_empty() && !self.allowed.contains(&domain),
            AddressFinding::InvalidAddress => {
                EmailAddress::parse(&account.email).map_or(true, |address| address.unusual().is_some())
            }
            AddressFinding::SeveralPlusSigns => local(&account.email).matches('+').count() > 1,
            AddressFinding::SharedMailbox => self.sharing(account) >= MANY,
        };
        AddressFinding::ALL.into_iter().filter(holds).collect()
    }

    /// The domain that the account's looks like.
    pub fn looks_like(&self, account: &Account) -> Option<&str> {
        self.look_alikes.get(&account.email_domain()?).map(String::as_str)
    }

    /// How many accounts have its mailbox, itself among them.
    pub fn sharing(&self, account: &Account) -> usize {
        mailbox(&account.email).and_then(|mailbox| self.mailboxes.get(&mailbox)).copied().unwrap_or(0)
    }

    /// All findings, by account; accounts without any are not in it.
    pub fn all<'a>(&self, accounts: impl Iterator<Item = &'a Account>) -> HashMap<AccountId, Vec<AddressFinding>> {
        let found = accounts.map(|account| (account.id, self.findings(account)));
        found.filter(|(_, findings)| !findings.is_empty()).collect()
    }
}

fn is_judged(account: &Account) -> bool {
    account.state != AccountState::Closed
}

fn is_personal(domain: &str) -> bool {
    PROVIDERS.contains(&domain)
        || domain.split_once('.').is_some_and(|(name, end)| {
            PROVIDERS_OF_MANY_COUNTRIES.contains(&name) && end.split('.').all(|part| part.len() <= 3)
        })
}

fn local(email: &str) -> &str {
    email.rsplit_once('@').map_or("", |(local, _)| local)
}

/// The address without what follows the first plus sign of its local part, in lower case.
fn mailbox(email: &str) -> Option<String> {
    let (local, domain) = email.rsplit_once('@')?;
    let (name, _) = local.split_once('+').unwrap_or((local, ""));
    Some(format!("{name}@{domain}").to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(number: u64, email: &str) -> Account {
        Account {
            id: format!("{:012}", 444_455_550_000 + number).parse().expect("an id"),
            name: "sandbox".into(),
            email: email.into(),
            state: AccountState::Active,
            joined: None,
            joined_method: None,
            unit_ids: None,
        }
    }

    fn found(accounts: &[Account], rules: &Rules) -> Vec<Vec<AddressFinding>> {
        let book = AddressBook::of(accounts.iter(), rules);
        accounts.iter().map(|account| book.findings(account)).collect()
    }

    #[test]
    fn each_kind_is_found_and_a_good_address_is_not() {
        use AddressFinding as F;
        let emails = [
            ("aws+a@corp.example", vec![]),
            ("aws+b@corp.example", vec![]),
            ("aws@corp.exampel", vec![F::LookAlikeDomain]),
            ("somebody@gmail.com", vec![F::PersonalProvider]),
            ("somebody@yahoo.co.jp", vec![F::PersonalProvider]),
            ("somebody@live.company.example", vec![]),
            ("two..dots@other.example", vec![F::InvalidAddress]),
            ("aws+a+b@other.example", vec![F::SeveralPlusSigns]),
            ("", vec![]),
        ];
        let accounts: Vec<Account> = (0..).zip(&emails).map(|(number, (email, _))| account(number, email)).collect();
        let expected: Vec<Vec<F>> = emails.into_iter().map(|(_, found)| found).collect();
        assert_eq!(found(&accounts, &Rules::default()), expected);
    }

    #[test]
    fn with_allowed_domains_all_others_are_foreign() {
        let rules = Rules { allowed_email_domains: ["corp.example".to_owned()].into(), ..Rules::default() };
        let accounts = [account(1, "a@corp.example"), account(2, "a@partner.org"), account(3, "a@gmail.com")];
        let expected = [
            vec![],
            vec![AddressFinding::ForeignDomain],
            vec![AddressFinding::PersonalProvider, AddressFinding::ForeignDomain],
        ];
        assert_eq!(found(&accounts, &rules), expected);
    }

    #[test]
    fn a_mailbox_of_many_accounts_is_found_and_closed_accounts_do_not_count() {
        let mut accounts: Vec<Account> =
            (0..10).map(|number| account(number, &format!("aws+{number}@corp.example"))).collect();
        assert_eq!(found(&accounts, &Rules::default()).concat(), [AddressFinding::SharedMailbox; 10]);
        if let Some(last) = accounts.last_mut() {
            last.state = AccountState::Closed;
        }
        assert_eq!(found(&accounts, &Rules::default()).concat(), []);
    }
}
