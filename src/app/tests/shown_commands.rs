//! The command lines of the dialogs, as they are copied.

use std::fmt::Write;
use std::path::PathBuf;

use super::harness::{Driver, start};
use super::rooted::*;
use super::world::*;
use super::{board, delegation, email_change, findings, mails, plans, root_deletion, switches};
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dialogs::plan_dialog::PlanStage;
use crate::app::dialogs::root_deletion::Stage;
use crate::app::effect::{Effect, PolicyFile, Visit};
use crate::app::layers::Layer;
use crate::app::msg::Answer;
use crate::app::notification::Notification;
use crate::app::start::Start;
use crate::app::state::choices::RootTask;
use crate::app::state::organization::OrganizationRow;
use crate::domain::change::Switch;
use crate::domain::connection::Connection;
use crate::domain::root_feature::RootFeature;
use crate::domain::trusted_access::ServicePrincipal;

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
    driver.says(&Notification::Unavailable(CommandId::DialogCopy, DisabledReason::DemoCommand)).quietly();
    let driver = Driver::ready_with(Start { demo: true, ..start() }, World::default()).press("tab tab G t").quietly();
    assert!(matches!(driver.layer(), Some(crate::app::layers::Layer::Confirm(_))), "{:?}", driver.layer());
    driver.press("y").says(&Notification::Unavailable(CommandId::DialogCopy, DisabledReason::DemoCommand)).quietly();
}

#[test]
fn a_menu_without_a_text_or_a_command_offers_no_copy() {
    let driver = Driver::ready().press("s y");
    driver.says(&Notification::Unavailable(CommandId::DialogCopy, DisabledReason::NotHere)).quietly();
}

/// The kinds of dialogs that show command lines.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Shows {
    Confirm,
    StartEmail,
    EnterOtp,
    Audit,
    Deletion,
    Mails,
    Plan,
    OpenSession,
    Session,
    Findings,
    Contact,
}

impl Shows {
    const ALL: [Self; 11] = [
        Self::Confirm,
        Self::StartEmail,
        Self::EnterOtp,
        Self::Audit,
        Self::Deletion,
        Self::Mails,
        Self::Plan,
        Self::OpenSession,
        Self::Session,
        Self::Findings,
        Self::Contact,
    ];

    /// That of a layer. A layer that is new and shows command lines is opened in [`dialogs`], too.
    fn of(layer: &Layer) -> Option<Self> {
        Some(match layer {
            Layer::Confirm(_) => Self::Confirm,
            Layer::StartEmail(_) => Self::StartEmail,
            Layer::EnterOtp(_) => Self::EnterOtp,
            Layer::AskAudit(_) => Self::Audit,
            Layer::Delete(dialog) => match dialog.stage {
                Stage::Asking(_) => Self::Deletion,
                Stage::Kinds | Stage::Reading(_) => return None,
            },
            Layer::Mails(_) => Self::Mails,
            Layer::Plan(dialog) => match dialog.stage {
                PlanStage::Asking(_) => Self::Plan,
                PlanStage::Pattern | PlanStage::Problems(_) => return None,
            },
            Layer::OpenSession(_) => Self::OpenSession,
            Layer::Session(_) => Self::Session,
            Layer::Findings(_) => Self::Findings,
            Layer::EditAccount(_) => Self::Contact,
            Layer::Contacts(_)
            | Layer::ForgetChange(_)
            | Layer::Path(_)
            | Layer::FindQueues(_)
            | Layer::PlanList(_)
            | Layer::Help(_)
            | Layer::Notification(_)
            | Layer::Switches(_)
            | Layer::Copy(_)
            | Layer::AuditMenu(_)
            | Layer::AskMenu(_)
            | Layer::ExportMenu(_)
            | Layer::ConsoleMenu(_)
            | Layer::Plans(_)
            | Layer::SignIn(_)
            | Layer::RootMenu(_)
            | Layer::SortMenu(_)
            | Layer::Columns(_)
            | Layer::Units(_)
            | Layer::AskDelegate(_)
            | Layer::Reason(_)
            | Layer::Palette(_)
            | Layer::Profiles(_)
            | Layer::MfaCode(_)
            | Layer::Results(_)
            | Layer::ManagedPolicies(_)
            | Layer::Controls(_)
            | Layer::PlanResults(_)
            | Layer::Policies(_) => return None,
        })
    }
}

/// Each dialog that shows command lines, opened; several of one kind where they show different ones.
pub(crate) fn dialogs() -> Vec<(&'static str, Driver)> {
    let iam = ServicePrincipal::iam;
    let recovery = |task| on_sandbox().press(&choosing(task)).aws_answers();
    let switch = |world, switch: Switch| switches::on_row(Driver::ready_in(world), &switch).press("t");
    let delegate = OrganizationRow::Delegate(id(DELEGATE), iam());
    vec![
        ("name of an account", on_sandbox().press("C").aws_answers().press("G enter x")),
        ("trusted access on", switch(World::untrusting(), Switch::TrustedAccess(iam()))),
        ("trusted access off", {
            let account = ServicePrincipal::account_management();
            switch(World::default(), Switch::TrustedAccess(account))
        }),
        ("RootSessions on", switch(World::default(), Switch::RootFeature(RootFeature::RootSessions))),
        ("RootCredentialsManagement off", {
            switch(gated(), Switch::RootFeature(RootFeature::RootCredentialsManagement))
        }),
        ("delegated administrator", delegation::asked().types(SANDBOX_07).press("enter enter")),
        ("delegated administrator no more", delegation::on_row(Driver::ready(), &delegate).press("D")),
        ("recovery allowed", recovery(RootTask::AllowRecovery)),
        ("recovery closed", recovery(RootTask::CloseRecovery)),
        ("bucket policy deleted", deleting()),
        ("bucket policy put", putting()),
        ("queue policy cleared", clearing()),
        ("email change", email_change::opened().types(NEW).press("enter")),
        ("one-time password", Driver::awaiting_code()),
        ("audit", Driver::ready_in(gated()).press("3").on(SANDBOX_07).press("a")),
        ("deep audit", Driver::ready_in(gated()).press("3").on(SANDBOX_07).press("A j j j enter")),
        ("root credentials", root_deletion::asking()),
        ("pasted mails", mails::view(board::every_kind()).pastes(&mails::both())),
        ("email plan", plans::asking()),
        ("session to open", opening()),
        ("session", with_session()),
        ("findings", findings::reading(30)),
    ]
}

/// The confirmation that a policy from a file is put.
fn putting() -> Driver {
    let path = || PathBuf::from(FILE);
    let asked = saved().press("enter j j enter").types(FILE).press("enter enter").files(&PolicyFile::Load(path()));
    // Cut where it is shown.
    let words = "it's $HOME `id` \u{202e}税 ".repeat(20);
    let policy = format!("{{\n  \"Version\": \"2012-10-17\",\n  \"Id\": \"{words}\",\n  \"Statement\": [{{}}]\n}}\n");
    asked.gets(Answer::Loaded(path(), Ok(policy))).press("enter")
}

/// The confirmation that the policy of a queue is cleared.
fn clearing() -> Driver {
    let policy = at_queues().press("enter").visits(&Visit::Policy(sandbox(), queue())).gets(Answer::Policy(
        id(SANDBOX_07),
        queue(),
        Ok(Some(LOCKED.into())),
    ));
    let saved = policy.press("enter enter").files(&PolicyFile::Save(id(SANDBOX_07), queue(), LOCKED.into()));
    saved.gets(Answer::Saved(queue(), Ok(PathBuf::from(FILE)))).press("enter j enter")
}

/// The same in a run whose options a shell would read in its own way.
pub(crate) fn oddly_called(mut driver: Driver) -> Driver {
    let connection = driver.world.connection.clone();
    let connection = Connection {
        profile: Some("it's the payer@prod $HOME".into()),
        region: "eu-central-1".into(),
        endpoint: Some("http://127.0.0.1:4566".into()),
        ..connection
    };
    driver.app.model.connection.set(Ok(connection), noon());
    driver
}

/// The subcommands' tests run in a shell what these two snapshots say.
#[test]
fn the_commands_of_every_dialog_are_those_that_are_tried_in_a_shell() {
    let (mut copied, mut shown, mut opened) = (String::new(), String::new(), Vec::new());
    for (name, driver) in dialogs() {
        let driver = oddly_called(driver);
        opened.extend(driver.layer().and_then(Shows::of));
        let commands = driver.app.commands_on_top().unwrap_or_default();
        assert!(!commands.is_empty(), "{name}: {:?}", driver.layer());
        for text in [&mut copied, &mut shown] {
            writeln!(text, "## {name}").expect("a text");
        }
        for command in commands {
            let line = command.to_string();
            assert!(!line.contains('\n'), "{name}: {line}");
            writeln!(copied, "{line}").expect("a text");
            writeln!(shown, "{}", command.lines(74, crate::words::change::CUT).join("\n")).expect("a text");
        }
    }
    for kind in Shows::ALL {
        assert!(opened.contains(&kind), "{kind:?} was not opened");
    }
    insta::assert_snapshot!("copied", copied);
    insta::assert_snapshot!("shown", shown);
}
