//! The columns of the demo's mailbox: its list. The texts hold one-time passwords.

use crate::domain::mail::Mail;
use crate::words::fields as f;
use crate::words::rows::Column;

pub(crate) fn columns() -> Vec<Column<'static, Mail>> {
    vec![
        Column::new(f::SENT, |mail: &Mail| mail.sent),
        Column::new(f::TO, |mail: &Mail| mail.to.clone()),
        Column::new(f::SUBJECT, |mail: &Mail| mail.subject.clone()),
    ]
}
