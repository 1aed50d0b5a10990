//! The two kinds of text field: an ordinary one, and one for a one-time password.

use std::fmt;

use tui_input::{Input, InputRequest};
use zeroize::Zeroizing;

use crate::app::key::{Code, Key};
use crate::domain::otp::{OTP_LENGTH, Otp, fold};
use crate::domain::text::width;

/// A line of text being typed. Its `Debug` shows only the length: addresses are sensitive.
#[derive(Clone, Default)]
pub(crate) struct TextField(Input);

impl TextField {
    pub(crate) fn with(text: &str) -> Self {
        Self(Input::new(text.to_owned()))
    }

    pub(crate) fn text(&self) -> &str {
        self.0.value()
    }

    /// In columns of the terminal.
    pub(crate) fn cursor_column(&self) -> usize {
        self.0.value().chars().take(self.0.cursor()).map(|c| width(c.encode_utf8(&mut [0; 4]))).sum()
    }

    /// Whether the key did anything.
    pub(crate) fn handle(&mut self, key: Key) -> bool {
        let Some(request) = request(key) else { return false };
        self.0.handle(request);
        true
    }

    /// Inserts a paste on one line, without control characters and surrounding white space.
    pub(crate) fn paste(&mut self, text: &str) {
        for c in text.trim().chars().filter(|c| !c.is_control()) {
            self.0.handle(InputRequest::InsertChar(c));
        }
    }

    pub(crate) fn clear(&mut self) {
        self.0 = Input::default();
    }
}

impl PartialEq for TextField {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text() && self.0.cursor() == other.0.cursor()
    }
}

impl fmt::Debug for TextField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TextField({} characters)", self.text().chars().count())
    }
}

/// Whether a field takes the key for itself, and so no command gets it while text is typed.
pub(in crate::app) fn is_taken_by_text(key: Key) -> bool {
    request(key).is_some()
}

fn request(key: Key) -> Option<InputRequest> {
    use InputRequest as R;
    Some(match (key.code, key.ctrl, key.alt) {
        (Code::Char(c), false, false) if !c.is_control() => R::InsertChar(c),
        (Code::Backspace, false, false) | (Code::Char('h'), true, false) => R::DeletePrevChar,
        (Code::Delete, false, false) | (Code::Char('d'), true, false) => R::DeleteNextChar,
        (Code::Left, false, false) | (Code::Char('b'), true, false) => R::GoToPrevChar,
        (Code::Right, false, false) | (Code::Char('f'), true, false) => R::GoToNextChar,
        (Code::Left, true, false) | (Code::Char('b'), false, true) => R::GoToPrevWord,
        (Code::Right, true, false) | (Code::Char('f'), false, true) => R::GoToNextWord,
        (Code::Home, ..) | (Code::Char('a'), true, false) => R::GoToStart,
        (Code::End, ..) | (Code::Char('e'), true, false) => R::GoToEnd,
        (Code::Char('w'), true, false) | (Code::Backspace, _, true) => R::DeletePrevWord,
        (Code::Char('k'), true, false) => R::DeleteTillEnd,
        (Code::Char('u'), true, false) => R::DeleteLine,
        _ => return None,
    })
}

/// For a one-time password: six letters or digits in memory that is wiped, without history or yank.
#[derive(Clone, Default)]
pub(crate) struct OtpField {
    typed: Zeroizing<[u8; OTP_LENGTH]>,
    length: usize,
}

impl OtpField {
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    pub(crate) fn otp(&self) -> Option<Otp> {
        std::str::from_utf8(&*self.typed).ok().filter(|_| self.length == OTP_LENGTH).and_then(Otp::parse)
    }

    /// What has been typed, for a person who asked to see it.
    pub(crate) fn reveal(&self) -> &str {
        self.typed.get(..self.length).and_then(|typed| std::str::from_utf8(typed).ok()).unwrap_or_default()
    }

    /// The letter or digit that a key adds to a code, full-width ones included.
    pub(crate) fn letter(key: Key) -> Option<u8> {
        match (key.code, key.ctrl, key.alt) {
            (Code::Char(c), false, false) => u8::try_from(fold(c)).ok().filter(u8::is_ascii_alphanumeric),
            _ => None,
        }
    }

    /// Whether the key did anything.
    pub(crate) fn handle(&mut self, key: Key) -> bool {
        match (key.code, key.ctrl, key.alt) {
            _ if Self::letter(key).is_some() => {
                if let (Some(slot), Some(byte)) = (self.typed.get_mut(self.length), Self::letter(key)) {
                    *slot = byte;
                    self.length += 1;
                }
                true
            }
            // Codes are read aloud and typed in groups.
            (Code::Char(' ' | '-' | '\u{3000}'), false, false) => true,
            (Code::Backspace, ..) | (Code::Char('h'), true, false) => {
                self.length = self.length.saturating_sub(1);
                if let Some(slot) = self.typed.get_mut(self.length) {
                    *slot = 0;
                }
                true
            }
            (Code::Char('u'), true, false) => {
                self.clear();
                true
            }
            _ => false,
        }
    }

    pub(crate) fn set(&mut self, otp: &Otp) {
        self.clear();
        for (slot, byte) in self.typed.iter_mut().zip(otp.expose().bytes()) {
            *slot = byte;
            self.length += 1;
        }
    }

    pub(crate) fn clear(&mut self) {
        self.typed = Zeroizing::default();
        self.length = 0;
    }
}

impl PartialEq for OtpField {
    fn eq(&self, other: &Self) -> bool {
        self.length == other.length && self.otp() == other.otp()
    }
}

impl fmt::Debug for OtpField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OtpField(******)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_stays_on_one_line() {
        let mut field = TextField::default();
        field.paste(" root@corp.\r\nexample\n");
        assert_eq!(field.text(), "root@corp.example");
    }

    #[test]
    fn the_field_takes_six_and_no_more() {
        let mut field = OtpField::default();
        for c in "48　２9-15x".chars() {
            assert!(field.handle(Key::char(c)));
        }
        assert_eq!(field.otp(), Otp::parse("482915"));
        field.handle(Key::plain(Code::Backspace));
        assert_eq!(field.otp(), None);
        assert_eq!(field.reveal(), "48291");
    }

    #[test]
    fn debug_tells_nothing() {
        let mut field = OtpField::default();
        field.handle(Key::char('7'));
        assert!(!format!("{field:?} {:?}", Key::char('7')).contains('7'));
        assert!(!format!("{:?}", TextField::with("a@b.c")).contains("a@b.c"));
    }
}
