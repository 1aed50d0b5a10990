//! The colours of the themes, by what they are for.

use ratatui::style::Color;

pub use crate::domain::color_role::ColorRole;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorScheme {
    /// The terminal's own sixteen colours over its own background.
    #[default]
    Terminal,
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
    /// Bright and bold on black.
    HighContrast,
    /// Blue and orange instead of green and red, on dark.
    ColourBlind,
    /// No colour at all: bold and reverse remain.
    Colourless,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// In the order of [`ColorRole::ALL`]; `None` is the terminal's own colour.
    colors: [Option<Color>; ColorRole::ALL.len()],
    /// Whether what is quiet is dimmed where it has no colour.
    pub(super) dims: bool,
    /// Whether everything that has a sign is bold.
    pub(super) bold: bool,
}

impl Default for Palette {
    fn default() -> Self {
        Self::of(ColorScheme::Terminal)
    }
}

impl Palette {
    #[must_use]
    pub const fn of(scheme: ColorScheme) -> Self {
        let colors = match scheme {
            ColorScheme::Terminal => [
                None,
                None,
                Some(Color::Cyan),
                // Bright black is no choice: several themes of terminals make it the background.
                None,
                Some(Color::Green),
                None,
                Some(Color::Magenta),
                Some(Color::Yellow),
                Some(Color::Yellow),
                Some(Color::Red),
            ],
            ColorScheme::Dark => fixed([252, 234, 80, 247, 114, 252, 176, 180, 180, 203]),
            ColorScheme::Light => fixed([235, 255, 24, 240, 22, 235, 90, 94, 94, 124]),
            ColorScheme::HighContrast => fixed([231, 16, 51, 253, 46, 231, 213, 226, 226, 210]),
            ColorScheme::ColourBlind => fixed([253, 234, 117, 247, 75, 253, 182, 229, 221, 208]),
            ColorScheme::Colourless => [None; ColorRole::ALL.len()],
        };
        Self { colors, dims: true, bold: matches!(scheme, ColorScheme::HighContrast) }
    }

    /// Without dimmed text: some terminals draw it in bright black.
    #[must_use]
    pub const fn undimmed(self) -> Self {
        Self { dims: false, ..self }
    }

    /// With another colour for `role`; `None` is the terminal's own.
    #[must_use]
    pub fn with(mut self, role: ColorRole, color: Option<Color>) -> Self {
        if let Some(at) = self.colors.get_mut(role as usize) {
            *at = color;
        }
        self
    }

    pub(super) fn color(&self, role: ColorRole) -> Option<Color> {
        self.colors.get(role as usize).copied().flatten()
    }
}

/// Colours of the 256, which more terminals have than any colour at all. Those from 16 on are the same
/// everywhere.
const fn fixed(indexes: [u8; ColorRole::ALL.len()]) -> [Option<Color>; ColorRole::ALL.len()] {
    let [text, background, accent, quiet, on, off, unknown, waiting, attention, danger] = indexes;
    [
        Some(Color::Indexed(text)),
        Some(Color::Indexed(background)),
        Some(Color::Indexed(accent)),
        Some(Color::Indexed(quiet)),
        Some(Color::Indexed(on)),
        Some(Color::Indexed(off)),
        Some(Color::Indexed(unknown)),
        Some(Color::Indexed(waiting)),
        Some(Color::Indexed(attention)),
        Some(Color::Indexed(danger)),
    ]
}

/// How colours look, for tests.
#[cfg(test)]
pub(super) mod seen {
    use ratatui::style::Color;

    /// The parts of red, green and blue light, 0 to 1.
    pub(in crate::ui) fn light(color: Color) -> Option<[f64; 3]> {
        const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
        let level = |index: u8| LEVELS.get(usize::from(index % 6)).copied().unwrap_or_default();
        let rgb = match color {
            Color::Rgb(red, green, blue) => [red, green, blue],
            Color::Indexed(index @ 232..) => [8 + 10 * (index - 232); 3],
            Color::Indexed(index @ 16..) => [level((index - 16) / 36), level((index - 16) / 6), level(index - 16)],
            // The terminal decides how the sixteen look.
            _ => return None,
        };
        Some(rgb.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        }))
    }

    /// The contrast that WCAG defines, 1 to 21.
    pub(in crate::ui) fn contrast(one: Color, other: Color) -> Option<f64> {
        let luminance = |color| light(color).map(|[red, green, blue]| 0.2126 * red + 0.7152 * green + 0.0722 * blue);
        let (one, other) = (luminance(one)?, luminance(other)?);
        Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
    }
}

#[cfg(test)]
mod tests {
    use super::seen::{contrast, light};
    use super::*;

    pub(super) const FIXED: [ColorScheme; 4] =
        [ColorScheme::Dark, ColorScheme::Light, ColorScheme::HighContrast, ColorScheme::ColourBlind];

    #[test]
    fn the_contrast_is_that_of_wcag() {
        let (black, white) = (Color::Indexed(16), Color::Rgb(255, 255, 255));
        assert_eq!(contrast(black, white).map(f64::round), Some(21.0));
        assert_eq!(contrast(white, Color::Indexed(231)), Some(1.0));
        // The example of a grey that just fails on white.
        let grey = contrast(Color::Rgb(0x77, 0x77, 0x77), white).expect("known");
        assert!((4.47..4.49).contains(&grey), "{grey}");
        assert_eq!(contrast(Color::Red, white), None, "the terminal's own");
    }

    #[test]
    fn every_role_of_a_fixed_theme_can_be_read() {
        for scheme in FIXED {
            let least = if scheme == ColorScheme::HighContrast { 7.0 } else { 4.5 };
            let palette = Palette::of(scheme);
            let ground = palette.color(ColorRole::Background).expect("a fixed background");
            for role in ColorRole::ALL.into_iter().filter(|role| *role != ColorRole::Background) {
                let color = palette.color(role).expect("a fixed colour");
                let reached = contrast(color, ground).expect("known");
                assert!(reached >= least, "{scheme:?} {role:?}: {reached:.2}");
            }
        }
    }

    /// Bright black is the background of Solarized dark and hard to read in Nord, Gruvbox and the Linux console.
    #[test]
    fn the_terminal_s_theme_has_no_bright_black_and_no_white() {
        for scheme in [ColorScheme::Terminal, ColorScheme::Colourless] {
            for role in ColorRole::ALL {
                let color = Palette::of(scheme).color(role);
                let plain = [Color::Cyan, Color::Green, Color::Magenta, Color::Yellow, Color::Red];
                assert!(color.is_none_or(|color| plain.contains(&color)), "{scheme:?} {role:?}: {color:?}");
            }
        }
    }

    /// Red light, green light and blue light as people without red or green cones get them
    /// (Viénot, Brettel and Mollon, 1999).
    const CONES: [[[f64; 3]; 3]; 2] = [
        [[0.112_38, 0.887_62, 0.0], [0.112_38, 0.887_62, 0.0], [0.004_01, -0.004_01, 1.0]],
        [[0.292_75, 0.707_25, 0.0], [0.292_75, 0.707_25, 0.0], [-0.022_34, 0.022_34, 1.0]],
    ];

    #[test]
    fn good_and_bad_differ_without_red_or_green_cones() {
        let apart = |scheme, cones: [[f64; 3]; 3]| {
            let palette = Palette::of(scheme);
            let seen = |role| {
                let light = light(palette.color(role).expect("fixed")).expect("known");
                cones.map(|cone| cone.iter().zip(light).map(|(part, light)| part * light).sum::<f64>())
            };
            let (good, bad) = (seen(ColorRole::On), seen(ColorRole::Danger));
            good.iter().zip(bad).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
        };
        for cones in CONES {
            let (safe, usual) = (apart(ColorScheme::ColourBlind, cones), apart(ColorScheme::Dark, cones));
            assert!(safe > 0.5 && safe > usual, "{safe:.2} against {usual:.2}");
        }
    }
}
