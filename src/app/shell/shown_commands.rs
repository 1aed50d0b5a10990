use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::shell::App;
use crate::domain::aws_command::AwsCommand;

impl App {
    pub(crate) fn commands_on_top(&self) -> Option<Vec<AwsCommand>> {
        self.layers.last()?.dialog().commands(&self.model)
    }

    /// Copies the commands, one a line, or says why there are none.
    pub(in crate::app) fn copy_commands(&mut self, by: CommandId, commands: &[AwsCommand]) {
        if self.model.start.demo {
            self.refuse(by, DisabledReason::DemoCommand);
        } else if !commands.is_empty() {
            let lines: Vec<String> = commands.iter().map(ToString::to_string).collect();
            self.model.copy(lines.join("\n"));
        }
    }
}
