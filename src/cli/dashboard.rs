//! The dashboard.

use std::io::IsTerminal;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::mpsc;

use super::arguments::Arguments;
use super::environment::{Environment, configuration, problems, profile, rules};
use super::error::{CliError, Done};
use crate::app::Start;
use crate::app::msg::Msg;
use crate::config::{Config, ThemeName};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::profile::Browser;
use crate::runtime::clipboard::Multiplexer;
use crate::runtime::{Setup, run as run_loop};
use crate::ui::theme::{ColorScheme, Theme};
use crate::words::journal::NO_JOURNAL;

/// Runs the dashboard until it is left.
pub(super) async fn run(arguments: &Arguments) -> Done {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        let why = "the dashboard needs a terminal; for scripts there are subcommands: rootdeck --help";
        return Err(CliError::usage(why));
    }
    let loaded = configuration(arguments);
    let rules = rules(arguments, &loaded);
    let place = Environment::new(arguments, rules.clone()).keeping(&loaded.config);
    let (news, messages) = mpsc::unbounded_channel();
    for fault in problems(&loaded) {
        news.send(Msg::Local(fault)).ok();
    }
    if rules.no_journal {
        news.send(Msg::Local(ApiError::new("rootdeck:store", ApiErrorKind::Local, NO_JOURNAL))).ok();
    }
    let postman = place.clone();
    let delivery = tokio::spawn(async move {
        if let Some(demo) = postman.demo() {
            demo.deliver(news).await;
        }
    });
    let theme = theme(arguments, &loaded.config);
    let setup = Setup {
        start: Start {
            now: Timestamp::now(),
            time_zone: TimeZone::system(),
            demo: arguments.demo,
            rules,
            profile: profile(arguments),
            named: !arguments.demo && arguments.profile.is_some(),
            endpoint: place.endpoint().map(ToOwned::to_owned),
            browser: browser(),
            ask_at_start: loaded.config.ask_at_start,
        },
        theme,
        width_query: width_query(theme, &loaded.config),
        multiplexer: Multiplexer::detect(variable("TMUX").as_deref(), variable("TERM").as_deref()),
        connector: Arc::new(place),
        messages,
    };
    let ended = run_loop(setup).await;
    delivery.abort();
    ended.map_err(|error| CliError::failed(format!("the terminal can't be used: {error}")))
}

/// Whoever came by SSH has the browser elsewhere.
fn browser() -> Browser {
    let by_ssh = ["SSH_CONNECTION", "SSH_TTY"].into_iter().filter_map(variable).any(|value| !value.is_empty());
    if by_ssh { Browser::Elsewhere } else { Browser::Here }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The theme of the configuration, unless the environment wants no colour.
fn theme(arguments: &Arguments, config: &Config) -> Theme {
    let no_colour = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
    // The colourless theme names no colour at all. crossterm would answer NO_COLOR with a sequence
    // that also ends reverse video, and the selection would be lost.
    crossterm::style::force_color_output(true);
    let theme = if no_colour || variable("TERM").as_deref() == Some("dumb") {
        ColorScheme::Colourless
    } else {
        match config.theme {
            ThemeName::Default => ColorScheme::Terminal,
            ThemeName::Dark => ColorScheme::Dark,
            ThemeName::Light => ColorScheme::Light,
            ThemeName::HighContrast => ColorScheme::HighContrast,
            ThemeName::ColourBlind => ColorScheme::ColourBlind,
        }
    };
    Theme { theme, ascii: arguments.ascii || config.ascii.unwrap_or_else(lacks_unicode) }
}

/// How long the terminal may take to tell whether it draws signs wide. Somebody who has decided is not
/// asked about, and neither is a terminal that knows no questions.
fn width_query(theme: Theme, config: &Config) -> Option<Duration> {
    /// Most answer within a millisecond; the first frame waits for it.
    const SHORT: Duration = Duration::from_millis(60);
    /// Where the locale makes it likely; SSH from far away takes a while.
    const LIKELY: Duration = Duration::from_millis(400);
    let answers = variable("TERM").is_some_and(|term| !matches!(term.as_str(), "" | "dumb" | "linux"));
    if theme.ascii || config.ascii.is_some() || !answers {
        return None;
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
    let east_asian = locale.is_some_and(|locale| ["ja", "ko", "zh"].iter().any(|start| locale.starts_with(start)));
    Some(if east_asian { LIKELY } else { SHORT })
}

/// Whether the locale says that the terminal takes no UTF-8.
fn lacks_unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
    locale.is_some_and(|locale| {
        let locale = locale.to_lowercase();
        !locale.contains("utf-8") && !locale.contains("utf8")
    })
}
