//! What is kept as data and shown as a sentence.

use super::{client_error, email};
use crate::domain::client_error::ClientError;
use crate::domain::email_plan::{IdProblem, PlanProblem};
use crate::domain::permit::Refusal;

const OURS: &str = "rootdeck: ";

/// A note or message that was kept. Words of AWS, and what older versions of rootdeck wrote, are shown as they are.
pub(crate) fn note(kept: &str) -> String {
    match kept.strip_prefix(OURS) {
        Some(record) => format!("{OURS}{}", message(record)),
        None => message(kept),
    }
}

/// The same without the mark of our own notes.
pub(crate) fn message(kept: &str) -> String {
    let refusal = || serde_json::from_str::<Refusal>(kept).ok().map(|refusal| reason(&refusal));
    let problem = || serde_json::from_str::<PlanProblem>(kept).ok().map(|problem| line_problem(&problem));
    let client = || ClientError::from_record(kept).map(|error| client_error::sentence(&error));
    refusal().or_else(problem).or_else(client).unwrap_or_else(|| kept.to_owned())
}

#[cfg(test)]
impl crate::domain::api_error::ApiError {
    /// Its message as a person reads it.
    pub(crate) fn sentence(&self) -> String {
        message(&self.message)
    }
}

/// Why rootdeck itself does not do something, and nothing of what can be done about it now.
pub(crate) fn reason(refusal: &Refusal) -> String {
    match refusal {
        Refusal::ReadOnly => "read-only mode: nothing is written".to_owned(),
        Refusal::IdentityUnconfirmed => "the caller identity is not confirmed by AWS yet".to_owned(),
        Refusal::ManagementAccount => {
            "only the root user of the management account can change its primary email, in the console".to_owned()
        }
        Refusal::OnlyByItself => {
            "only the management account changes its own contacts and name: use its credentials".to_owned()
        }
        Refusal::NoPrimaryEmails => {
            "GovCloud accounts have no primary email: change it in the paired standard account".to_owned()
        }
        Refusal::NoRootCredentials => {
            "root users of GovCloud accounts are not accessible, so there are no root credentials to manage".to_owned()
        }
        Refusal::NeedsManagement => "management account only".to_owned(),
        Refusal::NotAllFeatures => "the organization does not have all features enabled".to_owned(),
        Refusal::AlreadyDelegate(true) => {
            "the account is already a delegated administrator for this service".to_owned()
        }
        Refusal::AlreadyDelegate(false) => "the account is not a delegated administrator for this service".to_owned(),
        Refusal::ManagementAsDelegate => "the management account cannot be its own delegated administrator".to_owned(),
        Refusal::HasDelegate(service, account) => {
            format!("deregister {account} first: it is a delegated administrator for {service}")
        }
        Refusal::DelegateElsewhere(service) => {
            format!(
                "the delegated administrators for {service} are managed in its own console (rootdeck: only \
                Account Management and IAM)"
            )
        }
        Refusal::AlreadySo(true) => "already enabled".to_owned(),
        Refusal::AlreadySo(false) => "already disabled".to_owned(),
        Refusal::RootOfManagement => "AWS opens no root sessions in the management account".to_owned(),
        Refusal::CallerIsRoot => "root cannot open root sessions: use credentials of a user or role".to_owned(),
        Refusal::Protected(id) => format!("{id} is protected in the configuration"),
        Refusal::DomainNotAllowed(domain) => {
            format!("domain {domain} is not allowed by the configuration")
        }
        Refusal::NotActive(state) => {
            format!("the account is {} (rootdeck acts only on ACTIVE accounts)", state.as_str())
        }
        Refusal::NeedsDelegation(service) => {
            format!("management account or delegated administrator for {service} only")
        }
        Refusal::NeedsTrustedAccess(service) => format!("trusted access for {service} is off"),
        Refusal::NeedsRootFeature(feature) => format!("{feature} is off"),
        Refusal::UnencryptedSession => {
            "no root session over unencrypted http to another machine, its credentials could be read: use https or \
             a local endpoint"
                .to_owned()
        }
        Refusal::UnencryptedCode => {
            "no one-time password over unencrypted http to another machine, it could be read: use https or a local \
             endpoint"
                .to_owned()
        }
        Refusal::NeedsReason => "the configuration requires a reason or ticket".to_owned(),
        Refusal::OwnConsole(service) => {
            format!("{service} is managed in its own console (rootdeck: only Account Management and IAM)")
        }
    }
}

pub(crate) fn line_problem(problem: &PlanProblem) -> String {
    match problem {
        PlanProblem::Quote => {
            "a cell contains a line break, or cells are missing: probably an unclosed quote".to_owned()
        }
        PlanProblem::Id(IdProblem::Missing) => "account id missing".to_owned(),
        PlanProblem::Id(IdProblem::ZerosLost(text)) => format!(
            "{text} has {} of 12 digits: a spreadsheet removed the leading zeros. Write {text:0>12} (format the \
             column as text)",
            text.len()
        ),
        PlanProblem::Id(IdProblem::Rounded(text)) => format!(
            "{text} is an account id damaged by a spreadsheet: copy it from the template again (format the column \
             as text)"
        ),
        PlanProblem::Id(IdProblem::NotDigits(text)) => format!("{text} is not an account id (12 digits)"),
        PlanProblem::Address(problem) => email::problem(problem),
        PlanProblem::NoAccount => "no such account in the organization".to_owned(),
        PlanProblem::NotPermitted(refusal) => reason(refusal),
        PlanProblem::SameAccount(line) => format!("duplicate account, see line {line}"),
        PlanProblem::SameAddress(line) => format!("duplicate new address, see line {line}"),
        PlanProblem::Used(account) => format!("account {account} already has this address"),
        PlanProblem::Same => "the account already has this address".to_owned(),
        PlanProblem::OnlyCase => "differs from the current address only in upper and lower case".to_owned(),
        PlanProblem::Pending => "this change is already pending, its one-time password was sent".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::trusted_access::ServicePrincipal;

    #[test]
    fn a_result_file_and_the_filter_of_the_journal_have_the_sentence() {
        use crate::domain::email_plan::{PlanItem, results};
        let new = crate::domain::email::EmailAddress::parse("new@example.com").expect("an address");
        let mut item = PlanItem::waiting(2, "444455556666".parse().expect("an id"), "old@example.com", new);
        for problem in [PlanProblem::Pending, PlanProblem::NotPermitted(Refusal::ReadOnly)] {
            item.message = Some(problem.record());
            let text = results(&[item.clone()], message);
            assert!(text.contains(&line_problem(&problem)), "{text}");
            assert!(!text.contains("not-permitted") && !text.contains("\"\"\""), "{text}");
        }
    }

    #[test]
    fn what_is_kept_as_data_is_shown_as_a_sentence_and_anything_else_as_it_is() {
        let account = "444455556666".parse().expect("an id");
        for refusal in [
            Refusal::NeedsManagement,
            Refusal::Protected(account),
            Refusal::AlreadySo(true),
            Refusal::NeedsTrustedAccess(ServicePrincipal::iam()),
            Refusal::NotActive(crate::domain::account::AccountState::Suspended),
            Refusal::DomainNotAllowed("corp.example".into()),
        ] {
            assert_eq!(note(&format!("{OURS}{}", refusal.record())), format!("{OURS}{}", reason(&refusal)));
            assert_eq!(message(&PlanProblem::NotPermitted(refusal.clone()).record()), reason(&refusal));
        }
        assert_eq!(message(&PlanProblem::Pending.record()), line_problem(&PlanProblem::Pending));
        for kept in ["rootdeck: the configuration protects this account", "The account is suspended.", ""] {
            assert_eq!(note(kept), kept);
        }
    }
}
