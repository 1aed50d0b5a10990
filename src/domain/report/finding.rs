//! All that a report can find, by name.

use crate::domain::contacts::ContactFinding;
use crate::domain::root_finding::{Framework, Reference, RootFinding, Severity};

/// A finding of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FindingName {
    Root(RootFinding),
    Contact(ContactFinding),
    /// Of the organization, so of its management account: root credentials of members can't be managed centrally.
    CentralizedAccessOff,
    /// An exception is past its day.
    ExpiredException,
}

const EXPIRED: &str = "exception_expired";
const CENTRALIZED_OFF: &str = "centralized_root_access_off";

// From Prowler's public mapping of CIS 7.0 (compliance/aws/cis_7.0_aws.json), as the severity. Earlier releases and
// Security Hub have no such control.
const CENTRALIZED: [Reference; 2] =
    [(Framework::Cis7, "2.1.1"), (Framework::Prowler, "iam_root_credentials_management_enabled")];

impl FindingName {
    /// All of them, those that exceptions can be made for first.
    pub(crate) fn all() -> Vec<Self> {
        let root = RootFinding::ALL.into_iter().map(Self::Root);
        let contacts = ContactFinding::ALL.into_iter().map(Self::Contact);
        root.chain(contacts).chain([Self::CentralizedAccessOff, Self::ExpiredException]).collect()
    }

    /// The names that an exception can have.
    pub(crate) fn exceptable() -> Vec<&'static str> {
        Self::all().into_iter().filter(|name| *name != Self::ExpiredException).map(Self::as_str).collect()
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Root(finding) => finding.as_str(),
            Self::Contact(finding) => finding.as_str(),
            Self::CentralizedAccessOff => CENTRALIZED_OFF,
            Self::ExpiredException => EXPIRED,
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::all().into_iter().find(|name| name.as_str() == word)
    }

    pub(crate) fn severity(self) -> Severity {
        match self {
            Self::Root(finding) => finding.severity(),
            Self::Contact(finding) => finding.severity(),
            Self::CentralizedAccessOff => Severity::High,
            Self::ExpiredException => Severity::Medium,
        }
    }

    pub(crate) fn references(self) -> Vec<Reference> {
        match self {
            Self::Root(finding) => finding.references(),
            Self::Contact(finding) => finding.references(),
            Self::CentralizedAccessOff => CENTRALIZED.to_vec(),
            Self::ExpiredException => Vec::new(),
        }
    }
}
