//! The status as one object for programs.

use jiff::Timestamp;

use super::table::Status;
use crate::domain::readiness::{Answer, Readiness, Requirement};
use crate::domain::remote_data::RemoteData;
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::trusted_access::{DelegatedAdministrator, ServicePrincipal};
use crate::words::api_error::headline;
use crate::words::permission::weight;
use crate::words::readiness::{answer, reason, thing};

#[derive(serde::Serialize)]
pub(super) struct StatusJson {
    account: String,
    arn: String,
    profile: Option<String>,
    region: String,
    region_assumed: bool,
    partition: String,
    endpoint: Option<String>,
    demo: bool,
    organization: Known<Option<OrganizationJson>>,
    standing: String,
    trusted_access: Vec<SwitchJson>,
    root_features: Vec<SwitchJson>,
    delegated_administrators: Known<Vec<DelegateJson>>,
    flows: Vec<FlowJson>,
}

/// A value, or why it is not known: never something that could pass for one.
#[derive(serde::Serialize)]
#[serde(untagged)]
enum Known<T> {
    Value(T),
    Unknown { status: &'static str, cause: String },
}

#[derive(serde::Serialize)]
struct OrganizationJson {
    id: String,
    management_account: String,
    /// Null if AWS does not tell.
    all_features: Option<bool>,
}

#[derive(serde::Serialize)]
struct SwitchJson {
    name: String,
    status: Known<&'static str>,
}

#[derive(serde::Serialize)]
struct DelegateJson {
    account: String,
    name: String,
    services: Vec<ServiceJson>,
}

#[derive(serde::Serialize)]
struct ServiceJson {
    name: String,
    #[serde(serialize_with = "crate::cli::rows::seconds")]
    since: Option<Timestamp>,
}

#[derive(serde::Serialize)]
struct FlowJson {
    flow: &'static str,
    ready: &'static str,
    simulated: bool,
    requirements: Vec<RequirementJson>,
}

#[derive(serde::Serialize)]
struct RequirementJson {
    needs: String,
    weight: &'static str,
    answer: &'static str,
    reason: String,
    mend: Option<String>,
}

pub(super) fn of(status: &Status<'_>) -> StatusJson {
    let (session, knowledge) = (status.session, status.knowledge);
    let caller = session.caller();
    let organization = if knowledge.is_in_none() {
        Known::Value(None)
    } else {
        Known::of(&knowledge.organization, |organization| {
            Known::Value(Some(OrganizationJson {
                id: organization.id.clone(),
                management_account: organization.management_account.to_string(),
                all_features: organization.all_features,
            }))
        })
    };
    StatusJson {
        account: caller.account.to_string(),
        arn: caller.arn.clone(),
        profile: status.profile().map(ToOwned::to_owned),
        region: session.region().to_owned(),
        region_assumed: session.region_assumed(),
        partition: caller.partition().to_owned(),
        endpoint: status.endpoint().map(ToOwned::to_owned),
        demo: status.demo,
        organization,
        standing: status.org_role(),
        trusted_access: trusted(status),
        root_features: features(status),
        delegated_administrators: delegates(status),
        flows: status.flows.iter().map(|readiness| flow(status, readiness)).collect(),
    }
}

impl<T> Known<T> {
    fn of<V>(fetched: &RemoteData<V>, value: impl FnOnce(&V) -> Self) -> Self {
        match (fetched.current(), fetched.fault()) {
            (Some(known), _) => value(known),
            (None, Some(fault)) => Self::unknown(headline(fault)),
            (None, None) => Self::not_asked(),
        }
    }

    fn not_asked() -> Self {
        Self::unknown("not asked".to_owned())
    }

    fn unknown(cause: String) -> Self {
        Self::Unknown { status: "unknown", cause }
    }
}

fn word(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

fn trusted(status: &Status<'_>) -> Vec<SwitchJson> {
    let of = |service: ServicePrincipal| SwitchJson {
        name: service.to_string(),
        status: Known::of(&status.knowledge.trusted_access, |trusted| Known::Value(word(trusted.is_on(&service)))),
    };
    ServicePrincipal::switchable().map(of).into()
}

fn features(status: &Status<'_>) -> Vec<SwitchJson> {
    let of = |feature: RootFeature| SwitchJson {
        name: feature.to_string(),
        status: Known::of(&status.knowledge.root_features, |features| match features {
            RootFeatures::NeedTrustedAccess => Known::unknown("trusted access for iam.amazonaws.com is off".to_owned()),
            features @ RootFeatures::Enabled(_) => {
                features.is_on(feature).map_or_else(Known::not_asked, |on| Known::Value(word(on)))
            }
        }),
    };
    RootFeature::ALL.map(of).into()
}

fn delegates(status: &Status<'_>) -> Known<Vec<DelegateJson>> {
    let of = |delegate: &DelegatedAdministrator| DelegateJson {
        account: delegate.account.to_string(),
        name: delegate.name.clone(),
        services: delegate
            .services
            .iter()
            .map(|(service, since)| ServiceJson { name: service.to_string(), since: *since })
            .collect(),
    };
    Known::of(status.delegates, |delegates| Known::Value(delegates.iter().map(of).collect()))
}

fn flow(status: &Status<'_>, readiness: &Readiness) -> FlowJson {
    FlowJson {
        flow: readiness.flow.as_str(),
        ready: answer(readiness.verdict()),
        simulated: readiness.is_hint(),
        requirements: readiness.requirements.iter().map(|one| requirement(status, one)).collect(),
    }
}

fn requirement(status: &Status<'_>, one: &Requirement) -> RequirementJson {
    RequirementJson {
        needs: thing(&one.thing),
        weight: weight(one.weight),
        answer: answer(one.answer),
        reason: reason(one),
        mend: status.fix(one).filter(|_| one.answer != Answer::Yes),
    }
}
