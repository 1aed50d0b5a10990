//! What earlier runs and other copies of the program have kept: alarms and audits, with their age.

use crate::app::model::Model;
use crate::domain::audit_record::AuditRecord;
use crate::domain::credential_change::CredentialChange;
use crate::domain::email_change::EmailAlarm;

impl Model {
    /// Takes what is kept where nothing newer is known.
    pub(super) fn apply_cached(
        &mut self,
        alarms: Vec<EmailAlarm>,
        audits: Vec<AuditRecord>,
        changes: Vec<CredentialChange>,
    ) {
        self.emails.set_alarms(alarms);
        for change in changes {
            self.root.note_change(change);
        }
        if !audits.is_empty() {
            self.root.apply_cached(audits);
            self.accounts.mark_filtered_dirty();
        }
    }

    /// Forgets what was kept: it is of the organization that the profile led to last time.
    pub(super) fn drop_kept(&mut self) {
        self.accounts.drop_kept();
        self.emails.forget_kept();
        self.root.forget_kept();
    }
}
