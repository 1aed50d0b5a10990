//! Buckets and queues: found, read, saved, deleted, put back, and waited for.

use std::path::PathBuf;
use std::time::Duration;

use super::harness::{Driver, refused};
use super::rooted::*;
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialog::Dialog;
use crate::app::dialogs::path::PathPurpose;
use crate::app::dialogs::policies::PolicyPage;
use crate::app::effect::{Effect, PolicyFile, Visit, Wake};
use crate::app::focus::Focus;
use crate::app::layers::Layer;
use crate::app::msg::Answer;
use crate::app::notification::Notification;
use crate::app::state::choices::PolicyAction;
use crate::app::state::choices::{RootChoice, RootMenu, RootTask};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::policy_holder::{PolicyHolder, PolicyText, QueueSearch};
use crate::domain::root_change::RootChange::{AllowPasswordRecovery, DeletePolicy, PutPolicy};
use crate::domain::write::{PresentPolicy, Seen, WriteOutcome};

fn shows(policy: Option<&str>) -> Seen {
    Seen::Policy(Ok(policy.map(Into::into)))
}

fn can(driver: &Driver, action: PolicyAction) -> Result<(), DisabledReason> {
    driver.app.can_choose_root(RootChoice::Policy(action))
}

fn answer(policy: Result<Option<&str>, ApiError>) -> Answer {
    Answer::Policy(id(SANDBOX_07), bucket(), policy.map(|policy| policy.map(Into::into)))
}

fn look() -> Effect {
    Effect::Wake(Duration::from_secs(5), Wake::LookAtPolicy(id(SANDBOX_07), bucket()))
}

fn woken(driver: Driver) -> Driver {
    driver.woken(Wake::LookAtPolicy(id(SANDBOX_07), bucket()))
}

fn deleted(outcome: WriteOutcome, seen: Seen) -> Driver {
    deleting().press("enter").writing(&change(DeletePolicy(bucket()))).ends(outcome, seen)
}

/// Deleted, and AWS still shows it.
fn waiting() -> Driver {
    deleted(WriteOutcome::Taken(None), shows(Some(LOCKED))).wants(&look()).quietly()
}

#[test]
fn each_step_is_one_esc_away_from_the_one_before() {
    let driver = deleting().press("esc").quietly();
    assert_eq!(view(&driver).text().map(String::as_str), Some(LOCKED));
    let driver = driver.press("enter").press("esc").press("esc").quietly();
    assert!(matches!(driver.layer(), Some(Layer::Policies(PolicyPage::Holders(_)))));
    assert_eq!(driver.press("esc").quietly().layer(), None);
}

#[test]
fn a_bucket_whose_region_aws_did_not_tell_is_looked_for_where_the_session_is() {
    let holder = PolicyHolder::Bucket { name: "sandbox-07-site".into(), region: "us-east-1".into() };
    at_buckets().press("j enter").visits(&Visit::Policy(sandbox(), holder));
}

#[test]
fn an_empty_list_says_that_it_is_empty() {
    let empty = Answer::Buckets(id(SANDBOX_07), Ok(vec![]));
    let asked = on_sandbox().press(&choosing(RootTask::UnlockBucket)).visits(&Visit::Buckets(sandbox()));
    let driver = asked.gets(empty).press("enter");
    let driver = driver.says(&Notification::Unavailable(CommandId::Choose, DisabledReason::EmptyList)).press("v");
    driver.says(&Notification::Unavailable(CommandId::CheckLocks, DisabledReason::EmptyList)).quietly();
}

#[test]
fn a_list_that_could_not_be_read_is_not_an_empty_one() {
    let denied = api_error(ApiErrorKind::DeniedByScp);
    let driver = on_sandbox()
        .press(&choosing(RootTask::UnlockBucket))
        .visits(&Visit::Buckets(sandbox()))
        .gets(Answer::Buckets(id(SANDBOX_07), Err(denied)));
    assert_eq!(driver.notification(), None, "the page itself says why");
    driver.press("enter").says(&Notification::Unavailable(CommandId::Choose, DisabledReason::NotHere)).quietly();
}

#[test]
fn what_could_not_be_read_is_asked_for_again_where_it_stands() {
    let denied = || Err(api_error(ApiErrorKind::DeniedByScp));
    let asked = on_sandbox().press(&choosing(RootTask::UnlockBucket)).visits(&Visit::Buckets(sandbox()));
    let driver =
        asked.press("r").says(&Notification::Unavailable(CommandId::ReadPageAgain, DisabledReason::Asked)).quietly();
    let driver = driver.gets(Answer::Buckets(id(SANDBOX_07), denied())).press("r").visits(&Visit::Buckets(sandbox()));
    let driver = driver.gets(Answer::Buckets(id(SANDBOX_07), Ok(buckets()))).press("enter");
    let driver = driver.visits(&Visit::Policy(sandbox(), bucket())).gets(answer(Ok(Some(LOCKED))));
    let driver = driver.press("r").visits(&Visit::Policy(sandbox(), bucket())).gets(answer(Ok(None)));
    assert_eq!(view(&driver).text(), None);
}

#[test]
fn answers_that_come_after_the_page_was_closed_change_nothing() {
    let asked = on_sandbox().press(&choosing(RootTask::UnlockBucket)).visits(&Visit::Buckets(sandbox()));
    let driver = asked.press("esc").gets(Answer::Buckets(id(SANDBOX_07), Ok(buckets()))).quietly();
    assert_eq!((driver.layer(), driver.notification()), (None, None));
    let asked = at_buckets().press("enter").visits(&Visit::Policy(sandbox(), bucket()));
    let driver = asked.press("esc esc").gets(answer(Ok(Some(LOCKED)))).quietly();
    assert_eq!((driver.layer(), driver.notification()), (None, None));
}

#[test]
fn an_answer_about_another_bucket_or_account_is_not_taken() {
    let asked = || at_buckets().press("enter").visits(&Visit::Policy(sandbox(), bucket()));
    let other = PolicyHolder::Bucket { name: "sandbox-07-site".into(), region: "us-east-1".into() };
    for (account, holder) in [(SANDBOX_07, other), (SANDBOX_08, bucket())] {
        let driver = asked().gets(Answer::Policy(id(account), holder, Ok(None)));
        assert!(view(&driver).policy.is_loading(), "{account}");
    }
}

#[test]
fn of_two_readings_the_newer_counts() {
    let driver = at_policy(Some(LOCKED)).press("enter G enter").visits(&Visit::Policy(sandbox(), bucket()));
    assert_eq!(can(&driver, PolicyAction::ReadAgain), Err(DisabledReason::Asked));
    let driver = driver.gets(answer(Ok(Some(FIXED))));
    assert_eq!(view(&driver).text().map(String::as_str), Some(FIXED));
}

#[test]
fn without_a_policy_there_is_nothing_to_delete() {
    let driver = at_policy(None);
    assert_eq!(can(&driver, PolicyAction::Delete), Err(DisabledReason::NoPolicy));
    assert_eq!(can(&driver, PolicyAction::Save), Err(DisabledReason::NoPolicy));
    assert_eq!(can(&driver, PolicyAction::PutFile), Ok(()));
}

#[test]
fn what_could_not_be_read_can_neither_be_deleted_nor_replaced() {
    let asked = at_buckets().press("enter").visits(&Visit::Policy(sandbox(), bucket()));
    let driver = asked.gets(answer(Err(api_error(ApiErrorKind::AccessDenied))));
    for action in [PolicyAction::Save, PolicyAction::Delete, PolicyAction::PutFile] {
        assert_eq!(can(&driver, action), Err(DisabledReason::NotReadYet), "{action:?}");
    }
    assert_eq!(can(&driver, PolicyAction::ReadAgain), Ok(()));
}

#[test]
fn a_policy_is_deleted_only_once_what_is_shown_was_saved() {
    let driver = at_policy(Some(LOCKED));
    assert_eq!(can(&driver, PolicyAction::Delete), Err(DisabledReason::NotSaved));
    assert_eq!(can(&driver, PolicyAction::PutFile), Err(DisabledReason::NotSaved));
    let driver = driver.press("enter j enter");
    let driver = driver.says(&Notification::Unavailable(CommandId::RootTasks, DisabledReason::NotSaved)).quietly();
    let driver = driver.press("k enter").files(&PolicyFile::Save(id(SANDBOX_07), bucket(), LOCKED.into()));
    assert_eq!(can(&driver, PolicyAction::Delete), Err(DisabledReason::NotSaved), "the file is not there yet");
    let driver = driver.gets(Answer::Saved(bucket(), Ok(PathBuf::from(FILE))));
    let driver = driver.says(&Notification::PolicySaved(bucket(), PathBuf::from(FILE)));
    assert_eq!(can(&driver, PolicyAction::Delete), Ok(()));
    assert_eq!(can(&driver, PolicyAction::Save), Err(DisabledReason::SavedAlready));
    // It was changed elsewhere meanwhile.
    let driver = driver.press("enter G enter").visits(&Visit::Policy(sandbox(), bucket()));
    let driver = driver.gets(answer(Ok(Some(FIXED))));
    assert_eq!(can(&driver, PolicyAction::Delete), Err(DisabledReason::NotSaved), "another text is shown now");
    assert_eq!(can(&driver, PolicyAction::Save), Ok(()));
}

#[test]
fn a_change_takes_away_no_other_policy_than_the_one_that_was_saved() {
    let gone = change(DeletePolicy(bucket()));
    assert_eq!(saved().app.present_policy(&gone), PresentPolicy::Only(Some(LOCKED.into())));
    // Read again and not saved yet: nothing may go.
    let driver = at_policy(Some(LOCKED));
    assert_eq!(driver.app.present_policy(&gone), PresentPolicy::Only(None));
    let of_another = change(DeletePolicy(PolicyHolder::Bucket { name: "x".into(), region: "y".into() }));
    assert_eq!(saved().app.present_policy(&of_another), PresentPolicy::Only(None));
    assert_eq!(saved().app.present_policy(&change(AllowPasswordRecovery)), PresentPolicy::Any);
}

#[test]
fn where_a_policy_was_saved_is_known_after_its_page_was_closed_but_what_is_shown_then_is_not_saved() {
    let driver = at_policy(Some(LOCKED)).press("enter enter");
    let driver = driver.files(&PolicyFile::Save(id(SANDBOX_07), bucket(), LOCKED.into()));
    let driver = driver.gets(Answer::Saved(bucket(), Ok(PathBuf::from(FILE)))).press("esc");
    let driver = driver.press("enter").visits(&Visit::Policy(sandbox(), bucket())).gets(answer(Ok(Some(LOCKED))));
    assert_eq!(driver.app.model.saved_policy(view(&driver)), Some(std::path::Path::new(FILE)));
    // The file may have been edited since.
    assert_eq!(can(&driver, PolicyAction::Delete), Err(DisabledReason::NotSaved));
    let driver = driver.press("enter G enter").visits(&Visit::Policy(sandbox(), bucket())).gets(answer(Ok(None)));
    let driver = driver.press("enter j j enter");
    let Some(Layer::Path(dialog)) = driver.layer() else { panic!("asks for a file") };
    assert_eq!(dialog.field.text(), "", "nothing is put back by Enter alone");
    let PathPurpose::Policy { backup, .. } = &dialog.purpose else { panic!("{:?}", dialog.purpose) };
    assert_eq!(backup.as_deref(), Some(std::path::Path::new(FILE)));
}

#[test]
fn a_file_that_could_not_be_written_saves_nothing() {
    let full = ApiError::new("store:SavePolicy", ApiErrorKind::Local, "no space left");
    let driver = at_policy(Some(LOCKED)).press("enter enter");
    let driver = driver.files(&PolicyFile::Save(id(SANDBOX_07), bucket(), LOCKED.into()));
    let driver = driver.gets(Answer::Saved(bucket(), Err(full.clone()))).says(&Notification::ReadFailed(full));
    assert_eq!(can(&driver, PolicyAction::Delete), Err(DisabledReason::NotSaved));
    assert_eq!(can(&driver, PolicyAction::Save), Ok(()));
}

#[test]
fn a_file_that_was_written_after_the_page_was_closed_is_told() {
    let driver = at_policy(Some(LOCKED)).press("enter enter");
    let driver = driver.files(&PolicyFile::Save(id(SANDBOX_07), bucket(), LOCKED.into())).press("esc esc");
    driver
        .gets(Answer::Saved(bucket(), Ok(PathBuf::from(FILE))))
        .says(&Notification::PolicySaved(bucket(), PathBuf::from(FILE)));
}

#[test]
fn deletion_is_severe_and_done_when_it_is_seen_gone() {
    let driver = saved().press("enter j enter").focuses(Focus::Field).press("enter").focuses(Focus::Field);
    driver.press("tab tab").focuses(Focus::Act).press("enter").quietly();
    let driver = deleted(WriteOutcome::Taken(None), shows(None));
    let driver = driver.says(&Notification::RootSeen(id(SANDBOX_07), DeletePolicy(bucket()))).quietly();
    assert_eq!(view(&driver).policy.current(), Some(&None));
}

#[test]
fn a_policy_that_aws_still_shows_is_looked_at_again_until_it_is_gone() {
    let mut driver = waiting().says(&Notification::PolicyAwaited(id(SANDBOX_07), DeletePolicy(bucket())));
    assert_eq!(can(&driver, PolicyAction::Delete), Err(DisabledReason::InProgress));
    for policy in [Ok(Some(LOCKED)), Err(api_error(ApiErrorKind::Throttled))] {
        driver = woken(driver.after(5)).visits(&Visit::Policy(sandbox(), bucket())).gets(answer(policy));
        driver = driver.wants(&look()).quietly();
    }
    let driver = woken(driver).visits(&Visit::Policy(sandbox(), bucket())).gets(answer(Ok(None)));
    let driver = driver.says(&Notification::PolicySeen(id(SANDBOX_07), DeletePolicy(bucket()))).quietly();
    assert_eq!(view(&driver).policy.current(), Some(&None));
    woken(driver).quietly();
}

#[test]
fn after_a_minute_it_says_that_aws_does_not_show_it() {
    let at = |seconds| woken(waiting().after(seconds)).visits(&Visit::Policy(sandbox(), bucket()));
    at(55).gets(answer(Ok(Some(LOCKED)))).wants(&look()).quietly();
    let driver = at(60).gets(answer(Ok(Some(LOCKED)))).quietly();
    let driver = driver.says(&Notification::PolicyNotSeen(id(SANDBOX_07), DeletePolicy(bucket())));
    woken(driver).quietly();
}

#[test]
fn a_look_that_is_never_answered_does_not_make_the_waiting_endless() {
    let driver = woken(waiting().after(5)).visits(&Visit::Policy(sandbox(), bucket()));
    let driver = woken(driver.after(5)).wants(&look()).quietly();
    let driver = woken(driver.after(60)).quietly();
    driver.says(&Notification::PolicyNotSeen(id(SANDBOX_07), DeletePolicy(bucket())));
}

#[test]
fn it_is_waited_for_after_its_page_was_closed() {
    let driver = woken(waiting().press("esc esc")).visits(&Visit::Policy(sandbox(), bucket()));
    driver.gets(answer(Ok(None))).says(&Notification::PolicySeen(id(SANDBOX_07), DeletePolicy(bucket()))).quietly();
}

#[test]
fn what_could_not_be_read_afterwards_is_not_called_deleted() {
    let unread = Seen::Policy(Err(api_error(ApiErrorKind::AccessDenied)));
    let driver = deleted(WriteOutcome::Taken(None), unread);
    let notification =
        Notification::RootUnread(id(SANDBOX_07), DeletePolicy(bucket()), api_error(ApiErrorKind::AccessDenied));
    let driver = driver.says(&notification);
    assert!(view(&driver).text().is_none(), "what it was before is not shown as what it is");
    assert_eq!(can(&driver, PolicyAction::Delete), Err(DisabledReason::NotReadYet));
}

#[test]
fn a_lost_answer_is_unknown_unless_the_policy_is_seen_gone() {
    let lost = || WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout));
    deleted(lost(), shows(None)).says(&Notification::RootSeen(id(SANDBOX_07), DeletePolicy(bucket())));
    let driver = deleted(lost(), shows(Some(LOCKED))).quietly();
    let trouble = WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout));
    assert!(matches!(driver.layer(), Some(Layer::Confirm(dialog)) if dialog.form.trouble == Some(trouble)));
}

#[test]
fn a_refused_deletion_stays_in_its_dialog() {
    let driver = deleted(refused(api_error(ApiErrorKind::DeniedByScp)), shows(Some(LOCKED))).quietly();
    let driver = driver.press("esc");
    assert_eq!(view(&driver).text().map(String::as_str), Some(LOCKED));
}

fn loading(text: &str) -> Driver {
    saved()
        .press("enter j j enter")
        .types(FILE)
        .press("enter enter")
        .files(&PolicyFile::Load(PathBuf::from(FILE)))
        .gets(Answer::Loaded(PathBuf::from(FILE), Ok(text.into())))
}

fn put(text: &str) -> RootPut {
    PutPolicy(bucket(), text.into())
}

#[test]
fn a_gate_that_was_closed_meanwhile_is_said_and_no_button_leads_nowhere() {
    let mut driver = saved();
    let closed = Ok(crate::domain::root_feature::RootFeatures::NeedTrustedAccess);
    driver.app.model.switches.features.set(closed, noon());
    driver.app.model.switches.trusted.set(Ok(trusted(&[])), noon());
    let driver = driver.press("enter j enter").focuses(Focus::Cancel).quietly();
    let Some(Layer::Confirm(dialog)) = driver.layer() else { panic!("{:?}", driver.layer()) };
    assert!(dialog.refusal.is_some() && !dialog.is_ready());
    assert_eq!(dialog.focuses(), [Focus::Cancel]);
}

type RootPut = crate::domain::root_change::RootChange;

#[test]
fn a_file_is_shown_before_it_is_put_and_put_only_when_confirmed() {
    let driver = loading(FIXED).quietly();
    let Some(Layer::Policies(PolicyPage::New(file))) = driver.layer() else { panic!("{:?}", driver.layer()) };
    assert_eq!((file.text.as_str(), file.present.as_deref()), (FIXED, Some(LOCKED)));
    let driver = driver.press("enter").focuses(Focus::Field).types(SANDBOX_07).press("enter enter");
    let driver = driver.writing(&change(put(FIXED)));
    // AWS gives it in other blanks.
    let driver = driver.ends(WriteOutcome::Taken(None), shows(Some(&FIXED.replace(",\"", ",\n \""))));
    let driver = driver.says(&Notification::RootSeen(id(SANDBOX_07), put(FIXED))).quietly();
    assert!(view(&driver).text().is_some(), "the file's page has done its work");
}

#[test]
fn a_policy_that_aws_does_not_show_yet_is_waited_for() {
    let driver = loading(FIXED).press("enter").types(SANDBOX_07).press("enter enter").writes();
    let driver = driver.ends(WriteOutcome::Taken(None), shows(Some(LOCKED))).wants(&look());
    let driver = woken(driver).visits(&Visit::Policy(sandbox(), bucket())).gets(answer(Ok(Some(FIXED))));
    driver.says(&Notification::PolicySeen(id(SANDBOX_07), put(FIXED))).quietly();
}

#[test]
fn after_the_deletion_the_saved_file_can_be_put_back() {
    let driver = deleted(WriteOutcome::Taken(None), shows(None)).press("enter j j enter");
    let driver = driver.types(FILE).press("enter enter").files(&PolicyFile::Load(PathBuf::from(FILE)));
    let driver = driver.gets(Answer::Loaded(PathBuf::from(FILE), Ok(LOCKED.into())));
    driver.press("enter").types(SANDBOX_07).press("enter enter").writing(&change(put(LOCKED)));
}

#[test]
fn a_file_that_can_not_be_read_is_said_in_its_dialog() {
    let missing = ApiError::new("store:LoadPolicy", ApiErrorKind::Local, "no such file");
    let driver = saved().press("enter j j enter").press("ctrl-u").press("enter").focuses(Focus::Field).quietly();
    let driver = driver.types("/tmp/nothing.json").press("enter enter");
    let driver = driver.files(&PolicyFile::Load(PathBuf::from("/tmp/nothing.json"))).focuses(Focus::Cancel);
    let driver = driver.gets(Answer::Loaded(PathBuf::from("/tmp/nothing.json"), Err(missing.clone()))).quietly();
    let Some(Layer::Path(dialog)) = driver.layer() else { panic!("{:?}", driver.layer()) };
    assert_eq!((dialog.form.error(), dialog.form.focus), (Some(&missing), Focus::Field));
    assert_ne!(driver.notification(), Some(&Notification::ReadFailed(missing)));
}

#[test]
fn a_file_that_comes_after_its_dialog_was_closed_is_not_shown() {
    let driver = saved().press("enter j j enter").types(FILE).press("enter enter");
    let driver = driver.files(&PolicyFile::Load(PathBuf::from(FILE)));
    let driver = driver.press("esc").gets(Answer::Loaded(PathBuf::from(FILE), Ok(FIXED.into()))).quietly();
    assert!(view(&driver).is_saved());
}

#[test]
fn queues_are_looked_for_where_the_person_says() {
    let search = |typed: &str| {
        let driver = on_sandbox().press(&choosing(RootTask::UnlockQueue)).press("ctrl-u").types(typed);
        driver.press("enter enter")
    };
    let regions = QueueSearch::Regions(vec!["us-east-1".into()]);
    on_sandbox()
        .press(&choosing(RootTask::UnlockQueue))
        .press("enter enter")
        .visits(&Visit::Queues(sandbox(), regions));
    let one = |queue: &str| QueueSearch::One { queue: queue.into(), region: "us-east-1".into() };
    search("orders").visits(&Visit::Queues(sandbox(), one("orders")));
    let arn = "arn:aws:sqs:eu-central-1:444455556666:orders";
    search(arn).visits(&Visit::Queues(sandbox(), one(arn)));
    search("a b c").focuses(Focus::Field).quietly();
}

#[test]
fn a_region_that_could_not_be_read_stands_among_the_queues_with_its_reason() {
    let driver = at_queues().press("j enter").quietly();
    let reason = Notification::ReadFailed(api_error(ApiErrorKind::DeniedByScp));
    assert!(matches!(driver.layer(), Some(Layer::Notification(reader)) if reader.about == reason));
    let driver = driver.press("esc k enter").visits(&Visit::Policy(sandbox(), queue()));
    let text: PolicyText = LOCKED.replace("s3", "sqs");
    let driver = driver.gets(Answer::Policy(id(SANDBOX_07), queue(), Ok(Some(text.clone()))));
    assert_eq!(view(&driver).text(), Some(&text));
    // Back to the question of where to look, with what was typed.
    let driver = driver.press("esc esc").quietly();
    assert!(matches!(driver.layer(), Some(Layer::FindQueues(find)) if find.field.text().len() == 23));
}

#[test]
fn what_can_be_done_with_a_policy_is_a_menu_over_it() {
    let driver = at_policy(Some(LOCKED)).press("enter").quietly();
    assert!(matches!(driver.layer(), Some(Layer::RootMenu(menu)) if matches!(menu.kind, RootMenu::Policy(_))));
    let driver = driver.press("esc").press("y").wants(&Effect::Copy(LOCKED.into()));
    driver.says(&Notification::PolicyCopied(bucket())).quietly();
}
