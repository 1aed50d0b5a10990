//! `rootdeck accounts`: the listing without the screen, through the same engine.

use jiff::Timestamp;

use super::Exit;
use super::arguments::{Arguments, Form, Listing};
use super::output::{self, Progress};
use super::place::{RunPlace, configuration, problems, profile, rules};
use crate::domain::account::Account;
use crate::domain::fault::Fault;
use crate::domain::organization::UnitNames;
use crate::domain::text::width;
use crate::words::fault::{fault as fault_words, headline};

/// Lists the accounts to stdout.
pub(super) async fn run(arguments: &Arguments, listing: &Listing) -> Exit {
    let loaded = configuration(arguments);
    for fault in problems(&loaded) {
        output::complain(&fault.message);
    }
    let place = RunPlace::new(arguments, rules(arguments, &loaded));
    let progress = Progress::new();
    let read = read(&place, &progress).await;
    drop(progress);
    let (accounts, units) = match read {
        Ok(read) => read,
        Err(fault) => {
            complain(&fault, profile(arguments).as_deref());
            return if fault.kind.is_refusal() || fault.kind.is_about_credentials() {
                Exit::NotPermitted
            } else {
                Exit::Failed
            };
        }
    };
    if let Err(fault) = &units {
        output::complain(&format!("the names of the organizational units could not be read: {}", headline(fault)));
    }
    let text = match listing.output {
        Form::Table => Ok(table(&accounts, &units)),
        Form::Json => json(&accounts, &units),
        Form::Csv => csv(&accounts, &units),
    };
    match text
        .map_err(|error| error.to_string())
        .and_then(|text| output::print(&text).map_err(|error| error.to_string()))
    {
        Ok(()) => Exit::Done,
        Err(error) => {
            output::complain(&error);
            Exit::Failed
        }
    }
}

/// Says on stderr what was tried, what AWS said, why, and what mends it.
fn complain(fault: &Fault, profile: Option<&str>) {
    let words = fault_words(fault, profile);
    output::complain(&format!("{}\n  {}\n  {}\n  {}", words.tried, words.said, words.cause, words.mend));
}

async fn read(place: &RunPlace, progress: &Progress) -> Result<(Vec<Account>, Result<UnitNames, Fault>), Fault> {
    progress.show("connecting");
    let engine = place.connect().await?;
    let mut accounts = Vec::new();
    let listing = engine.accounts(|page| {
        accounts.extend_from_slice(page);
        progress.show(&format!("{} accounts", accounts.len()));
    });
    listing.await?;
    progress.show("organizational units");
    let units = engine.unit_names().await;
    accounts.sort_by_key(|account| account.id);
    Ok((accounts, units))
}

/// The path by name, where the names are known.
fn path<'a>(account: &Account, units: &'a Result<UnitNames, Fault>) -> Result<String, &'a Fault> {
    units.as_ref().map(|units| units.path_of(account))
}

fn table(accounts: &[Account], units: &Result<UnitNames, Fault>) -> String {
    let head = ["ACCOUNT", "NAME", "PRIMARY EMAIL", "STATE", "PATH"].map(str::to_owned);
    let rows = accounts.iter().map(|account| {
        [
            account.id.to_string(),
            account.name.clone(),
            account.email.clone(),
            account.state.as_str().to_owned(),
            path(account, units).unwrap_or_else(|_| "?".to_owned()),
        ]
    });
    let rows: Vec<[String; 5]> = std::iter::once(head).chain(rows).collect();
    let widths: Vec<usize> = (0..5)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, wide)| {
            let padding = " ".repeat(wide.saturating_sub(width(cell)));
            format!("{cell}{padding}")
        });
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

#[derive(serde::Serialize)]
struct AccountJson<'a> {
    id: String,
    name: &'a str,
    email: &'a str,
    state: &'a str,
    path: PathJson,
    /// From the root down.
    unit_ids: &'a [String],
    joined: Option<Timestamp>,
}

/// A path, or why it is not known: never something that could pass for a path.
#[derive(serde::Serialize)]
#[serde(untagged)]
enum PathJson {
    Known(String),
    Unknown { status: &'static str, cause: String },
}

impl PathJson {
    fn of(account: &Account, units: &Result<UnitNames, Fault>) -> Self {
        match path(account, units) {
            Ok(path) => Self::Known(path),
            Err(fault) => Self::Unknown { status: "unknown", cause: headline(fault) },
        }
    }
}

fn json(accounts: &[Account], units: &Result<UnitNames, Fault>) -> std::io::Result<String> {
    let rows: Vec<AccountJson<'_>> = accounts
        .iter()
        .map(|account| AccountJson {
            id: account.id.to_string(),
            name: &account.name,
            email: &account.email,
            state: account.state.as_str(),
            path: PathJson::of(account, units),
            unit_ids: &account.unit_ids,
            joined: account.joined,
        })
        .collect();
    serde_json::to_string_pretty(&rows).map(|text| text + "\n").map_err(std::io::Error::from)
}

fn csv(accounts: &[Account], units: &Result<UnitNames, Fault>) -> std::io::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["account_id", "name", "email", "state", "path", "joined"])?;
    for account in accounts {
        let joined = account.joined.map(|at| at.to_string()).unwrap_or_default();
        let fields = [
            &account.id.to_string(),
            &account.name,
            &account.email,
            account.state.as_str(),
            &path(account, units).unwrap_or_default(),
            &joined,
        ];
        writer.write_record(fields.map(no_formula))?;
    }
    let bytes = writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()))?;
    String::from_utf8(bytes).map_err(std::io::Error::other)
}

/// Keeps a spreadsheet from taking a cell for a formula; some also take the full-width signs for one.
fn no_formula(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::AccountState;
    use crate::domain::fault::FaultKind;

    fn account(name: &str) -> Account {
        Account {
            id: "444455556666".parse().expect("an id"),
            name: name.into(),
            email: "aws@example.com".into(),
            state: AccountState::Active,
            joined: None,
            unit_ids: vec![],
        }
    }

    #[test]
    fn a_name_can_not_become_a_formula() {
        let text = csv(&[account("=HYPERLINK(\"x\")"), account("a,\"b\"")], &Ok(UnitNames::default())).expect("csv");
        assert_eq!(
            text,
            "account_id,name,email,state,path,joined\n\
             444455556666,\"'=HYPERLINK(\"\"x\"\")\",aws@example.com,ACTIVE,Root,\n\
             444455556666,\"a,\"\"b\"\"\",aws@example.com,ACTIVE,Root,\n"
        );
    }

    #[test]
    fn every_sign_that_begins_a_formula_is_disarmed() {
        for sign in ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"] {
            assert_eq!(no_formula(&format!("{sign}1")), format!("'{sign}1"));
        }
        assert_eq!(no_formula("a=1"), "a=1");
    }

    #[test]
    fn a_path_that_could_not_be_read_does_not_pass_for_one() {
        let units = Err(Fault {
            code: Some("AccessDeniedException".into()),
            ..Fault::new("organizations:ListRoots", FaultKind::AccessDenied, "no")
        });
        let accounts = [Account { unit_ids: vec!["ou-ab12-11111111".into()], ..account("a") }];
        let rows: serde_json::Value = serde_json::from_str(&json(&accounts, &units).expect("json")).expect("a value");
        let cause = "organizations:ListRoots: AccessDeniedException: no";
        assert_eq!(rows[0]["path"], serde_json::json!({ "status": "unknown", "cause": cause }));
        assert_eq!(rows[0]["unit_ids"], serde_json::json!(["ou-ab12-11111111"]));
        let text = csv(&accounts, &units).expect("csv");
        assert!(text.ends_with("444455556666,a,aws@example.com,ACTIVE,,\n"), "{text}");
        assert!(table(&accounts, &units).ends_with("ACTIVE  ?\n"));
    }

    #[test]
    fn columns_stand_under_each_other_whatever_the_script() {
        let text = table(&[account("検証環境"), account("a")], &Ok(UnitNames::default()));
        let columns: Vec<usize> =
            text.lines().skip(1).filter_map(|line| line.split_once("aws@").map(|(before, _)| width(before))).collect();
        assert_eq!(columns.len(), 2);
        assert_eq!(columns.first(), columns.last());
    }

    #[test]
    fn json_has_null_for_what_is_not_known() {
        let text = json(&[account("a")], &Ok(UnitNames::default())).expect("json");
        assert!(text.contains("\"joined\": null"), "{text}");
    }
}
