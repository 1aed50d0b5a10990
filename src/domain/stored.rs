//! What this machine kept from earlier runs.

use std::collections::BTreeMap;

use super::account::AccountId;
use super::audit_difference::AuditComparison;
use super::audit_record::AuditRecord;
use super::credential_change::CredentialChange;
use super::email_change::{EmailAlarm, JournaledStart, StartedEmailChange};
use super::email_plan::EmailPlan;
use super::finding::Finding;
use super::records::TimedListing;
use super::recovery::LeftOpen;
use super::view_choice::ViewChoice;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// The email changes started from here, the newest of each account.
    pub(crate) started: Vec<StartedEmailChange>,
    /// Open changes to other addresses that were started before those.
    pub(crate) earlier: Vec<StartedEmailChange>,
    /// The starts that the journal holds of changes that nothing accepted since.
    pub(crate) journaled_starts: Vec<JournaledStart>,
    /// The changes that were started elsewhere and that AWS has not reported to be over.
    pub(crate) alarms: Vec<EmailAlarm>,
    pub(crate) audits: Vec<AuditRecord>,
    pub(crate) audit_comparisons: BTreeMap<AccountId, AuditComparison>,
    /// The newest change of root's credentials in each account that was made from here, or may have been.
    pub(crate) credential_changes: Vec<CredentialChange>,
    /// The bulk plans of email changes: those that are not finished, and the newest others.
    pub(crate) plans: Vec<EmailPlan>,
    pub(crate) left_open: Vec<LeftOpen>,
    /// The organization that these are of, as this machine knows it.
    pub(crate) organization: Option<String>,
    pub(crate) findings: Vec<Finding>,
    /// How many changes of the last days have no known end. It is counted once AWS can be asked about them.
    pub(crate) unresolved: usize,
    pub(crate) view_choices: Vec<ViewChoice>,
    pub(crate) listing: Option<TimedListing>,
}
