//! Several organizations on one screen, and that what is sent goes to the one that is named there.

use std::iter;

use proptest::prelude::*;

use super::picture::several_drawn;
use crate::app::effect::{Effect, Read, Visit};
use crate::app::ids::OrgId;
use crate::app::key::{Key, Paste};
use crate::app::msg::Msg;
use crate::app::tests::harness::key;
use crate::app::tests::several::{FIRST, OTHER_ADDRESS, SANDBOX_07B, SECOND, Several, acquired, is_of};
use crate::app::tests::steps::{Ending, Step, dialog_steps, steps};
use crate::app::tests::world::{NEW, SANDBOX_07, World, api_error, managed};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::write::{Seen, WriteOutcome, Written};

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 36)];

#[track_caller]
fn snapshot(name: &str, state: impl Fn() -> Several) {
    for size in SIZES {
        let mut settings = insta::Settings::clone_current();
        settings.set_omit_expression(true);
        settings.set_prepend_module_to_snapshot(false);
        let picture = several_drawn(&mut state(), size);
        settings.bind(|| insta::assert_snapshot!(format!("several-{name}-{}x{}", size.0, size.1), picture));
    }
}

#[test]
fn one_list_with_a_column_for_the_organization() {
    snapshot("accounts", || Several::ready().on(SANDBOX_07B));
}

#[test]
fn the_organizations_that_are_not_listed_are_named() {
    let unread = || {
        let mut several = Several::started([managed(), acquired()]);
        let is_connect = |(org, _, read): &(OrgId, _, Read)| *org == FIRST && *read == Read::Connect;
        let place = several.reads.iter().position(is_connect).expect("a connection is asked for");
        let (org, id, read) = several.reads.remove(place);
        several.step(org, Msg::Answer(id, World::failure(read, ApiErrorKind::ExpiredCredentials)));
        several.answered()
    };
    snapshot("unreached", unread);
}

#[test]
fn root_access_of_all_organizations() {
    snapshot("root-access", || Several::ready().press("3"));
}

#[test]
fn a_question_names_its_organization() {
    snapshot("question", || Several::ready().on(SANDBOX_07B).press("e").answered());
    snapshot("question-of-the-first", || Several::ready().on(SANDBOX_07).press("e").answered());
}

/// The organization that the frame of the dialog on screen names.
fn named(picture: &str) -> Option<OrgId> {
    let is_frame = |line: &&str| line.contains('┌') && line.contains('┐');
    let names = |line: &str, name: &str| line.contains(&format!(" {name} ┐")) || line.contains(&format!(" {name} · "));
    picture.lines().filter(is_frame).find_map(|line| {
        let both = [(FIRST, "prod"), (SECOND, "acquired")];
        both.into_iter().find(|(_, name)| names(line, name)).map(|(org, _)| org)
    })
}

#[test]
fn a_change_is_sent_where_its_question_says() {
    for (account, address, org) in [(SANDBOX_07, NEW, FIRST), (SANDBOX_07B, OTHER_ADDRESS, SECOND)] {
        let asking = Several::ready().on(account).press("e").answered().types(address).press("enter");
        for size in SIZES {
            let mut asking = Several::ready().on(account).press("e").answered().types(address).press("enter");
            let picture = several_drawn(&mut asking, size);
            assert_eq!(named(&picture), Some(org), "{picture}");
        }
        let sent = asking.press("enter").writes;
        assert_eq!(sent.iter().map(|(org, ..)| *org).collect::<Vec<_>>(), [org]);
    }
}

/// The accounts that an effect is about.
fn about(effect: &Effect) -> Vec<AccountId> {
    match effect {
        Effect::Read(
            _,
            Read::PrimaryEmail(account)
            | Read::EmailChange(account)
            | Read::Contacts(account)
            | Read::Controls(account),
        ) => vec![*account],
        Effect::Visit(_, visit) => match &**visit {
            Visit::Buckets(account)
            | Visit::Queues(account, _)
            | Visit::Policy(account, _)
            | Visit::Session(account, ..) => vec![account.id],
        },
        Effect::Run(_, run) => run.account_ids(),
        _ => Vec::new(),
    }
}

/// A step of a person, or an answer.
fn walk(several: &mut Several, step: &Step) {
    let present = several.dashboard.present();
    match step {
        Step::Press(name) => several.step(present, Msg::Key(key(name))),
        Step::Mouse(mouse) => several.step(present, Msg::Mouse(*mouse)),
        Step::Type(c) => several.step(present, Msg::Key(Key::char(*c))),
        Step::TypeAll(text) => text.chars().for_each(|c| several.step(present, Msg::Key(Key::char(c)))),
        Step::Paste(text) => several.step(present, Msg::Paste(Paste::new((*text).to_owned()))),
        Step::Answer(which, well) if !several.reads.is_empty() => several.answer(which % several.reads.len(), *well),
        Step::End(which, ending) if !several.writes.is_empty() => {
            let (org, id, _) = several.writes.remove(which % several.writes.len());
            let outcome = match ending {
                Ending::Taken | Ending::Shown => WriteOutcome::Taken(None),
                Ending::Refused => WriteOutcome::Refused(api_error(ApiErrorKind::Invalid)),
                Ending::Unknown => WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout)),
            };
            several.step(org, Msg::Written(id, Box::new(Written { outcome, seen: Seen::Nothing })));
        }
        Step::Wake(which) => {
            let is_wake = |(_, effect): &(OrgId, Effect)| matches!(effect, Effect::Wake(..));
            let wakes: Vec<usize> =
                (0..several.wanted.len()).filter(|place| is_wake(&several.wanted[*place])).collect();
            if !wakes.is_empty()
                && let (org, Effect::Wake(_, wake)) = several.wanted.remove(wakes[which % wakes.len()])
            {
                several.step(org, Msg::Woken(wake));
            }
        }
        Step::Wait(seconds) => several.now += jiff::SignedDuration::from_secs(*seconds),
        _ => {}
    }
}

/// Steps that lead to a write, if nothing comes between.
fn writing() -> impl Strategy<Value = Vec<Step>> {
    let address = prop::sample::select(vec![NEW, OTHER_ADDRESS]);
    let email = address.prop_map(|address| {
        let answers = || (0..3).map(|_| Step::Answer(0, true));
        let sends = [Step::TypeAll(address), Step::Press("enter"), Step::Press("enter")];
        iter::once(Step::Press("e")).chain(answers()).chain(sends).collect::<Vec<_>>()
    });
    let switch = Just(["4", "t", "enter", "1"].map(Step::Press).to_vec());
    prop_oneof![3 => email, 1 => switch]
}

fn walks() -> impl Strategy<Value = Vec<Step>> {
    let turn = prop::sample::select(vec!["W", "j", "k", "g", "G", "space", "1", "3", "esc", "d"]).prop_map(Step::Press);
    let turns = || prop::collection::vec(turn.clone(), 0..6);
    let part = prop_oneof![3 => turns(), 3 => writing(), 1 => steps(), 1 => dialog_steps()];
    prop::collection::vec(part, 1..8).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_goes_to_another_organization_than_the_question_names(steps in walks()) {
        let mut several = Several::ready();
        for step in steps {
            let is_enter = matches!(step, Step::Press("enter") | Step::Mouse(_));
            let question = (is_enter && !several.dashboard.app().layers.is_empty())
                .then(|| several_drawn(&mut several, (120, 36)));
            let (writes, wanted) = (several.writes.len(), several.wanted.len());
            let reads = several.reads.len();
            walk(&mut several, &step);
            // An outcome takes a write away.
            let writes = writes.min(several.writes.len());
            for (org, _, request) in several.writes.iter().skip(writes) {
                let picture = question.clone().unwrap_or_default();
                prop_assert_eq!(named(&picture), Some(*org), "{:?} in {}", request.change, picture);
                prop_assert!(is_of(several.world(*org), &request.change), "{:?}", request.change);
            }
            let asked = several.reads.iter().skip(reads).map(|(org, id, read)| (*org, Effect::Read(*id, *read)));
            for (org, effect) in several.wanted.iter().skip(wanted).cloned().chain(asked) {
                for account in about(&effect) {
                    let other = if org == FIRST { SECOND } else { FIRST };
                    let is_others = several.world(other).accounts.iter().any(|known| known.id == account);
                    prop_assert!(!is_others, "{effect:?} goes to {org:?}");
                }
                if let Effect::Run(_, run) = &effect && run.is_writing() {
                    prop_assert_eq!(named(&question.clone().unwrap_or_default()), Some(org), "{:?}", run);
                }
            }
        }
    }
}
