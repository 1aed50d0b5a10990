use crate::app::ids::RunId;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::state::runs::RunKind;
use crate::domain::account::AccountId;
use crate::domain::credential_change::{CredentialChange, CredentialChangeKind};
use crate::domain::run::RunReport;

impl App {
    /// Results are kept whichever run found them; progress counts only for the run in progress.
    pub(in crate::app) fn run_report(&mut self, id: RunId, report: RunReport) {
        let now = self.model.now;
        let current = self.model.in_progress.as_mut().filter(|run| run.id == id);
        match report {
            RunReport::Audited(account, audit) => {
                if let Some(run) = current
                    && run.take(account, audit.error().is_none(), now)
                {
                    run.count_audit(&audit, now);
                }
                self.model.root.apply_audit(account, *audit, now);
                self.model.mark_filtered_dirty();
            }
            RunReport::Deleted { account, results, audit } => {
                let failed = results.iter().filter(|result| !result.verdict().is_gone()).count();
                if let Some(run) = current
                    && run.take(account, failed == 0, now)
                {
                    run.count_audit(&audit, now);
                    run.failed += failed;
                }
                for result in &results {
                    if result.may_have_changed() {
                        let kind = CredentialChangeKind::Deleted(result.credential.kind());
                        self.model.root.note_change(CredentialChange { account, kind, at: now });
                    }
                }
                if let Some(deletion) = self.model.root.deletion.as_mut().filter(|deletion| deletion.run == id) {
                    deletion.results.insert(account, results);
                }
                self.model.root.apply_audit(account, *audit, now);
                self.model.mark_filtered_dirty();
            }
            RunReport::EmailChange(account, result) => {
                if let Some(run) = current
                    && run.take(account, result.is_ok(), now)
                {
                    run.unread += usize::from(result.is_err());
                }
                self.model.apply_email_change(account, result);
            }
            RunReport::Written(change, sent, written) => {
                let account = change.account();
                let trouble = self.organization_written(None, *change, *written, sent);
                let Some(account) = account else { return };
                self.count_write(id, account, trouble.is_none());
                self.model.note_acceptance(id, account, trouble);
            }
            // The dashboard starts no such run.
            RunReport::Contacts(..) => {}
            RunReport::PlanKept(plan) => self.model.plan_kept(id, plan),
            RunReport::PlanItem(report) => {
                let account = report.item.account;
                let succeeded = self.apply_item(id, *report);
                self.count_write(id, account, succeeded);
            }
            RunReport::Halted(error) => self.model.plan_halted(id, error),
            RunReport::Throttled(calls) => {
                if let Some(run) = current {
                    run.throttled = calls;
                }
            }
            RunReport::Slowed(left) => {
                if let Some(run) = current {
                    run.slowed = left;
                }
            }
            RunReport::Ended => {
                if current.is_some() {
                    self.end_run();
                }
            }
        }
    }

    fn count_write(&mut self, id: RunId, account: AccountId, succeeded: bool) {
        if let Some(run) = self.model.in_progress.as_mut().filter(|run| run.id == id)
            && run.take(account, succeeded, self.model.now)
        {
            run.failed += usize::from(!succeeded);
        }
    }

    fn end_run(&mut self) {
        let Some(run) = self.model.in_progress.take() else { return };
        if let (RunKind::Audit(depth), Some(each)) = (run.kind, run.per_account()) {
            self.model.root.pace.insert(depth, each);
        }
        if let Some(deletion) = self.model.root.deletion.as_mut().filter(|deletion| deletion.run == run.id) {
            deletion.ended = true;
        }
        if let Some(all) = self.model.acceptances.as_mut().filter(|all| all.run == run.id) {
            all.ended = true;
        }
        if run.kind == RunKind::DryRun {
            if let Some(layer) = self.layers.iter_mut().find(|layer| layer.dialog().awaits_run(run.id)) {
                layer.dialog_mut().ran(&run, &self.model);
            }
        } else {
            let hidden = self.model.hidden_findings(&run);
            self.model.out.notify(Notification::RunEnded(run.summary(hidden)));
            self.model.unmark(run.marked.intersection(&run.succeeded).copied());
        }
        self.model.plan_ended(run.id);
        self.leave_when_done();
    }
}
