//! View 5: whether each flow is open to the caller, what stands in the way, and what mends that.

use super::command::DisabledReason;
use super::effect::{Effect, Read};
use super::layers::{Layer, Reader};
use super::list::{List, Motion};
use super::notification::Notification;
use super::{App, View};
use crate::app::model::Model;
use crate::domain::api_error::ApiError;
use crate::domain::change::Change;
use crate::domain::flow::Flow;
use crate::domain::permission::explain::{Extent, explain};
use crate::domain::permission::grant::{PolicyRequest, policy};
use crate::domain::permission::{PolicyScope, Target};
use crate::domain::policy::{ManagedPolicy, Policy};
use crate::domain::readiness::simulation::{SimulationResult, questions};
use crate::domain::readiness::{Calls, Knowledge, Readiness, all};
use crate::domain::remote_data::{ReadId, RemoteData};

/// What is known of the readiness of each flow, and how view 5 shows it.
#[derive(Clone, Debug, Default)]
pub struct ReadinessView {
    /// What IAM says about the caller's policies.
    pub simulated_result: RemoteData<SimulationResult>,
    /// What calls of this run showed.
    pub calls: RemoteData<Calls>,
    /// How it stands with every flow.
    pub judged: Vec<Readiness>,
    /// The rows, and the selection.
    pub list: List<Flow>,
    /// Whether the details have the focus.
    pub reading: bool,
    /// The first line of the details on screen.
    pub top: usize,
}

/// How much of each flow each of the policies that AWS manages allows.
pub type ManagedTable = Vec<(Flow, Vec<Extent>)>;

impl ReadinessView {
    /// The selected flow, with how it stands.
    #[must_use]
    pub fn selected(&self) -> Option<&Readiness> {
        let flow = self.list.selected()?;
        self.judged.iter().find(|readiness| readiness.flow == flow)
    }

    /// Moves the cursor, or the text of the details.
    pub(super) fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        if self.reading {
            self.top = motion.apply(self.top, rows, lines).min(lines.saturating_sub(rows));
        } else {
            self.top = 0;
            self.list.go(motion);
        }
    }
}

impl Model {
    /// Asks everything again that readiness is judged by.
    pub(super) fn refresh_readiness(&mut self) {
        self.read(Read::Readiness);
    }

    /// What was asked about another caller says nothing about this one.
    pub(super) fn forget_readiness(&mut self) {
        (self.readiness.simulated_result, self.readiness.calls) = (RemoteData::default(), RemoteData::default());
        self.readiness.judged.clear();
    }

    /// Whether something that readiness is judged by is being asked.
    #[must_use]
    pub fn is_asking_readiness(&self) -> bool {
        self.connection.is_loading()
            || self.organization.is_loading()
            || self.org_role.is_loading()
            || self.switches.trusted.is_loading()
            || self.switches.features.is_loading()
            || self.readiness.simulated_result.is_loading()
            || self.readiness.calls.is_loading()
    }

    /// What readiness is judged by.
    #[must_use]
    pub fn knowledge(&self) -> Knowledge {
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

    /// So many calls IAM is asked in.
    #[must_use]
    pub fn readiness_calls(&self) -> usize {
        // And one that asks where the role of the caller lies.
        questions(&Flow::ALL, &self.policy_place(), &Target::default()).len() + 1
    }

    /// The organization that policies are for, as far as it is known.
    fn policy_place(&self) -> PolicyScope {
        let organization = self.organization.value();
        PolicyScope {
            partition: self.partition().to_owned(),
            organization: organization.map(|organization| organization.id.clone()),
            management: organization.map(|organization| organization.management_account),
            domains: self.start.rules.allowed_email_domains.clone(),
        }
    }

    /// The change that opens the selected flow further, if this program can make it now.
    pub(crate) fn fix_change(&self) -> Result<Change, DisabledReason> {
        let readiness = self.readiness.selected().ok_or(DisabledReason::NotReadYet)?;
        let change = readiness.startable().ok_or(DisabledReason::NoMendHere)?;
        if let Some((switch, _)) = change.switch() {
            self.can_turn(switch)?;
        }
        Ok(change.clone())
    }

    pub(super) fn can_mend(&self) -> Result<(), DisabledReason> {
        self.fix_change().map(|_| ())
    }

    /// Copies the policy that the selected flow needs.
    pub(super) fn copy_policy(&mut self) {
        if let Some(flow) = self.readiness.list.selected() {
            self.out.push(Effect::Copy(policy(&PolicyRequest::of([flow]), &self.policy_place())));
            self.out.notify(Notification::FlowPolicyCopied(flow));
        }
    }
}

impl App {
    /// Shows view 5. IAM is asked the first time; what calls showed since is looked up each time.
    pub(super) fn show_readiness(&mut self) {
        self.show(View::Readiness);
        self.ask_readiness();
        self.look_up_calls();
    }

    /// Asks IAM once it is known which organization that is about.
    pub(super) fn ask_readiness(&mut self) {
        let settled = !matches!(self.model.organization, RemoteData::NotAsked | RemoteData::Loading(..));
        let wanted = self.view == View::Readiness && self.model.readiness.simulated_result == RemoteData::NotAsked;
        if wanted && settled && self.model.connection.current().is_some() {
            self.model.read(Read::Readiness);
        }
    }

    /// Looks up what the calls of this run showed. AWS is not asked.
    pub(super) fn look_up_calls(&mut self) {
        if self.view == View::Readiness && self.model.connection.current().is_some() {
            self.model.read_anew(Read::Calls);
        }
    }

    pub(super) fn apply_simulation(&mut self, id: ReadId, result: Result<SimulationResult, ApiError>) -> bool {
        let awaited = self.model.readiness.simulated_result.finish(id, result, self.model.now);
        // The other questions of the same time may have been answered before or after.
        self.look_up_calls();
        awaited
    }

    /// Brings view 5 up to date. While AWS is asked again, what was found before stays.
    pub(super) fn recompute_readiness(&mut self) {
        if self.view != View::Readiness {
            return;
        }
        if self.model.readiness.list.rows().is_empty() {
            self.model.readiness.list.set_rows(Flow::ALL.to_vec());
        }
        if self.model.readiness.judged.is_empty() || !self.model.is_asking_readiness() {
            self.model.readiness.judged = all(&self.model.knowledge());
        }
    }

    /// Confirms the change that opens the selected flow further.
    pub(super) fn fix(&mut self) {
        match self.model.fix_change() {
            Ok(Change::Switch { which, on }) => self.confirm(&which, on, None),
            Ok(change) => self.confirm_change(change),
            Err(_) => {}
        }
    }

    /// Shows what the selected flow needs; where that is on screen, confirms the change that opens it.
    pub(super) fn open_flow(&mut self) {
        let is_shown = self.model.readiness.reading || !self.geometry.one_pane;
        if is_shown && self.model.can_mend().is_ok() {
            self.fix();
        } else {
            self.model.readiness.reading = true;
        }
    }

    /// Shows which flows the policies that AWS manages allow.
    pub(super) fn show_managed_policies(&mut self) {
        self.layers.push(Layer::ManagedPolicies(Reader::new(managed_table(&self.model.policy_place()))));
    }
}

fn managed_table(place: &PolicyScope) -> ManagedTable {
    let explained = ManagedPolicy::ALL.map(|managed| Policy::parse(managed.document()).map(|it| explain(&it, place)));
    let extent = |flow: Flow| {
        let of_policy = explained.iter().map(move |flows| {
            let found = flows.as_ref().ok().and_then(|flows| flows.iter().find(|one| one.flow == flow));
            found.map_or(Extent::Unknown, |one| one.extent)
        });
        of_policy.collect()
    };
    Flow::ALL.into_iter().map(|flow| (flow, extent(flow))).collect()
}
