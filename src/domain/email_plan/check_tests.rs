//! What is wrong with plans.

use proptest::prelude::*;

use super::*;
use crate::domain::account::AccountState;
use crate::domain::email_plan::{PlanId, parse};

fn account(id: &str, email: &str, state: AccountState) -> Account {
    Account {
        id: id.parse().expect("an id"),
        name: "n".into(),
        email: email.into(),
        state,
        joined: None,
        joined_method: None,
        unit_ids: Some([].into()),
    }
}

fn organization() -> Vec<Account> {
    vec![
        account("111122223333", "aws+management@example.com", AccountState::Active),
        account("444455550001", "aws+1@example.com", AccountState::Active),
        account("444455550002", "aws+2@example.com", AccountState::Active),
        account("444455550003", "aws+3@Example.COM", AccountState::Active),
        account("444455550004", "aws+4@example.com", AccountState::Suspended),
        account("444455550005", "aws+5@example.com", AccountState::Active),
        account("000055550006", "aws+6@example.com", AccountState::Other("PAUSED".into())),
    ]
}

fn rules() -> Rules {
    Rules { protected: ["444455550005".parse().expect("an id")].into(), ..Rules::default() }
}

fn checked_with(lines: &str, rules: &Rules, pending: BTreeMap<AccountId, Option<EmailAddress>>) -> CheckedPlan {
    let accounts = organization();
    let management = Some("111122223333".parse().expect("an id"));
    let ground = PlanGround { accounts: accounts.iter().collect(), management, rules, pending, resend: false };
    check(&parse(&format!("account_id,new_email\n{lines}")).expect("a plan").rows, &ground)
}

fn checked(lines: &str) -> CheckedPlan {
    checked_with(lines, &rules(), BTreeMap::new())
}

/// The problems by line, in words of the program.
fn problems(lines: &str) -> Vec<(u64, PlanProblem)> {
    checked(lines).problems.into_iter().map(|problem| (problem.line, problem.problem)).collect()
}

#[test]
fn a_plan_without_problems_is_a_list_of_changes() {
    let plan = checked("444455550001,new1@example.com\n\n444455550002,new2@example.com\n");
    assert!(plan.is_good() && plan.new_domains.is_empty() && plan.replaced.is_empty());
    assert_eq!((plan.lines, plan.token()), (2, "2".to_owned()));
    let items: Vec<_> = plan.items().into_iter().map(|item| (item.line, item.old, item.new.to_string())).collect();
    assert_eq!(items[1], (4, "aws+2@example.com".into(), "new2@example.com".into()));
    assert_eq!(checked("444455550001,new1@example.com").token(), "444455550001");
}

#[test]
fn everything_that_is_wrong_is_told_at_once_with_its_line() {
    use PlanProblem as P;
    let lines = "111122223333,a@example.com\n\
                 444455550004,b@example.com\n\
                 444455550005,c@example.com\n\
                 999999999999,d@example.com\n\
                 000055550006,e@example.com\n\
                 444455550001,aws+2@EXAMPLE.com\n\
                 444455550002,f@x\n\
                 444455550003,AWS+3@example.com\n\
                 444455550001,F@example.com\n\
                 12,f@example.com\n";
    let management = P::NotPermitted(Refusal::ManagementAccount);
    assert_eq!(
        problems(lines),
        [
            (2, management),
            (3, P::NotPermitted(Refusal::NotActive(AccountState::Suspended))),
            (4, P::NotPermitted(Refusal::Protected("444455550005".parse().expect("an id")))),
            (5, P::NoAccount),
            (7, P::Used("444455550002".parse().expect("an id"))),
            (8, P::Address(EmailProblem::Shape)),
            (10, P::SameAccount(7)),
            (11, P::Id(IdProblem::ZerosLost("12".into()))),
            (11, P::SameAddress(10)),
        ]
    );
    let changes: Vec<_> = checked(lines).changes.iter().map(|change| change.line).collect();
    assert_eq!(changes, [6], "a state that is not known may be a new kind of active: AWS judges");
}

#[test]
fn what_spreadsheets_make_of_ids_is_said() {
    use IdProblem as I;
    let id = |text: &str| match problems(&format!("{text},x@example.com")).remove(0).1 {
        PlanProblem::Id(problem) => problem,
        other => panic!("{other:?}"),
    };
    assert_eq!(id("55550006"), I::ZerosLost("55550006".into()));
    assert_eq!(id("4.44456E+11"), I::Rounded("4.44456E+11".into()));
    assert_eq!(id("\"4,44456e11\""), I::Rounded("4,44456e11".into()));
    assert_eq!(id("4444-5555-666x"), I::NotDigits("4444-5555-666x".into()));
    assert_eq!(id("4444555566667"), I::NotDigits("4444555566667".into()));
    assert_eq!(id(""), I::Missing);
    assert_eq!(id("1E"), I::NotDigits("1E".into()));
}

#[test]
fn the_present_address_is_no_change() {
    let plan = checked("444455550001,aws+1@example.com\n444455550003,AWS+3@example.com\n444455550002,x@example.com");
    assert!(plan.is_good() && plan.problems.is_empty());
    let why: Vec<_> = plan.already.iter().map(|already| (already.change.line, &already.why)).collect();
    assert_eq!(why, [(2, &PlanProblem::Same), (3, &PlanProblem::OnlyCase)]);
    let states: Vec<_> = plan.items().iter().map(|item| (item.line, item.state)).collect();
    assert_eq!(states, [(2, ItemState::Already), (3, ItemState::Already), (4, ItemState::Waiting)]);
}

#[test]
fn addresses_can_not_change_places_in_one_plan() {
    let swapped = problems("444455550001,aws+2@example.com\n444455550002,aws+1@example.com");
    assert!(matches!(swapped.as_slice(), [(2, PlanProblem::Used(_)), (3, PlanProblem::Used(_))]), "{swapped:?}");
}

#[test]
fn a_new_domain_has_to_be_confirmed_once() {
    let plan = checked("444455550001,a@new.example\n444455550002,b@NEW.example\n444455550003,c@other.example");
    assert!(plan.is_good());
    let domains: Vec<_> = plan.new_domains.iter().map(|new| (new.domain.as_str(), new.lines.clone())).collect();
    assert_eq!(domains, [("new.example", vec![2, 3]), ("other.example", vec![4])]);
    let confirmed = ["new.example".to_owned()].into();
    assert_eq!(
        plan.unanswered(&confirmed).iter().map(|new| new.domain.as_str()).collect::<Vec<_>>(),
        ["other.example"]
    );
}

#[test]
fn addresses_that_aws_documents_as_invalid_are_listed_by_line_until_they_were_insisted_on() {
    let plan = checked("444455550001,o'b@example.com\n444455550002,x@example.com\n444455550003,a..b@new.example");
    assert!(plan.is_good());
    assert_eq!(
        plan.unusual.iter().map(|found| (found.line, found.why)).collect::<Vec<_>>(),
        [(2, Unusual::Character('\'')), (4, Unusual::DoubleDot)]
    );
    let (at, by) = ("2026-01-01T00:00:00Z".parse().expect("a time"), String::new());
    let kept = EmailPlan { id: PlanId(1), at, by, source: "p".into(), reason: None, items: plan.items() };
    let (accounts, rules) = (organization(), rules());
    let pending = BTreeMap::new();
    let ground =
        PlanGround { accounts: accounts.iter().collect(), management: None, rules: &rules, pending, resend: false };
    assert!(check_again(&kept, &ground).unusual.is_empty());
}

#[test]
fn the_configuration_decides_which_domains_may_be_used() {
    let rules = Rules { allowed_email_domains: ["corp.example".into()].into(), ..Rules::default() };
    let plan = checked_with("444455550001,a@corp.example\n444455550002,b@example.com", &rules, BTreeMap::new());
    let refused = PlanProblem::NotPermitted(Refusal::DomainNotAllowed("example.com".into()));
    assert_eq!(
        plan.problems.iter().map(|problem| (problem.line, &problem.problem)).collect::<Vec<_>>(),
        [(3, &refused)]
    );
    assert!(plan.new_domains.is_empty(), "what is allowed is known");
}

#[test]
fn a_pending_change_that_would_be_replaced_is_told() {
    let address = |text: &str| EmailAddress::parse(text).expect("an address");
    let id = |text: &str| text.parse::<AccountId>().expect("an id");
    let pending = BTreeMap::from([
        (id("444455550001"), Some(address("new1@example.com"))),
        (id("444455550002"), Some(address("x@example.com"))),
        (id("444455550003"), None),
    ]);
    let lines = "444455550001,NEW1@example.com\n444455550002,new2@example.com\n444455550003,new3@example.com";
    let replaced = |plan: &CheckedPlan| plan.replaced.iter().map(|one| (one.line, one.is_same)).collect::<Vec<_>>();
    let plan = checked_with(lines, &rules(), pending.clone());
    assert!(plan.is_good());
    assert_eq!((replaced(&plan), plan.changes.len()), (vec![(3, false), (4, false)], 2));
    assert_eq!(plan.skipped(), [(2, PlanProblem::Pending)], "nothing is sent twice");
    let accounts = organization();
    let rules = rules();
    let resend =
        PlanGround { accounts: accounts.iter().collect(), management: None, rules: &rules, pending, resend: true };
    let rows = parse(&format!("account_id,new_email\n{lines}")).expect("a plan").rows;
    assert_eq!(replaced(&check(&rows, &resend)), [(2, true), (3, false), (4, false)]);
    let rows =
        parse("account_id,new_email\n444455550001,new1@corp.example\n444455550002,y@corp.example").expect("a plan");
    let pending = [("444455550001", "new1@corp.example"), ("444455550002", "x@corp.example")];
    let pending = pending.map(|(account, new)| (id(account), Some(address(new)))).into();
    let again = check(&rows.rows, &PlanGround { pending, ..resend });
    let lines: Vec<_> = again.new_domains.iter().map(|new| new.lines.clone()).collect();
    assert_eq!((again.changes.len(), lines), (2, vec![vec![3]]), "its domain was confirmed when it was started");
}

#[test]
fn what_waits_is_checked_again_against_what_is_now() {
    let mut items = checked("444455550001,new1@new.example\n444455550002,new2@new.example").items();
    items[1].state = ItemState::Started;
    let (at, by) = ("2026-01-01T00:00:00Z".parse().expect("a time"), String::new());
    let plan = EmailPlan { id: PlanId(1), at, by, source: "p".into(), reason: None, items };
    let mut accounts = organization();
    let rules = Rules::default();
    let again = |accounts: &[Account]| {
        let ground = PlanGround {
            accounts: accounts.iter().collect(),
            management: None,
            rules: &rules,
            pending: BTreeMap::new(),
            resend: false,
        };
        check_again(&plan, &ground)
    };
    let now = again(&accounts);
    assert_eq!((now.lines, now.changes.len(), now.new_domains.len()), (1, 1, 0));
    accounts[1].email = "NEW1@new.example".into();
    assert_eq!(again(&accounts).skipped(), [(2, PlanProblem::OnlyCase)]);
    accounts.remove(1);
    assert_eq!(again(&accounts).problems[0].problem, PlanProblem::NoAccount);
}

proptest! {
    #[test]
    fn each_line_is_a_change_or_has_problems_and_no_change_is_told_twice(
        lines in prop::collection::vec((0..9u64, prop::sample::select(vec![
            "a@example.com", "A@example.com", "b@new.example", "aws+1@example.com", "AWS+2@example.com", "@", "x", "c@c.example",
        ])), 1..12),
    ) {
        let lines_of_text: Vec<String> = lines.iter().map(|(number, new)| format!("44445555000{number},{new}")).collect();
        let text = lines_of_text.join("\n");
        let plan = checked(&text);
        let mut reported: BTreeSet<u64> = plan.problems.iter().map(|problem| problem.line).collect();
        let wrong = reported.len();
        reported.extend(plan.changes.iter().map(|change| change.line));
        reported.extend(plan.already.iter().map(|already| already.change.line));
        prop_assert_eq!((plan.lines, reported.len()), (lines.len(), lines.len()));
        prop_assert_eq!(wrong + plan.changes.len() + plan.already.len(), lines.len(), "no line is both");
        let accounts: BTreeSet<_> = plan.changes.iter().map(|change| change.account.id).collect();
        let addresses: BTreeSet<_> = plan.changes.iter().map(|change| change.new.as_str().to_lowercase()).collect();
        prop_assert_eq!((accounts.len(), addresses.len()), (plan.changes.len(), plan.changes.len()));
        let rules = rules();
        for change in &plan.changes {
            prop_assert!(permit_state(Some(&change.account)).is_ok() && !rules.protected.contains(&change.account.id));
            prop_assert!(organization().iter().all(|other| !change.new.same_mailbox(&other.email)));
        }
        for new in &plan.new_domains {
            prop_assert!(!new.lines.is_empty() && new.domain != "example.com");
        }
    }
}
