//! What a view shows, as rows for a file or the clipboard.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::account::{Account, AccountId};
use super::address_finding::AddressFinding;
use super::aws_command::CallerOptions;
use super::connection::Connection;
use super::emails::EmailFacts;
use super::finding::Finding;
use super::journal::JournalEntry;
use super::mail::Mail;
use super::organization::UnitNames;
use super::permit::Refusal;
use super::readiness::{Knowledge, Readiness};
use super::remote_data::{Known, RemoteData};
use super::root_credentials::RootAudit;
use super::root_feature::RootFeatures;
use super::trusted_access::{DelegatedAdministrator, TrustedAccess};

/// The format of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportForm {
    /// For spreadsheets.
    Csv,
    /// For programs.
    Json,
}

/// The rows of a view in their order, as they were known at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Export {
    /// View 1.
    Accounts {
        /// The accounts.
        accounts: Vec<Account>,
        /// The names of their organizational units.
        units: RemoteData<UnitNames>,
        /// Their findings; `None` before they were read.
        findings: Option<Vec<Finding>>,
        /// What is wrong with their primary emails.
        addresses: HashMap<AccountId, Vec<AddressFinding>>,
    },
    /// View 2, as of a time.
    EmailChanges(Vec<EmailChangeRow>, Timestamp),
    /// View 3, as of a time.
    RootAccess {
        /// The accounts and their audits.
        rows: Vec<RootAccessRow>,
        /// The names of their organizational units.
        units: RemoteData<UnitNames>,
        /// The time.
        now: Timestamp,
    },
    /// View 4.
    Organization(Box<OrganizationState>),
    /// View 5.
    Readiness(Box<CallerStatus>),
    /// View 6.
    Journal {
        /// The entries.
        entries: Vec<JournalEntry>,
        /// What their accounts are called.
        names: BTreeMap<AccountId, String>,
    },
    /// View 7: without the texts, which hold one-time passwords.
    Mailbox(Vec<Mail>),
}

/// An account and its email change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailChangeRow {
    pub(crate) id: AccountId,
    /// Unless the account is not listed any more.
    pub(crate) name: Option<String>,
    pub(crate) facts: EmailFacts,
}

/// An account and its newest audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootAccessRow {
    pub(crate) account: Account,
    pub(crate) audit: Option<Known<RootAudit>>,
    /// Why AWS opens no root session in it.
    pub(crate) skipped: Option<Refusal>,
}

/// The switches of an organization and its delegated administrators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganizationState {
    pub(crate) trusted: RemoteData<TrustedAccess>,
    pub(crate) features: RemoteData<RootFeatures>,
    pub(crate) delegates: RemoteData<Vec<DelegatedAdministrator>>,
}

/// Who calls, and what each flow needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallerStatus {
    pub(crate) connection: RemoteData<Connection>,
    pub(crate) knowledge: Knowledge,
    pub(crate) delegates: RemoteData<Vec<DelegatedAdministrator>>,
    pub(crate) flows: Vec<Readiness>,
    /// How another command reaches AWS as this one does; `None` in the demo.
    pub(crate) caller: Option<CallerOptions>,
    /// The percentage of AWS's request quotas that calls use now; `None` where they are not held back.
    pub(crate) request_rate: Option<u8>,
    pub(crate) demo: bool,
}
