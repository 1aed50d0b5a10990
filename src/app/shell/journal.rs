use crate::app::command_id::CommandId;
use crate::app::effect::Read;
use crate::app::shell::App;
use crate::app::view::ViewId;
use crate::domain::api_error::ApiError;
use crate::domain::cloudtrail::lookup;
use crate::domain::journal::Journal;
use crate::domain::remote_data::ReadId;

impl App {
    pub(in crate::app) fn show_journal(&mut self) {
        self.view = ViewId::Journal;
        self.model.reload(Read::Journal);
    }

    pub(in crate::app) fn apply_journal(&mut self, id: ReadId, result: Result<Journal, ApiError>) -> bool {
        let awaited = self.model.journal.journal.finish(id, result, self.model.now);
        if awaited {
            self.model.journal.derived.invalidate();
            let entries = self.model.journal.journal.value().into_iter().flat_map(|journal| &journal.entries);
            self.model.journal.unresolved.forget_ended(entries.filter(|entry| !entry.is_open()).map(|entry| entry.id));
            if std::mem::take(&mut self.model.journal.again) {
                self.journal_grew();
            }
        }
        awaited
    }

    /// Reloads the journal while it is shown, since it has grown. One read at a time.
    pub(in crate::app) fn journal_grew(&mut self) {
        if self.view == ViewId::Journal {
            self.model.journal.again = self.model.journal.journal.is_loading();
            self.model.read(Read::Journal);
        }
    }

    pub(in crate::app) fn copy_lookup(&mut self) {
        let Some(entry) = self.model.journal.selected() else { return };
        let commands = self.model.commands(|caller| lookup(entry, caller));
        self.copy_commands(CommandId::CopyLookup, &commands);
    }
}
