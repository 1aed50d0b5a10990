//! The columns of the organization's switches and delegated administrators.

use jiff::Timestamp;

use crate::domain::account::AccountId;
use crate::domain::export::OrganizationState;
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::trusted_access::{DelegatedAdministrator, ServicePrincipal, TrustedAccess};
use crate::words::cli::switches as words;
use crate::words::fields as f;
use crate::words::labels::on_off;
use crate::words::rows::{Cell, Column, known, why_unknown};
use crate::words::schema::{Field, Shape};

const TRUSTED_ACCESS: &str = "trusted_access";
const ROOT_FEATURE: &str = "root_feature";
const DELEGATED_ADMINISTRATOR: &str = "delegated_administrator";
const KINDS: [&str; 3] = [TRUSTED_ACCESS, ROOT_FEATURE, DELEGATED_ADMINISTRATOR];

pub(crate) struct Row {
    kind: &'static str,
    name: Option<String>,
    /// On or off; null for a delegated administrator.
    status: Cell,
    since: Option<Timestamp>,
    account: Option<(AccountId, String)>,
}

impl Row {
    fn service(name: &ServicePrincipal, status: Cell, since: Option<Timestamp>) -> Self {
        Self { kind: TRUSTED_ACCESS, name: Some(name.to_string()), status, since, account: None }
    }

    fn feature(feature: RootFeature, status: Cell) -> Self {
        Self { kind: ROOT_FEATURE, name: Some(feature.to_string()), status, since: None, account: None }
    }

    const DELEGATE: Self =
        Self { kind: DELEGATED_ADMINISTRATOR, name: None, status: Cell::Null, since: None, account: None };
}

/// The services that are on, and the two that can be switched here, by name.
pub(crate) fn trust_rows(trusted: &TrustedAccess) -> Vec<Row> {
    let on = trusted.services().iter().map(|service| service.principal.clone());
    let mut services: Vec<ServicePrincipal> = ServicePrincipal::switchable().into_iter().chain(on).collect();
    services.sort();
    services.dedup();
    let row = |service: &ServicePrincipal| {
        let since = trusted.get(service).and_then(|service| service.enabled);
        Row::service(service, on_off(trusted.is_on(service)).into(), since)
    };
    services.iter().map(row).collect()
}

pub(crate) fn feature_rows(features: &RootFeatures) -> Vec<Row> {
    let status = |feature| match features.is_on(feature) {
        Some(on) => on_off(on).into(),
        None => Cell::Unknown(words::FEATURES_UNKNOWN.to_owned()),
    };
    RootFeature::ALL.map(|feature| Row::feature(feature, status(feature))).into()
}

pub(crate) fn delegate_rows(delegates: &[DelegatedAdministrator]) -> Vec<Row> {
    let rows = delegates.iter().flat_map(|delegate| {
        delegate.services.iter().map(|(service, since)| Row {
            name: Some(service.to_string()),
            since: *since,
            account: Some((delegate.account, delegate.name.clone())),
            ..Row::DELEGATE
        })
    });
    rows.collect()
}

/// All of them. What could not be read has rows that say so.
pub(crate) fn rows(state: &OrganizationState) -> Vec<Row> {
    let trusted = known(&state.trusted).map_or_else(
        || {
            let unknown = |service: &_| Row::service(service, Cell::Unknown(why_unknown(&state.trusted)), None);
            ServicePrincipal::switchable().iter().map(unknown).collect()
        },
        trust_rows,
    );
    let features = known(&state.features).map_or_else(
        || {
            let unknown = |feature| Row::feature(feature, Cell::Unknown(why_unknown(&state.features)));
            RootFeature::ALL.map(unknown).into()
        },
        feature_rows,
    );
    let delegates = known(&state.delegates).map_or_else(
        || vec![Row { status: Cell::Unknown(why_unknown(&state.delegates)), ..Row::DELEGATE }],
        |delegates| delegate_rows(delegates),
    );
    [trusted, features, delegates].into_iter().flatten().collect()
}

pub(crate) fn trust_columns() -> Vec<Column<'static, Row>> {
    let since = Column::new(f::SINCE.or_null(), |row: &Row| row.since).head("SINCE");
    vec![Column::new(f::SERVICE, |row: &Row| row.name.clone()).head("SERVICE"), status(f::ON_OFF), since]
}

pub(crate) fn feature_columns() -> Vec<Column<'static, Row>> {
    vec![Column::new(f::FEATURE, |row: &Row| row.name.clone()).head("FEATURE"), status(f::ON_OFF.or_unknown())]
}

/// Of [`delegate_rows`].
pub(crate) fn delegate_columns() -> Vec<Column<'static, Row>> {
    let account = |row: &Row| row.account.clone().map(|(id, name)| (id.to_string(), name)).unwrap_or_default();
    vec![
        Column::new(f::ACCOUNT_ID, move |row: &Row| account(row).0).head("ACCOUNT"),
        Column::new(f::ACCOUNT_NAME, move |row: &Row| account(row).1).head("NAME"),
        Column::new(f::SERVICE, |row: &Row| row.name.clone()).head("SERVICE"),
        Column::new(f::SINCE.or_null(), |row: &Row| row.since).head("SINCE"),
    ]
}

fn status(field: Field) -> Column<'static, Row> {
    Column::new(field, |row: &Row| row.status.clone()).head("STATUS").shown(|row| row.status.plain())
}

/// What came of setting a switch.
pub(crate) struct Switched {
    pub(crate) name: String,
    /// On or off, as AWS shows it afterwards.
    pub(crate) status: Cell,
    /// `None` if that is unknown.
    pub(crate) changed: Option<bool>,
}

pub(crate) fn trust_result_columns() -> Vec<Column<'static, Switched>> {
    result_columns(f::SERVICE)
}

pub(crate) fn feature_result_columns() -> Vec<Column<'static, Switched>> {
    result_columns(f::FEATURE)
}

fn result_columns(name: Field) -> Vec<Column<'static, Switched>> {
    vec![
        Column::new(name, |row: &Switched| row.name.clone()),
        Column::new(f::ON_OFF.or_unknown(), |row: &Switched| row.status.clone()),
        Column::new(f::CHANGED.or_null(), |row: &Switched| row.changed),
    ]
}

/// With what tells the rows of [`rows`] apart.
pub(crate) fn all_columns() -> Vec<Column<'static, Row>> {
    let is_feature = |row: &Row| row.kind == ROOT_FEATURE;
    vec![
        Column::new(f::KIND.shaped(Shape::OneOf(&KINDS)), |row: &Row| row.kind),
        Column::new(f::SERVICE.or_null(), move |row: &Row| row.name.clone().filter(|_| !is_feature(row))),
        Column::new(f::FEATURE.or_null(), move |row: &Row| row.name.clone().filter(|_| is_feature(row))),
        status(f::ON_OFF.or_null().or_unknown()),
        Column::new(f::SINCE.or_null(), |row: &Row| row.since),
        Column::new(f::ACCOUNT_ID.or_null(), |row: &Row| row.account.as_ref().map(|(id, _)| id.to_string())),
        Column::new(f::ACCOUNT_NAME.or_null(), |row: &Row| row.account.as_ref().map(|(_, name)| name.clone())),
    ]
}
