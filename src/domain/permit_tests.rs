use super::*;

struct Known {
    rules: Rules,
    caller: Caller,
    organization: Organization,
    org_role: OrgRole,
    account: Account,
    trusted: TrustedAccess,
}

impl Known {
    fn new() -> Self {
        let id = "111122223333".parse().expect("an id");
        Self {
            rules: Rules::default(),
            caller: Caller { account: id, arn: "arn:aws:sts::111122223333:assumed-role/OrgAdmin/a".into() },
            organization: Organization {
                id: "o-8j81brsjuj".into(),
                management_account: id,
                management_email: "m@example.com".into(),
                all_features: Some(true),
            },
            org_role: OrgRole::Management,
            account: Account {
                id: "444455556666".parse().expect("an id"),
                name: "sandbox-07".into(),
                email: "aws+sandbox07@example.com".into(),
                state: AccountState::Active,
                joined: None,
                joined_method: None,
                unit_ids: Some([].into()),
            },
            trusted: TrustedAccess::new(
                ServicePrincipal::switchable()
                    .map(|principal| crate::domain::trusted_access::TrustedService { principal, enabled: None })
                    .to_vec(),
            ),
        }
    }

    /// All that is known, but for the root features.
    fn facts(&self) -> Facts<'_> {
        Facts {
            rules: &self.rules,
            caller: Some(&self.caller),
            organization: Some(&self.organization),
            org_role: Some(&self.org_role),
            account: Some(&self.account),
            trusted_access: Some(&self.trusted),
            root_features: None,
            delegates: None,
            endpoint: None,
        }
    }

    fn ask(&self, change: &Change) -> Result<(), Refusal> {
        permit(change, &Facts { root_features: Some(&RootFeatures::Enabled(vec![])), ..self.facts() })
    }
}

fn start() -> Change {
    Change::StartEmailChange {
        account: "444455556666".parse().expect("an id"),
        old: "aws+sandbox07@example.com".into(),
        new: EmailAddress::parse("root@Corp.example").expect("an address"),
    }
}

#[test]
fn a_member_in_order_may_be_changed() {
    assert_eq!(Known::new().ask(&start()), Ok(()));
}

/// AWS refuses `AssumeRoot` to root users (AWS documentation).
#[test]
fn a_root_user_opens_no_root_session_whatever_the_task() {
    let mut known = Known::new();
    known.caller.arn = "arn:aws:iam::111122223333:root".into();
    let member = "444455556666".parse().expect("an id");
    for task in TaskPolicy::ALL {
        let facts = Facts { root_features: Some(&RootFeatures::Enabled(RootFeature::ALL.to_vec())), ..known.facts() };
        assert_eq!(permit_task(task, member, &facts), Err(Refusal::CallerIsRoot), "{task}");
        assert_eq!(permit_look(task, member, &facts), Err(Refusal::CallerIsRoot), "{task}");
    }
}

#[test]
fn read_only_refuses_every_change() {
    let mut known = Known::new();
    known.rules.read_only = true;
    assert_eq!(known.ask(&start()), Err(Refusal::ReadOnly));
    assert_eq!(known.ask(&Switch::TrustedAccess(ServicePrincipal::iam()).set(true)), Err(Refusal::ReadOnly));
}

/// All of it needs an organization with all features (AWS documentation); whether this one has them may be unknown.
#[test]
fn an_organization_for_billing_only_is_left_alone() {
    let mut known = Known::new();
    let member = "444455556666".parse().expect("an id");
    for (all_features, expected) in [(Some(true), Ok(())), (None, Ok(())), (Some(false), Err(Refusal::NotAllFeatures))]
    {
        known.organization.all_features = all_features;
        assert_eq!(known.ask(&start()), expected, "{all_features:?}");
        assert_eq!(permit_emails(&known.facts()), expected, "{all_features:?}");
        let features = RootFeatures::Enabled(RootFeature::ALL.to_vec());
        let facts = Facts { root_features: Some(&features), ..known.facts() };
        assert_eq!(permit_look(TaskPolicy::AuditRootCredentials, member, &facts), expected, "{all_features:?}");
    }
}

#[test]
fn a_service_with_a_delegate_keeps_trusted_access_and_gets_no_second_one() {
    let known = Known::new();
    let (iam, email) = (ServicePrincipal::iam(), ServicePrincipal::account_management());
    let [member, other]: [AccountId; 2] = ["444455556666", "444455557777"].map(|id| id.parse().expect("an id"));
    let delegates =
        [DelegatedAdministrator { account: member, name: "sandbox-07".into(), services: vec![(iam.clone(), None)] }];
    let ask = |change: &Change| permit(change, &Facts { delegates: Some(&delegates), ..known.facts() });
    let delegation = |account, service: &ServicePrincipal, register| {
        ask(&Change::Delegation { account, service: service.clone(), register })
    };
    let has_one = Err(Refusal::HasDelegate(iam.clone(), member));
    assert_eq!(ask(&Switch::TrustedAccess(iam.clone()).set(false)), has_one);
    assert_eq!(ask(&Switch::TrustedAccess(email.clone()).set(false)), Ok(()));
    assert_eq!(delegation(other, &iam, true), has_one);
    assert_eq!(delegation(member, &iam, true), Err(Refusal::AlreadyDelegate(true)));
    assert_eq!(delegation(member, &iam, false), Ok(()));
    assert_eq!(delegation(other, &iam, false), Err(Refusal::AlreadyDelegate(false)));
    assert_eq!(delegation(member, &email, true), Ok(()));
}

#[test]
fn what_is_kept_of_a_refusal_is_all_of_it() {
    for refusal in
        [Refusal::ReadOnly, Refusal::HasDelegate(ServicePrincipal::iam(), "444455556666".parse().expect("id"))]
    {
        assert_eq!(serde_json::from_str::<Refusal>(&refusal.record()).ok(), Some(refusal));
    }
}

#[test]
fn nothing_is_written_before_the_caller_is_confirmed() {
    let known = Known::new();
    let facts = Facts {
        rules: &known.rules,
        caller: None,
        organization: None,
        org_role: None,
        account: None,
        trusted_access: None,
        root_features: None,
        delegates: None,
        endpoint: None,
    };
    assert_eq!(permit(&start(), &facts), Err(Refusal::IdentityUnconfirmed));
}

#[test]
fn the_management_account_protected_and_closed_ones_are_left_alone() {
    let mut known = Known::new();
    known.account.state = AccountState::Closed;
    assert_eq!(known.ask(&start()), Err(Refusal::NotActive(AccountState::Closed)));
    known.rules.protected.insert(known.account.id);
    assert_eq!(known.ask(&start()), Err(Refusal::Protected(known.account.id)));
    known.organization.management_account = known.account.id;
    assert_eq!(known.ask(&start()), Err(Refusal::ManagementAccount));
}

#[test]
fn a_protected_account_is_read_and_nothing_else() {
    let mut known = Known::new();
    let id = known.account.id;
    known.rules.protected.insert(id);
    for task in TaskPolicy::ALL {
        assert_eq!(permit_look(task, id, &known.facts()), Ok(()), "{task}");
        let handed_over = permit_task(task, id, &known.facts());
        assert_eq!(handed_over, if task.is_reading() { Ok(()) } else { Err(Refusal::Protected(id)) }, "{task}");
    }
    assert_eq!(known.ask(&start()), Err(Refusal::Protected(id)));
}

#[test]
fn domains_are_compared_without_case() {
    let mut known = Known::new();
    known.rules.allowed_email_domains.insert("corp.example".into());
    assert_eq!(known.ask(&start()), Ok(()));
    known.rules.allowed_email_domains = ["other.example".to_owned()].into();
    assert_eq!(known.ask(&start()), Err(Refusal::DomainNotAllowed("corp.example".into())));
}

#[test]
fn a_delegate_for_iam_turns_features_off_but_not_on() {
    let mut known = Known::new();
    known.org_role = OrgRole::Delegated(vec![ServicePrincipal::iam()]);
    let feature = crate::domain::root_feature::RootFeature::RootSessions;
    assert_eq!(known.ask(&Switch::RootFeature(feature).set(true)), Err(Refusal::NeedsManagement));
    assert_eq!(known.ask(&Switch::RootFeature(feature).set(false)), Err(Refusal::AlreadySo(false)));
    assert_eq!(known.ask(&start()), Err(Refusal::NeedsDelegation(ServicePrincipal::account_management())));
}

#[test]
fn features_need_their_trusted_access() {
    let mut known = Known::new();
    known.trusted = TrustedAccess::default();
    let feature = crate::domain::root_feature::RootFeature::RootSessions;
    assert_eq!(
        known.ask(&Switch::RootFeature(feature).set(true)),
        Err(Refusal::NeedsTrustedAccess(ServicePrincipal::iam()))
    );
}

#[test]
fn other_services_belong_to_their_own_consoles() {
    let service = ServicePrincipal::new("sso.amazonaws.com");
    let change = Switch::TrustedAccess(service.clone()).set(false);
    assert_eq!(Known::new().ask(&change), Err(Refusal::OwnConsole(service)));
}

#[test]
fn govcloud_has_no_primary_emails_to_change_and_china_has() {
    let mut known = Known::new();
    known.caller.arn = "arn:aws-us-gov:sts::111122223333:assumed-role/OrgAdmin/a".into();
    assert_eq!(known.ask(&start()), Err(Refusal::NoPrimaryEmails));
    known.caller.arn = "arn:aws-cn:sts::111122223333:assumed-role/OrgAdmin/a".into();
    assert_eq!(known.ask(&start()), Ok(()));
}

#[test]
fn root_sessions_and_codes_do_not_cross_the_network_in_the_clear() {
    let known = Known::new();
    let facts = |endpoint| Facts {
        rules: &known.rules,
        caller: Some(&known.caller),
        organization: Some(&known.organization),
        org_role: Some(&known.org_role),
        account: Some(&known.account),
        trusted_access: None,
        root_features: None,
        delegates: None,
        endpoint: Some(endpoint),
    };
    let accept = Change::AcceptEmailChange {
        account: known.account.id,
        new: EmailAddress::parse("root@corp.example").expect("an address"),
        otp: Some(crate::domain::otp::Otp::parse("482915").expect("a code")),
    };
    let clear = facts("http://10.0.0.1:4566");
    for task in TaskPolicy::ALL {
        assert_eq!(permit_task(task, known.account.id, &clear), Err(Refusal::UnencryptedSession), "{task}");
    }
    assert_eq!(permit(&accept, &clear), Err(Refusal::UnencryptedCode));
    assert_eq!(permit(&start(), &clear), Ok(()), "no secret is in it");
    for safe in ["https://10.0.0.1", "http://127.0.0.1:4566", "organizations http://10.0.0.1"] {
        assert_eq!(permit_task(TaskPolicy::AuditRootCredentials, known.account.id, &facts(safe)), Ok(()), "{safe}");
        assert_eq!(permit(&accept, &facts(safe)), Ok(()), "{safe}");
    }
}

#[test]
fn a_required_reason_is_required_of_strong_and_severe_changes_and_of_anything_on_several_accounts() {
    let rules = Rules { reason_required: true, ..Rules::default() };
    for danger in [Danger::Strong, Danger::Severe, Danger::Mild.on(2)] {
        for none in [None, Some(""), Some("  ")] {
            assert_eq!(rules.permit_reason(danger, none), Err(Refusal::NeedsReason), "{danger:?} {none:?}");
            assert_eq!(Rules::default().permit_reason(danger, none), Ok(()));
        }
        assert_eq!(rules.permit_reason(danger, Some("OPS-7")), Ok(()));
    }
    assert_eq!(rules.permit_reason(Danger::Mild.on(1), None), Ok(()));
}
