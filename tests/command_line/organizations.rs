//! Several organizations side by side: two emulated AWSs, and a profile for each.

use std::collections::BTreeSet;
use std::fs;
use std::net::TcpListener;
use std::process::Command;

use rootdeck::domain::change::Switch;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::emulator::{Emulator, Identity, Options};
use serde_json::Value;

use crate::program::{Ended, program, run};
use crate::site::{CLEAN, NORTHWIND, SANDBOX, Site};
use crate::terminal::Start;

const PROD: &str = "o-8j81brsjuj";
const BOTH: [&str; 2] = ["--profiles", "prod,acquired"];

/// The demo organization is that of `prod` and `twin`, another one that of `acquired`. Nobody answers `gone`.
struct Payers {
    prod: Site,
    acquired: Emulator,
}

impl Payers {
    fn new() -> Self {
        let prod = Site::closed();
        let acquired = prod.beside(Options { accounts: Some(12), seed: 3, ..Options::default() });
        let trust = Switch::TrustedAccess(ServicePrincipal::account_management()).set(true);
        prod.turn(trust.clone());
        prod.turn_in(&acquired, trust);
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let key = prod.emulator.access_key(Identity::Management);
        let profile = |name: &str, endpoint: &str| {
            format!(
                "[profile {name}]\nregion = us-east-1\nendpoint_url = {endpoint}\naws_access_key_id = {}\n\
                 aws_secret_access_key = {}\n\n",
                key.id, key.secret
            )
        };
        let config = [
            profile("prod", &prod.emulator.endpoint_url()),
            profile("twin", &prod.emulator.endpoint_url()),
            profile("acquired", &acquired.endpoint_url()),
            profile("gone", &format!("http://{free}")),
        ];
        fs::create_dir_all(prod.home.path().join(".aws")).unwrap();
        fs::write(prod.home.path().join(".aws/config"), config.concat()).unwrap();
        Self { prod, acquired }
    }

    /// With every gate of centralized root access open.
    fn open() -> Self {
        let payers = Self::new();
        payers.prod.open_gates(&payers.prod.emulator);
        payers.prod.open_gates(&payers.acquired);
        payers
    }

    fn command(&self, arguments: &[&str]) -> Command {
        program(&self.prod.home, arguments)
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        self.command(arguments).output().unwrap().into()
    }

    fn both(&self, arguments: &[&str]) -> Ended {
        self.run(&[&BOTH, arguments].concat())
    }

    /// The id and name of an active member account of the other organization.
    fn member_of_acquired(&self) -> (String, String) {
        let ended = self.run(&["--profile", "acquired", "accounts", "--state", "active", "-o", "json"]);
        let rows = ended.expect(0, &[]).json();
        let text = |field: &str| rows[3][field].as_str().unwrap().to_owned();
        (text("account_id"), text("account_name"))
    }

    /// How many requests for `operation` have arrived, in each.
    fn arrived(&self, operation: &str) -> (usize, usize) {
        let count = |emulator: &Emulator| emulator.requests().iter().filter(|(_, name)| name == operation).count();
        (count(&self.prod.emulator), count(&self.acquired))
    }
}

/// How many rows each profile has.
fn count(rows: &Value, profile: &str) -> usize {
    rows.as_array().unwrap().iter().filter(|row| row["profile"] == profile).count()
}

#[test]
fn the_accounts_of_two_organizations_are_one_listing() {
    let payers = Payers::new();
    let ended = payers.both(&["accounts", "-o", "json"]);
    let rows = ended.expect(0, &["organizations: prod (o-8j81brsjuj), acquired (o-"]).json();
    assert_eq!((count(&rows, "prod"), count(&rows, "acquired")), (41, 12));
    let organizations: BTreeSet<(&str, &str)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["profile"].as_str().unwrap(), row["organization_id"].as_str().unwrap()))
        .collect();
    assert_eq!(organizations.len(), 2, "{organizations:?}");
    assert!(organizations.contains(&("prod", PROD)));

    let csv = payers.both(&["accounts", "-o", "csv"]).stdout;
    assert!(csv.starts_with("organization_id,profile,account_id,account_name,"), "{csv}");
    assert_eq!((csv.lines().count(), csv.matches("organization_id").count()), (1 + 41 + 12, 1));

    let table = payers.both(&["accounts"]).stdout;
    assert!(table.starts_with("ORG       ACCOUNT "), "{table}");
    assert!(table.contains("\nprod      444455556666  sandbox-07") && table.contains("\nacquired  "), "{table}");

    let lines = payers.both(&["accounts", "-o", "ndjson"]).stdout;
    let each: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((each.len(), count(&Value::Array(each), "acquired")), (53, 12));
}

#[test]
fn one_profile_has_the_output_that_it_has_alone() {
    let payers = Payers::new();
    let alone = payers.run(&["--profile", "acquired", "accounts", "-o", "json"]);
    let one = payers.run(&["--profiles", "acquired", "accounts", "-o", "json"]);
    assert_eq!((one.code, &one.stdout, &one.stderr), (Some(0), &alone.stdout, &alone.stderr));
    assert_eq!(one.json()[0].get("profile"), None);
}

#[test]
fn one_that_can_not_be_asked_keeps_none_of_the_others_and_is_told() {
    let payers = Payers::new();
    let ended = payers.run(&["--profiles", "gone,prod", "accounts", "-o", "json"]);
    let rows = ended.expect(3, &["rootdeck: gone: ", "exit codes: prod (o-8j81brsjuj) 0, gone 1"]).json();
    assert_eq!((rows.as_array().unwrap().len(), count(&rows, "prod")), (41, 41));

    payers.acquired.inject("expired-token=1".parse().unwrap());
    let ended = payers.both(&["accounts", "-o", "json"]);
    ended.expect(3, &["rootdeck: acquired: ", "ExpiredToken", "acquired 4"]);
    assert_eq!(count(&ended.json(), "prod"), 41);

    let ended = payers.run(&["--profiles", "gone,acquired", "accounts", "-o", "json"]);
    ended.expect(4, &["rootdeck: gone: ", "rootdeck: acquired: "]);
    assert_eq!(ended.stdout, "", "no listing is no empty listing");
}

#[test]
fn two_profiles_of_one_organization_are_taken_once() {
    let payers = Payers::new();
    payers.run(&["--profile", "prod", "accounts"]).expect(0, &[]);
    let (pages, _) = payers.arrived("ListAccounts");
    let ended = payers.run(&["--profiles", "prod,twin", "accounts", "-o", "json"]);
    let rows = ended.expect(0, &["twin: also o-8j81brsjuj, the organization of prod: taken once"]).json();
    assert_eq!((rows.as_array().unwrap().len(), count(&rows, "prod")), (41, 41));
    assert_eq!(payers.arrived("ListAccounts").0, 2 * pages);
}

#[test]
fn an_account_decides_where_a_change_is_made() {
    let payers = Payers::new();
    let (id, name) = payers.member_of_acquired();
    let ended = payers.both(&["accounts", "rename", &id, "renamed", "--yes", "-o", "json"]);
    let title = "rootdeck: acquired (o-";
    ended.expect(0, &[title, "aws account put-account-name", "--profile acquired"]);
    assert_eq!(payers.arrived("PutAccountName"), (0, 1));
    // By its name as well, which only the other organization has.
    payers.both(&["accounts", "rename", "renamed", &name, "--yes"]).expect(0, &[]);
    payers.both(&["accounts", "rename", SANDBOX, "another", "--yes"]).expect(0, &["rootdeck: prod (o-8j81brsjuj): "]);
    assert_eq!(payers.arrived("PutAccountName"), (1, 2));

    let journal = |profiles: [&str; 2]| payers.run(&[&profiles[..], &["journal", "-o", "json"]].concat()).json();
    let accounts = |rows: &Value| {
        let each = rows.as_array().unwrap().iter().map(|row| row["account_id"].as_str().unwrap().to_owned());
        each.collect::<Vec<_>>()
    };
    assert_eq!(accounts(&journal(["--profile", "prod"])), [SANDBOX]);
    assert_eq!(accounts(&journal(["--profile", "acquired"])), [id.as_str(), id.as_str()]);
    let all = journal(BOTH);
    assert_eq!((count(&all, "prod"), count(&all, "acquired")), (1, 2));
}

#[test]
fn a_person_is_told_the_organization_before_the_question() {
    let payers = Payers::new();
    let (id, _) = payers.member_of_acquired();
    let arguments = [&BOTH[..], &["accounts", "rename", &id, "renamed"]].concat();
    let mut terminal = Start::new(&arguments).home(payers.prod.home.path()).run();
    terminal.sees("acquired (o-").sees("Continue? [y/N]").types("n\r").sees("nothing was changed");
    assert_eq!(terminal.ends().exit_code(), 1);
    assert_eq!(payers.arrived("PutAccountName"), (0, 0));
}

#[test]
fn a_name_of_two_organizations_is_refused_and_an_id_of_none() {
    let payers = Payers::new();
    let (id, name) = payers.member_of_acquired();
    payers.run(&["--profile", "acquired", "accounts", "rename", &id, "sandbox-07", "--yes"]).expect(0, &[]);
    let start = |account: &str| payers.both(&["email", "start", account, "new@example.com", "--yes"]);
    let both = [format!("{SANDBOX} in prod (o-8j81brsjuj)"), format!("{id} in acquired (o-")];
    start("Sandbox-07").expect(2, &[both[0].as_str(), both[1].as_str()]);
    start("999900000001").expect(2, &["no account 999900000001 in prod (o-8j81brsjuj), acquired (o-"]);
    start(&name).expect(2, &["no account"]);
    assert_eq!(payers.arrived("StartPrimaryEmailUpdate"), (0, 0));

    // Whether a name is one account's alone is not known where one can't be asked.
    let rename =
        |account: &str| payers.run(&["--profiles", "prod,gone", "accounts", "rename", account, "another", "--yes"]);
    rename("sandbox-01").expect(1, &["gone", "use an id"]);
    rename(SANDBOX).expect(0, &[]);
    assert_eq!(payers.arrived("PutAccountName"), (1, 1));
}

#[test]
fn changes_are_made_in_one_organization_at_a_time() {
    let payers = Payers::new();
    let (id, _) = payers.member_of_acquired();
    let delete =
        |accounts: &[&str]| payers.both(&[&["contacts", "delete", "--type", "security", "--yes"], accounts].concat());
    delete(&[SANDBOX, &id]).expect(2, &["in several organizations", SANDBOX, &id]);
    for arguments in [
        &["contacts", "delete", "--type", "security", "all", "--yes"][..],
        &["trust", "enable", "iam.amazonaws.com", "--yes"],
        &["delegated-admins", "register", CLEAN, "iam.amazonaws.com", "--yes"],
        &["report"],
    ] {
        payers.both(arguments).expect(2, &["--profile (one of prod, acquired)"]);
    }
    assert_eq!(payers.arrived("DeleteAlternateContact"), (0, 0));
    // Those of the beginning.
    assert_eq!(payers.arrived("EnableAWSServiceAccess"), (1, 1));
}

#[test]
fn an_audit_covers_both_and_ends_with_the_worst() {
    let payers = Payers::open();
    let ended = payers.both(&["audit", "-o", "json"]);
    let rows = ended.expect(3, &["exit codes: prod (o-8j81brsjuj) 3, acquired (o-"]).json();
    assert_eq!((count(&rows, "prod"), count(&rows, "acquired")), (41, 12));
    let finding = payers.both(&["audit", "--fail-on", "finding", NORTHWIND, "-o", "ndjson"]);
    finding.expect(1, &[]);
    let row: Value = serde_json::from_str(&finding.stdout).unwrap();
    assert_eq!((&row["profile"], &row["account_id"]), (&"prod".into(), &NORTHWIND.into()));
    // Each in its own organization.
    let (id, _) = payers.member_of_acquired();
    let rows = payers.both(&["audit", &format!("{CLEAN},{id}"), "-o", "json"]).expect(0, &[]).json();
    assert_eq!((count(&rows, "prod"), count(&rows, "acquired")), (1, 1));
}

#[test]
fn each_listing_has_both() {
    let payers = Payers::new();
    payers.both(&["accounts"]).expect(0, &[]);
    for (listing, least) in [
        (&["status"][..], 1),
        (&["contacts", "list"], 12),
        (&["trust", "list"], 1),
        (&["features", "list"], 1),
        (&["email", "status", "all"], 0),
        (&["email", "plans", "list"], 0),
        (&["recovery", "list"], 0),
        (&["findings"], 0),
    ] {
        let ended = payers.both(&[listing, &["-o", "json"]].concat());
        let rows = ended.json();
        let counts = (count(&rows, "prod"), count(&rows, "acquired"));
        assert!(counts.0 >= least && counts.1 >= least, "{listing:?}: {counts:?} {}", ended.stderr);
    }
    let status = payers.both(&["status"]).expect(0, &[]).stdout.clone();
    let places = [status.find("prod (o-8j81brsjuj)\n"), status.find("acquired (o-")];
    assert!(places[0].is_some() && places[0] < places[1], "{status}");
}

#[test]
fn profiles_come_from_the_configuration_unless_one_is_named() {
    let payers = Payers::new();
    fs::create_dir_all(payers.prod.home.path().join(".config/rootdeck")).unwrap();
    let file = payers.prod.home.path().join(".config/rootdeck/config.toml");
    fs::write(&file, "profiles = [\"prod\", \"acquired\"]\n").unwrap();
    let rows = |ended: Ended| ended.expect(0, &[]).json().as_array().unwrap().len();
    let list = ["accounts", "-o", "json"];
    assert_eq!(rows(payers.run(&list)), 53);
    assert_eq!(rows(payers.run(&[&["--profile", "acquired"], &list[..]].concat())), 12);
    for (name, value) in
        [("AWS_PROFILE", "acquired"), ("ROOTDECK_PROFILE", "acquired"), ("ROOTDECK_PROFILES", "acquired")]
    {
        assert_eq!(rows(Ended::from(payers.command(&list).env(name, value).output().unwrap())), 12, "{name}");
    }
    let config = payers.run(&["config"]);
    assert!(config.stdout.contains("profiles = [\"prod\", \"acquired\"]  # "), "{}", config.stdout);
    fs::write(&file, "profiles = [\"prod\", 7]\n").unwrap();
    payers.run(&["config"]).expect(2, &["`profiles` is a list of profile names", "line 1"]);
}

#[test]
fn one_profile_or_several_are_named() {
    let both = ["--profile", "a", "--profiles", "b,c", "accounts"];
    run(&both).expect(2, &["--profile is for one organization, --profiles for several"]);
    run(&["--profiles", "a,", "accounts"]).expect(2, &["expected names of profiles"]);
    let payers = Payers::new();
    let mut command = payers.command(&["--profile", "acquired", "accounts", "-o", "json"]);
    let typed = Ended::from(command.env("ROOTDECK_PROFILES", "prod,twin").output().unwrap());
    assert_eq!(typed.expect(0, &[]).json().as_array().unwrap().len(), 12);
}

#[test]
fn the_demo_has_another_organization_to_try_it_with() {
    let ended = run(&["--demo", "--profiles", "management,acquired", "accounts", "-o", "json"]);
    let rows = ended.expect(0, &[]).json();
    assert_eq!((count(&rows, "management"), count(&rows, "acquired")), (41, 24));
    run(&["--demo", "--profiles", "management,prod", "accounts"]).expect(2, &["the demo has no profile prod"]);
}
