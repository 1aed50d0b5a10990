//! Keys changed in the configuration, and keys from an input method.

use super::harness::{Driver, start};
use super::world::{SANDBOX_07, World};
use crate::app::command::bindings;
use crate::app::command_id::{CommandId, KeyContext};
use crate::app::key_map::KeyMap;
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::start::Start;
use crate::app::view::ViewId;
use crate::domain::key_setting::KeySetting;

/// The keys that these settings lead to, all of which have to hold.
pub(crate) fn keys(settings: &[(CommandId, &str)]) -> KeyMap {
    let setting = |(command, keys): &(CommandId, &str)| KeySetting {
        command: command.name(),
        keys: keys.split_whitespace().map(str::to_owned).collect(),
        line: 1,
    };
    let (map, rejected) = bindings::key_map(&settings.iter().map(setting).collect::<Vec<_>>());
    assert_eq!(rejected, []);
    map
}

pub(crate) fn with_keys(settings: &[(CommandId, &str)]) -> Driver {
    Driver::ready_with(Start { keys: keys(settings), ..start() }, World::default())
}

#[test]
fn changed_keys_do_what_the_old_ones_did_and_the_old_ones_nothing() {
    let driver = || with_keys(&[(CommandId::Help, "="), (CommandId::ViewOrganization, "@ 9"), (CommandId::Down, "#")]);
    assert!(matches!(driver().press("=").layer(), Some(Layer::Help(_))));
    driver().press("?").says(&Notification::NoCommand);
    driver().press("j").says(&Notification::NoCommand);
    for key in ["@", "9"] {
        assert_eq!(driver().press(key).app.view, ViewId::Organization, "{key}");
    }
    let first = driver().app.selected_id();
    assert_ne!(driver().press("#").quietly().app.selected_id(), first);
}

#[test]
fn a_dialog_closes_with_its_changed_key_and_fields_still_take_letters() {
    let settings = [(CommandId::DialogClose, "ctrl-x"), (CommandId::Quit, "ctrl-q"), (CommandId::DialogAct, "ctrl-g")];
    let driver = || with_keys(&settings).on(SANDBOX_07).press("e").types("q").press("enter");
    assert!(matches!(driver().layer(), Some(Layer::StartEmail(dialog)) if dialog.field.text() == "q"));
    for close in ["ctrl-x", "esc"] {
        assert_eq!(driver().press(close).layer(), None, "{close}");
    }
}

#[test]
fn a_command_without_a_key_still_runs_from_the_palette() {
    let driver = with_keys(&[(CommandId::ReverseSort, "")]).press("S").says(&Notification::NoCommand);
    assert!(driver.press(":").types("reverse").press("enter").quietly().app.model.accounts.reversed);
}

#[test]
fn full_width_signs_are_keys_where_no_text_is_typed() {
    let first = Driver::ready().app.selected_id();
    assert_ne!(Driver::ready().press("ｊ").quietly().app.selected_id(), first);
    assert!(matches!(Driver::ready().press("？").layer(), Some(Layer::Help(_))));
    assert!(matches!(Driver::ready().press("：").layer(), Some(Layer::Palette(_))));
    assert_eq!(Driver::ready().press("４").app.view, ViewId::Organization);
    for slash in ["／", "・"] {
        assert_eq!(Driver::ready().press(slash).app.place(), KeyContext::Filter, "{slash}");
    }
    let marked = Driver::ready().press("3").on(SANDBOX_07).press("\u{3000}").quietly();
    assert_eq!(marked.app.model.root.marks.len(), 1);
}

#[test]
fn full_width_signs_are_text_where_text_is_typed() {
    let filter = Driver::ready().press("/").types("ｊ？　／");
    assert_eq!(filter.app.typed_filter().map(|field| field.text().to_owned()), Some("ｊ？　／".to_owned()));
    let dialog = Driver::ready().on(SANDBOX_07).press("e").types("ａ＠");
    assert!(matches!(dialog.layer(), Some(Layer::StartEmail(dialog)) if dialog.field.text() == "ａ＠"));
}
