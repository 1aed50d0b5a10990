//! Opens links in a browser of this machine. They hold no secrets: other people may see them in the list of processes.

use std::process::Stdio;

use tokio::process::Command;

use super::core_dump::with_limit_of_before;
use super::effects::Performer;
use crate::app::msg::Msg;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::words::console::{failed, not_started};

/// The program that opens a link, and what comes before the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opener(Vec<String>);

/// What the environment says of a browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Surroundings {
    /// `BROWSER`.
    pub(crate) browser: Option<String>,
    /// Whether somebody came by SSH: a browser would open on the wrong machine.
    pub(crate) by_ssh: bool,
    /// Whether there is a screen to open it on.
    pub(crate) has_display: bool,
    pub(crate) is_mac: bool,
}

impl Opener {
    /// What opens links here; `None` where nothing would, or nobody would see it.
    pub(crate) fn find(around: &Surroundings) -> Option<Self> {
        // A list of programs, separated by colons: the first one.
        let named = around.browser.as_deref().and_then(|all| all.split(':').next());
        let words: Vec<String> = named.unwrap_or_default().split_whitespace().map(ToOwned::to_owned).collect();
        match around {
            _ if !words.is_empty() => Some(Self(words)),
            Surroundings { by_ssh: true, .. } => None,
            Surroundings { is_mac: true, .. } => Some(Self(vec!["open".to_owned()])),
            Surroundings { has_display: true, .. } => Some(Self(vec!["xdg-open".to_owned()])),
            _ => None,
        }
    }

    /// The program and its arguments; `%s` in `BROWSER` stands for the link.
    fn command(&self, url: &str) -> Option<(&str, Vec<String>)> {
        let (program, rest) = self.0.split_first()?;
        let mut arguments: Vec<String> = rest.iter().map(|word| word.replace("%s", url)).collect();
        if !rest.iter().any(|word| word.contains("%s")) {
            arguments.push(url.to_owned());
        }
        Some((program, arguments))
    }

    /// Away from the terminal and its signals. Gives an error if the program says that it has failed.
    pub(super) async fn open(&self, url: &str) -> Result<(), ApiError> {
        let Some((program, arguments)) = self.command(url) else { return Ok(()) };
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        let error = |text: String| ApiError::new("rootdeck:browser", ApiErrorKind::Local, &text);
        let mut child = with_limit_of_before(|| command.spawn()).map_err(|why| error(not_started(program, why)))?;
        match child.wait().await {
            Ok(status) if !status.success() => Err(error(failed(program))),
            _ => Ok(()),
        }
    }
}

impl Performer {
    pub(super) fn open_link(&self, opener: Option<Opener>, url: String) {
        let Some(opener) = opener else { return };
        let this = self.clone();
        tokio::spawn(async move {
            if let Err(error) = opener.open(&url).await {
                this.send(Msg::Local(error));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_screen() -> Surroundings {
        Surroundings { has_display: true, ..Surroundings::default() }
    }

    fn program(around: &Surroundings) -> Option<String> {
        Opener::find(around).map(|opener| opener.0.join(" "))
    }

    #[test]
    fn a_browser_is_opened_only_where_the_person_sees_it() {
        assert_eq!(program(&Surroundings::default()), None);
        assert_eq!(program(&on_screen()).as_deref(), Some("xdg-open"));
        assert_eq!(program(&Surroundings { by_ssh: true, ..on_screen() }), None);
        let mac = Surroundings { is_mac: true, ..Surroundings::default() };
        assert_eq!(program(&mac).as_deref(), Some("open"));
        assert_eq!(program(&Surroundings { by_ssh: true, ..mac }), None);
        // Whoever sets it over SSH has a way to see it.
        let named = Surroundings { browser: Some("tunnel --new:lynx".into()), by_ssh: true, ..Surroundings::default() };
        assert_eq!(program(&named).as_deref(), Some("tunnel --new"));
        assert_eq!(program(&Surroundings { browser: Some(" ".into()), ..Surroundings::default() }), None);
    }

    #[test]
    fn the_link_comes_where_it_is_wanted() {
        let words = |text: &str| {
            let opener = Opener(text.split(' ').map(ToOwned::to_owned).collect());
            opener.command("https://x").map(|(program, arguments)| format!("{program} {}", arguments.join(" ")))
        };
        assert_eq!(words("xdg-open").as_deref(), Some("xdg-open https://x"));
        assert_eq!(words("b --url=%s -n").as_deref(), Some("b --url=https://x -n"));
    }

    #[tokio::test]
    async fn a_browser_that_fails_is_reported() {
        let opener = |name: &str| Opener(vec![name.to_owned()]);
        assert_eq!(opener("true").open("https://x").await, Ok(()));
        assert!(opener("false").open("https://x").await.is_err());
        assert!(opener("/nowhere/browser").open("https://x").await.is_err());
    }
}
