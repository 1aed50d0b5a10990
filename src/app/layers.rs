//! The stack of dialogs and readers over the view. The top one has the focus.

use crate::app::command::KeyContext;
use crate::app::dialog::Dialog;
use crate::app::dialogs::confirm::Confirm;
use crate::app::dialogs::delegation::AskDelegate;
use crate::app::dialogs::email_change::StartEmail;
use crate::app::dialogs::enter_code::EnterOtp;
use crate::app::dialogs::find_queues::FindQueues;
use crate::app::dialogs::forget_change::ForgetChange;
use crate::app::dialogs::journal_export::ExportJournal;
use crate::app::dialogs::load_policy::LoadPolicy;
use crate::app::dialogs::mails::MailsDialog;
use crate::app::dialogs::menu::Menu;
use crate::app::dialogs::mfa_code::EnterMfaCode;
use crate::app::dialogs::open_file::OpenFile;
use crate::app::dialogs::open_session::OpenSession;
use crate::app::dialogs::palette::Palette;
use crate::app::dialogs::plan_dialog::PlanDialog;
use crate::app::dialogs::plan_template::TemplateDialog;
use crate::app::dialogs::policies::PolicyPage;
use crate::app::dialogs::profiles::ChooseProfile;
use crate::app::dialogs::reader::Reader;
use crate::app::dialogs::reason::AskReason;
use crate::app::dialogs::root_audit::AskAudit;
use crate::app::dialogs::root_deletion::DeleteDialog;
use crate::app::dialogs::session::SessionView;
use crate::app::ids::RunId;
use crate::app::notification::Notification;
use crate::app::state::choices::ResultsOf;
use crate::app::state::readiness::ManagedTable;

/// Makes the enum of the layers, one line for each.
macro_rules! layers {
    ($($(#[$doc:meta])* $name:ident($data:ty),)*) => {
        /// One layer, with its data.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Layer {
            $($(#[$doc])* $name($data),)*
        }

        impl Layer {
            /// What every layer can do.
            pub(in crate::app) fn dialog(&self) -> &dyn Dialog {
                match self {
                    $(Self::$name(data) => data,)*
                }
            }

            /// The same, to change it.
            pub(in crate::app) fn dialog_mut(&mut self) -> &mut dyn Dialog {
                match self {
                    $(Self::$name(data) => data,)*
                }
            }
        }
    };
}

layers! {
    /// The confirmation of a change.
    Confirm(Confirm),
    /// The reason of a change.
    Reason(AskReason),
    /// The first dialog of an email change.
    StartEmail(StartEmail),
    /// The second one.
    EnterOtp(EnterOtp),
    /// What this machine keeps of an email change is to be forgotten.
    ForgetChange(ForgetChange),
    /// Which file holds the mails.
    OpenFile(OpenFile),
    /// The codes of mails, matched to the open changes.
    Mails(Box<MailsDialog>),
    /// The commands of a place.
    Help(Reader<KeyContext>),
    /// An error in full.
    Notification(Reader<Notification>),
    /// A choice.
    Menu(Menu),
    /// Which account is to be a delegated administrator.
    AskDelegate(AskDelegate),
    /// The search through all commands and accounts.
    Palette(Palette),
    /// The choice of a profile.
    Profiles(ChooseProfile),
    /// The code of an MFA device.
    MfaCode(EnterMfaCode),
    /// The confirmation of an audit of several accounts.
    AskAudit(AskAudit),
    /// The deletion of root credentials.
    Delete(Box<DeleteDialog>),
    /// What came of a deletion, or of accepting email changes.
    Results(Reader<RunId>),
    /// The findings that were there when it was opened, by their numbers.
    Findings(Reader<Vec<i64>>),
    /// Which flows the policies that AWS manages allow.
    ManagedPolicies(Reader<ManagedTable>),
    /// Where to look for queues.
    FindQueues(FindQueues),
    /// Which file holds the policy to put.
    LoadPolicy(LoadPolicy),
    /// A root session that is to be opened.
    OpenSession(OpenSession),
    /// An open root session.
    Session(SessionView),
    /// A page on the way to a policy.
    Policies(PolicyPage),
    /// A bulk plan on its way to be started.
    Plan(Box<PlanDialog>),
    /// A template for a plan.
    Template(Box<TemplateDialog>),
    /// What came of a plan.
    PlanResults(Reader<ResultsOf>),
    /// Where the journal is to be saved.
    Export(ExportJournal),
}
