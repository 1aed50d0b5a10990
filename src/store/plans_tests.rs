//! Plans: kept before anything is sent, and no item in two hands.

use crate::domain::records::Records;
use std::sync::Barrier;

use super::*;
use crate::domain::email::EmailAddress;
use crate::store::Store;
use crate::store::tests::{account, bound, organization, time};

fn new_plan(items: u64) -> NewPlan {
    let item = |line: u64| {
        let new = EmailAddress::parse(&format!("new+{line}@example.com")).expect("an address");
        PlanItem::waiting(line, account(line), &format!("old+{line}@example.com"), new)
    };
    NewPlan {
        source: "/home/alice/plan.csv".into(),
        reason: Some("T-1".into()),
        items: (2..2 + items).map(item).collect(),
    }
}

fn saved(scope: &ScopedStore, items: u64) -> EmailPlan {
    let id = scope.save_plan(&new_plan(items), time("2026-03-01T14:02:00Z"), "arn:alice").expect("saved");
    scope.plan(id).expect("read").expect("there")
}

fn at(item: &PlanItem, state: ItemState, at: Option<&str>) -> PlanItem {
    PlanItem { state, at: at.map(time), ..item.clone() }
}

#[test]
fn a_plan_comes_back_as_it_was_confirmed() {
    let scope = bound(&Store::in_memory());
    let plan = saved(&scope, 3);
    assert_eq!(
        (plan.source.as_str(), plan.reason.as_deref(), plan.by.as_str()),
        ("/home/alice/plan.csv", Some("T-1"), "arn:alice")
    );
    assert_eq!(plan.items, new_plan(3).items);
    assert_eq!(scope.plans(0).expect("read"), [plan]);
}

#[test]
fn a_plan_is_deleted_as_it_was_seen_or_not_at_all() {
    let scope = bound(&Store::in_memory());
    let (plan, other) = (
        saved(&scope, 2),
        scope.save_plan(&NewPlan { source: "-".into(), ..new_plan(1) }, time("2026-03-01T14:02:00Z"), "arn:alice"),
    );
    let claimed = at(&plan.items[0], ItemState::Sending, Some("2026-03-01T14:03:00Z"));
    assert_eq!(scope.move_item(plan.id, &plan.items[0], &claimed), Ok(true));
    assert_eq!(scope.drop_plan(&plan), Ok(false), "another rootdeck works on it");
    let plan = scope.plan(plan.id).expect("read").expect("there");
    assert_eq!((scope.drop_plan(&plan), scope.drop_plan(&plan)), (Ok(true), Ok(false)));
    assert_eq!(scope.move_item(plan.id, &claimed, &plan.items[1]), Ok(false), "nobody can claim what is gone");
    let left: Vec<PlanId> = scope.plans(9).expect("read").iter().map(|plan| plan.id).collect();
    assert_eq!(left, [other.expect("saved")]);
}

#[test]
fn open_plans_are_always_listed_and_of_the_others_the_newest() {
    let scope = bound(&Store::in_memory());
    let of = |file: &str| {
        let plan = NewPlan { source: format!("/home/alice/{file}.csv"), ..new_plan(1) };
        let id = scope.save_plan(&plan, "2026-03-01T14:02:00Z".parse().expect("a time"), "arn:alice").expect("kept");
        scope.plan(id).expect("read").expect("a plan")
    };
    let plans: Vec<EmailPlan> = ["0", "1", "2", "3"].map(of).into();
    for plan in &plans[1..] {
        let item = &plan.items[0];
        assert_eq!(
            scope.move_item(plan.id, item, &at(item, ItemState::Started, Some("2026-03-01T14:03:00Z"))),
            Ok(true)
        );
    }
    assert_eq!(of("0").id, plans[0].id, "a file has one open plan");
    assert_ne!(of("3").id, plans[3].id, "that of before is finished");
    let finished = of("3");
    let item = &finished.items[0];
    let done = at(item, ItemState::Started, Some("2026-03-01T14:04:00Z"));
    assert_eq!(scope.move_item(finished.id, item, &done), Ok(true));
    let listed = |recent| scope.plans(recent).expect("read").iter().map(|plan| plan.id).collect::<Vec<_>>();
    assert_eq!(listed(0), [plans[0].id]);
    assert_eq!(listed(2), [finished.id, plans[3].id, plans[0].id]);
}

#[test]
fn what_came_of_an_item_is_kept() {
    let scope = bound(&Store::in_memory());
    let plan = saved(&scope, 2);
    let claimed = at(&plan.items[0], ItemState::Sending, Some("2026-03-01T14:03:00.123Z"));
    assert_eq!(scope.move_item(plan.id, &plan.items[0], &claimed), Ok(true));
    let refused = PlanItem {
        code: Some("ConflictException".into()),
        message: Some("in use".into()),
        request_id: Some("r-1".into()),
        ..at(&claimed, ItemState::Refused, Some("2026-03-01T14:03:01Z"))
    };
    assert_eq!(scope.move_item(plan.id, &claimed, &refused), Ok(true));
    let plan = scope.plan(plan.id).expect("read").expect("there");
    assert_eq!(plan.items[0], refused);
    assert_eq!(plan.items[1].state, ItemState::Waiting);
    assert!(plan.is_open());
}

#[test]
fn an_item_is_moved_only_from_where_it_was_seen() {
    let scope = bound(&Store::in_memory());
    let plan = saved(&scope, 1);
    let (seen, claim) = (&plan.items[0], |when| at(&plan.items[0], ItemState::Sending, Some(when)));
    let (first, second) = (claim("2026-03-01T14:03:00Z"), claim("2026-03-01T14:09:00Z"));
    assert_eq!(scope.move_item(plan.id, seen, &first), Ok(true));
    assert_eq!(scope.move_item(plan.id, seen, &second), Ok(false));
    // Given back and claimed again: the first claim is not the second one.
    assert_eq!(scope.move_item(plan.id, &first, seen), Ok(true));
    assert_eq!(scope.move_item(plan.id, seen, &second), Ok(true));
    assert_eq!(scope.move_item(plan.id, &first, seen), Ok(false));
    assert_eq!(scope.plan(plan.id).expect("read").expect("there").items, [second]);
    assert_eq!(scope.move_item(PlanId(99), seen, &first), Ok(false));
}

#[test]
fn of_two_rootdecks_that_claim_at_once_one_gets_the_item() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state").join("rootdeck.db");
    let plan = saved(&bound(&Store::open(&path).expect("a store")), 20);
    let ready = Barrier::new(2);
    let claims = |second: u64| {
        // A handle of its own, as another process has.
        let scope = bound(&Store::open(&path).expect("a store"));
        ready.wait();
        let claim = |item: &PlanItem| {
            let claimed = at(item, ItemState::Sending, Some(&format!("2026-03-01T14:03:0{second}Z")));
            scope.move_item(plan.id, item, &claimed).expect("claimed or not")
        };
        plan.items.iter().map(claim).collect::<Vec<bool>>()
    };
    let (mine, theirs) = std::thread::scope(|threads| {
        let other = threads.spawn(|| claims(2));
        (claims(1), other.join().expect("claims"))
    });
    assert!(mine.iter().zip(&theirs).all(|(mine, theirs)| mine != theirs), "{mine:?} {theirs:?}");
}

#[test]
fn plans_belong_to_their_organization() {
    let store = Store::in_memory();
    let plan = saved(&bound(&store), 1);
    let other = store.scope(Some("other"), None);
    other.bind(&organization("o-other00000")).expect("bound");
    assert_eq!(other.plans(9), Ok(vec![]));
    assert_eq!(other.plan(plan.id), Ok(None));
    let item = &plan.items[0];
    assert_eq!(other.move_item(plan.id, item, &at(item, ItemState::Sending, Some("2026-03-01T14:03:00Z"))), Ok(false));
}

#[test]
fn a_plan_that_can_not_be_kept_whole_is_not_kept() {
    let scope = bound(&Store::in_memory());
    let mut twice = new_plan(2);
    twice.items[1].line = twice.items[0].line;
    assert!(scope.save_plan(&twice, time("2026-03-01T14:02:00Z"), "arn").is_err());
    assert_eq!(scope.plans(9), Ok(vec![]));
    let unbound = Store::in_memory().scope(None, None);
    assert!(unbound.save_plan(&new_plan(1), time("2026-03-01T14:02:00Z"), "arn").is_err());
}
