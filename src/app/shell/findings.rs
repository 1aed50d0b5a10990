use crate::app::command_id::DisabledReason;
use crate::app::dialog::Reported;
use crate::app::dialogs::reader::Reader;
use crate::app::effect::StoreRequest;
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::domain::finding::{Finding, FindingsSummary};

impl App {
    /// Notifies of new ones among the unread findings.
    pub(in crate::app) fn apply_findings(&mut self, findings: Vec<Finding>) {
        let fresh = self.model.findings.set(findings);
        match FindingsSummary::of(self.model.findings.all(), self.model.now) {
            Some(summary) if fresh => {
                self.notifications.forget(&Reported::Findings);
                self.model.out.notify(Notification::Findings(summary));
            }
            Some(_) => {}
            // Another rootdeck may have shown them.
            None => self.notifications.forget(&Reported::Findings),
        }
        self.model.mark_filtered_dirty();
    }

    pub(in crate::app) fn show_findings(&mut self) {
        // The last drawing says nothing about how much of this one is on screen.
        self.geometry.dialog_lines = 0;
        let shown = self.model.findings.all().iter().map(|finding| finding.id).collect();
        self.layers.push(Layer::Findings(Reader::new(shown)));
    }

    pub(in crate::app) fn acknowledge_findings(&mut self) {
        if let Some((shown, _)) = self.layers.last().and_then(|layer| layer.dialog().findings()) {
            let read = shown.to_vec();
            self.close();
            self.model.keep(StoreRequest::Acknowledge(read));
        }
    }

    pub(in crate::app) fn can_acknowledge(&self) -> Result<(), DisabledReason> {
        let shown = self.layers.last().and_then(|layer| layer.dialog().findings());
        let (_, top) = shown.ok_or(DisabledReason::NotHere)?;
        if self.model.organization.current().is_none() {
            // Before that it is not certain whose records these are.
            return Err(DisabledReason::NotReadYet);
        }
        let (rows, lines) = (self.geometry.dialog_rows, self.geometry.dialog_lines);
        if lines > 0 && top + rows >= lines { Ok(()) } else { Err(DisabledReason::NotReadToItsEnd) }
    }
}
