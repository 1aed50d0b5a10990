//! The bytes that change the cells of a terminal.
//!
//! Fewer of them than ratatui's crossterm backend writes for the same cells: a move is the shortest of those that lead
//! there, a style is one sequence, a blank takes whatever style is set where that does not show, and blanks are erased
//! or left out where that is shorter than to write them.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// What shows on a cell without a character.
const SHOWS_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);
/// So many blanks are written where something was erased before: a move takes as many bytes.
const WRITTEN: u16 = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Style {
    text: Color,
    background: Color,
    modifier: Modifier,
}

impl Default for Style {
    fn default() -> Self {
        Self::PLAIN
    }
}

impl Style {
    const PLAIN: Self = Self { text: Color::Reset, background: Color::Reset, modifier: Modifier::empty() };

    fn of(cell: &Cell) -> Self {
        Self { text: cell.fg, background: cell.bg, modifier: cell.modifier }
    }

    /// Whether a blank looks the same in both.
    fn same_on_blank(self, other: Self) -> bool {
        let plain = |style: Self| !style.modifier.intersects(SHOWS_ON_BLANK);
        plain(self) && plain(other) && self.background == other.background
    }
}

/// The bytes of what of `next` is not on screen yet, and of the move to `cursor` behind them; none where nothing has
/// changed. The terminal's style is plain before and after.
pub(super) fn encode(shown: &Buffer, next: &Buffer, cursor: Option<Position>) -> String {
    let mut encoder = Encoder::default();
    let mut changed = shown.diff_iter(next).peekable();
    let mut run = Vec::new();
    while let Some((x, y, cell)) = changed.next() {
        run.clear();
        run.push(cell);
        let is_next = |(nx, ny, _): &(u16, u16, &Cell), run: &[&Cell]| (*nx, *ny) == (x.saturating_add(count(run)), y);
        while let Some((.., cell)) = changed.next_if(|it| is_next(it, &run)) {
            run.push(cell);
        }
        encoder.run(x, y, &run, shown);
    }
    if let Some(Position { x, y }) = cursor.filter(|_| !encoder.out.is_empty()) {
        encoder.restyle(Style::PLAIN);
        encoder.move_to(x, y);
    }
    encoder.restyle(Style::PLAIN);
    encoder.out
}

fn count(cells: &[&Cell]) -> u16 {
    u16::try_from(cells.len()).unwrap_or(u16::MAX)
}

/// Whether erasing leaves what the cell shows. Erased cells may take the background that is set, so only the plain one.
fn is_erased(cell: &Cell) -> bool {
    cell.symbol() == " " && Style::of(cell).same_on_blank(Style::PLAIN)
}

/// Whether a row has characters of two columns.
fn has_wide(buffer: &Buffer, row: u16) -> bool {
    let cells = buffer.area.columns().filter_map(|column| buffer.cell((column.x, row)));
    cells.map(Cell::symbol).any(|symbol| !symbol.is_ascii() && symbol.width() > 1)
}

/// How a run of cells is written.
#[derive(Clone, Copy)]
enum Way {
    /// One by one.
    Written,
    /// Those behind the first so many are blank, and erased.
    EndErased(usize),
    /// All are erased, and the others written over that.
    WrittenOver,
}

#[derive(Clone, Default)]
struct Encoder {
    out: String,
    style: Style,
    row: Option<u16>,
    /// Where the next character would be written; not known behind what terminals may give another width.
    column: Option<u16>,
}

impl Encoder {
    /// Cells side by side, in the shortest way.
    fn run(&mut self, x: u16, y: u16, cells: &[&Cell], shown: &Buffer) {
        let blanks = cells.iter().filter(|cell| is_erased(cell)).count();
        // tmux leaves half a character where an erasure ends within one.
        if blanks <= usize::from(WRITTEN) || has_wide(shown, y) {
            return self.written(x, y, cells);
        }
        let text = cells.len() - cells.iter().rev().take_while(|cell| is_erased(cell)).count();
        let ways = [Way::Written, Way::EndErased(text), Way::WrittenOver].map(|way| {
            let mut trial = Self { out: String::new(), ..*self };
            trial.write(x, y, cells, way);
            trial
        });
        let Some(shortest) = ways.into_iter().min_by_key(|trial| trial.out.len()) else { return };
        *self = Self { out: std::mem::take(&mut self.out) + &shortest.out, ..shortest };
    }

    fn write(&mut self, x: u16, y: u16, cells: &[&Cell], way: Way) {
        match way {
            Way::Written => self.written(x, y, cells),
            Way::EndErased(text) => {
                let (text, blanks) = cells.split_at(text);
                self.written(x, y, text);
                if !blanks.is_empty() {
                    self.erase(x.saturating_add(count(text)), y, count(blanks));
                }
            }
            Way::WrittenOver => {
                self.erase(x, y, count(cells));
                self.written_over(x, y, cells);
            }
        }
    }

    fn written(&mut self, x: u16, y: u16, cells: &[&Cell]) {
        if !cells.is_empty() {
            self.move_to(x, y);
        }
        for cell in cells {
            self.print(cell);
        }
    }

    /// Over blanks: few of them are written again.
    fn written_over(&mut self, x: u16, y: u16, cells: &[&Cell]) {
        let mut gap = 0;
        for (cell, x) in cells.iter().zip(x..) {
            if is_erased(cell) {
                gap += 1;
                continue;
            }
            let is_near = self.column == x.checked_sub(gap) && self.row == Some(y);
            if gap <= WRITTEN && is_near && self.style.same_on_blank(Style::PLAIN) {
                self.out.extend((0..gap).map(|_| ' '));
                self.column = Some(x);
            } else {
                self.move_to(x, y);
            }
            gap = 0;
            self.print(cell);
        }
    }

    /// By the shortest of the moves that lead there.
    fn move_to(&mut self, x: u16, y: u16) {
        if (self.row, self.column) == (Some(y), Some(x)) {
            return;
        }
        let (column, row) = (u32::from(x) + 1, u32::from(y) + 1);
        let place = if x == 0 { format!("\x1b[{row}H") } else { format!("\x1b[{row};{column}H") };
        let forward = |columns: u16| match columns {
            0 => String::new(),
            1 => "\x1b[C".to_owned(),
            columns => format!("\x1b[{columns}C"),
        };
        let mut moves = vec![place];
        // Feeding lines scrolls nothing: the row is on the screen.
        let down = self.row.and_then(|row| y.checked_sub(row));
        moves
            .extend(down.filter(|rows| *rows <= 4).map(|rows| format!("\r{}{}", "\n".repeat(rows.into()), forward(x))));
        if down == Some(0) {
            moves.push(format!("\x1b[{column}G"));
            moves.extend(self.column.and_then(|from| x.checked_sub(from)).map(forward));
        }
        if let Some(shortest) = moves.into_iter().min_by_key(String::len) {
            self.out.push_str(&shortest);
        }
        (self.row, self.column) = (Some(y), Some(x));
    }

    fn print(&mut self, cell: &Cell) {
        let wanted = Style::of(cell);
        if cell.symbol() != " " || !wanted.same_on_blank(self.style) {
            self.restyle(wanted);
        }
        self.out.push_str(cell.symbol());
        let one = cell.symbol().is_ascii() || cell.symbol().width() == 1;
        self.column = self.column.filter(|_| one).map(|x| x.saturating_add(1));
    }

    /// The cursor stays before what is erased.
    fn erase(&mut self, x: u16, y: u16, blanks: u16) {
        self.move_to(x, y);
        if !self.style.same_on_blank(Style::PLAIN) {
            self.restyle(Style::PLAIN);
        }
        let erasure = format!("\x1b[{blanks}X");
        self.out.push_str(&erasure);
    }

    /// By what differs, or from plain, whichever is shorter.
    fn restyle(&mut self, wanted: Style) {
        if self.style == wanted {
            return;
        }
        let fresh = parameters(Style::PLAIN, wanted, "0");
        let removed = self.style.modifier.difference(wanted.modifier);
        let best = if removed.is_empty() {
            let changed = parameters(self.style, wanted, "");
            if changed.len() <= fresh.len() { changed } else { fresh }
        } else {
            fresh
        };
        // Without parameters it is plain.
        let best = if best == "0" { "" } else { &best };
        self.out.push_str("\x1b[");
        self.out.push_str(best);
        self.out.push('m');
        self.style = wanted;
    }
}

/// What SGR needs to get from one style to another that has all its modifiers.
fn parameters(from: Style, to: Style, start: &str) -> String {
    let mut all = start.to_owned();
    let mut add = |parameter: &str| {
        if !all.is_empty() {
            all.push(';');
        }
        all.push_str(parameter);
    };
    for (modifier, parameter) in MODIFIERS {
        if to.modifier.contains(modifier) && !from.modifier.contains(modifier) {
            add(parameter);
        }
    }
    if to.text != from.text {
        add(&color(to.text, 30));
    }
    if to.background != from.background {
        add(&color(to.background, 40));
    }
    all
}

const MODIFIERS: [(Modifier, &str); 9] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::SLOW_BLINK, "5"),
    (Modifier::RAPID_BLINK, "6"),
    (Modifier::REVERSED, "7"),
    (Modifier::HIDDEN, "8"),
    (Modifier::CROSSED_OUT, "9"),
];

/// `base` is 30 for text and 40 for the background.
fn color(color: Color, base: u8) -> String {
    let (bright, extended) = (base + 60, base + 8);
    let code = match color {
        Color::Reset => base + 9,
        Color::Black => base,
        Color::Red => base + 1,
        Color::Green => base + 2,
        Color::Yellow => base + 3,
        Color::Blue => base + 4,
        Color::Magenta => base + 5,
        Color::Cyan => base + 6,
        Color::Gray => base + 7,
        Color::DarkGray => bright,
        Color::LightRed => bright + 1,
        Color::LightGreen => bright + 2,
        Color::LightYellow => bright + 3,
        Color::LightBlue => bright + 4,
        Color::LightMagenta => bright + 5,
        Color::LightCyan => bright + 6,
        Color::White => bright + 7,
        Color::Indexed(index) => return format!("{extended};5;{index}"),
        Color::Rgb(red, green, blue) => return format!("{extended};2;{red};{green};{blue}"),
    };
    code.to_string()
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;

    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style as Look;

    use super::*;

    const AREA: Rect = Rect { x: 0, y: 0, width: 40, height: 4 };

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
    fn a_move_within_a_row_names_columns_only() {
        let (mut from, mut to) = (Buffer::empty(AREA), Buffer::empty(AREA));
        from.set_string(0, 2, "3 of 9 pages", Look::new());
        to.set_string(0, 2, "4 of 8 pages", Look::new());
        assert_eq!(encoded(&from, &to), "\u{1b}[3H4\u{1b}[6G8");
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
        (color.clone(), color, modifier)
            .prop_map(|(fg, bg, modifier)| Look::reset().fg(fg).bg(bg).add_modifier(modifier))
    }

    fn picture() -> impl Strategy<Value = Buffer> {
        let text = prop_oneof!["[a-z]{1,9}", " {1,30}", "[a-z] {12,20}[a-z]", Just("日本語".to_owned())];
        proptest::collection::vec((0..40_u16, 0..4_u16, text, look()), 0..12).prop_map(|parts| {
            let mut buffer = Buffer::empty(AREA);
            for (x, y, text, look) in parts {
                buffer.set_string(x, y, text, look);
            }
            buffer
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

    proptest! {
        #[test]
        fn a_terminal_shows_the_same_as_with_the_backend_of_ratatui(pictures in proptest::collection::vec(picture(), 1..5)) {
            let (mut ours, mut theirs) = (terminal(), terminal());
            let mut before = Buffer::empty(AREA);
            for picture in pictures {
                let short = encoded(&before, &picture);
                ours.process(short.as_bytes());
                let mut long = Vec::new();
                let mut backend = ratatui::backend::CrosstermBackend::new(&mut long);
                ratatui::backend::Backend::draw(&mut backend, before.diff_iter(&picture)).expect("to memory");
                theirs.process(&long);
                prop_assert!(shown(&ours) == shown(&theirs), "{short:?}\n{:?}", String::from_utf8_lossy(&long));
                prop_assert!(short.len() <= long.len());
                before = picture;
            }
        }
    }
}
