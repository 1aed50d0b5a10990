//! `rootdeck email`: the two-step change of primary emails.

mod accept;
mod address;
mod code;
mod follow;
mod forget;
mod forms;
mod known;
mod mails;
mod show;
mod start;
mod status;

pub(super) use forget::columns as forget_columns;
pub(super) use known::{apply_report, emails_of};
pub(super) use mails::columns as mail_columns;
pub(super) use show::columns as show_columns;

use super::arguments::{Arguments, Email};
use super::email_plan;
use super::error::Done;

pub(super) async fn run(arguments: &Arguments, wanted: &Email) -> Done {
    match wanted {
        Email::Show(wanted) => show::show(arguments, wanted).await,
        Email::Start(wanted) => start::start(arguments, wanted).await,
        Email::Accept(wanted) if !wanted.mails.is_empty() => mails::accept(arguments, wanted).await,
        Email::Accept(wanted) => accept::accept(arguments, wanted).await,
        Email::Status(wanted) => status::status(arguments, wanted).await,
        Email::Resend(wanted) => start::resend(arguments, wanted).await,
        Email::Forget(wanted) => forget::forget(arguments, wanted).await,
        Email::Plan(wanted) => email_plan::plan(arguments, wanted).await,
        Email::Resume(wanted) => email_plan::resume(arguments, wanted).await,
        Email::Plans(wanted) => email_plan::plans(arguments, wanted).await,
        Email::Template(wanted) => email_plan::write_template(arguments, wanted).await,
    }
}
