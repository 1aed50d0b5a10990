//! Who calls and what each flow needs, as one object for programs and as rows.

use crate::domain::connection::Connection;
use crate::domain::export::CallerStatus;
use crate::domain::organization::Organization;
use crate::domain::readiness::{Answer, Readiness, Remedy, Requirement};
use crate::domain::remote_data::RemoteData;
use crate::domain::root_feature::RootFeature;
use crate::domain::trusted_access::{DelegatedAdministrator, ServicePrincipal};
use crate::words::cli::status as words;
use crate::words::commands::turn_on;
use crate::words::labels::{on_off, org_role_of};
use crate::words::permission::weight;
use crate::words::readiness::{self, answer, reason};
use crate::words::rows::{Cell, Column, why_unknown};

pub(crate) fn of(status: &CallerStatus) -> Cell {
    let knowledge = &status.knowledge;
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
    let connected = |cell: fn(&Connection) -> Cell| known(&status.connection, cell);
    Cell::Record(vec![
        ("account", connected(|connection| connection.caller.account.to_string().into())),
        ("arn", connected(|connection| (&connection.caller.arn).into())),
        ("profile", connected(|connection| connection.profile.clone().into())),
        ("region", connected(|connection| connection.region.as_str().into())),
        ("region_assumed", connected(|connection| connection.region_assumed.into())),
        ("partition", connected(|connection| connection.caller.partition().into())),
        // The demo's own place says nothing.
        ("endpoint", known(&status.connection, |it| it.endpoint.clone().filter(|_| !status.demo).into())),
        ("demo", status.demo.into()),
        ("organization", organization_cell),
        ("standing", known(&status.connection, |connection| org_role(status, connection).into())),
        ("trusted_access", Cell::list(ServicePrincipal::switchable(), trusted)),
        ("root_features", Cell::list(RootFeature::ALL, feature)),
        ("delegated_administrators", known(&status.delegates, |all| Cell::list(all, delegate))),
        ("flows", Cell::list(&status.flows, |readiness| flow(status, readiness))),
    ])
}

pub(crate) fn org_role(status: &CallerStatus, connection: &Connection) -> String {
    let knowledge = &status.knowledge;
    org_role_of(&connection.caller, &knowledge.organization, knowledge.org_role.current())
}

/// A value, or why it is not known: never something that could pass for one.
fn known<T>(fact: &RemoteData<T>, cell: impl FnOnce(&T) -> Cell) -> Cell {
    fact.current().map_or_else(|| Cell::Unknown(why_unknown(fact)), cell)
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

fn flow(status: &CallerStatus, readiness: &Readiness) -> Cell {
    let requirements = Cell::list(&readiness.requirements, |one| Cell::Record(requirement(status, one)));
    Cell::Record(of_flow(readiness).into_iter().chain([("requirements", requirements)]).collect())
}

type Fields = Vec<(&'static str, Cell)>;

fn of_flow(readiness: &Readiness) -> Fields {
    vec![
        ("flow", readiness.flow.as_str().into()),
        ("ready", answer(readiness.verdict()).into()),
        ("simulated", readiness.is_hint().into()),
    ]
}

fn requirement(status: &CallerStatus, one: &Requirement) -> Fields {
    vec![
        ("needs", readiness::requirement(&one.thing).into()),
        ("weight", weight(one.weight).into()),
        ("answer", answer(one.answer).into()),
        ("reason", reason(one).into()),
        ("mend", fix(status, one).filter(|_| one.answer != Answer::Yes).into()),
    ]
}

/// What fixes it, in this caller's words.
pub(crate) fn fix(status: &CallerStatus, requirement: &Requirement) -> Option<String> {
    let fix = requirement.fix.as_ref()?;
    let caller = status.caller.as_ref();
    Some(match fix {
        Remedy::Start(change) => match change.switch() {
            Some((switch, true)) => turn_on(switch, caller).to_string(),
            _ => readiness::fix(fix, caller),
        },
        Remedy::AskManagement(change) => match change.switch() {
            // Their profile is not this run's.
            Some((switch, true)) => words::have_management_run(turn_on(switch, None)),
            _ => readiness::fix(fix, caller),
        },
        // It was asked a moment ago.
        Remedy::AskAgain | Remedy::Nothing | Remedy::Try => return None,
        _ => readiness::fix(fix, caller),
    })
}

/// For a spreadsheet: a row for each requirement of each flow.
pub(crate) struct Row(Fields);

pub(crate) fn rows(status: &CallerStatus) -> Vec<Row> {
    let of = |readiness: &Readiness| {
        let flow = of_flow(readiness);
        readiness.requirements.iter().map(move |one| Row([flow.clone(), requirement(status, one)].concat())).collect()
    };
    status.flows.iter().flat_map(|readiness| -> Vec<Row> { of(readiness) }).collect()
}

pub(crate) fn columns() -> Vec<Column<'static, Row>> {
    let cell = |row: &Row, name| row.0.iter().find(|(other, _)| *other == name).map(|(_, cell)| cell.clone());
    let names = ["flow", "ready", "simulated", "needs", "weight", "answer", "reason", "mend"];
    names.map(|name| Column::new(name, move |row: &Row| cell(row, name))).into()
}
