//! What AWS holds, whatever the program says.

use std::sync::Arc;

use rootdeck::domain::account::AccountId;
use rootdeck::domain::account_change::AccountChange;
use rootdeck::domain::change::{Change, Switch};
use rootdeck::domain::contacts::{AlternateKind, ContactKind};
use rootdeck::domain::policy_holder::PolicyHolder;
use rootdeck::domain::root_change::RootChange;
use rootdeck::domain::root_credentials::{AuditDepth, RootCredential};
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::emulator::{Held, HeldAccount};
use rootdeck::engine::Engine;
use rootdeck::store::Store;
use serde_json::json;

use crate::office::Office;

/// The caller of the office, with records of their own.
pub(crate) fn observer(office: &Office) -> Engine {
    office.engine_on(Arc::new(Store::in_memory().scope(None, Some("http://127.0.0.1:1"))))
}

/// How many one-time passwords were sent to the address of a start.
pub(crate) fn passwords(office: &Office, change: &Change) -> usize {
    let Change::StartEmailChange { new, .. } = change else { return 0 };
    let mails = office.emulator.mail();
    mails.iter().filter(|mail| new.same_mailbox(&mail.to) && mail.subject.starts_with("Verify")).count()
}

/// Whether it is as `change` was to make it; of a start, whether more than `before` passwords were sent.
pub(crate) fn holds(office: &Office, change: &Change, before: usize) -> bool {
    let held = office.emulator.held();
    match change {
        Change::Switch { which: Switch::TrustedAccess(service), on } => {
            held.trusted_services.contains(service.as_str()) == *on
        }
        Change::Switch { which: Switch::RootFeature(feature), on } => {
            let now = match feature {
                RootFeature::RootSessions => held.root_sessions,
                RootFeature::RootCredentialsManagement => held.root_credentials_management,
            };
            now == *on
        }
        Change::Delegation { account, service, register } => {
            held.delegations.contains(&(service.as_str().to_owned(), account.to_string())) == *register
        }
        Change::StartEmailChange { .. } => passwords(office, change) > before,
        Change::AcceptEmailChange { account, .. } => {
            let change = &held.accounts[&account.to_string()].email_change;
            change.as_ref().is_some_and(|(status, _)| status == "ACCEPTED" || status == "COMPLETED")
        }
        Change::Account { account, change, .. } => account_holds(&held.accounts[&account.to_string()], change),
        Change::Root { account, change } => root_holds(&held, *account, change),
    }
}

fn account_holds(account: &HeldAccount, change: &AccountChange) -> bool {
    let kind = |kind: &AlternateKind| match kind {
        AlternateKind::Security => "SECURITY",
        AlternateKind::Operations => "OPERATIONS",
        AlternateKind::Billing => "BILLING",
    };
    match change {
        AccountChange::PutContact(of, wanted, _) => {
            let wanted = json!({
                "Name": wanted.name,
                "Title": wanted.title,
                "EmailAddress": wanted.email,
                "PhoneNumber": wanted.phone,
            });
            account.contacts.get(kind(of)) == Some(&wanted)
        }
        AccountChange::DeleteContact(of, _) => !account.contacts.contains_key(kind(of)),
        AccountChange::PutPrimaryContact(wanted) => {
            account.primary_contact.as_ref().is_some_and(|contact| contact["FullName"] == wanted.name.as_str())
        }
        AccountChange::Rename { new, .. } => account.name == new.as_str(),
    }
}

fn root_holds(held: &Held, id: AccountId, change: &RootChange) -> bool {
    let account = &held.accounts[&id.to_string()];
    let policy = |holder: &PolicyHolder| {
        let arn = match holder {
            PolicyHolder::Bucket { name, .. } => format!("arn:aws:s3:::{name}"),
            PolicyHolder::Queue { url, region } => {
                format!("arn:aws:sqs:{region}:{id}:{}", url.rsplit('/').next().unwrap())
            }
        };
        held.policies[&arn].clone()
    };
    match change {
        RootChange::DeleteCredential(RootCredential::Password) | RootChange::ClosePasswordRecovery => !account.password,
        RootChange::DeleteCredential(
            RootCredential::AccessKey(id) | RootCredential::SigningCertificate(id) | RootCredential::MfaDevice(id),
        ) => !account.credentials.contains(id),
        RootChange::AllowPasswordRecovery => account.password,
        RootChange::DeletePolicy(holder) => policy(holder).is_none(),
        RootChange::PutPolicy(holder, text) => policy(holder).as_deref() == Some(text.as_str()),
    }
}

/// Reads, as the program does, what shows whether `change` was made.
pub(crate) async fn look(engine: &Engine, observer: &Engine, change: &Change) {
    match change {
        Change::Switch { which: Switch::TrustedAccess(_), .. } => {
            engine.trusted_access().await.ok();
        }
        Change::Switch { which: Switch::RootFeature(_), .. } => {
            engine.root_features().await.ok();
        }
        Change::Delegation { .. } => {
            engine.delegated_administrators().await.ok();
        }
        Change::StartEmailChange { account, .. } | Change::AcceptEmailChange { account, .. } => {
            let (_, _) = tokio::join!(engine.email_change(*account), engine.primary_email(*account));
        }
        Change::Account { account, .. } => {
            let (_, _) = tokio::join!(engine.contacts(*account, &ContactKind::ALL), engine.account(*account));
        }
        Change::Root { account, change } => {
            let account = observer.account(*account).await.unwrap();
            match change {
                RootChange::DeletePolicy(holder) | RootChange::PutPolicy(holder, _) => {
                    engine.policy(&account, holder).await.ok();
                }
                _ => {
                    engine.audit(&account, AuditDepth::Deep).await;
                }
            }
        }
    }
}
