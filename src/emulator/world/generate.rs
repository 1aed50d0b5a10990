//! Large organizations, made up but always the same for the same size and seed.

mod contacts;
mod resources;
mod root_credentials;

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::blueprint::{
    Account, Blueprint, ControlPolicyPlan, DelegationPlan, Identities, JoinedMethod, RootPlan, State,
    TrustedAccessPlan, UnitPlan,
};
use crate::emulator::options::{MAX_ACCOUNTS, StartError};
use crate::emulator::random::Random;

const TEAMS: &[&str] = &[
    "payments",
    "checkout",
    "search",
    "catalog",
    "identity",
    "billing",
    "logistics",
    "mobile",
    "analytics",
    "platform",
    "fraud",
    "support",
    "marketing",
    "warehouse",
    "pricing",
    "partners",
    "経理",
    "人事",
    "物流",
    "開発",
];
const PURPOSES: &[&str] = &["api", "web", "data", "batch", "ml", "events", "tools", "backup"];
const STAGES: &[(&str, &str)] = &[
    ("Workloads/Production", "prod"),
    ("Workloads/Staging", "stg"),
    ("Workloads/Development", "dev"),
    ("Sandbox", "sandbox"),
];
/// As the demo organization has it.
const TRUSTED: &str = "access-analyzer.amazonaws.com";
const ROOT: &str = "r-gen0";

pub(crate) fn organization(count: usize, seed: u64) -> Result<Blueprint, StartError> {
    if !(1..=MAX_ACCOUNTS).contains(&count) {
        return Err(StartError::Accounts(count));
    }
    let mut maker = Maker::new(seed);
    let mut accounts = vec![maker.account("management", "")];
    if count > 1 {
        accounts.push(maker.account("security", "Security"));
    }
    for number in accounts.len()..count {
        accounts.push(maker.workload(number));
    }
    // The accounts everything depends on are like any other in the listing, but in use.
    for account in accounts.iter_mut().take(3) {
        account.state = State::Active;
    }
    let id_of = |position: usize| accounts.get(position).map(|account| account.id.clone());
    let mut others = accounts.iter().skip(3).filter(|account| account.state == State::Active);
    let identities = Identities {
        delegated_administrator: id_of(1),
        member: id_of(2),
        account_delegate: id_of(1),
        iam_delegate: id_of(1),
        controlled: others.next().map(|account| account.id.clone()),
    };
    let enabled_at = maker.some_day();
    let (buckets, queues) = resources::of(&accounts);
    let contacts = contacts::of(&accounts, seed);
    let delegated = identities.delegated_administrator.iter();
    let root_credentials = root_credentials::of(&accounts, seed);
    let mut service_control_policies = root_credentials::control_policies();
    service_control_policies.extend(identities.controlled.as_deref().map(no_account_management));
    Ok(Blueprint {
        id: format!("o-{}", maker.word(10)),
        management_account: id_of(0).unwrap_or_default(),
        delegated_administrators: delegated
            .map(|account| DelegationPlan {
                account: account.clone(),
                service_principal: TRUSTED.to_owned(),
                enabled_at,
            })
            .collect(),
        identities,
        root: RootPlan { id: ROOT.to_owned(), units: maker.units() },
        accounts,
        trusted_access: vec![TrustedAccessPlan { service_principal: TRUSTED.to_owned(), enabled_at }],
        buckets,
        queues,
        root_credentials,
        service_control_policies,
        contacts,
        ..Blueprint::default()
    })
}

fn no_account_management(account: &str) -> ControlPolicyPlan {
    ControlPolicyPlan {
        name: "DenyAccountManagement".to_owned(),
        accounts: vec![account.to_owned()],
        document: json!({
            "Version": "2012-10-17",
            "Statement": [
                { "Sid": "DenyAccountManagement", "Effect": "Deny", "Action": "account:*", "Resource": "*" }
            ],
        }),
        ..ControlPolicyPlan::default()
    }
}

struct Maker {
    random: Random,
    ids: HashSet<String>,
}

impl Maker {
    fn new(seed: u64) -> Self {
        Self { random: Random::new(seed), ids: HashSet::new() }
    }

    fn units(&mut self) -> Vec<UnitPlan> {
        let teams: Vec<_> = TEAMS.iter().map(|team| self.unit(team, Vec::new())).collect();
        let mut workloads = Vec::new();
        for stage in ["Production", "Staging", "Development"] {
            let teams = TEAMS.iter().map(|team| self.unit(team, Vec::new())).collect();
            workloads.push(self.unit(stage, teams));
        }
        vec![
            self.unit("Security", Vec::new()),
            self.unit("Workloads", workloads),
            self.unit("Sandbox", teams),
            self.unit("Suspended", Vec::new()),
        ]
    }

    fn unit(&mut self, name: &str, units: Vec<UnitPlan>) -> UnitPlan {
        UnitPlan { id: format!("ou-gen0-{}", self.word(8)), name: name.to_owned(), units }
    }

    fn workload(&mut self, number: usize) -> Account {
        let team = self.random.pick(TEAMS).copied().unwrap_or_default();
        let purpose = self.random.pick(PURPOSES).copied().unwrap_or_default();
        let (branch, stage) = self.random.pick(STAGES).copied().unwrap_or_default();
        let mut account = self.account(&format!("{team}-{purpose}-{stage}-{number:05}"), &format!("{branch}/{team}"));
        account.email = format!("aws+{purpose}-{stage}-{number:05}@example.com");
        account.state = self.state();
        if matches!(account.state, State::Suspended | State::Closed) {
            "Suspended".clone_into(&mut account.unit);
        }
        account
    }

    fn account(&mut self, name: &str, unit: &str) -> Account {
        let joined = if self.random.below(10) == 0 { JoinedMethod::Invited } else { JoinedMethod::Created };
        Account {
            id: self.account_id(),
            name: name.to_owned(),
            email: format!("aws+{name}@example.com"),
            unit: unit.to_owned(),
            state: State::Active,
            joined,
            joined_at: self.some_day(),
            container: 0,
        }
    }

    fn account_id(&mut self) -> String {
        loop {
            let id = format!("{:012}", 100_000_000_000 + self.random.below(900_000_000_000));
            if self.ids.insert(id.clone()) {
                return id;
            }
        }
    }

    fn state(&mut self) -> State {
        match self.random.below(200) {
            0 => State::PendingActivation,
            1..=3 => State::Suspended,
            4 => State::PendingClosure,
            5..=7 => State::Closed,
            _ => State::Active,
        }
    }

    /// In the years 2019 to 2026.
    fn some_day(&mut self) -> Timestamp {
        let milliseconds = self.random.below(220_000_000_000);
        let after = SignedDuration::from_millis(milliseconds.try_into().unwrap_or_default());
        Timestamp::constant(1_550_000_000, 0).checked_add(after).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    fn word(&mut self, length: usize) -> String {
        const LETTERS: &[char] = &[
            'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm', 'n', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x',
            'y', 'z', '2', '3', '4', '5', '6', '7', '8', '9',
        ];
        (0..length).filter_map(|_| self.random.pick(LETTERS)).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::emulator::options::Options;
    use crate::emulator::world::World;
    use crate::emulator::world::blueprint::RootCredentialsPlan;
    use crate::emulator::world::contact::ContactsPlan;
    use crate::emulator::world::organization::Organization;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// `World::new` refuses ids and addresses that occur twice, units and accounts that do not
        /// exist and policies that are none.
        #[test]
        fn any_size_and_seed_hold_together(count in 1_usize..2_000, seed: u64) {
            let blueprint = organization(count, seed)
                .map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(blueprint.accounts.len(), count);
            prop_assert!(World::new(&Options::default(), blueprint, ([127, 0, 0, 1], 0).into()).is_ok());
        }
    }

    #[test]
    fn the_same_seed_makes_the_same_organization_and_another_another() {
        let made = |seed| organization(500, seed).ok();
        assert_eq!(made(1), made(1));
        assert_ne!(made(1), made(2));
    }

    #[test]
    fn about_a_tenth_of_the_accounts_have_root_credentials_of_every_kind() {
        let Ok(blueprint) = organization(2_000, 11) else { unreachable!("2,000 accounts are possible") };
        let found = blueprint.root_credentials;
        assert!((150..250).contains(&found.len()), "{}", found.len());
        assert!(found.iter().any(|root| root.password.is_some() && root.mfa_devices.is_empty()));
        assert!(found.iter().any(|root| root.password.is_some() && !root.mfa_devices.is_empty()));
        assert!(found.iter().any(|root| root.access_keys.iter().any(|key| key.last_used.is_none())));
        assert!(found.iter().any(|root| !root.signing_certificates.is_empty()));
        let nothing = |root: &&RootCredentialsPlan| {
            root.password.is_none()
                && root.access_keys.is_empty()
                && root.mfa_devices.is_empty()
                && root.signing_certificates.is_empty()
        };
        assert_eq!(found.iter().filter(nothing).count(), 0);
    }

    #[test]
    fn most_accounts_lack_a_security_contact() {
        let Ok(blueprint) = organization(2_000, 11) else { unreachable!("2,000 accounts are possible") };
        let with = |has: fn(&ContactsPlan) -> bool| blueprint.contacts.iter().filter(|plan| has(plan)).count();
        let security = with(|plan| plan.security.is_some());
        assert!((400..800).contains(&security), "{security}");
        assert!(with(|plan| plan.billing.is_some()) > 0 && with(|plan| plan.operations.is_some()) > 0);
        let invited = blueprint.accounts.iter().filter(|account| account.joined == JoinedMethod::Invited).count();
        assert!(with(|plan| plan.primary.is_some()) >= invited);
    }

    #[test]
    fn the_largest_is_possible_and_holds_together() {
        let blueprint = organization(MAX_ACCOUNTS, 3).ok();
        assert!(blueprint.is_some_and(|plan| Organization::new(&plan).is_ok()));
        assert!(organization(MAX_ACCOUNTS + 1, 3).is_err());
        assert!(organization(0, 3).is_err());
    }
}
