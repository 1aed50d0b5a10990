//! Styles and signs, whatever is drawn with them.

use ratatui::style::Modifier;
use ratatui::symbols::border::PLAIN;
use unicode_width::UnicodeWidthChar;

use super::*;

const ROLES: [TextStyle; 9] = [
    TextStyle::Plain,
    TextStyle::Accent,
    TextStyle::Quiet,
    TextStyle::On,
    TextStyle::Off,
    TextStyle::Unknown,
    TextStyle::Waiting,
    TextStyle::Attention,
    TextStyle::Danger,
];

#[test]
fn without_colour_no_style_names_one_and_bold_and_dim_stay() {
    let theme = Theme::of(ColorScheme::Colourless, false);
    for role in ROLES {
        let style = theme.style(role);
        assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
    }
    assert_eq!(theme.base(), Style::new());
    assert!(theme.style(TextStyle::Danger).add_modifier.contains(Modifier::BOLD));
    assert!(theme.style(TextStyle::Accent).add_modifier.contains(Modifier::BOLD));
    assert!(theme.style(TextStyle::Quiet).add_modifier.contains(Modifier::DIM));
    assert!(theme.selection().add_modifier.contains(Modifier::REVERSED));
}

#[test]
fn the_terminal_s_theme_has_the_documented_colours() {
    let theme = Theme::default();
    let bold = |color| Style::new().fg(color).add_modifier(Modifier::BOLD).remove_modifier(Modifier::DIM);
    let documented = [
        (TextStyle::Plain, Style::new()),
        (TextStyle::Accent, bold(Color::Cyan)),
        (TextStyle::Quiet, Style::new().add_modifier(Modifier::DIM)),
        (TextStyle::On, Style::new().fg(Color::Green)),
        (TextStyle::Off, Style::new()),
        (TextStyle::Unknown, Style::new().fg(Color::Magenta)),
        (TextStyle::Waiting, Style::new().fg(Color::Yellow)),
        (TextStyle::Attention, Style::new().fg(Color::Yellow)),
        (TextStyle::Danger, bold(Color::Red)),
    ];
    for (role, style) in documented {
        assert_eq!(theme.style(role), style, "{role:?}");
    }
    assert_eq!(theme.base(), Style::new(), "over the terminal's own background");
}

#[test]
fn where_dimmed_text_is_unreadable_nothing_is_dimmed() {
    let theme = Theme { palette: Palette::default().undimmed(), ascii: true };
    assert!(ROLES.iter().all(|role| !theme.style(*role).add_modifier.contains(Modifier::DIM)));
}

#[test]
fn a_colour_of_one_s_own_takes_the_place_of_dimming() {
    let own = Palette::default().with(ColorRole::Quiet, Some(Color::Indexed(245)));
    let theme = Theme { palette: own.with(ColorRole::Accent, None), ascii: false };
    assert_eq!(theme.style(TextStyle::Quiet), Style::new().fg(Color::Indexed(245)));
    assert_eq!(
        (theme.style(TextStyle::Accent).fg, theme.style(TextStyle::Accent).add_modifier),
        (None, Modifier::BOLD)
    );
    assert_eq!(theme.style(TextStyle::On), Theme::default().style(TextStyle::On));
}

/// Drawn by the fonts `DejaVu Sans Mono` 2.37 and `Noto Sans Mono` 2.0, whose coverage `fc-query` lists. What neither
/// draws comes from another font, often two columns wide.
const IN_COMMON_FONTS: &str = "●○◷▌■…→·•◆≠▲▼↑↓│─┌┐└┘├┤┬┴┼┃";

fn nice_signs() -> impl Iterator<Item = &'static str> {
    let frame = [
        PLAIN.top_left,
        PLAIN.top_right,
        PLAIN.bottom_left,
        PLAIN.bottom_right,
        PLAIN.vertical_left,
        PLAIN.vertical_right,
        PLAIN.horizontal_top,
        PLAIN.horizontal_bottom,
    ];
    // Where frames meet.
    let shared = ["├", "┤", "┬", "┴", "┼"];
    Glyph::ALL.map(|glyph| Theme::default().glyph(glyph)).into_iter().chain(frame).chain(shared)
}

#[test]
fn every_sign_is_in_common_fonts_and_takes_one_column() {
    for sign in nice_signs().filter(|sign| !sign.is_ascii()) {
        let characters: Vec<char> = sign.chars().collect();
        let [character] = characters.as_slice() else { panic!("{sign} has several characters") };
        assert!(IN_COMMON_FONTS.contains(*character), "{sign} is not in common fonts");
        assert_eq!(character.width(), Some(1), "{sign}");
    }
    let drawn: String = nice_signs().collect();
    assert!(IN_COMMON_FONTS.chars().all(|sign| drawn.contains(sign)), "some sign is allowed and not drawn");
}

#[test]
fn ascii_has_a_sign_of_its_own_for_each() {
    let (nice, ascii) = (Theme::default(), Theme::of(ColorScheme::Terminal, true));
    for glyph in Glyph::ALL {
        let sign = ascii.glyph(glyph);
        assert!(sign.is_ascii() && !sign.is_empty(), "{glyph:?}");
        assert_eq!(nice.glyph(glyph).is_ascii(), nice.glyph(glyph) == sign, "{glyph:?}");
    }
}

#[test]
fn the_signs_are_the_documented_ones() {
    let documented = [
        (Glyph::On, "●", "*", TextStyle::On),
        (Glyph::Off, "○", "o", TextStyle::Off),
        (Glyph::Unknown, "?", "?", TextStyle::Unknown),
        (Glyph::Waiting, "◷", "~", TextStyle::Waiting),
        (Glyph::Attention, "!", "!", TextStyle::Attention),
        (Glyph::Danger, "!!", "!!", TextStyle::Danger),
        (Glyph::Selected, "▌", ">", TextStyle::Accent),
        (Glyph::Ascending, "▲", "^", TextStyle::Accent),
    ];
    for (glyph, nice, ascii, role) in documented {
        let shown = (Theme::default().glyph(glyph), Theme::of(ColorScheme::Terminal, true).glyph(glyph), glyph.style());
        assert_eq!(shown, (nice, ascii, role));
    }
}
