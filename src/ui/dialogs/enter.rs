//! What Enter does in a list or a text, for the footer.

use super::super::drawn::Enter;
use crate::app::dialogs::holders::HolderRow;
use crate::app::dialogs::palette::PaletteRow;
use crate::app::dialogs::policies::PolicyPage;
use crate::app::layers::Layer;
use crate::app::shell::App;
use crate::words::ui::dialogs as says;
use crate::words::{console, labels, plans, root_tasks};

/// `None` where buttons say it, and where Enter does nothing.
pub(super) fn of(app: &App, layer: &Layer) -> Option<Enter> {
    let (button, enabled) = choice(app, layer)?;
    Some(Enter { button, focused: true, enabled: enabled && app.can_choose().is_ok() })
}

/// What it does with the selected row, and whether that row can be chosen.
fn choice(app: &App, layer: &Layer) -> Option<(&'static str, bool)> {
    Some(match layer {
        Layer::Switches(menu) => {
            let switch = menu.chosen()?;
            (labels::turns(app.model.target(switch)), app.model.can_turn(switch).is_ok())
        }
        Layer::Plans(menu) => {
            let choice = *menu.chosen()?;
            (plans::chooses(choice), app.model.can_plan(choice).is_ok())
        }
        Layer::RootMenu(menu) => {
            let choice = *menu.chosen()?;
            (root_tasks::chooses(choice), app.can_choose_root(choice).is_ok())
        }
        layer => (always(layer)?, true),
    })
}

fn always(layer: &Layer) -> Option<&'static str> {
    Some(match layer {
        Layer::Copy(_) => says::ENTER_COPIES,
        Layer::AuditMenu(_) => says::ENTER_AUDITS,
        Layer::AskMenu(_) => says::ENTER_CHECKS,
        Layer::ExportMenu(_) => says::ENTER_EXPORTS,
        Layer::ConsoleMenu(menu) => console::verb(menu.chosen()?.1),
        Layer::SignIn(_) => says::ENTER_SIGNS_IN,
        Layer::Contacts(_) => says::ENTER_EDITS,
        Layer::SortMenu(_) => says::ENTER_SORTS,
        Layer::Columns(_) => says::ENTER_APPLIES,
        Layer::Units(_) => says::ENTER_FILTERS,
        Layer::Profiles(_) => says::ENTER_USES_PROFILE,
        Layer::Palette(palette) => match palette.list.selected()? {
            PaletteRow::Account(_) => says::ENTER_GOES_TO_ACCOUNT,
            PaletteRow::Command(command) if command.place_from(palette.place) == Some(palette.place) => {
                says::ENTER_RUNS
            }
            PaletteRow::Command(_) => says::ENTER_GOES_THERE,
        },
        Layer::Policies(PolicyPage::Holders(page)) => match page.selected()? {
            HolderRow::Failed(..) => says::ENTER_SHOWS_ERROR,
            HolderRow::Bucket(_) | HolderRow::Queue(..) => says::ENTER_SHOWS_POLICY,
        },
        Layer::Policies(PolicyPage::Policy(_)) => says::ENTER_SHOWS_ACTIONS,
        Layer::Policies(PolicyPage::New(page)) if page.deletes() => says::ENTER_DELETES_POLICY,
        Layer::Policies(PolicyPage::New(_)) => says::ENTER_PUTS_POLICY,
        _ => return None,
    })
}
