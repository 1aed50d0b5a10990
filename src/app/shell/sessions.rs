use crate::app::dialogs::session::SessionView;
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::state::choices::{RootChoice, RootMenu};
use crate::domain::api_error::ApiError;
use crate::domain::remote_data::ReadId;
use crate::domain::root_session::SessionInfo;

impl App {
    /// Returns whether a failure is still to be reported. A requested session is open even if its
    /// dialog was closed meanwhile.
    pub(in crate::app) fn apply_session(&mut self, id: ReadId, result: Result<SessionInfo, ApiError>) -> bool {
        let Some((_, seconds)) = self.model.sessions.asked.remove(&id) else { return false };
        let layer = self.layers.iter_mut().find(|layer| layer.waits_for(id));
        match (result, layer) {
            (Ok(session), layer) => {
                self.model.sessions.take(session);
                match layer {
                    Some(layer) => {
                        let mut view = SessionView::asked_for(session, seconds, self.model.now);
                        view.form.reason = layer.dialog().form().map(|form| form.reason.clone()).unwrap_or_default();
                        *layer = Layer::Session(view);
                    }
                    None => self.model.out.notify(Notification::SessionOpened(session.key)),
                }
                false
            }
            (Err(error), Some(layer)) => {
                layer.failed(error);
                false
            }
            (Err(_), None) => true,
        }
    }

    /// Lets ended sessions go; what is on screen about them goes with them.
    pub(in crate::app) fn expire_sessions(&mut self) {
        for key in self.model.sessions.expire(self.model.now) {
            self.model.out.notify(Notification::SessionEnded(key));
        }
    }

    pub(in crate::app) fn list_sessions(&mut self) {
        match self.model.sessions.all() {
            [only] => self.layers.push(Layer::Session(SessionView::new(only.key))),
            all => {
                let items = all.iter().rev().map(|session| RootChoice::Session(session.key)).collect();
                self.root_menu(RootMenu::Sessions, items);
            }
        }
    }
}
