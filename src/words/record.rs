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
        Refusal::ReadOnly => "rootdeck runs read-only: nothing is written".to_owned(),
        Refusal::IdentityUnconfirmed => "AWS has not confirmed yet whose credentials these are".to_owned(),
        Refusal::ManagementAccount => {
            "the primary email of the management account can only be changed by its root user, in the console"
                .to_owned()
        }
        Refusal::NoPrimaryEmails => {
            "GovCloud has no primary emails: they are those of the paired standard accounts, and are changed there"
                .to_owned()
        }
        Refusal::NoRootCredentials => {
            "nobody has access to the root users of GovCloud accounts, so there are no root credentials to manage"
                .to_owned()
        }
        Refusal::NeedsManagement => "only the management account may do this".to_owned(),
        Refusal::NotAllFeatures => "the organization does not have all features".to_owned(),
        Refusal::AlreadyDelegate(true) => "the account is a delegated administrator of it already".to_owned(),
        Refusal::AlreadyDelegate(false) => "the account is no delegated administrator of it".to_owned(),
        Refusal::ManagementAsDelegate => "the management account can't be its own delegated administrator".to_owned(),
        Refusal::HasDelegate(service, account) => {
            format!("{account} is still a delegated administrator for {service}, and has to be deregistered first")
        }
        Refusal::DelegateElsewhere(service) => {
            format!("rootdeck delegates only Account Management and IAM, not {service}")
        }
        Refusal::AlreadySo(true) => "it is on already".to_owned(),
        Refusal::AlreadySo(false) => "it is off already".to_owned(),
        Refusal::RootOfManagement => {
            "AWS opens no root session in the management account; its root user is not managed centrally".to_owned()
        }
        Refusal::CallerIsRoot => "these are root's own credentials, and root can't open root sessions".to_owned(),
        Refusal::Protected(id) => format!("{id} is protected in the configuration"),
        Refusal::DomainNotAllowed(domain) => {
            format!("the configuration does not allow the domain {domain}")
        }
        Refusal::NotActive(state) => {
            format!("the account is {}; rootdeck acts only on ACTIVE accounts", state.as_str())
        }
        Refusal::NeedsDelegation(service) => {
            format!("only the management account or the delegated administrator for {service} may do this")
        }
        Refusal::NeedsTrustedAccess(service) => format!("trusted access for {service} has to be on first"),
        Refusal::NeedsRootFeature(feature) => format!("{feature} has to be on first"),
        Refusal::UnencryptedSession => {
            "no root session over plain http to another machine, where others could read its credentials: use \
             https, or an endpoint on this machine"
                .to_owned()
        }
        Refusal::UnencryptedCode => {
            "no one-time password over plain http to another machine, where others could read it: use https, or \
             an endpoint on this machine"
                .to_owned()
        }
        Refusal::OwnConsole(service) => {
            format!("rootdeck switches trusted access only for Account Management and IAM, not {service}")
        }
    }
}

pub(crate) fn line_problem(problem: &PlanProblem) -> String {
    match problem {
        PlanProblem::Quote => "a cell goes on over a line break; is a quote not closed?".to_owned(),
        PlanProblem::Id(IdProblem::Missing) => "there is no account id".to_owned(),
        PlanProblem::Id(IdProblem::ZerosLost(text)) => format!(
            "{text} has {} of 12 digits: a spreadsheet has taken the zeros off its beginning (format the column as \
             text); with them it is {text:0>12}",
            text.len()
        ),
        PlanProblem::Id(IdProblem::Rounded(text)) => format!(
            "{text} is what a spreadsheet makes of an account id: its digits are lost, so take it from the \
             template again (and format the column as text)"
        ),
        PlanProblem::Id(IdProblem::NotDigits(text)) => format!("{text} is no account id: that has 12 digits"),
        PlanProblem::Address(problem) => email::problem(problem),
        PlanProblem::NoAccount => "the organization has no such account".to_owned(),
        PlanProblem::NotPermitted(refusal) => reason(refusal),
        PlanProblem::SameAccount(line) => format!("the account stands in line {line} already"),
        PlanProblem::SameAddress(line) => format!("the new address stands in line {line} already"),
        PlanProblem::Used(account) => format!("account {account} has this address already"),
        PlanProblem::Same => "the account has this address already".to_owned(),
        PlanProblem::OnlyCase => "it differs from the present address only in upper and lower case".to_owned(),
        PlanProblem::Pending => "this change is pending already; its one-time password was sent".to_owned(),
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
