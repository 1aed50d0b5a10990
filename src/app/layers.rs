//! The stack of dialogs and readers over the view. The top one has the focus.

use std::path::PathBuf;

use crate::app::command_id::KeyContext;
use crate::app::dialog::Dialog;
use crate::app::dialogs::account_edit::EditAccount;
use crate::app::dialogs::columns::ChooseColumns;
use crate::app::dialogs::confirm::Confirm;
use crate::app::dialogs::delegation::AskDelegate;
use crate::app::dialogs::email_change::StartEmail;
use crate::app::dialogs::enter_code::EnterOtp;
use crate::app::dialogs::find_queues::FindQueues;
use crate::app::dialogs::forget_change::ForgetChange;
use crate::app::dialogs::holders::Holders;
use crate::app::dialogs::mails::MailsDialog;
use crate::app::dialogs::menu::Menu;
use crate::app::dialogs::mfa_code::EnterMfaCode;
use crate::app::dialogs::new_policy::NewPolicy;
use crate::app::dialogs::open_session::OpenSession;
use crate::app::dialogs::palette::Palette;
use crate::app::dialogs::path::{PathDialog, PathPurpose};
use crate::app::dialogs::plan_dialog::PlanDialog;
use crate::app::dialogs::plan_list::PlanList;
use crate::app::dialogs::policies::{PolicyPage, PolicyView};
use crate::app::dialogs::profiles::ChooseProfile;
use crate::app::dialogs::reader::{ControlsOf, Reader};
use crate::app::dialogs::reason::AskReason;
use crate::app::dialogs::root_audit::AskAudit;
use crate::app::dialogs::root_deletion::DeleteDialog;
use crate::app::dialogs::session::SessionView;
use crate::app::dialogs::units::BrowseUnits;
use crate::app::focus::{Focus, Phase};
use crate::app::ids::RunId;
use crate::app::notification::Notification;
use crate::app::state::choices::{
    AskScope, AuditScope, ContactChoice, ExportChoice, LinkChoice, PlanChoice, ResultsOf, RootChoice, TextKind,
};
use crate::app::state::columns::Column;
use crate::app::state::policies::PolicySource;
use crate::app::state::readiness::ManagedTable;
use crate::domain::api_error::ApiError;
use crate::domain::change::Switch;
use crate::domain::policy_holder::PolicyText;
use crate::domain::profile::{Browser, SignIn};
use crate::domain::remote_data::ReadId;
use crate::domain::root_credentials::AuditDepth;
use crate::domain::write::WriteOutcome;

macro_rules! layers {
    ($($(#[$doc:meta])* $name:ident($data:ty),)*) => {
        #[derive(Clone, Debug, PartialEq)]
        pub(crate) enum Layer {
            $($(#[$doc])* $name($data),)*
        }

        impl Layer {
            pub(in crate::app) fn dialog(&self) -> &dyn Dialog {
                match self {
                    $(Self::$name(data) => data,)*
                }
            }

            pub(in crate::app) fn dialog_mut(&mut self) -> &mut dyn Dialog {
                match self {
                    $(Self::$name(data) => data,)*
                }
            }
        }
    };
}

impl Layer {
    pub(in crate::app) fn waits_for(&self, id: ReadId) -> bool {
        self.dialog().form().is_some_and(|form| form.phase == Phase::Asked(id))
    }

    pub(in crate::app) fn policy_view(&self) -> Option<&PolicyView> {
        match self {
            Self::Policies(PolicyPage::Policy(view)) => Some(view),
            _ => None,
        }
    }

    pub(in crate::app) fn policy_view_mut(&mut self) -> Option<&mut PolicyView> {
        match self {
            Self::Policies(PolicyPage::Policy(view)) => Some(view),
            _ => None,
        }
    }

    pub(in crate::app) fn holders(&self) -> Option<&Holders> {
        match self {
            Self::Policies(PolicyPage::Holders(holders)) => Some(holders),
            _ => None,
        }
    }

    pub(in crate::app) fn holders_mut(&mut self) -> Option<&mut Holders> {
        match self {
            Self::Policies(PolicyPage::Holders(holders)) => Some(holders),
            _ => None,
        }
    }

    /// What the policy in a file would replace, where this asks for the file.
    pub(in crate::app) fn file_page(&self, path: PathBuf, text: PolicyText) -> Option<PolicyPage> {
        let Self::Path(PathDialog { purpose: PathPurpose::Policy { account, holder, present, .. }, .. }) = self else {
            return None;
        };
        let source = PolicySource::File(path);
        Some(PolicyPage::New(NewPolicy::new(*account, holder.clone(), source, text, present.clone())))
    }

    /// The answer was no good: it asks again.
    pub(in crate::app) fn failed(&mut self, error: ApiError) {
        if let Self::Path(dialog) = self
            && dialog.asks_to_replace(&error)
        {
            return;
        }
        let first = self.dialog().focuses().first().copied();
        if let Some(form) = self.dialog_mut().form_mut() {
            form.ended(WriteOutcome::Failed(error), first.unwrap_or(Focus::Cancel));
        }
    }
}

layers! {
    Confirm(Confirm),
    /// The contacts and the name of an account.
    Contacts(Menu<ContactChoice>),
    EditAccount(EditAccount),
    Reason(AskReason),
    StartEmail(StartEmail),
    EnterOtp(EnterOtp),
    ForgetChange(ForgetChange),
    Path(PathDialog),
    Mails(Box<MailsDialog>),
    Help(Reader<KeyContext>),
    Notification(Reader<Notification>),
    /// Which switch to turn.
    Switches(Menu<Switch>),
    /// Which text of an account to copy.
    Copy(Menu<(TextKind, String)>),
    AuditMenu(Menu<(AuditDepth, AuditScope)>),
    /// Of which accounts AWS is asked where their email changes stand.
    AskMenu(Menu<AskScope>),
    ExportMenu(Menu<ExportChoice>),
    ConsoleMenu(Menu<LinkChoice>),
    Plans(Menu<PlanChoice>),
    SignIn(Menu<(SignIn, Browser)>),
    RootMenu(Menu<RootChoice>),
    /// The column to sort by.
    SortMenu(Menu<Column>),
    Columns(ChooseColumns),
    Units(BrowseUnits),
    AskDelegate(AskDelegate),
    Palette(Palette),
    Profiles(ChooseProfile),
    MfaCode(EnterMfaCode),
    AskAudit(AskAudit),
    Delete(Box<DeleteDialog>),
    Results(Reader<RunId>),
    Findings(Reader<Vec<i64>>),
    ManagedPolicies(Reader<ManagedTable>),
    Controls(Reader<ControlsOf>),
    FindQueues(FindQueues),
    OpenSession(OpenSession),
    Session(SessionView),
    Policies(PolicyPage),
    Plan(Box<PlanDialog>),
    PlanList(Box<PlanList>),
    PlanResults(Reader<ResultsOf>),
}
