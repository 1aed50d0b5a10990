use crate::app::command_id::DisabledReason;
use crate::app::effect::StoreRequest;
use crate::app::model::Model;
use crate::app::msg::{Answer, Msg};
use crate::domain::cloudtrail::is_inside;
use crate::domain::run::RunReport;

impl Model {
    pub(in crate::app) fn can_read_entry(&self) -> Result<(), DisabledReason> {
        self.journal.selected().map(|_| ()).ok_or(DisabledReason::NoEntry)
    }

    pub(in crate::app) fn open_entry(&mut self) {
        self.journal.details = self.journal.pane.list.selected();
        (self.journal.pane.reading, self.journal.pane.top) = (true, 0);
    }

    pub(in crate::app) fn can_copy_request_id(&self) -> Result<(), DisabledReason> {
        let entry = self.journal.selected().ok_or(DisabledReason::NoEntry)?;
        if entry.request_id.is_some() { Ok(()) } else { Err(DisabledReason::NoRequestId) }
    }

    pub(in crate::app) fn copy_request_id(&mut self) {
        if let Some(request_id) = self.journal.selected().and_then(|entry| entry.request_id.clone()) {
            self.copy(request_id);
        }
    }

    pub(in crate::app) fn can_copy_lookup(&self) -> Result<(), DisabledReason> {
        let entry = self.journal.selected().ok_or(DisabledReason::NoEntry)?;
        if is_inside(entry) { Err(DisabledReason::MemberTrail) } else { Ok(()) }
    }
}

pub(in crate::app) fn is_journaled(msg: &Msg) -> bool {
    match msg {
        Msg::Written(..) => true,
        Msg::Run(_, report) => {
            matches!(**report, RunReport::Deleted { .. } | RunReport::Written(..) | RunReport::Ended)
        }
        Msg::Answer(_, answer) => {
            matches!(answer, Answer::Buckets(..) | Answer::Queues(..) | Answer::Policy(..) | Answer::Session(..))
                || matches!(answer, Answer::Kept(store_request, _) if matches!(**store_request, StoreRequest::Refusal(..)))
        }
        _ => false,
    }
}
