use crate::app::command_id::DisabledReason;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::domain::change::Change;
use crate::domain::flow::Flow;
use crate::domain::permission::grant::{PolicyRequest, policy};
use crate::domain::permission::{PolicyScope, Target};
use crate::domain::readiness::Knowledge;
use crate::domain::readiness::simulation::questions;
use crate::domain::remote_data::RemoteData;

impl Model {
    /// Results for another caller say nothing about this one.
    pub(in crate::app) fn forget_readiness(&mut self) {
        (self.readiness.simulated_result, self.readiness.calls) = (RemoteData::default(), RemoteData::default());
        self.readiness.judged.clear();
    }

    pub(crate) fn is_asking_readiness(&self) -> bool {
        self.connection.is_loading()
            || self.organization.is_loading()
            || self.org_role.is_loading()
            || self.switches.trusted.is_loading()
            || self.switches.features.is_loading()
            || self.readiness.simulated_result.is_loading()
            || self.readiness.calls.is_loading()
    }

    pub(crate) fn knowledge(&self) -> Knowledge {
        let simulated_result = self.readiness.simulated_result.current().cloned().unwrap_or_default();
        Knowledge {
            caller: self.connection.map(|connection| connection.caller.clone()),
            organization: self.organization.clone(),
            org_role: self.org_role.clone(),
            trusted_access: self.switches.trusted.clone(),
            root_features: self.switches.features.clone(),
            simulated: simulated_result.simulated,
            not_simulated: simulated_result.not_simulated,
            shown: self.readiness.calls.value().cloned().unwrap_or(simulated_result.shown),
        }
    }

    pub(crate) fn readiness_calls(&self) -> usize {
        // And one that asks for the path of the caller's role.
        questions(&Flow::ALL, &self.policy_place(), &Target::default()).len() + 1
    }

    /// The organization that policies are for, as far as it is known.
    pub(in crate::app) fn policy_place(&self) -> PolicyScope {
        let organization = self.organization.value();
        PolicyScope {
            partition: self.partition().to_owned(),
            organization: organization.map(|organization| organization.id.clone()),
            management: self.management(),
            domains: self.start.rules.allowed_email_domains.clone(),
        }
    }

    /// The change that fixes the selected flow, if this program can make it now.
    pub(crate) fn fix_change(&self) -> Result<Change, DisabledReason> {
        let readiness = self.readiness.selected().ok_or(DisabledReason::NotReadYet)?;
        let change = readiness.startable().ok_or(DisabledReason::NoFixHere)?;
        if let Some((switch, _)) = change.switch() {
            self.can_turn(switch)?;
        }
        Ok(change.clone())
    }

    pub(in crate::app) fn can_fix(&self) -> Result<(), DisabledReason> {
        self.fix_change().map(|_| ())
    }

    pub(in crate::app) fn copy_policy(&mut self) {
        if let Some(flow) = self.readiness.pane.list.selected() {
            self.out.push(Effect::Copy(policy(&PolicyRequest::of([flow]), &self.policy_place())));
            self.out.notify(Notification::FlowPolicyCopied(flow));
        }
    }
}
