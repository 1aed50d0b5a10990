//! Who calls and what each flow needs, as one object for programs and as rows.

use crate::domain::caller::OrgRole;
use crate::domain::connection::Connection;
use crate::domain::export::CallerStatus;
use crate::domain::organization::Organization;
use crate::domain::permission::Permission;
use crate::domain::readiness::{Answer, OrgRoleRule, Readiness, Remedy, Requirement, Thing};
use crate::domain::remote_data::RemoteData;
use crate::domain::root_feature::RootFeature;
use crate::domain::trusted_access::{DelegatedAdministrator, ServicePrincipal};
use crate::words::cli::status as words;
use crate::words::commands::turn_on;
use crate::words::fields as f;
use crate::words::labels::{on_off, org_role_of};
use crate::words::permission::weight;
use crate::words::readiness::{self, answer, reason};
use crate::words::rows::{Cell, Column, why_unknown};
use crate::words::schema::{Field, record};

/// The parts of the one object.
pub(crate) fn object_columns() -> Vec<Column<'static, CallerStatus>> {
    fn connected<'a>(field: Field, cell: fn(&Connection) -> Cell) -> Column<'a, CallerStatus> {
        Column::json_only(field.or_unknown(), move |status: &CallerStatus| known(&status.connection, cell))
    }
    vec![
        connected(f::ACCOUNT_ID, |connection| connection.caller.account.to_string().into()),
        connected(f::CALLER_ARN, |connection| (&connection.caller.arn).into()),
        connected(f::ROOT_USER, |connection| connection.caller.is_root().into()),
        connected(f::PROFILE.or_null(), |connection| connection.profile.clone().into()),
        connected(f::REGION, |connection| connection.region.as_str().into()),
        connected(f::REGION_ASSUMED, |connection| connection.region_assumed.into()),
        connected(f::PARTITION, |connection| connection.caller.partition().into()),
        // The demo's own place says nothing.
        Column::json_only(f::ENDPOINT.or_null().or_unknown(), |status: &CallerStatus| {
            known(&status.connection, |it| it.endpoint.clone().filter(|_| !status.demo).into())
        }),
        Column::json_only(f::REQUEST_RATE.or_null(), |status: &CallerStatus| {
            status.request_rate.map_or(Cell::Null, |percent| Cell::Number(percent.into()))
        }),
        Column::json_only(f::DEMO, |status: &CallerStatus| status.demo),
        Column::json_only(f::ORGANIZATION.or_null().or_unknown(), |status: &CallerStatus| {
            let knowledge = &status.knowledge;
            if knowledge.is_in_none() { Cell::Null } else { known(&knowledge.organization, organization) }
        }),
        Column::json_only(f::ORG_ROLE.or_null().or_unknown(), org_role_cell),
        Column::json_only(f::TRUSTED_ACCESS, |status: &CallerStatus| {
            Cell::list(ServicePrincipal::switchable(), |service| trusted(status, &service))
        }),
        Column::json_only(f::ROOT_FEATURES, |status: &CallerStatus| {
            Cell::list(RootFeature::ALL, |one| feature(status, one))
        }),
        Column::json_only(f::DELEGATED_ADMINISTRATORS.or_unknown(), |status: &CallerStatus| {
            known(&status.delegates, |all| Cell::list(all, delegate))
        }),
        Column::json_only(f::FLOWS, |status: &CallerStatus| {
            Cell::list(&status.flows, |readiness| flow(status, readiness))
        }),
    ]
}

fn trusted(status: &CallerStatus, service: &ServicePrincipal) -> Cell {
    let is_on = known(&status.knowledge.trusted_access, |trusted| on_off(trusted.is_on(service)).into());
    record([(f::SERVICE, service.to_string().into()), (f::ON_OFF, is_on)])
}

fn feature(status: &CallerStatus, feature: RootFeature) -> Cell {
    let is_on = known(&status.knowledge.root_features, |features| {
        features.is_on(feature).map_or_else(|| Cell::Unknown(words::TRUST_OFF.to_owned()), |on| on_off(on).into())
    });
    record([(f::FEATURE, feature.to_string().into()), (f::ON_OFF, is_on)])
}

fn org_role_cell(status: &CallerStatus) -> Cell {
    if status.knowledge.is_in_none() {
        return Cell::Null;
    }
    known(&status.knowledge.org_role, |role| {
        let word = match role {
            OrgRole::Management => "management",
            OrgRole::Delegated(_) => "delegated_administrator",
            OrgRole::Member => "member",
        };
        word.into()
    })
}

pub(crate) fn org_role(status: &CallerStatus, connection: &Connection) -> String {
    let knowledge = &status.knowledge;
    org_role_of(&connection.caller, &knowledge.organization, knowledge.org_role.current())
}

/// A value, or why it is not known: never something that could pass for one.
fn known<T>(fact: &RemoteData<T>, cell: impl FnOnce(&T) -> Cell) -> Cell {
    fact.current().map_or_else(|| Cell::Unknown(why_unknown(fact)), cell)
}

fn organization(organization: &Organization) -> Cell {
    record([
        (f::ORGANIZATION_ID, (&organization.id).into()),
        (f::MANAGEMENT_ACCOUNT_ID, organization.management_account.to_string().into()),
        (f::ALL_FEATURES, organization.all_features.into()),
    ])
}

fn delegate(delegate: &DelegatedAdministrator) -> Cell {
    let services = Cell::list(&delegate.services, |(service, since)| {
        record([(f::SERVICE, service.to_string().into()), (f::SINCE, (*since).into())])
    });
    record([
        (f::ACCOUNT_ID, delegate.account.to_string().into()),
        (f::ACCOUNT_NAME, (&delegate.name).into()),
        (f::SERVICES, services),
    ])
}

fn flow(status: &CallerStatus, readiness: &Readiness) -> Cell {
    let requirements = Cell::list(&readiness.requirements, |one| record(requirement(status, one)));
    record(of_flow(readiness).into_iter().chain([(f::REQUIREMENTS, requirements)]))
}

type Fields = Vec<(Field, Cell)>;

fn of_flow(readiness: &Readiness) -> Fields {
    vec![
        (f::FLOW, readiness.flow.as_str().into()),
        (f::READY, answer(readiness.verdict()).into()),
        (f::SIMULATED, readiness.is_hint().into()),
    ]
}

fn requirement(status: &CallerStatus, one: &Requirement) -> Fields {
    let Needs { word, service, feature, permission } = needs(&one.thing);
    let about = permission.and_then(|permission| permission.about.named());
    vec![
        (f::NEEDS, word.into()),
        (f::SERVICE.or_null(), service.map(ToString::to_string).into()),
        (f::FEATURE.or_null(), feature.map(|feature| feature.to_string()).into()),
        (f::ACTION.or_null(), permission.map(|permission| permission.action.name).into()),
        (f::ABOUT.or_null(), about.into()),
        (f::WEIGHT, weight(one.weight).into()),
        (f::ANSWER, answer(one.answer).into()),
        (f::MESSAGE, format!("{}: {}", readiness::requirement(&one.thing), reason(one)).into()),
        (f::FIX.or_null(), fix(status, one).filter(|_| one.answer != Answer::Yes).into()),
    ]
}

#[derive(Default)]
struct Needs<'a> {
    word: &'static str,
    service: Option<&'a ServicePrincipal>,
    feature: Option<RootFeature>,
    permission: Option<&'a Permission>,
}

fn needs(thing: &Thing) -> Needs<'_> {
    let word = |word| Needs { word, ..Needs::default() };
    match thing {
        Thing::Identity => word("credentials"),
        Thing::Partition => word("partition"),
        Thing::NotRoot => word("not_root"),
        Thing::UserOrRole => word("user_or_role"),
        Thing::Organization => word("organization"),
        Thing::AllFeatures => word("all_features"),
        Thing::OrgRole(OrgRoleRule::Management) => word("management_account"),
        Thing::OrgRole(OrgRoleRule::DelegatedForAny) => word("management_or_delegated"),
        Thing::OrgRole(OrgRoleRule::DelegatedFor(service)) => {
            Needs { service: Some(service), ..word("management_or_delegated") }
        }
        Thing::TrustedAccess(service) => Needs { service: Some(service), ..word("trusted_access") },
        Thing::RootFeature(feature) => Needs { feature: Some(*feature), ..word("root_feature") },
        Thing::Permission(permission) => Needs { permission: Some(permission), ..word("permission") },
    }
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
    let cell = |row: &Row, name| row.0.iter().find(|(other, _)| other.name == name).map(|(_, cell)| cell.clone());
    let all = [f::FLOW, f::READY, f::SIMULATED].into_iter().chain(f::REQUIREMENT);
    all.map(|field| Column::csv_only(field.name, move |row: &Row| cell(row, field.name))).collect()
}
