//! The status as text for people.

use std::fmt::Write;

use textwrap::{Options, fill};

use crate::cli::output;
use crate::cli::rows::labelled;
use crate::domain::connection::Connection;
use crate::domain::export::CallerStatus;
use crate::domain::readiness::{Answer, NotSimulated, Readiness, Requirement};
use crate::domain::remote_data::RemoteData;
use crate::domain::root_feature::RootFeature;
use crate::domain::trusted_access::{DelegatedAdministrator, ServicePrincipal};
use crate::words::api_error::headline;
use crate::words::cli::status as said;
use crate::words::columns::status::{fix, org_role};
use crate::words::{labels, permission, readiness as words};

/// How long the lines of running text are, and how wide the labels.
const LINE: usize = 100;
const LABEL: usize = 16;

pub(super) struct Table<'a> {
    pub(super) status: &'a CallerStatus,
    pub(super) connection: &'a Connection,
}

impl Table<'_> {
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let Connection { caller, profile, region, region_assumed, endpoint, .. } = self.connection;
        let mut line = |label: &str, value: &str| {
            writeln!(text, "{}", labelled(&format!("{label:<LABEL$}"), value)).ok();
        };
        line("Account", &caller.account.to_string());
        line("Caller", &caller.arn);
        line("Profile", profile.as_deref().unwrap_or("-"));
        let assumed = if *region_assumed { " (default)" } else { "" };
        line("Region", &format!("{region}{assumed}"));
        line("Partition", caller.partition());
        // The demo's own place says nothing.
        if let Some(endpoint) = endpoint.as_deref().filter(|_| !self.status.demo) {
            line("Endpoint", endpoint);
        }
        if !self.status.demo {
            line(said::REQUESTS, &said::request_rate(self.status.request_rate));
        }
        line("Organization", &self.organization());
        line("Role", &org_role(self.status, self.connection));
        if !self.status.knowledge.is_in_none() {
            for (name, state) in self.switches() {
                line(name, &state);
            }
            line("Delegated", &self.delegates());
        }
        text.push('\n');
        for readiness in &self.status.flows {
            self.flow(readiness, &mut text);
        }
        text.push_str(&self.note());
        text
    }

    fn organization(&self) -> String {
        if self.status.knowledge.is_in_none() {
            return "none".to_owned();
        }
        reported(&self.status.knowledge.organization, |organization| {
            let features = said::organization_features(organization.all_features);
            said::organization(&organization.id, organization.management_account, features)
        })
    }

    fn switches(&self) -> Vec<(&'static str, String)> {
        let word = |on: bool| labels::on_off(on).to_owned();
        let trusted = ServicePrincipal::switchable().map(|service| {
            let state = reported(&self.status.knowledge.trusted_access, |trusted| word(trusted.is_on(&service)));
            (said::TRUSTED_ACCESS, format!("{service}: {state}"))
        });
        let features = RootFeature::ALL.map(|feature| {
            let state = reported(&self.status.knowledge.root_features, |features| {
                features.is_on(feature).map_or_else(|| said::FEATURES_UNKNOWN.to_owned(), word)
            });
            (said::ROOT_FEATURE, format!("{feature}: {state}"))
        });
        trusted.into_iter().chain(features).collect()
    }

    fn delegates(&self) -> String {
        reported(&self.status.delegates, |delegates| {
            let of = |delegate: &DelegatedAdministrator| {
                let services: Vec<String> = delegate.services.iter().map(|(service, _)| service.to_string()).collect();
                format!("{} {} ({})", delegate.account, delegate.name, services.join(", "))
            };
            if delegates.is_empty() {
                return "none".to_owned();
            }
            delegates.iter().map(of).collect::<Vec<_>>().join("; ")
        })
    }

    /// A flow: whether it is open, and of what it needs all that is not there.
    fn flow(&self, readiness: &Readiness, text: &mut String) {
        let hint = if readiness.is_hint() { " (simulated)" } else { "" };
        let name = permission::flow(readiness.flow);
        writeln!(text, "{name:<26}{}{hint}", words::answer(readiness.verdict())).ok();
        let is_closed = readiness.verdict() == Answer::No;
        // What is not known makes no difference where something is known to be missing.
        let reported = |one: &&Requirement| one.answer == Answer::No || (one.answer == Answer::Unknown && !is_closed);
        for requirement in readiness.requirements.iter().filter(reported) {
            let weight = words::weight(requirement.weight).map(|weight| format!(" ({weight})")).unwrap_or_default();
            let answer = words::answer(requirement.answer);
            let thing = words::requirement(&requirement.thing);
            let reason = words::reason_beside(requirement);
            paragraph(text, &format!("{answer}: {thing}{weight}: {reason}"), "  ", "    ");
            if let Some(fix) = fix(self.status, requirement) {
                // A command line is copied as it stands.
                if fix.contains(" --") {
                    writeln!(text, "    -> {fix}").ok();
                } else {
                    paragraph(text, &fix, "    -> ", "       ");
                }
            }
        }
    }

    fn note(&self) -> String {
        let note = match &self.status.knowledge.not_simulated {
            NotSimulated::Failed(error) => words::no_simulation(error),
            NotSimulated::NotAUserOrRole => words::NOBODY_TO_SIMULATE.to_owned(),
            NotSimulated::NotYet => words::HINT.to_owned(),
        };
        let mut text = "\n".to_owned();
        paragraph(&mut text, &note, "", "");
        text
    }
}

fn reported<T>(fact: &RemoteData<T>, words: impl FnOnce(&T) -> String) -> String {
    match (fact.current(), fact.error()) {
        (Some(value), _) => words(value),
        (None, Some(error)) => said::unknown(headline(error)),
        (None, None) => said::NOT_CHECKED.to_owned(),
    }
}

fn paragraph(text: &mut String, words: &str, first: &str, rest: &str) {
    let wide = output::room().map_or(LINE, |room| room.columns.min(LINE));
    let options = Options::new(wide)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false);
    writeln!(text, "{}", fill(words, options)).ok();
}
