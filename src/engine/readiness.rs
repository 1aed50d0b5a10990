//! What is known about the caller and its permissions, for the readiness of each flow.

use std::sync::Arc;

use super::shared::Engine;
use crate::aws::{organizations, simulation};
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::change::Change;
use crate::domain::flow::Flow;
use crate::domain::permission::{PolicyScope, Target};
use crate::domain::policy_source::PolicySource;
use crate::domain::readiness::simulation::{Question, SimulationResult, questions};
use crate::domain::readiness::{Calls, Knowledge, NotSimulated};
use crate::domain::remote_data::RemoteData;
use crate::domain::trusted_access::DelegatedAdministrator;

/// So many accounts are listed, to see whether that is permitted and to have one to ask IAM about.
const SOME_ACCOUNTS: i32 = 20;

impl Engine {
    /// Everything that readiness depends on, read again, and the delegated administrators. It never fails as a whole.
    pub async fn knowledge(&self) -> (Knowledge, RemoteData<Vec<DelegatedAdministrator>>) {
        self.clients().permission_evidence.calls().before_simulation();
        let organization: Result<_, ApiError> = self.organization().await;
        let org_role = match &organization {
            Ok(organization) => self.org_role(organization).await,
            Err(error) => Err(error.clone()),
        };
        let now = self.now();
        let mut knowledge = Knowledge {
            caller: RemoteData::known(self.caller().clone(), now),
            organization: RemoteData::answered(organization, now),
            org_role: RemoteData::answered(org_role, now),
            ..Knowledge::default()
        };
        let mut delegates = RemoteData::NotAsked;
        if !knowledge.is_in_none() {
            // The first accounts show whether all may be listed: a failure is recorded where answers pass.
            let reads = async {
                tokio::join!(
                    self.trusted_access(),
                    self.root_features(),
                    self.delegated_administrators(),
                    organizations::first_accounts(self.clients(), SOME_ACCOUNTS),
                )
            };
            let (trusted, features, named, accounts) = Box::pin(reads).await;
            let now = self.now();
            knowledge.trusted_access = RemoteData::answered(trusted, now);
            knowledge.root_features = RemoteData::answered(features, now);
            delegates = RemoteData::answered(named, now);
            self.note_member(accounts.as_deref().unwrap_or_default());
        }
        let SimulationResult { simulated, not_simulated, shown } = self.ask_simulation().await;
        (knowledge.simulated, knowledge.not_simulated, knowledge.shown) = (simulated, not_simulated, shown);
        (knowledge, delegates)
    }

    /// What IAM says about the caller's policies, and what calls of this run showed.
    pub async fn simulated_result(&self) -> SimulationResult {
        self.clients().permission_evidence.calls().before_simulation();
        self.ask_simulation().await
    }

    async fn ask_simulation(&self) -> SimulationResult {
        let mut simulated_result = SimulationResult::default();
        match self.policy_sources().await {
            Some(sources) => self.simulate(sources, &mut simulated_result).await,
            None => simulated_result.not_simulated = NotSimulated::NotAUserOrRole,
        }
        simulated_result.shown = self.shown();
        simulated_result
    }

    /// What calls of this run showed. AWS is not asked.
    pub fn shown(&self) -> Calls {
        self.clients().permission_evidence.calls().clone()
    }

    pub(super) fn note_member(&self, accounts: &[Arc<Account>]) {
        let management = self.known().organization.as_ref().map(|organization| organization.management_account);
        let caller = self.caller().account;
        let is_other = |account: &&Arc<Account>| Some(account.id) != management && account.id != caller;
        if let Some(account) = accounts.iter().find(is_other) {
            self.known().member = Some(account.id);
        }
    }

    /// Forgets what calls showed about switches and roles, once `change` has changed one of them.
    pub(super) fn forget_gates(&self, change: &Change) {
        if change.switch().is_some() || change.delegation().is_some() {
            self.clients().permission_evidence.calls().forget_gates();
        }
    }

    /// The ARNs that IAM may know the caller by, the likeliest first; `None` for root and federated users.
    async fn policy_sources(&self) -> Option<Vec<String>> {
        match PolicySource::of(self.caller(), self.session().real_region()) {
            PolicySource::User(arn) => Some(vec![arn]),
            PolicySource::Role { name, arns } => {
                let asked = simulation::role_arn(self.clients(), &name).await;
                // Usually not permitted: then its path has to be guessed.
                Some(asked.map_or(arns, |arn| vec![arn]))
            }
            PolicySource::Nobody => None,
        }
    }

    async fn simulate(&self, sources: Vec<String>, simulated_result: &mut SimulationResult) {
        for source in sources {
            let simulated = self.simulate_as(&source, simulated_result).await;
            // Other failures would meet the others as well: a permission, a throttle, the network.
            let is_unknown = matches!(&simulated, Err(error) if error.kind == ApiErrorKind::NotFound);
            simulated_result.not_simulated = simulated.map_or_else(NotSimulated::Failed, |()| NotSimulated::NotYet);
            if !is_unknown {
                return;
            }
        }
    }

    async fn simulate_as(&self, source: &str, simulated_result: &mut SimulationResult) -> Result<(), ApiError> {
        for question in self.questions(source) {
            for (permission, said) in simulation::simulate(self.clients(), source, &question).await? {
                simulated_result.take(permission, said);
            }
        }
        Ok(())
    }

    fn questions(&self, source: &str) -> Vec<Question> {
        let known = self.known();
        let organization = known.organization.as_ref();
        let place = PolicyScope {
            partition: self.caller().partition().to_owned(),
            organization: organization.map(|organization| organization.id.clone()),
            management: organization.map(|organization| organization.management_account),
            domains: self.rules().allowed_email_domains.clone(),
        };
        // No call is about a wildcard; any account of the organization will do.
        let member: AccountId = known.member.unwrap_or(self.caller().account);
        let target = Target { member: Some(member), principal: Some(source.to_owned()) };
        questions(&Flow::ALL, &place, &target)
    }
}
