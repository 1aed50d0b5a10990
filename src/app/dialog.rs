//! What the stack of layers asks of its top layer. A dialog knows its own keys, fields and buttons;
//! nothing else matches on which dialog it is.

use crate::app::command_id::{CommandId, CommandInfo, DisabledReason, KeyContext};
use crate::app::draft::InEditor;
use crate::app::field::TextField;
use crate::app::filter::TypedFilter;
use crate::app::focus::{Focus, Phase, cycle};
use crate::app::form::Form;
use crate::app::ids::{RunId, WriteId};
use crate::app::key::Key;
use crate::app::list::{Motion, Scrolled};
use crate::app::model::Model;
use crate::app::msg::Geometry;
use crate::app::notification::Notification;
use crate::app::reading::Reading;
use crate::app::search::Search;
use crate::app::state::awaited::Then;
use crate::app::state::choices::{
    AskScope, AuditScope, EditTarget, ExportChoice, LinkChoice, PlanChoice, RootChoice, RootWish,
};
use crate::app::state::columns::{ChosenColumns, Column};
use crate::app::state::policies::PolicySource;
use crate::app::state::runs::{RunInProgress, RunKind};
use crate::domain::account::AccountId;
use crate::domain::aws_command::AwsCommand;
use crate::domain::change::{Change, Danger, Switch};
use crate::domain::email::EmailAddress;
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::email_plan::PlanRow;
use crate::domain::mails::CodeMail;
use crate::domain::policy_holder::{PolicyHolder, PolicyText, QueueSearch};
use crate::domain::profile::{Browser, SignIn};
use crate::domain::remote_data::ReadId;
use crate::domain::root_credentials::AuditDepth;
use crate::domain::write::WriteOutcome;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// It stays on top, or below the next one.
    Stay(Option<Next>),
    /// It closes, as with Esc.
    Close,
    Done(Option<Next>),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Next {
    /// The confirmation of a switch, and what follows once it is on.
    Turn(Switch, bool, Option<Then>),
    Confirm(Change),
    EditAccount(AccountId, EditTarget),
    /// The one-time password for the change of this account's email from the old to the new
    /// address.
    EnterCode(AccountId, String, EmailAddress),
    Results(RunId),
    PlanResults,
    Queues(AccountId, QueueSearch),
    /// The plan of marked accounts with these lines, as a pattern made them.
    ListPlan(Vec<PlanRow>),
    /// The confirmation of the plan with these lines.
    AskPlan(Vec<PlanRow>),
    /// The plan in this file is read again.
    ReadPlan(String),
    Wish(RootWish),
    /// The choices of menus.
    Toggle(Switch),
    Copy(String),
    Audit(AuditDepth, AuditScope),
    Ask(AskScope),
    Export(ExportChoice),
    Link(LinkChoice),
    Plan(PlanChoice),
    SignIn(SignIn, Browser),
    Root(RootChoice),
    /// A command that was searched for, and where.
    Run(&'static CommandInfo, KeyContext),
    GoTo(AccountId),
    /// The accounts that this filter shows, in view 1.
    FilterAccounts(String),
    /// These columns in view 1.
    Columns(ChosenColumns),
    SortBy(Column),
    /// Everything again with this profile.
    Profile(Option<String>),
    /// The policy of a bucket or queue of this account.
    Policy(AccountId, PolicyHolder),
    /// What can be done with the policy on top.
    PolicyMenu,
    /// Another policy instead of the one on top, to be looked at first.
    NewPolicy(PolicySource, PolicyText),
    Read(Notification),
    /// The reason of the change that the dialog below confirms.
    Reason(String),
    Refuse(CommandId, DisabledReason),
}

/// What a dialog has told once it was closed: no notification needs to say it any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reported {
    This(Notification),
    Findings,
    Run(RunKind),
}

/// The part of a [`Dialog`] whose struct has a `form`, and maybe a text field of this name.
macro_rules! form {
    ($($field:ident)?) => {
        fn form(&self) -> Option<&crate::app::form::Form> {
            Some(&self.form)
        }

        fn form_mut(&mut self) -> Option<&mut crate::app::form::Form> {
            Some(&mut self.form)
        }

        $(fn field_mut(&mut self) -> Option<&mut TextField> {
            Some(&mut self.$field)
        })?
    };
}
pub(in crate::app) use form;

/// A layer, as the stack sees it. Texts and lists that only show something leave most methods as
/// they are.
pub(crate) trait Dialog {
    fn place(&self) -> KeyContext {
        if self.form().is_some() { KeyContext::Dialog } else { KeyContext::Reader }
    }

    /// Its fields and buttons, if it has some.
    fn form(&self) -> Option<&Form> {
        None
    }

    fn form_mut(&mut self) -> Option<&mut Form> {
        None
    }

    fn is_typing(&self) -> bool {
        self.form().is_some_and(Form::is_in_field) && self.reading().is_none_or(|reading| reading.is_done)
    }

    /// The field that takes letters while they are text.
    fn field_mut(&mut self) -> Option<&mut TextField> {
        None
    }

    /// What can have the focus while nothing is awaited, in order.
    fn focuses(&self) -> Vec<Focus> {
        vec![Focus::Field, Focus::Cancel, Focus::Act]
    }

    /// What can have the focus now, in order.
    fn stops(&self) -> Vec<Focus> {
        match self.form() {
            Some(form) if form.waits() => vec![Focus::Cancel],
            _ => self.focuses(),
        }
    }

    /// Whether Tab takes a suggestion now.
    fn completes(&self, _model: &Model) -> bool {
        false
    }

    /// Handles a key where the focus is; whether it did anything.
    fn typed(&mut self, key: Key, model: &Model) -> bool {
        key.typed() == Some(' ') && self.answer(model)
            || self.is_typing() && self.field_mut().is_some_and(|field| field.handle(key))
    }

    /// Answers the question in focus, or takes its answer back; whether one has the focus.
    fn answer(&mut self, _model: &Model) -> bool {
        false
    }

    /// A paste never submits anything.
    fn paste(&mut self, text: &str, _model: &Model) {
        if self.is_typing()
            && let Some(field) = self.field_mut()
        {
            field.paste(text);
        }
    }

    fn move_focus(&mut self, step: isize, _model: &Model) {
        let stops = self.stops();
        if let Some(form) = self.form_mut() {
            form.focus = cycle(&stops, form.focus, step);
        }
    }

    /// What Enter does: from a field to its button; on a button, what the button says. The dialog
    /// is not in the stack meanwhile.
    fn submit(&mut self, _model: &mut Model) -> Step {
        Step::Stay(None)
    }

    /// The list to choose from, if it is one.
    fn list_mut(&mut self) -> Option<&mut dyn Scrolled> {
        None
    }

    fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        if let Some(reading) = self.reading_mut() {
            reading.go(motion, rows, lines);
        } else if let Some(list) = self.list_mut() {
            list.go(motion, rows, lines);
        } else if let Some(form) = self.form_mut() {
            form.top = motion.scroll(form.top, rows, lines);
        }
    }

    fn fit(&mut self, geometry: Geometry) {
        if let Some(list) = self.list_mut() {
            list.set_page(geometry.dialog_rows);
        } else if let Some(form) = self.form_mut() {
            form.top = form.top.min(geometry.dialog_lines.saturating_sub(geometry.dialog_rows));
        }
    }

    /// Text that must be read to its end before anything is confirmed.
    fn reading(&self) -> Option<&Reading> {
        None
    }

    fn reading_mut(&mut self) -> Option<&mut Reading> {
        None
    }

    /// Whether the focus is on a field or button that stays disabled until that text is read.
    fn focus_confirms(&self) -> bool {
        self.form().is_some_and(|form| form.focus != Focus::Cancel)
    }

    /// The search in its text.
    fn search(&self) -> Option<&Search> {
        None
    }

    fn search_mut(&mut self) -> Option<&mut Search> {
        None
    }

    /// What is typed to find something in it: the search, or the filter of its list.
    fn filter(&self) -> Option<&dyn TypedFilter> {
        self.search().map(|search| search as &dyn TypedFilter)
    }

    fn filter_mut(&mut self) -> Option<&mut dyn TypedFilter> {
        self.search_mut().map(|search| search as &mut dyn TypedFilter)
    }

    /// Its filter means something else now.
    fn filter_changed(&mut self) {}

    /// Whether a secret is typed in it, which can be shown.
    fn can_reveal(&self) -> bool {
        false
    }

    /// Whether that secret is shown.
    fn reveals(&self) -> bool {
        false
    }

    /// Shows that secret, or hides it.
    fn reveal(&mut self) {}

    /// Whether Enter takes the selected row, or leads on from a page, and if not, why not.
    fn can_choose(&self, _model: &Model) -> Result<(), DisabledReason> {
        Err(DisabledReason::NotHere)
    }

    /// Whether a click on its selected row takes it: only where that looks, or asks before anything else.
    fn click_chooses(&self) -> bool {
        false
    }

    /// What that leads to. It stays on top meanwhile.
    fn choose(&mut self, _model: &Model) -> Option<Next> {
        None
    }

    /// Whether its lines can be checked.
    fn can_check_line(&self) -> bool {
        false
    }

    /// Checks the selected line, or takes the check away.
    fn check_line(&mut self) {}

    /// Whether AWS can be asked again for what it shows.
    fn can_read_again(&self) -> Result<(), DisabledReason> {
        Err(DisabledReason::NotHere)
    }

    fn read_again(&mut self, _model: &mut Model) {}

    /// Whether what it shows can be opened in the person's editor.
    fn can_edit(&self, _model: &Model) -> Result<(), DisabledReason> {
        Err(DisabledReason::NotHere)
    }

    fn edit(&mut self, _model: &mut Model) {}

    /// Under which number it waits for the editor.
    fn edits(&self) -> Option<ReadId> {
        None
    }

    /// The text that it can open there.
    fn editing_mut(&mut self) -> Option<&mut InEditor> {
        None
    }

    /// What was opened has become this text; what follows.
    fn edited(&mut self, _text: &str, _model: &mut Model) -> Step {
        Step::Stay(None)
    }

    /// How dangerous is what it confirms; `None` where it confirms no change. A reason can be given for a change, which
    /// its form keeps.
    fn confirms(&self) -> Option<Danger> {
        None
    }

    /// The accounts of what it confirms.
    fn accounts(&self) -> Vec<AccountId> {
        Vec::new()
    }

    /// Whether it waits for the outcome of this write.
    fn sends(&self, id: WriteId) -> bool {
        self.form().is_some_and(|form| form.phase == Phase::Sending(id))
    }

    /// Handles the outcome of the write it sent: of `change`, and the state of the account's email
    /// change that AWS has reported since.
    fn answered(
        &mut self,
        _change: &Change,
        _trouble: Option<&WriteOutcome>,
        _seen: Option<EmailChangeStatus>,
    ) -> Step {
        Step::Stay(None)
    }

    /// Whether it waits until AWS shows this switch as it was set.
    fn awaits(&self, _switch: &Switch) -> bool {
        false
    }

    /// What is to follow then.
    fn then(&self) -> Option<Then> {
        None
    }

    /// Whether the outcome of this change leaves nothing to do in it.
    fn is_done_by(&self, _change: &Change) -> bool {
        false
    }

    /// Whether it waits for the end of this run.
    fn awaits_run(&self, _id: RunId) -> bool {
        false
    }

    /// The run it waits for has ended.
    fn ran(&mut self, _run: &RunInProgress, _model: &Model) {}

    /// Takes mails that were pasted, in this text; whether it has a use for them.
    fn take_mails(&mut self, _text: &str, _mails: &[CodeMail], _model: &mut Model) -> bool {
        false
    }

    /// The findings that it shows, and its first line on screen.
    fn findings(&self) -> Option<(&[i64], usize)> {
        None
    }

    /// Whether it asks for the code of an MFA device.
    fn asks_for_code(&self) -> bool {
        false
    }

    /// Whether the key of this command closes it.
    fn closed_by(&self, _command: CommandId) -> bool {
        false
    }

    /// The equivalent commands; `None` if it is about no call.
    fn commands(&self, _model: &Model) -> Option<Vec<AwsCommand>> {
        None
    }

    /// What is known has changed: what it shows of that is brought up to date. Whether anything is left to show.
    fn refresh(&mut self, _model: &Model) -> bool {
        true
    }

    /// A text in it that is worth copying more than the commands, and what is said once it was copied.
    fn text(&self, _model: &Model) -> Option<(Notification, String)> {
        None
    }

    /// What it asked for was done, and it goes.
    fn done(&mut self, _model: &mut Model) {}

    /// It was left without having done its work.
    fn closed(&mut self, _model: &mut Model) -> Option<Reported> {
        None
    }

    fn counts_down(&self) -> bool {
        false
    }
}
