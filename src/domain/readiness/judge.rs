//! What of a demand is there.

use super::demand::Demand;
use super::judgement::Judgement;
use super::knowledge::Knowledge;
use super::permitted::permitted;
use super::requirement::{Answer, OrgRoleRule, Readiness, Reason, Remedy, Requirement, Thing};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::caller::{Caller, OrgRole};
use crate::domain::change::{Change, Switch};
use crate::domain::client_error::AnswerError;
use crate::domain::flow::{Flow, Weight};
use crate::domain::permission::{About, Permission};
use crate::domain::remote_data::RemoteData;
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::trusted_access::ServicePrincipal;

impl Demand {
    pub(super) fn judged(&self, knowledge: &Knowledge) -> Readiness {
        let mut requirements = Vec::new();
        let mut add = |thing: Thing, weight: Weight, judgement: Judgement| {
            let Judgement { answer, reason, fix } = self.by_calls(&thing, judgement, knowledge);
            requirements.push(Requirement { thing, weight, answer, reason, fix });
        };
        let essential = Weight::Essential;
        add(Thing::Identity, essential, identity(knowledge));
        if let Some(judgement) = self.partition(knowledge) {
            add(Thing::Partition, essential, judgement);
        }
        if self.opens_sessions() {
            add(Thing::NotRoot, essential, unless(Caller::is_root, Reason::CallerIsRoot, knowledge));
        }
        if self.own_account {
            let has_no_policies = |caller: &Caller| caller.is_root() || caller.arn.contains(":federated-user/");
            add(Thing::UserOrRole, essential, unless(has_no_policies, Reason::CallerNotSimulated, knowledge));
        } else {
            add(Thing::Organization, essential, self.organization(knowledge));
            if knowledge.is_in_none() {
                // The rest is about an organization.
                return Readiness { flow: self.flow, requirements };
            }
            if self.all_features {
                add(Thing::AllFeatures, essential, self.has_all_features(knowledge));
            }
            add(Thing::OrgRole(self.org_role.clone()), essential, self.has_standing(knowledge));
        }
        for service in &self.trusted {
            let weight = self.weight_of_trust(service, knowledge);
            add(Thing::TrustedAccess(service.clone()), weight, self.is_trusted(service, knowledge));
        }
        if let Some(feature) = self.gate {
            add(Thing::RootFeature(feature), essential, self.is_on(feature, knowledge));
        }
        for (permission, weight) in &self.permissions {
            add(Thing::Permission(permission.clone()), *weight, permitted(self, permission, *weight, knowledge));
        }
        Readiness { flow: self.flow, requirements }
    }

    /// What is not known otherwise, or only documented, calls of this run may have shown.
    fn by_calls(&self, thing: &Thing, judgement: Judgement, knowledge: &Knowledge) -> Judgement {
        let settled = match judgement.answer {
            Answer::Yes => true,
            Answer::No => *thing != Thing::Partition,
            Answer::Unknown => matches!(thing, Thing::Permission(_)),
        };
        if settled {
            return judgement;
        }
        let shown = || self.permissions.iter().filter_map(|(one, _)| Some((one, knowledge.shown.get(one)?)));
        let refusals = shown().filter_map(|(one, shown)| Some((one, shown.gated.as_ref()?)));
        if let Some((_, error)) = refusals.into_iter().find(|(one, error)| is_refused_for(thing, one, error)) {
            let fix = match thing {
                Thing::TrustedAccess(service) => turn_on(&Switch::TrustedAccess(service.clone()), knowledge),
                Thing::RootFeature(feature) => turn_on(&Switch::RootFeature(*feature), knowledge),
                Thing::AllFeatures => Remedy::EnableAllFeatures,
                Thing::OrgRole(OrgRoleRule::DelegatedFor(service)) => Remedy::UseDelegate(service.clone()),
                _ => Remedy::UseManagement,
            };
            return Judgement::no(Reason::Refused(error.clone()), fix);
        }
        let proof = shown().find(|(one, shown)| shown.worked && shown.gated.is_none() && self.is_shown_by(thing, one));
        proof.map_or(judgement, |(one, _)| Judgement::yes(Reason::ShownBy(one.action.name)))
    }

    /// Whether the partition has it; nothing is said where it is sure to.
    fn partition(&self, knowledge: &Knowledge) -> Option<Judgement> {
        let partition = knowledge.partition()?;
        let emails = matches!(self.flow, Flow::ReadEmails | Flow::ChangeEmails);
        // AWS documentation: primary emails in commercial and China regions; GovCloud has no access to root users whose
        // credentials could be managed, and has the tasks of root sessions.
        let lacking = match (partition, self.gate) {
            ("aws", _) | ("aws-us-gov", Some(RootFeature::RootSessions)) => return None,
            ("aws-cn", _) if emails => return None,
            ("aws-us-gov", _) if emails => Some(Reason::NoPrimaryEmails),
            ("aws-us-gov", Some(RootFeature::RootCredentialsManagement)) => Some(Reason::NoRootCredentials),
            _ if emails || self.gate.is_some() || self.flow == Flow::RootFeatures => None,
            _ => return None,
        };
        let seen = match (knowledge.root_features.current(), self.gate, self.flow) {
            (Some(RootFeatures::Enabled(features)), Some(gate), _) => features.contains(&gate),
            (Some(_), None, Flow::RootFeatures) => true,
            _ => false,
        };
        if seen {
            return Some(Judgement::yes(Reason::IsSo));
        }
        Some(match lacking {
            Some(reason) => Judgement::no(reason, Remedy::Nothing),
            None => Judgement::unknown(Reason::NotDocumented(partition.to_owned()), Remedy::Try),
        })
    }

    fn organization(&self, knowledge: &Knowledge) -> Judgement {
        match knowledge.organization.current() {
            Some(_) => Judgement::yes(Reason::IsSo),
            None if knowledge.is_in_none() => Judgement::no(Reason::NotInOrganization, Remedy::UseOtherProfile),
            None => Judgement::not_known(&knowledge.organization, self.flow),
        }
    }

    fn has_all_features(&self, knowledge: &Knowledge) -> Judgement {
        match knowledge.organization.current() {
            Some(organization) => match organization.all_features {
                Some(true) => Judgement::yes(Reason::IsSo),
                Some(false) => Judgement::no(Reason::BillingOnly, Remedy::EnableAllFeatures),
                None => {
                    let error = ApiError::client(
                        "organizations:DescribeOrganization",
                        ApiErrorKind::Unreadable,
                        AnswerError::UnknownFeatureSet,
                    );
                    Judgement::unknown(Reason::NotRead(error), Remedy::AskAgain)
                }
            },
            _ => Judgement::not_known(&knowledge.organization, self.flow),
        }
    }

    fn has_standing(&self, knowledge: &Knowledge) -> Judgement {
        let Some(org_role) = knowledge.org_role.current() else {
            return Judgement::not_known(&knowledge.org_role, self.flow);
        };
        let elsewhere = || match &self.org_role {
            OrgRoleRule::DelegatedFor(service) => Remedy::UseDelegate(service.clone()),
            OrgRoleRule::Management | OrgRoleRule::DelegatedForAny => Remedy::UseManagement,
        };
        match (org_role, &self.org_role) {
            (OrgRole::Management, _) | (OrgRole::Delegated(_), OrgRoleRule::DelegatedForAny) => {
                Judgement::yes(Reason::IsSo)
            }
            (OrgRole::Member, _) => Judgement::no(Reason::Member, elsewhere()),
            (OrgRole::Delegated(services), OrgRoleRule::DelegatedFor(service)) if services.contains(service) => {
                Judgement::yes(Reason::IsSo)
            }
            (OrgRole::Delegated(_), OrgRoleRule::DelegatedFor(_)) => {
                Judgement::no(Reason::DelegatedForOthers, elsewhere())
            }
            (OrgRole::Delegated(services), OrgRoleRule::Management) => {
                let iam = services.contains(&ServicePrincipal::iam());
                // The features are shown to the delegated administrator for IAM, and to no other.
                let reason = match (self.flow == Flow::RootFeatures, iam) {
                    (true, true) => Reason::DelegateOnlyTurnsOff,
                    (true, false) => Reason::DelegatedForOthers,
                    (false, _) => Reason::DelegateOnlyLooks,
                };
                Judgement::no(reason, elsewhere())
            }
        }
    }

    /// Of several services one is enough.
    fn weight_of_trust(&self, service: &ServicePrincipal, knowledge: &Knowledge) -> Weight {
        let other_is_on =
            self.trusted.iter().any(|other| other != service && is_trusted(other, knowledge) == Some(true));
        if other_is_on { Weight::Helpful } else { Weight::Essential }
    }

    fn is_trusted(&self, service: &ServicePrincipal, knowledge: &Knowledge) -> Judgement {
        match is_trusted(service, knowledge) {
            Some(true) => Judgement::yes(Reason::IsSo),
            Some(false) => Judgement::no(Reason::Off, turn_on(&Switch::TrustedAccess(service.clone()), knowledge)),
            None => Judgement::not_known(&knowledge.trusted_access, self.flow),
        }
    }

    fn is_on(&self, feature: RootFeature, knowledge: &Knowledge) -> Judgement {
        let iam = ServicePrincipal::iam();
        let on = knowledge.root_features.current().map(|features| features.is_on(feature));
        match on {
            Some(Some(true)) => Judgement::yes(Reason::IsSo),
            Some(Some(false)) => Judgement::no(Reason::Off, turn_on(&Switch::RootFeature(feature), knowledge)),
            Some(None) => Judgement::unknown(Reason::NeedsTrustFirst, turn_on(&Switch::TrustedAccess(iam), knowledge)),
            None => Judgement::not_known(&knowledge.root_features, self.flow),
        }
    }
}

fn identity(knowledge: &Knowledge) -> Judgement {
    match &knowledge.caller {
        RemoteData::Known(_) => Judgement::yes(Reason::IsSo),
        RemoteData::Failed(error, _) if error.kind.is_about_credentials() => {
            Judgement::no(Reason::Credentials(error.clone()), Remedy::SignIn(error.clone()))
        }
        RemoteData::Failed(error, _) => Judgement::unknown(Reason::NotRead(error.clone()), Remedy::AskAgain),
        RemoteData::NotAsked | RemoteData::Loading(..) => Judgement::unknown(Reason::NotAsked, Remedy::AskAgain),
    }
}

fn unless(is_unfit: impl Fn(&Caller) -> bool, reason: Reason, knowledge: &Knowledge) -> Judgement {
    match knowledge.caller.current() {
        Some(caller) if is_unfit(caller) => Judgement::no(reason, Remedy::UseUserOrRole),
        Some(_) => Judgement::yes(Reason::IsSo),
        None => Judgement::unknown(Reason::NotAsked, Remedy::AskAgain),
    }
}

/// By the list, or by what the features say: they are told only while IAM is trusted.
fn is_trusted(service: &ServicePrincipal, knowledge: &Knowledge) -> Option<bool> {
    let by_features = || match knowledge.root_features.current()? {
        _ if *service != ServicePrincipal::iam() => None,
        RootFeatures::Enabled(_) => Some(true),
        RootFeatures::NeedTrustedAccess => Some(false),
    };
    knowledge.trusted_access.current().map(|trusted| trusted.is_on(service)).or_else(by_features)
}

/// A delegate can't turn anything on, so it has to ask.
fn turn_on(switch: &Switch, knowledge: &Knowledge) -> Remedy {
    let change: Change = switch.set(true);
    match knowledge.org_role.current() {
        Some(OrgRole::Management) | None => Remedy::Start(change),
        Some(OrgRole::Delegated(_) | OrgRole::Member) => Remedy::AskManagement(change),
    }
}

fn is_refused_for(thing: &Thing, permission: &Permission, error: &ApiError) -> bool {
    match (thing, error.kind) {
        (Thing::Organization, ApiErrorKind::NotInOrganization) | (Thing::AllFeatures, ApiErrorKind::NotAllFeatures) => {
            true
        }
        (Thing::RootFeature(feature), ApiErrorKind::RootFeatureOff(off)) => *feature == off,
        (Thing::TrustedAccess(service), ApiErrorKind::TrustedAccessOff) => match &permission.about {
            About::Service(refused) => refused == service,
            _ if permission.action.name.starts_with("account:") => *service == ServicePrincipal::account_management(),
            _ => *service == ServicePrincipal::iam(),
        },
        (
            Thing::OrgRole(OrgRoleRule::Management),
            ApiErrorKind::NotManagement | ApiErrorKind::NotManagementOrDelegated,
        ) => true,
        // IAM says so, and of itself only.
        (Thing::OrgRole(OrgRoleRule::DelegatedFor(service)), ApiErrorKind::NotManagementOrDelegated) => {
            *service == ServicePrincipal::iam()
        }
        _ => false,
    }
}
