//! What the listings showed to be otherwise: told, marked, read, noted.

use super::harness::Driver;
use super::world::*;
use crate::app::effect::{Read, StoreRequest};
use crate::app::layers::Layer;
use crate::app::msg::{Answer, Geometry, Msg};
use crate::app::notification::{Notification, Tone};
use crate::app::state::findings::FoundKinds;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::finding::FindingsSummary;
use crate::domain::finding::{Difference, DifferenceKind, Finding};
use crate::domain::stored::Stored;

fn reported(count: usize, changed_by_others: usize) -> Notification {
    let since = time("2025-03-14T11:00:00Z");
    Notification::Findings(FindingsSummary { count, changed_by_others, since, reported: noon() })
}

/// With a screen on which `rows` of the 20 lines of the findings fit.
pub(super) fn reading(rows: usize) -> Driver {
    Driver::ready().send(Msg::Findings(findings())).press("F").send(drawn(rows))
}

fn drawn(rows: usize) -> Msg {
    Msg::Geometry(Geometry { list_rows: 20, dialog_rows: rows, dialog_lines: 20, ..Geometry::default() })
}

fn all() -> Vec<i64> {
    vec![5, 6, 3, 4]
}

/// What there is of one account.
fn marks(driver: &Driver, account: &str) -> FoundKinds {
    driver.app.model.findings.kinds_of(id(account))
}

#[test]
fn what_earlier_listings_showed_is_told_at_the_start_and_once() {
    let stored = Stored { findings: findings(), ..Stored::default() };
    let driver = Driver::ready_in(World { stored, ..World::default() }).says(&reported(4, 1));
    assert_eq!(driver.app.notifications.unread(), 1, "it was read twice, before and after AWS said whose it is");
    for (account, kind) in
        [(SANDBOX_07, DifferenceKind::Email), (KENSHO, DifferenceKind::New), (SUSPENDED, DifferenceKind::State)]
    {
        assert!(marks(&driver, account).has(kind), "{kind:?}");
    }
    assert!(!marks(&driver, SANDBOX_08).any());
}

#[test]
fn a_new_finding_is_news_and_the_same_again_is_not() {
    let notification = findings().split_off(2);
    let driver = Driver::ready()
        .send(Msg::Findings(notification.clone()))
        .says(&reported(2, 1))
        .press("Z")
        .says(&Notification::NoCommand);
    let driver = driver.send(Msg::Findings(notification)).says(&Notification::NoCommand);
    driver.send(Msg::Findings(findings())).says(&reported(4, 1));
}

#[test]
fn an_address_that_somebody_else_changed_stays_on_screen_until_read_and_the_rest_fades() {
    assert_eq!((reported(4, 1).tone(), reported(3, 0).tone()), (Tone::Bad, Tone::Neutral));
    let driver = Driver::ready().send(Msg::Findings(findings())).press("!");
    assert!(matches!(driver.layer(), Some(Layer::Findings(_))));
    let driver = driver.press("esc");
    assert_eq!((driver.layer(), driver.notification()), (None, None));
}

#[test]
fn the_loudest_come_first() {
    let driver = reading(30);
    let Some(Layer::Findings(reader)) = driver.layer() else { panic!("no findings on screen") };
    assert_eq!(reader.about, all());
}

#[test]
fn without_findings_there_is_nothing_to_read() {
    let driver = Driver::ready().press("F");
    assert!(matches!(driver.notification(), Some(Notification::Unavailable(..))), "{:?}", driver.notification());
    assert_eq!(driver.layer(), None);
}

#[test]
fn esc_leaves_them_for_later() {
    let driver = reading(30).press("esc").quietly();
    assert_eq!(driver.app.model.findings.all().len(), 4);
    assert!(matches!(driver.press("F").layer(), Some(Layer::Findings(_))));
}

#[test]
fn they_are_noted_only_when_the_end_is_on_screen() {
    let driver = reading(5).press("a").quietly();
    assert!(matches!(driver.notification(), Some(Notification::Unavailable(..))), "{:?}", driver.notification());
    let driver = driver.press("G a").keeps(&StoreRequest::Acknowledge(all()));
    assert_eq!((driver.layer(), driver.app.model.findings.all().len()), (None, 4), "noted once that is kept");
    let driver = driver.gets(Answer::Kept(Box::new(StoreRequest::Acknowledge(all())), Ok(())));
    assert!(driver.app.model.findings.all().is_empty() && !marks(&driver, SANDBOX_07).any());
}

#[test]
fn keys_typed_ahead_note_nothing() {
    // The reader was not drawn yet; what was drawn before fitted.
    let before = Driver::ready().send(Msg::Findings(findings())).send(drawn(30));
    let driver = before.press("F a").quietly();
    assert!(matches!(driver.layer(), Some(Layer::Findings(_))));
}

#[test]
fn what_can_not_be_kept_stays_unread() {
    let store_request = StoreRequest::Acknowledge(all());
    let driver = reading(30).press("a").keeps(&store_request);
    let driver = driver.gets(Answer::Kept(Box::new(store_request), Err(api_error(ApiErrorKind::Local))));
    assert!(matches!(driver.notification(), Some(Notification::ReadFailed(_))));
    assert_eq!(driver.app.model.findings.all().len(), 4);
}

#[test]
fn a_finding_that_comes_while_others_are_read_is_not_noted_with_them() {
    let mut more = findings();
    more.push(finding(7, SANDBOX_08, "sandbox-08", Difference::New));
    let driver = reading(30).send(Msg::Findings(more)).press("a").keeps(&StoreRequest::Acknowledge(all()));
    let driver = driver.gets(Answer::Kept(Box::new(StoreRequest::Acknowledge(all())), Ok(())));
    let left: Vec<&Finding> = driver.app.model.findings.all().iter().collect();
    assert_eq!(left.iter().map(|finding| finding.id).collect::<Vec<_>>(), [7]);
}

#[test]
fn what_another_rootdeck_has_noted_is_news_no_more() {
    let driver = Driver::ready().send(Msg::Findings(findings())).send(Msg::Findings(vec![]));
    assert_eq!((driver.notification(), driver.app.model.findings.all().len()), (None, 0));
}

#[test]
fn the_filter_finds_them() {
    let shown = |filter: &str| {
        let driver = Driver::ready().send(Msg::Findings(findings())).press("/").types(filter).press("enter");
        let mut rows = driver.app.model.accounts.list.rows().to_vec();
        rows.sort();
        rows
    };
    assert_eq!(shown("found:yes"), [id(SANDBOX_07), id(KENSHO), id(SUSPENDED)]);
    assert_eq!(shown("found:email"), [id(SANDBOX_07)]);
    assert_eq!((shown("found:new kensho"), shown("found:new audit")), (vec![id(KENSHO)], vec![]));
    assert_eq!(shown("found:state"), [id(SUSPENDED)]);
    assert_eq!(shown("found:no").len() + 3, World::default().accounts.len());
    // A filter that is there follows.
    let driver = Driver::ready().send(Msg::Findings(findings())).press("/").types("found:yes").press("enter");
    assert!(driver.send(Msg::Findings(vec![])).app.model.accounts.list.rows().is_empty());
}

#[test]
fn cloudtrail_is_asked_about_the_time_between_the_listings() {
    let driver = reading(30);
    let commands: Vec<String> =
        driver.app.commands_on_top().expect("commands").iter().map(ToString::to_string).collect();
    assert_eq!(commands.len(), 2);
    for (command, event) in commands.iter().zip(["AcceptPrimaryEmailUpdate", "UpdateAccountEmailAddress"]) {
        for part in
            ["--region us-east-1", event, "--start-time 2025-03-12T11:00:00Z", "--end-time 2025-03-14T14:02:00Z"]
        {
            assert!(command.contains(part), "{part}: {command}");
        }
    }
    let copied = commands.join("\n");
    let driver = driver.press("y").wants(&crate::app::effect::Effect::Copy(copied.clone()));
    driver.says(&Notification::Copied(copied));
    // Nothing to ask where no address was changed.
    let others = Driver::ready().send(Msg::Findings(findings().split_off(3))).press("F");
    assert_eq!(others.app.commands_on_top(), Some(vec![]));
}

#[test]
fn before_aws_has_said_whose_records_these_are_nothing_is_noted() {
    let stored = Stored { findings: findings(), ..Stored::default() };
    let world = World { stored, ..World::default() };
    let driver = Driver::started(super::harness::start(), world).asks(&[Read::Stored, Read::Connect]);
    let driver = driver.aws_answers_to(Read::Stored).press("F").send(drawn(30)).press("a").quietly();
    assert!(matches!(driver.notification(), Some(Notification::Unavailable(..))), "{:?}", driver.notification());
    assert!(matches!(driver.layer(), Some(Layer::Findings(_))));
}
