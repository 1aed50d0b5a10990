//! The columns of changes of contacts and names: the same before and after.

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::account_change::AccountChange;
use crate::domain::contact_edit::{EditStatus as Status, Wanted};
use crate::words::contacts as words;
use crate::words::fields as f;
use crate::words::rows::Column;

pub(crate) struct Row {
    pub(crate) line: Option<u64>,
    pub(crate) account_id: String,
    pub(crate) account_name: String,
    what: &'static str,
    before: Option<String>,
    after: Option<String>,
    pub(crate) status: Status,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) time: Option<Timestamp>,
}

impl Row {
    pub(crate) fn new(line: Option<u64>, account: &Account, wanted: &Wanted, before: Option<String>) -> Self {
        Self {
            line,
            account_id: account.id.to_string(),
            account_name: account.name.clone(),
            what: words::what(wanted),
            before,
            after: None,
            status: Status::Problem,
            code: None,
            message: None,
            time: None,
        }
    }

    pub(crate) fn to(self, change: &AccountChange, status: Status) -> Self {
        Self { after: words::after(change), status, ..self }
    }

    pub(crate) fn with(self, status: Status, message: String) -> Self {
        Self { status, message: Some(message), ..self }
    }

    pub(crate) fn set(&mut self, status: Status, message: Option<String>) {
        (self.status, self.message) = (status, message);
    }

    /// For a question about this one change.
    pub(crate) fn lines(&self) -> [String; 2] {
        let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| words::NONE.to_owned());
        [words::now(shown(&self.before)), words::then(shown(&self.after))]
    }
}

pub(crate) fn columns() -> Vec<Column<'static, Row>> {
    vec![
        Column::new(f::LINE.or_null(), |row: &Row| row.line),
        Column::new(f::ACCOUNT_ID, |row: &Row| row.account_id.clone()).head("ACCOUNT"),
        Column::new(f::ACCOUNT_NAME, |row: &Row| row.account_name.clone()).head("NAME"),
        Column::new(f::CHANGED_WHAT, |row: &Row| row.what).head("WHAT"),
        Column::new(f::BEFORE.or_null(), |row: &Row| row.before.clone()).head("BEFORE"),
        Column::new(f::AFTER.or_null(), |row: &Row| row.after.clone()).head("AFTER"),
        Column::new(f::CONTACT_CHANGE_STATUS, |row: &Row| row.status.as_str()).head("STATUS"),
        Column::new(f::AWS_CODE.or_null(), |row: &Row| row.code.clone()),
        Column::new(f::MESSAGE.or_null(), |row: &Row| row.message.clone()).head("MESSAGE"),
        Column::new(f::TIME.or_null(), |row: &Row| row.time),
    ]
}
