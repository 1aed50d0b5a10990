//! Which of several organizations has the accounts that a command names.

use crate::cli::error::CliError;
use crate::cli::find::called;
use crate::domain::account::{Account, AccountId};
use crate::domain::text::clean;
use crate::words::cli::organizations as words;

/// The accounts of an organization that may be meant; `None` where they could not be read.
pub(super) struct Candidate<'a> {
    pub(super) title: &'a str,
    pub(super) accounts: Option<&'a [Account]>,
}

/// For each organization, the accounts that `texts` mean there.
pub(super) fn route(texts: &[String], all: &[Candidate<'_>]) -> Result<Vec<Vec<AccountId>>, CliError> {
    let mut routed = vec![Vec::new(); all.len()];
    for text in texts {
        for (place, account) in meant(text, all)? {
            if let Some(ids) = routed.get_mut(place)
                && !ids.contains(&account)
            {
                ids.push(account);
            }
        }
    }
    Ok(routed)
}

/// A list with commas, unless that is a name.
fn meant(text: &str, all: &[Candidate<'_>]) -> Result<Vec<(usize, AccountId)>, CliError> {
    if found(text, all).is_empty() && text.contains(',') {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        return parts.map(|part| only(part, all)).collect();
    }
    Ok(vec![only(text, all)?])
}

/// The one account that is called so in all organizations.
fn only(text: &str, all: &[Candidate<'_>]) -> Result<(usize, AccountId), CliError> {
    let shown = clean(text);
    let is_id = AccountId::written(text).is_some();
    let titles = |unread: bool| {
        let those = all.iter().filter(|one| one.accounts.is_none() == unread).map(|one| one.title);
        those.collect::<Vec<_>>().join(", ")
    };
    let unread = titles(true);
    match found(text, all).as_slice() {
        [] => {
            let error = CliError::usage(words::in_none(&shown, titles(false)));
            Err(if unread.is_empty() { error } else { error.and(words::not_looked_in(unread)) })
        }
        // An id is one account's alone, a name only within its organization.
        [_] if !is_id && !unread.is_empty() => Err(CliError::failed(words::may_be_called_so(&shown, unread))),
        [(place, account)] => Ok((*place, account.id)),
        several => {
            let title = |place: usize| all.get(place).map_or("", |one| one.title);
            let candidates = several.iter().map(|(place, account)| words::account_in(account.id, title(*place)));
            Err(CliError::usage(words::in_several(&shown, candidates.collect::<Vec<_>>().join(", "))))
        }
    }
}

fn found<'a>(text: &str, all: &[Candidate<'a>]) -> Vec<(usize, &'a Account)> {
    let of = |(place, one): (usize, &Candidate<'a>)| {
        let accounts = one.accounts.unwrap_or_default();
        called(accounts, text).into_iter().map(move |account| (place, account)).collect::<Vec<_>>()
    };
    all.iter().enumerate().flat_map(of).collect()
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
            unit_ids: None,
        }
    }

    fn routed(texts: &[&str], is_second_read: bool) -> Result<Vec<String>, String> {
        let first = [account("444455556666", "Sandbox"), account("444455557777", "Acme, Inc.")];
        let second = [account("555500000101", "sandbox"), account("555500000102", "payments")];
        let all = [
            Candidate { title: "prod (o-1)", accounts: Some(&first) },
            Candidate { title: "acquired (o-2)", accounts: is_second_read.then_some(&second) },
        ];
        let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
        let ids = |ids: Vec<AccountId>| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let routed = route(&texts, &all).map_err(|error| error.headline().unwrap_or_default())?;
        Ok(routed.into_iter().map(ids).collect())
    }

    #[test]
    fn an_account_decides_its_organization() {
        assert_eq!(routed(&["4444-5555-6666"], true), Ok(vec!["444455556666".into(), String::new()]));
        assert_eq!(routed(&["Payments"], true), Ok(vec![String::new(), "555500000102".into()]));
        let both = Ok(vec!["444455557777".into(), "555500000101 555500000102".into()]);
        assert_eq!(routed(&["acme, inc.", "555500000101,payments", "payments"], true), both);
    }

    #[test]
    fn a_name_of_two_organizations_is_not_guessed_at() {
        let why = routed(&["sandbox"], true).expect_err("ambiguous");
        assert!(why.contains("444455556666 in prod (o-1)") && why.contains("555500000101 in acquired (o-2)"), "{why}");
    }

    #[test]
    fn where_an_organization_could_not_be_read_only_ids_are_certain() {
        assert_eq!(routed(&["444455556666"], false), Ok(vec!["444455556666".into(), String::new()]));
        let why = routed(&["Sandbox"], false).expect_err("not certain");
        assert!(why.contains("acquired (o-2)"), "{why}");
        let why = routed(&["555500000102"], false).expect_err("found in none");
        assert!(why.contains("prod (o-1)") && !why.contains("acquired"), "{why}");
    }
}
