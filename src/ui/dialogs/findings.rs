//! What the listings showed to have changed.

use super::super::canvas::Canvas;
use super::super::measure::span;
use super::super::text::Text;
use super::super::theme::{Glyph, TextStyle};
use super::window::{read, text_for, widest};
use crate::app::dialogs::reader::Reader;
use crate::app::shell::App;
use crate::domain::finding::{Difference, DifferenceKind, Finding};
use crate::words::change::CUT;
use crate::words::findings as words;

pub(super) fn draw(app: &App, reader: &Reader<Vec<i64>>, canvas: &mut Canvas<'_>) {
    let shown = app.model.findings_shown(&reader.about);
    let mut text = text_for(canvas, widest(canvas));
    for kind in DifferenceKind::ALL {
        let of_kind = shown.iter().copied().filter(|finding| finding.difference.kind() == kind);
        say_kind(app, &mut text, kind, of_kind);
    }
    text.plain(&if shown.is_empty() { words::NONE_LEFT.to_owned() } else { words::noted() });
    let title = words::title(shown.len(), canvas.glyph(Glyph::Dot));
    read(canvas, &title, TextStyle::Attention, &text, reader.top);
}

fn say_kind<'a>(app: &App, text: &mut Text, kind: DifferenceKind, findings: impl Iterator<Item = &'a Finding>) {
    let mut findings = findings.peekable();
    if findings.peek().is_none() {
        return;
    }
    let glyph = if kind == DifferenceKind::Email { Glyph::Danger } else { Glyph::Differs };
    text.flagged(glyph, words::head(kind));
    for finding in findings {
        say_finding(app, text, finding);
    }
    text.plain(&words::meaning(kind));
    text.plain(words::where_to_look(kind));
    if kind == DifferenceKind::Email {
        let room = text.room.saturating_sub(2);
        for line in app.commands_on_top().iter().flatten().flat_map(|command| command.lines(room, CUT)) {
            text.push(span(text.theme, TextStyle::Quiet, format!("  {line}")));
        }
    }
    text.blank();
}

fn say_finding(app: &App, text: &mut Text, finding: &Finding) {
    let theme = text.theme;
    let mut who = format!("  {} {}", finding.account, finding.name);
    if let Difference::State { old, new } = &finding.difference {
        who = format!("{who}: {} {} {}", old.as_str(), theme.glyph(Glyph::Arrow), new.as_str());
    }
    text.plain(&who);
    if let Difference::Email { old, new } = &finding.difference {
        text.hanging(span(theme, TextStyle::Quiet, "    from "), TextStyle::Plain, TextStyle::Plain, old);
        text.hanging(span(theme, TextStyle::Quiet, "    to   "), TextStyle::Plain, TextStyle::Attention, new);
    }
    text.quiet(&format!("    {}", words::between(finding, &app.model.start.time_zone)));
}
