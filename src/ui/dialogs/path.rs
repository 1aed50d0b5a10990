//! Which file is to be read or written.

use super::super::canvas::Canvas;
use super::super::theme::TextStyle;
use super::names::who;
use super::outcome::danger_line;
use super::sheet::Sheet;
use crate::app::dialogs::path::{PathDialog, PathPurpose};
use crate::app::effect::{ExportForm, TextUse};
use crate::app::shell::App;
use crate::words::record::message;
use crate::words::ui::{dialogs as says, root};
use crate::words::{board, journal_form, notification};

pub(super) fn draw(app: &App, dialog: &PathDialog, canvas: &mut Canvas<'_>) {
    let (title, failed, hint) = match &dialog.purpose {
        PathPurpose::Mails => {
            (says::read_from_file(notification::text_use(TextUse::Mails)), says::DID_NOT_WORK, board::MAIL_FILES)
        }
        PathPurpose::Policy { holder, .. } => {
            (root::put_policy_on(holder), root::IT_COULD_NOT_BE_READ, root::FILE_IS_SHOWN)
        }
        PathPurpose::Journal(1) => (says::save_journal("1 entry"), says::NOT_SAVED, journal_form::OWNER_ONLY),
        PathPurpose::Journal(count) => {
            (says::save_journal(format!("{count} entries")), says::NOT_SAVED, journal_form::OWNER_ONLY)
        }
    };
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, dialog.form.focus);
    if let PathPurpose::Policy { account, .. } = &dialog.purpose {
        sheet.part(2).plain(&who(app, *account));
    }
    let waits = dialog.form.waits();
    sheet.field("File", &dialog.field, waits);
    let saves = matches!(dialog.purpose, PathPurpose::Journal(_));
    if saves {
        let (role, text) = match dialog.export_form() {
            Some(ExportForm::Csv) => (TextStyle::On, says::CSV_FILE),
            Some(ExportForm::Json) => (TextStyle::On, says::JSON_FILE),
            None => (TextStyle::Attention, says::NAME_DECIDES),
        };
        sheet.part(0).label("", role, text);
    }
    if waits {
        sheet.waiting(if saves { says::WRITING_IT } else { root::READING_IT });
    }
    if let Some(why) = dialog.form.error() {
        danger_line(&mut sheet, failed);
        sheet.part(0).plain(&message(&why.message));
    } else {
        sheet.blank();
        sheet.part(2).quiet(hint);
    }
    sheet.ask_once(canvas, if saves { "Save" } else { "Read" }, dialog.is_ready(), waits);
}
