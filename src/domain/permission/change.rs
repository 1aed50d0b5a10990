//! What a change needs.

use super::{About, Permission};
use crate::domain::change::{Change, Switch};
use crate::domain::flow::{Flow, Weight};
use crate::domain::root_change::RootChange;

impl Change {
    pub(crate) fn flow(&self) -> Flow {
        match self {
            Self::Switch { which: Switch::TrustedAccess(_), .. } => Flow::TrustedAccess,
            Self::Switch { which: Switch::RootFeature(_), .. } => Flow::RootFeatures,
            Self::Delegation { .. } => Flow::Delegation,
            Self::StartEmailChange { .. } | Self::AcceptEmailChange { .. } => Flow::ChangeEmails,
            Self::Account { .. } => Flow::ChangeContacts,
            Self::Root { change: RootChange::ClosePasswordRecovery, .. } => Flow::Recovery,
            Self::Root { change, .. } => Flow::of_task(change.task()),
        }
    }

    /// What its own call needs. Inside a member account that is the root session, whose task policy allows the rest.
    pub(crate) fn permission(&self) -> Option<Permission> {
        match self {
            Self::Switch { which: Switch::TrustedAccess(service), .. } | Self::Delegation { service, .. } => {
                Permission::of_call(self.operation(), About::Service(service.clone()))
            }
            Self::Root { change, .. } => Permission::of_task(change.task()),
            _ => Permission::of_call(self.operation(), About::Anything),
        }
    }

    /// Its own call, and of its flow what is read before and afterwards.
    pub(crate) fn permissions(&self) -> Vec<(Permission, Weight)> {
        let own = self.permission();
        let weighed = |(permission, weight): (Permission, Weight)| {
            let weight = if Some(&permission) == own.as_ref() { Weight::Essential } else { weight };
            let stays = !permission.action.writes || weight == Weight::Doubtful || Some(&permission) == own.as_ref();
            stays.then_some((permission, weight))
        };
        self.flow().permissions().into_iter().filter_map(weighed).collect()
    }
}
