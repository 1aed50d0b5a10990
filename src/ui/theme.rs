//! Colours are roles, and each role has a sign that means the same without colour.

use ratatui::style::{Color, Modifier, Style};

pub use super::palette::{ColorRole, ColorScheme, Palette};

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
    /// Off, or absent.
    Off,
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
    /// What was not read.
    NotRead,
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
    #[cfg(test)]
    pub(super) const ALL: [Self; 20] = [
        Self::On,
        Self::Off,
        Self::Unknown,
        Self::Waiting,
        Self::Attention,
        Self::Danger,
        Self::Selected,
        Self::Marked,
        Self::Cut,
        Self::Arrow,
        Self::Dot,
        Self::NotRead,
        Self::Hidden,
        Self::Management,
        Self::Differs,
        Self::Ascending,
        Self::Descending,
        Self::Up,
        Self::Down,
        Self::Scroll,
    ];

    pub(super) fn style(self) -> TextStyle {
        match self {
            Self::On => TextStyle::On,
            Self::Unknown => TextStyle::Unknown,
            Self::Waiting => TextStyle::Waiting,
            Self::Attention | Self::Differs => TextStyle::Attention,
            Self::Danger => TextStyle::Danger,
            Self::Selected | Self::Management => TextStyle::Accent,
            Self::Off => TextStyle::Off,
            Self::Dot | Self::NotRead => TextStyle::Quiet,
            Self::Ascending | Self::Descending => TextStyle::Accent,
            Self::Marked | Self::Cut | Self::Arrow | Self::Hidden | Self::Up | Self::Down | Self::Scroll => {
                TextStyle::Plain
            }
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    pub palette: Palette,
    /// Whether to keep to ASCII.
    pub ascii: bool,
}

impl Theme {
    #[must_use]
    pub const fn of(scheme: ColorScheme, ascii: bool) -> Self {
        Self { palette: Palette::of(scheme), ascii }
    }

    /// What everything is drawn over.
    #[must_use]
    pub fn base(self) -> Style {
        let color = |role| self.palette.color(role);
        Style { fg: color(ColorRole::Text), bg: color(ColorRole::Background), ..Style::new() }
    }

    #[must_use]
    pub fn style(self, role: TextStyle) -> Style {
        let color = self.palette.color(match role {
            TextStyle::Plain => return Style::new(),
            TextStyle::Accent => ColorRole::Accent,
            TextStyle::Quiet => ColorRole::Quiet,
            TextStyle::On => ColorRole::On,
            TextStyle::Off => ColorRole::Off,
            TextStyle::Unknown => ColorRole::Unknown,
            TextStyle::Waiting => ColorRole::Waiting,
            TextStyle::Attention => ColorRole::Attention,
            TextStyle::Danger => ColorRole::Danger,
        });
        let style = Style { fg: color, ..Style::new() };
        match role {
            TextStyle::Quiet if color.is_none() && self.palette.dims => style.add_modifier(Modifier::DIM),
            // Drawn over a border that is dimmed, too.
            TextStyle::Accent | TextStyle::Danger => style.add_modifier(Modifier::BOLD).remove_modifier(Modifier::DIM),
            TextStyle::Attention | TextStyle::Waiting | TextStyle::Unknown if self.palette.bold => {
                style.add_modifier(Modifier::BOLD)
            }
            _ => style,
        }
    }

    /// Text over a frame, without the style of that.
    #[must_use]
    pub fn plain(self) -> Style {
        let text = self.palette.color(ColorRole::Text).unwrap_or(Color::Reset);
        Style::new().fg(text).remove_modifier(Modifier::BOLD | Modifier::DIM)
    }

    /// What is selected: in one colour, so that it is read as well as the rest, whatever is in it.
    #[must_use]
    pub fn selection(self) -> Style {
        let text = self.palette.color(ColorRole::Text).unwrap_or(Color::Reset);
        Style::new().fg(text).add_modifier(Modifier::REVERSED).remove_modifier(Modifier::DIM)
    }

    #[must_use]
    pub fn glyph(self, glyph: Glyph) -> &'static str {
        let (nice, ascii) = match glyph {
            Glyph::On => ("●", "*"),
            Glyph::Off => ("○", "o"),
            Glyph::Unknown => ("?", "?"),
            Glyph::Waiting => ("◷", "~"),
            Glyph::Attention => ("!", "!"),
            Glyph::Danger => ("!!", "!!"),
            Glyph::Selected => ("▌", ">"),
            Glyph::Marked => ("■", "x"),
            Glyph::Cut => ("…", "~"),
            Glyph::Arrow => ("→", "->"),
            Glyph::Dot => ("·", "-"),
            // In ASCII another one than that of what is not there.
            Glyph::NotRead => ("·", "."),
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
#[path = "theme_tests.rs"]
mod tests;
