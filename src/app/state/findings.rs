//! What the listings showed to have changed and nobody has read yet.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::domain::account::{Account, AccountId};
use crate::domain::address_finding::{AddressBook, AddressFinding};
use crate::domain::contacts::{ContactFinding, Contacts};
use crate::domain::finding::{DifferenceKind, Finding};
use crate::domain::permit::Rules;
use crate::domain::remote_data::RemoteData;

#[derive(Clone, Debug, Default)]
pub(crate) struct Findings {
    /// Most serious first, and of each kind the oldest.
    all: Vec<Finding>,
    are_known: bool,
    places: HashMap<AccountId, Vec<usize>>,
    /// What the addresses of the listing are judged by, and those with something wrong.
    book: AddressBook,
    addresses: HashMap<AccountId, Vec<AddressFinding>>,
}

impl Findings {
    /// Most serious first.
    pub(crate) fn all(&self) -> &[Finding] {
        &self.all
    }

    /// `None` before the first listing of this run was compared with the one before.
    pub(crate) fn known(&self) -> Option<&[Finding]> {
        self.are_known.then_some(&self.all)
    }

    /// Most serious first.
    pub(crate) fn of(&self, account: AccountId) -> impl Iterator<Item = &Finding> {
        self.places.get(&account).into_iter().flatten().filter_map(|place| self.all.get(*place))
    }

    pub(crate) fn kinds_of(&self, account: AccountId) -> FoundKinds {
        let differences = self.of(account).map(|finding| finding.difference.kind()).collect();
        FoundKinds { differences, addresses: self.of_address(account).to_vec(), contacts: Vec::new() }
    }

    /// What is wrong with the address of an account, worst first.
    pub(crate) fn of_address(&self, account: AccountId) -> &[AddressFinding] {
        self.addresses.get(&account).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn book(&self) -> &AddressBook {
        &self.book
    }

    pub(in crate::app) fn judge_addresses<'a>(
        &mut self,
        accounts: impl Iterator<Item = &'a Account> + Clone,
        rules: &Rules,
    ) {
        self.book = AddressBook::of(accounts.clone(), rules);
        self.addresses = self.book.all(accounts);
    }

    /// Returns whether there are new ones among them.
    pub(in crate::app) fn set(&mut self, mut findings: Vec<Finding>) -> bool {
        let known: HashSet<i64> = self.all.iter().map(|finding| finding.id).collect();
        let fresh = findings.iter().any(|finding| !known.contains(&finding.id));
        findings.sort_by_key(|finding| (finding.difference.kind(), finding.id));
        self.places.clear();
        for (place, finding) in findings.iter().enumerate() {
            self.places.entry(finding.account).or_default().push(place);
        }
        (self.all, self.are_known) = (findings, true);
        fresh
    }

    pub(in crate::app) fn forget(&mut self, read: &[i64]) {
        let read: HashSet<&i64> = read.iter().collect();
        let mut left = std::mem::take(&mut self.all);
        left.retain(|finding| !read.contains(&finding.id));
        self.set(left);
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FoundKinds {
    differences: BTreeSet<DifferenceKind>,
    addresses: Vec<AddressFinding>,
    contacts: Vec<ContactFinding>,
}

impl FoundKinds {
    /// With what is wrong with its contacts, as far as they are known: unread ones are no finding.
    #[must_use]
    pub(crate) fn with_contacts(self, known: Option<&RemoteData<Contacts>>) -> Self {
        let contacts = known.and_then(RemoteData::value).map(ContactFinding::of).unwrap_or_default();
        Self { contacts, ..self }
    }

    /// What is wrong with its contacts.
    pub(crate) fn contacts(&self) -> &[ContactFinding] {
        &self.contacts
    }

    /// Whether something changed since earlier listings.
    pub(crate) fn any(&self) -> bool {
        !self.differences.is_empty()
    }

    pub(crate) fn kinds(&self) -> impl Iterator<Item = DifferenceKind> {
        self.differences.iter().copied()
    }

    /// What is wrong with the address.
    pub(crate) fn addresses(&self) -> &[AddressFinding] {
        &self.addresses
    }

    pub(crate) fn has(&self, kind: DifferenceKind) -> bool {
        self.differences.contains(&kind)
    }
}
