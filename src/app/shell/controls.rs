use crate::app::command_id::DisabledReason;
use crate::app::dialogs::reader::{ControlsOf, Reader};
use crate::app::effect::Read;
use crate::app::layers::Layer;
use crate::app::model::availability::known;
use crate::app::shell::App;

impl App {
    pub(in crate::app) fn can_explain_scps(&self) -> Result<(), DisabledReason> {
        self.can_open()?;
        known(&self.model.connection)
    }

    /// Reads the policies above the selected account and shows what they leave to root sessions there. Nothing of it is
    /// kept: who asks again has changed something, or had it changed.
    pub(in crate::app) fn explain_scps(&mut self) {
        if let Some(account) = self.selected_id() {
            self.layers.push(Layer::Controls(Reader::new(ControlsOf(account))));
            self.model.read(Read::Controls(account));
        }
    }
}
