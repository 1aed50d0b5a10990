//! Colours are roles, and each role has a sign that means the same without colour.

use ratatui::style::{Color, Modifier, Style};

/// What a piece of the screen means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextStyle {
    Plain,
    /// Product name, active tab, border of the focused pane, keys in the footer.
    Accent,
    /// Borders, labels, ages, what does not apply.
    Quiet,
    /// On, or present and wanted.
    On,
    /// What could not be read.
    Unknown,
    /// In progress.
    Waiting,
    Attention,
    Danger,
}

/// The first ones mean the same as the styles of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    On,
    /// Off or absent.
    Off,
    Unknown,
    Waiting,
    Attention,
    Danger,
    /// Before the selected row.
    Selected,
    /// Before a marked row.
    Marked,
    /// Where text was skipped.
    Cut,
    /// From old to new.
    Arrow,
    /// Between two things on one line.
    Dot,
    /// A hidden character.
    Hidden,
    /// The management account.
    Management,
    /// Changed since the previous listing.
    Differs,
    /// Sorted from low to high.
    Ascending,
    Descending,
    /// More text above.
    Up,
    Down,
    /// Which part of a text is shown, on its frame.
    Scroll,
}

impl Glyph {
    pub(super) fn style(self) -> TextStyle {
        match self {
            Self::On => TextStyle::On,
            Self::Unknown => TextStyle::Unknown,
            Self::Waiting => TextStyle::Waiting,
            Self::Attention | Self::Differs => TextStyle::Attention,
            Self::Danger => TextStyle::Danger,
            Self::Selected | Self::Management => TextStyle::Accent,
            Self::Off | Self::Dot => TextStyle::Quiet,
            Self::Ascending | Self::Descending => TextStyle::Accent,
            Self::Marked | Self::Cut | Self::Arrow | Self::Hidden | Self::Up | Self::Down | Self::Scroll => {
                TextStyle::Plain
            }
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorScheme {
    /// The terminal's own sixteen colours over its own background.
    #[default]
    Terminal,
    /// For dark backgrounds.
    Dark,
    /// For light backgrounds.
    Light,
    /// Bright and bold only.
    HighContrast,
    /// Blue and orange instead of green and red.
    ColourBlind,
    /// No colour at all: bold and reverse remain.
    Colourless,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    pub theme: ColorScheme,
    /// Whether to keep to ASCII.
    pub ascii: bool,
}

impl Theme {
    #[must_use]
    pub fn style(self, role: TextStyle) -> Style {
        let style = self.colour(role).map_or_else(Style::new, |colour| Style::new().fg(colour));
        match role {
            TextStyle::Accent | TextStyle::Danger => style.add_modifier(Modifier::BOLD),
            TextStyle::Attention | TextStyle::Waiting | TextStyle::Unknown
                if self.theme == ColorScheme::HighContrast =>
            {
                style.add_modifier(Modifier::BOLD)
            }
            _ => style,
        }
    }

    fn colour(self, role: TextStyle) -> Option<Color> {
        let index = match role {
            TextStyle::Plain => return None,
            TextStyle::Accent => 0,
            TextStyle::Quiet => 1,
            TextStyle::On => 2,
            TextStyle::Unknown => 3,
            TextStyle::Waiting => 4,
            TextStyle::Attention => 5,
            TextStyle::Danger => 6,
        };
        let colours = match self.theme {
            ColorScheme::Colourless => return None,
            ColorScheme::Terminal => {
                [Color::Cyan, Color::DarkGray, Color::Green, Color::Magenta, Color::Yellow, Color::Yellow, Color::Red]
            }
            ColorScheme::Dark => [0x56_c8_d8, 0x8a_8f_98, 0x7e_c8_7e, 0xc7_92_ea, 0xe5_c0_7b, 0xe5_c0_7b, 0xff_6b_6b]
                .map(Color::from_u32),
            ColorScheme::Light => [0x00_6d_8f, 0x6a_6f_78, 0x1a_7f_37, 0x8a_2b_b8, 0x8a_61_00, 0x8a_61_00, 0xc0_1c_28]
                .map(Color::from_u32),
            ColorScheme::HighContrast => [
                Color::LightCyan,
                Color::Gray,
                Color::LightGreen,
                Color::LightMagenta,
                Color::LightYellow,
                Color::LightYellow,
                Color::LightRed,
            ],
            ColorScheme::ColourBlind => {
                [0x56_b4_e9, 0x8a_8f_98, 0x00_72_b2, 0xcc_79_a7, 0xf0_e4_42, 0xe6_9f_00, 0xd5_5e_00]
                    .map(Color::from_u32)
            }
        };
        colours.get(index).copied()
    }

    #[must_use]
    pub fn glyph(self, glyph: Glyph) -> &'static str {
        let (nice, ascii) = match glyph {
            Glyph::On => ("●", "*"),
            Glyph::Off => ("○", "o"),
            Glyph::Unknown => ("?", "?"),
            Glyph::Waiting => ("⧗", "~"),
            Glyph::Attention => ("!", "!"),
            Glyph::Danger => ("!!", "!!"),
            Glyph::Selected => ("▌", ">"),
            Glyph::Marked => ("✓", "x"),
            Glyph::Cut => ("…", "~"),
            Glyph::Arrow => ("→", "->"),
            Glyph::Dot => ("·", "-"),
            Glyph::Hidden => ("•", "*"),
            Glyph::Management => ("◆", "#"),
            Glyph::Differs => ("≠", "%"),
            Glyph::Ascending => ("▲", "^"),
            Glyph::Descending => ("▼", "v"),
            Glyph::Up => ("↑", "^"),
            Glyph::Down => ("↓", "v"),
            Glyph::Scroll => ("┃", "#"),
        };
        if self.ascii { ascii } else { nice }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colour_no_style_names_one() {
        let theme = Theme { theme: ColorScheme::Colourless, ascii: false };
        for role in [
            TextStyle::Accent,
            TextStyle::Quiet,
            TextStyle::On,
            TextStyle::Unknown,
            TextStyle::Waiting,
            TextStyle::Attention,
            TextStyle::Danger,
        ] {
            let style = theme.style(role);
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
        }
        assert!(theme.style(TextStyle::Danger).add_modifier.contains(Modifier::BOLD));
    }

    #[test]
    fn ascii_signs_are_ascii() {
        let theme = Theme { theme: ColorScheme::Terminal, ascii: true };
        for glyph in [
            Glyph::On,
            Glyph::Off,
            Glyph::Waiting,
            Glyph::Selected,
            Glyph::Cut,
            Glyph::Arrow,
            Glyph::Dot,
            Glyph::Hidden,
            Glyph::Management,
            Glyph::Differs,
        ] {
            assert!(theme.glyph(glyph).is_ascii());
        }
    }
}
