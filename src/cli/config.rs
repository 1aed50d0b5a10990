//! `rootdeck config`: the configuration that holds, and where each setting comes from.

use std::fmt::Write;

use clap::parser::ValueSource;

use super::arguments::Form;
use super::arguments::{Arguments, ConfigArguments, ConfigForm};
use super::connection::configuration_with_problems_printed;
use super::environment::{keys, problems};
use super::error::{Done, Exit};
use super::output::deliver;
use super::rows::{self, Cell, Column, fields as f};
use crate::config::{Config, DEFAULT_FILE, Loaded, SETTINGS};
use crate::domain::key_setting::KeySetting;
use crate::domain::text::clean;
use crate::words::cli::config::{Source, header, other_keys, source};

/// The name of the setting whose values are settings of their own.
const KEYS: &str = "keys";

pub(super) struct Setting {
    name: String,
    /// As TOML.
    value: String,
    json: Cell,
    source: Source,
}

pub(super) fn run(arguments: &Arguments, wanted: &ConfigArguments) -> Done {
    if wanted.default_file {
        return deliver(Ok(DEFAULT_FILE.to_owned()));
    }
    let loaded = configuration_with_problems_printed(arguments);
    let settings = settings(arguments, &loaded);
    deliver(match *wanted.output {
        ConfigForm::Toml => Ok(toml(&loaded, &settings)),
        ConfigForm::Json => rows::write(Form::Json, &columns(), &settings),
    })?;
    if problems(&loaded).is_empty() { Ok(()) } else { Exit::Usage.end() }
}

fn settings(arguments: &Arguments, loaded: &Loaded) -> Vec<Setting> {
    let file = loaded.path.as_ref().map(|path| clean(&path.display().to_string())).unwrap_or_default();
    let from_file = |name: &str| match loaded.lines.get(name) {
        Some(line) => Source::File(file.clone(), *line),
        None => Source::Default,
    };
    let config = &loaded.config;
    let mut settings: Vec<Setting> = SETTINGS
        .into_iter()
        .filter(|name| *name != KEYS)
        .map(|name| {
            let source = given(arguments, name).unwrap_or_else(|| match from_file(name) {
                Source::Default if name == "read_only" && config.read_only => Source::Problems,
                source => source,
            });
            let (value, json) = value(name, arguments, config);
            Setting { name: name.to_owned(), value, json, source }
        })
        .collect();
    let (_, rejected) = keys(loaded);
    let holds = |one: &&KeySetting| rejected.iter().all(|rejected| rejected.line != one.line);
    for one in config.keys.iter().filter(holds) {
        let name = format!("{KEYS}.{}", one.command);
        let (value, json) = list(&one.keys);
        settings.push(Setting { source: from_file(&name), name, value, json });
    }
    settings
}

/// The option or variable that a setting comes from.
fn given(arguments: &Arguments, name: &str) -> Option<Source> {
    match name {
        "read_only" => arguments.read_only.then(|| option_or(name, "--read-only", "ROOTDECK_READ_ONLY")),
        "profiles" if !arguments.profiles.is_empty() => Some(option_or(name, "--profiles", "ROOTDECK_PROFILES")),
        "ascii" => arguments.ascii.then(|| option_or(name, "--ascii", "ROOTDECK_ASCII")),
        "start_view" => {
            arguments.view?;
            Some(option_or("view", "--view", "ROOTDECK_VIEW"))
        }
        _ => None,
    }
}

fn option_or(id: &str, option: &'static str, variable: &'static str) -> Source {
    let source = Arguments::described().try_get_matches().ok().and_then(|matches| matches.value_source(id));
    if source == Some(ValueSource::EnvVariable) { Source::Environment(variable) } else { Source::Option(option) }
}

/// What holds, as TOML and for JSON.
fn value(name: &str, arguments: &Arguments, config: &Config) -> (String, Cell) {
    let flag = |flag: bool| (flag.to_string(), flag.into());
    let word = |word: &str| (quoted(word), word.into());
    match name {
        "read_only" => flag(config.read_only || arguments.read_only),
        "protected_accounts" => list(&config.protected_accounts.iter().map(ToString::to_string).collect::<Vec<_>>()),
        "allowed_email_domains" => list(&config.allowed_email_domains.iter().cloned().collect::<Vec<_>>()),
        "reason_required" => flag(config.reason_required),
        "profiles" if !arguments.profiles.is_empty() => list(&arguments.profiles),
        "profiles" => list(&config.profiles),
        "theme" => word(config.theme.as_str()),
        "ascii" if arguments.ascii => flag(true),
        "ascii" => config.ascii.map_or_else(|| word("auto"), flag),
        "mouse" => flag(config.mouse),
        "keep_finished_days" => number(i64::from(config.keep_finished_days)),
        "keep_listing_days" => number(i64::from(config.keep_listing_days)),
        "keep_audit_history_days" => number(i64::from(config.keep_audit_history_days)),
        "ask_at_start" => number(i64::try_from(config.ask_at_start).unwrap_or(i64::MAX)),
        "start_view" => word(arguments.view.unwrap_or(config.start_view).as_str()),
        "columns" => config.columns.as_ref().map_or_else(
            || word("auto"),
            |columns| list(&columns.iter().map(|column| column.word().to_owned()).collect::<Vec<_>>()),
        ),
        "requests_per_second" => {
            let limits: Vec<String> =
                config.request_limits.all().map(|(service, rate)| format!("{service} = {rate}")).collect();
            let json = config.request_limits.all().map(|(service, rate)| (service, Cell::Number(rate.into())));
            (table(&limits), Cell::Record(json.collect()))
        }
        "colours" => {
            let colours = config.colours.iter().map(|(role, colour)| (role.as_str(), colour.to_string()));
            let colours: Vec<(&'static str, String)> = colours.collect();
            let items: Vec<String> =
                colours.iter().map(|(role, colour)| format!("{role} = {}", quoted(colour))).collect();
            let json = colours.iter().map(|(role, colour)| (*role, colour.into())).collect();
            (table(&items), Cell::Record(json))
        }
        _ => (String::new(), Cell::Null),
    }
}

fn table(items: &[String]) -> String {
    if items.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", items.join(", ")) }
}

fn number(number: i64) -> (String, Cell) {
    (number.to_string(), Cell::Number(number))
}

fn list(texts: &[String]) -> (String, Cell) {
    let items: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    (format!("[{}]", items.join(", ")), Cell::list(texts, Cell::from))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn toml(loaded: &Loaded, settings: &[Setting]) -> String {
    let place = loaded.path.as_ref().map(|path| clean(&path.display().to_string()));
    let mut text = format!("# {}\n", header(place.as_deref()));
    let mut keys = false;
    for setting in settings {
        let name = match setting.name.strip_prefix("keys.") {
            Some(command) => {
                if !std::mem::replace(&mut keys, true) {
                    writeln!(text, "\n# {}\n[{KEYS}]", other_keys()).ok();
                }
                command
            }
            None => &setting.name,
        };
        writeln!(text, "{name} = {}  # {}", setting.value, source(&setting.source)).ok();
    }
    text
}

pub(super) fn columns() -> Vec<Column<'static, Setting>> {
    let place = |setting: &Setting| match &setting.source {
        Source::File(file, line) => Some((file.clone(), *line)),
        _ => None,
    };
    vec![
        Column::json_only(f::SETTING, |setting: &Setting| setting.name.clone()),
        Column::json_only(f::VALUE, |setting: &Setting| setting.json.clone()),
        Column::json_only(f::SOURCE, |setting: &Setting| match &setting.source {
            Source::Default => "default",
            Source::File(..) => "file",
            Source::Problems => "problems",
            Source::Environment(_) => "environment",
            Source::Option(_) => "option",
        }),
        Column::json_only(f::FILE.or_null(), move |setting: &Setting| place(setting).map(|(file, _)| file)),
        Column::json_only(f::LINE.or_null(), move |setting: &Setting| {
            place(setting).and_then(|(_, line)| i64::try_from(line).ok())
        }),
    ]
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    fn effective(words: &[&str], loaded: &Loaded) -> String {
        let arguments = Arguments::try_parse_from([&["rootdeck"], words, &["config"]].concat()).expect("arguments");
        toml(loaded, &settings(&arguments, loaded))
    }

    #[test]
    fn without_anything_set_it_is_the_default() {
        let text = effective(&[], &Loaded::default());
        let read: toml::Table = toml::from_str(&text).expect("TOML");
        let expected: Vec<&str> = SETTINGS.into_iter().filter(|name| *name != KEYS).collect();
        assert!(expected.iter().all(|name| read.contains_key(*name)) && read.len() == expected.len(), "{text}");
        assert_eq!(text.matches("# default").count(), expected.len());
        assert!(expected.iter().all(|name| !text.contains(&format!("{name} =  #"))), "each has a value: {text}");
    }

    #[test]
    fn an_option_comes_before_the_file() {
        let mut loaded = Loaded { path: Some("/x/config.toml".into()), ..Loaded::default() };
        loaded.lines = [("ascii".to_owned(), 3), ("theme".to_owned(), 4)].into();
        loaded.config.ascii = Some(false);
        let text = effective(&["--ascii", "--read-only"], &loaded);
        for line in [
            "read_only = true  # option --read-only",
            "ascii = true  # option --ascii",
            "theme = \"default\"  # /x/config.toml:4",
        ] {
            assert!(text.lines().any(|one| one == line), "{line}: {text}");
        }
    }

    #[test]
    fn quotes_and_backslashes_of_keys_are_escaped() {
        let value: toml::Table = toml::from_str(&format!("a = {}", list(&["\"".into(), "\\".into()]).0)).expect("TOML");
        let keys: Vec<&str> = value["a"].as_array().expect("a list").iter().filter_map(toml::Value::as_str).collect();
        assert_eq!(keys, ["\"", "\\"]);
    }
}
