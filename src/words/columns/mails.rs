//! The columns of the demo's mailbox: its list. The texts hold one-time passwords.

use crate::domain::mail::Mail;
use crate::words::rows::Column;

pub(crate) fn columns() -> Vec<Column<'static, Mail>> {
    vec![
        Column::new("sent", |mail: &Mail| mail.sent),
        Column::new("to", |mail: &Mail| mail.to.clone()),
        Column::new("subject", |mail: &Mail| mail.subject.clone()),
    ]
}
