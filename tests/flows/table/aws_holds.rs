//! What AWS holds, read by somebody whom no fault touches.

use std::sync::Arc;

use rootdeck::domain::account::AccountId;
use rootdeck::domain::account_change::AccountChange;
use rootdeck::domain::change::{Change, Switch};
use rootdeck::domain::contacts::{Contact, ContactKind, Contacts};
use rootdeck::domain::email_change::EmailChangeStatus as Status;
use rootdeck::domain::root_change::RootChange;
use rootdeck::domain::root_credentials::AuditDepth;
use rootdeck::engine::Engine;
use rootdeck::store::Store;

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
pub(crate) async fn holds(office: &Office, observer: &Engine, change: &Change, before: usize) -> bool {
    match change {
        Change::Switch { which: Switch::TrustedAccess(service), on } => {
            observer.trusted_access().await.unwrap().is_on(service) == *on
        }
        Change::Switch { which: Switch::RootFeature(feature), on } => {
            observer.root_features().await.unwrap().is_on(*feature) == Some(*on)
        }
        Change::Delegation { account, service, register } => {
            let all = observer.delegated_administrators().await.unwrap();
            let is_one = |delegate: &&rootdeck::domain::trusted_access::DelegatedAdministrator| {
                delegate.account == *account && delegate.services.iter().any(|(of, _)| of == service)
            };
            all.iter().any(|delegate| is_one(&delegate)) == *register
        }
        Change::StartEmailChange { .. } => passwords(office, change) > before,
        Change::AcceptEmailChange { account, .. } => {
            let status = observer.email_change(*account).await.unwrap().status;
            matches!(status, Status::Accepted | Status::Completed)
        }
        Change::Account { account, change, .. } => account_holds(observer, *account, change).await,
        Change::Root { account, change } => root_holds(observer, *account, change).await,
    }
}

async fn account_holds(observer: &Engine, account: AccountId, change: &AccountChange) -> bool {
    match change {
        AccountChange::PutContact(kind, wanted) => {
            alternate(&contacts(observer, account).await, *kind) == &Contact::Present((**wanted).clone())
        }
        AccountChange::DeleteContact(kind) => alternate(&contacts(observer, account).await, *kind) == &Contact::Absent,
        AccountChange::PutPrimaryContact(wanted) => {
            contacts(observer, account).await.primary == Contact::Present((**wanted).clone())
        }
        AccountChange::Rename { new, .. } => observer.account(account).await.unwrap().name == new.as_str(),
    }
}

async fn contacts(engine: &Engine, account: AccountId) -> Contacts {
    engine.contacts(account, &ContactKind::ALL).await
}

fn alternate(
    contacts: &Contacts,
    kind: rootdeck::domain::contacts::AlternateKind,
) -> &Contact<rootdeck::domain::contacts::AlternateContact> {
    use rootdeck::domain::contacts::AlternateKind as K;
    match kind {
        K::Security => &contacts.security,
        K::Operations => &contacts.operations,
        K::Billing => &contacts.billing,
    }
}

async fn root_holds(observer: &Engine, id: AccountId, change: &RootChange) -> bool {
    let account = observer.account(id).await.unwrap();
    match change {
        RootChange::DeleteCredential(credential) => {
            !observer.audit(&account, AuditDepth::Deep).await.shows(credential).unwrap()
        }
        RootChange::AllowPasswordRecovery => !observer.audit(&account, AuditDepth::Deep).await.password.is_absent(),
        RootChange::ClosePasswordRecovery => observer.audit(&account, AuditDepth::Deep).await.password.is_absent(),
        RootChange::DeletePolicy(holder) => observer.policy(&account, holder).await.unwrap().is_none(),
        RootChange::PutPolicy(holder, text) => {
            observer.policy(&account, holder).await.unwrap().is_some_and(|there| *there == **text)
        }
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
            let (_, _) = tokio::join!(contacts(engine, *account), engine.account(*account));
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
