use crate::app::model::Model;
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::change::Change;

impl Model {
    /// How a command in another shell reaches AWS as this run does. `None` before the run is
    /// connected, and in the demo: there the same command would act on another organization.
    pub(crate) fn caller_options(&self) -> Option<CallerOptions> {
        let connection = self.connection.value().filter(|_| !self.start.demo)?;
        Some(CallerOptions {
            profile: connection.profile.clone(),
            region: Some(connection.region.clone()).filter(|_| !connection.region_assumed),
            // Several endpoints in one text come from the configuration, which the command reads
            // itself.
            endpoint: connection.endpoint.clone().filter(|url| !url.contains(' ')),
        })
    }

    /// The commands of a dialog; none where they could not reach AWS outside this program.
    pub(crate) fn commands<C: IntoIterator<Item = AwsCommand>>(
        &self,
        of: impl FnOnce(&CallerOptions) -> C,
    ) -> Vec<AwsCommand> {
        self.caller_options().map(|caller| of(&caller).into_iter().collect()).unwrap_or_default()
    }

    pub(crate) fn commands_of(&self, change: &Change) -> Vec<AwsCommand> {
        self.commands(|caller| [change.command(caller)])
    }
}
