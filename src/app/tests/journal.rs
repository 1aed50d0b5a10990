//! View 6, its export, and what was cut off.

use std::time::Duration;

use super::harness::{Driver, refused, start};
use super::journaled::{CUT_OFF, IN_PROGRESS, REFUSED, UNKNOWN, after_a_kill, found_out, journaled};
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason, KeyContext};
use crate::app::dialogs::path::PathPurpose;
use crate::app::effect::{Effect, Read, Replace, TextFile, TextUse, Wake};
use crate::app::focus::Focus;
use crate::app::layers::Layer;
use crate::app::msg::{Answer, Msg};
use crate::app::notification::Notification;
use crate::app::state::journal::EntryState;
use crate::app::view::ViewId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::export::{Export, ExportForm};
use crate::domain::journal::JournalOutcome;
use crate::domain::resolution::{Doubt, Resolution, StillOpen};

fn in_view_6() -> Driver {
    Driver::ready_in(journaled()).press("6").asks(&[Read::Journal]).aws_answers()
}

fn rows(driver: &Driver) -> Vec<i64> {
    driver.app.model.journal.pane.list.rows().to_vec()
}

#[test]
fn the_newest_entry_is_first_and_selected_and_its_details_are_shown() {
    let driver = in_view_6();
    assert_eq!(rows(&driver), [48, 47, 46, 45, 44, 43, 42, 41]);
    assert_eq!(
        (driver.app.model.journal.pane.list.selected(), driver.app.model.journal.details),
        (Some(IN_PROGRESS), Some(IN_PROGRESS))
    );
    assert_eq!(driver.app.place(), KeyContext::Journal);
}

#[test]
fn who_reads_an_entry_keeps_it_while_newer_ones_come() {
    let newer = |mut driver: Driver| {
        let mut world = journaled();
        let newest = world.journal.entries.first().expect("an entry").clone();
        world.journal.entries.insert(0, crate::domain::journal::JournalEntry { id: 49, ..newest });
        driver.world = world;
        driver.press("r").asks(&[Read::Journal]).aws_answers()
    };
    let at = |driver: &Driver| (driver.app.model.journal.pane.list.selected(), driver.app.model.journal.details);
    assert_eq!(at(&newer(in_view_6())), (Some(49), Some(49)), "nobody has chosen one");
    assert_eq!(at(&newer(in_view_6().press("enter"))), (Some(IN_PROGRESS), Some(IN_PROGRESS)));
    // Also once the details are left again.
    let mut driver = in_view_6().press("enter esc");
    assert_eq!(at(&newer(driver)), (Some(IN_PROGRESS), Some(IN_PROGRESS)));
    // And where they were scrolled beside the list.
    driver = in_view_6();
    driver.app.model.journal.pane.top = 2;
    assert_eq!(at(&newer(driver)), (Some(IN_PROGRESS), Some(IN_PROGRESS)));
}

#[test]
fn an_entry_without_an_end_is_in_progress_only_where_this_run_has_it() {
    let driver = in_view_6();
    let state = |id| driver.app.model.journal.get(id).map(|entry| driver.app.model.journal.state(entry, driver.now));
    assert_eq!(state(IN_PROGRESS), Some(EntryState::InProgress));
    assert_eq!(state(CUT_OFF), Some(EntryState::CutOff));
    assert_eq!(state(REFUSED), Some(EntryState::Ended(JournalOutcome::Refused)));
    assert_eq!(EntryState::CutOff.word(), "unknown");
}

#[test]
fn an_entry_that_another_copy_may_have_in_progress_is_not_called_cut_off() {
    let mut world = journaled();
    world.journal.entries[1].at = noon() - jiff::SignedDuration::from_secs(90);
    let driver = Driver::ready_in(world).press("6").aws_answers();
    let state = |driver: &Driver| {
        let entry = driver.app.model.journal.get(CUT_OFF).expect("an entry");
        driver.app.model.journal.state(entry, driver.now)
    };
    assert_eq!(state(&driver), EntryState::Elsewhere);
    assert!(!crate::words::journal::state(EntryState::Elsewhere).contains("cut off"));
    assert_eq!(state(&driver.after(209)), EntryState::Elsewhere);
    let driver = Driver::ready_in(journaled()).press("6").aws_answers();
    assert_eq!(state(&driver), EntryState::CutOff);
}

#[test]
fn the_details_follow_the_cursor_once_it_rests() {
    let driver = in_view_6().press("j");
    assert_eq!(
        (driver.app.model.journal.pane.list.selected(), driver.app.model.journal.details),
        (Some(CUT_OFF), Some(IN_PROGRESS))
    );
    let (_, rest) = driver.timers.last().cloned().unwrap();
    let driver = driver.woken(rest);
    assert_eq!(driver.app.model.journal.details, Some(CUT_OFF));
    // What comes new on top leaves the cursor where it is.
    let driver = driver.press("r").asks(&[Read::Journal]).aws_answers();
    assert_eq!(driver.app.model.journal.pane.list.selected(), Some(CUT_OFF));
}

#[test]
fn the_filter_is_the_journal_s_own_and_esc_steps_back() {
    let driver = in_view_6().press("/").types("outcome:unknown");
    assert_eq!(driver.app.place(), KeyContext::Filter);
    assert_eq!(rows(&driver), [CUT_OFF, UNKNOWN]);
    assert_eq!(driver.app.model.accounts.filter.text(), "");
    let driver = driver.press("enter");
    assert_eq!(driver.app.place(), KeyContext::Journal);
    let driver = driver.press("esc");
    assert_eq!((rows(&driver).len(), driver.app.model.journal.filter.text()), (8, ""));
    let driver = driver.press("/").types("kensho").press("esc").press("/").pastes("検証");
    // The name is the listing's.
    assert_eq!(rows(&driver), [46, 45]);
    let driver = driver.press("enter esc esc esc");
    assert_eq!(driver.app.place(), KeyContext::Journal);
    let driver = driver.press("1");
    // That of the accounts is where it was left.
    let driver = driver.press("/").types("sand").press("enter 6").aws_answers();
    assert_eq!((rows(&driver).len(), driver.app.model.accounts.filter.text()), (8, "sand"));
}

#[test]
fn since_is_meant_from_now() {
    assert_eq!(rows(&in_view_6().press("/").types("since:3h")), [48, 47, 46, 45]);
    assert_eq!(rows(&in_view_6().press("/").types("since:2025-03-14 account:5588")), [46, 45]);
    assert_eq!(rows(&in_view_6().press("/").types("operation:assumeroot")), [42]);
}

#[test]
fn enter_reads_the_details_and_tab_goes_there_and_back() {
    let driver = in_view_6().press("j enter");
    assert!(driver.app.model.journal.pane.reading);
    assert_eq!(driver.app.model.journal.details, Some(CUT_OFF));
    let driver = driver.press("esc");
    assert!(!driver.app.model.journal.pane.reading);
    assert!(driver.press("tab").app.model.journal.pane.reading);
}

#[test]
fn a_request_id_is_copied_where_there_is_one() {
    let id = "7d6d9a5e-3f0b-4d0e-9a51-2f1d6c1f0a77".to_owned();
    let driver = in_view_6().press("/").types("conflict").press("enter y");
    driver.wants(&Effect::Copy(id.clone())).says(&Notification::Copied(id));
    let driver = in_view_6().press("G Y");
    let (entry, caller) = (driver.app.model.journal.selected().expect("an entry"), driver.app.model.caller_options());
    let command = crate::domain::cloudtrail::lookup(entry, &caller.expect("a connection")).expect("a command");
    driver.wants(&Effect::Copy(command.to_string()));
    // What root did is in the trail of the member account, which these credentials do not ask.
    let inside = in_view_6().press("/").types("recovery").press("enter Y").quietly();
    inside.says(&Notification::Unavailable(CommandId::CopyLookup, DisabledReason::MemberTrail));
    in_view_6().press("y").says(&Notification::Unavailable(CommandId::CopyRequestId, DisabledReason::NoRequestId));
    let empty = Driver::ready().press("6").aws_answers();
    empty.press("y").says(&Notification::Unavailable(CommandId::CopyRequestId, DisabledReason::NoEntry));
}

#[test]
fn after_a_write_the_view_reads_again_when_shown_and_once_at_a_time() {
    let driver =
        Driver::awaiting_code().with_code().press("enter enter").writes().press("esc 6").asks(&[Read::Journal]);
    // The reading in progress began before the write ended.
    let driver = driver.ends(refused(api_error(ApiErrorKind::Invalid)), Driver::seen(EmailChangeStatus::Pending));
    let driver = driver.aws_answers_to(Read::Journal).asks(&[Read::Journal]).aws_answers_to(Read::Journal);
    driver.quietly();
    // Elsewhere nothing is read for it.
    let driver = Driver::awaiting_code().with_code().press("enter enter").writes();
    driver.ends(refused(api_error(ApiErrorKind::Invalid)), Driver::seen(EmailChangeStatus::Pending)).quietly();
}

#[test]
fn what_is_shown_is_saved_as_its_name_says() {
    let driver = in_view_6().press("/").types("outcome:refused").press("enter x enter");
    let Some(Layer::Path(dialog)) = driver.layer() else { panic!("no dialog") };
    assert_eq!(dialog.field.text(), "~/rootdeck-journal-o-8j81brsjuj-2025-03-14-1402.csv");
    assert!(matches!(dialog.purpose, PathPurpose::Export { view: ViewId::Journal, rows: 2, .. }));
    assert_eq!(dialog.form.focus, Focus::Field);
    let mut driver = driver.press("enter").focuses(Focus::Act).press("enter");
    let saved = driver.take_text();
    let TextFile::Export(path, ExportForm::Csv, rows, Replace::Never) = saved.1 else { panic!("{:?}", saved.1) };
    let Export::Journal { entries, .. } = *rows else { panic!("{rows:?}") };
    assert_eq!(entries.iter().map(|entry| entry.id).collect::<Vec<_>>(), [46, REFUSED]);
    let driver = driver.send(Msg::Answer(saved.0, Answer::TextSaved(path.clone(), TextUse::Export, Ok(()))));
    assert!(driver.layer().is_none());
    driver.says(&Notification::FileSaved(TextUse::Export, path));
}

#[test]
fn json_is_told_by_its_name_and_any_other_name_is_not_saved() {
    let driver =
        in_view_6().press("x enter ctrl-u").types("j.txt").press("enter").focuses(Focus::Field).press("tab tab enter");
    let driver = driver.quietly().focuses(Focus::Field);
    let mut driver = driver.press("ctrl-u").pastes(" j.JSON\n").press("enter enter");
    let (id, file) = driver.take_text();
    let TextFile::Export(path, ExportForm::Json, rows, Replace::Never) = file else { panic!("{file:?}") };
    let Export::Journal { entries, .. } = *rows else { panic!("{rows:?}") };
    assert_eq!((path.to_str(), entries.len()), (Some("j.JSON"), 8));
    // What could not be saved is told in the dialog, and the name can be fixed.
    let error = ApiError::new("rootdeck:file", ApiErrorKind::Local, "there is a file already; nothing is overwritten");
    let driver = driver.send(Msg::Answer(id, Answer::TextSaved(path, TextUse::Export, Err(error.clone()))));
    let Some(Layer::Path(dialog)) = driver.layer() else { panic!("closed") };
    assert_eq!((dialog.form.error(), dialog.form.focus), (Some(&error), Focus::Field));
}

#[test]
fn a_failure_to_save_is_news_where_the_dialog_was_closed() {
    let mut driver = in_view_6().press("x enter enter enter");
    let (id, _) = driver.take_text();
    let error = ApiError::new("rootdeck:file", ApiErrorKind::Local, "the disk is full");
    let answer = Answer::TextSaved("j.csv".into(), TextUse::Export, Err(error.clone()));
    driver.press("esc").send(Msg::Answer(id, answer)).says(&Notification::ReadFailed(error));
    Driver::ready()
        .press("6")
        .aws_answers()
        .press("x")
        .says(&Notification::Unavailable(CommandId::Export, DisabledReason::NothingToExport));
}

/// A start until it is known whose records these are.
fn starting_after_a_kill() -> Driver {
    let driver = Driver::started(start(), after_a_kill()).asks(&[Read::Stored, Read::Connect]);
    let driver = driver.aws_answers_to(Read::Stored).aws_answers_to(Read::Connect).asks(&[
        Read::Organization,
        Read::Accounts,
        Read::TrustedAccess,
        Read::RootFeatures,
        Read::DelegatedAdministrators,
        Read::UnitNames,
    ]);
    assert_eq!(driver.app.model.journal.unresolved.count, 0, "whose they are is not known yet");
    driver.aws_answers_to(Read::Organization).asks(&[Read::OrgRole, Read::Stored])
}

#[test]
fn what_was_cut_off_is_told_at_the_next_start_and_resolved_by_reading() {
    let driver = starting_after_a_kill().aws_answers_to(Read::Stored).asks(&[Read::Resolve(None)]);
    let driver = driver.says(&Notification::CutOff(2));
    assert_eq!(driver.app.model.journal.unresolved.count, 2);
    let driver = driver.aws_answers_to(Read::Resolve(None)).says(&Notification::Resolved(Box::new(found_out())));
    assert_eq!(driver.app.model.journal.unresolved.count, 1);
    // What this machine keeps is read again: a start that never came about waits for nothing.
    let mut driver = driver.asks(&[Read::Stored]);
    driver.world.stored.unresolved = 1;
    driver.world.resolution = Resolution { settled: vec![], ..found_out() };
    let driver = driver.aws_answers_to(Read::Stored).asks(&[Read::Resolve(None)]).aws_answers_to(Read::Resolve(None));
    // It is said once.
    driver.says(&Notification::Resolved(Box::new(found_out()))).quietly();
}

#[test]
fn what_may_still_be_in_progress_elsewhere_is_looked_at_again_when_nobody_can_have_it() {
    let until = noon() + jiff::SignedDuration::from_secs(200);
    let recent = StillOpen { entry: CUT_OFF, doubt: Doubt::Recent(until) };
    let mut driver = starting_after_a_kill().aws_answers_to(Read::Stored).asks(&[Read::Resolve(None)]);
    driver.world.resolution = Resolution { settled: vec![], open: vec![recent] };
    let wake = Wake::Resolve;
    let driver =
        driver.aws_answers_to(Read::Resolve(None)).wants(&Effect::Wake(Duration::from_secs(200), wake.clone()));
    driver.after(200).woken(wake).asks(&[Read::Resolve(None)]);
}

#[test]
fn v_asks_about_the_selected_entry_and_says_what_is_found() {
    let driver = in_view_6().press("j v").asks(&[Read::Resolve(Some(CUT_OFF))]);
    let driver = driver.press("v").says(&Notification::Unavailable(CommandId::ResolveEntry, DisabledReason::Asked));
    let done = Resolution { settled: vec![(CUT_OFF, JournalOutcome::Ok)], open: vec![] };
    let answer = Answer::Resolved(Some(CUT_OFF), Ok(done.clone()));
    let driver = driver.answers(Read::Resolve(Some(CUT_OFF)), answer).asks(&[Read::Stored, Read::Journal]);
    driver.says(&Notification::EntryResolved(CUT_OFF, Box::new(done)));
    in_view_6().press("v").says(&Notification::Unavailable(CommandId::ResolveEntry, DisabledReason::InProgress));
    in_view_6().press("G v").says(&Notification::Unavailable(CommandId::ResolveEntry, DisabledReason::KnownEnd));
}

#[test]
fn what_a_look_has_told_meanwhile_is_no_question_any_more() {
    let driver = starting_after_a_kill().aws_answers_to(Read::Stored).asks(&[Read::Resolve(None)]);
    let open = [CUT_OFF, UNKNOWN].map(|entry| StillOpen { entry, doubt: Doubt::NeedsAudit(id(SANDBOX_07)) }).to_vec();
    let answer = Answer::Resolved(None, Ok(Resolution { settled: vec![], open }));
    let mut driver = driver.answers(Read::Resolve(None), answer);
    assert_eq!(driver.app.model.journal.unresolved.count, 2);
    driver.world.journal.entries[1].outcome = JournalOutcome::Ok;
    let driver = driver.aws_answers().press("6").asks(&[Read::Journal]).aws_answers();
    assert_eq!(driver.app.model.journal.unresolved.count, 1);
}

#[test]
fn a_doubt_that_was_found_out_stands_with_its_entry() {
    let driver = in_view_6();
    let doubt = |driver: &Driver| {
        driver.app.model.journal.get(UNKNOWN).and_then(|entry| driver.app.model.journal.doubt(entry, driver.now))
    };
    assert_eq!(doubt(&driver), None);
    let driver = driver.press("j j j j v").asks(&[Read::Resolve(Some(UNKNOWN))]);
    let open = vec![StillOpen { entry: UNKNOWN, doubt: Doubt::Hidden }];
    let answer = Answer::Resolved(Some(UNKNOWN), Ok(Resolution { settled: vec![], open }));
    let driver = driver.answers(Read::Resolve(Some(UNKNOWN)), answer);
    assert_eq!(doubt(&driver), Some(Doubt::Hidden));
}
