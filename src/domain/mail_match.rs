//! Which open email change each mail with a one-time password belongs to.

use jiff::Timestamp;

use super::account::{Account, AccountId};
use super::emails::{ChangeState, Emails};
use super::mails::{CodeMail, newest};
use super::permit::Refusal;
use super::run::Acceptance;

/// A mail whose code is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LeftMail {
    /// The address it was sent to verify.
    pub(crate) address: String,
    pub(crate) account: Option<AccountId>,
    pub(crate) why: MailProblem,
}

/// Why the code of a mail is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MailProblem {
    /// No change to this address is known here.
    NoChange,
    /// No change to this address is known here, and one of the account it names was started elsewhere.
    StartedElsewhere,
    /// Several accounts have an open change to this address, and the mail names none of them.
    SeveralAccounts,
    /// Several mails to this address hold different codes, and nothing shows which is the newest.
    SeveralCodes,
    Older,
    /// A later change of the account, to another address, has a mail as well.
    Superseded,
    /// Its 24 hours are over.
    Expired,
    Accepted,
    Over,
    NotListed,
    InProgress,
    Refused(Refusal),
}

/// What mails are matched with.
#[derive(Clone, Copy)]
pub(crate) struct MailGround<'a> {
    pub(crate) emails: &'a Emails,
    pub(crate) now: Timestamp,
    pub(crate) account: &'a dyn Fn(AccountId) -> Option<&'a Account>,
    /// Why the change of a mail is not accepted now.
    pub(crate) problem: &'a dyn Fn(&Acceptance) -> Option<MailProblem>,
}

/// Whose change a mail is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Nobody,
    One(AccountId),
    Several,
}

impl MailGround<'_> {
    /// What can be accepted, one change for each account, and the mails whose codes are not used.
    pub(crate) fn sort(&self, mails: &[CodeMail]) -> (Vec<Acceptance>, Vec<LeftMail>) {
        let (mut found, mut left): (Vec<(Acceptance, Timestamp)>, Vec<LeftMail>) = (Vec::new(), Vec::new());
        let mut groups: Vec<(Target, Vec<&CodeMail>)> = Vec::new();
        for mail in mails {
            let target = self.target_of(mail);
            let same = groups.iter_mut().find(|(other, group)| {
                *other == target && group.iter().any(|one| one.address.eq_ignore_ascii_case(&mail.address))
            });
            match same {
                Some((_, group)) => group.push(mail),
                None => groups.push((target, vec![mail])),
            }
        }
        for (target, group) in groups {
            let Some(first) = group.first() else { continue };
            let account = if let Target::One(account) = target { Some(account) } else { first.account };
            let leave = |why| LeftMail { address: first.address.clone(), account, why };
            match newest(&group) {
                None => left.push(leave(MailProblem::SeveralCodes)),
                Some(mail) => match self.match_mail(target, mail) {
                    Ok(one) => {
                        found.push(one);
                        left.extend((group.len() > 1).then(|| leave(MailProblem::Older)));
                    }
                    Err(why) => left.push(leave(why)),
                },
            }
        }
        // AWS has one change per account: the one started last.
        let (kept, superseded): (Vec<_>, Vec<_>) = found.iter().cloned().partition(|(item, at)| {
            !found.iter().any(|(other, later)| other.account.id == item.account.id && later > at)
        });
        left.extend(superseded.into_iter().map(|(item, _)| LeftMail {
            address: item.new.to_string(),
            account: Some(item.account.id),
            why: MailProblem::Superseded,
        }));
        (kept.into_iter().map(|(item, _)| item).collect(), left)
    }

    fn target_of(&self, mail: &CodeMail) -> Target {
        let all = |open: bool| -> Vec<AccountId> {
            let changes = self.emails.iter().filter(|(_, facts)| {
                if open {
                    facts.open_to(&mail.address).is_some()
                } else {
                    facts.started.as_ref().is_some_and(|started| started.new.same_mailbox(&mail.address))
                }
            });
            changes.map(|(id, _)| id).collect()
        };
        let open = all(true);
        let known = if open.is_empty() { all(false) } else { open };
        match (mail.account, known.as_slice()) {
            (Some(named), known) if known.contains(&named) => Target::One(named),
            (Some(_), _) | (None, []) => Target::Nobody,
            (None, [one]) => Target::One(*one),
            (None, _) => Target::Several,
        }
    }

    /// The acceptance with the code of this mail, and when its change was started.
    fn match_mail(&self, target: Target, mail: &CodeMail) -> Result<(Acceptance, Timestamp), MailProblem> {
        let id = match target {
            Target::Several => return Err(MailProblem::SeveralAccounts),
            Target::One(id) => id,
            Target::Nobody => {
                let elsewhere = mail.account.map(|account| self.emails.state(account, self.now));
                let elsewhere = elsewhere == Some(ChangeState::AddressUnknown);
                return Err(if elsewhere { MailProblem::StartedElsewhere } else { MailProblem::NoChange });
            }
        };
        let facts = self.emails.get(id).ok_or(MailProblem::NoChange)?;
        let change = facts.open_to(&mail.address).ok_or(MailProblem::Over)?;
        match facts.state(self.now) {
            ChangeState::Accepted => return Err(MailProblem::Accepted),
            ChangeState::Completed | ChangeState::Failed | ChangeState::Quiet => {
                return Err(MailProblem::Over);
            }
            _ if change.is_expired(self.now) => return Err(MailProblem::Expired),
            _ => {}
        }
        let account = (self.account)(id).ok_or(MailProblem::NotListed)?.clone();
        let item = Acceptance { account, new: change.new.clone(), otp: mail.otp.clone() };
        match (self.problem)(&item) {
            Some(problem) => Err(problem),
            None => Ok((item, change.started)),
        }
    }
}
