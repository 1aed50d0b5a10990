//! The rows of a view, saved or copied.

use super::harness::Driver;
use super::world::{World, started};
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::path::{PathDialog, PathPurpose};
use crate::app::effect::{Effect, Replace, TextFile, TextUse};
use crate::app::focus::Focus;
use crate::app::layers::Layer;
use crate::app::msg::{Answer, Msg};
use crate::app::notification::Notification;
use crate::domain::account::AccountId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::{ClientError, FileProblem};
use crate::domain::email_change::StartedProgress;
use crate::domain::export::{Export, ExportForm};

fn dialog(driver: &Driver) -> &PathDialog {
    match driver.layer() {
        Some(Layer::Path(dialog)) => dialog,
        other => panic!("no question for a file: {other:?}"),
    }
}

fn export(driver: &Driver) -> &Export {
    match &dialog(driver).purpose {
        PathPurpose::Export { export, .. } => export,
        other => panic!("another file: {other:?}"),
    }
}

fn exists(path: &str) -> ApiError {
    let error = ClientError::file(path.as_ref(), FileProblem::Exists);
    ApiError::client("rootdeck:file", ApiErrorKind::Local, error)
}

fn world() -> World {
    let mut world = World::default();
    world.stored.started = vec![started("2025-03-14T13:14:00Z", StartedProgress::Pending)];
    world
}

#[test]
fn the_rows_of_view_1_are_exported_as_they_are_filtered_and_sorted() {
    let driver = Driver::ready().press("/").types("sandbox").press("enter S x enter").quietly();
    let shown = driver.app.model.accounts.list.rows().to_vec();
    let Export::Accounts { accounts, units, findings, .. } = export(&driver) else { panic!("{:?}", export(&driver)) };
    assert!(shown.len() > 1 && shown.len() < driver.app.model.accounts.len());
    assert_eq!(accounts.iter().map(|account| account.id).collect::<Vec<_>>(), shown);
    assert!(units.current().is_some());
    assert_eq!(findings.as_deref(), Some(&[][..]));
    assert_eq!(dialog(&driver).field.text(), "~/rootdeck-accounts-o-8j81brsjuj-2025-03-14-1402.csv");
}

#[test]
fn every_view_exports_its_rows() {
    for (view, name) in [("2", "email-changes"), ("3", "root-access"), ("4", "organization"), ("5", "readiness")] {
        let driver = Driver::ready_in(world()).press(view).aws_answers().press("x j enter");
        let name = format!("~/rootdeck-{name}-o-8j81brsjuj-2025-03-14-1402.json");
        assert_eq!(dialog(&driver).field.text(), name);
        let rows: Vec<AccountId> = match export(&driver) {
            Export::EmailChanges(rows, _) => rows.iter().map(|row| row.id).collect(),
            Export::RootAccess { rows, .. } => rows.iter().map(|row| row.account.id).collect(),
            Export::Organization(state) => {
                assert!(state.trusted.current().is_some() && state.delegates.current().is_some());
                continue;
            }
            Export::Readiness(status) => {
                assert!(status.connection.current().is_some());
                assert_eq!(status.flows, driver.app.model.readiness.judged);
                continue;
            }
            other => panic!("{other:?}"),
        };
        let shown: &[AccountId] = match view {
            "2" => driver.app.model.board.pane.list.rows(),
            _ => driver.app.model.root.pane.list.rows(),
        };
        assert_eq!(rows, shown, "{view}");
        assert!(!shown.is_empty(), "{view}");
    }
}

#[test]
fn rows_are_copied_without_a_file() {
    let driver = Driver::ready().press("3 x j j enter");
    let rows = driver.app.model.root.pane.list.rows().len();
    let copied = driver.app.shown().export(&driver.app.model);
    driver
        .wants(&Effect::CopyExport(ExportForm::Csv, Box::new(copied)))
        .says(&Notification::RowsCopied(rows, ExportForm::Csv));
}

#[test]
fn a_file_that_is_there_is_replaced_only_after_a_question() {
    let mut driver = Driver::ready().press("x enter enter enter");
    let (id, file) = driver.take_text();
    let TextFile::Export(path, ExportForm::Csv, _, Replace::Never) = file else { panic!("{file:?}") };
    let name = path.display().to_string();
    let driver = driver.send(Msg::Answer(id, Answer::TextSaved(path.clone(), TextUse::Export, Err(exists(&name)))));
    assert!(dialog(&driver).would_replace());
    let mut driver = driver.focuses(Focus::Cancel).press("tab enter");
    let (id, file) = driver.take_text();
    let TextFile::Export(again, _, _, Replace::Confirmed) = file else { panic!("{file:?}") };
    assert_eq!(again, path);
    let driver = driver.send(Msg::Answer(id, Answer::TextSaved(path.clone(), TextUse::Export, Ok(()))));
    assert!(driver.layer().is_none());
    driver.says(&Notification::FileSaved(TextUse::Export, path));
}

#[test]
fn the_answer_to_the_question_is_for_that_file_only() {
    let mut driver = Driver::ready().press("x enter enter enter");
    let (id, file) = driver.take_text();
    let TextFile::Export(path, ..) = file else { panic!("{file:?}") };
    let name = path.display().to_string();
    let driver = driver.send(Msg::Answer(id, Answer::TextSaved(path, TextUse::Export, Err(exists(&name)))));
    let driver = driver.press("tab tab ctrl-u").types("b.json");
    assert!(!dialog(&driver).would_replace());
    let mut driver = driver.press("enter enter");
    let (_, file) = driver.take_text();
    assert!(matches!(file, TextFile::Export(_, ExportForm::Json, _, Replace::Never)), "{file:?}");
}

#[test]
fn without_rows_nothing_is_exported() {
    let driver = Driver::ready().press("/").types("nobody-has-this-name").press("enter x");
    driver.says(&Notification::Unavailable(CommandId::Export, DisabledReason::NothingToExport));
}
