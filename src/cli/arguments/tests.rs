//! What the command line takes, and what it refuses.

use super::*;
use crate::domain::policy::ManagedPolicy;
use crate::emulator::Identity;

#[test]
fn the_command_line_is_sound() {
    Arguments::command().debug_assert();
}

#[test]
fn callers_are_named_in_any_case() {
    let who = |name: &str| Arguments::try_parse_from(["rootdeck", "--demo-as", name]).map(|it| it.demo_as.into());
    assert!(matches!(who("delegated-admin"), Ok(Identity::DelegatedAdministrator)));
    assert!(matches!(who("poweruseraccess"), Ok(Identity::Managed(ManagedPolicy::PowerUser))));
    assert!(matches!(who("AWSOrganizationsReadOnlyAccess"), Ok(Identity::Managed(_))));
    assert!(who("ReadOnlyAccess").is_err());
}

#[test]
fn global_options_go_anywhere() {
    let before = Arguments::try_parse_from(["rootdeck", "--demo", "accounts", "-o", "json"]).expect("before");
    let after = Arguments::try_parse_from(["rootdeck", "accounts", "-o", "json", "--demo"]).expect("after");
    assert!(before.demo && after.demo);
    assert!(Arguments::try_parse_from(["rootdeck", "--demo", "--demo-accounts", "0"]).is_err());
}

#[test]
fn the_output_and_yes_go_before_the_command_as_well() {
    let read = |words: &str| Arguments::read(words.split(' '));
    let form = |words: &str| match read(words).map(|read| read.command) {
        Ok(Some(Subcommand::Accounts(listing))) => Some(*listing.listing.output),
        Ok(Some(Subcommand::Trust(Trust::List(listing)))) => Some(*listing.output),
        _ => None,
    };
    for words in ["-o csv accounts", "accounts -o csv", "-o csv trust list", "trust -o csv list", "trust list -ocsv"] {
        assert_eq!(form(&format!("rootdeck {words}")), Some(Form::Csv), "{words}");
    }
    assert_eq!(form("rootdeck accounts"), Some(Form::Table));
    let wrong = read("rootdeck -o csv accounts show a").expect_err("it has no CSV").to_string();
    assert!(wrong.contains("invalid value 'csv'") && wrong.contains("possible values: table, json"), "{wrong}");
    for words in ["-o json keys", "keys -o json", "-o json", "-o xml accounts", "-o json email template"] {
        assert!(read(&format!("rootdeck {words}")).is_err(), "{words}");
    }
    for words in ["-y purge", "purge -y", "--yes purge", "purge --yes"] {
        let purge = read(&format!("rootdeck {words}")).map(|read| read.command);
        assert!(matches!(purge, Ok(Some(Subcommand::Purge(PurgeArguments { yes: true, .. })))), "{words}");
    }
}

#[test]
fn an_endpoint_is_a_url() {
    let read = |url: &str| Arguments::read(["rootdeck", "accounts", "--endpoint-url", url]);
    for right in ["https://aws.example", "http://127.0.0.1:4599", "http://[::1]:80/x"] {
        assert!(read(right).is_ok(), "{right}");
    }
    for wrong in ["nonsense", "", "localhost:4599", "127.0.0.1:4599", "ftp://x", "http://", "https://a b"] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn what_is_about_the_dashboard_is_refused_before_a_subcommand() {
    let read = |words: &str| Arguments::read(words.split(' '));
    for (words, option) in
        [("rootdeck --view 3 status", "--view"), ("rootdeck --demo --filter x audit --deep", "--filter")]
    {
        let error = read(words).expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::ArgumentConflict);
        let text = error.to_string();
        assert!(text.starts_with(&format!("error: {option} is for the dashboard, not for ")), "{text}");
    }
    assert!(read("rootdeck --view 3 --filter x").is_ok() && read("rootdeck --demo status").is_ok());
    assert!(read("rootdeck status --view 3").is_err() && read("rootdeck --view 9").is_err());
}

/// An argument of a command must not hide a global option: clap tells them apart by their ids.
#[test]
fn global_options_go_behind_every_command() {
    fn leaves<'a>(command: &'a clap::Command, path: &str, found: &mut Vec<(String, &'a clap::Command)>) {
        let path = format!("{path} {}", command.get_name());
        if command.get_subcommands().next().is_none() {
            found.push((path, command));
            return;
        }
        command.get_subcommands().for_each(|inner| leaves(inner, &path, found));
    }
    let mut command = Arguments::command();
    let global: Vec<(String, String)> = command
        .get_arguments()
        .filter(|argument| argument.is_global_set())
        .filter_map(|argument| Some((argument.get_id().to_string(), argument.get_long()?.to_owned())))
        .collect();
    command.build();
    let mut found = Vec::new();
    leaves(&command, "", &mut found);
    assert!(found.len() > 25 && global.len() > 8, "{}", found.len());
    for (path, leaf) in found.iter().filter(|(path, _)| !path.contains(" help")) {
        for (id, long) in &global {
            let there = leaf.get_arguments().find(|argument| argument.get_id().as_str() == id);
            assert_eq!(there.and_then(clap::Arg::get_long), Some(long.as_str()), "{path}: --{long}");
        }
    }
}
