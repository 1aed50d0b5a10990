//! Rows that come one by one.

use super::arguments::Form;
use super::error::{CliError, Done};
use super::output;
use super::rows::{self, Column};

/// Prints rows: as NDJSON each as soon as it is known, in other forms all of them at the end.
pub(super) struct Printer<R> {
    form: Form,
    columns: Vec<Column<'static, R>>,
    rows: Vec<R>,
    streamed: Done,
}

impl<R> Printer<R> {
    pub(super) fn new(form: Form, columns: Vec<Column<'static, R>>) -> Self {
        Self { form, columns, rows: Vec::new(), streamed: Ok(()) }
    }

    pub(super) fn push(&mut self, row: R) {
        // Nobody reads on where one could not be printed.
        if self.form == Form::Ndjson && self.streamed.is_ok() {
            self.streamed = output::deliver(rows::line(&self.columns, &row));
        }
        self.rows.push(row);
    }

    pub(super) fn rows(&self) -> &[R] {
        &self.rows
    }

    pub(super) fn finish(self) -> Result<Vec<R>, CliError> {
        self.streamed?;
        if self.form != Form::Ndjson {
            output::deliver(rows::write(self.form, &self.columns, &self.rows))?;
        }
        Ok(self.rows)
    }
}
