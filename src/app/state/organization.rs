//! View 4: trusted access for every service, the root features, the delegated administrators.

use crate::app::list::{List, ListPane, Scrolled};
use crate::domain::account::AccountId;
use crate::domain::change::Switch;
use crate::domain::remote_data::RemoteData;
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::trusted_access::{DelegatedAdministrator, ServicePrincipal, TrustedAccess};

#[derive(Clone, Debug, Default)]
pub(crate) struct OrganizationView {
    pub(crate) trusted: RemoteData<TrustedAccess>,
    pub(crate) features: RemoteData<RootFeatures>,
    pub(crate) delegates: RemoteData<Vec<DelegatedAdministrator>>,
    pub(crate) pane: ListPane<usize>,
    pub(crate) switches: List<usize>,
    /// The rows that the list was last computed from.
    settled: Vec<OrganizationRow>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OrganizationRow {
    Service(ServicePrincipal),
    Feature(RootFeature),
    Delegate(AccountId, ServicePrincipal),
}

/// The four switches this program can turn, in display order.
pub(crate) fn switches() -> Vec<Switch> {
    let trusted = ServicePrincipal::switchable().into_iter().map(Switch::TrustedAccess);
    trusted.chain(RootFeature::ALL.into_iter().map(Switch::RootFeature)).collect()
}

impl OrganizationView {
    /// The rows of view 4: by name, the services that are on and the two that this program can turn
    /// on; the features; the delegated administrators.
    pub(crate) fn rows(&self) -> Vec<OrganizationRow> {
        let mut services: Vec<ServicePrincipal> = ServicePrincipal::switchable().to_vec();
        if let Some(trusted) = self.trusted.value() {
            services.extend(trusted.services().iter().map(|service| service.principal.clone()));
        }
        services.sort();
        services.dedup();
        let services = services.into_iter().map(OrganizationRow::Service);
        let features = RootFeature::ALL.into_iter().map(OrganizationRow::Feature);
        let delegates = self.delegates.value().into_iter().flatten().flat_map(|delegate| {
            delegate.services.iter().map(|(service, _)| OrganizationRow::Delegate(delegate.account, service.clone()))
        });
        services.chain(features).chain(delegates).collect()
    }

    /// Where the rows changed, the selection stays on its row.
    pub(crate) fn recompute(&mut self) {
        let rows = self.rows();
        if rows != self.settled {
            let selected = self.settled.get(self.pane.list.index());
            let place = selected.and_then(|row| rows.iter().position(|other| other == row));
            self.pane.list.set_rows((0..rows.len()).collect());
            if let Some(place) = place {
                self.pane.list.select(place);
            }
            self.settled = rows;
        }
        if self.switches.rows().is_empty() {
            self.switches.set_page(switches().len());
            self.switches.set_rows((0..switches().len()).collect());
        }
    }

    /// Moves the cursor to the row of a switch.
    pub(in crate::app) fn select(&mut self, switch: &Switch) {
        if let Some(place) = self.settled.iter().position(|row| row.switch().as_ref() == Some(switch)) {
            self.pane.pick(place);
        }
    }

    pub(crate) fn selected(&self) -> Option<OrganizationRow> {
        self.settled.get(self.pane.list.index()).cloned()
    }

    pub(crate) fn selected_switch(&self) -> Option<Switch> {
        switches().into_iter().nth(self.switches.index())
    }

    /// `None` where that is not known.
    pub(crate) fn is_on(&self, switch: &Switch) -> Option<bool> {
        match switch {
            Switch::TrustedAccess(service) => self.trusted.value().map(|trusted| trusted.is_on(service)),
            Switch::RootFeature(feature) => self.features.value().and_then(|features| features.is_on(*feature)),
        }
    }
}

impl OrganizationRow {
    /// The switch that the row is about, if this program can turn it.
    pub(crate) fn switch(&self) -> Option<Switch> {
        match self {
            Self::Service(service) if ServicePrincipal::switchable().contains(service) => {
                Some(Switch::TrustedAccess(service.clone()))
            }
            Self::Feature(feature) => Some(Switch::RootFeature(*feature)),
            Self::Service(_) | Self::Delegate(..) => None,
        }
    }
}
