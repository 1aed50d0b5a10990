//! What is made of a file's text.

use proptest::prelude::*;

use super::Checked;
use crate::config::{Colour, Config, DEFAULT_FILE, ThemeName};
use crate::domain::account_column::AccountColumn;
use crate::domain::color_role::ColorRole;
use crate::domain::config_problem::{ConfigProblem, ConfigProblemKind};
use crate::domain::key_setting::KeySetting;
use crate::domain::request_limits::RequestLimits;
use crate::domain::view::ViewId;
use crate::words::config::problem as sentence;

/// The settings and the problems of a file.
fn check(bytes: &[u8]) -> (Config, Vec<ConfigProblem>) {
    let Checked { config, problems, .. } = whole(bytes);
    (config, problems)
}

fn whole(bytes: &[u8]) -> Checked {
    super::check(bytes, &["quit", "refresh", "read-mails", "view-accounts"].map(str::to_owned))
}

fn problems(text: &str) -> Vec<ConfigProblem> {
    check(text.as_bytes()).1
}

fn config(text: &str) -> Config {
    check(text.as_bytes()).0
}

fn key(problem: &ConfigProblem) -> Option<String> {
    match &problem.kind {
        ConfigProblemKind::UnknownKey { key, .. }
        | ConfigProblemKind::UnknownColour { key, .. }
        | ConfigProblemKind::AmongColours { key } => Some(key.clone()),
        ConfigProblemKind::Value { key, .. } => Some(key.clone()),
        _ => None,
    }
}

/// The only problem of `text`: its line, its key, its sentence.
fn problem(text: &str) -> (Option<usize>, Option<String>, String) {
    match &problems(text)[..] {
        [problem] => (problem.line, key(problem), sentence(problem)),
        others => panic!("{text}: {others:?}"),
    }
}

#[test]
fn every_setting_can_be_set() {
    let text = "
        read_only = true
        protected_accounts = ['111122223333', \"000012345678\"]
        allowed_email_domains = ['Corp.Example', 'x.yz']
        reason_required = true
        profiles = ['prod', 'acquired', 'prod']
        theme = 'colour-blind'
        ascii = false
        mouse = false
        keep_finished_days = 7
        keep_listing_days = 0
        keep_audit_history_days = 730
        ask_at_start = 2_000
        start_view = 'root-access'
        columns = ['root', 'ou']
        requests_per_second = { organizations = 4, sts = 0x0a }
        [colours]
        accent = '#88c0d0'
        quiet = 245
        danger = 'bright-red'
        off = 'default'
        on = 'theme'
        [keys]
        refresh = ['f5', 'r']
    ";
    assert_eq!(problems(text), []);
    let mut limits = RequestLimits::default();
    assert!(limits.set("organizations", 4) && limits.set("sts", 10));
    let expected = Config {
        read_only: true,
        protected_accounts: ["000012345678", "111122223333"].map(|id| id.parse().expect("an id")).into(),
        allowed_email_domains: ["corp.example", "x.yz"].map(str::to_owned).into(),
        reason_required: true,
        profiles: ["prod", "acquired"].map(str::to_owned).into(),
        theme: ThemeName::ColourBlind,
        colours: [
            (ColorRole::Accent, Colour::Rgb(0x88, 0xc0, 0xd0)),
            (ColorRole::Quiet, Colour::Indexed(245)),
            (ColorRole::Danger, Colour::Indexed(9)),
            (ColorRole::Off, Colour::Default),
        ]
        .into(),
        ascii: Some(false),
        mouse: false,
        keep_finished_days: 7,
        keep_listing_days: 0,
        keep_audit_history_days: 730,
        ask_at_start: 2000,
        start_view: ViewId::RootAccess,
        columns: Some([AccountColumn::Path, AccountColumn::Root].into()),
        request_limits: limits,
        keys: vec![KeySetting { command: "refresh".into(), keys: vec!["f5".into(), "r".into()], line: 24 }],
    };
    assert_eq!(config(text), expected);
    let rules = expected.rules();
    assert!(rules.read_only && rules.reason_required);
    assert_eq!(
        (rules.protected, rules.allowed_email_domains),
        (expected.protected_accounts, expected.allowed_email_domains)
    );
}

#[test]
fn the_default_file_lists_every_setting_with_its_default() {
    assert_eq!(check(DEFAULT_FILE.as_bytes()), (Config::default(), vec![]));
    // Settings have no blank after the #, sentences have.
    let setting = |line: &'static str| {
        line.strip_prefix('#').filter(|rest| rest.starts_with(|c: char| c.is_alphabetic() || c == '['))
    };
    let settings: Vec<&str> = DEFAULT_FILE.lines().filter_map(setting).collect();
    assert_eq!(check(settings.join("\n").as_bytes()), (Config::default(), vec![]));
    let keys = settings.iter().filter_map(|line| line.split(" = ").next());
    let keys: Vec<&str> = keys.map(|key| key.trim_matches(['[', ']'])).collect();
    // Each command has its default in the table of keys.
    let (last, others) = super::SETTINGS.split_last().expect("settings");
    assert_eq!(keys, [others, &ColorRole::ALL.map(ColorRole::as_str), &[*last]].concat());
    for theme in ThemeName::ALL {
        assert!(DEFAULT_FILE.contains(&format!("\"{}\"", theme.as_str())), "{theme:?} is told of");
    }
}

#[test]
fn an_empty_file_sets_nothing() {
    for text in ["", "\u{feff}", "\n# nothing\r\n"] {
        assert_eq!(check(text.as_bytes()), (Config::default(), vec![]), "{text:?}");
    }
}

#[test]
fn a_wrong_value_keeps_the_default_of_that_setting_alone() {
    for (text, key) in [
        ("theme = 'blue'", "theme"),
        ("ascii = 'yes'", "ascii"),
        ("ascii = 1", "ascii"),
        ("keep_finished_days = '90'", "keep_finished_days"),
        ("keep_finished_days = -1", "keep_finished_days"),
        ("keep_listing_days = 1.5", "keep_listing_days"),
        ("keep_listing_days = 3651", "keep_listing_days"),
        ("ask_at_start = -1", "ask_at_start"),
        ("ask_at_start = true", "ask_at_start"),
        ("keep_listing_days = 99999999999999999999", "keep_listing_days"),
        ("start_view = 8", "start_view"),
        ("start_view = 'root'", "start_view"),
        ("start_view = true", "start_view"),
        ("columns = ['root', 'roots']", "columns"),
        ("columns = 'root'", "columns"),
        ("columns = ['email']", "columns"),
        ("requests_per_second = 4", "requests_per_second"),
        ("requests_per_second = { account = 4 }", "requests_per_second.account"),
        ("requests_per_second = { account = 0 }", "requests_per_second.account"),
    ] {
        let whole = format!("protected_accounts = ['111122223333']\n\n{text}\n");
        let (line, named, message) = problem(&whole);
        assert_eq!((line, named.as_deref()), (Some(3), Some(key)), "{message}");
        assert!(message.contains(key) && message.contains("default"), "{message}");
        let kept = Config { protected_accounts: config(&whole).protected_accounts, ..Config::default() };
        assert_eq!(config(&whole), kept);
        assert_eq!(kept.protected_accounts.len(), 1);
    }
    assert!(problem("start_view = 'root-acces'").2.contains("did you mean \"root-access\""));
    assert!(problem("requests_per_second = { organisations = 1 }").2.contains("did you mean `organizations`?"));
    assert_eq!(config("start_view = 2").start_view, ViewId::EmailChanges);
    assert!(problem("theme = 'color-blind'").2.contains("did you mean \"colour-blind\""));
}

#[test]
fn a_wrong_colour_keeps_the_one_of_the_theme_and_is_told() {
    for (text, key, said) in [
        ("accent = 'cyn'", "accent", "did you mean \"cyan\""),
        ("accent = '#88c0d'", "accent", "\"#88c0d\"; the theme's colour is used"),
        ("accent = 256", "accent", "not the number 256"),
        ("accent = -1", "accent", "a number from 0 to 255"),
        ("accent = true", "accent", "not true"),
        ("acent = 'cyan'", "acent", "did you mean `accent`"),
        ("blue = 'cyan'", "blue", "is not a valid key in [colours]; ignored"),
        ("theme = 'dark'", "theme", "`theme` must come before [colours]; ignored"),
    ] {
        let whole = format!("theme = 'light'\n[colours]\nquiet = 245\n{text}\n");
        let (line, named, message) = problem(&whole);
        assert_eq!((line, named.as_deref()), (Some(4), Some(key)), "{message}");
        assert!(message.contains(said), "{message}");
        let kept = config("theme = 'light'\n[colours]\nquiet = 245");
        assert_eq!(config(&whole), kept);
        assert_eq!(kept.colours.len(), 1);
    }
    assert!(problem("colours = 'dark'").2.contains("is a table: [colours]"));
    let (.., message) = problem("[colors]\naccent = 'red'");
    assert!(message.contains("did you mean `colours`"), "{message}");
}

#[test]
fn a_protection_under_the_colours_makes_the_run_read_only() {
    for text in ["read_only = true", "readonly = false", "protected_accounts = ['111122223333']"] {
        let whole = format!("[colours]\n{text}");
        assert!(config(&whole).read_only, "{text}");
        assert!(problem(&whole).2.contains("must come before [colours]; read-only"));
    }
}

#[test]
fn a_protection_that_is_not_understood_makes_the_run_read_only() {
    for (text, line) in [
        ("read_only = 'no'", 1),
        ("read_only = 0", 1),
        ("ascii = true\nread_only = []", 2),
        ("protected_accounts = '111122223333'", 1),
        ("protected_accounts = [\n  '111122223333',\n  '1111-2222-3333',\n]", 3),
        ("protected_accounts = [111122223333]", 1),
        ("protected_accounts = { a = 1 }", 1),
        ("allowed_email_domains = 'corp.example'", 1),
        ("allowed_email_domains = ['@corp.example']", 1),
        ("allowed_email_domains = ['*.example']", 1),
        ("allowed_email_domains = ['corp.example ']", 1),
        ("allowed_email_domains = ['corp']", 1),
        ("allowed_email_domains = ['']", 1),
    ] {
        assert!(config(text).read_only, "{text}");
        let (found, key, message) = problem(text);
        assert_eq!(found, Some(line), "{text}: {message}");
        assert!(key.is_some_and(|key| text.contains(&key)), "{text}");
        assert!(message.contains("read-only until"), "{text}: {message}");
    }
    // What was understood still holds.
    let partly = config("protected_accounts = ['111122223333', 'x']");
    assert_eq!(partly.protected_accounts.len(), 1);
}

#[test]
fn read_only_stays_when_another_line_says_no() {
    assert!(config("allowed_email_domains = 1\nread_only = false").read_only);
    assert!(config("read_only = false\nprotected_accounts = 1").read_only);
}

#[test]
fn unknown_settings_are_named_with_what_may_be_meant() {
    let (line, key, message) = problem("ascii = true\nthmee = 'dark'");
    assert_eq!((line, key.as_deref()), (Some(2), Some("thmee")));
    assert!(message.contains("did you mean `theme`?"), "{message}");
    assert!(!config("thmee = 'dark'").read_only);
    let (_, _, message) = problem("[colours]\nred = 'q'");
    assert!(!message.contains("did you mean"), "{message}");
}

#[test]
fn a_misspelt_or_misplaced_protection_makes_the_run_read_only() {
    for text in [
        "read-only = true",
        "readonly = false",
        "Protected_Accounts = []",
        "protected = ['111122223333']",
        "email_domains = ['corp.example']",
        "[safety]\nread_only = true",
        "[[safety]]\nx = [{ protected-accounts = [] }]",
        "ascii.read_only = true",
    ] {
        assert!(config(text).read_only, "{text}");
        assert!(!problems(text).is_empty(), "{text}");
    }
    assert!(!config("[other]\nquit = 'q'").read_only);
}

#[test]
fn a_file_that_is_not_toml_makes_the_run_read_only_and_says_where() {
    for (text, line) in [("ascii = true\ntheme = ", 2), ("ascii = true\nascii = true", 2), ("=", 1)] {
        let (found, _, message) = problem(text);
        assert_eq!(found, Some(line), "{message}");
        assert_eq!(config(text), Config { read_only: true, ..Config::default() });
    }
    let (config, problems) = check(b"ascii = true\n# \xff\n");
    assert!(config.read_only);
    assert_eq!(problems[0].line, Some(2));
}

#[test]
fn hostile_words_do_not_come_out_in_messages() {
    for problem in problems("\"\\u001b[31m\" = 1\ntheme = \"\\u202ekrad\"") {
        let shown = format!("{} {:?}", sentence(&problem), key(&problem));
        assert!(!shown.chars().any(|c| c.is_control() || c == '\u{202e}'), "{shown:?}");
    }
    let long = problem(&format!("theme = '{}'", "x".repeat(10_000))).2;
    assert!(long.len() < 300, "{long}");
}

#[test]
fn a_large_file_of_nonsense_is_read_to_its_end() {
    let text = (0..60_000).map(|number| format!("k{number} = {number}")).collect::<Vec<_>>().join("\n");
    assert_eq!(problems(&text).len(), 60_000);
    let nested = format!("x = {}", "[".repeat(500_000));
    assert!(config(&nested).read_only);
}

/// Text that is nearly a configuration.
fn any_lines() -> impl Strategy<Value = String> {
    let key = prop_oneof![proptest::sample::select(&super::SETTINGS[..]).prop_map(str::to_owned), "[a-z_.\"-]{0,12}"];
    let value = "(true|false|[0-9]{1,14}|\"[^\\n]{0,12}\"|\\[[^\\n]{0,20}\\]|\\{[^\\n]{0,12}\\}|\\PC{0,12})";
    proptest::collection::vec((key, value).prop_map(|(key, value)| format!("{key} = {value}\n")), 0..6)
        .prop_map(|lines| lines.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let (config, problems) = check(&bytes);
        prop_assert!(config.read_only || problems.iter().all(|problem| !problem.read_only));
    }

    #[test]
    fn nearly_right_files_are_survived_and_every_line_named_exists(text in any_lines()) {
        let (config, problems) = check(text.as_bytes());
        let last = text.split('\n').count();
        for problem in &problems {
            prop_assert!(problem.line.is_none_or(|line| (1..=last).contains(&line)), "{:?}", problem);
        }
        // Either the file is wholly understood or it says what is not; and it never fails open.
        let parsed = toml::from_str::<toml::Table>(&text);
        prop_assert!(parsed.is_ok() || config.read_only);
        if let Ok(table) = parsed {
            let set = table.get("read_only");
            prop_assert!(config.read_only || set.is_none_or(|value| value.as_bool() == Some(false)));
            let kept = table.get("protected_accounts").and_then(|value| value.as_array()).map_or(0, Vec::len);
            prop_assert!(config.read_only || config.protected_accounts.len() <= kept);
            prop_assert!(config.read_only || kept == 0 || !config.protected_accounts.is_empty());
        }
    }
}

#[test]
fn keys_are_a_key_or_a_list_under_the_name_of_a_command_as_either_is_written() {
    let text = "[keys]\nview_accounts = 'f1'\nread-mails = []\nquit = ['ctrl-q', 'Q']\n";
    let checked = whole(text.as_bytes());
    assert_eq!(checked.problems, []);
    let keys: Vec<(&str, usize, usize)> =
        checked.config.keys.iter().map(|one| (one.command.as_str(), one.keys.len(), one.line)).collect();
    assert_eq!(keys, [("view-accounts", 1, 2), ("read-mails", 0, 3), ("quit", 2, 4)]);
    assert_eq!(checked.lines.get("keys.quit"), Some(&4));
    assert!(!checked.config.read_only);
}

#[test]
fn a_key_setting_that_is_not_understood_is_told_and_the_others_hold() {
    for (text, line, says) in [
        ("[keys]\nquit = 'Q'\nrefresj = 'f5'", 3, "did you mean `refresh`?"),
        ("[keys]\nquit = 'Q'\nzzz = 'f5'", 3, "is not a command; ignored"),
        ("[keys]\nquit = 'Q'\nrefresh = 5", 3, "is a key in quotes or a list of keys, not the number 5"),
        ("[keys]\nquit = 'Q'\nrefresh = ['r', 5]", 3, "the default is used"),
        ("[keys]\nquit = 'Q'\ntheme = 'dark'", 3, "move it above [keys]"),
        ("[keys]\nview-accounts = '1'\nquit = 'Q'\nview_accounts = '2'", 4, "set in line 2 already"),
    ] {
        let (found, _, message) = problem(text);
        assert_eq!(found, Some(line), "{text}: {message}");
        assert!(message.contains(says), "{text}: {message}");
        assert!(config(text).keys.iter().any(|one| one.command == "quit"), "{text}");
        assert!(!config(text).read_only, "{text}");
    }
    assert!(problem("keys = 'vim'").2.contains("is a table"));
}

#[test]
fn a_protection_below_the_keys_makes_the_run_read_only() {
    for text in ["[keys]\nquit = 'q'\nread_only = true", "[keys]\nprotected = ['111122223333']"] {
        assert!(config(text).read_only, "{text}");
        assert!(problems(text).iter().any(|problem| problem.read_only), "{text}");
    }
}

#[test]
fn the_lines_of_the_settings_that_hold_are_known() {
    let checked = whole(b"theme = 'dark'\n\nascii = 'yes'\nkeep_listing_days = 7\n");
    let expected = [("theme".to_owned(), 1), ("keep_listing_days".to_owned(), 4)];
    assert_eq!(checked.lines, expected.into());
}
