//! `rootdeck status`: who calls, what that account is, and whether each flow is open to it.

mod table;

use super::again::caller_of;
use super::arguments::{Arguments, OneForm, StatusArguments};
use super::connection::configuration_with_problems_printed;
use super::environment::Environment;
use super::error::{Done, Exit};
use super::output::deliver;
use super::rows;
use crate::domain::export::CallerStatus;
use crate::domain::readiness::{Answer, all};
use crate::domain::remote_data::RemoteData;
use crate::words::cli::status as words;
use crate::words::columns::status as columns;
use table::Table;

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
    let caller = (!demo).then(|| caller_of(session));
    let connection = RemoteData::known(session.connection().clone(), engine.now());
    let status = CallerStatus { connection, knowledge, delegates, flows, caller, demo };
    deliver(match *wanted.output {
        OneForm::Table => Ok(Table { status: &status, connection: session.connection() }.text()),
        OneForm::Json => rows::object(&columns::object_columns(), &status),
    })?;
    // If nothing could be judged, the output says why.
    let is_judged = status.flows.iter().any(|flow| flow.verdict() != Answer::Unknown);
    if is_judged { Ok(()) } else { Exit::Failed.end() }
}
