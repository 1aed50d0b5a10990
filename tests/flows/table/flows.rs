//! The rows: what people do, and on which of its calls a fault strikes.

use std::time::Duration;

use rootdeck::domain::account::Account;
use rootdeck::domain::account_change::{AccountChange, AccountName};
use rootdeck::domain::change::{Change, Switch};
use rootdeck::domain::contacts::{AlternateContact, AlternateKind, PrimaryContact};
use rootdeck::domain::policy_holder::{PolicyHolder, QueueSearch};
use rootdeck::domain::root_change::RootChange;
use rootdeck::domain::root_credentials::RootCredential;
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::domain::task_policy::TaskPolicy;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::emulator::{Identity, Options};

use crate::office::{ACCEPT, OTHER, Office, SANDBOX, START, address, id, start};
use crate::root_audits::{CLEAN, FULL};

pub(crate) const NEW: &str = "root-sandbox@corp.example";
/// The account with buckets and queues.
pub(crate) const SHOP: &str = "555500000103";
/// A policy that locks nobody out.
const OPEN: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"Ours","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::555500000103:root"},"Action":"ACTION","Resource":"ARN"}]}"#;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    List,
    Start,
    Accept,
    Resend,
    Plan,
    TrustOn,
    TrustOff,
    FeatureOn,
    FeatureOff,
    Register,
    Deregister,
    Audit,
    Delete,
    AllowRecovery,
    CloseRecovery,
    DeleteBucketPolicy,
    PutBucketPolicy,
    DeleteQueuePolicy,
    PutQueuePolicy,
    Session,
    PutContact,
    DeleteContact,
    PutPrimaryContact,
    Rename,
}

/// A row: a flow, and the call that a fault strikes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) flow: Flow,
    pub(crate) operation: &'static str,
}

const fn row(flow: Flow, operation: &'static str) -> Row {
    Row { flow, operation }
}

pub(crate) const ROWS: &[Row] = &[
    row(Flow::List, "ListAccounts"),
    row(Flow::Start, START),
    row(Flow::Accept, ACCEPT),
    row(Flow::Resend, START),
    row(Flow::Plan, START),
    row(Flow::TrustOn, "EnableAWSServiceAccess"),
    row(Flow::TrustOff, "DisableAWSServiceAccess"),
    row(Flow::FeatureOn, "EnableOrganizationsRootSessions"),
    row(Flow::FeatureOff, "DisableOrganizationsRootSessions"),
    row(Flow::Register, "RegisterDelegatedAdministrator"),
    row(Flow::Deregister, "DeregisterDelegatedAdministrator"),
    row(Flow::Audit, "ListAccessKeys"),
    row(Flow::Audit, "AssumeRoot"),
    row(Flow::Delete, "DeleteLoginProfile"),
    row(Flow::Delete, "DeleteAccessKey"),
    row(Flow::Delete, "AssumeRoot"),
    row(Flow::AllowRecovery, "CreateLoginProfile"),
    row(Flow::CloseRecovery, "DeleteLoginProfile"),
    row(Flow::DeleteBucketPolicy, "DeleteBucketPolicy"),
    row(Flow::PutBucketPolicy, "PutBucketPolicy"),
    row(Flow::DeleteQueuePolicy, "SetQueueAttributes"),
    row(Flow::PutQueuePolicy, "SetQueueAttributes"),
    row(Flow::Session, "AssumeRoot"),
    row(Flow::PutContact, "PutAlternateContact"),
    row(Flow::DeleteContact, "DeleteAlternateContact"),
    row(Flow::PutPrimaryContact, "PutContactInformation"),
    row(Flow::Rename, "PutAccountName"),
];

/// What is asked of the engine.
#[derive(Clone, Debug)]
pub(crate) enum Work {
    /// One change; whether its password is sent again.
    Write(Box<Change>, bool),
    Plan(Vec<Account>),
    Delete(Account, Vec<RootCredential>),
    List,
    Audit(Account),
    Session(Account, TaskPolicy),
}

/// The addresses that a plan gives to accounts.
pub(crate) fn planned(accounts: &[Account]) -> Vec<(&Account, String)> {
    accounts.iter().zip(1..).map(|(account, nth)| (account, format!("root-{nth}@corp.example"))).collect()
}

pub(crate) fn contact(name: &str) -> AlternateContact {
    AlternateContact {
        name: name.into(),
        title: "Team".into(),
        email: "soc@corp.example".into(),
        phone: "+1 206 555 0100".into(),
    }
}

pub(crate) fn primary_contact(name: &str) -> PrimaryContact {
    PrimaryContact {
        name: name.into(),
        company: Some("Northwind".into()),
        address: vec!["1 Harbour Street".into()],
        city: "Seattle".into(),
        state: Some("WA".into()),
        district: None,
        postal_code: "98101".into(),
        country: "US".into(),
        phone: "+12065550100".into(),
        website: None,
    }
}

fn root(account: &str, change: RootChange) -> Work {
    Work::Write(Box::new(Change::Root { account: id(account), change }), false)
}

fn of_account(account: &str, change: AccountChange) -> Change {
    Change::Account { account: id(account), is_own: false, change }
}

fn write(change: Change) -> Work {
    Work::Write(Box::new(change), false)
}

impl Row {
    pub(crate) fn name(&self) -> String {
        format!("{:?} ({})", self.flow, self.operation)
    }

    /// An organization in which it can be done, and what is asked for.
    pub(crate) async fn prepare(&self) -> (Office, Work) {
        let delegates = match self.flow {
            Flow::TrustOn | Flow::TrustOff | Flow::Register | Flow::Deregister => Vec::new(),
            _ => vec![Identity::IamDelegate, Identity::AccountDelegate],
        };
        let office = Office::in_memory(Options { delegates, ..Options::default() }).await;
        let ours = ServicePrincipal::account_management();
        let work = match self.flow {
            Flow::List => Work::List,
            Flow::TrustOn => write(Switch::TrustedAccess(ours).set(true)),
            Flow::TrustOff => {
                office.trust(ours.clone()).await;
                write(Switch::TrustedAccess(ours).set(false))
            }
            Flow::FeatureOn => {
                office.write(Switch::RootFeature(RootFeature::RootSessions).set(false)).await;
                write(Switch::RootFeature(RootFeature::RootSessions).set(true))
            }
            Flow::FeatureOff => write(Switch::RootFeature(RootFeature::RootSessions).set(false)),
            Flow::Register | Flow::Deregister => {
                office.trust(ours.clone()).await;
                let register = self.flow == Flow::Register;
                if !register {
                    office.register(SANDBOX, &ours).await;
                }
                write(Change::Delegation { account: id(SANDBOX), service: ours, register })
            }
            Flow::Start | Flow::Accept | Flow::Resend | Flow::Plan => self.prepare_email(&office).await,
            Flow::Audit | Flow::Delete | Flow::AllowRecovery | Flow::CloseRecovery | Flow::Session => {
                self.prepare_root(&office).await
            }
            Flow::DeleteBucketPolicy | Flow::PutBucketPolicy | Flow::DeleteQueuePolicy | Flow::PutQueuePolicy => {
                self.prepare_policy(&office).await
            }
            Flow::PutContact | Flow::DeleteContact | Flow::PutPrimaryContact | Flow::Rename => {
                self.prepare_account(&office).await
            }
        };
        // What was prepared is not so close that it could be taken for what is done.
        office.advance(Duration::from_mins(20));
        (office, work)
    }

    async fn prepare_email(&self, office: &Office) -> Work {
        match self.flow {
            Flow::Accept => {
                office.start(SANDBOX, NEW).await;
                let otp = Some(office.code(NEW));
                write(Change::AcceptEmailChange { account: id(SANDBOX), new: address(NEW), otp })
            }
            Flow::Resend => {
                office.start(SANDBOX, NEW).await;
                Work::Write(Box::new(start(SANDBOX, NEW)), true)
            }
            Flow::Plan => {
                let (one, other) = tokio::join!(office.engine.account(id(SANDBOX)), office.engine.account(id(OTHER)));
                Work::Plan(vec![one.unwrap(), other.unwrap()])
            }
            _ => write(start(SANDBOX, NEW)),
        }
    }

    async fn prepare_root(&self, office: &Office) -> Work {
        match self.flow {
            Flow::AllowRecovery => root(CLEAN, RootChange::AllowPasswordRecovery),
            Flow::CloseRecovery => root(SANDBOX, RootChange::ClosePasswordRecovery),
            Flow::Session => {
                Work::Session(office.engine.account(id(SHOP)).await.unwrap(), TaskPolicy::UnlockBucketPolicy)
            }
            Flow::Audit => Work::Audit(office.engine.account(id(FULL)).await.unwrap()),
            _ => {
                let credentials =
                    vec![RootCredential::Password, RootCredential::AccessKey("AKIADEMONORTHWIND001".into())];
                Work::Delete(office.engine.account(id(FULL)).await.unwrap(), credentials)
            }
        }
    }

    async fn prepare_policy(&self, office: &Office) -> Work {
        let bucket = PolicyHolder::Bucket { name: "shop-prod-order-exports".into(), region: "ap-northeast-1".into() };
        let open = |action: &str, arn: &str| OPEN.replace("ACTION", action).replace("ARN", arn);
        match self.flow {
            Flow::DeleteBucketPolicy => root(SHOP, RootChange::DeletePolicy(bucket)),
            Flow::PutBucketPolicy => {
                let policy = open("s3:GetObject", "arn:aws:s3:::shop-prod-order-exports/*");
                root(SHOP, RootChange::PutPolicy(bucket, policy))
            }
            _ => {
                let account = office.engine.account(id(SHOP)).await.unwrap();
                let search = QueueSearch::One { queue: "shop-prod-orders".into(), region: "eu-west-1".into() };
                let queue = office.engine.queues(&account, &search).await.unwrap().queues.remove(0);
                let arn = format!("arn:aws:sqs:{}:{SHOP}:{}", queue.region, queue.name());
                let holder = PolicyHolder::Queue { url: queue.url, region: queue.region };
                let deletes = self.flow == Flow::DeleteQueuePolicy;
                let put = RootChange::PutPolicy(holder.clone(), open("sqs:SendMessage", &arn));
                root(SHOP, if deletes { RootChange::DeletePolicy(holder) } else { put })
            }
        }
    }

    async fn prepare_account(&self, office: &Office) -> Work {
        let put = |name: &str| AccountChange::PutContact(AlternateKind::Security, Box::new(contact(name)), None);
        let change = match self.flow {
            Flow::PutContact => put("SOC"),
            Flow::PutPrimaryContact => AccountChange::PutPrimaryContact(Box::new(primary_contact("Nancy Davolio"))),
            Flow::DeleteContact => {
                office.write(of_account(SANDBOX, put("Before"))).await;
                AccountChange::DeleteContact(AlternateKind::Security, None)
            }
            _ => AccountChange::Rename { old: "sandbox-07".into(), new: AccountName::parse("sandbox 7").unwrap() },
        };
        write(of_account(SANDBOX, change))
    }
}
