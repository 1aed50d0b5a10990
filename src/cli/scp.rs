//! `rootdeck scp`: what SCPs and RCPs leave to root sessions.

use std::fmt::Write;

use textwrap::{Options, WordSplitter, fill};

use super::arguments::{Arguments, ExplainScp, FailOnControl, OneForm, Scp};
use super::context::{CommandContext, Needs};
use super::error::{Done, Exit};
use super::output::{self, print_note};
use super::rows;
use crate::domain::account::Account;
use crate::domain::aws_command::CallerOptions;
use crate::domain::control_policy::{Controls, MemberControls, Verdict};
use crate::words::change::CUT;
use crate::words::cli::scp as words;
use crate::words::columns::control_policy::{Row, columns};
use crate::words::control_policy::{Line, errors, lines};

/// How long the lines of running text are.
const LINE: usize = 100;

pub(super) async fn run(arguments: &Arguments, wanted: &Scp) -> Done {
    match wanted {
        Scp::Explain(wanted) => explain(arguments, wanted).await,
    }
}

async fn explain(arguments: &Arguments, wanted: &ExplainScp) -> Done {
    let named = std::slice::from_ref(&wanted.account);
    let context = CommandContext::read_about(arguments, named, Needs::Organization).await?;
    let account = context.find(&wanted.account)?;
    let controls = context.engine.controls(account).await.map_err(|error| context.error(&error))?;
    let row = Row { account, controls };
    let printed = output::deliver(match *wanted.output {
        OneForm::Table => Ok(text(account, &row.controls, context.caller().as_ref())),
        OneForm::Json => rows::object(&columns(), &row),
    });
    let errors = errors(&row.controls);
    for error in &errors {
        context.print_api_error(error);
    }
    // The text has said why nothing is judged in the management account.
    let verdict = row.controls.member.as_ref().map(MemberControls::verdict);
    if let Some(verdict) = verdict {
        print_note(words::sum(verdict));
    }
    printed?;
    let fails = |what: &FailOnControl| match what {
        FailOnControl::Blocked => verdict == Some(Verdict::Blocked),
        FailOnControl::Unknown => verdict == Some(Verdict::Unknown),
    };
    let exit = if wanted.fail_on.iter().any(fails) {
        Exit::Failed
    } else if errors.is_empty() {
        Exit::Done
    } else {
        Exit::Some
    };
    exit.end()
}

fn text(account: &Account, controls: &Controls, caller: Option<&CallerOptions>) -> String {
    let mut text = format!("{} {}\n\n", account.id, account.name);
    // Ids have hyphens.
    let whole = || Options::new(LINE).break_words(false).word_splitter(WordSplitter::NoHyphenation);
    for line in lines(controls, caller) {
        let line = match line {
            Line::Heading(line) | Line::Plain(line) | Line::Verdict(_, line) => {
                fill(&line, whole().subsequent_indent("  "))
            }
            Line::Detail(line) => fill(&line, whole().initial_indent("  ").subsequent_indent("    ")),
            Line::Diff(line) => line,
            Line::Command(command) => command.lines(LINE, CUT).join("\n"),
            Line::Empty => String::new(),
        };
        writeln!(text, "{line}").ok();
    }
    text
}
