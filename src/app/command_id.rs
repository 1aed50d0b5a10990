//! What commands are called, where their keys are looked up, and why one can't run.

use crate::app::key::Key;
use crate::app::view::ViewId;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::change::Switch;
use crate::domain::permit::Refusal;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommandId {
    Up,
    Down,
    PageUp,
    PageDown,
    HalfPageUp,
    HalfPageDown,
    First,
    Last,
    Open,
    ChangeEmail,
    EnterOtp,
    OpenChange,
    SendAgain,
    NameAddress,
    ForgetChange,
    AskMenu,
    ReadMails,
    CopyMail,
    Verify,
    Contacts,
    OpenRoot,
    Audit,
    AuditMenu,
    DeleteCredentials,
    Results,
    BulkPlan,
    PlanTemplate,
    PauseRun,
    StopRun,
    Mark,
    MarkRange,
    MarkShown,
    InvertMarks,
    ClearMarks,
    UndoMarks,
    Toggle,
    Delegate,
    RootTasks,
    RootSessions,
    LeftOpen,
    ReadPageAgain,
    OpenEntry,
    ResolveEntry,
    CopyRequestId,
    CopyLookup,
    OpenConsole,
    Export,
    Filter,
    Find,
    FindNext,
    FindPrevious,
    Sort,
    ReverseSort,
    ChooseColumns,
    BrowseUnits,
    CheckLine,
    EditText,
    CheckLocks,
    CopyMenu,
    Refresh,
    ChooseProfile,
    NextOrganization,
    SignIn,
    NextPane,
    PreviousPane,
    ViewAccounts,
    ViewEmailChanges,
    ViewRootAccess,
    ViewOrganization,
    OpenSwitch,
    OpenFlow,
    Remedy,
    CopyPolicy,
    ManagedPolicies,
    ExplainScps,
    ViewReadiness,
    ViewJournal,
    ViewMailbox,
    ReadNotice,
    Findings,
    Acknowledge,
    Palette,
    Help,
    Back,
    Quit,
    QuitNow,
    Suspend,
    Redraw,
    FilterKeep,
    FilterClear,
    Choose,
    DialogNext,
    DialogPrevious,
    DialogAct,
    DialogClose,
    DialogCopy,
    DialogReveal,
    DialogReason,
}

impl CommandId {
    /// The command that leads to a view.
    pub(crate) fn showing(view: ViewId) -> Self {
        match view {
            ViewId::Accounts => Self::ViewAccounts,
            ViewId::EmailChanges => Self::ViewEmailChanges,
            ViewId::RootAccess => Self::ViewRootAccess,
            ViewId::Organization => Self::ViewOrganization,
            ViewId::Readiness => Self::ViewReadiness,
            ViewId::Journal => Self::ViewJournal,
            ViewId::Mailbox => Self::ViewMailbox,
        }
    }

    /// Its name in the configuration: `view-accounts`.
    pub fn name(self) -> String {
        let mut name = String::new();
        for c in format!("{self:?}").chars() {
            if c.is_ascii_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.push(c.to_ascii_lowercase());
        }
        name
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyContext {
    Accounts,
    Details,
    Switches,
    EmailChanges,
    RootAccess,
    Organization,
    Readiness,
    Journal,
    Mailbox,
    Filter,
    Dialog,
    /// A text to read or a list to choose from, over the view.
    Reader,
}

/// What a command is called and where its keys mean it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CommandInfo {
    pub id: CommandId,
    /// Two or three words, for footer and palette.
    pub title: &'static str,
    /// A sentence, for the help.
    pub help: &'static str,
    pub default_keys: &'static [Key],
    pub places: &'static [KeyContext],
    /// Its rank in the footer: the lowest stay longest; 0 is never shown there.
    pub footer: u8,
}

impl CommandInfo {
    /// Where it is gone to from `place`: there, if it works there; else to the first view that has it.
    /// `None` where it works in dialogs, texts or filters only.
    pub fn place_from(&self, place: KeyContext) -> Option<KeyContext> {
        if self.places.contains(&place) {
            return Some(place);
        }
        self.places
            .iter()
            .copied()
            .find(|place| !matches!(place, KeyContext::Filter | KeyContext::Dialog | KeyContext::Reader))
    }

    /// Whether it works even where nothing else does: while quitting, on a screen too small.
    pub fn is_basic(&self) -> bool {
        matches!(self.id, CommandId::QuitNow | CommandId::Suspend | CommandId::Redraw)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DisabledReason {
    NothingSelected,
    NotReadYet,
    /// What it works on could not be read, for this kind of reason.
    Unread(ApiErrorKind),
    Refusal(Refusal),
    NothingPending,
    /// An email change is pending that was not started from here: its address is not known.
    AddressUnknown,
    /// The same in the view where it can be entered.
    AddressUnknownHere,
    /// The email change was started from here, and its address was forgotten.
    AddressForgotten,
    AddressForgottenHere,
    Expired,
    ReadingOnly,
    NothingToRead,
    DemoOnly,
    /// The accounts of the demo have no page in AWS's console.
    DemoAccount,
    /// The console of this partition is not known.
    NoConsole,
    /// Outside the demo the command would act on another organization.
    DemoCommand,
    Asked,
    NotHere,
    InProgress,
    NoCode,
    /// A switch has to be on first, and why the caller can't turn it on.
    Gate(Switch, Box<DisabledReason>),
    NoSession,
    NothingLeftOpen,
    NoPolicy,
    /// A text that AWS would refuse as a policy.
    NotAPolicy,
    NotSaved,
    SavedAlready,
    /// What would be put is there already.
    SamePolicy,
    /// Without its only statement a policy is none.
    OnlyStatement,
    /// There is no row to choose.
    EmptyList,
    /// A run over accounts is in progress, and there is one at a time.
    RunInProgress,
    NoProfile,
    /// A write is on its way to AWS, whatever it is about.
    WriteInProgress,
    NoRun,
    NothingMarked,
    /// The marks have not changed yet.
    NothingToUndo,
    /// More marked accounts are hidden by the filter than a question can name.
    HiddenMarks(usize),
    /// Accounts of another organization are marked, which is called so.
    MarksElsewhere(usize, String),
    /// There is one organization.
    OneOrganization,
    /// The profiles are named at the start.
    SeveralOrganizations,
    NoDeletion,
    NoFindings,
    NotReadToItsEnd,
    NothingAccepted,
    /// No change of the account waits for an address that is not known.
    AddressKnown,
    NothingKept,
    NotListed,
    NoMail,
    NoEntry,
    NothingToExport,
    NoRequestId,
    /// The trail of a member account has the event, which these credentials can't ask.
    MemberTrail,
    KnownEnd,
    /// No change of this program opens the flow further.
    NoFixHere,
}
