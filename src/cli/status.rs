//! `rootdeck status`: who calls, what that account is, and whether each flow is open to it.

mod json;
mod table;

use super::arguments::{Arguments, OneForm, StatusArguments};
use super::environment::{Environment, configuration, problems, rules};
use super::error::{CliError, Done, Exit};
use super::output::{Progress, deliver, print_error};
use super::rows;
use crate::domain::readiness::{Answer, all};
use table::Status;

/// Asks and says it. Done if everything could be judged, whatever the judgement.
pub(super) async fn run(arguments: &Arguments, wanted: &StatusArguments) -> Done {
    let loaded = configuration(arguments);
    for fault in problems(&loaded) {
        print_error(&fault.message);
    }
    let place = Environment::new(arguments, rules(arguments, &loaded));
    let progress = Progress::new();
    progress.show("connecting");
    let engine = match place.connect_asking().await {
        Ok(engine) => engine,
        Err(fault) => {
            drop(progress);
            return Err(CliError::connection(&fault, arguments).await);
        }
    };
    progress.show("asking what is there and what is allowed");
    let (knowledge, delegates) = engine.knowledge().await;
    drop(progress);
    let flows = all(&knowledge);
    let (session, demo) = (engine.session(), arguments.demo);
    let status = Status { session, knowledge: &knowledge, delegates: &delegates, flows, demo };
    deliver(match wanted.output {
        OneForm::Table => Ok(status.table()),
        OneForm::Json => rows::json_of(&json::of(&status)),
    })?;
    if status.flows.iter().all(|flow| flow.verdict() == Answer::Unknown) {
        // Nothing could be judged: why stands in what was printed.
        return Exit::Failed.end();
    }
    Ok(())
}
