//! `rootdeck accounts`: the listing without the screen, through the same engine.

mod filter;
mod found;
mod rename;
mod show;
mod stream;

use std::collections::HashMap;

use super::arguments::{AccountsArguments, AccountsCommand, Arguments, Form, ListAccounts};
use super::connection::configuration_with_problems_printed;
use super::environment::Environment;
use super::error::{Done, Exit};
use super::output::{self, Progress};
use super::{rows, target};
use crate::domain::account::{Account, AccountId};
use crate::domain::address_finding::{AddressBook, AddressFinding};
use crate::domain::api_error::ApiError;
use crate::domain::finding::Finding;
use crate::domain::organization::UnitNames;
use crate::engine::Engine;
use crate::words::api_error::headline;
use crate::words::cli::accounts as words;
use crate::words::cli::program::no_units;
use crate::words::columns::accounts::{Beside, by_account, columns};
use filter::Filter;
use found::{found, print_found};
pub(super) use show::columns as show_columns;

pub(super) async fn run(arguments: &Arguments, wanted: &AccountsArguments) -> Done {
    match &wanted.command {
        Some(AccountsCommand::Show(wanted)) => show::run(arguments, wanted).await,
        Some(AccountsCommand::Rename(wanted)) => rename::run(arguments, wanted).await,
        Some(AccountsCommand::List(wanted)) => list(arguments, wanted).await,
        None => list(arguments, &wanted.listing).await,
    }
}

async fn list(arguments: &Arguments, wanted: &ListAccounts) -> Done {
    let loaded = configuration_with_problems_printed(arguments);
    let place = Environment::new(arguments, &loaded).keeping(&loaded.config);
    // What is there, and is called what, is judged by the whole tree; without such a filter by what is shown.
    let whole_tree = !wanted.ou.is_empty();
    if stream::can_stream(wanted) {
        return stream::list(arguments, wanted, &place).await;
    }
    let read = place.ask(arguments, async |engine, progress| read(engine, progress, whole_tree).await).await;
    place.tell_store_trouble().await;
    let (mut accounts, units, found) = read?;
    let found = print_found(found);
    if let Err(error) = &units {
        output::print_error(&no_units(headline(error)));
    }
    let pending = if filter::asks_for_changes(wanted) { Some(filter::pending(&place).await?) } else { None };
    // Among all accounts, whatever of them is listed.
    let addresses = AddressBook::of(accounts.iter(), &loaded.config.rules()).all(accounts.iter());
    let filter =
        Filter { wanted, units: units.as_ref(), pending: pending.as_ref(), found: &found, addresses: &addresses };
    let unplaced = filter.apply(&mut accounts)?;
    if unplaced > 0 {
        output::print_error(&words::unplaced(unplaced));
    }
    output::deliver(form(*wanted.output, &accounts, &units, (&found, addresses.clone(), wanted.address_finding)))?;
    if filter.fails(&accounts) {
        return Exit::Failed.end();
    }
    if unplaced > 0 { Exit::Some.end() } else { Ok(()) }
}

type Read = (Vec<Account>, Result<UnitNames, ApiError>, Result<Vec<Finding>, ApiError>);

/// The names of units are read while the accounts are listed: each has a quota of its own.
async fn read(engine: &Engine, progress: &Progress, whole_tree: bool) -> Result<Read, ApiError> {
    let (accounts, units) = if whole_tree {
        let (accounts, units) = tokio::join!(target::list(engine, progress), engine.unit_names());
        (accounts?, units)
    } else {
        target::list_with_units(engine, progress).await?
    };
    Ok((accounts, units, found(engine).await))
}

fn form(
    form: Form,
    accounts: &[Account],
    units: &Result<UnitNames, ApiError>,
    (found, addresses, shows_addresses): (&[Finding], HashMap<AccountId, Vec<AddressFinding>>, bool),
) -> std::io::Result<String> {
    let beside = Beside {
        units: units.as_ref().map_err(headline),
        findings: Ok(by_account(found)),
        addresses: Ok(addresses),
        shows_addresses,
    };
    rows::write(form, &columns(&beside), accounts)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::account::{AccountState, JoinedMethod};
    use crate::domain::api_error::ApiErrorKind;
    use crate::domain::finding::Difference;

    fn json(accounts: &[Account], units: &Result<UnitNames, ApiError>, found: &[Finding]) -> std::io::Result<String> {
        form(Form::Json, accounts, units, (found, HashMap::new(), false))
    }

    fn csv(accounts: &[Account], units: &Result<UnitNames, ApiError>) -> std::io::Result<String> {
        form(Form::Csv, accounts, units, (&[], HashMap::new(), false))
    }

    fn table(accounts: &[Account], units: &Result<UnitNames, ApiError>) -> String {
        form(Form::Table, accounts, units, (&[], HashMap::new(), false)).expect("a table")
    }

    fn account(name: &str) -> Account {
        Account {
            id: "444455556666".parse().expect("an id"),
            name: name.into(),
            email: "aws@example.com".into(),
            state: AccountState::Active,
            joined: None,
            joined_method: None,
            unit_ids: Some([].into()),
        }
    }

    #[test]
    fn a_name_can_not_become_a_formula() {
        let text = csv(&[account("=HYPERLINK(\"x\")"), account("a,\"b\"")], &Ok(UnitNames::default())).expect("csv");
        assert_eq!(
            text,
            "account_id,account_name,email,state,path,joined,joined_method,address_findings\n\
             444455556666,\"'=HYPERLINK(\"\"x\"\")\",aws@example.com,ACTIVE,Root,,,\n\
             444455556666,\"a,\"\"b\"\"\",aws@example.com,ACTIVE,Root,,,\n"
        );
    }

    #[test]
    fn a_path_that_could_not_be_read_does_not_pass_for_one() {
        let units = Err(ApiError {
            code: Some("AccessDeniedException".into()),
            ..ApiError::new("organizations:ListRoots", ApiErrorKind::AccessDenied, "no")
        });
        let accounts = [Account { unit_ids: Some(["ou-ab12-11111111".into()].into()), ..account("a") }];
        let rows: serde_json::Value =
            serde_json::from_str(&json(&accounts, &units, &[]).expect("json")).expect("a value");
        let cause = "organizations:ListRoots: AccessDeniedException: no";
        assert_eq!(rows[0]["path"], serde_json::json!({ "status": "unknown", "cause": cause }));
        assert_eq!(rows[0]["unit_ids"], serde_json::json!(["ou-ab12-11111111"]));
        let text = csv(&accounts, &units).expect("csv");
        assert!(text.ends_with("444455556666,a,aws@example.com,ACTIVE,unknown,,,\n"), "{text}");
        assert!(table(&accounts, &units).ends_with("ACTIVE  ?\n"));
    }

    #[test]
    fn an_account_whose_place_aws_does_not_tell_is_not_below_the_root() {
        let accounts = [Account { unit_ids: None, email: String::new(), ..account("a") }];
        let units = Ok(UnitNames::default());
        let rows: serde_json::Value =
            serde_json::from_str(&json(&accounts, &units, &[]).expect("json")).expect("a value");
        assert_eq!(rows[0]["path"]["status"], "unknown");
        assert_eq!((&rows[0]["unit_ids"], &rows[0]["email"]), (&serde_json::Value::Null, &serde_json::Value::Null));
        let text = csv(&accounts, &units).expect("csv");
        assert!(text.ends_with("444455556666,a,,ACTIVE,unknown,,,\n"), "{text}");
        assert!(table(&accounts, &units).ends_with("444455556666  a     ?              ACTIVE  ?\n"));
    }

    #[test]
    fn json_has_null_for_what_is_not_known() {
        let text = json(&[account("a")], &Ok(UnitNames::default()), &[]).expect("json");
        assert!(
            text.contains("\"joined\": null")
                && text.contains("\"joined_method\": null")
                && text.contains("\"findings\": []"),
            "{text}"
        );
    }

    #[test]
    fn how_an_account_joined_is_aws_s_word() {
        let accounts = [Account { joined_method: Some(JoinedMethod::from_wire("CREATED")), ..account("a") }];
        let units = Ok(UnitNames::default());
        assert!(json(&accounts, &units, &[]).expect("json").contains("\"joined_method\": \"CREATED\""));
        assert!(csv(&accounts, &units).expect("csv").ends_with(",CREATED,\n"));
    }

    #[test]
    fn findings_stand_with_their_account() {
        let account = account("a");
        let (since, seen) = (Timestamp::UNIX_EPOCH, Timestamp::from_second(60).expect("a time"));
        let finding = |difference| {
            let name = account.name.clone();
            Finding { id: 1, account: account.id, name, difference, since, seen }
        };
        let email = Difference::Email { old: "aws@example.com".into(), new: "evil@else.example".into() };
        let found = [finding(email), finding(Difference::New)];
        let text = json(std::slice::from_ref(&account), &Ok(UnitNames::default()), &found).expect("json");
        let rows: serde_json::Value = serde_json::from_str(&text).expect("a value");
        let times = |kind: &str, before: Option<&str>, after: Option<&str>| {
            serde_json::json!({ "kind": kind, "before": before, "after": after,
                "since": "1970-01-01T00:00:00Z", "seen": "1970-01-01T00:01:00Z" })
        };
        let expected = [times("email", Some("aws@example.com"), Some("evil@else.example")), times("new", None, None)];
        assert_eq!(rows[0]["findings"], serde_json::json!(expected));
    }
}
