//! `rootdeck status`: who calls, what that account is, and whether each flow is open to it.

mod json;
mod table;

use super::arguments::{Arguments, OneForm, StatusArguments};
use super::connection::configuration_with_problems_printed;
use super::environment::Environment;
use super::error::{Done, Exit};
use super::output::deliver;
use super::rows;
use crate::domain::readiness::{Answer, all};
use crate::words::cli::status as words;
use table::Status;

/// Asks and says it. Done if everything could be judged, whatever the judgement.
pub(super) async fn run(arguments: &Arguments, wanted: &StatusArguments) -> Done {
    let place = Environment::new(arguments, &configuration_with_problems_printed(arguments));
    let asked = place.ask(arguments, async |engine, progress| {
        progress.show(words::ASKING);
        Ok((engine.clone(), engine.knowledge().await))
    });
    let (engine, (knowledge, delegates)) = asked.await?;
    let flows = all(&knowledge);
    let (session, demo) = (engine.session(), arguments.demo);
    let status = Status { session, knowledge: &knowledge, delegates: &delegates, flows, demo };
    deliver(match wanted.output {
        OneForm::Table => Ok(status.table()),
        OneForm::Json => rows::json_of(&json::of(&status)),
    })?;
    // If nothing could be judged, the output says why.
    let is_judged = status.flows.iter().any(|flow| flow.verdict() != Answer::Unknown);
    if is_judged { Ok(()) } else { Exit::Failed.end() }
}
