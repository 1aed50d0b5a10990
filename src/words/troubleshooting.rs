//! The page docs/troubleshooting.md: every cause of a failure, from the table that the program goes by.

use std::collections::BTreeSet;

use super::api_error::short;
use super::cause::{cause, fix};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::aws_command::CallerOptions;
use crate::domain::cause::Cause;
use crate::domain::cause::table::Case;

const TITLE: &str = "# Troubleshooting

<!-- Generated from src/domain/cause and src/words/cause.rs: UPDATE_DOCS=1 cargo test --locked --lib troubleshooting -->

An error has four parts on screen and in the subcommands: what failed, AWS's code and message, the cause, and the fix. Where
a value could not be read, a table shows two or three words, which are the headings below. The details show the whole error.

`AccessDenied` stands for `AccessDeniedException` and `UnauthorizedOperation`, too. Operations are in parentheses where
the same answer has another cause elsewhere; the first row that fits counts. `ACTION` stands for the operation that
failed, such as `iam:GetUser`. Keys are the default ones. Commands are for the default profile: rootdeck shows them with
your profile, region and endpoint.
";
const HEAD: &str = "| AWS's code and message | Cause | Fix |\n|---|---|---|\n";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Credentials,
    Network,
    Permissions,
    Organization,
    RootAccess,
    Values,
    Aws,
    Here,
}

const SECTIONS: [(Section, &str); 8] = [
    (Section::Credentials, "Credentials and clock"),
    (Section::Network, "Network and proxies"),
    (Section::Permissions, "Permissions"),
    (Section::Organization, "Organization and trusted access"),
    (Section::RootAccess, "Root sessions"),
    (Section::Values, "Values and states"),
    (Section::Aws, "AWS"),
    (Section::Here, "This machine"),
];

fn section(kind: ApiErrorKind) -> Section {
    use ApiErrorKind as K;
    match kind {
        K::NoCredentials
        | K::ExpiredCredentials
        | K::InvalidCredentials
        | K::Configuration
        | K::CredentialLoop
        | K::MfaCodeNeeded => Section::Credentials,
        K::Unreachable | K::ConnectionLost | K::Timeout | K::Unreadable | K::NotFromAws => Section::Network,
        K::AccessDenied | K::DeniedByScp => Section::Permissions,
        K::TrustedAccessOff
        | K::NotManagementOrDelegated
        | K::NotManagement
        | K::NotInOrganization
        | K::NotAllFeatures
        | K::DelegateExists => Section::Organization,
        K::AssumeRootDenied | K::RootFeatureOff(_) | K::UnknownOperation | K::WrongRegion => Section::RootAccess,
        K::AlreadyExists | K::Conflict | K::Invalid | K::NotFound | K::NoEmailChange => Section::Values,
        K::Throttled | K::Service | K::Other => Section::Aws,
        K::Local | K::NotPermitted => Section::Here,
    }
}

/// What AWS gave no code for, or the SDK knows as throttling: kind, operation, the code of AWS or nothing, words of the
/// message, what is shown for both.
const WITHOUT_ROW: &[(ApiErrorKind, &str, &str, &str, &str)] = {
    use ApiErrorKind as K;
    &[
        (K::NoCredentials, "sts:GetCallerIdentity", "", "", "no response"),
        (K::NoCredentials, "sts:GetCallerIdentity", "", "external process", "no response"),
        (K::ExpiredCredentials, "sso:GetRoleCredentials", "", "", "sso:GetRoleCredentials failed"),
        (K::ExpiredCredentials, "signin:CreateOAuth2Token", "", "", "signin:CreateOAuth2Token failed"),
        (K::Configuration, "sts:GetCallerIdentity", "", "", "no response"),
        (K::CredentialLoop, "sts:GetCallerIdentity", "", "", "no response"),
        (K::MfaCodeNeeded, "sts:AssumeRole", "", "", "no response"),
        (K::Unreachable, "sts:GetCallerIdentity", "", "dns error", "\"dns error\""),
        (K::Unreachable, "sts:GetCallerIdentity", "", "refused", "\"connection refused\""),
        (K::Unreachable, "sts:GetCallerIdentity", "", "proxy", "\"proxy\" or \"tunnel\""),
        (K::Unreachable, "sts:GetCallerIdentity", "", "certificate", "\"certificate\""),
        (K::Unreachable, "sts:GetCallerIdentity", "", "fatal alert: ProtocolVersion", "\"ProtocolVersion\""),
        (K::Unreachable, "sts:GetCallerIdentity", "", "corrupt message", "\"corrupt message\""),
        (K::Unreachable, "sts:GetCallerIdentity", "", "", "no response"),
        (K::ConnectionLost, "sts:GetCallerIdentity", "", "", "no response"),
        (K::Timeout, "sts:GetCallerIdentity", "", "", "no response"),
        (K::Unreadable, "sts:GetCallerIdentity", "", "", "an invalid response"),
        (K::NotFromAws, "sts:GetCallerIdentity", "", "", "a response without AWS's marks"),
        (
            K::Throttled,
            "sts:GetCallerIdentity",
            "",
            "",
            "`TooManyRequestsException`, `Throttling`, `ThrottlingException`, `SlowDown`, `RequestThrottled`, HTTP 429",
        ),
        (K::Other, "sts:GetCallerIdentity", "Unknown", "", "any other code"),
        (K::Other, "sts:GetCallerIdentity", "", "", "no code"),
        (K::Local, "rootdeck:store", "", "", "nothing was sent"),
        (K::Local, "rootdeck:sign-in", "", "", "nothing was sent"),
        (K::NotPermitted, "rootdeck:permit", "", "", "nothing was sent"),
    ]
};

struct Row {
    kind: ApiErrorKind,
    cause: Cause,
    answer: String,
}

fn rows() -> Vec<Row> {
    let from_table = Case::all().iter().map(|case| Row { kind: case.kind, cause: case.cause, answer: answer(case) });
    let others = WITHOUT_ROW.iter().map(|(kind, operation, code, message, shown)| {
        let code = (!code.is_empty()).then(|| (*code).to_owned());
        let error = ApiError { code, ..ApiError::new(operation, *kind, message) };
        Row { kind: *kind, cause: Cause::of(&error), answer: (*shown).to_owned() }
    });
    let mut rows: Vec<Row> = Vec::new();
    for row in from_table.chain(others) {
        let same = |known: &&mut Row| short(known.kind) == short(row.kind) && known.cause == row.cause;
        match rows.iter_mut().find(same) {
            Some(known) if known.answer == row.answer => {}
            Some(known) => known.answer = format!("{}; {}", known.answer, row.answer),
            None => rows.push(row),
        }
    }
    rows
}

fn answer(case: &Case) -> String {
    let shown = if case.codes().first() == Some(&"AccessDenied") { &["AccessDenied"] } else { case.codes() };
    let codes: Vec<_> = shown.iter().map(|code| format!("`{code}`")).collect();
    let words: Vec<_> = case.words().iter().map(|words| format!("\"{}\"", words.trim())).collect();
    let mut parts = vec![codes.join(", ")];
    parts.extend((!case.reasons().is_empty()).then(|| format!("`{}`", case.reasons())));
    parts.extend((!words.is_empty()).then(|| words.join(" and ")));
    parts.retain(|part| !part.is_empty());
    let operations: Vec<_> = case.operations().iter().map(|start| format!("`{start}*`")).collect();
    let at = if operations.is_empty() { String::new() } else { format!(" ({})", operations.join(", ")) };
    parts.join(": ") + &at
}

pub(crate) fn page() -> String {
    let rows = rows();
    let mut parts = vec![TITLE.to_owned()];
    for (section_id, title) in SECTIONS {
        parts.push(format!("\n## {title}\n"));
        let of_section: Vec<&Row> = rows.iter().filter(|row| section(row.kind) == section_id).collect();
        let mut headings: Vec<&str> = of_section.iter().map(|row| short(row.kind)).collect();
        let mut seen = BTreeSet::new();
        headings.retain(|heading| seen.insert(*heading));
        for heading in headings {
            parts.push(format!("\n### {heading}\n{HEAD}"));
            parts.extend(of_section.iter().filter(|row| short(row.kind) == heading).map(|row| line(row)));
        }
    }
    parts.concat()
}

fn line(row: &Row) -> String {
    let error = ApiError::new("ACTION", row.kind, "");
    let fix = fix(row.cause, &error, Some(&CallerOptions::default()));
    let cells = [row.answer.as_str(), cause(row.cause), fix.as_str()].map(|cell| cell.replace('|', "\\|"));
    format!("| {} |\n", cells.join(" | "))
}

#[test]
fn the_page_about_troubleshooting_has_every_cause() {
    let source = include_str!("../domain/cause/known.rs");
    let (_, variants) = source.split_once("pub(crate) enum Cause {\n").expect("the causes");
    let (variants, _) = variants.split_once("\n}").expect("their end");
    let variants = variants.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    let all: BTreeSet<&str> = variants.filter_map(|line| line.split([',', '(']).next()).collect();
    let name = |row: Row| format!("{:?}", row.cause).split('(').next().unwrap_or_default().to_owned();
    let shown: BTreeSet<String> = rows().into_iter().map(name).collect();
    assert!(all.len() > 50, "{all:?}");
    assert_eq!(all.into_iter().filter(|cause| !shown.contains(*cause)).collect::<Vec<_>>(), [""; 0]);
}
