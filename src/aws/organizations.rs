//! AWS Organizations: accounts, units, trusted access and delegation.
//!
//! A page may be empty and still have a successor (service model), so lists go on as long as there is a
//! token that was not given before.

use aws_sdk_organizations::operation::deregister_delegated_administrator::DeregisterDelegatedAdministratorError;
use aws_sdk_organizations::operation::disable_aws_service_access::DisableAWSServiceAccessError;
use aws_sdk_organizations::operation::enable_aws_service_access::EnableAWSServiceAccessError;
use aws_sdk_organizations::operation::list_accounts::ListAccountsOutput;
use aws_sdk_organizations::operation::register_delegated_administrator::RegisterDelegatedAdministratorError;
use aws_sdk_organizations::types;
use aws_types::request_id::RequestId;
use jiff::Timestamp;

use super::clients::Clients;
use super::pages::Pages;
use super::retry::SendOnce;
use super::{api_error, wire};
use crate::domain::account::{Account, AccountId, AccountState, unit_ids_of_path};
use crate::domain::api_error::ApiError;
use crate::domain::organization::Organization;
use crate::domain::permission::About;
use crate::domain::text;
use crate::domain::trusted_access::{ServicePrincipal, TrustedAccess, TrustedService};

const DESCRIBE: &str = "organizations:DescribeOrganization";
const LIST_ACCOUNTS: &str = "organizations:ListAccounts";
const LIST_ROOTS: &str = "organizations:ListRoots";
pub(crate) const LIST_UNITS: &str = "organizations:ListOrganizationalUnitsForParent";
const LIST_TRUSTED: &str = "organizations:ListAWSServiceAccessForOrganization";
const LIST_DELEGATES: &str = "organizations:ListDelegatedAdministrators";
const LIST_DELEGATED: &str = "organizations:ListDelegatedServicesForAccount";
const ENABLE: &str = "organizations:EnableAWSServiceAccess";
const REGISTER: &str = "organizations:RegisterDelegatedAdministrator";
const DEREGISTER: &str = "organizations:DeregisterDelegatedAdministrator";
const DISABLE: &str = "organizations:DisableAWSServiceAccess";

/// The most entries of a page (service model).
const PAGE: i32 = 20;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// `ou-…`.
    pub id: String,
    pub name: String,
}

/// The organization. Any member may ask (service model).
pub(crate) async fn organization(clients: &Clients) -> Result<Organization, ApiError> {
    clients.pace.wait(DESCRIBE).await;
    let answer = clients.permission_evidence(DESCRIBE, clients.organizations.describe_organization().send().await)?;
    let organization = answer.organization();
    Ok(Organization {
        id: wire::required(DESCRIBE, "the organization's id", organization.and_then(|it| it.id()))?,
        management_account: wire::account_id(DESCRIBE, organization.and_then(|it| it.master_account_id()))?,
        management_email: text::clean(organization.and_then(|it| it.master_account_email()).unwrap_or_default()),
        all_features: organization
            .and_then(|it| it.feature_set())
            .map(all_features)
            .ok_or_else(|| wire::unreadable(DESCRIBE, "the answer lacks the feature set"))?,
    })
}

fn all_features(set: &types::OrganizationFeatureSet) -> Option<bool> {
    match set {
        types::OrganizationFeatureSet::All => Some(true),
        types::OrganizationFeatureSet::ConsolidatedBilling => Some(false),
        _ => None,
    }
}

/// The first page of accounts, of at most `size`: the management account is somewhere in the list, and not
/// surely on it.
pub(crate) async fn first_accounts(clients: &Clients, size: i32) -> Result<Vec<Account>, ApiError> {
    let answer = list_accounts(clients, None, size).await?;
    let listed = Pages::of(LIST_ACCOUNTS).list("the accounts", answer.accounts.as_ref(), answer.next_token())?.to_vec();
    listed.iter().map(account).collect()
}

async fn list_accounts(clients: &Clients, token: Option<String>, size: i32) -> Result<ListAccountsOutput, ApiError> {
    clients.pace.wait(LIST_ACCOUNTS).await;
    let answer = clients.organizations.list_accounts().max_results(size).set_next_token(token).send().await;
    clients.permission_evidence(LIST_ACCOUNTS, answer)
}

/// All accounts; each page is given to `on_page` as it comes.
/// After a failure the pages before have been given already.
pub(crate) async fn accounts(clients: &Clients, mut on_page: impl FnMut(Vec<Account>) + Send) -> Result<(), ApiError> {
    let mut pages = Pages::of(LIST_ACCOUNTS);
    let (mut token, mut any) = (None, false);
    loop {
        let answer = list_accounts(clients, token, PAGE).await?;
        let listed = pages.list("the accounts", answer.accounts.as_ref(), answer.next_token())?;
        let page: Vec<Account> = listed.iter().map(account).collect::<Result<_, _>>()?;
        token = pages.next(listed.iter().filter_map(|account| account.id()), answer.next_token())?;
        any |= !page.is_empty();
        if token.is_none() && !any {
            return Err(wire::unreadable(
                LIST_ACCOUNTS,
                "the answer lists no account, not even the management account",
            ));
        }
        if !page.is_empty() {
            on_page(page);
        }
        if token.is_none() {
            return Ok(());
        }
    }
}

/// The ids of the roots; today every organization has one.
pub(crate) async fn root_ids(clients: &Clients) -> Result<Vec<String>, ApiError> {
    let mut pages = Pages::of(LIST_ROOTS);
    let mut ids = Vec::new();
    let mut token = None;
    loop {
        clients.pace.wait(LIST_ROOTS).await;
        let answer = clients.organizations.list_roots().max_results(PAGE).set_next_token(token).send().await;
        let answer = clients.permission_evidence(LIST_ROOTS, answer)?;
        let roots = pages.list("the roots", answer.roots.as_ref(), answer.next_token())?;
        for root in roots {
            ids.push(wire::required(LIST_ROOTS, "the id of a root", root.id())?);
        }
        token = pages.next(roots.iter().filter_map(|root| root.id()), answer.next_token())?;
        if token.is_none() && ids.is_empty() {
            return Err(wire::unreadable(LIST_ROOTS, "the answer lists no root"));
        }
        if token.is_none() {
            return Ok(ids);
        }
    }
}

pub(crate) async fn units_below(clients: &Clients, parent: &str) -> Result<Vec<Unit>, ApiError> {
    let mut pages = Pages::of(LIST_UNITS);
    let mut units = Vec::new();
    let mut token = None;
    loop {
        clients.pace.wait(LIST_UNITS).await;
        let answer = clients
            .organizations
            .list_organizational_units_for_parent()
            .parent_id(parent)
            .max_results(PAGE)
            .set_next_token(token)
            .send()
            .await;
        let answer = clients.permission_evidence(LIST_UNITS, answer)?;
        let listed = pages.list("the units", answer.organizational_units.as_ref(), answer.next_token())?;
        for unit in listed {
            let id = wire::required(LIST_UNITS, "the id of a unit", unit.id())?;
            let name = unit.name().map_or_else(|| id.clone(), text::clean);
            units.push(Unit { id, name });
        }
        token = pages.next(listed.iter().filter_map(|unit| unit.id()), answer.next_token())?;
        if token.is_none() {
            return Ok(units);
        }
    }
}

pub(crate) async fn trusted_access(clients: &Clients) -> Result<TrustedAccess, ApiError> {
    let mut pages = Pages::of(LIST_TRUSTED);
    let mut services = Vec::new();
    let mut token = None;
    loop {
        clients.pace.wait(LIST_TRUSTED).await;
        let answer = clients
            .organizations
            .list_aws_service_access_for_organization()
            .max_results(PAGE)
            .set_next_token(token)
            .send()
            .await;
        let answer = clients.permission_evidence(LIST_TRUSTED, answer)?;
        let listed = pages.list("the services", answer.enabled_service_principals.as_ref(), answer.next_token())?;
        for service in listed {
            let principal = wire::required(LIST_TRUSTED, "a service principal", service.service_principal())?;
            services.push(TrustedService {
                principal: ServicePrincipal::new(&principal),
                enabled: wire::timestamp(service.date_enabled()),
            });
        }
        token = pages.next(listed.iter().filter_map(|service| service.service_principal()), answer.next_token())?;
        if token.is_none() {
            return Ok(TrustedAccess::new(services));
        }
    }
}

/// The accounts that are a delegated administrator for anything, with their names.
pub(crate) async fn delegates(clients: &Clients) -> Result<Vec<(AccountId, String)>, ApiError> {
    let mut pages = Pages::of(LIST_DELEGATES);
    let mut accounts = Vec::new();
    let mut token = None;
    loop {
        clients.pace.wait(LIST_DELEGATES).await;
        let answer =
            clients.organizations.list_delegated_administrators().max_results(PAGE).set_next_token(token).send().await;
        let answer = clients.permission_evidence(LIST_DELEGATES, answer)?;
        let listed = pages.list(
            "the delegated administrators",
            answer.delegated_administrators.as_ref(),
            answer.next_token(),
        )?;
        for delegate in listed {
            let id = wire::account_id(LIST_DELEGATES, delegate.id())?;
            accounts.push((id, text::clean(delegate.name().unwrap_or_default())));
        }
        token = pages.next(listed.iter().filter_map(|delegate| delegate.id()), answer.next_token())?;
        if token.is_none() {
            return Ok(accounts);
        }
    }
}

/// The services that `account` is a delegated administrator for, with the day of registration.
/// `NotFound`: it is registered for none.
pub(crate) async fn delegated_services(
    clients: &Clients,
    account: AccountId,
) -> Result<Vec<(ServicePrincipal, Option<Timestamp>)>, ApiError> {
    let mut pages = Pages::of(LIST_DELEGATED);
    let mut services = Vec::new();
    let mut token = None;
    loop {
        clients.pace.wait(LIST_DELEGATED).await;
        let answer = clients
            .organizations
            .list_delegated_services_for_account()
            .account_id(account.to_string())
            .max_results(PAGE)
            .set_next_token(token)
            .send()
            .await;
        let answer = clients.permission_evidence(LIST_DELEGATED, answer)?;
        let listed = pages.list("the services", answer.delegated_services.as_ref(), answer.next_token())?;
        for service in listed {
            let principal = wire::required(LIST_DELEGATED, "a service principal", service.service_principal())?;
            services.push((ServicePrincipal::new(&principal), wire::timestamp(service.delegation_enabled_date())));
        }
        token = pages.next(listed.iter().filter_map(|service| service.service_principal()), answer.next_token())?;
        if token.is_none() {
            return Ok(services);
        }
    }
}

/// Turns trusted access of `service` on or off; the request id of the answer.
pub(crate) async fn set_trusted_access(
    clients: &Clients,
    service: &ServicePrincipal,
    on: bool,
) -> Result<Option<String>, ApiError> {
    let once = aws_sdk_organizations::config::Builder::default().retry_classifier(SendOnce);
    let about = About::Service(service.clone());
    if on {
        clients.pace.wait(ENABLE).await;
        let call = clients.organizations.enable_aws_service_access().service_principal(service.as_str());
        let answer = call.customize().config_override(once).send().await.map_err(|error| {
            let reason = match error.as_service_error() {
                Some(EnableAWSServiceAccessError::ConstraintViolationException(it)) => reason(it),
                _ => None,
            };
            api_error::with_reason(ENABLE, &error, reason.as_deref())
        });
        let answer = clients.noted(ENABLE, about, answer)?;
        Ok(answer.request_id().map(text::clean))
    } else {
        clients.pace.wait(DISABLE).await;
        let call = clients.organizations.disable_aws_service_access().service_principal(service.as_str());
        let answer = call.customize().config_override(once).send().await.map_err(|error| {
            let reason = match error.as_service_error() {
                Some(DisableAWSServiceAccessError::ConstraintViolationException(it)) => reason(it),
                _ => None,
            };
            api_error::with_reason(DISABLE, &error, reason.as_deref())
        });
        let answer = clients.noted(DISABLE, about, answer)?;
        Ok(answer.request_id().map(text::clean))
    }
}

/// Makes `account` a delegated administrator of `service`, or ends that; the request id of the answer.
pub(crate) async fn set_delegate(
    clients: &Clients,
    account: AccountId,
    service: &ServicePrincipal,
    register: bool,
) -> Result<Option<String>, ApiError> {
    let once = aws_sdk_organizations::config::Builder::default().retry_classifier(SendOnce);
    let about = About::Service(service.clone());
    let (id, service) = (account.to_string(), service.as_str());
    if register {
        clients.pace.wait(REGISTER).await;
        let call = clients.organizations.register_delegated_administrator().account_id(id).service_principal(service);
        let answer = call.customize().config_override(once).send().await.map_err(|error| {
            let reason = match error.as_service_error() {
                Some(RegisterDelegatedAdministratorError::ConstraintViolationException(it)) => reason(it),
                _ => None,
            };
            api_error::with_reason(REGISTER, &error, reason.as_deref())
        });
        let answer = clients.noted(REGISTER, about, answer)?;
        Ok(answer.request_id().map(text::clean))
    } else {
        clients.pace.wait(DEREGISTER).await;
        let call = clients.organizations.deregister_delegated_administrator().account_id(id).service_principal(service);
        let answer = call.customize().config_override(once).send().await.map_err(|error| {
            let reason = match error.as_service_error() {
                Some(DeregisterDelegatedAdministratorError::ConstraintViolationException(it)) => reason(it),
                _ => None,
            };
            api_error::with_reason(DEREGISTER, &error, reason.as_deref())
        });
        let answer = clients.noted(DEREGISTER, about, answer)?;
        Ok(answer.request_id().map(text::clean))
    }
}

fn reason(violation: &types::error::ConstraintViolationException) -> Option<String> {
    violation.reason().map(|reason| reason.as_str().to_owned())
}

fn account(wire: &types::Account) -> Result<Account, ApiError> {
    // `State` replaces `Status`, whose retirement AWS announced; answers may hold either or both.
    let state = wire.state().map(types::AccountState::as_str);
    let state = state.or_else(|| status(wire));
    Ok(Account {
        id: wire::account_id(LIST_ACCOUNTS, wire.id())?,
        name: text::clean(wire.name().unwrap_or_default()),
        email: text::clean(wire.email().unwrap_or_default()),
        state: state.map_or(AccountState::Unknown, AccountState::from_wire),
        joined: wire::timestamp(wire.joined_timestamp()),
        unit_ids: wire.paths().first().map(|path| unit_ids_of_path(path)),
    })
}

fn status(wire: &types::Account) -> Option<&str> {
    wire.status().map(types::AccountStatus::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire() -> types::builders::AccountBuilder {
        types::Account::builder().id("444455556666").name("sand\u{1b}[2Jbox").email("root@example.com")
    }

    #[test]
    fn a_feature_set_that_aws_added_is_not_taken_for_consolidated_billing() {
        use types::OrganizationFeatureSet as Set;
        assert_eq!((all_features(&Set::All), all_features(&Set::ConsolidatedBilling)), (Some(true), Some(false)));
        assert_eq!(all_features(&Set::from("SOME_FEATURES")), None);
    }

    #[test]
    fn state_is_preferred_and_status_is_taken_where_it_is_all_there_is() {
        let state = |account: types::Account| super::account(&account).expect("an account").state;
        assert_eq!(
            state(wire().state(types::AccountState::Closed).status(types::AccountStatus::Suspended).build()),
            AccountState::Closed
        );
        assert_eq!(state(wire().status(types::AccountStatus::Suspended).build()), AccountState::Suspended);
        assert_eq!(
            state(wire().state(types::AccountState::from("FROZEN")).build()),
            AccountState::Other("FROZEN".into())
        );
        assert_eq!(state(wire().build()), AccountState::Unknown);
    }

    #[test]
    fn text_is_cleaned_and_the_path_gives_the_units() {
        let account = super::account(&wire().paths("o-a/r-b/ou-b-1/ou-b-2/444455556666/").build()).expect("an account");
        assert_eq!(account.name, "sand\u{FFFD}[2Jbox");
        assert_eq!(account.unit_ids.expect("told"), ["ou-b-1", "ou-b-2"]);
        let below_the_root = super::account(&wire().paths("o-a/r-b/444455556666/").build()).expect("an account");
        assert_eq!(below_the_root.unit_ids, Some(vec![]));
        // Without a path AWS has not said that it is below the root.
        assert_eq!(super::account(&wire().build()).expect("an account").unit_ids, None);
    }

    #[test]
    fn an_account_that_cant_be_named_fails_the_listing_rather_than_going_missing() {
        let fault = super::account(&types::Account::builder().name("x").build()).expect_err("no id");
        assert_eq!(fault.kind, crate::domain::api_error::ApiErrorKind::Unreadable);
    }
}
