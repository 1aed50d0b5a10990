//! Errors that rootdeck itself reports, as sentences.

use super::keys::key;
use crate::app::command::CommandId;
use crate::domain::client_error::{
    ASKS_AGAIN, AfterLostAnswer, AnswerError, AwsConfigError, CaBundleProblem, ClientError, EditorProblem, EndlessList,
    FileProblem, IncompleteSource, LineProblem, MissingSection, PolicyFileError, ProfileProblem, QueueError,
    SectionProblem, StartProblem, StoreProblem, Work,
};
use crate::domain::policy::{NotJson, PolicyError, PolicyProblem};
use crate::domain::store_error::DatabaseProblem;
use crate::domain::text::{at_most, one_line};

/// More characters than any of these sentences has, unless a file or program says something very long.
const LONGEST: usize = 2000;

pub(crate) fn sentence(error: &ClientError) -> String {
    at_most(&one_line(&unlimited(error)), LONGEST)
}

fn unlimited(error: &ClientError) -> String {
    match error {
        ClientError::Answer(error) => answer(error),
        ClientError::AwsConfig(error) => aws_config(error),
        ClientError::CaBundle { path, named_by, problem } => {
            format!("the CA bundle {path} ({named_by}) {}", ca_bundle(problem))
        }
        ClientError::File { path, problem } => format!("{path} {}", file(problem)),
        ClientError::PolicyFile(error) => policy_file(error),
        ClientError::Store(problem) => store(problem),
        ClientError::Start(problem) => start(problem),
        ClientError::Queue(QueueError::NoName(text)) => {
            format!("\"{text}\" is not the name, URL or ARN of a queue")
        }
        ClientError::Queue(QueueError::OtherAccount { owner, account }) => {
            format!("the queue belongs to account {owner}, not to {account}")
        }
        ClientError::Editor(problem) => editor(problem),
        ClientError::EditedNotUtf8 => {
            format!(
                "the edited text is not UTF-8. Nothing was changed ({}: back to your text)",
                key(CommandId::EditText)
            )
        }
        ClientError::Interrupted(work) => interrupted(*work).to_owned(),
        ClientError::PolicyChanged => {
            "not sent: the policy has changed since it was shown. Open it and save it again".to_owned()
        }
        ClientError::FactorInUse => {
            "not attempted: the MFA device is kept until the password and the access keys are verified as deleted"
                .to_owned()
        }
        ClientError::NotSeen(note) => format!("accepted by AWS, but not shown yet ({note})"),
        ClientError::AnswerLost(AfterLostAnswer::ThisChange) => "answer lost; AWS shows the change".to_owned(),
        ClientError::AnswerLost(AfterLostAnswer::AnotherChange(status)) => {
            format!("answer lost; AWS shows a change with status {status}, started earlier or elsewhere")
        }
        ClientError::AnswerLost(AfterLostAnswer::Status(status)) => {
            format!("answer lost; AWS reports {status}")
        }
        ClientError::SessionEnded => "the root session has ended; open it again".to_owned(),
        ClientError::NotConnected => "not connected to AWS yet".to_owned(),
        ClientError::NoShell => "no shell to return to".to_owned(),
        ClientError::PlanGone => "this plan is no longer saved".to_owned(),
        ClientError::NeedsCode => "one-time password required".to_owned(),
        ClientError::NeedsRootSession => "root session required".to_owned(),
        ClientError::OnlyLoginProfileRead => "only the login profile was read".to_owned(),
    }
}

fn answer(error: &AnswerError) -> String {
    match error {
        AnswerError::Lacks(member) => format!("{member} missing in the response"),
        AnswerError::Incomplete(member) => format!("{member} in the response is incomplete"),
        AnswerError::ListsNone(member) => format!("no {member} in the response"),
        AnswerError::NotAnAccountId(text) => format!("\"{text}\" is not an account id"),
        AnswerError::Endless(why) => format!("endless list: {}", endless(*why)),
        AnswerError::NoMessage { status } => format!("HTTP status {status} without a message"),
        AnswerError::NotInTime { seconds } => format!("no answer within {seconds} seconds"),
        AnswerError::UnitCircle(unit) => format!("the organizational units form a loop at {unit}"),
        AnswerError::UnknownFeatureSet => "the response has no known feature set".to_owned(),
    }
}

fn endless(why: EndlessList) -> &'static str {
    match why {
        EndlessList::EmptyToken => "the next token is empty",
        EndlessList::RepeatedToken => "the next token is repeated",
        EndlessList::NothingNew => "the pages repeat",
        EndlessList::TooManyPages => "too many pages",
    }
}

fn aws_config(error: &AwsConfigError) -> String {
    match error {
        AwsConfigError::File { path, problem } => format!("the AWS configuration file {path} {}", file(problem)),
        AwsConfigError::Line { path, line, problem } => {
            format!("line {line} of the AWS configuration file {path} {}", line_problem(*problem))
        }
        AwsConfigError::Missing(section) => missing(section),
        AwsConfigError::HalfKeys => {
            "AWS_ACCESS_KEY_ID is set in the environment, but AWS_SECRET_ACCESS_KEY is not".to_owned()
        }
        AwsConfigError::Profile { name, problem } => format!("profile \"{name}\" {}", profile(problem)),
        AwsConfigError::Loop { profile, too_deep } => {
            let depth = too_deep.map(|depth| format!(", nested {depth} levels")).unwrap_or_default();
            format!("the credential_process of profile \"{profile}\" {ASKS_AGAIN} \"{profile}\"{depth}")
        }
        AwsConfigError::SeveralMfaRoles => "more than one role of the profile needs an MFA code".to_owned(),
        AwsConfigError::RoleWithoutSource => "the profile has a role, but no source of credentials for it".to_owned(),
        AwsConfigError::UnencryptedMfa => "the endpoint is unencrypted http on another machine: the MFA code and \
            the role's credentials could be read"
            .to_owned(),
        AwsConfigError::NeedsMfaCode(serial) => format!("the role requires an MFA code from {serial}"),
    }
}

fn missing(section: &MissingSection) -> String {
    let MissingSection { kind, name, skipped } = section;
    match skipped {
        Some(skipped) => format!(
            "{kind} \"{name}\" cannot be used: line {} of {}, {}, {}",
            skipped.line,
            skipped.path,
            skipped.header,
            section_problem(skipped.problem)
        ),
        None => format!("{kind} \"{name}\" is not in the AWS configuration files"),
    }
}

fn section_problem(problem: SectionProblem) -> &'static str {
    match problem {
        SectionProblem::ProfileWord => "has a profile name with the prefix profile, which is for the config file only",
        SectionProblem::NoProfileWord => "has no prefix profile before the name",
        SectionProblem::UnquotedBlanks => "has a name with spaces that is not in quotes",
        SectionProblem::OpenQuote => "has an unclosed quote",
    }
}

fn line_problem(problem: LineProblem) -> &'static str {
    match problem {
        LineProblem::NestedWithoutEquals => "is indented below a property without a value and has no \"=\"",
        LineProblem::NoSection => "is in no section, such as [default]",
        LineProblem::NoEquals => "has no \"=\"",
        LineProblem::NoKey => "has no key before the \"=\"",
        LineProblem::NoBracket => "has no \"]\"",
    }
}

fn profile(problem: &ProfileProblem) -> String {
    match problem {
        ProfileProblem::Lacks { source, settings, in_session } => {
            let source = match source {
                IncompleteSource::WebIdentity => "assumes a role with a token from a file",
                IncompleteSource::Keys => "has access keys",
                IncompleteSource::IdentityCenter => "uses IAM Identity Center",
            };
            let own = (!settings.is_empty()).then(|| settings.join(" and "));
            let session = in_session
                .as_ref()
                .map(|(name, settings)| format!("{} (in its sso-session \"{name}\")", settings.join(" and ")));
            let all: Vec<String> = own.into_iter().chain(session).collect();
            format!("{source} but has no {}", all.join(" and "))
        }
        ProfileProblem::NoRoleSource => "has a role but no source_profile or credential_source".to_owned(),
        ProfileProblem::Source(source) => {
            format!("takes its credentials from \"{}\": {}", source.name, missing(source))
        }
        ProfileProblem::SsoSession(session) => format!("uses IAM Identity Center: {}", missing(session)),
        ProfileProblem::NoCredentials => "has no source of credentials. Unlike the AWS CLI, rootdeck uses container \
            or instance credentials only if no profile is named"
            .to_owned(),
    }
}

fn ca_bundle(problem: &CaBundleProblem) -> String {
    match problem {
        CaBundleProblem::File(problem) => file(problem),
        CaBundleProblem::Damaged(error) => format!("is damaged: {error}"),
        CaBundleProblem::NotACertificate(error) => format!("contains an invalid certificate: {error}"),
        CaBundleProblem::Empty => "contains no certificate".to_owned(),
    }
}

/// What is wrong with a file, to come after its name.
pub(crate) fn file(problem: &FileProblem) -> String {
    match problem {
        FileProblem::NotFound => "cannot be used: the file or its folder does not exist".to_owned(),
        FileProblem::Exists => "already exists; nothing is overwritten".to_owned(),
        FileProblem::NotAResultFile => {
            "already exists and is not a result file of rootdeck; it is not overwritten".to_owned()
        }
        FileProblem::NotPermitted => "cannot be used: permission denied".to_owned(),
        FileProblem::DiskFull => "cannot be written: the disk is full".to_owned(),
        FileProblem::NotRegular => "is not a regular file".to_owned(),
        FileProblem::Pipe => "is a pipe, not a regular file".to_owned(),
        FileProblem::Shared => "is a folder shared by all users".to_owned(),
        FileProblem::TooLarge { bytes } => {
            const MIB: u64 = 1024 * 1024;
            let largest =
                if bytes.is_multiple_of(MIB) { format!("{} MiB", bytes / MIB) } else { format!("{bytes} bytes") };
            format!("is larger than {largest}")
        }
        FileProblem::NotUtf8 => "is not UTF-8 text".to_owned(),
        FileProblem::NoMails => "contains no mail with a one-time password".to_owned(),
        FileProblem::NoPlan(why) | FileProblem::System(why) => format!("cannot be used: {why}"),
    }
}

fn policy_file(error: &PolicyFileError) -> String {
    match error {
        PolicyFileError::NoFolder => "no folder to save the policy in".to_owned(),
        PolicyFileError::NotJson(why) => format!("not valid JSON: {}", not_json(why)),
        PolicyFileError::NoStatements => "not a policy: no \"Statement\"".to_owned(),
        PolicyFileError::NoObject => "not a policy: not a JSON object".to_owned(),
    }
}

/// The exit code of a shell that finds no such program.
const NO_SUCH_PROGRAM: i32 = 127;

fn editor(problem: &EditorProblem) -> String {
    let EditorProblem { editor, is_named, exit_code, has_draft } = problem;
    let why = match exit_code {
        Some(NO_SUCH_PROGRAM) if *is_named => format!("the editor {editor} was not found: set VISUAL or EDITOR"),
        Some(NO_SUCH_PROGRAM) => format!("VISUAL and EDITOR are not set, and {editor} was not found: set one of them"),
        Some(code) => format!("the editor {editor} ended with exit code {code}"),
        None => format!("the editor {editor} was stopped"),
    };
    if *has_draft {
        format!("{why}. Nothing was changed ({}: back to your text)", key(CommandId::EditText))
    } else {
        format!("{why}. Nothing was changed")
    }
}

fn not_json(why: &NotJson) -> String {
    match why {
        NotJson::ByteOrderMark => "it starts with a byte order mark: save it as UTF-8 without one".to_owned(),
        NotJson::Empty => "it is empty".to_owned(),
        NotJson::Comment { line } => format!("line {line} has a comment, which JSON does not allow"),
        NotJson::TrailingComma { line } => format!("line {line} has a trailing comma"),
        NotJson::Quotes { line } => format!("line {line} has quotes that are not \""),
        NotJson::Other(words) => words.clone(),
    }
}

/// Why a text is no policy that can be judged.
pub(crate) fn policy(error: &PolicyError) -> String {
    match error {
        PolicyError::NotJson(why) => format!("not valid JSON: {}", not_json(why)),
        PolicyError::NotAPolicy { statement: Some(number), problem } => {
            format!("statement {number} {}", policy_problem(problem))
        }
        PolicyError::NotAPolicy { statement: None, problem } => format!("the policy {}", policy_problem(problem)),
    }
}

fn policy_problem(problem: &PolicyProblem) -> String {
    match problem {
        PolicyProblem::NotAnObject => "is not an object".to_owned(),
        PolicyProblem::Lacks("Action") => "has neither Action nor NotAction".to_owned(),
        PolicyProblem::Lacks(name) => format!("has no {name}"),
        PolicyProblem::NotText(name) => format!("has a {name} that is not text"),
        PolicyProblem::UnknownVersion => "has an unknown Version".to_owned(),
        PolicyProblem::UnknownElement(name) => format!("has an unknown element: {name}"),
        PolicyProblem::StatementKind => "has a Statement that is neither an object nor a list".to_owned(),
        PolicyProblem::NoEffect => "has no Effect of Allow or Deny".to_owned(),
        PolicyProblem::ListsNothing(name) => format!("has an empty {name}"),
        PolicyProblem::Both(these, all_but) => format!("has both {these} and {all_but}"),
        PolicyProblem::PrincipalKind(name) => format!("has a {name} that is neither * nor an object"),
        PolicyProblem::ConditionNotAnObject => "has a Condition that is not an object".to_owned(),
        PolicyProblem::OperatorNotAnObject(operator) => format!("has a Condition whose {operator} is not an object"),
        PolicyProblem::ConditionValue(key) => {
            format!("has a Condition whose {key} is neither text, number nor boolean")
        }
    }
}

fn store(problem: &StoreProblem) -> String {
    match problem {
        StoreProblem::Database { meaning: Some(meaning), error } => {
            format!("The store could not be used: {} ({error}).", database(*meaning))
        }
        StoreProblem::Database { meaning: None, error } => format!("The store could not be used: {error}."),
        StoreProblem::Closed(why) => format!("No store: {why}"),
        StoreProblem::NoEntry(id) => format!("The journal has no entry {id}."),
        StoreProblem::IntentionAsOutcome => "An intention is not a valid outcome of a journal entry.".to_owned(),
        StoreProblem::NotBound => "Nothing can be recorded until AWS reports the organization.".to_owned(),
        StoreProblem::BindingFailed => {
            "The store could not be linked to the organization, so it is not used.".to_owned()
        }
    }
}

/// What an error of the database means, and what to do about it.
pub(crate) fn database(problem: DatabaseProblem) -> &'static str {
    match problem {
        DatabaseProblem::Busy => "another rootdeck is writing to the store; try again",
        DatabaseProblem::DiskFull => "the disk with the store is full; free up space and try again",
        DatabaseProblem::ReadOnly => "the store is read-only; check the permissions of its file and folder",
        DatabaseProblem::CannotOpen => "the store cannot be opened; check the permissions of its file and folder",
        DatabaseProblem::Io => "the store could not be read or written; its disk may be full, over quota, or damaged",
        DatabaseProblem::Damaged => "the store's file is damaged; move it away and restart rootdeck",
    }
}

fn start(problem: &StartProblem) -> String {
    match problem {
        StartProblem::EarlierMayExist(status) => {
            format!("an earlier start may have succeeded: AWS reports {status}")
        }
        StartProblem::SentElsewhere => {
            "another rootdeck is sending the same change, outcome unknown yet; nothing was sent here".to_owned()
        }
        StartProblem::AlreadyAccepted => "this change was already accepted; nothing was sent".to_owned(),
        StartProblem::AlreadyPending(since) => {
            format!("this change is already pending since {since:.0}; nothing was sent")
        }
    }
}

fn interrupted(work: Work) -> &'static str {
    match work {
        Work::Write => "the write was interrupted; check the state in AWS",
        Work::Account => "interrupted in this account; check the state in AWS",
        Work::Journal => "the journal could not be written",
        Work::Records => "the records could not be used",
        Work::CaBundle => "reading the CA bundle was interrupted",
    }
}
