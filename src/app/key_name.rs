//! Keys by their names: `q`, `ctrl-q`, `alt-x`, `shift-tab`, `page-down`, `f5`.

use crate::app::key::{Code, Key};

/// Why a text is not the name of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyNameError {
    /// Nothing is called so.
    Unknown,
    /// Terminals send the other key for it.
    SentAs(Key),
    /// Terminals send nothing of its own for it.
    NotSent,
}

impl Key {
    /// The key of that name, in any case but for single letters.
    pub(crate) fn named(name: &str) -> Result<Self, KeyNameError> {
        let (mut ctrl, mut alt, mut shift, mut rest) = (false, false, false, name);
        while let Some((modifier, behind)) = rest.split_once('-').filter(|(_, behind)| !behind.is_empty()) {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" => ctrl = true,
                "alt" => alt = true,
                "shift" => shift = true,
                _ => break,
            }
            rest = behind;
        }
        let code = match (code(rest).ok_or(KeyNameError::Unknown)?, shift) {
            (code, false) => code,
            (Code::Tab, true) => Code::BackTab,
            (Code::Char(c), true) if c.is_ascii_alphabetic() => Code::Char(c.to_ascii_uppercase()),
            (_, true) => return Err(KeyNameError::NotSent),
        };
        let key = Self { code, ctrl, alt };
        if ctrl { key.as_sent() } else { Ok(key) }
    }

    /// What terminals send for it with Ctrl.
    fn as_sent(self) -> Result<Self, KeyNameError> {
        let Code::Char(c) = self.code else { return Ok(self) };
        match c.to_ascii_lowercase() {
            'i' => Err(KeyNameError::SentAs(Self { code: Code::Tab, ctrl: false, ..self })),
            'm' => Err(KeyNameError::SentAs(Self { code: Code::Enter, ctrl: false, ..self })),
            '[' => Err(KeyNameError::SentAs(Self { code: Code::Esc, ctrl: false, ..self })),
            c if c.is_ascii_lowercase() || matches!(c, ' ' | '4'..='7') => Ok(Self { code: Code::Char(c), ..self }),
            _ => Err(KeyNameError::NotSent),
        }
    }
}

fn code(name: &str) -> Option<Code> {
    let mut signs = name.chars();
    if let (Some(sign), None) = (signs.next(), signs.next()) {
        return (!sign.is_control() && !sign.is_whitespace()).then_some(Code::Char(sign));
    }
    Some(match name.to_ascii_lowercase().as_str() {
        "space" => Code::Char(' '),
        "enter" | "return" => Code::Enter,
        "esc" | "escape" => Code::Esc,
        "tab" => Code::Tab,
        "backspace" => Code::Backspace,
        "delete" => Code::Delete,
        "left" => Code::Left,
        "right" => Code::Right,
        "up" => Code::Up,
        "down" => Code::Down,
        "home" => Code::Home,
        "end" => Code::End,
        "page-up" | "pageup" => Code::PageUp,
        "page-down" | "pagedown" => Code::PageDown,
        other => {
            let number = other.strip_prefix('f')?.parse().ok();
            Code::F(number.filter(|number| (1..=12).contains(number))?)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::command::COMMANDS;

    #[test]
    fn every_key_of_the_table_is_found_by_the_name_it_is_shown_with() {
        for key in COMMANDS.iter().flat_map(|command| command.default_keys) {
            assert_eq!(Key::named(&key.to_string()), Ok(*key), "{key}");
        }
    }

    #[test]
    fn names_are_read_as_people_write_them() {
        for (name, shown) in [
            ("Ctrl-Q", "ctrl-q"),
            ("alt-ctrl-x", "ctrl-alt-x"),
            ("F5", "f5"),
            ("shift-a", "A"),
            ("shift-tab", "shift-tab"),
            ("PageUp", "page-up"),
            ("-", "-"),
            ("ctrl-space", "ctrl-space"),
            ("alt--", "alt--"),
            ("é", "é"),
        ] {
            assert_eq!(Key::named(name).map(|key| key.to_string()), Ok(shown.to_owned()), "{name}");
        }
    }

    #[test]
    fn what_no_terminal_sends_is_told_from_what_does_not_exist() {
        let tab = Key::plain(Code::Tab);
        assert_eq!(Key::named("ctrl-i"), Err(KeyNameError::SentAs(tab)));
        assert_eq!(Key::named("ctrl-M"), Err(KeyNameError::SentAs(Key::plain(Code::Enter))));
        for name in ["ctrl-1", "ctrl-?", "shift-f5", "shift-1"] {
            assert_eq!(Key::named(name), Err(KeyNameError::NotSent), "{name}");
        }
        for name in ["", " ", "qq", "f0", "f13", "ctrl-", "super-x", "ctrl-super-x", "\t", "strg-q"] {
            assert_eq!(Key::named(name), Err(KeyNameError::Unknown), "{name}");
        }
    }
}
