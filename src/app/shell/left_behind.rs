use crate::app::shell::App;
use crate::app::state::left_behind::LeftBehind;

impl App {
    /// Nothing stays of the demo.
    pub(crate) fn left_behind(&self) -> LeftBehind {
        if self.model.start.demo {
            return LeftBehind::default();
        }
        let name = |id| self.model.accounts.get(id).map_or_else(|| id.to_string(), |account| account.name.clone());
        let alarms = self.model.emails.iter().filter(|(_, facts)| facts.is_alarm(self.model.now));
        LeftBehind {
            elsewhere: alarms.map(|(id, _)| name(id)).collect(),
            recoveries: self.model.recovery.all().into_iter().map(|open| name(open.account)).collect(),
        }
    }
}
