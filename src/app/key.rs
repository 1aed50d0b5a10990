//! Keys and pastes, independent of the terminal.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::domain::otp::fold;

/// Its `Debug` hides letters and digits, which may be part of a one-time password.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    pub(crate) code: Code,
    pub(crate) ctrl: bool,
    pub(crate) alt: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// Shift is in the character itself.
    Char(char),
    Enter,
    Esc,
    Tab,
    /// Shift and Tab.
    BackTab,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    /// F1 to F12.
    F(u8),
}

impl Key {
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    pub(crate) const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, alt: false }
    }

    /// The key that was meant where no text is typed: an input method sends full-width signs, and its own
    /// punctuation for some.
    pub(crate) fn folded(self) -> Self {
        let Code::Char(c) = self.code else { return self };
        let c = match fold(c) {
            '・' => '/',
            '。' => '.',
            '、' => ',',
            'ー' => '-',
            '〜' => '~',
            '「' => '[',
            '」' => ']',
            c => c,
        };
        Self { code: Code::Char(c), ..self }
    }

    /// The character it types into a field, if any.
    pub(crate) fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("ctrl-")?;
        }
        if self.alt {
            f.write_str("alt-")?;
        }
        match self.code {
            Code::Char(' ') => f.write_str("space"),
            Code::Char(c) => write!(f, "{c}"),
            Code::Enter => f.write_str("enter"),
            Code::Esc => f.write_str("esc"),
            Code::Tab => f.write_str("tab"),
            Code::BackTab => f.write_str("shift-tab"),
            Code::Backspace => f.write_str("backspace"),
            Code::Delete => f.write_str("delete"),
            Code::Left => f.write_str("left"),
            Code::Right => f.write_str("right"),
            Code::Up => f.write_str("up"),
            Code::Down => f.write_str("down"),
            Code::Home => f.write_str("home"),
            Code::End => f.write_str("end"),
            Code::PageUp => f.write_str("page-up"),
            Code::PageDown => f.write_str("page-down"),
            Code::F(number) => write!(f, "f{number}"),
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Code::Char(_) if !self.ctrl && !self.alt => f.write_str("Key(a character)"),
            _ => write!(f, "Key({self})"),
        }
    }
}

/// It can hold a one-time password, so it is wiped when dropped and its `Debug` shows nothing.
#[derive(Clone)]
pub struct Paste(SecretString);

impl Paste {
    pub(crate) fn new(text: String) -> Self {
        Self(SecretString::from(text))
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for Paste {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for Paste {}

impl fmt::Debug for Paste {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Paste(..)")
    }
}
