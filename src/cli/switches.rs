//! `rootdeck trust` and `rootdeck features`: the organization's switches.

use std::time::Duration;

use super::arguments::{Arguments, Consent, Features, Form, ListSwitches, Trust, Turning};
use super::connection::configuration_with_problems_printed;
use super::context::{Answer, CommandContext, Needs, print};
use super::environment::Environment;
use super::error::{CliError, Done};
use super::output::{self, print_error};
use super::rows::{self, Cell};
use super::waiting::look_again;
use crate::domain::api_error::ApiError;
use crate::domain::aws_command::AwsCommand;
use crate::domain::change::{SEEN_WITHIN, Switch};
use crate::domain::permit::{Refusal, permit};
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::trusted_access::ServicePrincipal;
use crate::domain::write::{Seen, WriteOutcome};
use crate::engine::Engine;
use crate::engine::journal::Subject;
use crate::words::api_error::headline;
use crate::words::cli::switches as words;
use crate::words::columns::switches::{
    Switched, feature_columns, feature_result_columns, feature_rows, trust_columns, trust_result_columns, trust_rows,
};
use crate::words::labels::on_off as word;

pub(super) async fn trust(arguments: &Arguments, wanted: &Trust) -> Done {
    let (wanted, on) = match wanted {
        Trust::List(wanted) => return list_trust(arguments, wanted).await,
        Trust::Enable(wanted) => (wanted, true),
        Trust::Disable(wanted) => (wanted, false),
    };
    set(arguments, Switch::TrustedAccess(wanted.service.clone()), on, &wanted.turning).await
}

pub(super) async fn features(arguments: &Arguments, wanted: &Features) -> Done {
    match wanted {
        Features::List(wanted) => list_features(arguments, wanted).await,
        Features::Enable(wanted) => set(arguments, Switch::RootFeature(wanted.feature), true, &wanted.turning).await,
        Features::Disable(wanted) => set(arguments, Switch::RootFeature(wanted.feature), false, &wanted.turning).await,
    }
}

async fn set(arguments: &Arguments, switch: Switch, on: bool, turning: &Turning) -> Done {
    turning.consent.check()?;
    let mut context = CommandContext::read_without_accounts(arguments, Needs::Switches).await?;
    if !on && matches!(switch, Switch::TrustedAccess(_)) {
        context.read_delegates().await;
    }
    let change = switch.set(on);
    let reason = turning.consent.reason.as_deref();
    let permitted = permit(&change, &context.facts(None));
    match permitted.and_then(|()| context.permit_reason(change.danger(), reason)) {
        Ok(()) => {}
        Err(Refusal::AlreadySo(_)) => {
            let said = words::is_so_already(&switch, word(on));
            return deliver(turning, &switch, word(on).into(), Some(false), &said);
        }
        Err(refusal) => {
            let subject = Subject::of(&change, turning.consent.reason.clone());
            return Err(context.refuse(&refusal, None, &subject).await);
        }
    }
    context.can_record().await?;
    print(&change, None, &turning.consent);
    if !on {
        print_pending(&context, &switch, &turning.consent).await;
    }
    context.print_command(&change);
    match change.token() {
        Some(token) => turning.consent.ask(&token).await?,
        None => turning.consent.agree().await?,
    }
    let written = context.write(CommandContext::request(change, None, &turning.consent)).await;
    let changed = match (context.judge(&written.outcome, None)?, &written.outcome) {
        (Answer::Taken, WriteOutcome::AlreadySo(_)) => Some(false),
        (Answer::Taken, _) => Some(true),
        (Answer::Lost, _) => None,
    };
    let shown = follow(&context, &switch, on, shown(&written.seen, &switch), turning).await?;
    let what = switch.to_string();
    let why = match shown {
        Ok(Some(now)) if now == on => {
            return deliver(turning, &switch, word(on).into(), changed, &words::is_so(what, word(on)));
        }
        Ok(_) => words::not_shown(what, word(on), look(&context, &switch)),
        Err(error) => words::unread(what, word(on), headline(&error)),
    };
    if *turning.output != Form::Table {
        deliver(turning, &switch, Cell::Unknown(why.clone()), None, "").unwrap_or_else(|error| error.print());
    }
    Err(CliError::unknown(why))
}

fn deliver(turning: &Turning, switch: &Switch, status: Cell, changed: Option<bool>, said: &str) -> Done {
    let columns = match switch {
        Switch::TrustedAccess(_) => trust_result_columns(),
        Switch::RootFeature(_) => feature_result_columns(),
    };
    let row = Switched { name: switch.to_string(), status, changed };
    output::deliver(rows::result(*turning.output, said, &columns, &row))
}

/// Says what was begun from this machine and can't be ended while the switch is off.
async fn print_pending(context: &CommandContext, switch: &Switch, consent: &Consent) {
    // What is kept is worth a warning, and its lack no more than none.
    let Ok(stored) = context.stored().await else { return };
    let waiting = stored.started.iter().filter(|change| !change.progress.is_final()).count();
    let left_open = stored.left_open.len();
    let of_emails = *switch == Switch::TrustedAccess(ServicePrincipal::account_management());
    if of_emails && waiting > 0 {
        consent.tell(&words::open_email_changes(waiting));
    }
    if !of_emails && *switch != Switch::RootFeature(RootFeature::RootSessions) && left_open > 0 {
        consent.tell(&words::open_recoveries(left_open));
    }
}

/// On or off by what was read; `None` where AWS does not tell.
type Shown = Result<Option<bool>, ApiError>;

fn shown(seen: &Seen, switch: &Switch) -> Shown {
    match (seen, switch) {
        (Seen::TrustedAccess(Ok(trusted)), Switch::TrustedAccess(service)) => Ok(Some(trusted.is_on(service))),
        (Seen::RootFeatures(Ok(features)), Switch::RootFeature(feature)) => Ok(features.is_on(*feature)),
        (Seen::TrustedAccess(Err(error)) | Seen::RootFeatures(Err(error)), _) => Err(error.clone()),
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
    context: &CommandContext,
    switch: &Switch,
    on: bool,
    shown: Shown,
    turning: &Turning,
) -> Result<Shown, CliError> {
    let limit = SEEN_WITHIN.unsigned_abs();
    let within = if turning.no_wait { Duration::ZERO } else { limit };
    let waiting = |waited| words::waiting(waited, limit.as_secs());
    let is_settled = |shown: &Shown| match shown {
        Ok(now) => *now == Some(on),
        Err(error) => error.kind.is_refusal() || error.kind.is_about_credentials(),
    };
    let looked = look_again(shown, within, waiting, is_settled, async || read(&context.engine, switch).await).await;
    looked.ok_or_else(|| CliError::interrupted(words::sent_not_shown(look(context, switch))))
}

fn look(context: &CommandContext, switch: &Switch) -> AwsCommand {
    match switch {
        Switch::TrustedAccess(_) => context.again(&["trust", "list"]),
        Switch::RootFeature(_) => context.again(&["features", "list"]),
    }
}

async fn list_trust(arguments: &Arguments, wanted: &ListSwitches) -> Done {
    let place = Environment::new(arguments, &configuration_with_problems_printed(arguments));
    let trusted = place.ask(arguments, async |engine, _| engine.trusted_access().await).await?;
    output::deliver(rows::write(*wanted.output, &trust_columns(), &trust_rows(&trusted)))
}

async fn list_features(arguments: &Arguments, wanted: &ListSwitches) -> Done {
    let place = Environment::new(arguments, &configuration_with_problems_printed(arguments));
    let features = place.ask(arguments, async |engine, _| engine.root_features().await).await?;
    if features == RootFeatures::NeedTrustedAccess {
        print_error(words::FEATURES_UNKNOWN);
    }
    output::deliver(rows::write(*wanted.output, &feature_columns(), &feature_rows(&features)))
}
