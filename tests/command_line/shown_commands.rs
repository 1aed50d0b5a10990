//! The command lines that dialogs and subcommands show, run as they stand in a shell in which the AWS CLI is a
//! stand-in that takes down its arguments and whose credentials it was given.

use std::collections::BTreeSet;

use rootdeck::domain::account::AccountId;
use rootdeck::domain::account_change::{AccountChange, AccountName};
use rootdeck::domain::aws_command::AwsCommand;
use rootdeck::domain::change::{Change, Switch};
use rootdeck::domain::contacts::{AlternateContact, AlternateKind};
use rootdeck::domain::email::EmailAddress;
use rootdeck::domain::otp::Otp;
use rootdeck::domain::policy_holder::PolicyHolder;
use rootdeck::domain::root_change::{RootChange, audit_commands, shell_command};
use rootdeck::domain::root_credentials::{AuditDepth, RootCredential};
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::domain::root_session::SessionKey;
use rootdeck::domain::task_policy::TaskPolicy;
use rootdeck::domain::trusted_access::ServicePrincipal;

use crate::shell::{Call, PROFILE, Shell};
use crate::site::{SANDBOX, SHOP};

/// A policy in several lines, with what shells and terminals read in their own way.
const POLICY: &str =
    "{\n\t\"Version\": \"2012-10-17\",\n  \"Id\": \"it's $HOME `id` ! 税\\u202e\\\\\",\n  \"Statement\": []\n}\n";

fn id(text: &str) -> AccountId {
    text.parse().unwrap()
}

fn address() -> EmailAddress {
    EmailAddress::parse("o'neil+root@corp.example").unwrap()
}

fn account_change(change: AccountChange) -> Change {
    Change::Account { account: id(SANDBOX), is_own: false, change }
}

fn contact() -> AlternateContact {
    AlternateContact {
        name: "Nancy 'N' $HOME".into(),
        title: "`id`".into(),
        email: "soc@corp.example".into(),
        phone: "+1 (206)".into(),
    }
}

/// Every change of the organization, with the arguments of its call.
fn of_the_organization() -> Vec<(Change, Vec<&'static str>)> {
    let (service, account) = (ServicePrincipal::iam(), id(SANDBOX));
    let named = ["--account-id", SANDBOX, "--service-principal", "iam.amazonaws.com"];
    let email = ["--account-id", SANDBOX, "--primary-email", "o'neil+root@corp.example"];
    let otp = Otp::parse("482915").unwrap();
    let switched = |command| vec!["organizations", command, "--service-principal", "iam.amazonaws.com"];
    vec![
        (Switch::TrustedAccess(service.clone()).set(true), switched("enable-aws-service-access")),
        (Switch::TrustedAccess(service.clone()).set(false), switched("disable-aws-service-access")),
        (
            Switch::RootFeature(RootFeature::RootCredentialsManagement).set(true),
            vec!["iam", "enable-organizations-root-credentials-management"],
        ),
        (Switch::RootFeature(RootFeature::RootSessions).set(true), vec!["iam", "enable-organizations-root-sessions"]),
        (Switch::RootFeature(RootFeature::RootSessions).set(false), vec!["iam", "disable-organizations-root-sessions"]),
        (
            Switch::RootFeature(RootFeature::RootCredentialsManagement).set(false),
            vec!["iam", "disable-organizations-root-credentials-management"],
        ),
        (
            Change::Delegation { account, service: service.clone(), register: true },
            [&["organizations", "register-delegated-administrator"][..], &named].concat(),
        ),
        (
            Change::Delegation { account, service, register: false },
            [&["organizations", "deregister-delegated-administrator"][..], &named].concat(),
        ),
        (
            account_change(AccountChange::PutContact(AlternateKind::Security, Box::new(contact()), None)),
            vec![
                "account",
                "put-alternate-contact",
                "--account-id",
                SANDBOX,
                "--alternate-contact-type",
                "SECURITY",
                "--name",
                "Nancy 'N' $HOME",
                "--title",
                "`id`",
                "--email-address",
                "soc@corp.example",
                "--phone-number",
                "+1 (206)",
            ],
        ),
        (
            account_change(AccountChange::DeleteContact(AlternateKind::Billing, None)),
            vec!["account", "delete-alternate-contact", "--account-id", SANDBOX, "--alternate-contact-type", "BILLING"],
        ),
        (
            account_change(AccountChange::PutPrimaryContact(Box::default())),
            vec![
                "account",
                "put-contact-information",
                "--account-id",
                SANDBOX,
                "--contact-information",
                r#"{"City":"","CountryCode":"","FullName":"","PhoneNumber":"","PostalCode":""}"#,
            ],
        ),
        (
            account_change(AccountChange::Rename {
                old: "x".into(),
                new: AccountName::parse("it's $HOME `id`").unwrap(),
            }),
            vec!["account", "put-account-name", "--account-id", SANDBOX, "--account-name", "it's $HOME `id`"],
        ),
        (
            Change::StartEmailChange { account, old: "x@corp.example".into(), new: address() },
            [&["account", "start-primary-email-update"][..], &email].concat(),
        ),
        (
            Change::AcceptEmailChange { account, new: address(), otp: Some(otp) },
            [&["account", "accept-primary-email-update"][..], &email, &["--otp", "482915"]].concat(),
        ),
    ]
}

#[test]
fn what_changes_the_organization_is_called_by_whom_and_where_the_program_calls() {
    let shell = Shell::new();
    let endpoint = shell.site.emulator.endpoint_url();
    let caller = ["--profile", PROFILE, "--region", "eu-central-1", "--endpoint-url", &endpoint];
    for (change, arguments) in of_the_organization() {
        let text = change.command(&shell.caller).to_string();
        let calls = shell.run(&text, &[(&format!("OTP_{SANDBOX}"), "482915")]);
        assert_eq!(calls.len(), 1, "{text}");
        assert_eq!(calls[0].arguments, [&arguments[..], &caller].concat(), "{text}");
        assert!(calls[0].session.is_empty(), "{text}");
    }
}

#[test]
fn without_its_code_a_change_of_address_is_not_accepted() {
    let shell = Shell::new();
    let change = of_the_organization().pop().unwrap().0;
    assert_eq!(shell.run(&change.command(&shell.caller).to_string(), &[("OTP", "482915")]), []);
}

fn bucket() -> PolicyHolder {
    PolicyHolder::Bucket { name: "shop-prod-order-exports".into(), region: "eu-west-1".into() }
}

fn queue() -> PolicyHolder {
    PolicyHolder::Queue {
        url: format!("https://sqs.eu-west-1.amazonaws.com/{SHOP}/shop-prod-orders"),
        region: "eu-west-1".into(),
    }
}

/// Every change inside a member account, with the arguments of its call but for policies.
fn inside() -> Vec<(&'static str, RootChange, Vec<&'static str>)> {
    let delete = RootChange::DeleteCredential;
    let in_queue = [
        "sqs",
        "set-queue-attributes",
        "--queue-url",
        "https://sqs.eu-west-1.amazonaws.com/555500000103/shop-prod-orders",
    ];
    let in_bucket = |command| vec!["s3api", command, "--bucket", "shop-prod-order-exports"];
    vec![
        (SANDBOX, delete(RootCredential::Password), vec!["iam", "delete-login-profile"]),
        (SANDBOX, RootChange::ClosePasswordRecovery, vec!["iam", "delete-login-profile"]),
        (SANDBOX, RootChange::AllowPasswordRecovery, vec!["iam", "create-login-profile"]),
        (
            SANDBOX,
            delete(RootCredential::AccessKey("AKIAROOT".into())),
            vec!["iam", "delete-access-key", "--access-key-id", "AKIAROOT"],
        ),
        (
            SANDBOX,
            delete(RootCredential::SigningCertificate("TA7".into())),
            vec!["iam", "delete-signing-certificate", "--certificate-id", "TA7"],
        ),
        (
            SANDBOX,
            delete(RootCredential::MfaDevice("arn:aws:iam::444455556666:mfa/root account".into())),
            vec!["iam", "deactivate-mfa-device", "--serial-number", "arn:aws:iam::444455556666:mfa/root account"],
        ),
        (
            SHOP,
            RootChange::DeletePolicy(bucket()),
            [in_bucket("delete-bucket-policy"), vec!["--region", "eu-west-1"]].concat(),
        ),
        (
            SHOP,
            RootChange::DeletePolicy(queue()),
            [&in_queue[..], &["--attributes", r#"{"Policy":""}"#, "--region", "eu-west-1"]].concat(),
        ),
        (SHOP, RootChange::PutPolicy(bucket(), POLICY.into()), in_bucket("put-bucket-policy")),
        (SHOP, RootChange::PutPolicy(queue(), POLICY.into()), in_queue.to_vec()),
    ]
}

/// The number of a change's kind. A change that is new is tried in a shell, too.
fn kind(change: &Change) -> usize {
    match change {
        Change::Switch { which: Switch::TrustedAccess(_), on: true } => 0,
        Change::Switch { which: Switch::TrustedAccess(_), on: false } => 1,
        Change::Switch { which: Switch::RootFeature(RootFeature::RootCredentialsManagement), on: true } => 2,
        Change::Switch { which: Switch::RootFeature(RootFeature::RootSessions), on: true } => 3,
        Change::Switch { which: Switch::RootFeature(RootFeature::RootCredentialsManagement), on: false } => 4,
        Change::Switch { which: Switch::RootFeature(RootFeature::RootSessions), on: false } => 5,
        Change::Delegation { register: true, .. } => 6,
        Change::Delegation { register: false, .. } => 7,
        Change::StartEmailChange { .. } => 8,
        Change::AcceptEmailChange { .. } => 9,
        Change::Account { change, .. } => match change {
            AccountChange::PutContact(..) => 20,
            AccountChange::DeleteContact(..) => 21,
            AccountChange::PutPrimaryContact(_) => 22,
            AccountChange::Rename { .. } => 23,
        },
        Change::Root { change, .. } => match change {
            RootChange::DeleteCredential(credential) => match credential {
                RootCredential::Password => 10,
                RootCredential::AccessKey(_) => 11,
                RootCredential::SigningCertificate(_) => 12,
                RootCredential::MfaDevice(_) => 13,
            },
            RootChange::AllowPasswordRecovery => 14,
            RootChange::ClosePasswordRecovery => 15,
            RootChange::DeletePolicy(PolicyHolder::Bucket { .. }) => 16,
            RootChange::DeletePolicy(PolicyHolder::Queue { .. }) => 17,
            RootChange::PutPolicy(PolicyHolder::Bucket { .. }, _) => 18,
            RootChange::PutPolicy(PolicyHolder::Queue { .. }, _) => 19,
        },
    }
}

#[test]
fn every_kind_of_change_is_tried_here() {
    let of_the_organization = of_the_organization().into_iter().map(|(change, _)| change);
    let inside = inside().into_iter().map(|(account, change, _)| Change::Root { account: id(account), change });
    let kinds: BTreeSet<usize> = of_the_organization.chain(inside).map(|change| kind(&change)).collect();
    assert_eq!(kinds, (0..24).collect());
}

#[test]
fn what_is_done_in_a_member_account_is_done_as_its_root_and_never_as_the_caller() {
    let shell = Shell::new();
    let endpoint = shell.site.emulator.endpoint_url();
    for (account, change, arguments) in inside() {
        let text = change.command(id(account)).by(&shell.caller).to_string();
        assert!(!text.contains(['\n', '\t', '\u{202e}']), "one line: {text}");
        let calls = shell.run(&text, &[]);
        assert_eq!(calls.len(), 1, "{text}");
        let call = &calls[0];
        assert!(call.access_key.starts_with("ASIA") && call.has_token && call.profile.is_empty(), "{call:?}");
        assert_eq!(call.session, format!("{account}/{}", change.task()));
        assert!(call.arguments.starts_with(&arguments.iter().map(ToString::to_string).collect::<Vec<_>>()), "{call:?}");
        assert_eq!(call.arguments[call.arguments.len() - 2..], ["--endpoint-url", &endpoint]);
        if let RootChange::PutPolicy(..) = change {
            assert_eq!(policy_in(call), POLICY);
            assert!(call.arguments.windows(2).any(|pair| pair == ["--region", "eu-west-1"]), "{call:?}");
        }
    }
}

/// The policy that AWS would get.
fn policy_in(call: &Call) -> String {
    let value = |name: &str| call.arguments.iter().skip_while(|word| *word != name).nth(1);
    let member = value("--attributes").or_else(|| value("--cli-input-json")).unwrap();
    let member: serde_json::Value = serde_json::from_str(member).unwrap();
    member.get("Policy").and_then(serde_json::Value::as_str).unwrap().to_owned()
}

#[test]
fn a_policy_in_one_line_of_ascii_is_put_as_it_is() {
    let shell = Shell::new();
    let text = r#"{"Version":"2012-10-17","Id":"it's $HOME","Statement":[]}"#;
    let change = RootChange::PutPolicy(bucket(), text.into());
    let calls = shell.run(&change.command(id(SHOP)).by(&shell.caller).to_string(), &[]);
    assert!(calls[0].arguments.windows(2).any(|pair| pair == ["--policy", text]), "{calls:?}");
}

#[test]
fn several_commands_are_run_one_after_the_other_each_in_its_session() {
    let shell = Shell::new();
    let commands = audit_commands(id(SANDBOX), AuditDepth::Deep).into_iter().map(|command| command.by(&shell.caller));
    let text: Vec<String> = commands.map(|command: AwsCommand| command.to_string()).collect();
    let calls = shell.run(&text.join("\n"), &[]);
    let names: Vec<&str> = calls.iter().map(|call| call.arguments[1].as_str()).collect();
    assert_eq!(
        names,
        [
            "get-account-summary",
            "get-login-profile",
            "list-access-keys",
            "list-mfa-devices",
            "list-signing-certificates"
        ]
    );
    assert!(calls.iter().all(|call| call.session == format!("{SANDBOX}/IAMAuditRootUserCredentials")), "{calls:?}");
}

#[test]
fn a_session_for_a_shell_is_that_of_the_dialog() {
    let shell = Shell::new();
    let key = SessionKey { account: id(SHOP), task: TaskPolicy::UnlockQueuePolicy };
    let text = shell_command(key, 60).by(&shell.caller).to_string();
    let calls = shell.run(&text, &[]);
    assert_eq!(calls.len(), 1, "{text}");
    assert!(calls[0].access_key.starts_with("ASIA") && calls[0].session.starts_with(SHOP), "{calls:?}");
}
