//! Email changes of many accounts: status checks and acceptances, one after the other.

use super::root::{Gate, OperationContext};
use super::shared::Engine;
use crate::domain::account::AccountId;
use crate::domain::run::{Acceptance, RunReport};
use crate::domain::write::WriteRequest;

/// How many accounts are asked at once. The pace, not this, is the limit.
pub(super) const ASKED_AT_ONCE: usize = 4;

impl Engine {
    pub(super) async fn asked(self, account: AccountId, mut gate: Gate) -> Option<RunReport> {
        if !gate.opens().await {
            return None;
        }
        let report = self.email_change(account).await;
        Some(RunReport::EmailChange(account, report))
    }

    pub(super) async fn accepted(
        self,
        item: Acceptance,
        reason: Option<String>,
        mut gate: Gate,
        operation_context: OperationContext,
    ) -> Option<RunReport> {
        if !gate.opens().await {
            return None;
        }
        let change = item.change();
        let request = WriteRequest::new(change.clone(), Some(item.account), reason);
        let sent = operation_context.now();
        let written = self.write_on(request, operation_context).await;
        Some(RunReport::Written(Box::new(change), sent, Box::new(written)))
    }
}
