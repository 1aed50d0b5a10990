//! The command lines of the dialogs, as they are copied.

use super::harness::{Driver, start};
use super::rooted::*;
use super::world::*;
use crate::app::Start;
use crate::app::command::{CommandId, Why};
use crate::app::effect::Effect;
use crate::app::notice::News;
use crate::app::root_tasks::RootTask;

const CALLER: &str = "--profile prod --region us-east-1";

fn copied(driver: Driver) -> Vec<String> {
    let lines: Vec<String> = driver.app.commands_on_top().expect("commands").iter().map(ToString::to_string).collect();
    drop(driver.press("y").wants(&Effect::Copy(lines.join("\n"))).quietly());
    lines
}

#[test]
fn what_is_done_in_a_member_account_is_copied_with_its_session() {
    let recovery = |task| on_sandbox().press(&choosing(task)).aws_answers();
    let mut lines = copied(recovery(RootTask::AllowRecovery).press("tab"));
    lines.extend(copied(recovery(RootTask::CloseRecovery).press("tab")));
    lines.extend(copied(deleting()));
    lines.extend(copied(Driver::ready_in(gated()).press("3 * a").quietly()));
    assert!(lines.len() > 3, "{lines:?}");
    for line in lines {
        assert!(line.starts_with("rootdeck session "), "{line}");
        assert!(line.contains(&format!(" {CALLER} -- aws ")), "{line}");
    }
}

#[test]
fn a_session_is_copied_as_the_command_that_opens_it() {
    let command = format!("rootdeck session {SANDBOX_07} IAMAuditRootUserCredentials --seconds 900 --shell {CALLER}");
    assert_eq!(copied(opening().press("tab")), [command]);
}

/// It would act on whatever organization the shell is signed in to.
#[test]
fn the_demo_gives_no_command_away() {
    let driver = Driver::ready_with(Start { demo: true, ..start() }, gated()).on(SANDBOX_07);
    let driver = driver.press(&choosing(RootTask::AllowRecovery)).aws_answers().press("tab y");
    driver.says(&News::Unavailable(CommandId::DialogCopy, Why::DemoCommand)).quietly();
    let driver = Driver::ready_with(Start { demo: true, ..start() }, World::default()).press("tab tab G t").quietly();
    assert!(matches!(driver.layer(), Some(crate::app::layers::Layer::Confirm(_))), "{:?}", driver.layer());
    driver.press("y").says(&News::Unavailable(CommandId::DialogCopy, Why::DemoCommand)).quietly();
}
