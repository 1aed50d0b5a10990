//! Reads of the organization and its accounts.

use jiff::Timestamp;

use super::progress;
use super::shared::Engine;
use crate::aws::{account, iam, organizations};
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::ApiError;
use crate::domain::email_change::{EmailChangeReport, StartedEmailChange};
use crate::domain::finding::Finding;
use crate::domain::journal::{Binding, JournalEntry};
use crate::domain::organization::Organization;
use crate::domain::records::TimedListing;
use crate::domain::resolution::Evidence;
use crate::domain::root_feature::RootFeatures;
use crate::domain::trusted_access::{DelegatedAdministrator, TrustedAccess};
use crate::domain::view_choice::ViewChoice;

impl Engine {
    /// The organization of the caller's account. The records are bound to it; if that fails, reading continues and
    /// writing is refused.
    ///
    /// # Errors
    /// If AWS refuses, or does not answer; `NotInOrganization` if there is none.
    pub async fn organization(&self) -> Result<Organization, ApiError> {
        let organization = organizations::organization(self.clients()).await?;
        let moved = {
            let mut known = self.known();
            let moved = known.organization.as_ref().is_some_and(|before| before.id != organization.id);
            known.organization = Some(organization.clone());
            known.bound &= !moved;
            if moved {
                // The role of the account in the other one says nothing about this one.
                (known.org_role, known.member) = (None, None);
            }
            moved
        };
        if moved {
            tracing::warn!("the caller's account is in another organization than before");
        }
        if let Err(error) = self.bind(&organization).await {
            tracing::error!(message = error.message, "the records could not be bound to the organization");
        }
        Ok(organization)
    }

    /// As it was last read.
    pub fn known_organization(&self) -> Option<Organization> {
        self.known().organization.clone()
    }

    /// One account. `NotFound` if the organization has none with this id.
    pub async fn account(&self, id: AccountId) -> Result<Account, ApiError> {
        organizations::account(self.clients(), id).await
    }

    /// The listing that is kept on this machine, and when it was made; before the organization is known, of the last
    /// run with this profile and endpoint.
    pub async fn last_listing(&self) -> Result<Option<TimedListing>, ApiError> {
        self.keep(|records| records.last_listing()).await
    }

    /// How many accounts the last listing has; 0 if there is none.
    pub async fn last_listing_length(&self) -> Result<usize, ApiError> {
        self.keep(|records| records.last_listing_length()).await
    }

    /// Whether the last complete listing was stored, and so compared with the one before.
    ///
    /// # Errors
    /// Why not: a local error, or the organization is not known yet.
    pub fn listing_kept(&self) -> Result<(), ApiError> {
        self.known().unkept.clone().map_or(Ok(()), Err)
    }

    /// The services whose trusted access is on.
    pub async fn trusted_access(&self) -> Result<TrustedAccess, ApiError> {
        let trusted = organizations::trusted_access(self.clients()).await?;
        self.settle_by(Evidence::TrustedAccess(trusted.clone()), None).await;
        Ok(trusted)
    }

    /// The root features. After an error they are unknown, not off.
    pub async fn root_features(&self) -> Result<RootFeatures, ApiError> {
        let features = iam::root_features(self.clients()).await?;
        self.settle_by(Evidence::RootFeatures(features.clone()), None).await;
        Ok(features)
    }

    /// The delegated administrators, each with its services.
    pub async fn delegated_administrators(&self) -> Result<Vec<DelegatedAdministrator>, ApiError> {
        let mut administrators = Vec::new();
        for (account, name) in organizations::delegates(self.clients()).await? {
            let services = organizations::delegated_services(self.clients(), account).await?;
            administrators.push(DelegatedAdministrator { account, name, services });
        }
        self.settle_by(Evidence::Delegates(administrators.clone()), None).await;
        Ok(administrators)
    }

    /// The primary email of a member account.
    pub async fn primary_email(&self, account: AccountId) -> Result<String, ApiError> {
        account::primary_email(self.clients(), account).await
    }

    /// The status of a member account's email change. If it was started here, its record is updated.
    pub async fn email_change(&self, account: AccountId) -> Result<EmailChangeReport, ApiError> {
        let report = account::email_change(self.clients(), account).await?;
        self.follow(account, &report).await;
        self.settle_by(Evidence::Email { report: report.clone(), primary: None }, Some(account)).await;
        Ok(report)
    }

    /// The newest of each account.
    pub(crate) async fn started_email_changes(&self) -> Result<Vec<StartedEmailChange>, ApiError> {
        self.keep(|records| records.started()).await
    }

    /// Saves the address, as entered by a person, of a change that was started elsewhere.
    pub async fn adopt_email_change(&self, change: StartedEmailChange) -> Result<(), ApiError> {
        self.bound_organization().await?;
        self.keep(move |records| records.record_start(&change)).await
    }

    /// Forgets the changes of an account that were started here. At AWS the one-time password stays valid for 24 hours.
    pub async fn forget_email_change(&self, account: AccountId) -> Result<(), ApiError> {
        self.bound_organization().await?;
        self.keep(move |records| records.forget(account)).await
    }

    /// The unread findings.
    pub async fn findings(&self) -> Result<Vec<Finding>, ApiError> {
        self.keep(|records| records.findings()).await
    }

    /// The percentage of AWS's request quotas that calls use now: less for a while after AWS throttled this copy of the
    /// program, or another one on this machine. `None` where calls are not held back.
    pub async fn request_rate(&self) -> Option<u8> {
        self.clients().pace.rate().await
    }

    /// Marks these findings as read.
    pub async fn acknowledge(&self, findings: Vec<i64>) -> Result<(), ApiError> {
        self.keep(move |records| records.acknowledge(&findings)).await
    }

    /// Keeps how a view was left.
    pub async fn keep_view(&self, choice: ViewChoice) -> Result<(), ApiError> {
        self.keep(move |records| records.save_view_choice(&choice)).await
    }

    pub(crate) async fn journal_entries(&self, limit: usize) -> Result<Vec<JournalEntry>, ApiError> {
        self.keep(move |records| records.journal(limit)).await
    }

    /// Updates the record of a change if `report` is about it; otherwise records an alarm.
    pub(super) async fn follow(&self, account: AccountId, report: &EmailChangeReport) {
        if !self.known().bound {
            return;
        }
        let (report, now) = (report.clone(), Timestamp::now());
        let followed = self
            .keep(move |records| {
                let started = records.started()?;
                let progress = started
                    .iter()
                    .find(|change| change.account == account)
                    .and_then(|change| progress::shown_by(&report, change));
                progress.map_or(Ok(()), |progress| records.set_progress(account, progress))?;
                records.note_report(account, &report, now)
            })
            .await;
        if let Err(error) = followed {
            tracing::error!(message = error.message, "the record of an email change could not be brought up to date");
        }
    }

    pub(super) async fn bind(&self, organization: &Organization) -> Result<(), ApiError> {
        if self.known().bound {
            return Ok(());
        }
        let partition = self.caller().partition().to_owned();
        let binding = Binding { partition, organization: organization.id.clone() };
        let now = self.now();
        let bound = self.keep(move |records| {
            records.bind(&binding)?;
            // Not before AWS has told the time: this machine's clock may be years ahead.
            records.take_away_old(now);
            Ok(())
        });
        match bound.await {
            Ok(()) => self.known().bound = true,
            Err(error) if self.goes_on_without(&error) => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }
}
