//! AWS Organizations: accounts, units, trusted access and delegation. A page may be empty and have a successor (service
//! model).

use std::sync::Arc;

use aws_sdk_organizations::types;
use aws_types::request_id::RequestId;
use jiff::Timestamp;

use super::clients::Clients;
use super::pages::{self, Page};
use super::retry::SendOnce;
use super::wire;
use crate::domain::account::{Account, AccountId, AccountState, JoinedMethod, UnitIds};
use crate::domain::api_error::ApiError;
use crate::domain::client_error::AnswerError;
use crate::domain::control_policy::ControlKind;
use crate::domain::organization::Organization;
use crate::domain::permission::About;
use crate::domain::text;
use crate::domain::trusted_access::{ServicePrincipal, TrustedAccess, TrustedService};

const DESCRIBE: &str = "organizations:DescribeOrganization";
const DESCRIBE_ACCOUNT: &str = "organizations:DescribeAccount";
const LIST_ACCOUNTS: &str = "organizations:ListAccounts";
const LIST_ROOTS: &str = "organizations:ListRoots";
pub(crate) const LIST_UNITS: &str = "organizations:ListOrganizationalUnitsForParent";
const LIST_TRUSTED: &str = "organizations:ListAWSServiceAccessForOrganization";
const LIST_DELEGATES: &str = "organizations:ListDelegatedAdministrators";
const LIST_DELEGATED: &str = "organizations:ListDelegatedServicesForAccount";
const LIST_POLICIES: &str = "organizations:ListPoliciesForTarget";
const DESCRIBE_POLICY: &str = "organizations:DescribePolicy";
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

pub(crate) async fn organization(clients: &Clients) -> Result<Organization, ApiError> {
    clients.pace.wait(DESCRIBE).await;
    let answer = clients.answered(DESCRIBE, clients.organizations.describe_organization().send().await)?;
    let organization = answer.organization();
    Ok(Organization {
        id: wire::required(DESCRIBE, "Organization.Id", organization.and_then(|it| it.id()))?,
        management_account: wire::account_id(DESCRIBE, organization.and_then(|it| it.master_account_id()))?,
        management_email: text::clean(organization.and_then(|it| it.master_account_email()).unwrap_or_default()),
        all_features: organization
            .and_then(|it| it.feature_set())
            .map(all_features)
            .ok_or_else(|| wire::unreadable(DESCRIBE, AnswerError::Lacks("Organization.FeatureSet".to_owned())))?,
    })
}

fn all_features(set: &types::OrganizationFeatureSet) -> Option<bool> {
    match set {
        types::OrganizationFeatureSet::All => Some(true),
        types::OrganizationFeatureSet::ConsolidatedBilling => Some(false),
        _ => None,
    }
}

/// The management account is somewhere in the list, and not surely on the first page.
pub(crate) async fn first_accounts(clients: &Clients, size: i32) -> Result<Vec<Arc<Account>>, ApiError> {
    let (listed, next) = list_accounts(clients, None, size).await?;
    pages::list(LIST_ACCOUNTS, "Accounts", listed, next.as_deref())?
        .iter()
        .map(|one| listed_account(one, &mut UnitIds::default()))
        .collect()
}

/// `NotFound`: there is none with this id in the organization.
pub(crate) async fn account(clients: &Clients, id: AccountId) -> Result<Account, ApiError> {
    clients.pace.wait(DESCRIBE_ACCOUNT).await;
    let answer = clients.organizations.describe_account().account_id(id.to_string()).send().await;
    let answer = clients.answered(DESCRIBE_ACCOUNT, answer)?;
    let lacks = || wire::unreadable(DESCRIBE_ACCOUNT, AnswerError::Lacks("Account".to_owned()));
    let account = account_of(DESCRIBE_ACCOUNT, answer.account().ok_or_else(lacks)?, &mut UnitIds::default())?;
    // What is done next is done to this account.
    if account.id == id { Ok(account) } else { Err(lacks()) }
}

async fn list_accounts(clients: &Clients, token: Option<String>, size: i32) -> Result<Page<types::Account>, ApiError> {
    clients.pace.wait(LIST_ACCOUNTS).await;
    let answer = clients.organizations.list_accounts().max_results(size).set_next_token(token).send().await;
    clients.answered(LIST_ACCOUNTS, answer).map(|answer| (answer.accounts, answer.next_token))
}

/// The page with this token, and the token of the next one. `Invalid`: AWS does not know the token any more.
pub(crate) async fn accounts_page(
    clients: &Clients,
    token: String,
) -> Result<(Vec<Arc<Account>>, Option<String>), ApiError> {
    let (listed, next) = list_accounts(clients, Some(token), PAGE).await?;
    let listed = pages::list(LIST_ACCOUNTS, "Accounts", listed, next.as_deref())?;
    let mut units = UnitIds::default();
    Ok((listed.iter().map(|one| listed_account(one, &mut units)).collect::<Result<_, _>>()?, next))
}

/// From the page with this token, or the first one; each page with the token of the next. After an error the pages
/// before it have been given to `on_page` already.
pub(crate) async fn accounts(
    clients: &Clients,
    token: Option<String>,
    mut on_page: impl FnMut(Vec<Arc<Account>>, Option<&str>) + Send,
) -> Result<(), ApiError> {
    let mut any = token.is_some();
    let mut units = UnitIds::default();
    let call = |token| list_accounts(clients, token, PAGE);
    pages::each((LIST_ACCOUNTS, "Accounts"), types::Account::id, token, call, |listed, next| {
        let page: Vec<_> = listed.iter().map(|one| listed_account(one, &mut units)).collect::<Result<_, _>>()?;
        if !page.is_empty() {
            any = true;
            on_page(page, next);
        }
        Ok(())
    })
    .await?;
    if any {
        return Ok(());
    }
    Err(wire::unreadable(LIST_ACCOUNTS, AnswerError::ListsNone("Accounts".to_owned())))
}

macro_rules! all_pages {
    ($clients:ident, $operation:ident, $name:literal, $id:expr, $items:ident of $call:ident $(, $set:ident = $value:expr)?) => {
        pages::all($operation, $name, $id, |token| async move {
            $clients.pace.wait($operation).await;
            let call = $clients.organizations.$call()$(.$set($value))?;
            let answer = call.max_results(PAGE).set_next_token(token).send().await;
            $clients.answered($operation, answer).map(|answer| (answer.$items, answer.next_token))
        })
        .await
    };
}

pub(crate) async fn root_ids(clients: &Clients) -> Result<Vec<String>, ApiError> {
    let roots = all_pages!(clients, LIST_ROOTS, "Roots", types::Root::id, roots of list_roots)?;
    if roots.is_empty() {
        return Err(wire::unreadable(LIST_ROOTS, AnswerError::ListsNone("Roots".to_owned())));
    }
    roots.iter().map(|root| wire::required(LIST_ROOTS, "Root.Id", root.id())).collect()
}

pub(crate) async fn units_below(clients: &Clients, parent: &str) -> Result<Vec<Unit>, ApiError> {
    let id = types::OrganizationalUnit::id;
    let units = all_pages!(
        clients, LIST_UNITS, "OrganizationalUnits", id,
        organizational_units of list_organizational_units_for_parent, parent_id = parent
    )?;
    let unit = |unit: &types::OrganizationalUnit| {
        let id = wire::required(LIST_UNITS, "OrganizationalUnit.Id", unit.id())?;
        let name = unit.name().map_or_else(|| id.clone(), text::clean);
        Ok(Unit { id, name })
    };
    units.iter().map(unit).collect()
}

/// The policies of a type that are attached to this very root, unit or account, without their documents.
pub(crate) async fn policies_for_target(
    clients: &Clients,
    target: &str,
    kind: ControlKind,
) -> Result<Vec<PolicySummary>, ApiError> {
    let id = types::PolicySummary::id;
    let policies = pages::all(LIST_POLICIES, "Policies", id, |token| async move {
        clients.pace.wait(LIST_POLICIES).await;
        let call = clients.organizations.list_policies_for_target().target_id(target);
        let call = call.filter(types::PolicyType::from(kind.as_str()));
        let answer = call.max_results(PAGE).set_next_token(token).send().await;
        clients.answered(LIST_POLICIES, answer).map(|answer| (answer.policies, answer.next_token))
    });
    policies.await?.iter().map(|policy| summary(LIST_POLICIES, policy)).collect()
}

/// A policy with its document, byte for byte. `NotFound`: there is none with this id.
pub(crate) async fn policy(clients: &Clients, id: &str) -> Result<(PolicySummary, String), ApiError> {
    clients.pace.wait(DESCRIBE_POLICY).await;
    let answer = clients.organizations.describe_policy().policy_id(id).send().await;
    let answer = clients.answered(DESCRIBE_POLICY, answer)?;
    let policy = answer.policy();
    let lacks = || wire::unreadable(DESCRIBE_POLICY, AnswerError::Lacks("Policy".to_owned()));
    let of = policy.and_then(types::Policy::policy_summary).ok_or_else(lacks)?;
    let content = wire::policy(DESCRIBE_POLICY, policy.and_then(types::Policy::content))?;
    Ok((summary(DESCRIBE_POLICY, of)?, content))
}

/// What AWS reports of a policy beside its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PolicySummary {
    /// `p-…`.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) aws_managed: bool,
}

fn summary(operation: &'static str, policy: &types::PolicySummary) -> Result<PolicySummary, ApiError> {
    let id = wire::required(operation, "PolicySummary.Id", policy.id())?;
    let name = policy.name().map_or_else(|| id.clone(), text::clean);
    Ok(PolicySummary { id, name, aws_managed: policy.aws_managed() })
}

pub(crate) async fn trusted_access(clients: &Clients) -> Result<TrustedAccess, ApiError> {
    let id = types::EnabledServicePrincipal::service_principal;
    let services = all_pages!(
        clients, LIST_TRUSTED, "EnabledServicePrincipals", id,
        enabled_service_principals of list_aws_service_access_for_organization
    )?;
    let service = |service: &types::EnabledServicePrincipal| {
        let principal = wire::required(LIST_TRUSTED, "ServicePrincipal", service.service_principal())?;
        let enabled = wire::timestamp(service.date_enabled());
        Ok(TrustedService { principal: ServicePrincipal::new(&principal), enabled })
    };
    services.iter().map(service).collect::<Result<_, _>>().map(TrustedAccess::new)
}

pub(crate) async fn delegates(clients: &Clients) -> Result<Vec<(AccountId, String)>, ApiError> {
    let id = types::DelegatedAdministrator::id;
    let delegates = all_pages!(
        clients, LIST_DELEGATES, "DelegatedAdministrators", id,
        delegated_administrators of list_delegated_administrators
    )?;
    let delegate = |delegate: &types::DelegatedAdministrator| {
        Ok((wire::account_id(LIST_DELEGATES, delegate.id())?, text::clean(delegate.name().unwrap_or_default())))
    };
    delegates.iter().map(delegate).collect()
}

/// With the day of registration. `NotFound`: it is registered for none.
pub(crate) async fn delegated_services(
    clients: &Clients,
    account: AccountId,
) -> Result<Vec<(ServicePrincipal, Option<Timestamp>)>, ApiError> {
    let id = types::DelegatedService::service_principal;
    let services = all_pages!(
        clients, LIST_DELEGATED, "DelegatedServices", id,
        delegated_services of list_delegated_services_for_account, account_id = account.to_string()
    )?;
    let service = |service: &types::DelegatedService| {
        let principal = wire::required(LIST_DELEGATED, "ServicePrincipal", service.service_principal())?;
        Ok((ServicePrincipal::new(&principal), wire::timestamp(service.delegation_enabled_date())))
    };
    services.iter().map(service).collect()
}

/// Four operations of four types; only their names and arguments differ.
macro_rules! send_once {
    ($clients:ident, $operation:ident, $service:ident, $call:expr) => {{
        $clients.pace.wait($operation).await;
        let once = aws_sdk_organizations::config::Builder::default().retry_classifier(SendOnce);
        let answer = $call.service_principal($service.as_str()).customize().config_override(once).send().await;
        let answer = $clients.answered_about($operation, About::Service($service.clone()), answer)?;
        Ok(answer.request_id().map(text::clean))
    }};
}

pub(crate) async fn set_trusted_access(
    clients: &Clients,
    service: &ServicePrincipal,
    on: bool,
) -> Result<Option<String>, ApiError> {
    let organizations = &clients.organizations;
    if on {
        send_once!(clients, ENABLE, service, organizations.enable_aws_service_access())
    } else {
        send_once!(clients, DISABLE, service, organizations.disable_aws_service_access())
    }
}

pub(crate) async fn set_delegate(
    clients: &Clients,
    account: AccountId,
    service: &ServicePrincipal,
    register: bool,
) -> Result<Option<String>, ApiError> {
    let (organizations, id) = (&clients.organizations, account.to_string());
    if register {
        send_once!(clients, REGISTER, service, organizations.register_delegated_administrator().account_id(id))
    } else {
        send_once!(clients, DEREGISTER, service, organizations.deregister_delegated_administrator().account_id(id))
    }
}

fn listed_account(wire: &types::Account, units: &mut UnitIds) -> Result<Arc<Account>, ApiError> {
    account_of(LIST_ACCOUNTS, wire, units).map(Arc::new)
}

fn account_of(operation: &'static str, wire: &types::Account, units: &mut UnitIds) -> Result<Account, ApiError> {
    // `State` replaces `Status`, whose retirement AWS announced; answers may hold either or both.
    let status = || wire.status().map(types::AccountStatus::as_str);
    let state = wire.state().map(types::AccountState::as_str).or_else(status);
    Ok(Account {
        id: wire::account_id(operation, wire.id())?,
        name: text::clean(wire.name().unwrap_or_default()),
        email: text::clean(wire.email().unwrap_or_default()),
        state: state.map_or(AccountState::Unknown, AccountState::from_wire),
        joined: wire::timestamp(wire.joined_timestamp()),
        joined_method: wire.joined_method().map(|method| JoinedMethod::from_wire(method.as_str())),
        unit_ids: wire.paths().first().map(|path| units.of_path(path)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire() -> types::builders::AccountBuilder {
        types::Account::builder().id("444455556666").name("sand\u{1b}[2Jbox").email("root@example.com")
    }

    fn listed(wire: &types::Account) -> Result<Account, ApiError> {
        account_of(LIST_ACCOUNTS, wire, &mut UnitIds::default())
    }

    #[test]
    fn a_feature_set_that_aws_added_is_not_taken_for_consolidated_billing() {
        use types::OrganizationFeatureSet as Set;
        assert_eq!((all_features(&Set::All), all_features(&Set::ConsolidatedBilling)), (Some(true), Some(false)));
        assert_eq!(all_features(&Set::from("SOME_FEATURES")), None);
    }

    #[test]
    fn state_is_preferred_and_status_is_taken_where_it_is_all_there_is() {
        let state = |account: types::Account| listed(&account).expect("an account").state;
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
        let account = listed(&wire().paths("o-a/r-b/ou-b-1/ou-b-2/444455556666/").build()).expect("an account");
        assert_eq!(account.name, "sand\u{FFFD}[2Jbox");
        assert_eq!(account.unit_ids.as_deref().expect("told"), ["ou-b-1", "ou-b-2"]);
        let below_the_root = listed(&wire().paths("o-a/r-b/444455556666/").build()).expect("an account");
        assert_eq!(below_the_root.unit_ids, Some([].into()));
        // Without a path AWS has not said that it is below the root.
        assert_eq!(listed(&wire().build()).expect("an account").unit_ids, None);
    }

    #[test]
    fn how_an_account_joined_is_unknown_where_aws_does_not_tell() {
        let method = |account: types::Account| listed(&account).expect("an account").joined_method;
        let invited = wire().joined_method(types::AccountJoinedMethod::Invited);
        assert_eq!(method(invited.build()), Some(JoinedMethod::Invited));
        let other = wire().joined_method(types::AccountJoinedMethod::from("MOVED"));
        assert_eq!(method(other.build()), Some(JoinedMethod::Other("MOVED".into())));
        assert_eq!(method(wire().build()), None);
    }

    #[test]
    fn an_account_that_cant_be_named_fails_the_listing_rather_than_going_missing() {
        let error = listed(&types::Account::builder().name("x").build()).expect_err("no id");
        assert_eq!(error.kind, crate::domain::api_error::ApiErrorKind::Unreadable);
    }
}
