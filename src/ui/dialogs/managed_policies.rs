//! Which flows the AWS managed policies allow.

use ratatui::text::{Line, Span};

use super::super::canvas::Canvas;
use super::super::measure::{fit, span};
use super::super::text::Text;
use super::super::theme::TextStyle;
use super::window::{read, text_for, widest};
use crate::app::dialogs::reader::Reader;
use crate::app::state::readiness::ManagedTable;
use crate::domain::permission::explain::Extent;
use crate::domain::policy::{AS_OF, ManagedPolicy};
use crate::words::permission::{EXTENTS, NOT_JUDGED, extent, flow};
use crate::words::ui::dialogs as says;

/// The columns of the longest name of a flow, and of the longest answer.
const FLOW: usize = 24;
const CELL: usize = 8;

pub(super) fn draw(reader: &Reader<ManagedTable>, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, widest(canvas));
    if FLOW + CELL * ManagedPolicy::ALL.len() <= text.room {
        table(&reader.about, &mut text);
    } else {
        sections(&reader.about, &mut text);
    }
    text.blank();
    text.quiet(EXTENTS);
    text.quiet(NOT_JUDGED);
    read(canvas, &says::managed_policies(AS_OF), TextStyle::Accent, &text, reader.top);
}

fn table(table: &ManagedTable, text: &mut Text) {
    let theme = text.theme;
    let numbered = || (1_usize..).zip(ManagedPolicy::ALL);
    numbered().for_each(|(number, policy)| text.push(format!("{number}  {policy}")));
    text.blank();
    let mut head = vec![span(theme, TextStyle::Quiet, fit(theme, "TASK", FLOW))];
    head.extend(numbered().map(|(number, _)| span(theme, TextStyle::Quiet, format!("{number:<CELL$}"))));
    text.push(Line::from(head));
    for (of, extents) in table {
        let cells = extents.iter().map(|it| span(theme, role(*it), format!("{:<CELL$}", extent(*it))));
        text.push(std::iter::once(Span::raw(fit(theme, flow(*of), FLOW))).chain(cells).collect::<Line<'_>>());
    }
}

fn sections(table: &ManagedTable, text: &mut Text) {
    for (index, policy) in ManagedPolicy::ALL.into_iter().enumerate() {
        text.push(span(text.theme, TextStyle::Accent, policy.to_string()));
        for wanted in [Extent::Whole, Extent::WithoutHelp, Extent::Part, Extent::Unknown, Extent::Nothing] {
            let flows = table.iter().filter(|(_, extents)| extents.get(index) == Some(&wanted));
            let flows: Vec<&str> = flows.map(|(of, _)| flow(*of)).collect();
            if !flows.is_empty() {
                text.paragraph(role(wanted), &format!("  {}: {}", extent(wanted), flows.join(", ")));
            }
        }
    }
}

fn role(extent: Extent) -> TextStyle {
    match extent {
        Extent::Whole | Extent::WithoutHelp => TextStyle::On,
        Extent::Part => TextStyle::Attention,
        Extent::Nothing => TextStyle::Quiet,
        Extent::Unknown => TextStyle::Unknown,
    }
}
