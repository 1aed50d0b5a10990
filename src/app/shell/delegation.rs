use crate::app::dialogs::confirm::Confirm;
use crate::app::dialogs::delegation::AskDelegate;
use crate::app::field::TextField;
use crate::app::focus::Focus;
use crate::app::form::Form;
use crate::app::layers::Layer;
use crate::app::shell::App;
use crate::app::state::organization::OrganizationRow;
use crate::app::suggestions::Pick;
use crate::domain::change::Change;

impl App {
    pub(in crate::app) fn delegate(&mut self) {
        match self.model.switches.selected() {
            Some(OrganizationRow::Delegate(account, service)) => {
                self.confirm_change(Change::Delegation { account, service, register: false });
            }
            Some(OrganizationRow::Service(service)) => {
                let field = TextField::default();
                self.layers.push(Layer::AskDelegate(AskDelegate {
                    service,
                    field,
                    pick: Pick::default(),
                    form: Form::new(Focus::Field),
                }));
            }
            Some(OrganizationRow::Feature(_)) | None => {}
        }
    }

    pub(in crate::app) fn confirm_change(&mut self, change: Change) {
        let refusal = self.model.refusal_of(&change);
        self.open_confirm(Confirm::new(change, refusal, None));
    }
}
