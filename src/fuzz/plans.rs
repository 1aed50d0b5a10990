//! Plans as spreadsheets and people write them.

use super::held::text;
use crate::domain::contact_plan;
use crate::domain::email_plan;
use crate::domain::spreadsheet::{csv, escape_formula, restored};

pub(super) fn email_plan(bytes: &[u8]) {
    let Ok(plan) = email_plan::read(bytes) else { return };
    assert!(!plan.rows.is_empty(), "a plan without lines was read");
    let lines = bytes.len() as u64 + 1;
    let mut before = 0;
    for row in &plan.rows {
        assert!(before < row.line && row.line <= lines, "line {} behind {before}", row.line);
        assert!(row.breaks || !row.new.trim().is_empty(), "line {} has no address", row.line);
        before = row.line;
    }
    let is_plain = |cell: &String| !cell.contains(char::is_control);
    if plan.rows.iter().any(|row| row.breaks || ![&row.account, &row.new].into_iter().all(is_plain)) {
        return;
    }
    // Written by this program, it is the same plan.
    let cells = plan.rows.iter().map(|row| [row.account.as_str(), row.new.as_str()]);
    let again = csv(&["account_id", "new_email"], cells).ok().and_then(|file| email_plan::read(file.as_bytes()).ok());
    let again: Option<Vec<_>> = again.map(|plan| plan.rows.into_iter().map(|row| (row.account, row.new)).collect());
    let rows: Vec<_> = plan.rows.into_iter().map(|row| (row.account, row.new)).collect();
    assert_eq!(again, Some(rows), "read, written and read again");
}

pub(super) fn contact_plan(bytes: &[u8]) {
    if let Ok(plan) = contact_plan::read(bytes) {
        let lines = bytes.len() as u64 + 1;
        assert!(plan.rows.iter().all(|row| row.line <= lines), "a line behind the last one");
    }
    let cell = text(bytes);
    assert_eq!(restored(&escape_formula(&cell)), cell, "a cell that does not come back");
}
