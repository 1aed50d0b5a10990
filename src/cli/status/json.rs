//! The status as one object for programs.

use super::table::Status;
use crate::cli::rows::Cell;
use crate::domain::organization::Organization;
use crate::domain::readiness::{Answer, Readiness, Requirement};
use crate::domain::remote_data::RemoteData;
use crate::domain::root_feature::RootFeature;
use crate::domain::trusted_access::{DelegatedAdministrator, ServicePrincipal};
use crate::words::api_error::headline;
use crate::words::cli::status as words;
use crate::words::labels::on_off;
use crate::words::permission::weight;
use crate::words::readiness::{self, answer, reason};

pub(super) fn of(status: &Status<'_>) -> Cell {
    let (session, knowledge) = (status.session, status.knowledge);
    let caller = session.caller();
    let trusted = |service: ServicePrincipal| {
        switch(service.to_string(), known(&knowledge.trusted_access, |trusted| on_off(trusted.is_on(&service)).into()))
    };
    let feature = |feature: RootFeature| {
        let status = known(&knowledge.root_features, |features| {
            features.is_on(feature).map_or_else(|| Cell::Unknown(words::TRUST_OFF.to_owned()), |on| on_off(on).into())
        });
        switch(feature.to_string(), status)
    };
    let organization_cell =
        if knowledge.is_in_none() { Cell::Null } else { known(&knowledge.organization, organization) };
    Cell::Record(vec![
        ("account", caller.account.to_string().into()),
        ("arn", (&caller.arn).into()),
        ("profile", status.profile().into()),
        ("region", session.connection().region.as_str().into()),
        ("region_assumed", session.connection().region_assumed.into()),
        ("partition", caller.partition().into()),
        ("endpoint", status.endpoint().into()),
        ("demo", status.demo.into()),
        ("organization", organization_cell),
        ("standing", status.org_role().into()),
        ("trusted_access", Cell::list(ServicePrincipal::switchable(), trusted)),
        ("root_features", Cell::list(RootFeature::ALL, feature)),
        ("delegated_administrators", known(status.delegates, |all| Cell::list(all, delegate))),
        ("flows", Cell::list(&status.flows, |readiness| flow(status, readiness))),
    ])
}

/// A value, or why it is not known: never something that could pass for one.
fn known<T>(fact: &RemoteData<T>, cell: impl FnOnce(&T) -> Cell) -> Cell {
    match (fact.current(), fact.error()) {
        (Some(value), _) => cell(value),
        (None, Some(error)) => Cell::Unknown(headline(error)),
        (None, None) => Cell::Unknown(words::NOT_CHECKED.to_owned()),
    }
}

fn switch(name: String, status: Cell) -> Cell {
    Cell::Record(vec![("name", name.into()), ("status", status)])
}

fn organization(organization: &Organization) -> Cell {
    Cell::Record(vec![
        ("id", (&organization.id).into()),
        ("management_account", organization.management_account.to_string().into()),
        // Null if AWS does not tell.
        ("all_features", organization.all_features.into()),
    ])
}

fn delegate(delegate: &DelegatedAdministrator) -> Cell {
    let services = Cell::list(&delegate.services, |(service, since)| {
        Cell::Record(vec![("name", service.to_string().into()), ("since", (*since).into())])
    });
    Cell::Record(vec![
        ("account", delegate.account.to_string().into()),
        ("name", (&delegate.name).into()),
        ("services", services),
    ])
}

fn flow(status: &Status<'_>, readiness: &Readiness) -> Cell {
    Cell::Record(vec![
        ("flow", readiness.flow.as_str().into()),
        ("ready", answer(readiness.verdict()).into()),
        ("simulated", readiness.is_hint().into()),
        ("requirements", Cell::list(&readiness.requirements, |one| requirement(status, one))),
    ])
}

fn requirement(status: &Status<'_>, one: &Requirement) -> Cell {
    Cell::Record(vec![
        ("needs", readiness::requirement(&one.thing).into()),
        ("weight", weight(one.weight).into()),
        ("answer", answer(one.answer).into()),
        ("reason", reason(one).into()),
        ("mend", status.fix(one).filter(|_| one.answer != Answer::Yes).into()),
    ])
}
