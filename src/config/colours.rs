//! Colours of one's own.

use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    /// The terminal's own for text or background.
    Default,
    /// One of the 256; the first 16 look as the terminal is set up.
    Indexed(u8),
    Rgb(u8, u8, u8),
}

/// Keeps the colour of the theme.
pub(super) const OF_THE_THEME: &str = "theme";

/// The names of colours; the first 16 in the order of their numbers.
pub(super) const NAMES: [&str; 18] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
    "default",
    OF_THE_THEME,
];

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Indexed(number) => write!(f, "{number}"),
            Self::Rgb(red, green, blue) => write!(f, "#{red:02x}{green:02x}{blue:02x}"),
        }
    }
}

impl Colour {
    /// A name, `#rrggbb`, or a number up to 255.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if let Some(digits) = text.strip_prefix('#') {
            let all_hex = digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit());
            let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok().filter(|_| all_hex)?.to_be_bytes();
            return Some(Self::Rgb(red, green, blue));
        }
        if text == "default" {
            return Some(Self::Default);
        }
        let named = NAMES.iter().take(16).position(|name| *name == text);
        let number = || text.parse().ok().filter(|_| text.chars().all(|c| c.is_ascii_digit()));
        named.and_then(|at| u8::try_from(at).ok()).or_else(number).map(Self::Indexed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_named_numbered_or_mixed() {
        for (text, colour) in [
            ("black", Colour::Indexed(0)),
            ("cyan", Colour::Indexed(6)),
            ("bright-white", Colour::Indexed(15)),
            ("default", Colour::Default),
            ("0", Colour::Indexed(0)),
            ("255", Colour::Indexed(255)),
            ("#88c0d0", Colour::Rgb(0x88, 0xc0, 0xd0)),
            ("#FFFFFF", Colour::Rgb(255, 255, 255)),
        ] {
            assert_eq!(Colour::parse(text), Some(colour), "{text}");
        }
        for none in ["", "theme", "Cyan", "256", "-1", "+1", "#88c0d", "#88c0d0ff", "#+8c0d0", "#", "#é8c0d", "gray"] {
            assert_eq!(Colour::parse(none), None, "{none}");
        }
    }
}
