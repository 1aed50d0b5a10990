//! Several organizations side by side.

use rootdeck::emulator::{Identity, Options};

use crate::aws::Aws;
use crate::terminal::{Start, Terminal};

/// A home with a profile for each organization.
fn home(all: &[(&str, &Aws)]) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join(".aws")).unwrap();
    let profile = |(name, aws): &(&str, &Aws)| {
        let key = aws.emulator.access_key(Identity::Management);
        let (id, secret, url) = (key.id, key.secret, aws.emulator.endpoint_url());
        format!(
            "[profile {name}]\nregion = us-east-1\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n\
             endpoint_url = {url}\n"
        )
    };
    std::fs::write(home.path().join(".aws/config"), all.iter().map(profile).collect::<String>()).unwrap();
    home
}

fn acquired() -> Aws {
    Aws::with(Options { accounts: Some(12), seed: 7, ..Options::default() })
}

fn opened(home: &tempfile::TempDir) -> Terminal {
    let arguments = ["--profiles", "prod,acquired"];
    Start::new(&arguments).home(home.path()).set("AWS_EC2_METADATA_DISABLED", "true").run()
}

#[test]
fn two_organizations_are_listed_side_by_side_and_a_change_goes_to_its_own() {
    let (first, second) = (Aws::new(), acquired());
    let home = home(&[("prod", &first), ("acquired", &second)]);
    let mut terminal = opened(&home);
    terminal.sees("Accounts · 53").sees("ORG");
    terminal.types("/org:acq\r").sees("12 of 53").sees("2/2 acquired");
    // The question names the organization, and the change is sent there.
    terminal.types("4").sees("account.amazonaws.com").types("t").sees("acquired · o-").types("\r");
    second.awaits("EnableAWSServiceAccess", 1);
    assert_eq!(first.arrived("EnableAWSServiceAccess"), 0);
    terminal.sees("account.amazonaws.com enabled (verified)");
    terminal.types("W").sees("1/2 prod").types("W").sees("2/2 acquired");
    assert!(terminal.types("q").ends().success());
}

#[test]
fn an_organization_without_credentials_is_named_and_the_other_one_works() {
    let second = acquired();
    let home = home(&[("acquired", &second)]);
    let mut terminal = opened(&home);
    terminal.sees("Accounts · 12").sees("prod not connected").sees("2/2 acquired");
    terminal.types("W").sees("No connection to AWS").sees("1/2 prod").types("W").sees("Accounts · 12");
    assert!(terminal.types("q").ends().success());
}
