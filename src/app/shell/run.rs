use crate::app::command::Command;
use crate::app::command_id::{CommandId, KeyContext};
use crate::app::dialogs::menu::Menu;
use crate::app::dialogs::path::{PathDialog, PathPurpose};
use crate::app::dialogs::reader::Reader;
use crate::app::effect::Effect;
use crate::app::layers::Layer;
use crate::app::list::Motion;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::state::choices::{ResultsOf, RootWish, TextKind};
use crate::app::state::elsewhere::Turn;
use crate::app::state::organization::switches;
use crate::app::state::runs::RunKind;
use crate::app::view::{Pane, ViewId};
use crate::domain::account::AccountId;
use crate::domain::root_credentials::AuditDepth;

impl App {
    pub(in crate::app) fn run_if_available(&mut self, command: &Command) {
        match (command.available)(self) {
            Ok(()) => self.run(command),
            Err(why) => self.refuse(command.id, why),
        }
    }

    pub(in crate::app) fn run(&mut self, command: &Command) {
        use CommandId as C;
        match command.id {
            C::Up => self.go(Motion::Rows(-1)),
            C::Down => self.go(Motion::Rows(1)),
            C::PageUp => self.go(Motion::Pages(-1)),
            C::PageDown => self.go(Motion::Pages(1)),
            C::HalfPageUp => self.go(Motion::HalfPages(-1)),
            C::HalfPageDown => self.go(Motion::HalfPages(1)),
            C::First => self.go(Motion::First),
            C::Last => self.go(Motion::Last),
            C::Open => self.open(),
            C::Choose => self.choose(),
            C::Verify => self.verify(),
            C::ChangeEmail => self.change_emails(),
            C::EnterOtp => self.with_one(command.id, Self::open_enter_otp),
            C::OpenChange => self.open_change(),
            C::SendAgain => self.with_one(command.id, Self::open_send_again),
            C::NameAddress => self.with_one(command.id, Self::open_name_address),
            C::ForgetChange => self.with_one(command.id, Self::open_forget),
            C::AskMenu => self.ask_menu(),
            C::ReadMails => self.layers.push(Layer::Path(PathDialog::new(PathPurpose::Mails, ""))),
            C::CopyMail => self.model.copy_mail(),
            C::Contacts => self.with_one(command.id, Self::show_contacts),
            C::Toggle => self.toggle(),
            C::Delegate => self.delegate(),
            C::RootTasks => self.with_one(command.id, Self::root_tasks),
            C::RootSessions => self.list_sessions(),
            C::LeftOpen => self.list_left_open(),
            C::ReadPageAgain => self.read_again(),
            C::OpenEntry => self.model.open_entry(),
            C::ResolveEntry => self.model.resolve_selected(),
            C::CopyRequestId => self.model.copy_request_id(),
            C::CopyLookup => self.copy_lookup(),
            C::OpenConsole => self.console_menu(),
            C::Export => self.export_menu(),
            C::Filter | C::Find => self.start_filter(),
            C::FindNext | C::FindPrevious => self.find_next(command.id == C::FindNext),
            C::FilterKeep => self.keep_filter(),
            C::FilterClear => self.clear_filter(),
            C::Sort => self.sort_menu(),
            C::BrowseUnits => self.browse_units(),
            C::ChooseColumns => self.choose_columns(),
            C::CheckLine => self.check(),
            C::CheckLocks => self.check_locks(),
            C::EditText => self.edit(),
            C::ReverseSort => self.model.accounts.reverse(),
            C::CopyMenu => self.copy_menu(),
            C::Refresh => self.refresh(),
            C::ChooseProfile => self.choose_profile(),
            C::NextOrganization => self.turn = Some(Turn::Next),
            C::SignIn => self.model.sign_in(),
            C::NextPane => self.shown().next_pane(&mut self.model, 1),
            C::PreviousPane => self.shown().next_pane(&mut self.model, -1),
            C::ViewAccounts => self.show(ViewId::Accounts),
            C::ViewEmailChanges => self.show(ViewId::EmailChanges),
            C::ViewRootAccess => self.show(ViewId::RootAccess),
            C::OpenRoot => self.open_root(),
            C::Audit => self.want(RootWish::Audit(AuditDepth::Quick, self.chosen_accounts())),
            C::AuditMenu => self.audit_menu(),
            C::DeleteCredentials => self.want(RootWish::Delete(self.chosen_accounts())),
            C::Results if self.view == ViewId::EmailChanges => self.show_acceptances(),
            C::Results => self.show_results(),
            C::BulkPlan => self.plan_menu(),
            C::PlanTemplate => self.open_template(),
            C::PauseRun => self.model.pause(),
            C::StopRun => self.model.stop_run(),
            C::Mark => self.mark(),
            C::MarkShown => self.mark_shown(),
            C::MarkRange => self.mark_range(),
            C::InvertMarks => self.invert_marks(),
            C::ClearMarks => self.model.root.marks.clear(),
            C::UndoMarks => self.model.root.marks.undo(),
            C::ViewOrganization => self.view = ViewId::Organization,
            C::OpenSwitch => self.open_switch(),
            C::OpenFlow => self.model.readiness.pane.reading = true,
            C::Remedy => self.fix(),
            C::CopyPolicy => self.model.copy_policy(),
            C::ManagedPolicies => self.show_managed_policies(),
            C::ExplainScps => self.explain_scps(),
            C::ViewReadiness => self.show_readiness(),
            C::ViewJournal => self.show_journal(),
            C::ViewMailbox => self.view = ViewId::Mailbox,
            C::ReadNotice => self.read_notice(),
            C::Findings => self.show_findings(),
            C::Acknowledge => self.acknowledge_findings(),
            C::Palette => self.open_palette(),
            C::Help => self.help(),
            C::Back => self.back(),
            C::Quit if self.layers.is_empty() => self.quit(),
            C::Quit | C::DialogClose => self.close(),
            C::QuitNow => self.quit(),
            C::Suspend => self.model.out.push(Effect::Suspend),
            C::Redraw => self.model.out.push(Effect::Redraw),
            C::DialogNext => self.move_focus(1),
            C::DialogPrevious => self.move_focus(-1),
            C::DialogAct => self.submit(),
            C::DialogCopy => self.copy_from_layer(),
            C::DialogReveal => self.reveal(),
            C::DialogReason => self.ask_reason(),
        }
    }

    /// Shows the keys of where keys go now, or closes what shows them.
    fn help(&mut self) {
        if self.layers.last().is_some_and(|layer| layer.dialog().closed_by(CommandId::Help)) {
            return self.close();
        }
        let place = if self.place() == KeyContext::Dialog { KeyContext::Dialog } else { self.place_below() };
        self.layers.push(Layer::Help(Reader::new(place)));
    }

    fn go(&mut self, motion: Motion) {
        let (rows, lines) = (self.geometry.dialog_rows, self.geometry.dialog_lines);
        match self.layers.last_mut() {
            Some(layer) => layer.dialog_mut().go(motion, rows, lines),
            None => self.shown().go(&mut self.model, motion, rows, lines),
        }
    }

    /// The details show the selected row at once. A view opens on its first row; from then on the
    /// cursor stays on its account, also where the view is left and shown again.
    pub(in crate::app) fn show(&mut self, view: ViewId) {
        self.keep_filter();
        self.view = view;
        self.recompute();
        self.details = self.selected_id().or(self.details);
    }

    fn open(&mut self) {
        self.model.accounts.pane = Pane::Details;
        self.verify();
    }

    fn open_change(&mut self) {
        self.model.board.pane.reading = true;
        self.verify();
    }

    fn verify(&mut self) {
        self.choose_selected();
        if let Some(account) = self.details {
            self.model.read_email(account);
        }
    }

    /// The details are about the row that is acted on, and the selection stays on it.
    fn choose_selected(&mut self) {
        self.details = self.selected_id();
        if let Some(chosen) = self.shown().chosen_mut(&mut self.model) {
            *chosen = true;
        }
    }

    /// For the selected account, regardless of marks; says so if others are marked.
    fn with_one(&mut self, command: CommandId, run: impl FnOnce(&mut Self, AccountId)) {
        let others = self.model.root.marks.iter().filter(|id| Some(**id) != self.selected_id()).count();
        if let Some(account) = self.selected_id().filter(|_| others > 0) {
            self.model.out.notify(Notification::NotTheMarked(command, account, others));
        }
        self.with_account(run);
    }

    pub(in crate::app) fn with_account(&mut self, run: impl FnOnce(&mut Self, AccountId)) {
        self.choose_selected();
        if let Some(account) = self.details {
            run(self, account);
        }
    }

    /// Shows what the selected row of view 4 is, or of the switches of view 1.
    fn open_switch(&mut self) {
        if let Some(switch) = self.switch_in_focus().filter(|_| self.view != ViewId::Organization) {
            self.show(ViewId::Organization);
            self.model.switches.select(&switch);
        }
        self.model.switches.pane.reading = true;
    }

    fn toggle(&mut self) {
        if let Some(switch) = self.switch_in_focus() {
            let on = self.model.target(&switch);
            self.confirm(&switch, on, None);
        } else {
            self.layers.push(Layer::Switches(Menu::of(switches().into_iter().collect())));
        }
    }

    fn copy_menu(&mut self) {
        let Some(account) = self.selected_account() else { return };
        let mut choices = vec![
            (TextKind::Id, account.id.to_string()),
            (TextKind::Email, account.email.clone()),
            (TextKind::Name, account.name.clone()),
            (TextKind::Path, self.model.accounts.path(account.id).to_owned()),
        ];
        // What AWS did not report can't be copied.
        let unknown = |kind: TextKind| match kind {
            TextKind::Email => account.email.is_empty(),
            TextKind::Name => account.name.is_empty(),
            TextKind::Path => account.unit_ids.is_none(),
            TextKind::Id | TextKind::NewEmail => false,
        };
        choices.retain(|(kind, _)| !unknown(*kind));
        if let Some(started) = self.model.emails.get(account.id).and_then(|facts| facts.started.as_ref()) {
            choices.push((TextKind::NewEmail, started.new.to_string()));
        }
        self.layers.push(Layer::Copy(Menu::of(choices)));
    }

    pub(in crate::app) fn read_notice(&mut self) {
        let Some(posted) = self.notifications.newest_bad() else {
            self.turn = self.elsewhere.unread.map(Turn::Read);
            return;
        };
        match &posted.notification {
            Notification::RunEnded(summary) if summary.kind == RunKind::Deletion => self.show_results(),
            Notification::RunEnded(summary) if summary.kind == RunKind::AcceptEmailChanges => self.show_acceptances(),
            Notification::RunEnded(summary) if summary.kind == RunKind::StartEmailChanges => {
                self.layers.push(Layer::PlanResults(Reader::new(ResultsOf::Begun)));
            }
            Notification::Findings(_) => self.show_findings(),
            notification => self.layers.push(Layer::Notification(Reader::new(notification.clone()))),
        }
    }

    /// One step back inside the view, never out of it: the top layer, the pane, the filter, the notification.
    fn back(&mut self) {
        if !self.layers.is_empty() {
            self.close();
        } else if self.shown().back_to_list(&mut self.model) {
            // The list has the focus now.
        } else if self.has_filter() {
            self.clear_filter();
        } else if let Some(posted) = self.notifications.current().map(|posted| posted.id) {
            self.notifications.remove(posted);
        }
    }

    fn copy_from_layer(&mut self) {
        if let Some((notification, text)) = self.layers.last().and_then(|layer| layer.dialog().text(&self.model)) {
            self.model.out.push(Effect::Copy(text));
            self.model.out.notify(notification);
        } else if let Some(commands) = self.commands_on_top() {
            self.copy_commands(CommandId::DialogCopy, &commands);
        }
    }
}
