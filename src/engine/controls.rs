//! Reads of the control policies on the way to an account.

use futures::stream::{self, StreamExt};

use super::shared::Engine;
use crate::aws::organizations::{self, PolicySummary};
use crate::aws::simulation;
use crate::domain::account::Account;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::AnswerError;
use crate::domain::control_policy::{
    ActionVerdict, ControlKind, ControlPolicy, ControlWay, Controls, Level, MemberControls, Place, exemptions, judge,
    judge_opening,
};
use crate::domain::organization::Organization;
use crate::domain::policy_source::PolicySource;

/// How many reads are in progress at once. The quota, not this, is the limit.
const READS: usize = 4;

/// AWS's own policies, attached to everything (AWS documentation). Their documents are not asked for.
const FULL_ACCESS: [(&str, &str); 2] = [
    ("p-FullAWSAccess", r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#),
    (
        "p-RCPFullAWSAccess",
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#,
    ),
];

impl Engine {
    /// What the SCPs and RCPs from the root of the organization down to `account` leave to root sessions there. Of a
    /// caller in another member account also what those above its own account say about `AssumeRoot`.
    ///
    /// # Errors
    /// If the organization, its root or the place of the account can't be read. A policy that can't be read is a part
    /// of the answer.
    pub async fn controls(&self, account: &Account) -> Result<Controls, ApiError> {
        let organization = match self.known_organization() {
            Some(known) => known,
            None => self.organization().await?,
        };
        if account.id == organization.management_account {
            return Ok(Controls { member: None });
        }
        let (way, place) = self.control_way(account, &organization).await?;
        let caller = self.opening(account, &organization).await?;
        let tasks = judge(&way, &place);
        let (exemptions, not_exempted) = exemptions(&way, &tasks);
        Ok(Controls { member: Some(MemberControls { way, tasks, exemptions, not_exempted, caller }) })
    }

    async fn opening(
        &self,
        target: &Account,
        organization: &Organization,
    ) -> Result<Option<(ControlWay, Vec<ActionVerdict>)>, ApiError> {
        let own = self.caller().account;
        if own == organization.management_account || own == target.id {
            return Ok(None);
        }
        let own = self.account(own).await?;
        let (way, place) = self.control_way(&own, organization).await?;
        // The path of a role is known to IAM alone. What depends on it is unknown where IAM does not tell.
        let principal = match PolicySource::of(self.caller(), self.session().real_region()) {
            PolicySource::User(arn) => Some(arn),
            PolicySource::Role { name, .. } => simulation::role_arn(self.clients(), &name).await.ok(),
            PolicySource::Nobody => None,
        };
        let opening = judge_opening(&way, &place, principal.as_deref(), &target.id.to_string());
        Ok(Some((way, opening)))
    }

    async fn control_way(
        &self,
        account: &Account,
        organization: &Organization,
    ) -> Result<(ControlWay, Place), ApiError> {
        let account = &self.placed(account).await?;
        let clients = self.clients();
        let roots = organizations::root_ids(clients).await?;
        // AWS has one root per organization.
        let root = roots.into_iter().next().unwrap_or_default();
        // Without names there are the ids.
        let names = self.unit_names_of(&[account]).await.ok().unwrap_or_default();
        let units = account.unit_ids.as_deref().unwrap_or_default().iter();
        let names = names.names_of(account).unwrap_or_default();
        let unit = |(id, name): (&String, &str)| (id.clone(), Some(name.to_owned()).filter(|name| name != id));
        let ids = [(root.clone(), Some("Root".to_owned()))].into_iter();
        let ids = ids.chain(units.zip(names).map(unit));
        let ids = ids.chain([(account.id.to_string(), Some(account.name.clone()))]);
        let reads = ids.map(|(id, name)| async move {
            let mut attached = Vec::new();
            for kind in ControlKind::ALL {
                attached.push((kind, organizations::policies_for_target(clients, &id, kind).await));
            }
            (id, name, attached)
        });
        let listed: Vec<_> = stream::iter(reads).buffered(READS).collect().await;
        let (levels, summaries) = levels(listed);
        let reads = summaries.into_iter().map(|(kind, summary)| async move {
            let known = FULL_ACCESS.iter().find(|(id, _)| summary.aws_managed && *id == summary.id);
            let content = match known {
                Some((_, document)) => Ok((*document).to_owned()),
                None => organizations::policy(clients, &summary.id).await.map(|(_, content)| content),
            };
            let PolicySummary { id, name, aws_managed } = summary;
            ControlPolicy { id, name, kind, aws_managed, content }
        });
        let policies = stream::iter(reads).buffered(READS).collect().await;
        let place = Place::new(self.caller().partition(), &organization.id, &root, account);
        Ok((ControlWay { account: account.id, levels, policies }, place))
    }

    /// With the units above it: a listing may lack them.
    async fn placed(&self, account: &Account) -> Result<Account, ApiError> {
        if account.unit_ids.is_some() {
            return Ok(account.clone());
        }
        let read = self.account(account.id).await?;
        if read.unit_ids.is_some() {
            return Ok(read);
        }
        let lacks = AnswerError::Lacks("Account.Paths".to_owned());
        Err(ApiError::client("organizations:DescribeAccount", ApiErrorKind::Unreadable, lacks))
    }
}

type Listed = (String, Option<String>, Vec<(ControlKind, Result<Vec<PolicySummary>, ApiError>)>);

/// The levels, and the policies that are attached to any of them, each once.
fn levels(listed: Vec<Listed>) -> (Vec<Level>, Vec<(ControlKind, PolicySummary)>) {
    let (mut levels, mut summaries): (Vec<Level>, Vec<(ControlKind, PolicySummary)>) = (Vec::new(), Vec::new());
    for (id, name, attached) in listed {
        let mut ids = Vec::new();
        for (kind, policies) in attached {
            ids.push((
                kind,
                policies.as_ref().map(|all| all.iter().map(|one| one.id.clone()).collect()).map_err(Clone::clone),
            ));
            for policy in policies.into_iter().flatten() {
                if summaries.iter().all(|(_, other)| other.id != policy.id) {
                    summaries.push((kind, policy));
                }
            }
        }
        levels.push(Level { id, name, attached: ids });
    }
    (levels, summaries)
}
