//! Pictures of view 3 and its dialogs.

use crate::domain::write::WriteOutcome;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::picture::{ASCII, COLOURLESS, Scene, words};
use crate::app::dialogs::root_deletion::Stage;
use crate::app::effect::Read;
use crate::app::layers::Layer;
use crate::app::msg::{Geometry, Msg};
use crate::app::tests::cached::allowed_since_its_audit;
use crate::app::tests::harness::Driver;
use crate::app::tests::world::*;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::audit_difference::{AuditComparison, differences};
use crate::domain::audit_record::AuditRecord;
use crate::domain::deletion::{DeletionCall, DeletionResult};
use crate::domain::root_credentials::{AuditDepth, Presence, RootAudit, RootCredential};
use crate::domain::run::{Run, RunReport};

const ALL: &[(u16, u16)] = &[(60, 15), (80, 24), (81, 24), (120, 36), (200, 50)];
const SOME: &[(u16, u16)] = &[(60, 15), (80, 24)];

fn view() -> Driver {
    Driver::ready_in(managed()).press("3")
}

/// Findings, what is unknown, what is clean, and one nobody looked at; some hours ago.
fn mixed() -> Driver {
    let driver = view().press("/").types("sandbox-0").press("enter A j enter");
    let driver =
        driver.press("tab enter").runs().audits_all().press("esc").on(KENSHO).press("a tab enter").runs().audits_all();
    driver.press("g").on(SANDBOX_07).after(3 * 3600).woken(crate::app::effect::Wake::Minute)
}

fn deep() -> Driver {
    mixed().on(SANDBOX_07).press("A down down enter tab enter").runs().audits_all().press("enter")
}

fn in_progress() -> Driver {
    let driver = view().press("A j enter tab enter").runs();
    let driver = driver.after(2).audits(SANDBOX_07, full(AuditDepth::Quick));
    let unread = RootAudit::unknown(AuditDepth::Quick, &scp_denial());
    driver.after(2).audits(SANDBOX_08, unread).reports(RunReport::Throttled(12))
}

fn menu() -> Driver {
    view().on(SANDBOX_07).press("space /").types("sand").press("enter A")
}

fn kinds() -> Driver {
    view().on(SANDBOX_07).press("d")
}

/// What would go of two of four accounts.
fn asking() -> Driver {
    let marked = view().on(SANDBOX_07).press("space").on(SANDBOX_08).press("space").on(LONG).press("space");
    let driver =
        marked.on(KENSHO).press("space").on(SUSPENDED).press("space d down down down space enter enter").runs();
    let driver = driver.audits(SANDBOX_07, full(AuditDepth::Deep)).audits(LONG, full(AuditDepth::Deep));
    let driver = driver.audits(SANDBOX_08, RootAudit::unknown(AuditDepth::Deep, &scp_denial()));
    driver.audits(KENSHO, clean(AuditDepth::Deep)).reports(RunReport::Ended)
}

fn deleting() -> Driver {
    asking().types("2").press("enter enter").runs()
}

/// Results of every kind in the first account; the other one is not done.
fn results() -> Driver {
    let driver = deleting();
    let Run::DeleteCredentials { plans, .. } = driver.run().clone() else { panic!("a deletion") };
    let after = RootAudit { password: full(AuditDepth::Deep).password, ..clean(AuditDepth::Deep) };
    let calls = [
        DeletionCall::Made(WriteOutcome::Refused(scp_denial())),
        DeletionCall::Made(WriteOutcome::Taken(None)),
        DeletionCall::Made(WriteOutcome::AlreadySo(api_error(ApiErrorKind::NotFound))),
        DeletionCall::NotAttempted(None),
    ];
    let credentials = plans[0].credentials.iter().cloned();
    let mut results: Vec<_> =
        credentials.zip(calls).map(|(credential, call)| DeletionResult::proved_by(credential, call, &after)).collect();
    let lost = DeletionCall::Made(WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout)));
    let unread = RootAudit::unknown(AuditDepth::Deep, &scp_denial());
    for call in [
        lost,
        DeletionCall::Made(WriteOutcome::Taken(None)),
        DeletionCall::Made(WriteOutcome::Failed(api_error(ApiErrorKind::Throttled))),
    ] {
        results.push(DeletionResult::proved_by(RootCredential::MfaDevice("arn:mfa".into()), call, &unread));
    }
    let report = RunReport::Deleted { account: plans[0].account.id, results, audit: Box::new(after) };
    driver.after(3).reports(report)
}

#[test]
fn the_view_with_findings_unknown_ones_and_those_nobody_looked_at() {
    Scene::of("root not audited", view).at(ALL);
    let scene = Scene::of("root access", mixed);
    scene.at(ALL);
    scene.drawn_as("colourless", COLOURLESS).at(&[(80, 24), (120, 36)]);
    scene.drawn_as("ascii", ASCII).at(&[(80, 24), (120, 36)]);
    let filtered = || mixed().press("/").types("root:finding").press("enter space");
    Scene::of("root filtered and marked", filtered).at(SOME);
    Scene::of("root filter typed", || mixed().press("/").types("root:")).at(SOME);
}

#[test]
fn the_details_of_an_account() {
    Scene::of("root details", deep).at(ALL);
    Scene::of("root details unknown", || mixed().on(SANDBOX_08).press("tab")).at(&[(60, 15), (80, 24), (120, 36)]);
    Scene::of("root details left out", || view().on(MANAGEMENT).press("enter")).at(SOME);
    Scene::of("root in view 1", || deep().press("1").on(SANDBOX_07).press("l")).at(&[(60, 15), (80, 24), (120, 36)]);
}

#[test]
fn a_run_in_progress() {
    let scene = Scene::of("root run", in_progress);
    scene.at(ALL);
    scene.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
    Scene::of("root run paused", || in_progress().press("P").steers(crate::domain::run::Steering::Pause)).at(SOME);
    Scene::of("root run from view 1", || in_progress().press("1")).at(SOME);
    Scene::of("root run done", || in_progress().audits_all()).at(SOME);
}

#[test]
fn asking_for_an_audit() {
    Scene::of("audit menu", menu).at(ALL);
    let ask = Scene::of("audit several", || view().press("* a"));
    ask.at(ALL);
    ask.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
    let gate = || Driver::ready().press("3").on(SANDBOX_07).press("a");
    Scene::of("audit needs feature", gate).at(SOME);
}

#[test]
fn deleting_root_credentials() {
    Scene::of("delete kinds", kinds).at(ALL);
    Scene::of("delete reading", || kinds().press("enter enter").runs()).at(SOME);
    let scene = Scene::of("delete asking", asking);
    scene.at(ALL);
    scene.drawn_as("colourless", COLOURLESS).at(&[(80, 24), (120, 36)]);
    scene.drawn_as("ascii", ASCII).at(&[(80, 24)]);
    Scene::of("delete typed", || asking().types("2").press("enter")).at(SOME);
    let weakened = || kinds().press("space enter enter").runs().audits_all();
    Scene::of("delete weakened", weakened).at(&[(80, 24), (120, 36)]);
    let nothing = || view().on(KENSHO).press("d enter enter").runs().audits_all();
    Scene::of("delete nothing", nothing).at(SOME);
    Scene::of("delete unread", unread).at(ALL);
}

/// The only account chosen could not be read.
fn unread() -> Driver {
    let driver = view().on(SANDBOX_08).press("d down down down down down enter").runs();
    let unread = RootAudit::unknown(AuditDepth::Deep, &scp_denial());
    driver.audits(SANDBOX_08, unread).reports(RunReport::Ended)
}

#[test]
fn what_was_known_before_a_failure_is_told_with_its_age() {
    let failed = || {
        let driver =
            view().on(SANDBOX_07).press("a tab enter").runs().audits_all().after(7200).press("a tab enter").runs();
        driver.audits(SANDBOX_07, RootAudit::unknown(AuditDepth::Quick, &scp_denial())).reports(RunReport::Ended)
    };
    Scene::of("root known before", failed).at(&[(120, 36)]);
    let text = words(failed(), (200, 50));
    assert!(text.contains("Last known:") && text.contains("2 h ago"), "{text}");
}

#[test]
fn the_details_say_what_changed_since_the_audit_before_also_after_a_restart() {
    let audit = |driver: Driver, audit: RootAudit| {
        driver.on(KENSHO).press("a tab enter").runs().audits(KENSHO, audit).reports(RunReport::Ended)
    };
    let key = RootAudit { access_keys: full(AuditDepth::Deep).access_keys, ..clean(AuditDepth::Deep) };
    let driver = audit(audit(view(), clean(AuditDepth::Deep)).after(3600), key.clone()).press("enter");
    let text = words(driver, (80, 24));
    assert!(text.contains("Since the audit of 2025-03-14 14:02: new access key AKIAROOTUSED00000001"), "{text}");
    // The same from the store.
    let mut world = managed();
    let at = time("2025-03-14T04:00:00Z");
    let newest = crate::domain::remote_data::Known { value: key.clone(), at };
    world.stored.audits = vec![AuditRecord { account: id(KENSHO), newest, earlier: None }];
    let before = crate::domain::remote_data::Known { value: clean(AuditDepth::Deep), at };
    let comparison = AuditComparison { since: at, differences: differences(&before, &key) };
    world.stored.audit_comparisons.insert(id(KENSHO), comparison);
    let text = words(Driver::ready_in(world).press("3").on(KENSHO).press("enter"), (80, 24));
    assert!(text.contains("Since the audit of") && text.contains("new access key AKIAROOTUSED00000001"), "{text}");
}

#[test]
fn a_password_without_mfa_is_the_worst_there_is() {
    let bare = || {
        let audit = RootAudit { password: Presence::Present(None), ..clean(AuditDepth::Quick) };
        view().on(KENSHO).press("a tab enter").runs().audits(KENSHO, audit).reports(RunReport::Ended)
    };
    Scene::of("root without mfa", bare).at(&[(80, 24), (120, 36)]);
    let text = words(bare(), (200, 50));
    assert!(text.contains("!! none") && text.contains("password_without_mfa (critical)"), "{text}");
    let text = words(bare().press("1").on(KENSHO), (200, 50));
    assert!(text.contains("no MFA !!"), "{text}");
}

#[test]
fn what_could_not_be_read_is_never_called_nothing() {
    let text = words(unread(), (120, 36));
    assert!(!text.contains("Nothing to delete"), "{text}");
    assert!(text.contains("Nothing can be deleted") && text.contains("aws:AssumedRoot"), "{text}");
}

#[test]
fn a_batch_can_be_paused_and_stopped_by_what_the_footer_says() {
    for size in [(60, 15), (30, 6)] {
        for keys in ["", "1", "?"] {
            let driver = if keys.is_empty() { in_progress() } else { in_progress().press(keys) };
            let text = words(driver, size);
            assert!(size.0 < 60 || text.contains("P pause X stop"), "{text}");
        }
    }
    let paused = in_progress().press("P").steers(crate::domain::run::Steering::Pause);
    assert!(words(paused, (60, 15)).contains("P resume X stop"));
    assert!(!words(view(), (120, 36)).contains("P pause"));
}

#[test]
fn what_came_of_a_deletion() {
    Scene::of("delete begun", deleting).at(SOME);
    let scene = Scene::of("delete results", results);
    scene.at(ALL);
    scene.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
    Scene::of("delete stopped", || results().reports(RunReport::Ended)).at(SOME);
    Scene::of("delete trouble", || results().reports(RunReport::Ended).press("esc")).at(SOME);
    let leaving = || deleting().press("esc q").steers(crate::domain::run::Steering::Stop);
    Scene::of("delete leaving", leaving).at(SOME);
}

#[test]
fn everything_that_would_go_is_in_the_dialog_and_nothing_else() {
    let driver = asking();
    let Some(Layer::Delete(dialog)) = driver.layer() else { panic!("a dialog") };
    let Stage::Asking(plan) = &dialog.stage else { panic!("asking") };
    let wanted: Vec<String> = plan.plans.iter().flat_map(|plan| &plan.credentials).map(ToString::to_string).collect();
    assert_eq!(wanted.len(), 8);
    let text = words(asking(), (200, 80));
    for credential in &wanted {
        let times = wanted.iter().filter(|other| *other == credential).count();
        assert_eq!(text.matches(&format!("!! {credential}")).count(), times, "{credential}: {text}");
    }
    let named = ["!! password", "!! access key", "!! signing", "!! MFA"];
    assert_eq!(named.iter().map(|glyph| text.matches(glyph).count()).sum::<usize>(), wanted.len(), "{text}");
}

#[test]
fn what_was_not_asked_looks_unlike_what_is_absent_and_unlike_what_is_unknown() {
    let text = super::picture::picture(mixed(), (120, 36));
    let row = |name: &str| {
        text.lines().find(|line| line.chars().take(20).collect::<String>().contains(name)).unwrap_or_default()
    };
    assert!(row(SANDBOX_07).contains("!!") && row(SANDBOX_07).contains("3 h ago"));
    assert!(row(SANDBOX_08).contains("? denied by an SCP"));
    assert!(row(KENSHO).contains("-        -    -   -       never  3 h ago"), "{}", row(KENSHO));
    assert!(row(DELEGATE).contains("·        ·    ·   ·           ·  not yet"), "{}", row(DELEGATE));
    assert!(row(MANAGEMENT).contains("skipped: management account"));
}

/// The cells that differ between two pictures of the program.
fn changed(before: &Driver, after: &Driver, (width, height): (u16, u16)) -> usize {
    let area = Rect::new(0, 0, width, height);
    let drawn = |driver: &Driver| {
        let mut buffer = Buffer::empty(area);
        let _ = crate::ui::draw(&driver.app, COLOURLESS, area, &mut buffer);
        buffer
    };
    drawn(before).diff(&drawn(after)).len()
}

#[test]
fn a_cursor_move_draws_two_rows_and_no_more() {
    for keys in ["3", "1"] {
        let start =
            || mixed().press("*").press(keys).send(Msg::Geometry(Geometry { list_rows: 20, ..Geometry::default() }));
        let (before, after) = (start().press("g"), start().press("g j"));
        // With the position on the frame.
        let most = 2 * 118 + 2;
        let cells = changed(&before, &after, (120, 36));
        assert!((3..=most).contains(&cells), "{cells} cells in view {keys}");
    }
}

#[test]
fn what_does_not_fit_in_the_dialog_is_paged_through() {
    let size = (80, 24);
    let top = |driver: &Driver| match driver.layer() {
        Some(Layer::Delete(dialog)) => match &dialog.stage {
            Stage::Asking(asking) => asking.reading.top,
            _ => panic!("not asking"),
        },
        _ => panic!("no dialog"),
    };
    let fitted = |driver: Driver| {
        let area = Rect::new(0, 0, size.0, size.1);
        let drawn = crate::ui::draw(&driver.app, COLOURLESS, area, &mut Buffer::empty(area));
        driver.send(Msg::Geometry(drawn.geometry))
    };
    let driver = fitted(asking());
    assert!(words(asking(), size).contains("page-down: "));
    let driver = driver.press("page-down page-down page-down page-down");
    assert!(top(&driver) > 0);
    let driver = fitted(driver);
    let text = words(driver.types("2"), size);
    assert!(text.contains("delete-signing-certificate") && !text.contains("page-down"), "{text}");
    assert!(text.contains("to confirm: 2"), "letters still go into the field: {text}");
}

#[test]
fn every_cause_is_told_with_its_fix() {
    let throttled =
        crate::domain::api_error::ApiError::new("iam:ListMFADevices", ApiErrorKind::Throttled, "Rate exceeded");
    let audit = RootAudit {
        password: crate::domain::root_credentials::Presence::Unknown(scp_denial()),
        mfa_devices: crate::domain::root_credentials::Presence::Unknown(throttled),
        ..clean(AuditDepth::Deep)
    };
    let driver = view().on(SANDBOX_07).press("a tab enter").runs().audits(SANDBOX_07, audit);
    let text = words(driver, (200, 50));
    assert!(text.contains("ExemptAssumeRoot") && text.contains("Wait half a minute"), "{text}");
}

#[test]
fn every_dialog_keeps_its_buttons_and_its_field_on_a_low_screen() {
    type Dialog<'a> = (&'a str, fn() -> Driver, &'a [&'a str]);
    let dialogs: &[Dialog<'_>] = &[
        ("kinds", kinds, &["[x] password", "[ Cancel ]", "[ Preview ]"]),
        ("asking", asking, &["Type 2", "[ Cancel ]", "[ Delete ]"]),
        ("audit", || view().press("* a"), &["Alarms on root usage", "[ Cancel ]", "[ Audit ]"]),
    ];
    for (name, dialog, wanted) in dialogs {
        for size in [(60, 15), (60, 12), (44, 15)] {
            let text = words(dialog(), size);
            for part in *wanted {
                assert!(text.contains(part), "{name} at {size:?} has no {part}:\n{text}");
            }
        }
    }
}

#[test]
fn an_audit_from_before_a_change_says_so() {
    let said = "before recovery was allowed";
    for size in [(80, 24), (200, 50)] {
        let driver = Driver::ready_in(allowed_since_its_audit()).press("3").on(SANDBOX_07);
        let driver = if size.0 < 100 { driver.press("enter") } else { driver };
        let text = words(driver, size);
        assert!(text.contains(said), "{text}");
    }
}

#[test]
fn what_the_policies_above_an_account_block() {
    let shown = || view().on(SANDBOX_07).press("E").aws_answers();
    Scene::of("controls", shown).at(ALL);
    Scene::of("controls", shown).drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
    let asking = || view().on(SANDBOX_07).press("E").asks(&[Read::Controls(id(SANDBOX_07))]);
    Scene::of("controls asking", asking).at(SOME);
}

#[test]
fn a_low_screen_hides_nobody_that_an_audit_touches() {
    let at = |driver| super::picture::drawn(driver, (60, 15));
    let ask = || at(view().showing(3, 20).press("A j enter"));
    let first = words(ask(), (60, 15));
    assert!(!first.contains("hidden: window"), "{first}");
    assert!(first.contains("more"), "{first}");
    // What was not read is not done.
    let driver = ask().press("tab enter");
    assert!(matches!(driver.layer(), Some(Layer::AskAudit(_))), "{:?}", driver.layer());
    let mut driver = ask();
    let mut read = first;
    for _ in 0..6 {
        driver = at(driver.press("page-down"));
        read.push_str(&super::picture::shown(&driver.app, (60, 15)));
    }
    for name in ["sandbox-07", "sandbox-08", "central-1", "retired"] {
        assert!(read.contains(name), "{name}: {read}");
    }
    assert!(driver.press("tab enter").runs().layer().is_none());
}
