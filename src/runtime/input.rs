//! Keys, pastes and sizes from the terminal.

use crossterm::event::{
    Event, EventStream, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use futures::StreamExt;
use ratatui::layout::Position;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::app::key::{Code, Key, Paste};
use crate::app::mouse::MouseAction;

#[derive(Debug)]
pub(super) enum TerminalEvent {
    Key(Key),
    Paste(Paste),
    Size(u16, u16),
    Mouse(MouseAction, Position),
}

/// Read by a task of its own: a stream of events that is polled now and then without waiting loses its wake-up.
#[derive(Debug)]
pub(super) struct Input {
    event: mpsc::UnboundedReceiver<TerminalEvent>,
    reader: JoinHandle<()>,
}

impl Input {
    /// Events in `before` come first.
    pub(super) fn listen(before: Vec<TerminalEvent>) -> Self {
        let (tell, event) = mpsc::unbounded_channel();
        for event in before {
            tell.send(event).ok();
        }
        let reader = tokio::spawn(async move {
            let mut events = EventStream::new();
            while let Some(Ok(event)) = events.next().await {
                if translate(event).is_some_and(|event| tell.send(event).is_err()) {
                    return;
                }
            }
        });
        Self { event, reader }
    }

    /// `None` once the terminal can't be read any more.
    pub(super) async fn next(&mut self) -> Option<TerminalEvent> {
        self.event.recv().await
    }

    pub(super) async fn end(mut self) {
        self.reader.abort();
        // Its end drops the stream of events.
        (&mut self.reader).await.ok();
    }

    pub(super) fn waiting(&mut self) -> Option<TerminalEvent> {
        self.event.try_recv().ok()
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

pub(super) fn translate(event: Event) -> Option<TerminalEvent> {
    match event {
        Event::Key(event) if event.kind != KeyEventKind::Release => key(event).map(TerminalEvent::Key),
        Event::Paste(text) => Some(TerminalEvent::Paste(Paste::new(text))),
        Event::Resize(columns, rows) => Some(TerminalEvent::Size(columns, rows)),
        Event::Mouse(event) => mouse(event),
        _ => None,
    }
}

fn mouse(event: MouseEvent) -> Option<TerminalEvent> {
    let action = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseAction::Click,
        MouseEventKind::ScrollUp => MouseAction::Wheel(-1),
        MouseEventKind::ScrollDown => MouseAction::Wheel(1),
        _ => return None,
    };
    Some(TerminalEvent::Mouse(action, Position { x: event.column, y: event.row }))
}

fn key(event: KeyEvent) -> Option<Key> {
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => Code::BackTab,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number @ 1..=12) => Code::F(number),
        _ => return None,
    };
    Some(Key {
        code,
        ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
        alt: event.modifiers.contains(KeyModifiers::ALT),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_their_modifiers() {
        let event = Event::Key(KeyEvent::new(KeyCode::Char('t'), KeyModifiers::CONTROL));
        assert!(matches!(translate(event), Some(TerminalEvent::Key(key)) if key == Key::ctrl('t')));
        let event = Event::Key(KeyEvent::new(KeyCode::F(5), KeyModifiers::NONE));
        assert!(matches!(translate(event), Some(TerminalEvent::Key(key)) if key == Key::plain(Code::F(5))));
        let event = Event::Key(KeyEvent::new(KeyCode::CapsLock, KeyModifiers::NONE));
        assert!(translate(event).is_none());
    }

    #[test]
    fn of_the_mouse_the_left_button_and_the_wheel_are_used() {
        let of = |kind| translate(Event::Mouse(MouseEvent { kind, column: 7, row: 3, modifiers: KeyModifiers::NONE }));
        let click = of(MouseEventKind::Down(MouseButton::Left));
        assert!(matches!(click, Some(TerminalEvent::Mouse(MouseAction::Click, Position { x: 7, y: 3 }))));
        assert!(matches!(of(MouseEventKind::ScrollUp), Some(TerminalEvent::Mouse(MouseAction::Wheel(-1), _))));
        for none in [
            MouseEventKind::Up(MouseButton::Left),
            MouseEventKind::Down(MouseButton::Right),
            MouseEventKind::Drag(MouseButton::Left),
            MouseEventKind::Moved,
        ] {
            assert!(of(none).is_none(), "{none:?}");
        }
    }
}
