//! Which settings are followed, and which are not.

use proptest::prelude::*;

use super::*;
use crate::app::command::by_key;
use crate::app::key::Code;

fn settings(wanted: &[(&str, &[&str])]) -> Vec<KeySetting> {
    let setting = |(index, (command, keys)): (usize, &(&str, &[&str]))| KeySetting {
        command: (*command).to_owned(),
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        line: index + 1,
    };
    wanted.iter().enumerate().map(setting).collect()
}

fn rejected(wanted: &[(&str, &[&str])]) -> Vec<(String, usize, KeyProblem)> {
    let (_, rejected) = key_map(&settings(wanted));
    rejected.into_iter().map(|one| (one.command.name(), one.line, one.why)).collect()
}

fn accepted(wanted: &[(&str, &[&str])]) -> KeyMap {
    let (map, rejected) = key_map(&settings(wanted));
    assert_eq!(rejected, [], "{wanted:?}");
    map
}

fn meant(map: &KeyMap, place: KeyContext, key: Key) -> Option<CommandId> {
    by_key(map, place, key).map(|command| command.id)
}

#[test]
fn without_settings_the_keys_are_those_of_the_table() {
    let (map, rejected) = key_map(&[]);
    assert_eq!((map, rejected), (KeyMap::default(), vec![]));
}

#[test]
fn the_keys_of_a_setting_replace_the_default_ones_wherever_the_command_works() {
    let map = accepted(&[("refresh", &["f5", "ctrl-r", "f5"]), ("filter", &["f"]), ("forget-change", &[])]);
    for place in [KeyContext::Accounts, KeyContext::Journal] {
        assert_eq!(meant(&map, place, Key::char('r')), None);
        assert_eq!(meant(&map, place, Key::plain(Code::F(5))), Some(CommandId::Refresh));
        assert_eq!(meant(&map, place, Key::ctrl('r')), Some(CommandId::Refresh));
        assert_eq!(meant(&map, place, Key::char('f')), Some(CommandId::Filter));
    }
    let refresh = by_id(CommandId::Refresh).expect("in the table");
    assert_eq!(map.names(refresh), "f5 ctrl-r");
}

#[test]
fn two_commands_can_change_keys_with_each_other() {
    let map = accepted(&[("sort", &["r"]), ("refresh", &["s"]), ("send-again", &["z"])]);
    assert_eq!(meant(&map, KeyContext::Accounts, Key::char('r')), Some(CommandId::Sort));
    assert_eq!(meant(&map, KeyContext::Accounts, Key::char('s')), Some(CommandId::Refresh));
}

#[test]
fn an_unbound_key_does_nothing_and_a_key_that_was_freed_can_be_used() {
    let map = accepted(&[("sort", &[]), ("sign-in", &["s"]), ("send-again", &[])]);
    assert_eq!(meant(&map, KeyContext::Accounts, Key::char('s')), Some(CommandId::SignIn));
}

#[test]
fn a_key_that_another_command_has_is_told_with_the_place_and_both_lines() {
    let taken = |by, line| KeyProblem::Taken(Key::char('s'), by, KeyContext::Accounts, line);
    assert_eq!(rejected(&[("refresh", &["s"])]), [("refresh".to_owned(), 1, taken(CommandId::Sort, None))]);
    let both: &[(&str, &[&str])] = &[("sort", &["z"]), ("sign-in", &["Q"]), ("reverse-sort", &["Q"])];
    let problem = KeyProblem::Taken(Key::char('Q'), CommandId::SignIn, KeyContext::Accounts, Some(2));
    assert_eq!(rejected(both), [("reverse-sort".to_owned(), 3, problem)]);
    // In places apart the same key is fine.
    accepted(&[("delete-credentials", &["T"])]);
}

#[test]
fn a_setting_that_falls_back_takes_with_it_what_wanted_its_default_key() {
    let (map, rejected) = key_map(&settings(&[("refresh", &["S"]), ("reverse-sort", &["r", "!"])]));
    let lines: Vec<usize> = rejected.iter().map(|one| one.line).collect();
    assert_eq!(lines, [2, 1]);
    assert_eq!(map, KeyMap::default());
}

#[test]
fn a_way_out_always_has_a_key() {
    for command in ["quit", "quit-now", "help", "palette", "back", "dialog-close", "filter-clear"] {
        assert_eq!(rejected(&[(command, &[])]), [(command.to_owned(), 1, KeyProblem::MustHaveOne)]);
    }
}

#[test]
fn what_works_while_text_is_typed_has_a_key_that_types_none() {
    for command in ["dialog-close", "dialog-act", "filter-clear", "back", "choose"] {
        for key in ["q", "left", "ctrl-u"] {
            assert_eq!(rejected(&[(command, &[key])]), [(command.to_owned(), 1, KeyProblem::AllText)], "{key}");
        }
    }
    accepted(&[("dialog-close", &["Q", "f10"]), ("back", &["q", "f9"]), ("quit", &["ctrl-q"])]);
    for command in ["quit-now", "suspend", "redraw"] {
        let problem = KeyProblem::MissingInText(Key::char('é'));
        assert_eq!(rejected(&[(command, &["f12", "é"])]), [(command.to_owned(), 1, problem)]);
    }
}

#[test]
fn names_are_those_of_the_table_once_each() {
    let names = names();
    assert!(names.iter().any(|name| name == "view-email-changes") && names.iter().any(|name| name == "quit-now"));
    for id in COMMANDS.iter().map(|command| command.id) {
        assert_eq!(names.iter().filter(|name| **name == id.name()).count(), 1, "{id:?}");
    }
}

fn any_settings() -> impl Strategy<Value = Vec<KeySetting>> {
    let keys: Vec<String> = COMMANDS.iter().flat_map(|command| command.default_keys).map(ToString::to_string).collect();
    let key = prop_oneof![4 => prop::sample::select(keys), 1 => "[a-z-]{0,6}"];
    let setting = (prop::sample::select(names()), prop::collection::vec(key, 0..4));
    prop::collection::hash_map(setting.0, setting.1, 0..12).prop_map(|settings| {
        let settings = settings.into_iter().enumerate();
        settings.map(|(line, (command, keys))| KeySetting { command, keys, line }).collect()
    })
}

proptest! {
    #[test]
    fn whatever_is_asked_for_no_key_means_two_things_and_there_is_a_way_out(settings in any_settings()) {
        let (map, rejected) = key_map(&settings);
        for &place in EVERYWHERE {
            let here = || COMMANDS.iter().filter(move |command| command.places.contains(&place));
            for command in here() {
                for key in map.of(command) {
                    let found = meant(&map, place, *key);
                    prop_assert_eq!(found, Some(command.id), "{} in {:?}", key, place);
                }
            }
        }
        for id in ALWAYS_BOUND {
            prop_assert!(by_id(id).is_some_and(|command| !map.of(command).is_empty()), "{:?}", id);
        }
        for setting in &settings {
            let command = COMMANDS.iter().find(|command| command.id.name() == setting.command).expect("in the table");
            let holds = map.of(command);
            if rejected.iter().any(|one| one.line == setting.line) {
                prop_assert_eq!(holds, command.default_keys);
            } else {
                let names: Vec<Key> = setting.keys.iter().map(|name| Key::named(name).expect("a key")).collect();
                let most = names.len() + usize::from(KEEPS_ESC.contains(&command.id));
                prop_assert!(names.iter().all(|key| holds.contains(key)) && holds.len() <= most);
            }
        }
    }
}

#[test]
fn esc_leads_back_whatever_else_does() {
    let map = accepted(&[("back", &["f9"]), ("dialog-close", &["f9"]), ("filter-clear", &["f9"])]);
    for (place, command) in [
        (KeyContext::Accounts, CommandId::Back),
        (KeyContext::Reader, CommandId::Back),
        (KeyContext::Dialog, CommandId::DialogClose),
        (KeyContext::Filter, CommandId::FilterClear),
    ] {
        assert_eq!(meant(&map, place, Key::plain(Code::F(9))), Some(command), "{place:?}");
        assert_eq!(meant(&map, place, Key::plain(Code::Esc)), Some(command), "{place:?}");
    }
    assert_eq!(map.names(by_id(CommandId::Back).expect("in the table")), "f9 esc");
}
