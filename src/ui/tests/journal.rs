//! Pictures of view 6 and of its dialog.

use super::picture::{ASCII, COLOURLESS, Scene, words};
use crate::app::effect::{Read, TextFile, TextUse};
use crate::app::msg::{Answer, Geometry, Msg};
use crate::app::start::Start;
use crate::app::tests::harness::{Driver, start};
use crate::app::tests::journaled::{UNKNOWN, after_a_kill, found_out, journal, journaled};
use crate::app::tests::world::{World, time};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::{ClientError, FileProblem};
use crate::domain::journal::{Journal, OutcomeCause};
use crate::domain::resolution::{Doubt, Resolution, StillOpen};

const ALL: &[(u16, u16)] = &[(60, 15), (80, 24), (81, 24), (120, 36), (200, 50)];
const SOME: &[(u16, u16)] = &[(60, 15), (120, 36)];

pub(super) fn view_6() -> Driver {
    Driver::ready_in(journaled()).press("6").aws_answers()
}

/// With the cursor so many rows down, rested there.
fn on_row(down: usize) -> Driver {
    let mut driver = view_6();
    for _ in 0..down {
        driver = driver.press("j");
    }
    let (_, rest) = driver.timers.last().cloned().expect("a timer");
    driver.woken(rest)
}

fn trouble() -> ApiError {
    ApiError::new(
        "rootdeck:store",
        ApiErrorKind::Local,
        "The store /home/a/.local/state/rootdeck/rootdeck.db is damaged.",
    )
}

#[test]
fn the_journal() {
    let scene = Scene::of("journal", view_6);
    scene.at(ALL);
    scene.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
    scene.drawn_as("ascii", ASCII).at(&[(120, 36)]);
}

#[test]
fn the_details_of_an_entry() {
    Scene::of("journal refused", || on_row(5)).at(&[(120, 36), (200, 50)]);
    Scene::of("journal details", || view_6().press("j j j j j enter")).at(&[(60, 15), (80, 24)]);
    let scrolled = || {
        let geometry =
            Geometry { list_rows: 8, dialog_rows: 9, dialog_lines: 26, one_pane: true, ..Geometry::default() };
        view_6().press("j j j j j enter").send(Msg::Geometry(geometry)).press("G")
    };
    Scene::of("journal details scrolled", scrolled).at(&[(60, 15)]);
    Scene::of("journal refused by rootdeck", || on_row(2)).at(&[(120, 36)]);
}

#[test]
fn cloudtrail_is_named_by_what_an_entry_is_and_not_by_the_words_of_its_note() {
    // In the member account's trail; 46 was refused here and never sent.
    let shows_trail = |number: i64, note: &str, cause: Option<OutcomeCause>| {
        let mut journal = journal();
        let entry = journal.entries.iter_mut().find(|entry| entry.id == number).expect("an entry");
        (entry.note, entry.cause) = (Some(note.to_owned()), cause);
        let driver = Driver::ready_in(World { journal, ..journaled() }).press("6").aws_answers().press("j j");
        let (_, rest) = driver.timers.last().cloned().expect("a timer");
        words(driver.woken(rest), (120, 36)).contains("CloudTrail")
    };
    for note in ["rootdeck: the configuration protects this account", "nonsense"] {
        assert!(!shows_trail(46, note, Some(OutcomeCause::NotPermitted)), "{note}");
        assert!(shows_trail(46, note, Some(OutcomeCause::ConnectionLost)), "{note}");
        assert!(shows_trail(46, note, None), "{note}");
    }
}

#[test]
fn an_entry_whose_end_is_not_known() {
    Scene::of("journal cut off", || on_row(1)).at(&[(120, 36)]);
    let doubted = || {
        let open = vec![StillOpen { entry: UNKNOWN, doubt: Doubt::Hidden }];
        let answer = Answer::Resolved(Some(UNKNOWN), Ok(Resolution { settled: vec![], open }));
        let driver = on_row(4).press("v").asks(&[Read::Resolve(Some(UNKNOWN))]);
        driver.answers(Read::Resolve(Some(UNKNOWN)), answer)
    };
    Scene::of("journal unknown", doubted).at(&[(80, 24), (120, 36)]);
}

#[test]
fn the_journal_filtered() {
    Scene::of("journal filter", || view_6().press("/").types("start outcome:")).at(SOME);
    Scene::of("journal filtered", || view_6().press("/").types("kensho@ root-ken").press("enter")).at(SOME);
    Scene::of("journal nothing", || view_6().press("/").types("zzz").press("enter")).at(&[(80, 24)]);
}

#[test]
fn a_journal_without_entries() {
    Scene::of("journal empty", || Driver::ready().press("6").aws_answers()).at(&[(80, 24)]);
    let demo = || Driver::ready_with(Start { demo: true, ..start() }, World::default()).press("6").aws_answers();
    Scene::of("journal empty demo", demo).at(&[(80, 24)]);
    let reading = || Driver::ready().press("6").asks(&[Read::Journal]);
    Scene::of("journal reading", reading).at(&[(80, 24)]);
    let failed = move || reading().answers(Read::Journal, Answer::Journal(Err(trouble())));
    Scene::of("journal unreadable", failed).at(&[(80, 24)]);
}

#[test]
fn a_journal_that_ends_with_the_program_says_so() {
    let world = || World { journal: Journal { trouble: Some(trouble()), ..journal() }, ..World::default() };
    Scene::of("journal not lasting", move || Driver::ready_in(world()).press("6").aws_answers()).at(SOME);
}

#[test]
fn an_entry_that_another_copy_may_have_in_progress_says_until_when() {
    let mut world = journaled();
    world.journal.entries[1].at = time("2025-03-14T14:00:30Z");
    let driver = Driver::ready_in(world).press("6").aws_answers().press("j");
    let (_, rest) = driver.timers.last().cloned().expect("a timer");
    let text = words(driver.woken(rest), (120, 36));
    assert!(text.contains("no answer yet"), "{text}");
    assert!(!text.contains("cut off"), "{text}");
    assert_eq!(text.matches("2025-03-14T14:05:30Z").count(), 1, "{text}");
}

#[test]
fn what_was_cut_off_is_told_at_the_start() {
    let reported = || {
        let mut world = after_a_kill();
        world.resolution = Resolution { settled: vec![], ..found_out() };
        Driver::ready_in(world)
    };
    Scene::of("cut off", reported).at(SOME);
}

#[test]
fn the_export() {
    Scene::of("export menu", || view_6().press("x")).at(&[(60, 15), (80, 24)]);
    let scene = Scene::of("export", || view_6().press("x enter"));
    scene.at(&[(60, 15), (80, 24)]);
    Scene::of("export no form", || view_6().press("x enter ctrl-u").types("journal")).at(&[(80, 24)]);
    let failed = || {
        let mut driver = view_6().press("x enter enter enter");
        let (id, _) = driver.take_text();
        let why = "~/j.csv cannot be used: there is a file already; nothing is overwritten";
        let error = ApiError::new("rootdeck:file", ApiErrorKind::Local, why);
        driver.send(Msg::Answer(id, Answer::TextSaved("j.csv".into(), TextUse::Export, Err(error))))
    };
    Scene::of("export failed", failed).at(&[(80, 24)]);
    let exists = || {
        let mut driver = view_6().press("x enter enter enter");
        let (id, file) = driver.take_text();
        let TextFile::Export(path, ..) = file else { panic!("{file:?}") };
        let error = ClientError::file(&path, FileProblem::Exists);
        let error = ApiError::client("rootdeck:file", ApiErrorKind::Local, error);
        driver.send(Msg::Answer(id, Answer::TextSaved(path, TextUse::Export, Err(error))))
    };
    Scene::of("export exists", exists).at(&[(60, 15), (80, 24)]);
    let marked = || Driver::ready().press("space space x");
    Scene::of("export with marks", marked).at(&[(80, 24)]);
}

#[test]
fn the_links_to_the_console() {
    Scene::of("console", || Driver::ready().press("ctrl-o")).at(&[(60, 15), (80, 24), (120, 36)]);
    let far = || Start { opens_links: false, ..start() };
    Scene::of("console root sign-in", move || Driver::ready_with(far(), World::default()).press("ctrl-o j"))
        .at(&[(80, 24)]);
    Scene::of("console event", || view_6().press("j ctrl-o")).at(&[(60, 15), (80, 24)]);
}

#[test]
fn every_field_of_an_entry_can_be_read_on_a_wide_screen() {
    let text = words(on_row(5), (240, 60));
    for part in [
        "2025-03-13T16:30:12Z",
        "arn:aws:sts::111122223333:assumed-role/OrgAdmin/alice",
        "TICKET-7: new owner",
        "ConflictException",
        "7d6d9a5e-3f0b-4d0e-9a51-2f1d6c1f0a77",
        "aws cloudtrail lookup-events",
        "AttributeKey=EventName,AttributeValue=StartPrimaryEmailUpdate",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}
