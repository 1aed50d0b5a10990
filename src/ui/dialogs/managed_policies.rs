//! Which flows the policies that AWS manages allow.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{fit, span, wrap};
use super::super::theme::{TextStyle, Theme};
use super::window::{scrolled, window};
use crate::app::layers::Reader;
use crate::app::readiness::ManagedTable;
use crate::domain::permission::explain::Extent;
use crate::domain::policy::{AS_OF, ManagedPolicy};
use crate::words::permission::{EXTENTS, NOT_JUDGED, extent, flow};

/// The columns of the longest name of a flow, and of the longest word about it.
const FLOW: usize = 24;
const CELL: usize = 8;

pub(super) fn draw(reader: &Reader<ManagedTable>, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let room = usize::from(area.width.min(90)).saturating_sub(4);
    let wide = FLOW + CELL * ManagedPolicy::ALL.len() <= room;
    let mut content = if wide { table(&reader.about, theme) } else { sections(&reader.about, theme, room) };
    content.push(Line::default());
    for text in [EXTENTS, NOT_JUDGED] {
        content.extend(wrap(text, room).into_iter().map(|line| Line::from(span(theme, TextStyle::Quiet, line))));
    }
    let title = format!("Policies of AWS, as of {AS_OF}");
    let inner = window(theme, buf, area, &title, content.len(), TextStyle::Accent, drawn);
    let top = reader.top.min(content.len().saturating_sub(usize::from(inner.height)));
    scrolled(buf, inner, &content, top, drawn);
}

/// Flows down, policies across.
fn table(table: &ManagedTable, theme: Theme) -> Vec<Line<'static>> {
    let numbered = || (1..).zip(ManagedPolicy::ALL);
    let mut content: Vec<Line<'static>> =
        numbered().map(|(number, policy): (usize, _)| Line::from(format!("{number}  {policy}"))).collect();
    content.push(Line::default());
    let mut head = vec![span(theme, TextStyle::Quiet, fit(theme, "FLOW", FLOW))];
    head.extend(numbered().map(|(number, _)| span(theme, TextStyle::Quiet, format!("{number:<CELL$}"))));
    content.push(Line::from(head));
    for (of, extents) in table {
        let mut spans = vec![Span::raw(fit(theme, flow(*of), FLOW))];
        spans.extend(extents.iter().map(|it| span(theme, role(*it), format!("{:<CELL$}", extent(*it)))));
        content.push(Line::from(spans));
    }
    content
}

/// Policy by policy, where the table does not fit.
fn sections(table: &ManagedTable, theme: Theme, room: usize) -> Vec<Line<'static>> {
    let mut content = Vec::new();
    for (index, policy) in ManagedPolicy::ALL.into_iter().enumerate() {
        content.push(Line::from(span(theme, TextStyle::Accent, policy.to_string())));
        for wanted in [Extent::Whole, Extent::WithoutHelp, Extent::Part, Extent::Unknown, Extent::Nothing] {
            let flows: Vec<&str> = table
                .iter()
                .filter(|(_, extents)| extents.get(index) == Some(&wanted))
                .map(|(of, _)| flow(*of))
                .collect();
            if flows.is_empty() {
                continue;
            }
            let text = format!("  {}: {}", extent(wanted), flows.join(", "));
            let lines = wrap(&text, room).into_iter();
            content.extend(lines.map(|line| Line::from(span(theme, role(wanted), line))));
        }
    }
    content
}

fn role(extent: Extent) -> TextStyle {
    match extent {
        Extent::Whole | Extent::WithoutHelp => TextStyle::On,
        Extent::Part => TextStyle::Attention,
        Extent::Nothing => TextStyle::Quiet,
        Extent::Unknown => TextStyle::Unknown,
    }
}
