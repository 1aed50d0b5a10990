//! Accounts as people name them.

use std::collections::BTreeMap;
use std::io::{self, Read};

use super::arguments::{Arguments, WhichAccounts};
use super::error::CliError;
use crate::domain::account::{Account, AccountId};
use crate::domain::text::clean;
use crate::words::cli::email::no_stdin;
use crate::words::cli::program as words;

/// `-` stands for the lines of stdin.
pub(super) fn given(texts: &[String]) -> Result<Vec<String>, CliError> {
    let mut given = Vec::new();
    for text in texts {
        if text == "-" {
            let lines = io::read_to_string(io::stdin().take(MOST_NAMES));
            let lines = lines.map_err(|error| CliError::failed(no_stdin(error)))?;
            given.extend(lines.lines().map(str::to_owned));
        } else {
            given.push(text.clone());
        }
    }
    Ok(given)
}

/// The same for accounts that are arguments: `all` alone stands for the active members.
pub(super) fn given_or_all(arguments: &Arguments, texts: &[String]) -> Result<WhichAccounts, CliError> {
    if let Some(named) = &arguments.named {
        return Ok(WhichAccounts::Named(named.clone()));
    }
    match texts {
        [all] if all.eq_ignore_ascii_case("all") => Ok(WhichAccounts::All),
        texts => given(texts).map(WhichAccounts::Named),
    }
}

/// The same for an option that may stand for all.
pub(super) fn given_which(arguments: &Arguments, which: WhichAccounts) -> Result<WhichAccounts, CliError> {
    Ok(match which {
        WhichAccounts::Named(texts) if arguments.named.is_some() => {
            WhichAccounts::Named(arguments.named.clone().unwrap_or(texts))
        }
        WhichAccounts::All => WhichAccounts::All,
        WhichAccounts::Named(texts) => WhichAccounts::Named(given(&texts)?),
    })
}

/// The most that is read of stdin, in bytes.
const MOST_NAMES: u64 = 4 << 20;

/// What accounts are called.
pub(super) fn names<'a>(accounts: impl IntoIterator<Item = &'a Account>) -> BTreeMap<AccountId, String> {
    accounts.into_iter().map(|account| (account.id, account.name.clone())).collect()
}

/// The accounts of a list with commas, which may also be in a name: the longest name counts.
pub(super) fn find_list<'a>(accounts: &'a [Account], text: &str) -> Result<Vec<&'a Account>, String> {
    let parts: Vec<&str> = text.split(',').collect();
    let mut found = Vec::new();
    let mut rest = parts.as_slice();
    while let [first, others @ ..] = rest {
        if first.trim().is_empty() {
            rest = others;
            continue;
        }
        let named = (1..=rest.len()).rev().find_map(|count| {
            let (named, rest) = rest.split_at_checked(count)?;
            Some((find(accounts, &named.join(",")).ok()?, rest))
        });
        let (account, left) = named.map_or_else(|| find(accounts, first).map(|account| (account, others)), Ok)?;
        found.push(account);
        rest = left;
    }
    Ok(found)
}

/// The account with this id or, without one, those with this name, in any case of its letters.
pub(super) fn called<'a>(accounts: &'a [Account], text: &str) -> Vec<&'a Account> {
    let id = AccountId::written(text);
    if let Some(account) = accounts.iter().find(|account| Some(account.id) == id) {
        return vec![account];
    }
    let name = text.trim().to_lowercase();
    accounts.iter().filter(|account| account.name.to_lowercase() == name).collect()
}

/// The account with this id or, in any case of its letters, this name; or why there is no such one.
pub(super) fn find<'a>(accounts: &'a [Account], text: &str) -> Result<&'a Account, String> {
    let shown = clean(text);
    match called(accounts, text).as_slice() {
        [] if AccountId::written(text).is_some() => Err(words::no_account(shown)),
        [] => Err(words::nobody_called(shown)),
        [account] => Ok(account),
        several => {
            let candidates: Vec<String> =
                several.iter().map(|account| format!("{} ({})", account.id, account.state.as_str())).collect();
            Err(words::several_called(shown, candidates.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::AccountState;

    fn account(id: &str, name: &str) -> Account {
        Account {
            id: id.parse().expect("an id"),
            name: name.into(),
            email: "aws@example.com".into(),
            state: AccountState::Active,
            joined: None,
            joined_method: None,
            unit_ids: Some([].into()),
        }
    }

    #[test]
    fn an_account_is_found_by_its_id_or_its_whole_name_in_any_case() {
        let accounts = [account("444455556666", "Sandbox"), account("444455557777", "Sandbox 2")];
        let found = |text| find(&accounts, text).map(|account| account.id.to_string());
        assert_eq!(found("444455557777"), Ok("444455557777".into()));
        assert_eq!(found("sandBOX"), Ok("444455556666".into()));
        assert!(found("Sand").is_err() && found("444455558888").is_err());
    }

    #[test]
    fn a_list_takes_names_with_commas() {
        let accounts =
            [account("444455556666", "Acme, Inc."), account("444455557777", "b"), account("444455558888", "Inc.")];
        let ids = |text| {
            find_list(&accounts, text).map(|all| all.iter().map(|one| one.id.to_string()).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(ids("acme, inc."), Ok("444455556666".into()));
        assert_eq!(ids("b, Acme, Inc. ,4444-5555-8888,"), Ok("444455557777 444455556666 444455558888".into()));
        assert!(ids("b,Acme").is_err() && ids("").is_ok());
    }

    #[test]
    fn an_id_beats_a_name_that_looks_like_one() {
        let accounts = [account("444455556666", "444455557777"), account("444455557777", "b")];
        assert_eq!(find(&accounts, "444455557777").map(|account| account.name.as_str()), Ok("b"));
    }

    #[test]
    fn a_name_of_several_accounts_is_not_guessed_at() {
        let accounts = [account("444455556666", "Sandbox"), account("444455557777", "sandbox")];
        let why = find(&accounts, "sandbox").expect_err("ambiguous");
        assert!(why.contains("444455556666 (ACTIVE)") && why.contains("444455557777"), "{why}");
    }
}
