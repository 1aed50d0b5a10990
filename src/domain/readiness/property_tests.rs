//! What holds whatever is known.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::domain::api_error::ApiError;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::caller::{Caller, OrgRole};
use crate::domain::flow::Weight;
use crate::domain::organization::Organization;
use crate::domain::permission::Permission;
use crate::domain::remote_data::RemoteData;
use crate::domain::root_feature::RootFeature;
use crate::domain::root_feature::RootFeatures;
use crate::domain::trusted_access::ServicePrincipal;
use crate::domain::trusted_access::{TrustedAccess, TrustedService};

fn api_error() -> impl Strategy<Value = ApiError> {
    let kind = prop_oneof![
        Just(ApiErrorKind::AccessDenied),
        Just(ApiErrorKind::DeniedByScp),
        Just(ApiErrorKind::AssumeRootDenied),
        Just(ApiErrorKind::TrustedAccessOff),
        Just(ApiErrorKind::RootFeatureOff(RootFeature::RootSessions)),
        Just(ApiErrorKind::NotManagementOrDelegated),
        Just(ApiErrorKind::NotManagement),
        Just(ApiErrorKind::NotInOrganization),
        Just(ApiErrorKind::NotAllFeatures),
        Just(ApiErrorKind::ExpiredCredentials),
        Just(ApiErrorKind::Throttled),
        Just(ApiErrorKind::Timeout),
    ];
    let message = prop_oneof![
        Just("You don't have permissions to access this resource."),
        Just(
            "User: arn:x is not authorized to perform: iam:X because no identity-based policy allows the iam:X action"
        ),
        Just("User: arn:x is not authorized to perform: iam:X with an explicit deny in a service control policy"),
        Just("User: arn:x is not authorized to perform: account:X (Access Denied)"),
    ];
    let operation = prop_oneof![
        Just("organizations:ListAccounts"),
        Just("account:GetPrimaryEmail"),
        Just("iam:ListOrganizationsFeatures"),
        Just("sts:AssumeRoot"),
    ];
    (operation, kind, message).prop_map(|(operation, kind, message)| {
        let code = Some("AccessDeniedException".to_owned());
        ApiError { code, ..ApiError::new(operation, kind, message) }
    })
}

fn fact<T: Clone + std::fmt::Debug>(known: impl Strategy<Value = T>) -> impl Strategy<Value = RemoteData<T>> {
    prop_oneof![
        1 => Just(RemoteData::NotAsked),
        1 => api_error().prop_map(|error| RemoteData::Failed(error, None)),
        3 => known.prop_map(|value| RemoteData::known(value, Timestamp::UNIX_EPOCH)),
    ]
}

fn services() -> impl Strategy<Value = Vec<ServicePrincipal>> {
    let mut all = ServicePrincipal::switchable().to_vec();
    all.push(ServicePrincipal::new("sso.amazonaws.com"));
    proptest::sample::subsequence(all, 0..=3)
}

fn caller() -> impl Strategy<Value = Caller> {
    let partition = prop_oneof![4 => Just("aws"), 1 => Just("aws-cn"), 1 => Just("aws-us-gov"), 1 => Just("aws-eusc")];
    let who = prop_oneof![
        4 => Just(("sts", "assumed-role/A/b")),
        1 => Just(("iam", "root")),
        1 => Just(("sts", "federated-user/x")),
    ];
    (partition, who, prop_oneof![Just("111122223333"), Just("222233334444")]).prop_map(|(partition, who, account)| {
        let arn = format!("arn:{partition}:{}::{account}:{}", who.0, who.1);
        Caller { account: account.parse().expect("an id"), arn }
    })
}

fn membership() -> impl Strategy<Value = RemoteData<Organization>> {
    let organization = any::<Option<bool>>().prop_map(|all_features| {
        let organization = Organization {
            id: "o-8j81brsjuj".into(),
            management_account: "111122223333".parse().expect("an id"),
            management_email: "aws@corp.example".into(),
            all_features,
        };
        RemoteData::known(organization, Timestamp::UNIX_EPOCH)
    });
    let none = ApiError::new("organizations:DescribeOrganization", ApiErrorKind::NotInOrganization, "x");
    prop_oneof![
        7 => Just(RemoteData::NotAsked),
        7 => api_error().prop_map(|error| RemoteData::Failed(error, None)),
        3 => Just(RemoteData::Failed(none, None)),
        18 => organization,
    ]
}

fn org_role() -> impl Strategy<Value = OrgRole> {
    prop_oneof![
        3 => Just(OrgRole::Management),
        2 => services().prop_map(OrgRole::Delegated),
        1 => Just(OrgRole::Member),
    ]
}

fn features() -> impl Strategy<Value = RootFeatures> {
    let enabled = proptest::sample::subsequence(RootFeature::ALL.to_vec(), 0..=2).prop_map(RootFeatures::Enabled);
    prop_oneof![4 => enabled, 1 => Just(RootFeatures::NeedTrustedAccess)]
}

fn simulated() -> impl Strategy<Value = Simulated> {
    let decision = prop_oneof![
        12 => Just(SimulatedDecision::Allowed),
        1 => Just(SimulatedDecision::ImplicitDeny),
        1 => Just(SimulatedDecision::ExplicitDeny(vec!["P".into()])),
        1 => Just(SimulatedDecision::DeniedByScp),
        1 => Just(SimulatedDecision::DeniedByBoundary),
    ];
    let missing = prop_oneof![8 => Just(vec![]), 1 => Just(vec!["aws:SourceIp".to_owned()])];
    (decision, missing).prop_map(|(decision, missing_context)| Simulated { decision, missing_context })
}

fn permissions() -> &'static [Permission] {
    static ALL: OnceLock<Vec<Permission>> = OnceLock::new();
    let each = || Flow::ALL.iter().flat_map(|flow| flow.permissions()).map(|(permission, _)| permission);
    ALL.get_or_init(|| each().collect::<BTreeSet<_>>().into_iter().collect())
}

type Calls = Vec<(usize, Option<ApiError>)>;

fn calls() -> impl Strategy<Value = Calls> {
    let outcome = prop_oneof![2 => Just(None), 1 => api_error().prop_map(Some)];
    proptest::collection::vec((0..permissions().len(), outcome), 0..6)
}

fn note(knowledge: &mut Knowledge, calls: &Calls) {
    for (index, outcome) in calls {
        let permission = permissions()[*index].clone();
        knowledge.shown.note(permission, outcome.as_ref().map_or(Ok(()), Err));
    }
}

fn knowledge() -> impl Strategy<Value = Knowledge> {
    let trusted = services().prop_map(|services| {
        let service = |principal| TrustedService { principal, enabled: None };
        TrustedAccess::new(services.into_iter().map(service).collect())
    });
    let simulations = proptest::collection::vec(proptest::option::weighted(0.9, simulated()), permissions().len());
    let not_simulated = prop_oneof![
        Just(NotSimulated::NotYet),
        Just(NotSimulated::NotAUserOrRole),
        api_error().prop_map(NotSimulated::Failed)
    ];
    let facts = (fact(caller()), membership(), fact(org_role()), fact(trusted), fact(features()));
    (facts, simulations, not_simulated, calls()).prop_map(|(facts, simulations, not_simulated, calls)| {
        let (caller, organization, org_role, trusted_access, root_features) = facts;
        let simulated =
            permissions().iter().cloned().zip(simulations).filter_map(|(one, said)| Some((one, said?))).collect();
        let mut knowledge = Knowledge {
            caller,
            organization,
            org_role,
            trusted_access,
            root_features,
            simulated,
            not_simulated,
            ..Knowledge::default()
        };
        note(&mut knowledge, &calls);
        knowledge
    })
}

/// What is not known in `knowledge`, from `more`; what is known stays.
fn filled(knowledge: &Knowledge, more: &Knowledge) -> Knowledge {
    fn fill<T: Clone>(one: &RemoteData<T>, more: &RemoteData<T>) -> RemoteData<T> {
        if matches!(one, RemoteData::Known(_)) { one.clone() } else { more.clone() }
    }
    let mut simulated = more.simulated.clone();
    simulated.extend(knowledge.simulated.clone());
    let shown = more.shown.clone().and(knowledge.shown.clone());
    Knowledge {
        caller: fill(&knowledge.caller, &more.caller),
        organization: fill(&knowledge.organization, &more.organization),
        org_role: fill(&knowledge.org_role, &more.org_role),
        trusted_access: fill(&knowledge.trusted_access, &more.trusted_access),
        root_features: fill(&knowledge.root_features, &more.root_features),
        simulated,
        not_simulated: more.not_simulated.clone(),
        shown,
    }
}

/// Whether a reason is something that AWS said or did, rather than a forecast.
fn is_fact(reason: &Reason) -> bool {
    matches!(reason, Reason::IsSo | Reason::ShownBy(_) | Reason::RootMayAll)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn a_verdict_is_that_of_its_worst_part(knowledge in knowledge()) {
        for readiness in all(&knowledge) {
            let of = |answer| {
                readiness.requirements.iter().any(|one| one.weight == Weight::Essential && one.answer == answer)
            };
            let expected = match (of(Answer::No), of(Answer::Unknown)) {
                (true, _) => Answer::No,
                (false, true) => Answer::Unknown,
                (false, false) => Answer::Yes,
            };
            prop_assert_eq!(readiness.verdict(), expected);
            prop_assert_eq!(readiness.obstacle().map_or(Answer::Yes, |one| one.answer), expected);
        }
    }

    #[test]
    fn a_yes_has_a_reason_and_the_rest_has_a_mend(knowledge in knowledge()) {
        for one in all(&knowledge).iter().flat_map(|readiness| &readiness.requirements) {
            let hint = one.reason == Reason::Simulated;
            prop_assert_eq!(one.answer == Answer::Yes, is_fact(&one.reason) || hint, "{:?}", one);
            prop_assert_eq!(one.fix.is_some(), one.answer != Answer::Yes, "{:?}", one);
            if let (Thing::Permission(permission), true) = (&one.thing, hint) {
                let said = knowledge.simulated.get(permission);
                prop_assert!(said.is_some_and(|said| said.missing_context.is_empty()), "{:?}", one);
            }
        }
    }

    #[test]
    fn what_was_not_asked_is_never_a_yes(mut knowledge in knowledge()) {
        knowledge.simulated.clear();
        knowledge.shown = super::Calls::default();
        if knowledge.caller.current().is_some_and(Caller::is_root) {
            knowledge.caller = RemoteData::NotAsked;
        }
        for readiness in all(&knowledge) {
            prop_assert_ne!(readiness.verdict(), Answer::Yes, "{:?}", readiness);
        }
    }

    /// A no that becomes a yes was overruled by what AWS said or did, not by a forecast.
    #[test]
    fn more_knowledge_turns_no_into_yes_only_by_a_fact(knowledge in knowledge(), more in knowledge(), calls in calls()) {
        let mut later = filled(&knowledge, &more);
        note(&mut later, &calls);
        for (before, after) in all(&knowledge).iter().zip(all(&later)) {
            for one in before.requirements.iter().filter(|one| one.answer == Answer::No) {
                let now = after.requirements.iter().find(|now| now.thing == one.thing);
                if let Some(now) = now.filter(|now| now.answer == Answer::Yes) {
                    prop_assert!(is_fact(&now.reason), "{:?} became {:?}", one, now);
                }
            }
        }
    }

    #[test]
    fn a_call_that_worked_last_is_never_told_as_forbidden(mut knowledge in knowledge(), index in 0..permissions().len()) {
        let permission = permissions()[index].clone();
        knowledge.shown.note(permission.clone(), Ok(()));
        for readiness in all(&knowledge) {
            let found = readiness.requirements.iter().find(|one| one.thing == Thing::Permission(permission.clone()));
            if let Some(found) = found.filter(|found| found.weight != Weight::Doubtful) {
                prop_assert_eq!(found.answer, Answer::Yes);
            }
        }
    }

    #[test]
    fn only_switches_are_started_from_here(knowledge in knowledge()) {
        for readiness in all(&knowledge) {
            prop_assert!(readiness.startable().is_none_or(|change| change.switch().is_some_and(|(_, on)| on)));
        }
    }
}
