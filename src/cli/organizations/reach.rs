//! What of several organizations a command is about.

use crate::cli::arguments::{
    AccountsCommand, AuditCommand, BucketPolicy, Contacts, Credentials, Delegates, Email, Features, FindingsCommand,
    Plans, QueuePolicy, Recovery, Scp, Subcommand, Trust, WhichAccounts,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// None of them.
    Nothing,
    /// Each of them, side by side.
    Each,
    /// The same by what this machine keeps, without a call.
    Kept,
    /// Each that has some of these accounts, side by side.
    Listed(Vec<String>),
    /// The one that has these accounts.
    Accounts(Vec<String>),
    /// One as a whole, or what is kept of it: which one must be said.
    One,
}

pub(super) fn reach(command: &Subcommand) -> Reach {
    match command {
        Subcommand::Status(_) => Reach::Each,
        Subcommand::Accounts(wanted) => match &wanted.command {
            Some(AccountsCommand::Show(wanted)) => one(&wanted.account),
            Some(AccountsCommand::Rename(wanted)) => one(&wanted.account),
            Some(AccountsCommand::List(_)) | None => Reach::Each,
        },
        Subcommand::Findings(wanted) => match &wanted.command {
            Some(FindingsCommand::Acknowledge(_)) => Reach::One,
            Some(FindingsCommand::List(_)) | None => Reach::Kept,
        },
        Subcommand::Audit(wanted) => match &wanted.command {
            Some(AuditCommand::History(wanted)) => one(&wanted.account),
            None => match wanted.audit.accounts.which() {
                WhichAccounts::All => Reach::Each,
                WhichAccounts::Named(texts) => Reach::Listed(texts),
            },
        },
        Subcommand::Session(wanted) => one(&wanted.account),
        Subcommand::Credentials(Credentials::Delete(wanted)) => of(&wanted.accounts),
        Subcommand::Recovery(wanted) => match wanted {
            Recovery::Allow(wanted) => of(&wanted.accounts),
            Recovery::Close(wanted) if wanted.expired => Reach::One,
            Recovery::Close(wanted) => of(&wanted.accounts),
            Recovery::List { .. } => Reach::Kept,
        },
        Subcommand::S3Policy(wanted) => match wanted {
            BucketPolicy::List(wanted) => listed(&wanted.accounts),
            BucketPolicy::Show(wanted) => one(&wanted.of.account),
            BucketPolicy::Delete(wanted) => one(&wanted.of.account),
            BucketPolicy::Put(wanted) => one(&wanted.of.account),
        },
        Subcommand::SqsPolicy(wanted) => match wanted {
            QueuePolicy::List(wanted) => listed(&wanted.accounts),
            QueuePolicy::Show(wanted) => one(&wanted.of.account),
            QueuePolicy::Delete(wanted) => one(&wanted.of.account),
            QueuePolicy::Put(wanted) => one(&wanted.of.account),
        },
        Subcommand::Email(wanted) => of_email(wanted),
        Subcommand::Contacts(wanted) => match wanted {
            Contacts::List(wanted) if wanted.accounts.is_empty() => Reach::Each,
            Contacts::List(wanted) => listed(&wanted.accounts),
            Contacts::Show(wanted) => one(&wanted.account),
            Contacts::Set(wanted) => of(&wanted.of.accounts),
            Contacts::SetPrimary(wanted) => of(&wanted.of.accounts),
            Contacts::Delete(wanted) => of(&wanted.of.accounts),
            Contacts::Plan(_) => Reach::One,
        },
        Subcommand::Scp(Scp::Explain(wanted)) => one(&wanted.account),
        Subcommand::Trust(Trust::List(_)) | Subcommand::Features(Features::List(_)) => Reach::Each,
        Subcommand::DelegatedAdmins(Delegates::List(_)) => Reach::Each,
        Subcommand::Report(_) | Subcommand::Trust(_) | Subcommand::Features(_) | Subcommand::DelegatedAdmins(_) => {
            Reach::One
        }
        Subcommand::Journal(_) => Reach::Kept,
        Subcommand::Purge(_)
        | Subcommand::Policy(_)
        | Subcommand::Emulator(_)
        | Subcommand::Keys
        | Subcommand::Schema(_)
        | Subcommand::Config(_)
        | Subcommand::Completions(_)
        | Subcommand::Man(_) => Reach::Nothing,
    }
}

fn of_email(wanted: &Email) -> Reach {
    match wanted {
        Email::Show(wanted) => listed(&wanted.accounts),
        Email::Status(wanted) if wanted.all || wanted.accounts.is_empty() => Reach::Each,
        Email::Status(wanted) => listed(&wanted.accounts),
        Email::Start(wanted) => one(&wanted.account),
        Email::Accept(wanted) => wanted.account.as_deref().map_or(Reach::One, one),
        Email::Resend(wanted) => one(&wanted.account),
        Email::Forget(wanted) => one(&wanted.account),
        Email::Plans(Plans::List(_)) => Reach::Each,
        Email::Plans(_) | Email::Plan(_) | Email::Resume(_) | Email::Template(_) => Reach::One,
    }
}

fn one(account: &str) -> Reach {
    Reach::Accounts(vec![account.to_owned()])
}

fn is_all(texts: &[String]) -> bool {
    matches!(texts, [all] if all.eq_ignore_ascii_case("all"))
}

/// Of a command that only reads.
fn listed(texts: &[String]) -> Reach {
    if is_all(texts) { Reach::Each } else { Reach::Listed(texts.to_vec()) }
}

/// Of a command that changes something: not in all accounts of all organizations.
fn of(texts: &[String]) -> Reach {
    if is_all(texts) { Reach::One } else { Reach::Accounts(texts.to_vec()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::Arguments;

    fn of_words(words: &str) -> Reach {
        let words = format!("rootdeck {words}");
        let command = Arguments::read(words.split(' ')).expect("a command line").command;
        reach(&command.expect("a command"))
    }

    #[test]
    fn what_lists_is_about_each_and_what_changes_about_one() {
        for words in ["accounts", "status", "audit", "audit all", "contacts list", "email status", "email plans list"] {
            assert_eq!(of_words(words), Reach::Each, "{words}");
        }
        for words in ["journal", "findings", "recovery list"] {
            assert_eq!(of_words(words), Reach::Kept, "{words}");
        }
        for words in ["trust enable iam.amazonaws.com", "report", "credentials delete all", "email plan x.csv"] {
            assert_eq!(of_words(words), Reach::One, "{words}");
        }
        let named = || vec!["a".to_owned(), "b".to_owned()];
        assert_eq!(of_words("audit a b"), Reach::Listed(named()));
        assert_eq!(of_words("contacts delete --type security a b"), Reach::Accounts(named()));
        assert_eq!(of_words("keys"), Reach::Nothing);
    }
}
