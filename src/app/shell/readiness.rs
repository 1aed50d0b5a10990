use crate::app::dialogs::reader::Reader;
use crate::app::effect::Read;
use crate::app::layers::Layer;
use crate::app::shell::App;
use crate::app::state::readiness::ManagedTable;
use crate::app::view::ViewId;
use crate::domain::api_error::ApiError;
use crate::domain::change::Change;
use crate::domain::flow::Flow;
use crate::domain::permission::PolicyScope;
use crate::domain::permission::explain::{Extent, explain};
use crate::domain::policy::{ManagedPolicy, Policy};
use crate::domain::readiness::simulation::SimulationResult;
use crate::domain::remote_data::{ReadId, RemoteData};

impl App {
    /// IAM is asked the first time. The results of calls are looked up each time.
    pub(in crate::app) fn show_readiness(&mut self) {
        self.show(ViewId::Readiness);
        self.ask_readiness();
        self.look_up_calls();
    }

    pub(in crate::app) fn ask_readiness(&mut self) {
        let settled = !matches!(self.model.organization, RemoteData::NotAsked | RemoteData::Loading(..));
        let wanted = self.view == ViewId::Readiness && self.model.readiness.simulated_result == RemoteData::NotAsked;
        if wanted && settled && self.model.connection.current().is_some() {
            self.model.read(Read::Readiness);
        }
    }

    /// Looks up what the calls of this run showed. AWS is not asked.
    pub(in crate::app) fn look_up_calls(&mut self) {
        if self.view == ViewId::Readiness && self.model.connection.current().is_some() {
            self.model.reload(Read::Calls);
        }
    }

    pub(in crate::app) fn apply_simulation(&mut self, id: ReadId, result: Result<SimulationResult, ApiError>) -> bool {
        let awaited = self.model.readiness.simulated_result.finish(id, result, self.model.now);
        // Other reads of the same time may have been answered before or after.
        self.look_up_calls();
        awaited
    }

    pub(in crate::app) fn fix(&mut self) {
        match self.model.fix_change() {
            Ok(Change::Switch { which, on }) => self.confirm(&which, on, None),
            Ok(change) => self.confirm_change(change),
            Err(_) => {}
        }
    }

    pub(in crate::app) fn show_managed_policies(&mut self) {
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
