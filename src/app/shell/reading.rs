use crate::app::notification::Notification;
use crate::app::shell::App;

impl App {
    /// Whether the text on top has to be read and its end was not on screen yet. The runtime then tells
    /// of each drawing: one that looks like the one before may be of another text.
    #[must_use]
    pub fn has_unread_text(&self) -> bool {
        self.layers.last().and_then(|layer| layer.dialog().reading()).is_some_and(|reading| !reading.is_done)
    }

    /// Takes how much of the text on top is on screen.
    pub(in crate::app) fn see_text(&mut self) {
        let (rows, lines) = (self.geometry.dialog_rows, self.geometry.dialog_lines);
        if let Some(reading) = self.layers.last_mut().and_then(|layer| layer.dialog_mut().reading_mut()) {
            reading.see(rows, lines);
        }
    }

    /// Whether what has the focus is closed until the text on top was read to its end.
    #[must_use]
    pub fn is_to_be_read_first(&self) -> bool {
        self.has_unread_text() && self.layers.last().is_some_and(|layer| layer.dialog().focus_confirms())
    }

    /// Says that the text has to be read first, if it has.
    pub(in crate::app) fn insists_on_reading(&mut self) -> bool {
        let insists = self.is_to_be_read_first();
        if insists {
            self.model.out.notify(Notification::ReadFirst);
        }
        insists
    }
}
