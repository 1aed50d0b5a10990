//! Short messages above the footer: good and neutral ones fade, bad ones stay until read.

use std::path::PathBuf;

use crate::app::command_id::{CommandId, DisabledReason, KeyContext};
use crate::app::effect::TextUse;
use crate::app::state::runs::{RunKind, RunSummary};
use crate::domain::account::AccountId;
use crate::domain::account_change::AccountChange;
use crate::domain::api_error::ApiError;
use crate::domain::change::{Change, Switch};
use crate::domain::console_link::ConsolePage;
use crate::domain::email::EmailAddress;
use crate::domain::export::ExportForm;
use crate::domain::finding::FindingsSummary;
use crate::domain::flow::Flow;
use crate::domain::policy_holder::PolicyHolder;
use crate::domain::profile::CredentialSource;
use crate::domain::resolution::Resolution;
use crate::domain::root_change::RootChange;
use crate::domain::root_session::SessionKey;
use crate::domain::trusted_access::ServicePrincipal;
use crate::domain::write::WriteOutcome;

/// What a dialog lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// A box that confirms something.
    Check,
    /// A new address that may be sent.
    Address,
    /// A whole one-time password.
    Code,
    Account,
    File,
    /// A file name that says what is written.
    FileType,
    /// A domain that addresses can have.
    Domain,
    CredentialType,
    /// How long a session lasts.
    Duration,
    /// Regions or a queue.
    Queue,
    /// A pattern that gives each account an address.
    Pattern,
    /// A line of a plan.
    Line,
    /// A reason that is short enough.
    ShorterReason,
}

/// What happened; `words` makes the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Notification {
    SwitchSeen(Switch, bool),
    /// AWS accepted a switch and has not shown it for three minutes.
    SwitchNotSeen(Switch, bool),
    OpenChanges(usize),
    /// AWS accepted it; whether AWS shows it.
    AccountChanged(AccountId, Box<AccountChange>, bool),
    /// So many recoveries should be closed by now.
    ExpiredRecoveries(usize),
    OtpSent(AccountId, EmailAddress),
    EmailAccepted(AccountId),
    EmailCompleted(AccountId, String),
    /// AWS shows another primary email, and no change from here was to set it.
    EmailChangedElsewhere(AccountId, String),
    EmailFailed(AccountId),
    AddressKept(AccountId),
    Forgotten(AccountId),
    /// Mails with one-time passwords were pasted where they are not used.
    MailsElsewhere,
    NoMails,
    /// A change was not started because it is pending already.
    AlreadyPending(AccountId, EmailAddress),
    /// A paste holds a code, but nothing shows that it is for an open change.
    UnrelatedCode,
    SeveralCodes,
    /// A one-time password was pasted without its mail, and fits several changes or none.
    BareCode,
    MailsChanged,
    MailCopied,
    Refreshing,
    Copied(String),
    /// So many rows of a view.
    RowsCopied(usize, ExportForm),
    LinkOpened(ConsolePage),
    Unavailable(CommandId, DisabledReason),
    /// The command that was chosen in the palette works at this place.
    WorksThere(CommandId, KeyContext),
    NoCommand,
    NotTyped(String),
    /// The button that was pressed, or that Enter leads to, is disabled for lack of this.
    Missing(Missing),
    /// A key without a meaning in a dialog.
    NoDialogCommand,
    /// Nothing can be confirmed before the end of the text has been on screen.
    ReadFirst,
    ReadFailed(ApiError),
    /// A write failed, or its outcome is unknown, after its dialog was closed.
    WriteTrouble(Change, WriteOutcome),
    Local(ApiError),
    /// What is wrong with how the program was started, as a sentence.
    Warning(String),
    /// An audit of these accounts has started; so many were skipped.
    AuditStarted(Vec<AccountId>, usize),
    RunEnded(RunSummary),
    RootSeen(AccountId, RootChange),
    /// It was so already (verified).
    RootAlready(AccountId, RootChange),
    /// AWS accepted it, and it could not be verified.
    RootNotSeen(AccountId, RootChange),
    /// AWS accepted it; the result could not be read.
    RootUnread(AccountId, RootChange, ApiError),
    /// AWS accepted it and does not show it yet; it is checked again for a while.
    PolicyAwaited(AccountId, RootChange),
    PolicySeen(AccountId, RootChange),
    /// AWS accepted it and has not shown it for a minute.
    PolicyNotSeen(AccountId, RootChange),
    PolicySaved(PolicyHolder, PathBuf),
    PolicyCopied(PolicyHolder),
    /// The editor was closed, and the text is as it was.
    NothingEdited,
    FlowPolicyCopied(Flow),
    SessionOpened(SessionKey),
    SessionEnded(SessionKey),
    ExportsCopied(SessionKey),
    ShellEnded(SessionKey),
    /// AWS shows that an account is a delegated administrator of a service, or no longer is.
    DelegationSeen(AccountId, ServicePrincipal, bool),
    /// AWS accepted that, and does not show it yet.
    DelegationNotSeen(AccountId, ServicePrincipal, bool),
    /// A command works on this account only; so many others are marked.
    NotTheMarked(CommandId, AccountId, usize),
    /// So many plans are unfinished, with so many changes left.
    OpenPlans(usize, usize),
    ShortCode,
    /// So many open root sessions were closed because the profile or the caller changed.
    SessionsLetGo(usize),
    /// The profile in use needs no sign-in; its credentials come from here.
    NoSignIn(CredentialSource),
    /// Nothing more of a plan is started, for a reason that applies to all that is left.
    PlanHalted(ApiError),
    PlanChanged,
    FileSaved(TextUse, PathBuf),
    Findings(FindingsSummary),
    /// So many changes of earlier sessions have an unknown outcome.
    CutOff(usize),
    Resolved(Box<Resolution>),
    /// What became of this entry, which a person asked for.
    EntryResolved(i64, Box<Resolution>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Good,
    Neutral,
    Bad,
}

impl Notification {
    /// Whether it says why a key did nothing. Dialogs show that themselves.
    pub(crate) fn answers_a_key(&self) -> bool {
        matches!(
            self,
            Self::Unavailable(..)
                | Self::NoCommand
                | Self::NotTyped(_)
                | Self::Missing(_)
                | Self::NoDialogCommand
                | Self::ReadFirst
                | Self::ShortCode
                | Self::MailsChanged
                | Self::PlanChanged
        )
    }

    /// Whether it comes by itself and needs no action: errors are shown before it.
    pub(crate) fn is_routine(&self) -> bool {
        match self {
            Self::OpenChanges(_) | Self::OpenPlans(..) | Self::CutOff(_) | Self::Resolved(_) | Self::Findings(_) => {
                self.tone() == Tone::Neutral
            }
            Self::RunEnded(summary) => summary.kind == RunKind::AskEmailChanges,
            _ => false,
        }
    }

    pub(crate) fn tone(&self) -> Tone {
        match self {
            Self::SwitchSeen(..)
            | Self::AccountChanged(_, _, true)
            | Self::EmailCompleted(..)
            | Self::RootSeen(..)
            | Self::RootAlready(..)
            | Self::PolicySeen(..)
            | Self::PolicySaved(..)
            | Self::FileSaved(..)
            | Self::DelegationSeen(..) => Tone::Good,
            Self::OpenChanges(_)
            | Self::AccountChanged(_, _, false)
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
            | Self::RowsCopied(..)
            | Self::LinkOpened(_)
            | Self::Unavailable(..)
            | Self::AuditStarted(..)
            | Self::NoCommand
            | Self::NotTheMarked(..)
            | Self::WorksThere(..)
            | Self::NotTyped(_)
            | Self::Missing(_)
            | Self::NoDialogCommand
            | Self::ReadFirst
            | Self::PolicyAwaited(..)
            | Self::PolicyCopied(_)
            | Self::NothingEdited
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
            | Self::ExpiredRecoveries(_)
            | Self::Findings(_)
            | Self::SwitchNotSeen(..)
            | Self::EmailFailed(_)
            | Self::EmailChangedElsewhere(..)
            | Self::ReadFailed(_)
            | Self::WriteTrouble(..)
            | Self::Local(_)
            | Self::Warning(_)
            | Self::PlanHalted(_)
            | Self::RootNotSeen(..)
            | Self::RootUnread(..)
            | Self::PolicyNotSeen(..) => Tone::Bad,
        }
    }
}
