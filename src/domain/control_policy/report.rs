//! The judgement of an account as a whole.

use super::exemption::{Exemption, NotExempted};
use super::judge::{ActionVerdict, TaskVerdict, Verdict};
use super::way::ControlWay;

/// What restricts root sessions in an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Controls {
    /// `None` for the management account: SCPs and RCPs do not apply to it, and root sessions can't be opened there (AWS
    /// documentation).
    pub(crate) member: Option<MemberControls>,
}

impl Controls {
    /// Whether every policy could be read.
    pub fn is_read(&self) -> bool {
        let ways = |member: &MemberControls| {
            let own = member.caller.iter().all(|(way, _)| way.errors().is_empty());
            own && member.way.errors().is_empty()
        };
        self.member.as_ref().is_none_or(ways)
    }
}

/// The judgement of every task in a member account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MemberControls {
    pub(crate) way: ControlWay,
    pub(crate) tasks: Vec<TaskVerdict>,
    pub(crate) exemptions: Vec<Exemption>,
    pub(crate) not_exempted: Vec<NotExempted>,
    /// Of a caller in a member account: what is on the way to its own account, which decides about `AssumeRoot`.
    pub(crate) caller: Option<(ControlWay, Vec<ActionVerdict>)>,
}

impl MemberControls {
    /// The strictest of the verdicts of all tasks, the caller's own account included.
    pub(crate) fn verdict(&self) -> Verdict {
        let opening = self.caller.iter().flat_map(|(_, opening)| opening).map(ActionVerdict::verdict);
        self.tasks.iter().map(TaskVerdict::verdict).chain(opening).max().unwrap_or(Verdict::Allowed)
    }
}
