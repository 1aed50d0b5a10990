//! What can follow on the command line.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};

use clap::{Arg, Command};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use crate::cli::arguments::{ALL_REGIONS, Arguments};
use crate::cli::environment::{Environment, configuration, profiles};
use crate::cli::schema;
use crate::domain::account::{Account, AccountState};
use crate::domain::policy::ManagedPolicy;
use crate::domain::recorded_change::RecordedChange;
use crate::domain::region::known_regions;
use crate::domain::root_feature::RootFeature;
use crate::domain::task_policy::TaskPolicy;
use crate::domain::trusted_access::ServicePrincipal;
use crate::domain::view::ViewId;

pub(super) const NAME: &str = "rootdeck";

/// Arguments are known by their names, which mean the same everywhere but for `name`. `words` are those of the line, and
/// `quotes` says whether the shell quotes what it inserts.
pub(super) fn with_candidates(command: Command, words: &[OsString], quotes: bool) -> Command {
    let of = command.get_name().to_owned();
    let add = |argument: Arg| {
        let Some(source) = Source::of(&of, argument.get_id().as_str()) else { return argument };
        let words = words.to_vec();
        argument
            .add(ArgValueCompleter::new(move |typed: &OsStr| source.offer(&words, &typed.to_string_lossy(), quotes)))
    };
    command.mut_args(add).mut_subcommands(|inner| with_candidates(inner, words, quotes))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Account,
    /// The same, or all of them.
    Accounts,
    Profile,
    Domain,
    State,
    Region,
    Regions,
    Task,
    Feature,
    Service,
    Operation,
    View,
    Schema,
    Policy,
}

impl Source {
    fn of(command: &str, argument: &str) -> Option<Self> {
        Some(match argument {
            "account" => Self::Account,
            "accounts" | "named_accounts" => Self::Accounts,
            "profile" | "profiles" => Self::Profile,
            "email_domain" | "not_email_domain" => Self::Domain,
            "state" => Self::State,
            "region" | "queue_region" => Self::Region,
            "regions" => Self::Regions,
            "task" => Self::Task,
            "feature" => Self::Feature,
            "service" => Self::Service,
            "operation" => Self::Operation,
            "view" => Self::View,
            "name" if command == "schema" => Self::Schema,
            "name" if command == "explain" => Self::Policy,
            _ => return None,
        })
    }

    /// Those that begin with what was typed, in any case of its letters. Behind a comma it is about the next one.
    fn offer(self, words: &[OsString], typed: &str, quotes: bool) -> Vec<CompletionCandidate> {
        let typed = unquoted(typed);
        let all: Vec<(String, Option<String>)> =
            self.all(words).into_iter().filter(|(value, _)| is_offered(value, quotes)).collect();
        let begins = |value: &str, with: &str| value.to_lowercase().starts_with(&with.to_lowercase());
        let before = match typed.rsplit_once(',') {
            // A comma may be part of a name.
            Some((before, _)) if !all.iter().any(|(value, _)| begins(value, &typed)) => before.len() + 1,
            _ => 0,
        };
        let (before, last) = typed.split_at_checked(before).unwrap_or(("", &typed));
        let found = all.iter().filter(|(value, _)| begins(value, last));
        found
            .map(|(value, help)| {
                CompletionCandidate::new(format!("{before}{value}")).help(help.clone().map(Into::into))
            })
            .collect()
    }

    /// With what each is.
    fn all(self, words: &[OsString]) -> Vec<(String, Option<String>)> {
        fn plain<T: ToString>(all: impl IntoIterator<Item = T>) -> Vec<(String, Option<String>)> {
            all.into_iter().map(|one| (one.to_string(), None)).collect()
        }
        let regions =
            || known_regions("aws").iter().map(|(region, name)| ((*region).to_owned(), Some((*name).to_owned())));
        match self {
            Self::Account => named(&accounts(words)),
            Self::Accounts => named(&accounts(words)).into_iter().chain(plain(["all"])).collect(),
            Self::Profile => plain(block_on(crate::aws::profiles::names()).unwrap_or_default()),
            Self::Domain => {
                let mut domains: Vec<String> = accounts(words).iter().filter_map(Account::email_domain).collect();
                domains.sort();
                domains.dedup();
                plain(domains)
            }
            Self::State => plain(AccountState::NAMED.iter().map(AccountState::as_str)),
            Self::Region => regions().collect(),
            Self::Regions => regions().chain(plain([ALL_REGIONS])).collect(),
            Self::Task => plain(TaskPolicy::ALL.map(TaskPolicy::as_str)),
            Self::Feature => plain(RootFeature::ALL.map(RootFeature::as_str)),
            Self::Service => plain(ServicePrincipal::switchable()),
            Self::Operation => plain(RecordedChange::KINDS),
            Self::View => plain(ViewId::ALL.map(ViewId::as_str)),
            Self::Schema => plain(schema::NAMES),
            Self::Policy => plain(ManagedPolicy::ALL.map(ManagedPolicy::as_str)),
        }
    }
}

/// The ids with their names, and the names that are one account's alone.
fn named(accounts: &[Account]) -> Vec<(String, Option<String>)> {
    let id = |account: &Account| (account.id.to_string(), Some(account.name.clone()));
    let mut holders: HashMap<&str, usize> = HashMap::new();
    for account in accounts {
        *holders.entry(&account.name).or_default() += 1;
    }
    let unique = |account: &&Account| holders.get(account.name.as_str()) == Some(&1);
    let names = accounts.iter().filter(unique).map(|account| (account.name.clone(), None));
    accounts.iter().map(id).chain(names).collect()
}

fn accounts(words: &[OsString]) -> Vec<Account> {
    let Ok(arguments) = Arguments::read(connection(words)) else { return Vec::new() };
    let loaded = configuration(&arguments);
    let place = Environment::new(&arguments, &loaded);
    let profiles = profiles(&arguments, &loaded);
    if profiles.is_empty() {
        return block_on(place.kept_accounts()).unwrap_or_default();
    }
    let kept = |profile: &String| block_on(place.through(Some(profile.clone())).kept_accounts()).unwrap_or_default();
    profiles.iter().flat_map(kept).collect()
}

/// Of the command line that is being typed, what decides which accounts are kept.
fn connection(words: &[OsString]) -> Vec<OsString> {
    const DECIDING: [&str; 4] = ["--profile", "--profiles", "--endpoint-url", "--config"];
    let mut kept = vec![OsString::from(NAME)];
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let text = word.to_string_lossy();
        if text == "--demo" || DECIDING.iter().any(|name| text.strip_prefix(name).is_some_and(|it| it.starts_with('=')))
        {
            kept.push(word.clone());
        } else if DECIDING.contains(&text.as_ref()) && words.peek().is_some_and(|value| !value.is_empty()) {
            kept.extend([word].into_iter().chain(words.next()).cloned());
        }
    }
    kept
}

/// What was typed without the quotes and backslashes that some shells hand over.
fn unquoted(typed: &str) -> String {
    let opened = typed.strip_prefix(['"', '\'']).unwrap_or(typed);
    let mut signs = opened.chars();
    let mut text = String::new();
    while let Some(sign) = signs.next() {
        text.extend(if sign == '\\' { signs.next() } else { Some(sign) });
    }
    text
}

/// Whether it is safe on a command line. Names come from other people, and not each shell quotes what it inserts.
fn is_offered(word: &str, quotes: bool) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._@+-".contains(c);
    let harmless = |c: char| !c.is_control() && !"$`\"'\\!".contains(c);
    let begins = word.starts_with(char::is_alphanumeric);
    begins && if quotes { word.chars().all(harmless) } else { word.chars().all(plain) }
}

fn block_on<T>(work: impl Future<Output = Option<T>>) -> Option<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
    let done = runtime.block_on(work);
    runtime.shutdown_background();
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_run_is_not_offered() {
        for plain in ["payments-prod", "team.a", "a@b", "444455556666"] {
            assert!(is_offered(plain, false) && is_offered(plain, true), "{plain}");
        }
        for quoted in ["a b", "Acme & Co. (Tokyo, Osaka)", "caf\u{e9}", "a;b", "a*"] {
            assert!(!is_offered(quoted, false) && is_offered(quoted, true), "{quoted}");
        }
        for not in ["$(id)", "`id`", "-rf", "", "~root", "a\nb", "a'b", "a$(id)", "a\\b", "a\u{1b}b"] {
            assert!(!is_offered(not, false) && !is_offered(not, true), "{not}");
        }
    }

    #[test]
    fn the_profile_on_the_command_line_decides_whose_accounts_are_offered() {
        let of = |line: &str| {
            let words = connection(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
            words.iter().map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of("rootdeck --profile prod email start "), "rootdeck --profile prod");
        assert_eq!(
            of("rootdeck email start --endpoint-url=http://a --demo"),
            "rootdeck --endpoint-url=http://a --demo"
        );
        assert_eq!(of("rootdeck email --profile "), "rootdeck");
    }

    #[test]
    fn each_part_of_a_list_is_completed() {
        let offered = |source: Source, typed: &str| {
            let all = source.offer(&[], typed, true);
            all.iter().map(|one| one.get_value().to_string_lossy().into_owned()).collect::<Vec<_>>()
        };
        assert_eq!(offered(Source::State, "susp"), ["SUSPENDED"]);
        assert_eq!(offered(Source::Accounts, "a,al"), ["a,all"]);
        assert_eq!(offered(Source::Feature, "rootS"), ["RootSessions"]);
        assert_eq!(offered(Source::Schema, "email-pl").len(), 4);
        assert!(offered(Source::Regions, "eu-west-").len() > 1 && offered(Source::Task, "").len() == 5);
    }
}
