//! All that a dashboard shows of what was kept.

use super::ScopedStore;
use crate::domain::api_error::ApiError;
use crate::domain::records::{JournalRecords, ListingRecords, PlanRecords, StartRecords};
use crate::domain::stored::Stored;

impl ScopedStore {
    /// What a dashboard shows, with at most `plans` finished plans, and the listing where AWS's own is not on its way.
    /// `unresolved` is 0: the caller counts it.
    pub(crate) fn stored(&self, plans: usize, with_listing: bool) -> Result<Stored, ApiError> {
        let listing = if with_listing { self.listing()? } else { None };
        let started = self.started()?;
        let mut earlier = Vec::new();
        for change in started.iter().filter(|change| !change.progress.is_final()) {
            let before = self.started_earlier(change.account)?;
            earlier.extend(before.into_iter().filter(|before| !before.progress.is_final()));
        }
        Ok(Stored {
            started,
            earlier,
            journaled_starts: self.journaled_starts()?,
            alarms: self.alarms()?,
            audits: self.audits()?,
            audit_comparisons: self.audit_comparisons()?,
            credential_changes: self.credential_changes()?,
            plans: self.plans(plans)?,
            left_open: self.left_open()?,
            organization: self.last_binding()?.map(|binding| binding.organization),
            findings: self.findings()?,
            unresolved: 0,
            view_choices: self.view_choices()?,
            listing,
        })
    }
}
