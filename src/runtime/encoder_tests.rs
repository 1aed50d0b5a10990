use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::layout::Rect;
use ratatui::style::Style as Look;

use super::*;

const AREA: Rect = Rect { x: 0, y: 0, width: 40, height: 12 };

fn encoded(from: &Buffer, to: &Buffer) -> String {
    encode(from, to, None)
}

/// A row whose right part is blank, as lists have it.
fn row(text: &str, look: Look) -> Buffer {
    let mut buffer = Buffer::empty(AREA);
    buffer.set_string(0, 1, format!("{text:<40}"), look);
    buffer
}

#[test]
fn a_row_that_is_no_longer_reversed_is_one_move_its_text_and_an_erasure() {
    let (selected, plain) = (Look::new().add_modifier(Modifier::REVERSED), Look::new());
    let bytes = encoded(&row("123456789012 shop", selected), &row("123456789012 shop", plain));
    assert_eq!(bytes, "\u{1b}[2H123456789012 shop\u{1b}[23X");
}

#[test]
fn a_reversed_row_keeps_its_blanks() {
    let (selected, plain) = (Look::new().add_modifier(Modifier::REVERSED), Look::new());
    let bytes = encoded(&row("123456789012 shop", plain), &row("123456789012 shop", selected));
    assert_eq!(bytes, format!("\u{1b}[2H\u{1b}[7m{:<40}\u{1b}[m", "123456789012 shop"));
}

#[test]
fn a_row_of_columns_is_erased_and_written_over_that() {
    let (selected, plain) = (Look::new().add_modifier(Modifier::REVERSED), Look::new());
    let text = "1234  shop        a@b.example     ok";
    let bytes = encoded(&row(text, selected), &row(text, plain));
    assert_eq!(bytes, "\u{1b}[2H\u{1b}[40X1234  shop\u{1b}[8Ca@b.example\u{1b}[5Cok");
}

#[test]
fn the_cursor_goes_back_in_its_row_and_down_to_the_next_by_the_shortest_way() {
    let (mut from, mut to) = (Buffer::empty(AREA), Buffer::empty(AREA));
    from.set_string(0, 1, " a", Look::new());
    to.set_string(0, 1, " x", Look::new());
    to.set_string(0, 2, " y", Look::new());
    assert_eq!(encode(&from, &to, Some(Position { x: 1, y: 2 })), "\u{1b}[2;2Hx\r\n\u{1b}[Cy\r\u{1b}[C");
    assert_eq!(encode(&to, &to, Some(Position { x: 1, y: 2 })), "");
}

#[test]
fn nothing_is_erased_in_a_row_with_characters_of_two_columns() {
    let (mut from, mut to) = (Buffer::empty(AREA), Buffer::empty(AREA));
    from.set_string(0, 1, format!("{:x<20}日本", ""), Look::new());
    to.set_string(0, 1, format!("{:20}x", ""), Look::new());
    assert!(!encoded(&from, &to).contains('X'));
}

#[test]
fn moves_within_a_row_name_columns_only_and_its_last_cell_may_come_first() {
    let (mut from, mut to) = (Buffer::empty(AREA), Buffer::empty(AREA));
    from.set_string(0, 2, "3 of 9 pages", Look::new());
    to.set_string(0, 2, "4 of 8 pages", Look::new());
    assert_eq!(encoded(&from, &to), "\u{1b}[3;6H8\r4");
}

#[test]
fn colors_of_the_sixteen_have_their_short_codes() {
    let (mut from, mut to) = (Buffer::empty(AREA), Buffer::empty(AREA));
    from.set_string(0, 0, "ab", Look::new());
    to.set_string(0, 0, "a", Look::new().fg(Color::Cyan).add_modifier(Modifier::BOLD));
    to.set_string(1, 0, "b", Look::new().fg(Color::LightRed).bg(Color::Indexed(238)));
    assert_eq!(encoded(&from, &to), "\u{1b}[1H\u{1b}[1;36ma\u{1b}[0;91;48;5;238mb\u{1b}[m");
}

fn look() -> impl Strategy<Value = Look> {
    let color = prop_oneof![
        Just(Color::Reset),
        Just(Color::Red),
        Just(Color::Gray),
        Just(Color::LightBlue),
        Just(Color::Indexed(130)),
        Just(Color::Rgb(1, 2, 3)),
    ];
    // Those that the reference terminal knows; it does not know bold and dim together.
    let modifier = prop_oneof![
        Just(Modifier::empty()),
        Just(Modifier::BOLD),
        Just(Modifier::DIM),
        Just(Modifier::REVERSED),
        Just(Modifier::UNDERLINED),
        Just(Modifier::BOLD.union(Modifier::REVERSED)),
    ];
    (color.clone(), color, modifier).prop_map(|(fg, bg, modifier)| Look::reset().fg(fg).bg(bg).add_modifier(modifier))
}

fn picture() -> impl Strategy<Value = Buffer> {
    let text = prop_oneof!["[a-z]{1,9}", " {1,30}", "[a-z] {12,20}[a-z]", Just("日本語".to_owned())];
    proptest::collection::vec((0..40_u16, 0..12_u16, text, look()), 0..30).prop_map(|parts| {
        let mut buffer = Buffer::empty(AREA);
        for (x, y, text, look) in parts {
            buffer.set_string(x, y, text, look);
        }
        covered(buffer)
    })
}

fn terminal() -> vt100::Parser {
    let cells = |count| NonZeroU16::new(count).expect("not zero");
    vt100::Parser::new(cells(AREA.height), cells(AREA.width), 0)
}

/// What a terminal that is not ours shows, cell by cell.
fn shown(parser: &vt100::Parser) -> Vec<String> {
    let screen = parser.screen();
    let cells = (0..AREA.height).flat_map(|row| (0..AREA.width).map(move |column| (row, column)));
    cells
        .filter_map(|(row, column)| screen.cell(row, column))
        .map(|cell| {
            let text = if cell.contents().is_empty() { " " } else { cell.contents() };
            let blank = text == " " && !cell.is_wide_continuation();
            let shows_text = !blank || cell.inverse() || cell.underline();
            let strong = (shows_text && !blank).then(|| (cell.bold(), cell.dim()));
            let color = shows_text.then(|| cell.fgcolor());
            format!("{text:?} {color:?} {:?} {strong:?} {} {}", cell.bgcolor(), cell.inverse(), cell.underline())
        })
        .collect()
}

/// With nothing left below the second half of a wide character.
fn covered(mut picture: Buffer) -> Buffer {
    for (y, x) in (0..AREA.height).flat_map(|y| (1..AREA.width).map(move |x| (y, x))) {
        if picture[(x - 1, y)].symbol().width() > 1 {
            picture[(x, y)].reset();
        }
    }
    picture
}

/// Another picture, or the one before with rows moved by so many and something written over.
#[derive(Clone, Debug)]
enum Next {
    Another(Buffer),
    Moved { up: bool, by: u16, rows: std::ops::Range<u16>, text: String },
}

impl Next {
    fn after(self, before: &Buffer) -> Buffer {
        let (up, by, rows, text) = match self {
            Self::Another(picture) => return picture,
            Self::Moved { up, by, rows, text } => (up, by, rows, text),
        };
        let mut picture = before.clone();
        for y in rows.clone() {
            let from = if up { y + by } else { y.wrapping_sub(by) };
            for x in 0..AREA.width {
                let cell = before.cell((x, from)).filter(|_| rows.contains(&from)).cloned().unwrap_or_default();
                picture[(x, y)] = cell;
            }
        }
        picture.set_string(0, if up { rows.end - 1 } else { rows.start }, text, Look::new());
        covered(picture)
    }
}

fn next() -> impl Strategy<Value = Next> {
    let moved = (any::<bool>(), 1..4_u16, 0..4_u16, 6..12_u16, "[a-z ]{0,40}");
    let moved = moved.prop_map(|(up, by, from, to, text)| Next::Moved { up, by, rows: from..to, text });
    prop_oneof![picture().prop_map(Next::Another), moved]
}

proptest! {
    #[test]
    fn a_terminal_shows_the_same_as_with_the_backend_of_ratatui(pictures in proptest::collection::vec(next(), 1..6)) {
        let mut ours = terminal();
        let mut before = Buffer::empty(AREA);
        for picture in pictures {
            let picture = picture.after(&before);
            let short = encoded(&before, &picture);
            ours.process(short.as_bytes());
            // From the start: its changes leave the background where half of a wide character was.
            let mut theirs = terminal();
            theirs.process(&drawn(&Buffer::empty(AREA), &picture));
            let both = shown(&ours).into_iter().zip(shown(&theirs)).enumerate();
            let differs = both.into_iter().find(|(_, (ours, theirs))| ours != theirs);
            prop_assert!(differs.is_none(), "{differs:?} {short:?}");
            if [&before, &picture].iter().all(|buffer| buffer.content.iter().all(|cell| cell.symbol().is_ascii())) {
                prop_assert!(short.len() <= drawn(&before, &picture).len());
            }
            before = picture;
        }
    }
}

/// The bytes of ratatui's backend.
fn drawn(from: &Buffer, to: &Buffer) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut backend = ratatui::backend::CrosstermBackend::new(&mut bytes);
    ratatui::backend::Backend::draw(&mut backend, from.diff_iter(to)).expect("to memory");
    bytes
}

#[test]
fn a_list_that_scrolls_writes_its_new_row_only() {
    let row = |index: u16| {
        let letter =
            |place: u16| char::from(b'a' + u8::try_from((index * 7 + place * (index + 3)) % 26).expect("small"));
        (0..38).map(letter).collect::<String>()
    };
    let list = |first: u16| {
        let mut buffer = Buffer::empty(AREA);
        buffer.set_string(0, 0, "accounts", Look::new());
        for y in 1..AREA.height {
            let selected = y == AREA.height - 1;
            let look = if selected { Look::new().add_modifier(Modifier::REVERSED) } else { Look::new() };
            buffer.set_string(0, y, format!("{:<40}", row(first + y)), look);
        }
        buffer
    };
    let bytes = encoded(&list(1), &list(2));
    let rewritten: Vec<u16> = (1..14).filter(|index| bytes.contains(&row(*index))).collect();
    assert_eq!(rewritten, [12, 13], "the one that was selected, and the one that is: {bytes:?}");
}

#[test]
fn margins_are_taken_back_before_anything_below_them_is_written() {
    let list = |first: u16| {
        let mut buffer = Buffer::empty(AREA);
        for y in 0..8 {
            let text = format!("{:08x}", u32::from(first + y).wrapping_mul(2_654_435_761));
            buffer.set_string(0, y, text.repeat(5), Look::new());
        }
        buffer.set_string(0, 9, format!("{first} below"), Look::new());
        buffer
    };
    let bytes = encoded(&list(3), &list(4));
    let (set, taken_back) = (bytes.find("\u{1b}[1;8r"), bytes.find("\u{1b}[r"));
    let below = bytes.find("\u{1b}[10H4");
    assert!(set.is_some() && set < taken_back && taken_back < below, "{bytes:?}");
}
