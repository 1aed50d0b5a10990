use crate::app::command_id::KeyContext;
use crate::app::notification::Notification;
use crate::app::shell::App;

impl App {
    /// Whether the end of the top text was not on screen yet. The runtime then reports each
    /// drawing: one that looks like the last may be of another text.
    pub(crate) fn has_unread_text(&self) -> bool {
        self.layers.last().and_then(|layer| layer.dialog().reading()).is_some_and(|reading| !reading.is_done)
    }

    pub(in crate::app) fn see_text(&mut self) {
        let (rows, lines) = (self.geometry.dialog_rows, self.geometry.dialog_lines);
        let to_read = self.geometry.lines_to_read.unwrap_or(lines);
        if let Some(reading) = self.layers.last_mut().and_then(|layer| layer.dialog_mut().reading_mut()) {
            reading.see(rows, lines, to_read);
        }
    }

    /// Whether the focused element is disabled until the top text is read to its end.
    pub(crate) fn is_to_be_read_first(&self) -> bool {
        self.has_unread_text() && self.layers.last().is_some_and(|layer| layer.dialog().focus_confirms())
    }

    /// Says that the text of a question has to be read first, if that is so: a key that means nothing yet was typed to
    /// answer it.
    pub(in crate::app) fn says_to_read(&mut self) -> bool {
        let asks = self.has_unread_text() && self.place() == KeyContext::Dialog;
        if asks {
            self.model.out.notify(Notification::ReadFirst);
        }
        asks
    }

    /// Returns whether the text has to be read first, and says so.
    pub(in crate::app) fn insists_on_reading(&mut self) -> bool {
        let insists = self.is_to_be_read_first();
        if insists {
            self.model.out.notify(Notification::ReadFirst);
        }
        insists
    }
}
