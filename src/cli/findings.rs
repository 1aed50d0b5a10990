//! `rootdeck findings`: what the listings showed to be otherwise than before, until somebody has read it.

use jiff::Timestamp;

use super::arguments::{
    AcknowledgeFindings, Arguments, FindingWord, FindingsArguments, FindingsCommand, Form, ListFindings,
};
use super::connection::configuration_with_problems_printed;
use super::environment::{Environment, configuration};
use super::error::{CliError, Done, Exit};
use super::output::{self, print_note};
use super::rows::{self, Column, fields as f};
use crate::domain::finding::{DifferenceKind, Finding};
use crate::words::cli::findings as words;
use crate::words::findings::{findings, head};
use crate::words::record::message;
use crate::words::time::ago;

impl From<FindingWord> for DifferenceKind {
    fn from(word: FindingWord) -> Self {
        match word {
            FindingWord::Email => Self::Email,
            FindingWord::Gone => Self::Gone,
            FindingWord::New => Self::New,
            FindingWord::State => Self::State,
        }
    }
}

pub(super) async fn run(arguments: &Arguments, wanted: &FindingsArguments) -> Done {
    match &wanted.command {
        Some(FindingsCommand::List(wanted)) => list(arguments, wanted).await,
        Some(FindingsCommand::Acknowledge(wanted)) => acknowledge(arguments, wanted).await,
        None => list(arguments, &wanted.listing).await,
    }
}

async fn list(arguments: &Arguments, wanted: &ListFindings) -> Done {
    let stored = Environment::new(arguments, &configuration(arguments)).stored(None).await;
    let stored = stored.map_err(|error| CliError::failed(message(&error.message)))?;
    let now = Timestamp::now();
    print_note(&match &stored.listing {
        Some((at, _)) => words::as_of(ago(*at, now)),
        None => words::NO_LISTING.to_owned(),
    });
    let kinds: Vec<DifferenceKind> = wanted.kind.iter().map(|&word| word.into()).collect();
    let mut found = stored.findings;
    found.retain(|finding| kinds.is_empty() || kinds.contains(&finding.difference.kind()));
    output::deliver(rows::write(*wanted.output, &columns(), &found))?;
    if wanted.fail_on.is_some() && !found.is_empty() { Exit::Failed.end() } else { Ok(()) }
}

async fn acknowledge(arguments: &Arguments, wanted: &AcknowledgeFindings) -> Done {
    let loaded = configuration_with_problems_printed(arguments);
    let place = Environment::new(arguments, &loaded);
    // What is acknowledged is of the organization that these credentials are in.
    let asked = place.ask(arguments, async |engine, _| {
        engine.organization().await?;
        Ok((engine.clone(), engine.findings().await?))
    });
    let (engine, found) = asked.await?;
    let ids: Vec<i64> = found.iter().map(|finding| finding.id).collect();
    let chosen = if wanted.all { ids.clone() } else { wanted.ids.clone() };
    let missing: Vec<String> = chosen.iter().filter(|id| !ids.contains(id)).map(ToString::to_string).collect();
    if !missing.is_empty() {
        return Err(CliError::usage(words::no_finding(missing.join(", "))));
    }
    let acknowledged = engine.acknowledge(chosen.clone()).await;
    acknowledged.map_err(|error| CliError::failed(message(&error.message)))?;
    if *wanted.output == Form::Table {
        return output::line(&words::acknowledged(findings(chosen.len())));
    }
    let rows = found.iter().filter(|finding| chosen.contains(&finding.id));
    output::deliver(rows::write(*wanted.output, &columns(), rows))
}

pub(super) fn columns() -> Vec<Column<'static, Finding>> {
    let before = |finding: &Finding| finding.difference.values().0.map(ToOwned::to_owned);
    let after = |finding: &Finding| finding.difference.values().1.map(ToOwned::to_owned);
    let dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    vec![
        Column::new(f::FINDING_ID, |finding: &Finding| finding.id).head("ID"),
        Column::new(f::ACCOUNT_ID, |finding: &Finding| finding.account.to_string()).head("ACCOUNT"),
        Column::new(f::ACCOUNT_NAME, |finding: &Finding| finding.name.clone()).head("NAME"),
        Column::new(f::FINDING_KIND, |finding: &Finding| finding.difference.kind().as_str())
            .head("FINDING")
            .shown(|finding| head(finding.difference.kind()).to_owned()),
        Column::new(f::BEFORE.or_null(), before).head("BEFORE").shown(move |finding| dash(before(finding))),
        Column::new(f::AFTER.or_null(), after).head("AFTER").shown(move |finding| dash(after(finding))),
        Column::new(f::FINDING_SINCE, |finding: &Finding| finding.since),
        Column::new(f::SEEN, |finding: &Finding| finding.seen).head("SEEN"),
    ]
}
