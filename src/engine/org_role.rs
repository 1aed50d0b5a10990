use super::shared::Engine;
use crate::aws::{iam, organizations};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::caller::OrgRole;
use crate::domain::organization::Organization;
use crate::domain::root_feature::RootFeatures;

impl Engine {
    /// What the caller's account is in `organization`.
    ///
    /// No API says "you are an ordinary member". `ListDelegatedServicesForAccount` is open to the management account
    /// and to delegated administrators only. A member is denied, and so is a delegated administrator who lacks the
    /// permission, sometimes with the very same words (captured). Taking one for the other would lock the latter out,
    /// so a denial makes a member only if nothing contradicts it: the denial names no permission, listing accounts is
    /// denied as well, and IAM says that the account is neither or that nobody is trusted with the root features. What
    /// is left is a delegated administrator for Account Management who may ask IAM but nothing of Organizations: it has
    /// no accounts to act on here anyway.
    ///
    /// # Errors
    /// If the role can't be found out: AWS itself judges what the caller tries.
    pub async fn org_role(&self, organization: &Organization) -> Result<OrgRole, ApiError> {
        let org_role = self.read_org_role(organization).await?;
        self.known().org_role = Some(org_role.clone());
        Ok(org_role)
    }

    async fn read_org_role(&self, organization: &Organization) -> Result<OrgRole, ApiError> {
        let account = self.caller().account;
        if account == organization.management_account {
            return Ok(OrgRole::Management);
        }
        match organizations::delegated_services(self.clients(), account).await {
            Ok(services) if services.is_empty() => Ok(OrgRole::Member),
            Ok(services) => Ok(OrgRole::Delegated(services.into_iter().map(|(service, _)| service).collect())),
            Err(error) if error.kind == ApiErrorKind::NotFound => Ok(OrgRole::Member),
            Err(error) if may_be_a_member(&error) && self.is_denied_elsewhere().await => Ok(OrgRole::Member),
            Err(error) => Err(error),
        }
    }

    async fn is_denied_elsewhere(&self) -> bool {
        let accounts = organizations::first_accounts(self.clients(), 1).await;
        if !accounts.is_err_and(|error| may_be_a_member(&error)) {
            return false;
        }
        match iam::root_features(self.clients()).await {
            Ok(RootFeatures::NeedTrustedAccess) => true,
            Ok(RootFeatures::Enabled(_)) => false,
            Err(error) => error.kind == ApiErrorKind::NotManagementOrDelegated,
        }
    }
}

/// Whether a denial may be that of a member: one that names a missing permission is about that.
fn may_be_a_member(error: &ApiError) -> bool {
    error.kind == ApiErrorKind::AccessDenied && !error.message.contains("is not authorized to perform")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denial_that_names_the_missing_permission_says_nothing_about_the_standing() {
        let denied = |message| ApiError::new("organizations:ListAccounts", ApiErrorKind::AccessDenied, message);
        assert!(may_be_a_member(&denied("You don't have permissions to access this resource.")));
        assert!(!may_be_a_member(&denied("User: arn:x is not authorized to perform: organizations:ListAccounts")));
        assert!(!may_be_a_member(&ApiError::new("organizations:ListAccounts", ApiErrorKind::Throttled, "")));
    }
}
