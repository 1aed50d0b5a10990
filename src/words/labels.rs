//! Names of views, panes, columns and places.

use super::keys::{key, named};
use crate::app::command::{CommandId, KeyContext, by_id};
use crate::app::filter::{FilterHint, FilterProblem};
use crate::app::shell::start_view::StartFilterError;
use crate::app::state::choices::{ExportChoice, ExportTo, TextKind};
use crate::app::state::columns::Column;
use crate::app::view::ViewId;
use crate::domain::caller::{Caller, OrgRole};
use crate::domain::export::ExportForm;
use crate::domain::organization::Organization;
use crate::domain::readiness::is_in_none;
use crate::domain::remote_data::RemoteData;

pub(crate) fn view(view: ViewId) -> String {
    let title = by_id(CommandId::showing(view)).map_or("", |command| command.title);
    format!("{} {title}", view_key(view))
}

pub(crate) fn on_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

pub(crate) fn enabled(on: bool) -> &'static str {
    if on { "enabled" } else { "disabled" }
}

pub(crate) fn short_view(view: ViewId) -> String {
    let title = match view {
        ViewId::EmailChanges => "Emails",
        ViewId::RootAccess => "Root",
        ViewId::Organization => "Org",
        ViewId::Readiness => "Ready",
        ViewId::Mailbox => "Mail",
        ViewId::Accounts | ViewId::Journal => return self::view(view),
    };
    format!("{} {title}", view_key(view))
}

pub(crate) fn view_key(view: ViewId) -> String {
    key(CommandId::showing(view))
}

pub(crate) fn column(column: Column) -> &'static str {
    match column {
        Column::Name => "NAME",
        Column::Id => "ACCOUNT",
        Column::Org => "ORG",
        Column::Email => "PRIMARY EMAIL",
        Column::State => "STATE",
        Column::Path => "OU",
        Column::Root => "ROOT",
        Column::Change => "CHANGE",
        Column::Joined => "JOINED",
        Column::Method => "METHOD",
    }
}

/// What comes first in ascending order, where the column does not tell.
pub(crate) fn first_in_order(column: Column) -> &'static str {
    match column {
        Column::Root => "worst first",
        Column::Change => "open first",
        _ => "",
    }
}

/// Of those that a person chose.
pub(crate) fn columns_hidden(count: usize) -> String {
    let columns = if count == 1 { "column" } else { "columns" };
    format!("{count} {columns} hidden: too narrow")
}

/// Where the column that the rows are sorted by is not on screen.
pub(crate) fn sorted_by(by: Column, arrow: &str) -> String {
    format!("by {} {arrow}", column(by))
}

pub fn place(place: KeyContext) -> &'static str {
    match place {
        KeyContext::Accounts => "Accounts",
        KeyContext::Details => "Account details",
        KeyContext::Switches => "Trusted access and root features",
        KeyContext::EmailChanges => "Email changes",
        KeyContext::RootAccess => "Root access",
        KeyContext::Organization => "Organization",
        KeyContext::Readiness => "Readiness",
        KeyContext::Journal => "Journal",
        KeyContext::Mailbox => "Mailbox",
        KeyContext::Filter => "Filter",
        KeyContext::Dialog => "Dialog",
        KeyContext::Reader => "Reading",
    }
}

/// What a menu asks; `named` tells the name of an account with its id.
/// The title of an export.
pub(crate) fn export(view: ViewId, rows: usize) -> String {
    let title = by_id(CommandId::showing(view)).map_or("", |command| command.title);
    format!("Export {title} ({rows} {})", if rows == 1 { "row" } else { "rows" })
}

/// What a choice does, and for whom.
pub(crate) fn export_choice(ExportChoice(form, to): ExportChoice) -> (&'static str, &'static str) {
    match (form, to) {
        (ExportForm::Csv, ExportTo::File) => ("CSV file", "for spreadsheets"),
        (ExportForm::Json, ExportTo::File) => ("JSON file", "for programs"),
        (ExportForm::Csv, ExportTo::Clipboard) => ("copy as CSV", ""),
        (ExportForm::Json, ExportTo::Clipboard) => ("copy as JSON", ""),
    }
}

/// What Enter does with a switch, in the footer.
pub(crate) fn turns(on: bool) -> &'static str {
    if on { "enable" } else { "disable" }
}

/// The titles of menus.
pub(crate) const SWITCHES: &str = "Enable or disable";
pub(crate) const COPY: &str = "Copy to the clipboard";
pub(crate) const AUDIT: &str = "Audit root credentials";
pub(crate) const ASK_CHANGES: &str = "Check email changes with AWS";
pub(crate) const SIGN_IN: &str = "Sign in";
pub(crate) const PLANS: &str = "Bulk plans of email changes";
pub(crate) const SORT: &str = "Sort by";

pub(crate) fn text_kind(kind: TextKind) -> &'static str {
    match kind {
        TextKind::Id => "account id",
        TextKind::Name => "name",
        TextKind::Email => "primary email",
        TextKind::NewEmail => "new email",
        TextKind::Path => "path",
    }
}

pub(crate) fn state(state: &OrgRole) -> String {
    match state {
        OrgRole::Management => "management".to_owned(),
        OrgRole::Delegated(services) => {
            let names: Vec<&str> =
                services.iter().map(|service| service.as_str().trim_end_matches(".amazonaws.com")).collect();
            format!("delegated admin for {}", names.join(", "))
        }
        OrgRole::Member => "member".to_owned(),
    }
}

/// What the caller is in the organization, with what else decides what that is worth.
pub(crate) fn org_role_of(caller: &Caller, organization: &RemoteData<Organization>, known: Option<&OrgRole>) -> String {
    let mut words =
        if is_in_none(organization) { "no organization".to_owned() } else { known.map_or("?".to_owned(), state) };
    if caller.is_root() {
        words.push_str(" (root user)");
    }
    if organization.current().is_some_and(|organization| organization.all_features == Some(false)) {
        words.push_str(", consolidated billing only");
    }
    words
}

pub(crate) fn filter_hint(hint: &FilterHint<'_>) -> String {
    match hint {
        FilterHint::Problem(problem) => filter_problem(problem),
        FilterHint::Values(values) => values.join(" "),
    }
}

pub(crate) fn filter_problem(problem: &FilterProblem) -> String {
    match problem {
        FilterProblem::Property(name, known) => {
            format!("unknown property {name} (known: {}:); quote it to search for text", known.join(": "))
        }
        FilterProblem::Value(property, value, values) => {
            format!("{property}: has no value {value} (values: {})", values.join(" "))
        }
    }
}

/// Why the dashboard can't start with a filter.
pub(crate) fn filter_error(error: &StartFilterError) -> String {
    match error {
        StartFilterError::NoFilter(view) => format!("--filter: view {view} has no filter"),
        StartFilterError::Invalid(problem) => format!("--filter: {}", filter_problem(problem)),
    }
}

pub(crate) fn nothing_matches(what: &str, problem: Option<&FilterProblem>) -> String {
    let clear = named(CommandId::Back);
    match problem {
        Some(problem) => {
            let text = filter_problem(problem);
            format!("Nothing can match: {text}. Clear the filter: {clear}.")
        }
        None => format!("No {what} matches the filter ({clear} clears it)."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::root_state::{RootFacts, RootState};
    use crate::domain::api_error::{ApiError, ApiErrorKind};
    use crate::domain::root_credentials::{AuditDepth, Presence, RootAudit};
    use crate::domain::sign_in::LastSignIn;

    #[test]
    fn a_problem_names_what_there_is() {
        let text = filter_problem(&FilterProblem::Property("foo".into(), vec!["name", "ou"]));
        assert_eq!(text, "unknown property foo (known: name: ou:); quote it to search for text");
        let text = filter_problem(&FilterProblem::Value("pending", "perhaps".into(), &["yes", "no", "unknown"]));
        assert_eq!(text, "pending: has no value perhaps (values: yes no unknown)");
    }

    #[test]
    fn every_value_that_is_offered_for_root_can_match() {
        let there = RootAudit {
            depth: AuditDepth::Quick,
            password: Presence::Present(None),
            access_keys: Presence::Present(None),
            mfa_devices: Presence::Present(None),
            signing_certificates: Presence::Present(None),
            last_sign_in: LastSignIn::Never,
        };
        let error = ApiError::new("iam:GetLoginProfile", ApiErrorKind::Timeout, "");
        let partly = RootAudit { password: Presence::Unknown(error), ..there.clone() };
        for value in RootFacts::WORDS {
            let holds =
                |audit, state| RootFacts { state, audit: Some(audit), now: jiff::Timestamp::UNIX_EPOCH }.hold(value);
            let standings = [RootState::Finding, RootState::Clean, RootState::NotAudited];
            assert!(standings.into_iter().any(|state| holds(&there, state) || holds(&partly, state)), "{value}");
        }
    }
}
