//! `rootdeck policy`: least-privilege policies for what this program does. AWS is not asked.

use std::collections::BTreeSet;

use super::again::caller;
use super::arguments::{Arguments, FlowWord, PolicyArguments, PolicyCommand};
use super::connection::configuration_with_problems_printed;
use super::error::{CliError, Done};
use super::explain;
use super::output::{deliver, print_note};
use crate::domain::alarms;
use crate::domain::flow::Flow;
use crate::domain::permission::grant::{self, PolicyRequest};
use crate::words::alarms::{about_alarms, template};
use crate::words::cli::explain as words;
use crate::words::permission::{ABOUT_GUARD, about_policy, attach_guard};

pub(super) fn run(arguments: &Arguments, wanted: &PolicyArguments) -> Done {
    match &wanted.command {
        Some(PolicyCommand::Explain(_)) if !wanted.flows.is_empty() => {
            return Err(CliError::usage(words::FOR_OR_EXPLAIN));
        }
        Some(PolicyCommand::Explain(wanted)) => return explain::run(wanted),
        None => {}
    }
    if wanted.flows.contains(&FlowWord::Scp) {
        return root_guard(arguments, wanted);
    }
    if wanted.flows.contains(&FlowWord::Alarms) {
        return print_alarms(wanted);
    }
    if wanted.patterns {
        return Err(CliError::usage(words::PATTERNS_ALONE));
    }
    let named = if wanted.flows.is_empty() { &[FlowWord::Everything] } else { wanted.flows.as_slice() };
    let flows: BTreeSet<Flow> = named.iter().flat_map(|word| word.flows()).collect();
    let place = wanted.place.place(domains(arguments, wanted, &flows));
    let wanted = PolicyRequest { flows, helpful: !wanted.essential, doubtful: wanted.with_doubtful };
    for note in about_policy(&wanted, &place) {
        print_note(&note);
    }
    deliver(Ok(grant::policy(&wanted, &place)))
}

fn domains(arguments: &Arguments, wanted: &PolicyArguments, flows: &BTreeSet<Flow>) -> Vec<String> {
    if !wanted.allowed_domains.is_empty() || !flows.contains(&Flow::ChangeEmails) {
        return wanted.allowed_domains.clone();
    }
    configuration_with_problems_printed(arguments).config.allowed_email_domains.into_iter().collect()
}

fn print_alarms(wanted: &PolicyArguments) -> Done {
    if wanted.flows.len() > 1 {
        return Err(CliError::usage(words::ALARMS_ALONE));
    }
    for note in about_alarms(&wanted.place.partition) {
        print_note(&note);
    }
    deliver(Ok(if wanted.patterns { alarms::patterns() } else { template(&wanted.place.partition) }))
}

fn root_guard(arguments: &Arguments, wanted: &PolicyArguments) -> Done {
    if wanted.flows.len() > 1 {
        return Err(CliError::usage(words::SCP_ALONE));
    }
    for note in ABOUT_GUARD {
        print_note(note);
    }
    for command in attach_guard(&caller(arguments).unwrap_or_default()) {
        print_note(&command.to_string());
    }
    deliver(Ok(grant::root_guard(&wanted.place.place([]))))
}
