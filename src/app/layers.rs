//! The stack of dialogs and readers over the view. The top one has the focus.

use crate::app::command_id::KeyContext;
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

/// Makes the enum of layers, one line for each.
macro_rules! layers {
    ($($(#[$doc:meta])* $name:ident($data:ty),)*) => {
        #[derive(Clone, Debug, PartialEq)]
        pub enum Layer {
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

layers! {
    Confirm(Confirm),
    /// The reason of a change.
    Reason(AskReason),
    StartEmail(StartEmail),
    EnterOtp(EnterOtp),
    ForgetChange(ForgetChange),
    OpenFile(OpenFile),
    Mails(Box<MailsDialog>),
    Help(Reader<KeyContext>),
    Notification(Reader<Notification>),
    Menu(Menu),
    AskDelegate(AskDelegate),
    Palette(Palette),
    Profiles(ChooseProfile),
    MfaCode(EnterMfaCode),
    AskAudit(AskAudit),
    Delete(Box<DeleteDialog>),
    Results(Reader<RunId>),
    Findings(Reader<Vec<i64>>),
    ManagedPolicies(Reader<ManagedTable>),
    FindQueues(FindQueues),
    LoadPolicy(LoadPolicy),
    OpenSession(OpenSession),
    Session(SessionView),
    Policies(PolicyPage),
    Plan(Box<PlanDialog>),
    Template(Box<TemplateDialog>),
    PlanResults(Reader<ResultsOf>),
    Export(ExportJournal),
}
