use crate::app::dialog::Dialog;
use crate::app::dialogs::enter_code::PasteResult;
use crate::app::dialogs::mails::MailsDialog;
use crate::app::dialogs::reader::Reader;
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::view::ViewId;
use crate::domain::account::AccountId;
use crate::domain::email::EmailAddress;
use crate::domain::mails::CodeMail;
use crate::domain::otp::{Otp, Pasted, find_in_paste};
use crate::domain::otp_choice::{CodeFound, code_for};

impl App {
    pub(in crate::app) fn show_acceptances(&mut self) {
        if let Some(all) = &self.model.acceptances {
            self.layers.push(Layer::Results(Reader::new(all.run)));
        }
    }

    pub(in crate::app) fn apply_mails(&mut self, text: &str, mails: Vec<CodeMail>) {
        if self.layers.is_empty() && self.view == ViewId::EmailChanges {
            self.keep_filter();
            self.show_mails(mails);
        } else if !self.top().is_some_and(|(dialog, model)| dialog.take_mails(text, &mails, model)) {
            self.model.out.notify(Notification::MailsElsewhere);
        }
    }

    pub(in crate::app) fn paste_code(&mut self, text: &str) {
        if let Pasted::Code { otp, address: None } = find_in_paste(text) {
            self.apply_bare_code(&otp);
            return;
        }
        let mut found: Vec<(AccountId, EmailAddress, Otp)> = Vec::new();
        let mut notification = Notification::NoMails;
        for account in self.model.waiting_for_codes() {
            let Some(facts) = self.model.emails.get(account) else { continue };
            match code_for(text, account, &facts.open_addresses()) {
                CodeFound::For(address, otp) => found.push((account, address.clone(), otp)),
                CodeFound::Several(_) => notification = Notification::SeveralCodes,
                CodeFound::Unrelated if notification == Notification::NoMails => {
                    notification = Notification::UnrelatedCode;
                }
                _ => {}
            }
        }
        match found.as_slice() {
            [(account, address, otp)] => self.enter_code(*account, Some(address), otp),
            _ => self.model.out.notify(notification),
        }
    }

    pub(in crate::app) fn show_mails(&mut self, mails: Vec<CodeMail>) {
        self.model.journal_refused_mails(&self.model.sort(&mails).1);
        let mut dialog = Box::new(MailsDialog::new(mails));
        dialog.refresh(&self.model);
        self.layers.push(Layer::Mails(dialog));
    }

    /// A code without its mail is for the selected change, or for the only one.
    fn apply_bare_code(&mut self, otp: &Otp) {
        let waiting = self.model.waiting_for_codes();
        let only = if let [only] = waiting.as_slice() { Some(*only) } else { None };
        let account = self.selected_id().filter(|id| waiting.contains(id)).or(only);
        let Some(account) = account else {
            self.model.out.notify(Notification::BareCode);
            return;
        };
        self.enter_code(account, None, otp);
    }

    /// Opens the dialog of a change with its code, to be confirmed there.
    fn enter_code(&mut self, account: AccountId, address: Option<&EmailAddress>, otp: &Otp) {
        self.details = Some(account);
        if let Some(mut dialog) = self.otp_dialog(account) {
            dialog.new = address.unwrap_or(&dialog.new).clone();
            dialog.field.set(otp);
            dialog.pasted = Some(PasteResult::Found);
            self.layers.push(Layer::EnterOtp(dialog));
        }
    }
}
