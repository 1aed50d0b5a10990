//! The sheet that a dialog is drawn on: parts above, buttons below, the parts that matter most
//! where not all fit.

use super::buttons::{Button, draw_buttons};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{cells, clear, pane, span, wrap};
use super::super::theme::{TextStyle, Theme};
use super::page::{Page, Typing};
use crate::app::App;
use crate::app::confirm::Focus;
use crate::app::preview::Reading;
use crate::domain::aws_command::AwsCommand;
use crate::words::change::NO_DEMO_COMMANDS;
use crate::words::root_tasks::capital;

/// A dialog before it is drawn.
pub(super) struct Sheet<'a> {
    theme: Theme,
    title: String,
    role: TextStyle,
    room: usize,
    parts: Vec<Part<'a>>,
    buttons: Vec<Button>,
}

struct Part<'a> {
    lines: Vec<Line<'a>>,
    /// The higher, the sooner it is left out on a low screen; 0 never is.
    spare: u8,
    /// What of it can have the focus.
    focus: Option<SheetFocus>,
}

/// The one line of a part that can have the focus. It is never left out.
enum SheetFocus {
    /// A text field is drawn over it from this column on.
    Field(usize),
    /// The answer to a question.
    Answer,
}

/// Where a dialog's field ended up.
pub(super) struct Placed {
    /// The columns of the field.
    pub(super) field: Option<Rect>,
    /// The first cell of the answer to a question.
    pub(super) answer: Option<Position>,
    /// The first cell of the focused button.
    pub(super) button: Option<Position>,
}

/// The widest a dialog gets, in columns.
const WIDEST: u16 = 78;

impl<'a> Sheet<'a> {
    pub(super) fn new(theme: Theme, area: Rect, title: impl Into<String>, role: TextStyle) -> Self {
        let room = usize::from(area.width.min(WIDEST).saturating_sub(4));
        Self { theme, title: title.into(), role, room, parts: Vec::new(), buttons: Vec::new() }
    }

    /// Columns for text.
    pub(super) fn room(&self) -> usize {
        self.room
    }

    pub(super) fn line(&mut self, line: Line<'a>) {
        self.parts.push(Part { lines: vec![line], spare: 0, focus: None });
    }

    /// The line of the answer to a question.
    pub(super) fn answer_line(&mut self, line: Line<'a>) {
        self.parts.push(Part { lines: vec![line], spare: 0, focus: Some(SheetFocus::Answer) });
    }

    /// Lines that follow each other.
    pub(super) fn lines(&mut self, lines: Vec<Line<'a>>) {
        self.parts.push(Part { lines, spare: 0, focus: None });
    }

    /// A line with a field behind its first `column` columns.
    pub(super) fn field_line(&mut self, line: Line<'a>, column: usize) {
        self.parts.push(Part { lines: vec![line], spare: 0, focus: Some(SheetFocus::Field(column)) });
    }

    pub(super) fn blank(&mut self) {
        self.parts.push(Part { lines: vec![Line::default()], spare: 9, focus: None });
    }

    /// A wrapped paragraph; `spare` says how soon it is left out on a low screen.
    pub(super) fn paragraph(&mut self, role: TextStyle, text: &str, spare: u8) {
        let theme = self.theme;
        let lines = wrap(text, self.room).into_iter().map(|line| Line::from(span(theme, role, line))).collect();
        self.parts.push(Part { lines, spare, focus: None });
    }

    /// Command lines, whole words on each line, or why there are none.
    pub(super) fn commands(&mut self, app: &App, commands: &[AwsCommand]) {
        let theme = self.theme;
        for lines in command_lines(app, commands, self.room) {
            let lines = lines.into_iter().map(|line| Line::from(span(theme, TextStyle::Quiet, line))).collect();
            self.parts.push(Part { lines, spare: 5, focus: None });
        }
    }

    pub(super) fn button(&mut self, target: Focus, focus: Focus, label: &'static str, enabled: bool, role: TextStyle) {
        self.buttons.push(Button::new(label, target == focus, enabled, role));
    }

    /// Draws it in the middle of `area`.
    pub(super) fn draw(mut self, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) -> Placed {
        let most = usize::from(area.height).saturating_sub(3);
        self.drop_spare(most);
        let content: usize = self.parts.iter().map(|part| part.lines.len()).sum();
        let height = cells(content + 3).min(area.height);
        let width = area.width.min(WIDEST);
        let place =
            Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
        clear(buf, place);
        drawn.frame = Some(place);
        let inner = pane(self.theme, buf, place, &self.title, true, self.role);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let mut placed = Placed { field: None, answer: None, button: None };
        let mut y = inner.y;
        let end = inner.bottom().saturating_sub(1);
        for part in &self.parts {
            for line in &part.lines {
                if y >= end {
                    break;
                }
                buf.set_line(inner.x, y, line, inner.width);
                match part.focus {
                    Some(SheetFocus::Field(column)) => {
                        let offset = cells(column).min(inner.width);
                        placed.field = Some(Rect { x: inner.x + offset, y, width: inner.width - offset, height: 1 });
                    }
                    Some(SheetFocus::Answer) => placed.answer = Some(Position { x: inner.x, y }),
                    None => {}
                }
                y += 1;
            }
        }
        placed.button = draw_buttons(self.theme, &self.buttons, buf, Rect { y: end, height: 1, ..inner }, drawn);
        drawn.cursor = placed.button;
        placed
    }

    /// Draws it as a text that has to be read, with what has to be typed and the buttons below it.
    pub(super) fn draw_to_read(
        self,
        typing: Option<&Typing<'_>>,
        reading: Reading,
        buf: &mut Buffer,
        area: Rect,
        drawn: &mut Drawn,
    ) {
        let mut content: Vec<Line<'_>> = self.parts.into_iter().flat_map(|part| part.lines).collect();
        if typing.is_some() {
            content.push(Line::default());
        }
        let below = 1 + usize::from(typing.is_some());
        let page = Page {
            theme: self.theme,
            title: &self.title,
            role: self.role,
            content: &content,
            reading,
            below,
            widest: WIDEST,
        };
        let below = page.draw(buf, area, drawn);
        below.buttons(&self.buttons, buf, drawn);
        if let Some(typing) = typing
            && let Some(row) = below.typing_row(below.rows().next(), typing.focused, buf)
        {
            typing.draw(self.theme, buf, row, drawn);
        }
    }

    /// Leaves out what is most easily done without until the rest fits. On the lowest screens that
    /// is everything that can't have the focus, the last first.
    fn drop_spare(&mut self, most: usize) {
        loop {
            let content: usize = self.parts.iter().map(|part| part.lines.len()).sum();
            let spare = self.parts.iter().map(|part| part.spare).max().unwrap_or(0);
            if content <= most {
                return;
            }
            let spared = self.parts.iter().rposition(|part| part.spare == spare && part.focus.is_none());
            let Some(index) = spared else { return };
            let rest = content - self.parts.get(index).map_or(0, |part| part.lines.len());
            // Of a paragraph that has to stay, its beginning says the most.
            match self.parts.get_mut(index) {
                Some(part) if spare == 0 && rest < most => part.lines.truncate(most - rest),
                _ => {
                    self.parts.remove(index);
                }
            }
        }
    }
}

/// The lines of each command in so many columns, or of the sentence that the demo has none.
pub(super) fn command_lines(app: &App, commands: &[AwsCommand], room: usize) -> Vec<Vec<String>> {
    if app.model.start.demo {
        return vec![wrap(&format!("{}.", capital(NO_DEMO_COMMANDS)), room)];
    }
    commands.iter().map(|command| command.lines(room)).collect()
}

/// A label in front of a value, 9 columns wide.
pub(super) fn labelled<'a>(theme: Theme, label: &str, value: Span<'a>) -> Line<'a> {
    Line::from(vec![span(theme, TextStyle::Quiet, format!("{label:<LABEL$}")), value])
}

/// The columns of the labels in dialogs.
pub(super) const LABEL: usize = 9;
