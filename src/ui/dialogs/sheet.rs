//! The form of most dialogs: fields above, buttons below; where not all fit, the most important parts.

use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::super::canvas::Canvas;
use super::super::drawn::Enter;
use super::super::measure::{cells, cut_end, span};
use super::super::text::Text;
use super::super::theme::{Glyph, TextStyle, Theme};
use super::buttons::{Button, draw_buttons};
use super::page::{Page, Typing};
use super::window::{most_lines, text_for, window_of};
use crate::app::field::{OtpField, TextField};
use crate::app::focus::Focus;
use crate::app::form::Form;
use crate::app::mouse::Target;
use crate::app::reading::Reading;
use crate::app::shell::App;
use crate::app::suggestions::{Pick, SHOWN, Suggestion};
use crate::domain::aws_command::AwsCommand;
use crate::domain::otp::OTP_LENGTH;
use crate::domain::text::{clean, width};
use crate::words::ui::dialogs as says;

pub(super) struct Sheet<'a> {
    pub(super) theme: Theme,
    title: String,
    role: TextStyle,
    room: usize,
    target: Focus,
    parts: Vec<Part<'a>>,
    open: Option<Part<'a>>,
    buttons: Vec<Button>,
    /// So many lines have room, whatever is typed.
    least: usize,
    /// How far it is scrolled where it has no room.
    pub(super) top: usize,
}

struct Part<'a> {
    text: Text,
    /// The higher, the sooner it is skipped on a low screen; 0 never is.
    spare: u8,
    input: Option<Input<'a>>,
}

/// The one line of a part that can have the focus, and whether it has it. It is never skipped.
enum Input<'a> {
    Field(&'a TextField, TextStyle, Focus, bool),
    /// A code of which so much is typed.
    Code(usize, bool),
    Answer(bool),
}

/// How soon the commands are skipped on a low screen.
const COMMANDS: u8 = 5;
/// And blank lines.
const BLANK: u8 = 9;
/// In columns.
const WIDEST: u16 = 78;
/// The columns of the labels.
pub(super) const LABEL: usize = 9;

impl<'a> Sheet<'a> {
    pub(super) fn new(canvas: &Canvas<'_>, title: impl Into<String>, role: TextStyle, target: Focus) -> Self {
        let Text { theme, room, .. } = text_for(canvas, WIDEST);
        Self {
            theme,
            title: title.into(),
            role,
            room,
            target,
            parts: Vec::new(),
            open: None,
            buttons: Vec::new(),
            least: 0,
            top: 0,
        }
    }

    pub(super) fn room(&self) -> usize {
        self.room
    }

    /// `spare` says how soon it is skipped on a low screen.
    pub(super) fn part(&mut self, spare: u8) -> &mut Text {
        self.with(spare, None)
    }

    fn with(&mut self, spare: u8, input: Option<Input<'a>>) -> &mut Text {
        let text = Text::new(self.theme, self.room).with_labels(LABEL);
        self.parts.extend(self.open.take());
        &mut self.open.insert(Part { text, spare, input }).text
    }

    pub(super) fn blank(&mut self) {
        self.part(BLANK).blank();
    }

    pub(super) fn waiting(&mut self, text: &str) {
        self.part(0).flagged(Glyph::Waiting, text);
    }

    /// A text field, quiet while waiting for an answer. Returns the text below it.
    pub(super) fn field(&mut self, label: &str, text: &'a TextField, waits: bool) -> &mut Text {
        self.field_at(label, text, waits, Focus::Field)
    }

    pub(super) fn field_at(&mut self, label: &str, text: &'a TextField, waits: bool, target: Focus) -> &mut Text {
        debug_assert!(width(label) < LABEL, "{label}");
        let role = if waits { TextStyle::Quiet } else { TextStyle::Plain };
        let line = self.with(0, Some(Input::Field(text, role, target, self.target == target)));
        line.label(label, TextStyle::Plain, "");
        line
    }

    pub(super) fn answer(&mut self, line: impl Into<Line<'static>>, focused: bool) {
        self.with(0, Some(Input::Answer(focused))).push(line);
    }

    /// A code of six characters, hidden unless the person asked to see it.
    pub(super) fn code(&mut self, label: &str, code: &OtpField, revealed: bool, takes_keys: bool) {
        let theme = self.theme;
        let typed = if revealed { code.reveal().to_owned() } else { theme.glyph(Glyph::Hidden).repeat(code.len()) };
        let rest = "_".repeat(OTP_LENGTH.saturating_sub(code.len()));
        let hint = if revealed { says::hides_code() } else { says::shows_code() };
        let focused = takes_keys && self.target == Focus::Field;
        let rest = span(theme, TextStyle::Quiet, format!("{rest}   {hint}"));
        self.with(0, Some(Input::Code(code.len(), focused))).labelled(label, [Span::raw(typed), rest]);
    }

    /// The commands, broken between words, or why there are none.
    pub(super) fn commands(&mut self, app: &App, commands: &[AwsCommand]) {
        if app.model.start.demo {
            return self.part(COMMANDS).commands(app, &[]);
        }
        for command in commands.chunks(1) {
            self.part(COMMANDS).commands(app, command);
        }
    }

    pub(super) fn button(&mut self, target: Focus, label: &'static str, enabled: bool, role: TextStyle) {
        self.buttons.push(Button::new(target, label, self.target, enabled, role));
    }

    pub(super) fn cancel(&mut self, label: &'static str) {
        self.button(Focus::Cancel, label, true, TextStyle::Plain);
    }

    pub(super) fn act(&mut self, label: &'static str, enabled: bool) {
        self.button(Focus::Act, label, enabled, TextStyle::Accent);
    }

    /// Draws it as a question: Cancel, and the other button.
    pub(super) fn ask(self, canvas: &mut Canvas<'_>, label: &'static str, ready: bool) {
        self.ask_once(canvas, label, ready, false);
    }

    /// The same; it can't be asked again while waiting for an answer.
    pub(super) fn ask_once(mut self, canvas: &mut Canvas<'_>, label: &'static str, ready: bool, waits: bool) {
        self.cancel("Cancel");
        if !waits {
            self.act(label, ready);
        }
        self.draw(canvas);
    }

    /// A line below a field. It is cut where it is too long: the dialog keeps its size while one types.
    pub(super) fn hint(&mut self, role: TextStyle, text: &str) {
        let text = cut_end(self.theme, text, self.room.saturating_sub(LABEL));
        self.part(0).label("", role, text);
    }

    /// What the field above may be meant to hold. Their lines are kept: the dialog keeps its size.
    pub(super) fn suggestions(&mut self, pick: Pick, all: &[Suggestion]) {
        let (theme, room) = (self.theme, self.room.saturating_sub(LABEL));
        let line = |(picked, one): (bool, &Suggestion)| {
            let (role, sign) = if picked { (TextStyle::Accent, Glyph::Arrow) } else { (TextStyle::Quiet, Glyph::Dot) };
            let text = cut_end(theme, &clean(&format!("{} {}  {}", theme.glyph(sign), one.text, one.beside)), room);
            Line::from(vec![Span::raw(" ".repeat(LABEL)), span(theme, role, text)])
        };
        let mut lines: Vec<Line<'static>> = pick.shown(all).map(line).collect();
        let spare = if lines.is_empty() { BLANK } else { 0 };
        lines.resize(SHOWN, Line::default());
        self.part(spare).lines.extend(lines);
    }

    /// Keeps room for so many lines.
    pub(super) fn reserve(&mut self, lines: usize) {
        self.least = lines;
    }

    pub(super) fn lines(&self) -> usize {
        self.parts.iter().chain(&self.open).map(|part| part.text.lines.len()).sum()
    }

    /// A value that may need more than one line, all of them behind the label.
    pub(super) fn stated(&mut self, label: &str, role: TextStyle, text: &str) {
        let label = span(self.theme, TextStyle::Quiet, format!("{label:LABEL$}"));
        self.part(0).hanging(label, TextStyle::Plain, role, text);
    }

    /// The reason that was given, or that one is required, on a line that is always there: the dialog keeps its size.
    pub(super) fn reason(&mut self, form: &Form) {
        if form.lacks_reason() {
            self.part(0).flagged(Glyph::Attention, &says::reason_required());
        } else if form.reason.is_empty() {
            self.blank();
        } else {
            let text = cut_end(self.theme, &clean(&form.reason), self.room.saturating_sub(LABEL));
            self.part(0).label(says::REASON, TextStyle::Plain, text);
        }
    }

    /// Where not all has room, the less important text scrolls; where not even a line of it has, it is left out.
    pub(super) fn draw(mut self, canvas: &mut Canvas<'_>) {
        self.parts.extend(self.open.take());
        let most = most_lines(canvas).saturating_sub(1);
        // It keeps its size, whatever is left out.
        let lines = self.lines().max(self.least).min(most) + 1;
        let scrolled = self.take_scrolled(most);
        let hidden = if scrolled.is_none() { self.drop_spare(most, 0) } else { 0 };
        let mut inner = window_of(canvas, &self.title, self.role, lines, WIDEST);
        let mut place = inner.take(inner.area.height.saturating_sub(1));
        let cursor = match scrolled {
            None => draw_parts(&self.parts, &mut place),
            Some((index, text)) => {
                let (above, below) = self.parts.split_at(index.min(self.parts.len()));
                let cursor = draw_parts(above, &mut place.take(cells(lines_of(above))));
                let rows = place.rows().saturating_sub(lines_of(below));
                place.take(cells(rows)).scrolled(&text, self.top.min(text.lines.len().saturating_sub(rows)));
                draw_parts(below, &mut place).or(cursor)
            }
        };
        if hidden > 0 {
            inner.corner(&says::lines_hidden(hidden));
        }
        inner.drawn.cursor = draw_buttons(&mut inner, &self.buttons).or(cursor);
    }

    /// Where not all has room: what can be scrolled, and before which of the parts that stay. Those are what is
    /// typed and what is most important.
    fn take_scrolled(&mut self, most: usize) -> Option<(usize, Text)> {
        self.drop_spare(most, COMMANDS);
        let first = self.parts.iter().rposition(|part| part.input.is_some()).map_or(0, |last| last + 1);
        let stays = |(index, part): (usize, &Part<'_>)| index < first || part.spare == 0;
        let fixed = self.parts.iter().enumerate().filter(|part| stays(*part)).map(|(_, part)| part.text.lines.len());
        if self.lines() <= most || fixed.sum::<usize>() >= most {
            return None;
        }
        let (mut place, mut text) = (0, Text::new(self.theme, self.room));
        for (index, part) in std::mem::take(&mut self.parts).into_iter().enumerate() {
            if stays((index, &part)) {
                self.parts.push(part);
            } else {
                place = self.parts.len();
                text.lines.extend(part.text.lines);
            }
        }
        Some((place, text))
    }

    /// Draws it as a text that has to be read, with a question, the field and the buttons below it.
    pub(super) fn draw_to_read(
        self,
        question: Option<(Line<'static>, bool)>,
        typing: Option<Typing<'_>>,
        reading: Reading,
        canvas: &mut Canvas<'_>,
    ) {
        let mut text = Text::new(self.theme, self.room);
        text.lines = self.parts.into_iter().chain(self.open).flat_map(|part| part.text.lines).collect();
        if typing.is_some() {
            text.blank();
        }
        let (title, role, buttons) = (self.title.as_str(), self.role, self.buttons);
        Page {
            title,
            role,
            text,
            reading,
            to_read: None,
            questions: question.into_iter().collect(),
            typing,
            buttons,
            widest: WIDEST,
        }
        .draw(canvas);
    }

    /// Draws it as a text that has to be read, with a question below it. Where that is too long, the blank lines and
    /// the commands go first: they can be copied. What is `listed` behind it can be read.
    pub(super) fn ask_to_read(
        mut self,
        canvas: &mut Canvas<'_>,
        label: &'static str,
        question: (Line<'static>, bool),
        reading: Reading,
        listed: Vec<Line<'static>>,
    ) {
        self.cancel("Cancel");
        self.act(label, true);
        self.parts.extend(self.open.take());
        let most = most_lines(canvas).saturating_sub(2);
        while self.lines() > most {
            let spare = self.parts.iter().map(|part| part.spare).max().filter(|spare| *spare >= COMMANDS);
            let Some(index) = self.parts.iter().rposition(|part| Some(part.spare) == spare) else { break };
            self.parts.remove(index);
        }
        let mut text = Text::new(self.theme, self.room);
        text.lines = self.parts.into_iter().flat_map(|part| part.text.lines).collect();
        let to_read = (!listed.is_empty()).then_some(text.lines.len());
        text.lines.extend(listed);
        let (title, role, buttons) = (self.title.as_str(), self.role, self.buttons);
        let questions = vec![question];
        Page { title, role, text, reading, to_read, questions, typing: None, buttons, widest: WIDEST }.draw(canvas);
    }

    /// Leaves out the least important parts until the rest fits; what can have the focus stays, and so does what is
    /// less spare than `least`. Returns how many lines are missed: blank ones and the commands, which can be copied,
    /// are not.
    fn drop_spare(&mut self, most: usize, least: u8) -> usize {
        let mut missed = 0;
        loop {
            let content = self.lines();
            let spare = self.parts.iter().map(|part| part.spare).max().unwrap_or(0);
            if content <= most || spare < least {
                return missed;
            }
            let spared = self.parts.iter().rposition(|part| part.spare == spare && part.input.is_none());
            let Some(index) = spared else { return missed };
            let rest = content - self.parts.get(index).map_or(0, |part| part.text.lines.len());
            // The beginning of a paragraph that has to stay says the most.
            let before = self.lines();
            match self.parts.get_mut(index) {
                Some(part) if spare == 0 && rest < most => part.text.lines.truncate(most - rest),
                _ => drop(self.parts.remove(index)),
            }
            if spare < COMMANDS {
                missed += before - self.lines();
            }
        }
    }
}

fn lines_of(parts: &[Part<'_>]) -> usize {
    parts.iter().map(|part| part.text.lines.len()).sum()
}

/// Returns where the cursor is. On the lowest screens the line with the focus is the one that is shown.
fn draw_parts(parts: &[Part<'_>], canvas: &mut Canvas<'_>) -> Option<Position> {
    let lines = || parts.iter().flat_map(|part| part.text.lines.iter().map(|line| (part.input.as_ref(), line)));
    let focused = lines().position(|(input, _)| input.is_some_and(Input::has_focus)).unwrap_or(0);
    let mut cursor = None;
    for (input, line) in lines().skip((focused + 1).saturating_sub(canvas.rows())) {
        let mut row = canvas.take(1);
        if row.area.is_empty() {
            break;
        }
        row.line(line.clone());
        cursor = input.and_then(|input| input.draw(&mut row)).or(cursor);
    }
    cursor
}

/// While a suggestion is picked, Enter takes it.
pub(super) fn takes_suggestion(pick: Pick, canvas: &mut Canvas<'_>) {
    if pick.0.is_some() {
        canvas.drawn.enter = Some(Enter { button: says::TAKE_SUGGESTION, focused: true, enabled: true });
    }
}

impl Input<'_> {
    fn has_focus(&self) -> bool {
        match self {
            Self::Field(.., focused) | Self::Code(_, focused) | Self::Answer(focused) => *focused,
        }
    }

    fn draw(&self, row: &mut Canvas<'_>) -> Option<Position> {
        let offset = cells(LABEL).min(row.area.width);
        let mut behind = row.on(Rect { x: row.area.x + offset, width: row.area.width - offset, ..row.area });
        let (focused, cursor) = match self {
            Self::Field(text, role, target, focused) => {
                behind.target(Target::Element(*target));
                (focused, behind.field(text, *role))
            }
            Self::Code(typed, focused) => {
                let mut cursor = behind.area.as_position();
                cursor.x = cursor.x.saturating_add(cells(*typed));
                (focused, cursor)
            }
            Self::Answer(focused) => {
                if *focused {
                    row.select();
                }
                (focused, row.area.as_position())
            }
        };
        focused.then_some(cursor)
    }
}
