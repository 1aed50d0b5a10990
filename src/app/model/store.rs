use std::collections::{BTreeMap, HashSet};

use crate::app::command_id::DisabledReason;
use crate::app::effect::{Effect, StoreRequest};
use crate::app::model::Model;
use crate::domain::account::AccountId;
use crate::domain::audit_difference::AuditComparison;
use crate::domain::audit_record::AuditRecord;
use crate::domain::credential_change::CredentialChange;
use crate::domain::email_change::EmailAlarm;
use crate::domain::finding::Finding;
use crate::domain::remote_data::ReadId;

impl Model {
    /// Applies the cache where nothing newer is known.
    pub(in crate::app) fn apply_cached(
        &mut self,
        alarms: Vec<EmailAlarm>,
        (audits, compared): (Vec<AuditRecord>, BTreeMap<AccountId, AuditComparison>),
        changes: Vec<CredentialChange>,
    ) {
        self.emails.set_alarms(alarms);
        for change in changes {
            self.root.note_change(change);
        }
        if !audits.is_empty() {
            self.root.apply_cached(audits, compared);
            self.accounts.mark_filtered_dirty();
        }
    }

    pub(in crate::app) fn drop_cached(&mut self) {
        self.accounts.drop_cached();
        self.emails.forget_kept();
        self.root.forget_kept();
    }

    pub(in crate::app) fn has_findings(&self) -> Result<(), DisabledReason> {
        if self.findings.all().is_empty() { Err(DisabledReason::NoFindings) } else { Ok(()) }
    }

    pub(crate) fn findings_shown<'a>(&'a self, shown: &[i64]) -> Vec<&'a Finding> {
        let shown: HashSet<&i64> = shown.iter().collect();
        self.findings.all().iter().filter(|finding| shown.contains(&finding.id)).collect()
    }

    pub(in crate::app) fn keep(&mut self, store_request: StoreRequest) -> ReadId {
        let id = self.out.read_id();
        self.out.push(Effect::Keep(id, Box::new(store_request)));
        id
    }
}
