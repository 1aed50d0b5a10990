//! Pictures of the root tasks: menus, confirmations, pages and the countdown.

use super::picture::{ASCII, COLOURLESS, Scene, words};
use crate::app::effect::{Effect, PolicyFile, Read, Visit, Wake};
use crate::app::msg::Answer;
use crate::app::state::choices::RootTask;
use crate::app::tests::cached::allowed_since_its_audit;
use crate::app::tests::editing::{checked_locks, edited_policy, edited_to_garbage, emptied, without_lock};
use crate::app::tests::harness::{Driver, refused};
use crate::app::tests::rooted::*;
use crate::app::tests::world::*;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::recovery::LeftOpen;
use crate::domain::root_change::RootChange;
use crate::domain::task_policy::TaskPolicy;
use crate::domain::write::{Seen, WriteOutcome};

const SIZES: &[(u16, u16)] = &[(60, 15), (80, 24), (120, 36)];
const SOME: &[(u16, u16)] = &[(60, 15), (80, 24)];

fn pictures(name: &'static str, state: impl Fn() -> Driver + 'static) {
    let scene = Scene::of(name, state);
    scene.at(SIZES);
    scene.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
}

fn allowing() -> Driver {
    let driver = on_sandbox().press(&choosing(RootTask::AllowRecovery));
    driver.asks(&[Read::PrimaryEmail(id(SANDBOX_07))])
}

fn left_open() -> Driver {
    let mut world = gated();
    let by = "arn:aws:sts::111122223333:assumed-role/OrgAdmin/bob";
    let open = |account: &str, since: &str| LeftOpen::new(id(account), time(since), by.into());
    world.stored.left_open = vec![open(SANDBOX_07, "2025-03-12T09:00:00Z"), open(KENSHO, "2025-03-14T13:00:00Z")];
    Driver::ready_in(world).on(SANDBOX_07)
}

fn file() -> Driver {
    saved()
        .press("enter j j enter")
        .types(FILE)
        .press("enter enter")
        .files(&PolicyFile::Load(FILE.into()))
        .gets(Answer::Loaded(FILE.into(), Ok(FIXED.into())))
}

fn waiting() -> Driver {
    let look = Effect::Wake(crate::app::model::policies::LOOK_AGAIN, Wake::LookAtPolicy(id(SANDBOX_07), bucket()));
    deleting()
        .press("enter")
        .writes()
        .ends(WriteOutcome::Taken(None), Seen::Policy(Ok(Some(LOCKED.into()))))
        .wants(&look)
}

#[test]
fn a_login_profile_that_an_audit_showed_before_a_change_from_here_says_so() {
    let driver = Driver::ready_in(allowed_since_its_audit()).on(SANDBOX_07).press(&choosing(RootTask::CloseRecovery));
    let text = words(driver, (120, 36));
    assert!(text.contains("none, as of 2025-03-13 14:02, before recovery was allowed"), "{text}");
}

#[test]
fn the_menu_of_the_root_tasks() {
    pictures("root tasks", || on_sandbox().press("p"));
    Scene::of("root tasks ascii", || on_sandbox().press("p")).drawn_as("ascii", ASCII).at(&[(80, 24)]);
    Scene::of("root tasks closed gate", || Driver::ready().on(SANDBOX_07).press("p j j")).at(SOME);
    Scene::of("root tasks management account", || Driver::ready_in(gated()).on(MANAGEMENT).press("p")).at(SOME);
    let gate = || Driver::ready().on(SANDBOX_07).press(&choosing(RootTask::UnlockBucket));
    Scene::of("root tasks gate", gate).at(SOME);
}

#[test]
fn the_confirmations_of_password_recovery() {
    pictures("recovery allow", allowing);
    let verified = || allowing().aws_answers_to(Read::PrimaryEmail(id(SANDBOX_07))).types(SANDBOX_07).press("enter");
    Scene::of("recovery allow verified", verified).at(SOME);
    let denied = || {
        let driver = allowing().types(SANDBOX_07).press("enter enter").writes();
        driver.ends(refused(api_error(ApiErrorKind::DeniedByScp)), Seen::Nothing)
    };
    Scene::of("recovery allow denied", denied).at(SOME);
    pictures("recovery close", || on_sandbox().press(&choosing(RootTask::CloseRecovery)));
    let seen = || {
        let driver =
            allowing().types(SANDBOX_07).press("enter enter").writes().ends(WriteOutcome::Taken(None), there());
        driver.press(&choosing(RootTask::CloseRecovery))
    };
    Scene::of("recovery close seen", seen).at(SOME);
    pictures("recovery left open", || left_open().press("O"));
    Scene::of("recovery left open details", left_open).at(&[(80, 24), (120, 36)]);
    Scene::of("recovery left open in view 3", || left_open().press("3").on(SANDBOX_07)).at(&[(120, 36)]);
}

/// Anyone may read.
const OPEN: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"All","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::sandbox-07-logs/*"}]}"#;

#[test]
fn the_pages_on_the_way_to_a_policy() {
    let asking = || {
        let driver = on_sandbox().press(&choosing(RootTask::UnlockBucket));
        driver.visits(&Visit::Buckets(sandbox()))
    };
    Scene::of("buckets asking", asking).at(SOME);
    pictures("buckets", at_buckets);
    let failed =
        move || asking().gets(Answer::Buckets(id(SANDBOX_07), Err(api_error(ApiErrorKind::RootFeatureOff(FEATURE)))));
    Scene::of("buckets failed", failed).at(SOME);
    Scene::of("buckets none", move || asking().gets(Answer::Buckets(id(SANDBOX_07), Ok(vec![])))).at(SOME);
    pictures("queues where", || on_sandbox().press(&choosing(RootTask::UnlockQueue)));
    Scene::of("queues which region", || {
        on_sandbox().press(&choosing(RootTask::UnlockQueue)).press("ctrl-u").types("eu-w").press("down")
    })
    .at(SIZES);
    pictures("queues", at_queues);
    pictures("policy", || at_policy(Some(LOCKED)));
    Scene::of("policy none", || at_policy(None)).at(SOME);
    Scene::of("policy unreadable", || at_policy(Some("{\"Statement\": 7, \u{1b}[31m"))).at(SOME);
    Scene::of("policy open", || at_policy(Some(OPEN))).at(SOME);
    let only = || at_policy(Some(LOCKED)).press("enter j j j j enter");
    assert!(words(only(), (120, 36)).contains("delete the policy instead"));
    Scene::of("policy mended", || at_policy(Some(FIXED))).at(SOME);
    pictures("policy menu", || at_policy(Some(LOCKED)).press("enter"));
    Scene::of("policy saved", saved).at(SOME);
    pictures("policy delete", deleting);
    Scene::of("policy waiting", waiting).at(SOME);
    pictures("policy file", file);
    pictures("policy put", || file().press("enter"));
    pictures("policy edited", edited_policy);
    Scene::of("policy edited ascii", edited_policy).drawn_as("ascii", ASCII).at(&[(80, 24)]);
    Scene::of("policy edited to garbage", edited_to_garbage).at(SOME);
    pictures("policy without statement", without_lock);
    Scene::of("policy without statements", emptied).at(SOME);
    pictures("buckets checked", checked_locks);
    Scene::of("buckets checking", || at_buckets().press("v").visits(&Visit::Policy(sandbox(), bucket()))).at(SOME);
    let missing = || {
        let why = ApiError::new("store:LoadPolicy", ApiErrorKind::Local, "no such file");
        let driver =
            saved().press("enter j j enter").types(FILE).press("enter enter").files(&PolicyFile::Load(FILE.into()));
        driver.gets(Answer::Loaded(FILE.into(), Err(why)))
    };
    Scene::of("policy file missing", missing).at(SOME);
}

#[test]
fn putting_a_policy_says_what_is_replaced_only_where_there_is_one() {
    let asked = |driver: Driver| {
        let driver = driver.files(&PolicyFile::Load(FILE.into()));
        words(driver.gets(Answer::Loaded(FILE.into(), Ok(FIXED.into()))).press("enter"), (120, 36))
    };
    let there = asked(saved().press("enter j j enter").types(FILE).press("enter enter"));
    assert!(there.contains("The current policy is replaced completely."), "{there}");
    let none = asked(at_policy(None).press("enter j j enter").types(FILE).press("enter enter"));
    assert!(none.contains("No policy at present.") && !none.contains("is replaced"), "{none}");
}

const FEATURE: crate::domain::root_feature::RootFeature = crate::domain::root_feature::RootFeature::RootSessions;

#[test]
fn the_dialogs_of_a_root_session() {
    pictures("session policies", || on_sandbox().press(&choosing(RootTask::Session)));
    pictures("session open", opening);
    Scene::of("session wrong seconds", || opening().types("0")).at(SOME);
    let asked = || {
        opening().press("enter enter").visits(&Visit::Session(sandbox(), TaskPolicy::AuditRootCredentials, 900, None))
    };
    Scene::of("session asked", asked).at(SOME);
    let denied = move || {
        let key = key(TaskPolicy::AuditRootCredentials);
        asked().gets(Answer::Session(key, Err(api_error(ApiErrorKind::AssumeRootDenied))))
    };
    Scene::of("session denied", denied).at(SOME);
    pictures("session in hand", || with_session().after(28));
    pictures("session countdown", || with_session().press("esc").after(845).woken(Wake::Countdown));
}

#[test]
fn the_countdown_stands_in_the_header_at_every_width_beside_the_account_that_acts() {
    for size in [(40, 12), (60, 15), (80, 24), (100, 30), (120, 36), (200, 50)] {
        let text = words(with_session().press("esc").after(28), size);
        assert!(text.contains("14:32") && text.contains(MANAGEMENT), "{size:?}: {text}");
    }
    let text = words(with_session().press("esc").after(28), (200, 50));
    assert!(text.contains("root session sandbox-07 IAMAuditRootUserCredentials 14:32"), "{text}");
    assert!(!words(on_sandbox(), (200, 50)).contains("root session"));
}

#[test]
fn no_dialog_of_a_root_task_loses_its_field_or_its_buttons_on_a_low_screen() {
    type Dialog<'a> = (&'a str, fn() -> Driver, &'a [&'a str]);
    let dialogs: &[Dialog<'_>] = &[
        ("allow", allowing, &["Type 444455556666", "Mailbox", "from the account list", "[ Cancel ]", "[ Allow ]"]),
        ("delete", deleting, &["Type 444455556666", "[ Cancel ]", "[ Delete ]"]),
        ("put", || file().press("enter"), &["Type 444455556666", "[ Cancel ]", "[ Put ]"]),
        (
            "queues",
            || on_sandbox().press(&choosing(RootTask::UnlockQueue)),
            &["Search us-east-1", "[ Cancel ]", "[ Search ]"],
        ),
        ("open", opening, &["Seconds", "Alarms on root usage", "[ Cancel ]", "[ Open ]"]),
        ("in hand", with_session, &["15:00", "[ Close ]", "[ Copy exports ]", "[ Shell ]"]),
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
fn every_task_tells_of_the_alarms_before_it_looks_or_acts() {
    let menus: [fn() -> Driver; 4] = [
        || on_sandbox().press("p j j"),
        || on_sandbox().press(&choosing(RootTask::UnlockQueue)),
        || on_sandbox().press(&choosing(RootTask::Session)),
        || left_open().press("O"),
    ];
    for menu in menus.into_iter().chain([allowing as fn() -> Driver, deleting, opening]) {
        let text = words(menu(), (80, 24));
        assert!(text.contains("Alarms on root usage will fire"), "{text}");
        assert!(text.contains("Requires Root"), "{text}");
    }
}

#[test]
fn what_was_done_is_said_with_what_was_seen() {
    let line = |outcome, seen| {
        let driver = allowing().types(SANDBOX_07).press("enter enter").writes().ends(outcome, seen);
        words(driver, (120, 36))
    };
    assert!(line(WriteOutcome::Taken(None), there()).contains("password recovery of root allowed (verified)"));
    let already = line(WriteOutcome::AlreadySo(api_error(ApiErrorKind::AlreadyExists)), there());
    assert!(already.contains("already has a login profile"), "{already}");
    let unread = line(WriteOutcome::Taken(None), Seen::LoginProfile(unknown()));
    assert!(unread.contains("could not verify") && !unread.contains("(verified)"), "{unread}");
    let change = RootChange::DeletePolicy(bucket());
    assert!(crate::words::change::title(&change_of(change)).contains("sandbox-07-logs"));
    let text = words(waiting(), (200, 50));
    assert!(text.contains("verifying that the policy of bucket sandbox-07-logs (eu-west-1) is deleted"), "{text}");
}

#[test]
fn a_statement_that_depends_on_the_call_is_not_said_to_shut_everyone_out() {
    let policy = |condition: &str| {
        let text = format!(
            r#"{{"Statement":{{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::sandbox-07-logs"{condition}}}}}"#
        );
        words(at_policy(Some(&text)), (120, 36))
    };
    assert!(policy("").contains("!! Statement 1 locks out all principals"));
    let tls_only = policy(r#","Condition":{"Bool":{"aws:SecureTransport":"false"}}"#);
    assert!(tls_only.contains("No statement locks out all principals"), "{tls_only}");
    let depends = policy(r#","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}"#);
    assert!(!depends.contains("locks out all principals") && depends.contains("depends on each call"), "{depends}");
    assert!(words(at_policy(Some("no policy")), (120, 36)).contains("Cannot determine"));
}

fn unknown() -> crate::domain::root_credentials::Presence<crate::domain::root_credentials::Password> {
    crate::domain::root_credentials::Presence::Unknown(api_error(ApiErrorKind::Throttled))
}

fn change_of(root: RootChange) -> crate::domain::change::Change {
    change(root)
}

#[test]
fn recovery_into_a_mailbox_that_may_soon_be_anothers_says_so() {
    let mut world = gated();
    world.changes.insert(id(SANDBOX_07), EmailChangeStatus::Pending);
    for size in [(80, 24), (120, 36)] {
        let driver = Driver::ready_in(world.clone()).on(SANDBOX_07).press("v").aws_answers();
        let text = words(driver.press(&choosing(RootTask::AllowRecovery)).aws_answers(), size);
        assert!(text.contains("An email change started elsewhere is open"), "{text}");
    }
}

/// Of two recoveries one should be closed in an hour, or by now.
fn ending(until: &str) -> Driver {
    let mut world = gated();
    let by = "arn:aws:sts::111122223333:assumed-role/OrgAdmin/bob";
    let open = LeftOpen::new(id(SANDBOX_07), time("2025-03-14T13:00:00Z"), by.into());
    world.stored.left_open = vec![LeftOpen { until: Some(time(until)), ..open }];
    Driver::ready_in(world).on(SANDBOX_07)
}

#[test]
fn a_recovery_with_an_end_is_counted_down_in_the_header_and_in_the_details() {
    Scene::of("recovery ends", || ending("2025-03-14T15:10:00Z")).at(&[(80, 24), (120, 36)]);
    Scene::of("recovery ended", || ending("2025-03-14T13:30:00Z")).at(&[(60, 15), (80, 24), (120, 36)]);
    Scene::of("recovery ended listed", || ending("2025-03-14T13:30:00Z").press("O")).at(SOME);
}

#[test]
fn a_recovery_past_its_end_is_in_the_header_at_every_size() {
    for size in [(60, 15), (64, 20), (80, 24), (81, 24), (100, 30), (120, 36)] {
        for read_only in [false, true] {
            let mut driver = ending("2025-03-14T13:30:00Z");
            driver.app.model.start.rules.read_only = read_only;
            driver.app.model.start.rules.no_journal = read_only;
            driver.app.model.start.demo = read_only;
            let text = words(driver, size);
            let head = text.split(" 1 Accounts").next().unwrap_or_default();
            assert!(head.contains("!! recovery"), "{size:?}: {head}");
            assert!(read_only || head.contains("111122223333"), "{size:?}: {head}");
        }
    }
    let text = words(ending("2025-03-14T14:02:40Z"), (80, 24));
    assert!(text.contains("recov") && text.contains("<1m") && !text.contains(" 0m"), "{text}");
}

#[test]
fn recoveries_past_their_end_come_first_in_the_list_with_their_end() {
    let mut world = gated();
    let by = "arn:aws:sts::111122223333:assumed-role/OrgAdmin/bob";
    let open = |account: &str, since: &str, until: Option<&str>| {
        let open = LeftOpen::new(id(account), time(since), by.into());
        LeftOpen { until: until.map(time), ..open }
    };
    world.stored.left_open = vec![
        open(SANDBOX_07, "2025-03-12T09:00:00Z", Some("2025-03-14T15:10:00Z")),
        open(KENSHO, "2025-03-14T13:00:00Z", Some("2025-03-14T13:30:00Z")),
    ];
    for size in [(60, 15), (80, 24)] {
        let text = words(Driver::ready_in(world.clone()).press("O"), size);
        let (late, coming) = (text.find("overdue 13:30"), text.find("left, until"));
        assert!(late.zip(coming).is_some_and(|(late, coming)| late < coming), "{text}");
        assert!(text.contains("!! 検証"), "{text}");
    }
}
