//! What a flow needs, whether it is there, and what fixes it.

use super::knowledge::NotSimulated;
use crate::domain::api_error::ApiError;
use crate::domain::change::Change;
use crate::domain::flow::{Flow, Weight};
use crate::domain::permission::Permission;
use crate::domain::root_feature::RootFeature;
use crate::domain::trusted_access::ServicePrincipal;

/// A flow, or one change, with what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// The flow.
    pub flow: Flow,
    /// What it needs, the most fundamental first.
    pub requirements: Vec<Requirement>,
}

/// Something that a flow needs, and whether it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// What.
    pub thing: Thing,
    pub(crate) weight: Weight,
    /// Whether it is there.
    pub answer: Answer,
    /// Where the answer comes from.
    pub reason: Reason,
    /// What to do about it; `None` if nothing needs to be done.
    pub(crate) fix: Option<Remedy>,
}

/// Whether something is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// That is not known.
    Unknown,
}

/// What a flow can need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    /// Credentials that AWS knows.
    Identity,
    /// That the partition has it.
    Partition,
    /// A caller that is not root itself.
    NotRoot,
    /// A caller whose policies can be simulated: a user or a role.
    UserOrRole,
    /// An organization.
    Organization,
    /// All features of the organization.
    AllFeatures,
    /// What the caller's account is in the organization.
    OrgRole(OrgRoleRule),
    /// Trusted access for a service.
    TrustedAccess(ServicePrincipal),
    /// A feature of centralized root access.
    RootFeature(RootFeature),
    /// That the policies of the caller allow it.
    Permission(Permission),
}

/// From which accounts something may be done (AWS documentation).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrgRoleRule {
    /// From the management account.
    Management,
    /// Also from a delegated administrator for this service.
    DelegatedFor(ServicePrincipal),
    /// Also from a delegated administrator for any service.
    DelegatedForAny,
}

/// Where an answer comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// AWS said so when it was asked for just that.
    IsSo,
    /// A call of this run worked that needs it: this operation.
    ShownBy(&'static str),
    /// A simulation allows it: a hint, no proof.
    Simulated,
    /// Root of the management account may do everything in it.
    RootMayAll,

    /// AWS does not take the credentials.
    Credentials(ApiError),
    /// The account of the credentials is in no organization.
    NotInOrganization,
    /// The organization has consolidated billing only.
    BillingOnly,
    /// The account is an ordinary member.
    Member,
    /// The account is delegated for other services than the one needed.
    DelegatedForOthers,
    /// A delegated administrator may look at this and not change it.
    DelegateOnlyLooks,
    /// A delegated administrator for IAM may look, and turn a feature off, but not on.
    DelegateOnlyTurnsOff,
    /// Root can't open root sessions.
    CallerIsRoot,
    /// Neither root nor a federated user has policies that can be simulated.
    CallerNotSimulated,
    /// `GovCloud` has no primary emails of its own (AWS documentation).
    NoPrimaryEmails,
    /// `GovCloud` has no root credentials that could be managed centrally (AWS documentation).
    NoRootCredentials,
    /// It is off.
    Off,
    /// A call of this run was refused for it.
    Refused(ApiError),
    /// A simulation finds a statement that denies it, in these policies.
    ExplicitDeny(Vec<String>),
    /// A simulation finds no policy that allows it.
    NothingAllows,
    /// A simulation finds a service control policy above the account that does not let it through.
    DeniedByScp,
    /// A simulation finds a permissions boundary that does not let it through.
    DeniedByBoundary,

    /// Nobody asked yet.
    NotAsked,
    /// It could not be read.
    NotRead(ApiError),
    /// No simulation could be asked for, and no call of this run showed it.
    NotSimulated(NotSimulated),
    /// A simulation depends on these keys of the request, which it was not given.
    DependsOn(Vec<String>),
    /// A call was refused, which may be about the account it was for, or other calls worked.
    RefusedOnce(ApiError),
    /// AWS tells only while trusted access is on.
    NeedsTrustFirst,
    /// AWS does not document whether the partition has it.
    NotDocumented(String),
    /// AWS's documents contradict each other about whether it is needed.
    Doubtful,
}

/// What to do about something that is missing or not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Make this change, which this program can.
    Start(Change),
    /// Have the management account make this change.
    AskManagement(Change),
    /// Have this flow allowed: `rootdeck policy --for` prints what is needed.
    AttachPolicy(Flow),
    /// Have the statement that denies it changed.
    ChangePolicies(Vec<String>),
    /// Have the service control policy changed.
    ChangeScp,
    /// Have the permissions boundary changed.
    ChangeBoundary,
    /// Use credentials of the management account.
    UseManagement,
    /// Use credentials of the management account, or of the delegated administrator for the service.
    UseDelegate(ServicePrincipal),
    /// Use credentials of a user or role.
    UseUserOrRole,
    /// Use credentials of an account of the organization.
    UseOtherProfile,
    /// Sign in again; what the failure says about how.
    SignIn(ApiError),
    /// Enable all features of the organization.
    EnableAllFeatures,
    /// Ask AWS again.
    AskAgain,
    /// Try it: AWS's own answer tells.
    Try,
    /// Nothing can be done about it here.
    Nothing,
}

impl Readiness {
    /// Whether the flow is open: no if something essential is missing, yes only if all of it is known to be there.
    pub fn verdict(&self) -> Answer {
        if self.essential().any(|one| one.answer == Answer::No) {
            return Answer::No;
        }
        if self.essential().any(|one| one.answer == Answer::Unknown) { Answer::Unknown } else { Answer::Yes }
    }

    fn essential(&self) -> impl Iterator<Item = &Requirement> {
        self.requirements.iter().filter(|one| one.weight == Weight::Essential)
    }

    /// Whether a yes rests on simulations, which prove nothing.
    pub fn is_hint(&self) -> bool {
        self.verdict() == Answer::Yes && self.essential().any(|one| one.reason == Reason::Simulated)
    }

    /// What makes the verdict: the first essential thing that is missing or, if none is, that is not known.
    pub fn obstacle(&self) -> Option<&Requirement> {
        let verdict = self.verdict();
        if verdict == Answer::Yes { None } else { self.essential().find(|one| one.answer == verdict) }
    }

    /// The change that this program can make to open the flow further; of several the first, which the others wait for.
    pub(crate) fn startable(&self) -> Option<&Change> {
        if self.essential().any(|one| one.answer == Answer::No && one.fix == Some(Remedy::Nothing)) {
            return None;
        }
        self.essential().find_map(|one| match &one.fix {
            Some(Remedy::Start(change)) => Some(change),
            _ => None,
        })
    }

    /// What the flow is poorer without, and is not known to be there.
    pub(crate) fn limits(&self) -> impl Iterator<Item = &Requirement> {
        self.requirements.iter().filter(|one| one.weight != Weight::Essential && one.answer != Answer::Yes)
    }
}
