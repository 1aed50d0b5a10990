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
        (Answer::Yes, true) => "yes (hint: simulated; SCPs count, session policies and conditions may not)".to_owned(),
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
            (true, false) => "hint: simulated",
            (true, true) => "hint: simulated; not all",
            (false, false) => "",
            (false, true) => "not all of it",
        };
        return words.to_owned();
    };
    match (&obstacle.thing, &obstacle.reason) {
        (_, Reason::Member) => "this account is a member".to_owned(),
        (_, Reason::DelegatedForOthers) => "delegate for other services".to_owned(),
        (_, Reason::DelegateOnlyLooks) => "a delegate may only look".to_owned(),
        (_, Reason::DelegateOnlyTurnsOff) => "a delegate only turns off".to_owned(),
        (_, Reason::NotInOrganization) => "in no organization".to_owned(),
        (_, Reason::BillingOnly) => "consolidated billing only".to_owned(),
        (_, Reason::CallerIsRoot) => "root can't".to_owned(),
        (_, Reason::CallerNotSimulated) => "no user or role".to_owned(),
        (_, Reason::NoPrimaryEmails | Reason::NoRootCredentials) => "not in GovCloud".to_owned(),
        (Thing::TrustedAccess(service), Reason::Off) => format!("off: {service}"),
        (Thing::RootFeature(feature), Reason::Off) => format!("off: {feature}"),
        (Thing::Permission(permission), _) if obstacle.answer == Answer::No => {
            format!("denied: {}", operation(permission))
        }
        (Thing::Permission(permission), _) => format!("not known: {}", operation(permission)),
        (Thing::Identity, _) => "the credentials".to_owned(),
        (other, _) if obstacle.answer == Answer::No => format!("no: {}", requirement(other)),
        (Thing::OrgRole(_), _) => "not known: this account's standing".to_owned(),
        (other, _) => format!("not known: {}", requirement(other)),
    }
}

/// Why the accounts could not be listed, and what tells more.
pub(crate) fn accounts_unread(kind: ApiErrorKind, org_role: Option<&OrgRole>) -> String {
    let [error, readiness, again] = [CommandId::ReadNotice, CommandId::ViewReadiness, CommandId::Refresh].map(key);
    match (kind, org_role) {
        (ApiErrorKind::AccessDenied, Some(OrgRole::Member)) => format!(
            "this account is an ordinary member, and only the management account and delegated administrators may \
             list them. {readiness} tells more."
        ),
        (ApiErrorKind::AccessDenied, _) => {
            format!("not permitted. {error} tells more, {readiness} what is missing, {again} tries again.")
        }
        (other, _) => format!("{}. {error} tells more, {again} tries again.", short(other)),
    }
}

fn operation(permission: &Permission) -> &'static str {
    permission.action.name.split_once(':').map_or(permission.action.name, |(_, operation)| operation)
}

pub(crate) const HINT: &str = "hint: what the policies allow is simulated by IAM. SCPs count, session policies and conditions \
                        may not. What a call showed in this run counts more.";

pub(crate) const NOBODY_TO_SIMULATE: &str = "root and federated users have no policies that IAM can simulate: what they may \
                                      do is known from calls of this run, or not at all.";

pub(crate) fn no_simulation(error: &ApiError) -> String {
    let request = error.request_id.as_ref().map(|id| format!(" (request id {id})")).unwrap_or_default();
    format!(
        "IAM could not be asked what the policies allow: {}{request}. What calls of this run showed is known, the rest \
         is not.",
        headline(error)
    )
}

pub(crate) fn policy_hint(of: Flow) -> String {
    let copy = key(CommandId::CopyPolicy);
    format!("{copy} copies the least-privilege policy for it, as rootdeck policy --for {of} prints it")
}

pub(crate) fn policy_copied(of: Flow) -> String {
    format!("copied: the policy that rootdeck policy --for {of} prints")
}

pub(crate) fn because(requirement: &Requirement) -> String {
    match (&requirement.reason, &requirement.thing) {
        (Reason::ShownBy(operation), Thing::Permission(permission)) if permission.action.name == *operation => {
            "it worked in this run".to_owned()
        }
        (Reason::Simulated, _) => "simulated".to_owned(),
        _ => reason(requirement),
    }
}

/// Where the answer comes from, where it is said elsewhere why IAM could not be asked.
pub(crate) fn reason_beside(requirement: &Requirement) -> String {
    match &requirement.reason {
        Reason::NotSimulated(NotSimulated::Failed(_)) => "IAM could not be asked, and no call showed it".to_owned(),
        _ => reason(requirement),
    }
}

pub(crate) fn requirement(thing: &Thing) -> String {
    match thing {
        Thing::Identity => "credentials that AWS knows".to_owned(),
        Thing::Partition => "a partition that has it".to_owned(),
        Thing::NotRoot => "a caller that is not root".to_owned(),
        Thing::UserOrRole => "a user or role".to_owned(),
        Thing::Organization => "an organization".to_owned(),
        Thing::AllFeatures => "all features of the organization".to_owned(),
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
        Weight::Doubtful => Some("perhaps not needed"),
    }
}

pub(crate) fn reason(requirement: &Requirement) -> String {
    match &requirement.reason {
        Reason::IsSo => so(requirement),
        Reason::ShownBy(operation) => format!("{operation} worked in this run"),
        Reason::Simulated => "IAM's simulation allows it; that is a hint, since session policies and resource control \
                              policies are not in it"
            .to_owned(),
        Reason::RootMayAll => "these are root's own credentials".to_owned(),
        Reason::Credentials(error) => headline(error),
        Reason::NotInOrganization => "the account of these credentials is in no organization".to_owned(),
        Reason::BillingOnly => "the organization has consolidated billing only".to_owned(),
        Reason::Member => "this account is an ordinary member".to_owned(),
        Reason::DelegatedForOthers => "this account is a delegated administrator, but for other services".to_owned(),
        Reason::DelegateOnlyLooks => "a delegated administrator may look at it, not change it".to_owned(),
        Reason::DelegateOnlyTurnsOff => {
            "a delegated administrator for IAM may look at the features and turn them off, not on".to_owned()
        }
        Reason::CallerIsRoot => "these are root's own credentials, and root can't open root sessions".to_owned(),
        Reason::CallerNotSimulated => "neither root nor a federated user can be simulated".to_owned(),
        Reason::NoPrimaryEmails => {
            "GovCloud has no primary emails to change: they are those of the paired standard accounts".to_owned()
        }
        Reason::NoRootCredentials => {
            "nobody has access to the root users of GovCloud accounts, so there are no root credentials to manage"
                .to_owned()
        }
        Reason::Off => "it is off".to_owned(),
        Reason::Refused(error) => format!("AWS refused it in this run: {}", headline(error)),
        Reason::ExplicitDeny(policies) if policies.is_empty() => "by IAM's simulation a statement denies it".to_owned(),
        Reason::ExplicitDeny(policies) => {
            format!("by IAM's simulation a statement of {} denies it", policies.join(", "))
        }
        Reason::NothingAllows => "by IAM's simulation no policy of the caller allows it".to_owned(),
        Reason::DeniedByScp => {
            "by IAM's simulation a service control policy above the account does not let it through".to_owned()
        }
        Reason::DeniedByBoundary => {
            "by IAM's simulation the permissions boundary of the caller does not let it through".to_owned()
        }
        Reason::NotAsked => "AWS was not asked yet".to_owned(),
        Reason::NotRead(error) => format!("it could not be read: {}", headline(error)),
        Reason::NotSimulated(why) => not_simulated(why),
        Reason::DependsOn(keys) => {
            format!("IAM's simulation depends on {}, which each request brings with it", keys.join(", "))
        }
        Reason::RefusedOnce(error) => {
            format!("AWS refused it in this run, perhaps not because of policies: {}", headline(error))
        }
        Reason::NeedsTrustFirst => "AWS tells it only while trusted access for iam.amazonaws.com is on".to_owned(),
        Reason::NotDocumented(partition) => not_documented(partition),
        Reason::Doubtful => "AWS's authorization reference lists it beside starting and accepting a change, its user \
                             guide does without it"
            .to_owned(),
    }
}

fn so(requirement: &Requirement) -> String {
    match requirement.thing {
        Thing::TrustedAccess(_) | Thing::RootFeature(_) => "it is on".to_owned(),
        Thing::AllFeatures => "the organization has all features".to_owned(),
        Thing::OrgRole(_) => "this account is one".to_owned(),
        Thing::NotRoot | Thing::UserOrRole => "the caller is a user or role".to_owned(),
        _ => "AWS says so".to_owned(),
    }
}

/// What AWS leaves open about a partition, with what it does say.
fn not_documented(partition: &str) -> String {
    let said = match partition {
        "aws-cn" => "AWS says that accounts in China have no root user credentials, and ",
        "aws-us-gov" => "AWS documents root sessions for GovCloud and no root credentials to manage there; it ",
        _ => "AWS ",
    };
    format!("{said}does not document whether {partition} has it")
}

fn not_simulated(why: &NotSimulated) -> String {
    match why {
        NotSimulated::NotYet => "IAM was not asked yet".to_owned(),
        NotSimulated::NotAUserOrRole => "root and federated users can't be simulated".to_owned(),
        NotSimulated::Failed(error) => format!("IAM could not be asked: {}", headline(error)),
    }
}

/// What to do about it. `caller` is how the commands that fix reach AWS as this run does.
pub fn fix(fix: &Remedy, caller: Option<&CallerOptions>) -> String {
    match fix {
        Remedy::Start(change) => format!("{} ({})", title(change), place(change)),
        Remedy::AskManagement(change) => format!("have the management account do this: {}", title(change)),
        Remedy::AttachPolicy(flow) => format!("have it allowed: rootdeck policy --for {flow} prints the policy"),
        Remedy::ChangePolicies(policies) if policies.is_empty() => {
            "have the statement that denies it changed".to_owned()
        }
        Remedy::ChangePolicies(policies) => format!("have the denying statement changed in {}", policies.join(", ")),
        Remedy::ChangeScp => "have the service control policy changed in the management account".to_owned(),
        Remedy::ChangeBoundary => "have the permissions boundary of this user or role changed".to_owned(),
        Remedy::UseManagement => "use credentials of the management account (--profile)".to_owned(),
        Remedy::UseDelegate(service) => format!(
            "use credentials of the management account or of the delegated administrator for {service} (--profile)"
        ),
        Remedy::UseUserOrRole => "use credentials of a user or role (--profile)".to_owned(),
        Remedy::UseOtherProfile => "use credentials of an account of the organization (--profile)".to_owned(),
        Remedy::SignIn(error) => explain(error, caller).fix,
        Remedy::EnableAllFeatures => match caller {
            Some(caller) => {
                format!("enable them: `{}`", AwsCommand::new("organizations", "enable-all-features").by(caller))
            }
            None => "enable them in the management account".to_owned(),
        },
        Remedy::AskAgain => format!("ask AWS again ({})", key(CommandId::Refresh)),
        Remedy::Try => "try it: AWS's own answer tells".to_owned(),
        Remedy::Nothing => "nothing can be done about it here".to_owned(),
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
    fn a_verdict_says_what_stands_in_the_way() {
        let error = ApiError::new("sso:GetRoleCredentials", ApiErrorKind::ExpiredCredentials, "the token has expired");
        let expired = Knowledge { caller: RemoteData::Failed(error, None), ..Knowledge::default() };
        let readiness = of_flow(Flow::Audit, &expired);
        assert_eq!(answer_alone(&readiness), "no");
        let obstacle = readiness.obstacle().expect("an obstacle");
        let because = format!("{}: {}", requirement(&obstacle.thing), reason(obstacle));
        assert_eq!(because, "credentials that AWS knows: sso:GetRoleCredentials: the token has expired");
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
        assert!(of_audit(&knowledge).contains("a hint"));
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
