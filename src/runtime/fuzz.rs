//! Terminal input, for what must hold of any.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::input::{TerminalEvent, translate};
use crate::app::effect::Effect;
use crate::app::key_map::KeyMap;
use crate::app::msg::Msg;
use crate::app::shell::App;
use crate::app::start::Start;
use crate::domain::permit::Rules;
use crate::domain::profile::Browser;
use crate::domain::view::ViewId;
use crate::ui;
use crate::ui::theme::Theme;

/// So many events of one input are taken.
const MOST: usize = 60;

const CODES: [KeyCode; 14] = [
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Backspace,
    KeyCode::Delete,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::PageUp,
    KeyCode::F(5),
];

/// Keys, pastes, clicks and sizes in any order, each drawn. Nothing is confirmed and no answer comes, so nothing may be
/// written.
pub(crate) fn terminal(bytes: &[u8]) {
    let (mut app, effects) = App::new(start());
    let mut wants_a_write = effects.iter().any(is_write);
    let mut area = Rect::new(0, 0, 80, 24);
    for event in events(bytes) {
        let msg = match translate(event) {
            Some(TerminalEvent::Key(key)) => Msg::Key(key),
            Some(TerminalEvent::Paste(paste)) => Msg::Paste(paste),
            Some(TerminalEvent::Size(columns, rows)) => {
                area = Rect::new(0, 0, columns, rows);
                continue;
            }
            Some(TerminalEvent::Mouse(..)) | None => continue,
        };
        wants_a_write |= app.update(Timestamp::UNIX_EPOCH, msg).iter().any(is_write);
        let mut buffer = Buffer::empty(area);
        ui::draw(&app, Theme::default(), area, &mut buffer);
    }
    assert!(!wants_a_write, "a write without an account");
}

fn is_write(effect: &Effect) -> bool {
    matches!(effect, Effect::Write(..))
}

fn start() -> Start {
    Start {
        now: Timestamp::UNIX_EPOCH,
        place: None,
        time_zone: TimeZone::UTC,
        demo: false,
        rules: Rules::default(),
        profile: None,
        named: false,
        endpoint: None,
        browser: Browser::Here,
        opens_links: false,
        columns: None,
        ask_at_start: 0,
        view: ViewId::Accounts,
        filter: None,
        keys: KeyMap::default(),
        spoken: crate::words::record::note,
    }
}

/// At most [`MOST`] events: each control character stands for a key without a character or for what its arm says, every
/// other for itself.
fn events(bytes: &[u8]) -> Vec<Event> {
    let text = String::from_utf8_lossy(bytes);
    let mut signs = text.chars();
    let mut events = Vec::new();
    while let Some(sign) = signs.next().filter(|_| events.len() < MOST) {
        let key = |code, modifiers| Event::Key(KeyEvent::new(code, modifiers));
        let number = |sign: Option<char>| sign.map_or(0, |sign| u16::try_from(u32::from(sign) % 256).unwrap_or(0));
        events.push(match sign {
            '\u{0E}' => key(KeyCode::Char(signs.next().unwrap_or(' ')), KeyModifiers::CONTROL),
            '\u{0F}' => key(KeyCode::Char(signs.next().unwrap_or(' ')), KeyModifiers::ALT),
            '\u{10}' => Event::Paste(signs.by_ref().take_while(|sign| *sign != '\u{10}').collect()),
            '\u{11}' => Event::Resize(number(signs.next()), number(signs.next())),
            '\u{12}' => {
                let (column, row) = (number(signs.next()), number(signs.next()));
                let kind = MouseEventKind::Down(MouseButton::Left);
                Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
            }
            sign => match CODES.get(u32::from(sign) as usize) {
                Some(code) => key(*code, KeyModifiers::NONE),
                None => key(KeyCode::Char(sign), KeyModifiers::NONE),
            },
        });
    }
    events
}
