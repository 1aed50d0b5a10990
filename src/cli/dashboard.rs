//! The dashboard.

use std::io::IsTerminal;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::style::Color;
use tokio::sync::mpsc;

use super::arguments::Arguments;
use super::demo::Demo;
use super::environment::{Environment, configuration, environment, keys, problems, profile, profiles, rules};
use super::error::{CliError, Done};
use super::output::print_note;
use crate::app::key::Paste;
use crate::app::msg::Msg;
use crate::app::shell::start_view::check_filter;
use crate::app::start::Start;
use crate::config::{Colour, Config, ThemeName};
use crate::domain::profile::Browser;
use crate::domain::text::clean;
use crate::domain::view::ViewId;
use crate::runtime::browser::{Opener, Surroundings};
use crate::runtime::clipboard::Multiplexer;
use crate::runtime::{OrgSetup, Setup, run as run_loop};
use crate::ui::theme::{ColorScheme, Palette, Theme};
use crate::words::cli::organizations::no_such_demo;
use crate::words::cli::program as words;
use crate::words::journal::NO_JOURNAL;
use crate::words::labels::filter_error;
use crate::words::record::note;

pub(super) async fn run(arguments: &Arguments) -> Done {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(CliError::usage(words::NO_DASHBOARD));
    }
    match environment("TERM").as_deref() {
        None => return Err(CliError::usage(words::NO_TERM)),
        Some("dumb") => return Err(CliError::usage(words::DUMB_TERMINAL)),
        Some(_) => {}
    }
    let loaded = configuration(arguments);
    let (keys, _) = keys(&loaded);
    let view = view(arguments, &loaded.config)?;
    let rules = rules(arguments, &loaded);
    let place = Environment::new(arguments, &loaded).keeping(&loaded.config);
    let (news, messages) = mpsc::unbounded_channel();
    let no_journal = rules.no_journal.then(|| NO_JOURNAL.to_owned());
    for warning in problems(&loaded).into_iter().chain(no_journal) {
        news.send(Msg::Warning(warning)).ok();
    }
    let postman = place.clone();
    let delivery = tokio::spawn(async move {
        if let Some(demo) = postman.demo() {
            demo.deliver(news).await;
        }
    });
    let theme = theme(arguments, &loaded.config);
    let opener = opener();
    let start = Start {
        now: Timestamp::now(),
        time_zone: TimeZone::system(),
        demo: arguments.demo,
        rules,
        profile: profile(arguments),
        named: !arguments.demo && arguments.profile.is_some(),
        place: None,
        endpoint: place.endpoint().map(ToOwned::to_owned),
        browser: browser(),
        opens_links: opener.is_some(),
        columns: loaded.config.columns.clone(),
        ask_at_start: loaded.config.ask_at_start,
        view,
        filter: arguments.filter.clone().map(Paste::new),
        keys,
        spoken: note,
    };
    let named = profiles(arguments, &loaded);
    if let Some(unknown) = named.iter().find(|name| arguments.demo && !Demo::has_profile(name)) {
        return Err(CliError::usage(no_such_demo(clean(unknown))));
    }
    let (first, more) = organizations(&place, &start, named);
    let setup = Setup {
        first,
        more,
        theme,
        mouse: loaded.config.mouse,
        width_query: width_query(theme, &loaded.config),
        multiplexer: Multiplexer::detect(environment("TMUX").as_deref(), environment("TERM").as_deref()),
        opener,
        messages,
    };
    let ended = run_loop(setup).await;
    delivery.abort();
    let left = ended.map_err(|error| CliError::failed(words::no_screen(error)))?;
    for line in words::left_behind(&left) {
        print_note(&line);
    }
    Ok(())
}

/// One, or that of each profile.
fn organizations(place: &Environment, start: &Start, profiles: Vec<String>) -> (OrgSetup, Vec<OrgSetup>) {
    let through = |profile: String| OrgSetup {
        connector: Arc::new(place.through(Some(profile.clone()))),
        start: Start { profile: Some(clean(&profile)), named: !start.demo, ..start.clone() },
    };
    let mut all = profiles.into_iter().map(through);
    match all.next() {
        Some(first) => (first, all.collect()),
        None => (OrgSetup { connector: Arc::new(place.clone()), start: start.clone() }, Vec::new()),
    }
}

/// The view to start with, if it is there and can be filtered as asked.
fn view(arguments: &Arguments, config: &Config) -> Result<ViewId, CliError> {
    let is_there = |view: &ViewId| *view != ViewId::Mailbox || arguments.demo;
    let view = match arguments.view {
        Some(view) if !is_there(&view) => return Err(CliError::usage(words::MAILBOX_IN_DEMO)),
        Some(view) => view,
        None => Some(config.start_view).filter(is_there).unwrap_or_default(),
    };
    if let Some(text) = &arguments.filter {
        check_filter(view, text).map_err(|error| CliError::usage(filter_error(&error)))?;
    }
    Ok(view)
}

fn browser() -> Browser {
    if is_by_ssh() { Browser::Elsewhere } else { Browser::Here }
}

fn is_by_ssh() -> bool {
    environment("SSH_CONNECTION").or_else(|| environment("SSH_TTY")).is_some()
}

fn opener() -> Option<Opener> {
    Opener::find(&Surroundings {
        browser: environment("BROWSER"),
        by_ssh: is_by_ssh(),
        has_display: environment("DISPLAY").or_else(|| environment("WAYLAND_DISPLAY")).is_some(),
        is_mac: cfg!(target_os = "macos"),
    })
}

/// The theme of the configuration, unless the environment wants no colour.
fn theme(arguments: &Arguments, config: &Config) -> Theme {
    let no_colour = environment("NO_COLOR").is_some();
    // Where NO_COLOR is set, crossterm sends a sequence that also ends reverse video: the selection would be lost.
    crossterm::style::force_color_output(true);
    let scheme = match config.theme {
        _ if no_colour => ColorScheme::Colourless,
        ThemeName::Default => ColorScheme::Terminal,
        ThemeName::Dark => ColorScheme::Dark,
        ThemeName::Light => ColorScheme::Light,
        ThemeName::HighContrast => ColorScheme::HighContrast,
        ThemeName::ColourBlind => ColorScheme::ColourBlind,
    };
    let own = config.colours.iter().filter(|_| !no_colour);
    let palette = own.fold(Palette::of(scheme), |palette, (role, own)| palette.with(*role, color(*own)));
    Theme {
        // The Linux console dims by drawing in bright black.
        palette: if is_linux_console() { palette.undimmed() } else { palette },
        ascii: arguments.ascii || config.ascii.unwrap_or_else(|| lacks_unicode() || is_linux_console()),
    }
}

fn color(colour: Colour) -> Option<Color> {
    match colour {
        Colour::Default => None,
        Colour::Indexed(index) => Some(Color::Indexed(index)),
        Colour::Rgb(red, green, blue) => Some(Color::Rgb(red, green, blue)),
    }
}

/// Its font has few of the signs.
fn is_linux_console() -> bool {
    environment("TERM").as_deref() == Some("linux")
}

/// How long the terminal may take to tell whether it draws signs wide; `None` where it is not asked.
fn width_query(theme: Theme, config: &Config) -> Option<Duration> {
    /// Most answer within a millisecond; the first frame waits for it.
    const SHORT: Duration = Duration::from_millis(60);
    /// Where the locale makes it likely; SSH from far away takes a while.
    const LIKELY: Duration = Duration::from_millis(400);
    if theme.ascii || config.ascii.is_some() {
        return None;
    }
    let east_asian = locale().is_some_and(|locale| ["ja", "ko", "zh"].iter().any(|start| locale.starts_with(start)));
    Some(if east_asian { LIKELY } else { SHORT })
}

fn locale() -> Option<String> {
    ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(environment)
}

/// Whether the locale says that the terminal takes no UTF-8.
fn lacks_unicode() -> bool {
    locale().is_some_and(|locale| {
        let locale = locale.to_lowercase();
        !locale.contains("utf-8") && !locale.contains("utf8")
    })
}
