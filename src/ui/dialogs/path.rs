//! Which file is to be read or written.

use super::super::canvas::Canvas;
use super::super::text::explained;
use super::super::theme::{Glyph, TextStyle};
use super::names::who;
use super::root_access::account_lines;
use super::sheet::Sheet;
use crate::app::dialogs::path::{PathDialog, PathPurpose, PlanTrouble};
use crate::app::dialogs::plan_template::{PlanTemplate, TypedDomain};
use crate::app::effect::TextUse;
use crate::app::focus::Focus;
use crate::app::shell::App;
use crate::domain::account::Account;
use crate::domain::export::ExportForm;
use crate::domain::text::clean;
use crate::words::ui::{dialogs as says, plans as plan_says, root};
use crate::words::{board, labels, notification, plans, root_access};

/// What a purpose has of its own: the title, what is said of a failure, and the button.
fn named(app: &App, dialog: &PathDialog) -> (String, &'static str, &'static str) {
    let read = root::IT_COULD_NOT_BE_READ;
    match &dialog.purpose {
        PathPurpose::Mails => {
            (says::read_from_file(notification::text_use(TextUse::Mails)), says::DID_NOT_WORK, "Read")
        }
        PathPurpose::Policy { holder, .. } => (root::put_policy_on(holder), read, "Read"),
        PathPurpose::Export { view, rows, .. } => {
            let button = if dialog.would_replace() { "Replace" } else { "Save" };
            (labels::export(*view, *rows), says::NOT_SAVED, button)
        }
        PathPurpose::Plan(_) => (plan_says::CHANGE_MANY.to_owned(), read, "Check"),
        PathPurpose::Template(template) => {
            let of = match template.accounts.as_slice() {
                [account] => who(app, *account),
                accounts => root_access::accounts(accounts.len()),
            };
            (plan_says::template_for(of), plan_says::IT_COULD_NOT_BE_WRITTEN, "Write")
        }
    }
}

pub(super) fn draw(app: &App, dialog: &PathDialog, canvas: &mut Canvas<'_>) {
    let (title, failed, button) = named(app, dialog);
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, dialog.form.focus);
    sheet.top = dialog.form.top;
    match &dialog.purpose {
        PathPurpose::Policy { account, .. } => sheet.part(2).plain(&who(app, *account)),
        PathPurpose::Template(template) => {
            let known = template.accounts.iter().filter_map(|id| app.model.accounts.get(*id));
            account_lines(app, sheet.part(0), &known.cloned().collect::<Vec<Account>>());
        }
        _ => {}
    }
    let waits = dialog.form.waits();
    sheet.field("File", &dialog.field, waits);
    match &dialog.purpose {
        PathPurpose::Export { .. } => format_line(&mut sheet, dialog.export_form()),
        PathPurpose::Template(template) => domain_lines(&mut sheet, template, waits),
        _ => {}
    }
    if waits {
        let writes = matches!(dialog.purpose, PathPurpose::Export { .. } | PathPurpose::Template(_));
        sheet.waiting(if writes { says::WRITING_IT } else { root::READING_IT });
    }
    if dialog.would_replace() && !waits {
        sheet.blank();
        sheet.part(0).flagged(Glyph::Attention, says::FILE_EXISTS);
    } else if let Some(why) = dialog.form.error() {
        sheet.blank();
        sheet.part(0).flagged(Glyph::Danger, &format!("{failed}: {}", explained(app, why).said));
    } else {
        hints(&mut sheet, dialog);
    }
    sheet.ask_once(canvas, button, dialog.is_ready(), waits);
}

fn format_line(sheet: &mut Sheet<'_>, form: Option<ExportForm>) {
    let (role, text) = match form {
        Some(ExportForm::Csv) => (TextStyle::On, says::CSV_FILE),
        Some(ExportForm::Json) => (TextStyle::On, says::JSON_FILE),
        None => (TextStyle::Attention, says::NAME_DECIDES),
    };
    sheet.hint(role, text);
}

fn domain_lines<'a>(sheet: &mut Sheet<'a>, template: &'a PlanTemplate, waits: bool) {
    let (role, said) = match template.typed_domain() {
        TypedDomain::None => (TextStyle::Quiet, plan_says::NO_DOMAIN.to_owned()),
        TypedDomain::Good(domain) => (TextStyle::On, plan_says::present_addresses_at(domain)),
        TypedDomain::Bad => (TextStyle::Attention, plan_says::BAD_DOMAIN.to_owned()),
    };
    sheet.field_at("Domain", &template.domain, waits, Focus::Answer);
    sheet.hint(role, &said);
    if !template.skipped.is_empty() {
        let count = root_access::accounts(template.skipped.len());
        sheet.part(2).attention(&plan_says::skipped_in_template(count));
    }
}

fn hints(sheet: &mut Sheet<'_>, dialog: &PathDialog) {
    sheet.blank();
    match &dialog.purpose {
        PathPurpose::Mails => sheet.part(2).quiet(board::MAIL_FILES),
        PathPurpose::Policy { backup, .. } => {
            sheet.part(2).quiet(root::FILE_IS_SHOWN);
            if let Some(backup) = backup {
                sheet.part(1).quiet(&clean(&root::backup_to_restore(backup.display())));
            }
        }
        PathPurpose::Export { .. } => sheet.part(2).quiet(says::EXPORT_IS_PRIVATE),
        PathPurpose::Template(_) => sheet.part(3).quiet(&plan_says::template_columns()),
        PathPurpose::Plan(trouble) => {
            match trouble {
                Some(PlanTrouble::Unreadable(why)) => {
                    sheet.part(0).flagged(Glyph::Danger, &plan_says::no_plan(plans::unreadable(why)));
                    sheet.blank();
                }
                Some(PlanTrouble::Open(id)) => {
                    sheet.part(0).flagged(Glyph::Attention, &plans::open_elsewhere(*id));
                    sheet.blank();
                }
                None => {}
            }
            sheet.part(2).quiet(plans::FORMAT);
            sheet.part(4).quiet(&plan_says::template_hint());
            sheet.part(3).quiet(plan_says::CHECKED_FIRST);
        }
    }
}
