//! A text to read over the view.

use crate::app::command_id::{CommandId, KeyContext};
use crate::app::dialog::{Dialog, Reported};
use crate::app::ids::RunId;
use crate::app::list::Motion;
use crate::app::model::Model;
use crate::app::msg::Geometry;
use crate::app::notification::Notification;
use crate::app::search::Search;
use crate::app::state::choices::ResultsOf;
use crate::app::state::readiness::ManagedTable;
use crate::app::state::runs::RunKind;
use crate::domain::account::AccountId;
use crate::domain::aws_command::AwsCommand;
use crate::domain::finding::looks_into;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reader<T> {
    pub about: T,
    pub top: usize,
    pub search: Search,
}

impl<T> Reader<T> {
    pub(crate) fn new(about: T) -> Self {
        Self { about, top: 0, search: Search::default() }
    }
}

pub(crate) trait Topic {
    fn commands(&self, _model: &Model) -> Option<Vec<AwsCommand>> {
        None
    }

    fn text(&self, _model: &Model) -> Option<String> {
        None
    }

    fn findings(&self) -> Option<&[i64]> {
        None
    }

    fn closed_by(&self, _command: CommandId) -> bool {
        false
    }

    fn reported(&self, _model: &Model) -> Option<Reported> {
        None
    }
}

impl Topic for KeyContext {
    fn closed_by(&self, command: CommandId) -> bool {
        command == CommandId::Help
    }
}

impl Topic for ManagedTable {}

/// The SCPs and RCPs above an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ControlsOf(pub(crate) AccountId);

impl Topic for ControlsOf {
    /// The changes that let root sessions through, for the owners of the policies.
    fn text(&self, model: &Model) -> Option<String> {
        let member = model.controls.get(&self.0)?.value()?.member.as_ref()?;
        let diffs: Vec<String> = member.exemptions.iter().map(|one| one.diff(&member.way).join("\n") + "\n").collect();
        Some(diffs.concat()).filter(|text| !text.is_empty())
    }
}

impl Topic for Notification {
    /// An error in one line, for a ticket or a search.
    fn text(&self, model: &Model) -> Option<String> {
        let error = match self {
            Self::ReadFailed(error) | Self::Local(error) | Self::PlanHalted(error) | Self::RootUnread(_, _, error) => {
                error
            }
            Self::WriteTrouble(_, trouble) => trouble.error()?,
            _ => return None,
        };
        let code = error.code.as_deref().unwrap_or("-");
        let request = error.request_id.as_deref().unwrap_or("-");
        Some(format!("{} {code}: {} (request id {request})", error.operation, (model.start.spoken)(&error.message)))
    }

    fn reported(&self, _model: &Model) -> Option<Reported> {
        Some(Reported::This(self.clone()))
    }
}

/// Findings, by their numbers.
impl Topic for Vec<i64> {
    /// The CloudTrail lookups that show who changed the addresses on screen.
    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        Some(model.commands(|caller| looks_into(model.findings_shown(self), caller)))
    }

    fn findings(&self) -> Option<&[i64]> {
        Some(self)
    }

    fn reported(&self, _model: &Model) -> Option<Reported> {
        Some(Reported::Findings)
    }
}

impl Topic for RunId {
    fn reported(&self, model: &Model) -> Option<Reported> {
        Some(Reported::Run(model.kind_of_results(*self)))
    }
}

impl Topic for ResultsOf {
    fn reported(&self, _model: &Model) -> Option<Reported> {
        Some(Reported::Run(RunKind::StartEmailChanges))
    }
}

impl<T: Topic> Dialog for Reader<T> {
    fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        self.top = motion.scroll(self.top, rows, lines);
    }

    fn fit(&mut self, geometry: Geometry) {
        self.top = self.top.min(geometry.dialog_lines.saturating_sub(geometry.dialog_rows));
        self.search.follow(&mut self.top, geometry);
    }

    fn search(&self) -> Option<&Search> {
        Some(&self.search)
    }

    fn search_mut(&mut self) -> Option<&mut Search> {
        Some(&mut self.search)
    }

    fn commands(&self, model: &Model) -> Option<Vec<AwsCommand>> {
        self.about.commands(model)
    }

    fn text(&self, model: &Model) -> Option<(Notification, String)> {
        self.about.text(model).map(|text| (Notification::Copied(text.clone()), text))
    }

    fn findings(&self) -> Option<(&[i64], usize)> {
        self.about.findings().map(|shown| (shown, self.top))
    }

    fn closed_by(&self, command: CommandId) -> bool {
        self.about.closed_by(command)
    }

    fn closed(&mut self, model: &mut Model) -> Option<Reported> {
        self.about.reported(model)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tests::harness::start;
    use crate::domain::api_error::{ApiError, ApiErrorKind};
    use crate::domain::permit::Refusal;

    #[test]
    fn an_error_is_copied_as_a_sentence_and_not_as_data() {
        let error = ApiError::new("StartPrimaryEmailUpdate", ApiErrorKind::NotPermitted, &Refusal::ReadOnly.record());
        let text = Notification::PlanHalted(error).text(&Model::new(start())).unwrap_or_default();
        assert!(text.contains("nothing is written") && !text.contains("read-only\""), "{text}");
    }
}
