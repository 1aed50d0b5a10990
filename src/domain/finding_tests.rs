//! What counts as a difference, and whose it is.

use std::convert::Infallible;

use proptest::prelude::*;

use super::*;

const A: &str = "aws+a@example.com";
const B: &str = "root-b@corp.example";

fn id(number: u64) -> AccountId {
    format!("{number:012}").parse().expect("twelve digits")
}

fn account(number: u64, email: &str, state: AccountState) -> Account {
    let (name, email) = (format!("sandbox-{number}"), email.to_owned());
    Account { id: id(number), name, email, state, joined: None, joined_method: None, unit_ids: Some([].into()) }
}

fn active(number: u64, email: &str) -> Account {
    account(number, email, AccountState::Active)
}

fn email(old: &str, new: &str) -> Difference {
    Difference::Email { old: old.to_owned(), new: new.to_owned() }
}

fn state(old: AccountState, new: AccountState) -> Difference {
    Difference::State { old, new }
}

fn found(before: &[Account], after: &[Account]) -> Vec<(u64, Difference)> {
    let number = |one: Different| (one.account.to_string().parse().expect("a number"), one.difference);
    differences(before, after).into_iter().map(number).collect()
}

fn differences(before: &[Account], after: &[Account]) -> Vec<Different> {
    let after = Account::shared(after);
    let mut differences = Differences::from(after.as_slice());
    for account in before {
        let name = || Ok::<_, Infallible>(account.name.clone());
        let Ok(()) = differences.before(account.id, (&account.email, &account.state), name);
    }
    differences.all()
}

#[test]
fn addresses_states_and_accounts_that_come_and_go_are_differences() {
    let before = [active(1, A), active(2, A), active(3, A), active(4, A)];
    let after = [active(5, A), active(1, B), account(2, A, AccountState::Suspended), active(3, A)];
    let expected = [
        (5, Difference::New),
        (1, email(A, B)),
        (2, state(AccountState::Active, AccountState::Suspended)),
        (4, Difference::Gone),
    ];
    assert_eq!(found(&before, &after), expected);
    assert_eq!(found(&before, &before), []);
}

#[test]
fn one_account_can_differ_twice() {
    let after = [account(1, B, AccountState::PendingClosure)];
    let closing = state(AccountState::Active, AccountState::PendingClosure);
    assert_eq!(found(&[active(1, A)], &after), [(1, email(A, B)), (1, closing)]);
}

#[test]
fn what_aws_skipped_and_the_case_of_an_address_are_no_differences() {
    let unknown = account(1, "", AccountState::Unknown);
    assert_eq!(found(&[active(1, A)], std::slice::from_ref(&unknown)), []);
    assert_eq!(found(&[unknown], &[active(1, A)]), []);
    assert_eq!(found(&[active(1, A)], &[active(1, "AWS+A@Example.com")]), []);
}

#[test]
fn a_state_that_came_back_is_nothing_and_an_address_that_came_back_is_two_things() {
    use AccountState as S;
    let suspended = state(S::Active, S::Suspended);
    assert_eq!(suspended.with_later(&state(S::Suspended, S::Active)), Together::Neither);
    let closed = Together::One(state(S::Active, S::Closed));
    assert_eq!(suspended.with_later(&state(S::Suspended, S::Closed)), closed);
    assert_eq!(email(A, B).with_later(&email(B, A)), Together::Both);
    assert_eq!(Difference::New.with_later(&state(S::PendingActivation, S::Active)), Together::One(Difference::New));
    assert_eq!(Difference::New.with_later(&Difference::Gone), Together::Both);
    assert_eq!(Difference::Gone.with_later(&Difference::New), Together::Both);
}

fn time(hours: i64) -> Timestamp {
    Timestamp::from_second(1_760_000_000 + hours * 3600).expect("a time")
}

/// A change of account 1 to `new` at `hours`; done, if what it replaced is told.
fn own(new: &str, hours: i64, replaced: Option<&str>) -> OwnChange {
    OwnChange { account: id(1), new: new.to_owned(), at: time(hours), replaced: replaced.map(str::to_owned) }
}

#[test]
fn what_was_begun_here_is_ours_however_long_the_listing_was_not_read() {
    let judged = |own: &OwnChange, since, at| whose(id(1), A, B, time(since), time(at), std::slice::from_ref(own));
    assert_eq!(judged(&own(B, 0, None), 0, 1), Whose::Ours);
    assert_eq!(judged(&own(B, 0, None), -1000, 5000), Whose::Ours);
    assert_eq!(judged(&own("Root-B@corp.example", 0, None), 28, 30), Whose::Ours);
    // The listing before was read when it had long been over.
    assert_eq!(judged(&own(B, 0, Some(A)), 49, 50), Whose::Others);
    assert_eq!(judged(&own("c@corp.example", 0, None), 0, 1), Whose::Others);
    let others = OwnChange { account: id(2), ..own(B, 0, None) };
    assert_eq!(judged(&others, 0, 1), Whose::Others);
    assert_eq!(whose(id(1), A, B, time(0), time(1), &[]), Whose::Others);
}

#[test]
fn a_listing_that_is_late_is_believed_after_two_days() {
    let judged = |own: &OwnChange, at| {
        // The kept listing follows a change that AWS said is done; the new one still has the old address.
        whose(id(1), B, A, time(1), time(at), std::slice::from_ref(own))
    };
    assert_eq!(judged(&own(B, 0, Some(A)), 2), Whose::Late);
    assert_eq!(judged(&own(B, 0, Some(A)), 49), Whose::Others);
    // Not known to be done, it explains nothing.
    assert_eq!(judged(&own(B, 0, None), 2), Whose::Others);
    // And it does not explain another address.
    assert_eq!(whose(id(1), B, "c@corp.example", time(1), time(2), &[own(B, 0, Some(A))]), Whose::Others);
}

proptest! {
    /// Whatever is different is found once, and nothing else.
    #[test]
    fn applying_the_differences_gives_the_later_listing(
        before in proptest::collection::btree_map(0u64..12, (0u8..3, 0u8..3), 0..12),
        after in proptest::collection::btree_map(0u64..12, (0u8..3, 0u8..3), 0..12),
    ) {
        let states = [AccountState::Active, AccountState::Suspended, AccountState::Closed];
        let listing = |rows: &std::collections::BTreeMap<u64, (u8, u8)>| -> Vec<Account> {
            let one = |(number, (email, state)): (&u64, &(u8, u8))| {
                account(*number, &format!("a{email}@example.com"), states[usize::from(*state)].clone())
            };
            rows.iter().map(one).collect()
        };
        let (before, after) = (listing(&before), listing(&after));
        let mut patched: std::collections::BTreeMap<AccountId, Account> =
            before.iter().map(|account| (account.id, account.clone())).collect();
        for found in differences(&before, &after) {
            match found.difference {
                Difference::Email { old, new } => {
                    let patched = patched.get_mut(&found.account).expect("there before");
                    prop_assert_eq!(std::mem::replace(&mut patched.email, new), old);
                }
                Difference::State { old, new } => {
                    let patched = patched.get_mut(&found.account).expect("there before");
                    prop_assert_eq!(std::mem::replace(&mut patched.state, new), old);
                }
                Difference::New => {
                    let new = after.iter().find(|account| account.id == found.account).expect("listed now");
                    prop_assert!(patched.insert(new.id, new.clone()).is_none());
                }
                Difference::Gone => prop_assert!(patched.remove(&found.account).is_some()),
            }
        }
        prop_assert_eq!(patched.into_values().collect::<Vec<_>>(), after);
    }
}
