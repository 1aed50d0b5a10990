//! Which account is to be a delegated administrator.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::field;
use super::super::theme::{Glyph, TextStyle, Theme};
use super::sheet::Sheet;
use crate::app::App;
use crate::app::confirm::Focus;
use crate::app::delegation::{AccountCheck, AskDelegate};
use crate::domain::text::{clean, width};

pub(super) fn ask(app: &App, dialog: &AskDelegate, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let title = format!("Delegated administrator for {}", dialog.service);
    let mut sheet = Sheet::new(theme, area, title, TextStyle::Accent);
    sheet.paragraph(TextStyle::Plain, "Which member account? Its id, or its name if no other has it.", 2);
    sheet.blank();
    let label = "Account  ";
    sheet.field_line(Line::from(Span::raw(label)), width(label));
    let check = dialog.check(&app.model.accounts);
    let (role, text) = match check {
        AccountCheck::Empty => (TextStyle::Quiet, "the account is still to be typed".to_owned()),
        AccountCheck::Nobody => (
            TextStyle::Attention,
            format!("{} no account of the organization is called so", theme.glyph(Glyph::Attention)),
        ),
        AccountCheck::Several => (
            TextStyle::Attention,
            format!("{} several accounts are called so; type the id", theme.glyph(Glyph::Attention)),
        ),
        AccountCheck::Found(id) => {
            let name = app.model.accounts.get(id).map_or("", |account| account.name.as_str());
            (TextStyle::On, format!("{id} {}", clean(name)))
        }
    };
    sheet.paragraph(role, &text, 0);
    sheet.blank();
    sheet.paragraph(TextStyle::Quiet, "What that account can do then, and the confirmation, come next.", 3);
    sheet.button(Focus::Cancel, dialog.focus, "Cancel", true, TextStyle::Plain);
    sheet.button(Focus::Act, dialog.focus, "Go on", matches!(check, AccountCheck::Found(_)), TextStyle::Accent);
    let placed = sheet.draw(buf, area, drawn);
    if let Some(place) = placed.field {
        let cursor = field(buf, place, &dialog.field, theme.style(TextStyle::Plain));
        if dialog.focus == Focus::Field {
            drawn.cursor = Some(cursor);
        }
    }
}
