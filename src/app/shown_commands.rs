//! The command lines that make the calls of a dialog, for its picture and the clipboard.

use super::App;
use super::command::{CommandId, Why};
use super::email_change::Purpose;
use super::layers::Layer;
use super::plans::PlanStage;
use super::root_access::Stage;
use crate::app::model::Model;
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::change::Change;

impl Model {
    /// How a command in another shell reaches AWS as this run does. `None` before the run is connected, and in
    /// the demo: outside it the same command would act on another organization.
    #[must_use]
    pub fn caller_options(&self) -> Option<CallerOptions> {
        let connection = self.connection.value().filter(|_| !self.start.demo)?;
        Some(CallerOptions {
            profile: connection.profile.clone(),
            region: Some(connection.region.clone()).filter(|_| !connection.region_assumed),
            // Several endpoints in one text come from the configuration, which is read there again.
            endpoint: connection.endpoint.clone().filter(|url| !url.contains(' ')),
        })
    }

    /// The command lines of a dialog; none where there is no way to AWS outside this program.
    #[must_use]
    pub fn commands<C: IntoIterator<Item = AwsCommand>>(
        &self,
        of: impl FnOnce(&CallerOptions) -> C,
    ) -> Vec<AwsCommand> {
        self.caller_options().map(|caller| of(&caller).into_iter().collect()).unwrap_or_default()
    }

    /// That of a change.
    #[must_use]
    pub fn commands_of(&self, change: &Change) -> Vec<AwsCommand> {
        self.commands(|caller| [change.command(caller)])
    }
}

impl App {
    /// Those of the dialog on top, as it shows them; `None` if it is not about any.
    #[must_use]
    pub fn commands_on_top(&self) -> Option<Vec<AwsCommand>> {
        match self.layers.last()? {
            Layer::Confirm(dialog) => Some(self.model.commands_of(&dialog.change)),
            Layer::StartEmail(dialog) => self
                .address_check()
                .filter(|_| dialog.purpose != Purpose::Adopt)
                .and_then(|check| dialog.ready(&check))
                .map(|new| self.model.commands_of(&dialog.change(new))),
            Layer::EnterOtp(dialog) => Some(self.model.commands(|caller| [dialog.aws_command(caller)])),
            Layer::AskAudit(ask) => Some(self.model.commands(|caller| ask.aws_commands(caller))),
            Layer::Delete(dialog) => match &dialog.stage {
                Stage::Asking(asking) if !asking.plans.is_empty() => {
                    Some(self.model.commands(|caller| asking.aws_commands(caller)))
                }
                Stage::Asking(_) | Stage::Kinds(_) | Stage::Reading(_) => None,
            },
            Layer::Mails(dialog) if !dialog.matches.is_empty() => {
                Some(self.model.commands(|caller| dialog.aws_commands(caller)))
            }
            Layer::Plan(dialog) => match &dialog.stage {
                PlanStage::Asking(asking) => Some(self.model.commands(|caller| asking.aws_commands(caller))),
                PlanStage::Pattern(_) | PlanStage::File(_) | PlanStage::Problems(_) => None,
            },
            Layer::OpenSession(dialog) => {
                let command = dialog.aws_command()?;
                Some(self.model.commands(|caller| [command.by(caller)]))
            }
            Layer::Session(view) => Some(self.model.commands(|caller| [view.aws_command(caller)])),
            Layer::Findings(_) => Some(self.looks_into_findings()),
            // A layer that shows command lines belongs above, and among those of the tests.
            Layer::Mails(_)
            | Layer::ForgetChange(_)
            | Layer::OpenFile(_)
            | Layer::FindQueues(_)
            | Layer::LoadPolicy(_)
            | Layer::Help(_)
            | Layer::News(_)
            | Layer::Menu(_)
            | Layer::AskDelegate(_)
            | Layer::Palette(_)
            | Layer::Profiles(_)
            | Layer::MfaCode(_)
            | Layer::Results(_)
            | Layer::ManagedPolicies(_)
            | Layer::Template(_)
            | Layer::PlanResults(_)
            | Layer::Policies(_)
            | Layer::Export(_) => None,
        }
    }

    /// Copies command lines, one a line, or says why there are none.
    pub(super) fn copy_commands(&mut self, by: CommandId, commands: &[AwsCommand]) {
        if self.model.start.demo {
            self.refuse(by, Why::DemoCommand);
        } else if !commands.is_empty() {
            let lines: Vec<String> = commands.iter().map(ToString::to_string).collect();
            self.model.copy(lines.join("\n"));
        }
    }
}
