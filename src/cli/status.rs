//! `rootdeck status`: who calls, what that account is, and whether each flow is open to it.

mod table;

use super::again::caller_of;
use super::arguments::{Arguments, Form, StatusArguments};
use super::connection::configuration_with_problems_printed;
use super::environment::Environment;
use super::error::{Done, Exit};
use super::output::{deliver, print_error};
use super::rows;
use crate::domain::export::CallerStatus;
use crate::domain::flow::{Flow, Weight};
use crate::domain::readiness::{Answer, Readiness, Requirement, all};
use crate::domain::remote_data::RemoteData;
use crate::domain::text::clean;
use crate::words::cli::status as words;
use crate::words::columns::status as columns;
use crate::words::readiness::{answer, reason, requirement};
use table::Table;

/// A gate opens for what is known to be ready. What is not known may fail halfway, so it keeps the gate closed.
fn not_ready(readiness: &Readiness) -> String {
    let verdict = readiness.verdict();
    let is_why = |one: &&Requirement| one.weight == Weight::Essential && one.answer == verdict;
    let why: Vec<String> = readiness
        .requirements
        .iter()
        .filter(is_why)
        .map(|one| format!("{}: {}", requirement(&one.thing), reason(one)))
        .collect();
    clean(&words::not_ready(readiness.flow.as_str(), answer(verdict), why.join("; ")))
}

/// Asks and says it. Done if everything could be judged, whatever the judgement.
pub(super) async fn run(arguments: &Arguments, wanted: &StatusArguments) -> Done {
    let place = Environment::new(arguments, &configuration_with_problems_printed(arguments));
    let asked = place.ask(arguments, async |engine, progress| {
        progress.show(words::ASKING);
        Ok((engine.clone(), engine.knowledge().await, engine.request_rate().await))
    });
    let (engine, (knowledge, delegates), request_rate) = asked.await?;
    let wanted_flows: Vec<Flow> = wanted.tasks.iter().flat_map(|task| task.flows()).collect();
    let is_wanted = |readiness: &Readiness| wanted_flows.is_empty() || wanted_flows.contains(&readiness.flow);
    let flows: Vec<Readiness> = all(&knowledge).into_iter().filter(is_wanted).collect();
    let (session, demo) = (engine.session(), arguments.demo);
    let caller = (!demo).then(|| caller_of(session));
    let connection = RemoteData::known(session.connection().clone(), engine.now());
    let status = CallerStatus { connection, knowledge, delegates, flows, caller, request_rate, demo };
    deliver(match *wanted.output {
        Form::Table => Ok(Table { status: &status, connection: session.connection() }.text()),
        Form::Json => rows::object(&columns::object_columns(), &status),
        Form::Ndjson => rows::line(&columns::object_columns(), &status),
        Form::Csv => rows::write(Form::Csv, &columns::columns(), &columns::rows(&status)),
    })?;
    if !wanted_flows.is_empty() {
        let closed: Vec<&Readiness> = status.flows.iter().filter(|flow| flow.verdict() != Answer::Yes).collect();
        for flow in &closed {
            print_error(&not_ready(flow));
        }
        return if closed.is_empty() { Ok(()) } else { Exit::NotPermitted.end() };
    }
    // If nothing could be judged, the output says why.
    let is_judged = status.flows.iter().any(|flow| flow.verdict() != Answer::Unknown);
    if is_judged { Ok(()) } else { Exit::Failed.end() }
}
