//! The bytes that change the cells of a terminal.
//!
//! Fewer of them than ratatui's crossterm backend writes for the same cells: a move is the shortest of those that lead
//! there, a style is one sequence, a blank takes whatever style is set where that does not show, blanks are erased or
//! left out where that is shorter than to write them, and rows that have moved together are moved by the terminal.

use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use super::shift::{NO_MARGINS, Shift};

/// What shows on a cell without a character.
const SHOWS_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);
/// So many blanks are written where something was erased before: a move takes as many bytes.
const WRITTEN: u16 = 3;
/// In bytes: of a larger frame it is asked whether rows have moved.
const WORTH_A_SHIFT: usize = 300;

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
    let written = changes(shown, next, cursor, None);
    if written.len() < WORTH_A_SHIFT {
        return written;
    }
    let shifted = Shift::between(shown, next).map(|shift| changes(&shift.of(shown), next, cursor, Some(&shift)));
    shifted.filter(|shifted| shifted.len() < written.len()).unwrap_or(written)
}

fn changes(shown: &Buffer, next: &Buffer, cursor: Option<Position>, shift: Option<&Shift>) -> String {
    let mut encoder = shift.map(Encoder::shifted).unwrap_or_default();
    let mut changed = shown.diff_iter(next).peekable();
    while let Some(&(_, y, _)) = changed.peek() {
        let is_narrow = !has_wide(shown, y) && !has_wide(next, y);
        // Blanks that look the same, but where a half of a wide character may be.
        let is_seen =
            |x: u16, cell: &Cell| !is_narrow || shown.cell((x, y)).is_none_or(|was| !is_same_blank(was, cell));
        let row = std::iter::from_fn(|| changed.next_if(|it| it.1 == y)).map(|(x, _, cell)| (x, cell));
        let mut row: Vec<(u16, &Cell)> = row.filter(|(x, cell)| is_seen(*x, cell)).collect();
        if !is_narrow {
            row.extend(halves(shown, next, y));
            row.sort_by_key(|(x, _)| *x);
            row.dedup_by_key(|(x, _)| *x);
        }
        let runs = side_by_side(row.into_iter(), |columns, style| between([shown, next], y, columns, style));
        encoder.runs(y, &runs, is_narrow);
    }
    encoder.finish(cursor)
}

/// What comes where the second half of a wide character was: compared with a blank it may look the same.
fn halves<'a>(shown: &'a Buffer, next: &'a Buffer, y: u16) -> impl Iterator<Item = (u16, &'a Cell)> {
    let goes = move |x: u16| {
        let (was, cell) = (shown.cell((x, y))?, next.cell((x, y))?);
        let is_wide = |cell: &Cell| cell.symbol().width() > 1;
        (is_wide(was) && !is_wide(cell)).then_some(x.checked_add(1)?)
    };
    let columns = (shown.area.left()..shown.area.right()).filter_map(goes);
    columns.filter_map(move |x| Some((x, next.cell((x, y))?)))
}

/// Cells side by side, and the column of the first.
type Run<'a> = (u16, Vec<&'a Cell>);

/// The runs of a row. `fill` tells what is written for a gap, given its columns and the style before it, where the run
/// goes on behind it.
fn side_by_side<'a>(
    row: impl Iterator<Item = (u16, &'a Cell)>,
    fill: impl Fn(Range<u16>, Style) -> Option<Vec<&'a Cell>>,
) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for (x, cell) in row {
        if let Some((start, cells)) = runs.last_mut()
            && let (end, Some(last)) = (start.saturating_add(count(cells)), cells.last())
            && let Some(gap) = if x == end { Some(Vec::new()) } else { fill(end..x, Style::of(last)) }
        {
            cells.extend(gap);
            cells.push(cell);
        } else {
            runs.push((x, vec![cell]));
        }
    }
    runs
}

/// The cells of a gap that is shorter than the move over it, if none of them is half of a wide character.
fn between(buffers: [&Buffer; 2], y: u16, columns: Range<u16>, style: Style) -> Option<Vec<&Cell>> {
    if columns.len() > usize::from(WRITTEN) {
        return None;
    }
    let before = columns.start.checked_sub(1)?;
    let is_narrow = |x| buffers.iter().all(|buffer| buffer.cell((x, y)).is_some_and(|cell| advance(cell) == Some(1)));
    let fits = |cell: &&Cell| {
        let same = Style::of(cell) == style;
        cell.symbol().is_ascii() && (same || cell.symbol() == " " && Style::of(cell).same_on_blank(style))
    };
    let gap = columns.map(|x| buffers.last()?.cell((x, y)).filter(|_| is_narrow(x)).filter(fits));
    gap.collect::<Option<Vec<_>>>().filter(|_| is_narrow(before))
}

fn is_same_blank(was: &Cell, cell: &Cell) -> bool {
    was.symbol() == " " && cell.symbol() == " " && Style::of(was).same_on_blank(Style::of(cell))
}

/// So many columns behind a character all terminals are; unknown where they differ, as with emoji.
fn advance(cell: &Cell) -> Option<u16> {
    let symbol = cell.symbol();
    let mut characters = symbol.chars();
    match (characters.next(), characters.next()) {
        // Kana, han and hangul; the marks among them stand on the character before.
        (Some('\u{3041}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'), None) => {
            (symbol.width() == 2).then_some(2)
        }
        _ => (symbol.is_ascii() || symbol.width() == 1).then_some(1),
    }
}

fn count(cells: &[&Cell]) -> u16 {
    u16::try_from(cells.len()).unwrap_or(u16::MAX)
}

/// Whether erasing leaves what the cell shows. Erased cells may take the background that is set, so only the plain one.
fn is_erased(cell: &Cell) -> bool {
    cell.symbol() == " " && Style::of(cell).same_on_blank(Style::PLAIN)
}

/// Whether a row has characters of two columns: tmux leaves half of one where an erasure ends within it.
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
    /// The last row that moves where lines are fed in it, while there are margins.
    bottom: Option<u16>,
}

impl Encoder {
    /// Rows have moved. The margins are still there.
    fn shifted(shift: &Shift) -> Self {
        let (out, row) = shift.bytes();
        Self { out, row: Some(row), column: Some(0), bottom: Some(shift.bottom()), ..Self::default() }
    }

    fn without_margins(&mut self) {
        if self.bottom.take().is_some() {
            self.out.push_str(NO_MARGINS);
            (self.row, self.column) = (None, None);
        }
    }

    /// To the cursor, if anything was written.
    fn finish(mut self, cursor: Option<Position>) -> String {
        self.without_margins();
        if let Some(Position { x, y }) = cursor.filter(|_| !self.out.is_empty()) {
            self.restyle(Style::PLAIN);
            self.move_to(x, y);
        }
        self.restyle(Style::PLAIN);
        self.out
    }

    fn shortest<W: Copy>(&mut self, ways: &[W], write: impl Fn(&mut Self, W)) {
        let trials = ways.iter().map(|way| {
            let mut trial = Self { out: String::new(), ..*self };
            write(&mut trial, *way);
            trial
        });
        let Some(shortest) = trials.min_by_key(|trial| trial.out.len()) else { return };
        *self = Self { out: std::mem::take(&mut self.out) + &shortest.out, ..shortest };
    }

    /// The runs of a row. A frame has the same style on both ends, so the last one may come first.
    fn runs(&mut self, y: u16, runs: &[Run<'_>], erases: bool) {
        let (last, before) = match runs {
            [before @ .., last] if last.1.len() == 1 => (Some(last), before),
            _ => (None, runs),
        };
        let orders = [(None, before, last), (last, before, None)];
        let orders = if last.is_some() && !before.is_empty() { &orders[..] } else { &orders[..1] };
        self.shortest(orders, |trial, (first, middle, last)| {
            for (x, cells) in first.into_iter().chain(middle).chain(last) {
                if erases { trial.run(*x, y, cells) } else { trial.written(*x, y, cells) }
            }
        });
    }

    /// In the shortest way.
    fn run(&mut self, x: u16, y: u16, cells: &[&Cell]) {
        let blanks = cells.iter().filter(|cell| is_erased(cell)).count();
        if blanks <= usize::from(WRITTEN) {
            return self.written(x, y, cells);
        }
        let text = cells.len() - cells.iter().rev().take_while(|cell| is_erased(cell)).count();
        let ways = [Way::Written, Way::EndErased(text), Way::WrittenOver];
        self.shortest(&ways, |trial, way| trial.write(x, y, cells, way));
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
        if self.bottom.is_some_and(|bottom| y > bottom) {
            // A line fed at the margin scrolls, and below it some terminals go up to it.
            self.without_margins();
        }
        let (column, row) = (u32::from(x) + 1, u32::from(y) + 1);
        let place = if x == 0 { format!("\x1b[{row}H") } else { format!("\x1b[{row};{column}H") };
        let forward = |columns: u16| match columns {
            0 => String::new(),
            1 => "\x1b[C".to_owned(),
            columns => format!("\x1b[{columns}C"),
        };
        let mut moves = vec![place];
        let down = self.row.and_then(|row| y.checked_sub(row));
        // Feeding lines scrolls nothing: the row is on the screen.
        let fed = down.filter(|rows| *rows <= 4);
        moves.extend(fed.map(|rows| format!("\r{}{}", "\n".repeat(rows.into()), forward(x))));
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
        self.column = self.column.zip(advance(cell)).map(|(x, columns)| x.saturating_add(columns));
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
#[path = "encoder_tests.rs"]
mod tests;
