//! Which account is to be a delegated administrator.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::field;
use super::super::look::{Look, Role, Sign};
use super::sheet::Sheet;
use crate::app::App;
use crate::app::confirm::Spot;
use crate::app::delegation::{AccountCheck, AskDelegate};
use crate::domain::text::{clean, width};

pub(super) fn ask(app: &App, dialog: &AskDelegate, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let title = format!("Delegated administrator for {}", dialog.service);
    let mut sheet = Sheet::new(look, area, title, Role::Accent);
    sheet.say(Role::Plain, "Which member account? Its id, or its name if no other has it.", 2);
    sheet.blank();
    let label = "Account  ";
    sheet.field_line(Line::from(Span::raw(label)), width(label));
    let check = dialog.check(&app.model.accounts);
    let (role, text) = match check {
        AccountCheck::Empty => (Role::Quiet, "the account is still to be typed".to_owned()),
        AccountCheck::Nobody => {
            (Role::Attention, format!("{} no account of the organization is called so", look.sign(Sign::Attention)))
        }
        AccountCheck::Several => {
            (Role::Attention, format!("{} several accounts are called so; type the id", look.sign(Sign::Attention)))
        }
        AccountCheck::Found(id) => {
            let name = app.model.accounts.get(id).map_or("", |account| account.name.as_str());
            (Role::On, format!("{id} {}", clean(name)))
        }
    };
    sheet.say(role, &text, 0);
    sheet.blank();
    sheet.say(Role::Quiet, "What that account can do then, and the confirmation, come next.", 3);
    sheet.button(Spot::Cancel, dialog.spot, "Cancel", true, Role::Plain);
    sheet.button(Spot::Act, dialog.spot, "Go on", matches!(check, AccountCheck::Found(_)), Role::Accent);
    let placed = sheet.draw(buf, area, drawn);
    if let Some(place) = placed.field {
        let cursor = field(buf, place, &dialog.field, look.style(Role::Plain));
        if dialog.spot == Spot::Field {
            drawn.cursor = Some(cursor);
        }
    }
}
