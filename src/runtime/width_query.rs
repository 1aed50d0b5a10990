//! Whether the terminal draws this program's signs and frames in two columns each, as terminals for Chinese, Japanese
//! and Korean may: then only ASCII lines up.
//!
//! To know, it draws some and asks where the cursor is, once, before the first frame, on the alternate screen. What is
//! typed meanwhile is kept.

use std::io;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::input::TerminalEvent;
use crate::app::key::{Code, Key, Paste};

/// Home; a frame, a sign and a cut; the cursor's place.
const QUESTION: &str = "\x1b[H\u{2502}\u{25CF}\u{2026}\x1b[6n";
const AGAIN: &str = "\x1b[6n";
/// The column behind them where each takes one.
const NARROW: u16 = 4;
/// The most that is read while the answer is awaited.
const MOST: usize = 64 * 1024;
/// How long the end of a paste that has begun is awaited.
const PASTE: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
pub(super) struct WidthAnswer {
    /// Whether the terminal said that it draws them wide. One that does not answer does not.
    pub(super) wide: bool,
    pub(super) typed: Vec<TerminalEvent>,
}

/// A late answer is harmless: the reader of keys skips it.
pub(super) fn ask(limit: Duration) -> io::Result<WidthAnswer> {
    let (begun, mut read) = (Instant::now(), Vec::new());
    let mut column = None;
    for question in [QUESTION, AGAIN] {
        super::terminal::write_at_once(question.as_bytes())?;
        column = await_answer(&mut read, begun, limit)?;
        // Some answer before they have drawn.
        if column.is_none_or(|column| column >= NARROW) {
            break;
        }
    }
    Ok(WidthAnswer { wide: column.is_some_and(|column| column > NARROW), typed: typed(&read) })
}

fn await_answer(read: &mut Vec<u8>, begun: Instant, limit: Duration) -> io::Result<Option<u16>> {
    while read.len() < MOST {
        let open_paste = find(read, PASTE_START).is_some() && find(read, PASTE_END).is_none();
        if answer(read).is_some() && !open_paste {
            break;
        }
        let limit = if open_paste { PASTE } else { limit };
        let left = limit.saturating_sub(begun.elapsed());
        if left.is_zero() || !comes(left)? || !take(read)? {
            break;
        }
    }
    let Some((column, at)) = answer(read) else { return Ok(None) };
    read.drain(at);
    Ok(Some(column))
}

fn comes(left: Duration) -> io::Result<bool> {
    let limit = Timespec::try_from(left).map_err(io::Error::other)?;
    let input = rustix::stdio::stdin();
    match poll(&mut [PollFd::new(&input, PollFlags::IN)], Some(&limit)) {
        Ok(ready) => Ok(ready > 0),
        Err(Errno::INTR) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

/// Whether there was anything to take: not at the end of the terminal.
fn take(read: &mut Vec<u8>) -> io::Result<bool> {
    let mut part = [0; 4096];
    match rustix::io::read(rustix::stdio::stdin(), &mut part) {
        Ok(count) => {
            read.extend_from_slice(part.get(..count).unwrap_or_default());
            Ok(count > 0)
        }
        Err(Errno::INTR | Errno::AGAIN) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

/// The column in the first `ESC [ row ; column R`, and where that stands.
fn answer(bytes: &[u8]) -> Option<(u16, std::ops::Range<usize>)> {
    let mut from = 0;
    while let Some(start) = find(bytes.get(from..)?, b"\x1b[").map(|at| from + at) {
        let rest = bytes.get(start + 2..)?;
        let length = rest.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b';').count();
        let inside = rest.get(..length).and_then(|inside| std::str::from_utf8(inside).ok());
        let column = inside.and_then(|inside| inside.split_once(';')?.1.parse().ok());
        if let (Some(column), Some(b'R')) = (column, rest.get(length)) {
            return Some((column, start..start + 2 + length + 1));
        }
        from = start + 2;
    }
    None
}

const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";
const SEQUENCES: [(&[u8], Code); 14] = [
    (b"\x1b[A", Code::Up),
    (b"\x1b[B", Code::Down),
    (b"\x1b[C", Code::Right),
    (b"\x1b[D", Code::Left),
    (b"\x1bOA", Code::Up),
    (b"\x1bOB", Code::Down),
    (b"\x1bOC", Code::Right),
    (b"\x1bOD", Code::Left),
    (b"\x1b[H", Code::Home),
    (b"\x1b[F", Code::End),
    (b"\x1b[5~", Code::PageUp),
    (b"\x1b[6~", Code::PageDown),
    (b"\x1b[3~", Code::Delete),
    (b"\x1b[Z", Code::BackTab),
];

/// The keys and pastes in what was typed. The rest is skipped, as the reader of keys does.
fn typed(mut bytes: &[u8]) -> Vec<TerminalEvent> {
    let mut event = Vec::new();
    while let Some(first) = bytes.first() {
        if let Some(rest) = bytes.strip_prefix(PASTE_START) {
            let end = find(rest, PASTE_END).unwrap_or(rest.len());
            let text = String::from_utf8_lossy(rest.get(..end).unwrap_or_default()).into_owned();
            event.push(TerminalEvent::Paste(Paste::new(text)));
            bytes = rest.get(end + PASTE_END.len()..).unwrap_or_default();
        } else if let Some((sequence, code)) = SEQUENCES.iter().find(|(sequence, _)| bytes.starts_with(sequence)) {
            event.push(TerminalEvent::Key(Key::plain(*code)));
            bytes = bytes.get(sequence.len()..).unwrap_or_default();
        } else if bytes.starts_with(b"\x1b[") || bytes.starts_with(b"\x1bO") {
            // A sequence of no use here: to its end.
            let end = bytes.iter().skip(2).position(|byte| (0x40..0x7f).contains(byte));
            bytes = end.and_then(|end| bytes.get(end + 3..)).unwrap_or_default();
        } else if !first.is_ascii() {
            let text = bytes.utf8_chunks().next();
            let c = text.as_ref().and_then(|chunk| chunk.valid().chars().next());
            event.extend(c.map(|c| TerminalEvent::Key(Key::char(c))));
            bytes = bytes.get(c.map_or(1, char::len_utf8)..).unwrap_or_default();
        } else {
            event.extend(key(*first).map(TerminalEvent::Key));
            bytes = bytes.get(1..).unwrap_or_default();
        }
    }
    event
}

fn key(byte: u8) -> Option<Key> {
    Some(match byte {
        b'\r' => Key::plain(Code::Enter),
        b'\t' => Key::plain(Code::Tab),
        0x1b => Key::plain(Code::Esc),
        0x08 | 0x7f => Key::plain(Code::Backspace),
        0x01..=0x1a => Key::ctrl(char::from(byte - 1 + b'a')),
        b' '..=b'~' => Key::char(char::from(byte)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(bytes: &[u8]) -> Vec<Key> {
        let key = |event| match event {
            TerminalEvent::Key(key) => Some(key),
            TerminalEvent::Paste(_) | TerminalEvent::Size(..) | TerminalEvent::Mouse(..) => None,
        };
        typed(bytes).into_iter().filter_map(key).collect()
    }

    #[test]
    fn the_answer_is_found_among_what_was_typed() {
        assert_eq!(answer(b"j\x1b[A\x1b[1;4Rk"), Some((4, 4..10)));
        assert_eq!(answer(b"\x1b[1;7R").map(|(column, _)| column), Some(7));
        for none in [&b""[..], b"\x1b", b"\x1b[1;4", b"\x1b[4R", b"\x1b[;R", b"\x1b[1;99999999R"] {
            assert_eq!(answer(none), None);
        }
    }

    #[test]
    fn what_was_typed_meanwhile_is_kept() {
        let expected =
            [Key::char('/'), Key::char('検'), Key::plain(Code::Down), Key::plain(Code::Enter), Key::ctrl('u')];
        assert_eq!(keys("/検\x1b[B\r\x15".as_bytes()), expected);
        assert_eq!(keys(b"\x1b"), [Key::plain(Code::Esc)]);
        assert_eq!(keys(b"\x1b[1;5Pq\xffz"), [Key::char('q'), Key::char('z')]);
        let pasted = typed(b"a\x1b[200~q\ry\x1b[201~b");
        let [TerminalEvent::Key(_), TerminalEvent::Paste(paste), TerminalEvent::Key(_)] = pasted.as_slice() else {
            panic!("{pasted:?}")
        };
        assert_eq!(paste.expose(), "q\ry", "a paste is no keys");
    }
}
