use crate::app::effect::Effect;
use crate::app::ids::RunId;
use crate::app::model::Model;
use crate::app::state::runs::{RunInProgress, RunKind};
use crate::domain::account::AccountId;
use crate::domain::root_finding::RootFinding;
use crate::domain::run::{Run, Steering};

impl Model {
    /// The percentage of AWS's request quotas that calls use; `None` where they are not held back.
    pub(in crate::app) fn request_rate(&self) -> Option<u8> {
        self.connection.value().filter(|connection| connection.paced)?;
        Some(self.in_progress.as_ref().and_then(|run| run.slowed).unwrap_or(100))
    }

    /// Only one run is in progress at a time, which the caller has checked.
    pub(in crate::app) fn start_run(&mut self, run: Run, kind: RunKind) -> RunId {
        let id = self.out.run_id();
        let accounts = run.account_ids().into_iter().collect();
        let mut in_progress = RunInProgress::new(id, kind, accounts, self.now);
        if in_progress.awaited.is_subset(&self.root.marks) {
            in_progress.marked.clone_from(&in_progress.awaited);
        }
        self.in_progress = Some(in_progress);
        self.out.push(Effect::Run(id, Box::new(run)));
        id
    }

    pub(in crate::app) fn hidden_findings(&self, run: &RunInProgress) -> usize {
        let is_finding =
            |id: &&AccountId| self.root.audit(**id).and_then(|audit| RootFinding::any(audit, self.now)) == Some(true);
        run.done.iter().filter(is_finding).filter(|id| !self.is_let_by(&self.root.filter, **id)).count()
    }

    pub(in crate::app) fn pause(&mut self) {
        let now = self.now;
        let Some(run) = &mut self.in_progress else { return };
        run.steering = match run.steering {
            Steering::GoOn => {
                run.paused_at = Some(now);
                Steering::Pause
            }
            Steering::Pause => {
                if let Some(since) = run.paused_at.take() {
                    run.paused = run.paused.saturating_add(now.duration_since(since));
                }
                Steering::GoOn
            }
            Steering::Stop => return,
        };
        self.out.push(Effect::Steer(run.id, run.steering));
    }

    /// Starts nothing more; what is in progress is finished.
    pub(in crate::app) fn stop_run(&mut self) {
        if let Some(run) = self.in_progress.as_mut().filter(|run| run.steering != Steering::Stop) {
            run.steering = Steering::Stop;
            self.out.push(Effect::Steer(run.id, Steering::Stop));
        }
    }

    pub(crate) fn is_run_writing(&self) -> bool {
        self.in_progress.as_ref().is_some_and(|run| run.kind.is_writing())
    }
}
