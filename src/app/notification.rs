//! Short news above the footer: good and neutral ones fade, bad ones stay until read.

use std::path::PathBuf;

use crate::app::command::{CommandId, DisabledReason, KeyContext};
use crate::app::effect::TextUse;
use crate::app::state::runs::{RunKind, RunSummary};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::change::{Change, Switch};
use crate::domain::email::EmailAddress;
use crate::domain::finding::FindingsSummary;
use crate::domain::flow::Flow;
use crate::domain::policy_holder::PolicyHolder;
use crate::domain::profile::CredentialSource;
use crate::domain::resolution::Resolution;
use crate::domain::root_change::RootChange;
use crate::domain::root_session::SessionKey;
use crate::domain::trusted_access::ServicePrincipal;
use crate::domain::write::WriteOutcome;

/// What happened; `words` makes the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notification {
    /// AWS shows the switch as it was set.
    SwitchSeen(Switch, bool),
    /// AWS took a switch and has not shown it for three minutes.
    SwitchNotSeen(Switch, bool),
    /// So many email changes that were started from here are not over.
    OpenChanges(usize),
    /// A one-time password is on its way.
    OtpSent(AccountId, EmailAddress),
    /// AWS accepted the one-time password.
    EmailAccepted(AccountId),
    /// AWS shows the new primary email.
    EmailCompleted(AccountId, String),
    /// AWS shows another primary email, which no change from here was to bring.
    EmailChangedElsewhere(AccountId, String),
    /// AWS says that the change failed.
    EmailFailed(AccountId),
    /// The address of a change that was started elsewhere is kept.
    AddressKept(AccountId),
    /// What this machine kept of the changes of an account is forgotten.
    Forgotten(AccountId),
    /// Mails with one-time passwords were pasted where they have no meaning.
    MailsElsewhere,
    /// What was pasted holds no one-time password.
    NoMails,
    /// A change was not started, since it is pending already.
    AlreadyPending(AccountId, EmailAddress),
    /// A paste holds a code, and does not say that it is for an open change.
    UnrelatedCode,
    /// A paste holds several codes for one change.
    SeveralCodes,
    /// A one-time password was pasted without its mail, and could be that of several changes or none.
    BareCode,
    /// What the mails match is not what was shown any more.
    MailsChanged,
    /// A mail of the demo was put on the clipboard.
    MailCopied,
    /// Everything is being read again.
    Refreshing,
    /// Put on the clipboard.
    Copied(String),
    /// A command can't run now.
    Unavailable(CommandId, DisabledReason),
    /// Where a command works, which `:` has led to.
    WorksThere(CommandId, KeyContext),
    /// No command has this key here.
    NoCommand,
    /// What has to be typed to confirm was not, or not so.
    NotTyped(String),
    /// The end of a text was not on screen yet, so nothing in it can be confirmed.
    ReadFirst,
    /// A read failed.
    ReadFailed(ApiError),
    /// A write did not end well, after its dialog was closed.
    WriteTrouble(Change, WriteOutcome),
    /// Something about this machine.
    Local(ApiError),
    /// An audit of these accounts has begun; so many were left out.
    AuditStarted(Vec<AccountId>, usize),
    /// A run has ended.
    RunEnded(RunSummary),
    /// AWS shows what a change inside a member account was to bring about.
    RootSeen(AccountId, RootChange),
    /// It was so already, and AWS shows it.
    RootAlready(AccountId, RootChange),
    /// AWS took it, and it was not seen to be so.
    RootNotSeen(AccountId, RootChange),
    /// AWS took it; what became of it could not be read.
    RootUnread(AccountId, RootChange, ApiError),
    /// AWS took it and does not show it yet; it is asked again for a while.
    PolicyAwaited(AccountId, RootChange),
    /// AWS shows the policy as it was set, after a while.
    PolicySeen(AccountId, RootChange),
    /// AWS took it and has not shown it for a minute.
    PolicyNotSeen(AccountId, RootChange),
    /// A policy lies in a file.
    PolicySaved(PolicyHolder, PathBuf),
    /// A policy was put on the clipboard.
    PolicyCopied(PolicyHolder),
    /// The least-privilege policy of a flow is on the clipboard.
    FlowPolicyCopied(Flow),
    /// A root session is in hand.
    SessionOpened(SessionKey),
    /// A root session has ended.
    SessionEnded(SessionKey),
    /// The credentials of a root session are on the clipboard.
    ExportsCopied(SessionKey),
    /// The shell that had a root session has ended.
    ShellEnded(SessionKey),
    /// AWS shows that an account is a delegated administrator of a service, or is one no more.
    DelegationSeen(AccountId, ServicePrincipal, bool),
    /// AWS took that, and does not show it yet.
    DelegationNotSeen(AccountId, ServicePrincipal, bool),
    /// A command works on this account only; so many others are marked.
    NotTheMarked(CommandId, AccountId, usize),
    /// So many plans are not finished, with so many changes left.
    OpenPlans(usize, usize),
    /// The code of an MFA device is not whole yet.
    ShortCode,
    /// So many root sessions in hand went with the profile or the person that opened them.
    SessionsLetGo(usize),
    /// Nobody signs in for the profile in use; this is where its credentials come from.
    NoSignIn(CredentialSource),
    /// Nothing more of a plan is begun, for a reason that holds for all that is left.
    PlanHalted(ApiError),
    /// What was about to be confirmed is not so any more.
    PlanChanged,
    /// A text lies in a file that a person has named.
    FileSaved(TextUse, PathBuf),
    /// Listings showed something to be otherwise than before.
    Findings(FindingsSummary),
    /// So many changes of earlier sessions have no known end.
    CutOff(usize),
    /// What was found out about those.
    Resolved(Box<Resolution>),
    /// What was found out about the entry of this number, which a person asked for.
    EntryResolved(i64, Box<Resolution>),
}

/// How a notice is to be felt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Good,
    /// For information.
    Neutral,
    /// Something is wrong; stays until read.
    Bad,
}

impl Notification {
    /// Whether it says why a key did nothing. A dialog shows that itself.
    #[must_use]
    pub fn answers_a_key(&self) -> bool {
        matches!(
            self,
            Self::Unavailable(..)
                | Self::NoCommand
                | Self::NotTyped(_)
                | Self::ReadFirst
                | Self::ShortCode
                | Self::MailsChanged
                | Self::PlanChanged
        )
    }

    /// Whether it comes by itself and says nothing that has to be done: what is wrong is shown before it.
    #[must_use]
    pub fn is_routine(&self) -> bool {
        match self {
            Self::OpenChanges(_) | Self::OpenPlans(..) | Self::CutOff(_) | Self::Resolved(_) | Self::Findings(_) => {
                self.tone() == Tone::Neutral
            }
            Self::RunEnded(summary) => summary.kind == RunKind::AskEmailChanges,
            _ => false,
        }
    }

    /// How it is to be felt.
    #[must_use]
    pub fn tone(&self) -> Tone {
        match self {
            Self::SwitchSeen(..)
            | Self::EmailCompleted(..)
            | Self::RootSeen(..)
            | Self::RootAlready(..)
            | Self::PolicySeen(..)
            | Self::PolicySaved(..)
            | Self::FileSaved(..)
            | Self::DelegationSeen(..) => Tone::Good,
            Self::OpenChanges(_)
            | Self::CutOff(_)
            | Self::Resolved(_)
            | Self::EntryResolved(..)
            | Self::OpenPlans(..)
            | Self::PlanChanged
            | Self::NoSignIn(_)
            | Self::ShortCode
            | Self::SessionsLetGo(_)
            | Self::OtpSent(..)
            | Self::EmailAccepted(_)
            | Self::AddressKept(_)
            | Self::Forgotten(_)
            | Self::NoMails
            | Self::AlreadyPending(..)
            | Self::UnrelatedCode
            | Self::SeveralCodes
            | Self::MailsElsewhere
            | Self::BareCode
            | Self::MailsChanged
            | Self::MailCopied
            | Self::Refreshing
            | Self::Copied(_)
            | Self::Unavailable(..)
            | Self::AuditStarted(..)
            | Self::NoCommand
            | Self::NotTheMarked(..)
            | Self::WorksThere(..)
            | Self::NotTyped(_)
            | Self::ReadFirst
            | Self::PolicyAwaited(..)
            | Self::PolicyCopied(_)
            | Self::FlowPolicyCopied(_)
            | Self::SessionOpened(_)
            | Self::SessionEnded(_)
            | Self::ExportsCopied(_)
            | Self::ShellEnded(_) => Tone::Neutral,
            Self::Findings(summary) if summary.changed_by_others == 0 => Tone::Neutral,
            Self::RunEnded(summary) if !summary.kind.is_writing() => Tone::Neutral,
            Self::RunEnded(summary) if summary.failed == 0 && summary.done == summary.total => Tone::Good,
            Self::RunEnded(_)
            | Self::DelegationNotSeen(..)
            | Self::Findings(_)
            | Self::SwitchNotSeen(..)
            | Self::EmailFailed(_)
            | Self::EmailChangedElsewhere(..)
            | Self::ReadFailed(_)
            | Self::WriteTrouble(..)
            | Self::Local(_)
            | Self::PlanHalted(_)
            | Self::RootNotSeen(..)
            | Self::RootUnread(..)
            | Self::PolicyNotSeen(..) => Tone::Bad,
        }
    }
}
