//! The view and the filter of the start.

use super::harness::{Driver, start};
use super::world::{SANDBOX_07, World, id};
use crate::app::effect::Read;
use crate::app::key::Paste;
use crate::app::shell::start_view::{StartFilterError, check_filter};
use crate::app::start::Start;
use crate::app::view::ViewId;
use crate::app::views;

fn started(view: ViewId, filter: Option<&str>) -> Driver {
    let start = Start { view, filter: filter.map(|text| Paste::new(text.to_owned())), demo: true, ..start() };
    Driver::started(start, World::default()).asks(&[Read::Stored, Read::Connect])
}

#[test]
fn the_program_starts_in_the_view_that_was_asked_for() {
    for view in ViewId::ALL.into_iter().filter(|view| *view != ViewId::Journal) {
        assert_eq!(started(view, None).app.view, view);
    }
    let journal = started(ViewId::Journal, None).asks(&[Read::Journal]);
    assert_eq!(journal.app.view, ViewId::Journal);
}

#[test]
fn the_filter_of_the_start_filters_what_is_listed_and_is_not_being_typed() {
    for view in [ViewId::Accounts, ViewId::RootAccess] {
        let driver = started(view, Some("name:sandbox-07")).aws_answers();
        assert_eq!(driver.app.shown_accounts(), [id(SANDBOX_07)], "{view}");
        assert!(driver.app.typed_filter().is_none());
        assert!(driver.press("esc").app.shown_accounts().len() > 1, "{view}: Esc clears it");
    }
}

#[test]
fn a_filter_is_refused_for_views_without_one_and_where_it_can_match_nothing() {
    let driver = Driver::ready();
    for view in ViewId::ALL {
        let has_one = views::view(view).filter(&driver.app.model).is_some();
        assert_eq!(check_filter(view, "x").is_ok(), has_one, "{view}");
        if has_one {
            let refused = check_filter(view, "colour:x");
            assert!(matches!(refused, Err(StartFilterError::Invalid(_))), "{view}");
        }
    }
    assert!(check_filter(ViewId::Accounts, "state:active").is_ok());
    assert!(check_filter(ViewId::Journal, "state:active").is_err());
}
