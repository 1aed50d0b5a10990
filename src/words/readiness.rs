//! What each flow needs, whether it is there, why, and what fixes it.

use super::api_error::{explain, headline, short};
use super::change::title;
use super::keys::{key, switches, view};
use crate::app::command::CommandId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::caller::OrgRole;
use crate::domain::change::{Change, Switch};
use crate::domain::flow::{Flow, Weight};
use crate::domain::permission::Permission;
use crate::domain::readiness::{Answer, NotSimulated, OrgRoleRule, Readiness, Reason, Remedy, Requirement, Thing};

pub(crate) fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Unknown => "unknown",
    }
}

/// Whether a flow is open, in a line under its name.
pub(crate) fn answer_alone(readiness: &Readiness) -> String {
    match (readiness.verdict(), readiness.is_hint()) {
        (Answer::Yes, true) => "yes (simulated; SCPs included, session policies and RCPs not)".to_owned(),
        (Answer::Yes, false) => "yes".to_owned(),
        (Answer::No, _) => "no".to_owned(),
        (Answer::Unknown, _) => "unknown".to_owned(),
    }
}

/// Why a flow is not open, in a few words; of an open one, what that rests on.
pub(crate) fn why(readiness: &Readiness) -> String {
    let Some(obstacle) = readiness.obstacle() else {
        let limited = readiness.limits().any(|one| one.answer == Answer::No);
        let words = match (readiness.is_hint(), limited) {
            (true, false) => "simulated",
            (true, true) => "simulated, partly",
            (false, false) => "",
            (false, true) => "partly",
        };
        return words.to_owned();
    };
    match (&obstacle.thing, &obstacle.reason) {
        (_, Reason::Member) => "member account".to_owned(),
        (_, Reason::DelegatedForOthers) => "delegated for other services".to_owned(),
        (_, Reason::DelegateOnlyLooks) => "delegated administrator: read-only".to_owned(),
        (_, Reason::DelegateOnlyTurnsOff) => "delegated administrator: disable only".to_owned(),
        (_, Reason::NotInOrganization) => "no organization".to_owned(),
        (_, Reason::BillingOnly) => "consolidated billing only".to_owned(),
        (_, Reason::CallerIsRoot) => "not as root".to_owned(),
        (_, Reason::CallerNotSimulated) => "not a user or role".to_owned(),
        (_, Reason::NoPrimaryEmails | Reason::NoRootCredentials) => "not in GovCloud".to_owned(),
        (Thing::TrustedAccess(service), Reason::Off) => format!("off: {service}"),
        (Thing::RootFeature(feature), Reason::Off) => format!("off: {feature}"),
        (Thing::Permission(permission), _) if obstacle.answer == Answer::No => {
            format!("denied: {}", operation(permission))
        }
        (Thing::Permission(permission), _) => format!("unknown: {}", operation(permission)),
        (Thing::Identity, _) => "credentials".to_owned(),
        (other, _) if obstacle.answer == Answer::No => format!("no: {}", requirement(other)),
        (Thing::OrgRole(_), _) => "unknown: role in the organization".to_owned(),
        (other, _) => format!("unknown: {}", requirement(other)),
    }
}

/// Why the accounts could not be listed, and what tells more.
pub(crate) fn accounts_unread(kind: ApiErrorKind, org_role: Option<&OrgRole>) -> String {
    let [error, readiness, again] = [CommandId::ReadNotice, CommandId::ViewReadiness, CommandId::Refresh].map(key);
    match (kind, org_role) {
        (ApiErrorKind::AccessDenied, Some(OrgRole::Member)) => format!(
            "only the management account and delegated administrators can list them, and this is a member account. \
             Details: {readiness}."
        ),
        (ApiErrorKind::AccessDenied, _) => {
            format!("not permitted. Details: {error}. What is missing: {readiness}. Retry: {again}.")
        }
        (other, _) => format!("{}. Details: {error}. Retry: {again}.", short(other)),
    }
}

fn operation(permission: &Permission) -> &'static str {
    permission.action.name.split_once(':').map_or(permission.action.name, |(_, operation)| operation)
}

pub(crate) const HINT: &str = "\"simulated\": from iam:SimulatePrincipalPolicy. SCPs and their conditions are \
    included; session policies and RCPs are not. Results of real calls take precedence.";

pub(crate) const NOBODY_TO_SIMULATE: &str = "IAM cannot simulate root or federated users. Their permissions are \
    known only from real calls in this session.";

pub(crate) fn no_simulation(error: &ApiError) -> String {
    let request = error.request_id.as_ref().map(|id| format!(" (request id {id})")).unwrap_or_default();
    format!(
        "iam:SimulatePrincipalPolicy failed: {}{request}. Only results of real calls in this session are known.",
        headline(error)
    )
}

pub(crate) fn policy_hint(of: Flow) -> String {
    let copy = key(CommandId::CopyPolicy);
    format!("Copy the least-privilege policy ({copy}), as printed by rootdeck policy --for {of}")
}

pub(crate) fn policy_copied(of: Flow) -> String {
    format!("policy copied, as printed by rootdeck policy --for {of}")
}

pub(crate) fn because(requirement: &Requirement) -> String {
    match (&requirement.reason, &requirement.thing) {
        (Reason::ShownBy(operation), Thing::Permission(permission)) if permission.action.name == *operation => {
            "succeeded in this session".to_owned()
        }
        (Reason::Simulated, _) => "simulated".to_owned(),
        _ => reason(requirement),
    }
}

/// Where the answer comes from, where it is said elsewhere why IAM could not be asked.
pub(crate) fn reason_beside(requirement: &Requirement) -> String {
    match &requirement.reason {
        Reason::NotSimulated(NotSimulated::Failed(_)) => "simulation failed, and no call made yet".to_owned(),
        _ => reason(requirement),
    }
}

pub(crate) fn requirement(thing: &Thing) -> String {
    match thing {
        Thing::Identity => "valid credentials".to_owned(),
        Thing::Partition => "supported in this partition".to_owned(),
        Thing::NotRoot => "a caller other than root".to_owned(),
        Thing::UserOrRole => "a user or role".to_owned(),
        Thing::Organization => "an organization".to_owned(),
        Thing::AllFeatures => "all features enabled in the organization".to_owned(),
        Thing::OrgRole(OrgRoleRule::Management) => "the management account".to_owned(),
        Thing::OrgRole(OrgRoleRule::DelegatedFor(service)) => {
            format!("the management account, or the delegated administrator for {service}")
        }
        Thing::OrgRole(OrgRoleRule::DelegatedForAny) => {
            "the management account, or a delegated administrator".to_owned()
        }
        Thing::TrustedAccess(service) => format!("trusted access for {service}"),
        Thing::RootFeature(feature) => feature.to_string(),
        Thing::Permission(permission) => permission.to_string(),
    }
}

/// How much that is needed, where it is not essential.
pub(crate) fn weight(weight: Weight) -> Option<&'static str> {
    match weight {
        Weight::Essential => None,
        Weight::Helpful => Some("helps"),
        Weight::Doubtful => Some("possibly not needed"),
    }
}

pub(crate) fn reason(requirement: &Requirement) -> String {
    match &requirement.reason {
        Reason::IsSo => so(requirement),
        Reason::ShownBy(operation) => format!("{operation} succeeded in this session"),
        Reason::Simulated => {
            "simulated: allowed (session policies and resource control policies are not included)".to_owned()
        }
        Reason::RootMayAll => "the caller is root".to_owned(),
        Reason::Credentials(error) => headline(error),
        Reason::NotInOrganization => "this account is not in an organization".to_owned(),
        Reason::BillingOnly => "the organization has consolidated billing only".to_owned(),
        Reason::Member => "this is a member account".to_owned(),
        Reason::DelegatedForOthers => "this account is delegated administrator for other services only".to_owned(),
        Reason::DelegateOnlyLooks => "a delegated administrator can read it, not change it".to_owned(),
        Reason::DelegateOnlyTurnsOff => {
            "the delegated administrator for IAM can list and disable the features, not enable them".to_owned()
        }
        Reason::CallerIsRoot => "root cannot open root sessions: use credentials of a user or role".to_owned(),
        Reason::CallerNotSimulated => "root and federated users cannot be simulated".to_owned(),
        Reason::NoPrimaryEmails => {
            "GovCloud accounts have no primary email: change it in the paired standard account".to_owned()
        }
        Reason::NoRootCredentials => {
            "root users of GovCloud accounts are not accessible, so there are no root credentials to manage".to_owned()
        }
        Reason::Off => "off".to_owned(),
        Reason::Refused(error) => format!("refused by AWS in this session: {}", headline(error)),
        Reason::ExplicitDeny(policies) if policies.is_empty() => "simulated: explicitly denied".to_owned(),
        Reason::ExplicitDeny(policies) => {
            format!("simulated: explicitly denied by {}", policies.join(", "))
        }
        Reason::NothingAllows => "simulated: no policy of the caller allows it".to_owned(),
        Reason::DeniedByScp => "simulated: denied by a service control policy (SCP), or allowed by none".to_owned(),
        Reason::DeniedByBoundary => "simulated: not allowed by the caller's permissions boundary".to_owned(),
        Reason::NotAsked => "not checked yet".to_owned(),
        Reason::NotRead(error) => format!("could not be read: {}", headline(error)),
        Reason::NotSimulated(why) => not_simulated(why),
        Reason::DependsOn(keys) => {
            format!("simulated: depends on {}, set by each request", keys.join(", "))
        }
        Reason::RefusedOnce(error) => {
            format!("refused by AWS in this session, possibly not because of policies: {}", headline(error))
        }
        Reason::NeedsTrustFirst => "reported only while trusted access for iam.amazonaws.com is on".to_owned(),
        Reason::NotDocumented(partition) => not_documented(partition),
        Reason::Doubtful => {
            let names = |permission: &Permission| permission.action.name == "iam:UpdateAccountName";
            let what = match &requirement.thing {
                Thing::Permission(permission) if names(permission) => "renaming accounts",
                _ => "starting and accepting a change",
            };
            format!("AWS's authorization reference lists it for {what}, its user guide does not")
        }
    }
}

fn so(requirement: &Requirement) -> String {
    match requirement.thing {
        Thing::TrustedAccess(_) | Thing::RootFeature(_) => "on".to_owned(),
        Thing::AllFeatures => "all features are enabled".to_owned(),
        Thing::OrgRole(_) => "this account is one".to_owned(),
        Thing::NotRoot | Thing::UserOrRole => "the caller is a user or role".to_owned(),
        _ => "reported by AWS".to_owned(),
    }
}

/// What AWS leaves open about a partition, with what it does say.
fn not_documented(partition: &str) -> String {
    let said = match partition {
        "aws-cn" => "According to AWS, accounts in China have no root user credentials. AWS ",
        "aws-us-gov" => "AWS documents root sessions for GovCloud, but no root credentials to manage there. AWS ",
        _ => "AWS ",
    };
    format!("{said}does not document whether {partition} has it")
}

fn not_simulated(why: &NotSimulated) -> String {
    match why {
        NotSimulated::NotYet => "not simulated yet".to_owned(),
        NotSimulated::NotAUserOrRole => "root and federated users cannot be simulated".to_owned(),
        NotSimulated::Failed(error) => format!("simulation failed: {}", headline(error)),
    }
}

/// What to do about it. `caller` is how the commands that fix reach AWS as this run does.
pub fn fix(fix: &Remedy, caller: Option<&CallerOptions>) -> String {
    match fix {
        Remedy::Start(change) => format!("{} ({})", title(change), place(change)),
        Remedy::AskManagement(change) => format!("ask the management account: {}", title(change)),
        Remedy::AttachPolicy(flow) => format!("get the permission: rootdeck policy --for {flow} prints the policy"),
        Remedy::ChangePolicies(policies) if policies.is_empty() => "change the denying statement".to_owned(),
        Remedy::ChangePolicies(policies) => format!("change the denying statement in {}", policies.join(", ")),
        Remedy::ChangeScp => "change the service control policy in the management account".to_owned(),
        Remedy::ChangeBoundary => "change the permissions boundary of this user or role".to_owned(),
        Remedy::UseManagement => "use credentials of the management account (--profile)".to_owned(),
        Remedy::UseDelegate(service) => format!(
            "use credentials of the management account or of the delegated administrator for {service} (--profile)"
        ),
        Remedy::UseUserOrRole => "use credentials of a user or role (--profile)".to_owned(),
        Remedy::UseOtherProfile => "use credentials of an account of the organization (--profile)".to_owned(),
        Remedy::SignIn(error) => explain(error, caller).fix,
        Remedy::EnableAllFeatures => match caller {
            Some(caller) => {
                format!("enable all features: `{}`", AwsCommand::new("organizations", "enable-all-features").by(caller))
            }
            None => "enable all features in the management account".to_owned(),
        },
        Remedy::AskAgain => format!("reload ({})", key(CommandId::Refresh)),
        Remedy::Try => "unknown until you try".to_owned(),
        Remedy::Nothing => "no fix available here".to_owned(),
    }
}

fn place(change: &Change) -> String {
    match change.switch() {
        Some((Switch::TrustedAccess(_) | Switch::RootFeature(_), _)) => switches(),
        None => view(CommandId::ViewAccounts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::readiness::{Knowledge, Simulated, SimulatedDecision, of_flow};
    use crate::domain::remote_data::RemoteData;
    use crate::domain::task_policy::TaskPolicy;
    use crate::domain::trusted_access::ServicePrincipal;

    #[test]
    fn a_doubtful_permission_says_what_it_is_listed_for() {
        let of = |flow: Flow| {
            let readiness = of_flow(flow, &Knowledge::default());
            let doubtful = readiness.requirements.iter().find(|one| one.weight == Weight::Doubtful).expect("one");
            reason(&Requirement { reason: Reason::Doubtful, ..doubtful.clone() })
        };
        assert!(of(Flow::ChangeContacts).contains("for renaming accounts,"));
        assert!(of(Flow::ChangeEmails).contains("for starting and accepting a change,"));
    }

    #[test]
    fn a_verdict_says_what_stands_in_the_way() {
        let error = ApiError::new("sso:GetRoleCredentials", ApiErrorKind::ExpiredCredentials, "the token has expired");
        let expired = Knowledge { caller: RemoteData::Failed(error, None), ..Knowledge::default() };
        let readiness = of_flow(Flow::Audit, &expired);
        assert_eq!(answer_alone(&readiness), "no");
        let obstacle = readiness.obstacle().expect("an obstacle");
        let because = format!("{}: {}", requirement(&obstacle.thing), reason(obstacle));
        assert_eq!(because, "valid credentials: sso:GetRoleCredentials: the token has expired");
        let missing = obstacle.fix.as_ref().expect("a mend");
        assert_eq!(
            fix(missing, Some(&CallerOptions { profile: Some("prod one".into()), ..CallerOptions::default() })),
            "Sign in again: key I in the dashboard, or `aws sso login --profile 'prod one'`."
        );
    }

    #[test]
    fn a_forecast_is_told_as_one_and_a_refusal_in_the_words_of_aws() {
        let audit = Permission::of_task(TaskPolicy::AuditRootCredentials).expect("in the table");
        let mut knowledge = Knowledge::default();
        let said = Simulated { decision: SimulatedDecision::Allowed, missing_context: Vec::new() };
        knowledge.simulated.insert(audit.clone(), said);
        let of_audit = |knowledge: &Knowledge| {
            let readiness = of_flow(Flow::Audit, knowledge);
            let found = readiness.requirements.iter().find(|one| one.thing == Thing::Permission(audit.clone()));
            found.map(reason).unwrap_or_default()
        };
        assert!(of_audit(&knowledge).contains("simulated: allowed"));
        let message = "User: x is not authorized to perform: sts:AssumeRoot because no identity-based policy allows it";
        let error = ApiError::new("sts:AssumeRoot", ApiErrorKind::AssumeRootDenied, message);
        knowledge.shown.note(audit.clone(), Err(&error));
        assert!(of_audit(&knowledge).contains(message));
    }

    #[test]
    fn a_mend_says_where_it_is_done() {
        let on = Remedy::Start(Switch::TrustedAccess(ServicePrincipal::iam()).set(true));
        assert_eq!(fix(&on, None), "Enable trusted access for iam.amazonaws.com (view 4, key t)");
        let attach = fix(&Remedy::AttachPolicy(Flow::UnlockBuckets), None);
        assert!(attach.contains("rootdeck policy --for s3-policies"), "{attach}");
    }
}
