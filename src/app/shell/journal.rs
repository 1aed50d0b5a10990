use crate::app::command_id::CommandId;
use crate::app::dialogs::path::{PathDialog, PathPurpose};
use crate::app::effect::Read;
use crate::app::layers::Layer;
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

    /// The suggested file name contains this minute: nothing is overwritten.
    pub(in crate::app) fn ask_for_export(&mut self) {
        let local = self.model.now.to_zoned(self.model.start.time_zone.clone());
        let organization = self.model.organization.value().map(|known| format!("{}-", known.id)).unwrap_or_default();
        let path = format!("~/rootdeck-journal-{organization}{}.csv", local.strftime("%Y-%m-%d-%H%M"));
        let purpose = PathPurpose::Journal(self.model.journal.pane.list.rows().len());
        self.layers.push(Layer::Path(PathDialog::new(purpose, &path)));
    }
}
