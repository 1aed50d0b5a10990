//! `rootdeck trust` and `rootdeck features`: the organization's switches.

use std::time::Duration;

use jiff::Timestamp;

use super::arguments::{Arguments, Features, Form, ListSwitches, Trust, Turning};
use super::error::{CliError, Done};
use super::ground::{Ground, tell};
use super::output::{self, Progress, complain};
use super::place::{RunPlace, configuration, problems, rules};
use super::rows::{self, Cell, Column};
use super::signals::Interrupts;
use crate::domain::aws_command::AwsCommand;
use crate::domain::change::{SEEN_WITHIN, Switch};
use crate::domain::fault::Fault;
use crate::domain::permit::{Refusal, permit};
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::trusted_access::{ServicePrincipal, TrustedAccess};
use crate::domain::write::Seen;
use crate::engine::Engine;
use crate::engine::journal::Subject;
use crate::words::change::switch as name;
use crate::words::fault::headline;

/// How often it is looked whether AWS shows a switch as it was set.
const LOOK_EACH: Duration = Duration::from_secs(5);

/// Lists or switches trusted access.
pub(super) async fn trust(arguments: &Arguments, wanted: &Trust) -> Done {
    match wanted {
        Trust::List(wanted) => list_trust(arguments, wanted).await,
        Trust::Enable(wanted) => {
            set(arguments, Switch::TrustedAccess(wanted.service.clone()), true, &wanted.turning).await
        }
        Trust::Disable(wanted) => {
            set(arguments, Switch::TrustedAccess(wanted.service.clone()), false, &wanted.turning).await
        }
    }
}

/// Lists or switches the features of centralized root access.
pub(super) async fn features(arguments: &Arguments, wanted: &Features) -> Done {
    match wanted {
        Features::List(wanted) => list_features(arguments, wanted).await,
        Features::Enable(wanted) => set(arguments, Switch::RootFeature(wanted.feature), true, &wanted.turning).await,
        Features::Disable(wanted) => set(arguments, Switch::RootFeature(wanted.feature), false, &wanted.turning).await,
    }
}

// --- Setting ---

async fn set(arguments: &Arguments, switch: Switch, on: bool, turning: &Turning) -> Done {
    turning.consent.check()?;
    let mut ground = Ground::read_without_accounts(arguments).await?;
    if !on && matches!(switch, Switch::TrustedAccess(_)) {
        ground.read_delegates().await;
    }
    let change = switch.set(on);
    match permit(&change, &ground.facts(None)) {
        Ok(()) => {}
        Err(Refusal::AlreadySo(_)) => {
            return output::line(&format!("{} is {} already: AWS shows it", name(&switch), word(on)));
        }
        Err(refusal) => {
            let subject = Subject::of(&change, turning.consent.reason.clone());
            return Err(ground.refuse(&refusal, None, &subject).await);
        }
    }
    ground.can_record().await?;
    tell(&change, None);
    if !on {
        tell_what_waits(&ground, &switch).await;
    }
    ground.tell_command(&change);
    match change.token() {
        Some(token) => turning.consent.ask(&token).await?,
        None => turning.consent.agree().await?,
    }
    let written = ground.make(change, None, turning.consent.reason.clone()).await;
    ground.judge(&written.outcome, None)?;
    let shown = follow(&ground, &switch, on, shown(&written.seen, &switch), turning).await?;
    let what = name(&switch);
    match shown {
        Ok(Some(now)) if now == on => output::line(&format!("{what} is {}: AWS shows it", word(on))),
        Ok(_) => Err(CliError::unknown(format!(
            "AWS does not show that {what} is {}; look again with `{}`",
            word(on),
            look(&ground, &switch)
        ))),
        Err(fault) => {
            Err(CliError::unknown(format!("whether {what} is {} could not be read: {}", word(on), headline(&fault))))
        }
    }
}

/// Says what was begun from this machine and can't be ended while the switch is off.
async fn tell_what_waits(ground: &Ground, switch: &Switch) {
    // What is kept is worth a warning, and its lack no more than none.
    let Ok(stored) = ground.stored().await else { return };
    let waiting = stored.started.iter().filter(|change| !change.progress.is_final()).count();
    let left_open = stored.left_open.len();
    match switch {
        Switch::TrustedAccess(service) if *service == ServicePrincipal::account_management() => {
            if waiting > 0 {
                complain(&format!("email changes started from this machine that are not over: {waiting}"));
            }
        }
        Switch::TrustedAccess(_) | Switch::RootFeature(RootFeature::RootCredentialsManagement) => {
            if left_open > 0 {
                complain(&format!("password recoveries allowed from this machine and not closed again: {left_open}"));
            }
        }
        Switch::RootFeature(RootFeature::RootSessions) => {}
    }
}

/// On or off by what was read; `None` where AWS does not tell.
type Shown = Result<Option<bool>, Fault>;

fn shown(seen: &Seen, switch: &Switch) -> Shown {
    match (seen, switch) {
        (Seen::TrustedAccess(Ok(trusted)), Switch::TrustedAccess(service)) => Ok(Some(trusted.is_on(service))),
        (Seen::RootFeatures(Ok(features)), Switch::RootFeature(feature)) => Ok(features.is_on(*feature)),
        (Seen::TrustedAccess(Err(fault)) | Seen::RootFeatures(Err(fault)), _) => Err(fault.clone()),
        _ => Ok(None),
    }
}

async fn read(engine: &Engine, switch: &Switch) -> Shown {
    match switch {
        Switch::TrustedAccess(service) => engine.trusted_access().await.map(|trusted| Some(trusted.is_on(service))),
        Switch::RootFeature(feature) => engine.root_features().await.map(|features| features.is_on(*feature)),
    }
}

/// Looks again until AWS shows the switch as it was set, refuses to tell, or the time is over.
async fn follow(
    ground: &Ground,
    switch: &Switch,
    on: bool,
    mut shown: Shown,
    turning: &Turning,
) -> Result<Shown, CliError> {
    let progress = Progress::new();
    let mut interrupts = Interrupts::new().ok();
    let within = SEEN_WITHIN.unsigned_abs();
    let mut waited = Duration::ZERO;
    let is_settled = |shown: &Shown| match shown {
        Ok(now) => *now == Some(on),
        Err(fault) => fault.kind.is_refusal() || fault.kind.is_about_credentials(),
    };
    while !turning.no_wait && waited < within && !is_settled(&shown) {
        progress.show(&format!("waiting until AWS shows it, {} s of at most {}", waited.as_secs(), within.as_secs()));
        tokio::select! {
            () = tokio::time::sleep(LOOK_EACH) => {}
            () = Interrupts::next_of(&mut interrupts) => {
                progress.show("");
                let left = "it was sent, and AWS does not show it yet; look again with";
                return Err(CliError::interrupted(format!("{left} `{}`", look(ground, switch))));
            }
        }
        waited += LOOK_EACH;
        shown = read(&ground.engine, switch).await;
    }
    Ok(shown)
}

fn word(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

/// The command that shows how a switch is set.
fn look(ground: &Ground, switch: &Switch) -> AwsCommand {
    match switch {
        Switch::TrustedAccess(_) => ground.again(&["trust", "list"]),
        Switch::RootFeature(_) => ground.again(&["features", "list"]),
    }
}

// --- Listing ---

/// How a switch is set: since when it is on, where AWS tells that, or why it is not known.
struct Row {
    name: String,
    status: Result<bool, String>,
    since: Option<Timestamp>,
}

async fn list_trust(arguments: &Arguments, wanted: &ListSwitches) -> Done {
    let trusted = ask(arguments, |engine| async move { engine.trusted_access().await }).await?;
    deliver(&trust_rows(&trusted), "SERVICE", wanted.output)
}

/// The services that are on, and the two that can be switched here, by name.
fn trust_rows(trusted: &TrustedAccess) -> Vec<Row> {
    let on = trusted.services().iter().map(|service| service.principal.clone());
    let mut services: Vec<ServicePrincipal> = ServicePrincipal::switchable().into_iter().chain(on).collect();
    services.sort();
    services.dedup();
    let row = |service: &ServicePrincipal| Row {
        name: service.to_string(),
        status: Ok(trusted.is_on(service)),
        since: trusted.get(service).and_then(|service| service.enabled),
    };
    services.iter().map(row).collect()
}

async fn list_features(arguments: &Arguments, wanted: &ListSwitches) -> Done {
    let features = ask(arguments, |engine| async move { engine.root_features().await }).await?;
    if features == RootFeatures::NeedTrustedAccess {
        complain(FEATURES_UNTOLD);
    }
    deliver(&feature_rows(&features), "FEATURE", wanted.output)
}

/// Why AWS does not tell the features.
const FEATURES_UNTOLD: &str = "trusted access for iam.amazonaws.com is off: the features do nothing, and AWS does not \
                               tell how they are set";

fn feature_rows(features: &RootFeatures) -> Vec<Row> {
    let row = |feature: RootFeature| Row {
        name: feature.to_string(),
        status: features.is_on(feature).ok_or_else(|| FEATURES_UNTOLD.to_owned()),
        since: None,
    };
    RootFeature::ALL.map(row).into()
}

/// Connects, and asks one thing.
async fn ask<T, Answer>(arguments: &Arguments, question: impl FnOnce(Engine) -> Answer) -> Result<T, CliError>
where
    Answer: Future<Output = Result<T, Fault>>,
{
    let loaded = configuration(arguments);
    for fault in problems(&loaded) {
        complain(&fault.message);
    }
    let place = RunPlace::new(arguments, rules(arguments, &loaded));
    let progress = Progress::new();
    progress.show("connecting");
    let answer = match place.connect_asking().await {
        Ok(engine) => question(engine).await,
        Err(fault) => Err(fault),
    };
    drop(progress);
    match answer {
        Ok(answer) => Ok(answer),
        Err(fault) => Err(CliError::connection(&fault, arguments).await),
    }
}

fn deliver(switches: &[Row], head: &str, form: Form) -> Done {
    output::deliver(rows::write(form, &columns(head), switches))
}

fn columns(head: &str) -> Vec<Column<'_, Row>> {
    vec![
        Column::new("name", |row: &Row| row.name.clone()).head(head),
        Column::new("status", |row: &Row| match &row.status {
            Ok(on) => word(*on).into(),
            Err(cause) => Cell::Unknown(cause.clone()),
        })
        .head("STATUS")
        .shown(|row| row.status.as_ref().map_or("unknown", |on| word(*on)).to_owned()),
        Column::new("since", |row: &Row| row.since).head("SINCE"),
    ]
}
