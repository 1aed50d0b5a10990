//! Started email changes: that no address which may still be needed is lost.

use crate::domain::records::StartRecords;
use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::domain::account::AccountId;
use crate::domain::email_change::{Over, StartedEmailChange, StartedProgress};
use crate::store::tests::{account, bound, start};
use crate::store::{ScopedStore, Store};

use StartedProgress::{Accepted, Completed, Failed, Pending, Unconfirmed};

/// The address and progress of the newest start of account 7.
fn newest(scope: &ScopedStore) -> (String, StartedProgress) {
    let started = scope.started().expect("read");
    let change = started.first().expect("one that was started");
    (change.new.to_string(), change.progress)
}

fn earlier(scope: &ScopedStore) -> Vec<String> {
    scope.started_earlier(account(7)).expect("read").iter().map(|change| change.new.to_string()).collect()
}

fn record(scope: &ScopedStore, new: &str) {
    scope.record_start(&start(new)).expect("recorded");
}

fn progress(scope: &ScopedStore, progress: StartedProgress) {
    scope.set_progress(account(7), progress).expect("noted");
}

fn is(new: &str, progress: StartedProgress) -> (String, StartedProgress) {
    (new.to_owned(), progress)
}

#[test]
fn a_refused_start_gives_its_place_back_to_the_pending_one() {
    let scope = bound(&Store::in_memory());
    record(&scope, "a@new.example");
    progress(&scope, Pending);
    record(&scope, "b@new.example");
    assert_eq!(newest(&scope), is("b@new.example", Unconfirmed));
    assert_eq!(earlier(&scope), ["a@new.example"]);
    progress(&scope, Failed);
    assert_eq!(newest(&scope), is("a@new.example", Pending));
    assert!(earlier(&scope).is_empty());
}

#[test]
fn a_refused_resend_leaves_the_time_of_the_first_sending() {
    let scope = bound(&Store::in_memory());
    record(&scope, "a@new.example");
    progress(&scope, Pending);
    let mut again = start("a@new.example");
    again.started = "2026-03-02T09:00:00Z".parse().expect("a time");
    scope.record_start(&again).expect("recorded");
    assert_eq!(scope.started().expect("read"), [again]);
    progress(&scope, Failed);
    assert_eq!(scope.started().expect("read")[0].started, start("a@new.example").started);
}

#[test]
fn once_the_new_start_is_pending_the_old_one_is_gone() {
    for known in [Pending, Accepted, Completed] {
        let scope = bound(&Store::in_memory());
        record(&scope, "a@new.example");
        progress(&scope, Pending);
        record(&scope, "b@new.example");
        progress(&scope, known);
        assert_eq!(newest(&scope), is("b@new.example", known));
        assert!(earlier(&scope).is_empty());
        // A failure of a change that was in progress is its own, not a refusal.
        progress(&scope, Failed);
        assert_eq!(newest(&scope), is("b@new.example", Failed));
    }
}

#[test]
fn a_first_start_that_is_refused_stays_to_be_seen() {
    let scope = bound(&Store::in_memory());
    record(&scope, "a@new.example");
    progress(&scope, Failed);
    assert_eq!(newest(&scope), is("a@new.example", Failed));
    record(&scope, "b@new.example");
    progress(&scope, Failed);
    assert_eq!(newest(&scope), is("b@new.example", Failed));
    assert!(earlier(&scope).is_empty());
}

#[test]
fn a_lost_reply_keeps_both_addresses_for_the_next_run() {
    let store = Store::in_memory();
    let scope = bound(&store);
    record(&scope, "a@new.example");
    progress(&scope, Pending);
    record(&scope, "b@new.example");
    progress(&scope, Unconfirmed);
    let next = bound(&store);
    assert_eq!(newest(&next), is("b@new.example", Unconfirmed));
    assert_eq!(earlier(&next), ["a@new.example"]);
}

#[test]
fn the_answer_to_one_run_says_nothing_about_the_start_of_another() {
    let store = Store::in_memory();
    let (mine, theirs) = (bound(&store), bound(&store));
    record(&mine, "a@new.example");
    record(&theirs, "b@new.example");
    progress(&mine, Failed);
    assert_eq!(newest(&mine), is("b@new.example", Unconfirmed));
    progress(&theirs, Pending);
    assert_eq!(newest(&mine), is("b@new.example", Pending));
    // Answered once; what is reported from now on is about the newest.
    progress(&mine, Completed);
    assert_eq!(newest(&mine), is("b@new.example", Completed));
}

#[test]
fn forgetting_forgets_all_of_the_account_and_nothing_else() {
    let scope = bound(&Store::in_memory());
    let mut other = start("c@new.example");
    other.account = account(8);
    scope.record_start(&other).expect("recorded");
    record(&scope, "a@new.example");
    progress(&scope, Pending);
    record(&scope, "b@new.example");
    scope.forget(account(7)).expect("forgotten");
    assert_eq!(scope.started(), Ok(vec![other]));
    progress(&scope, Pending);
    assert_eq!(scope.started().expect("read").len(), 1, "progress of what was forgotten makes nothing");
}

#[derive(Clone, Debug)]
enum Step {
    Record(u64, u8),
    Progress(u64, StartedProgress),
    Forget(u64),
    /// The program is closed and opened again.
    Restart,
}

fn any_step() -> impl Strategy<Value = Step> {
    let progress = prop_oneof![Just(Unconfirmed), Just(Pending), Just(Accepted), Just(Completed), Just(Failed)];
    prop_oneof![
        4 => (7u64..9, 0u8..4).prop_map(|(account, address)| Step::Record(account, address)),
        4 => (7u64..9, progress).prop_map(|(account, progress)| Step::Progress(account, progress)),
        1 => (7u64..9).prop_map(Step::Forget),
        1 => Just(Step::Restart),
    ]
}

/// What the store should hold: for each account its starts, the newest last.
#[derive(Default)]
struct Model(BTreeMap<AccountId, Vec<StartedEmailChange>>);

impl Model {
    fn record(&mut self, change: StartedEmailChange) {
        let starts = self.0.entry(change.account).or_default();
        starts.retain(|start| !start.progress.is_final());
        starts.push(change);
    }

    fn progress(&mut self, account: AccountId, progress: StartedProgress) {
        let Some(mut newest) = self.0.get_mut(&account).and_then(Vec::pop) else { return };
        let starts = self.0.entry(account).or_default();
        match progress {
            Unconfirmed => {}
            Failed if newest.progress == Unconfirmed && !starts.is_empty() => return,
            Failed => newest.progress = Failed,
            known => {
                starts.clear();
                newest.progress = known;
            }
        }
        starts.push(newest);
    }

    fn newest(&self) -> Vec<StartedEmailChange> {
        self.0.values().filter_map(|starts| starts.last()).cloned().collect()
    }

    fn earlier(&self, account: AccountId) -> Vec<StartedEmailChange> {
        self.0.get(&account).into_iter().flatten().rev().skip(1).cloned().collect()
    }
}

proptest! {
    #[test]
    fn any_sequence_leaves_what_the_model_says(steps in proptest::collection::vec(any_step(), 0..40)) {
        let store = Store::in_memory();
        let mut scope = bound(&store);
        let mut model = Model::default();
        for step in steps {
            match step {
                Step::Record(number, address) => {
                    let mut change = start(&format!("a{address}@new.example"));
                    change.account = account(number);
                    scope.record_start(&change).expect("recorded");
                    model.record(change);
                }
                Step::Progress(number, progress) => {
                    scope.set_progress(account(number), progress).expect("noted");
                    model.progress(account(number), progress);
                }
                Step::Forget(number) => {
                    scope.forget(account(number)).expect("forgotten");
                    model.0.remove(&account(number));
                }
                Step::Restart => scope = bound(&store),
            }
            prop_assert_eq!(scope.started(), Ok(model.newest()));
            for number in 7..9 {
                prop_assert_eq!(scope.started_earlier(account(number)), Ok(model.earlier(account(number))));
            }
        }
    }

    /// Said without the model: what AWS confirmed is not lost to any number of refused starts.
    #[test]
    fn a_pending_address_outlives_refused_and_unanswered_starts(refused in proptest::collection::vec(0u8..4, 0..6)) {
        let scope = bound(&Store::in_memory());
        record(&scope, "kept@new.example");
        progress(&scope, Pending);
        for address in &refused {
            record(&scope, &format!("a{address}@new.example"));
            prop_assert!(earlier(&scope).contains(&"kept@new.example".to_owned()));
        }
        for _ in &refused {
            progress(&scope, Failed);
        }
        prop_assert_eq!(newest(&scope), is("kept@new.example", Pending));
    }
}

#[test]
fn the_same_change_is_claimed_once_until_it_is_over_or_asked_for_again() {
    let store = Store::in_memory();
    let scope = bound(&store);
    let mut first = start("root@new.example");
    assert_eq!(scope.claim_start(&first, &Over::Nothing), Ok(None));
    let again = start("ROOT@new.example");
    assert_eq!(scope.claim_start(&again, &Over::Nothing), Ok(Some(first.clone())), "its answer is still out");
    scope.set_progress(first.account, StartedProgress::Pending).expect("kept");
    first.progress = StartedProgress::Pending;
    assert_eq!(scope.claim_start(&again, &Over::Nothing), Ok(Some(first.clone())));
    assert_eq!(scope.claim_start(&start("other@new.example"), &Over::Nothing), Ok(None), "another address");
    scope.set_progress(first.account, StartedProgress::Failed).expect("kept");
    assert_eq!(scope.claim_start(&again, &Over::Nothing), Ok(Some(first.clone())), "the first is the newest again");
    assert_eq!(scope.claim_start(&again, &Over::This(first.clone())), Ok(None));
    let newest = scope.started().expect("read").remove(0);
    assert_eq!(scope.claim_start(&again, &Over::This(first)), Ok(Some(newest)), "it is not the newest any more");
    assert_eq!(scope.claim_start(&again, &Over::Anything), Ok(None));
    scope.set_progress(again.account, StartedProgress::Completed).expect("kept");
    assert_eq!(scope.claim_start(&again, &Over::Nothing), Ok(None));
}

#[test]
fn a_password_that_is_expired_is_sent_again() {
    let store = Store::in_memory();
    let scope = bound(&store);
    let first = StartedEmailChange { progress: StartedProgress::Pending, ..start("root@new.example") };
    scope.record_start(&first).expect("recorded");
    let later = |hours| StartedEmailChange {
        started: first.started + jiff::SignedDuration::from_hours(hours),
        ..start("root@new.example")
    };
    assert_eq!(scope.claim_start(&later(23), &Over::Nothing), Ok(Some(first.clone())));
    assert_eq!(scope.claim_start(&later(24), &Over::Nothing), Ok(None));
}

#[test]
fn of_two_rootdecks_that_start_the_same_change_at_once_one_goes_ahead() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store.db");
    let stores = [Store::open(&path).expect("opened"), Store::open(&path).expect("opened")];
    let scopes = [bound(&stores[0]), bound(&stores[1])];
    let accounts: Vec<String> = (0..20).map(|number| format!("4444555500{number:02}")).collect();
    let claims = |scope: &ScopedStore| {
        let claim = |account: &String| {
            let change = StartedEmailChange { account: account.parse().expect("an id"), ..start("root@new.example") };
            scope.claim_start(&change, &Over::Nothing).expect("claimed or not").is_none()
        };
        accounts.iter().map(claim).collect::<Vec<bool>>()
    };
    let (one, other) = std::thread::scope(|threads| {
        let other = threads.spawn(|| claims(&scopes[1]));
        (claims(&scopes[0]), other.join().expect("claims"))
    });
    assert!(one.iter().zip(&other).all(|(one, other)| one != other), "{one:?} {other:?}");
}
