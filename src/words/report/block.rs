//! The parts that a report is made of, whatever form it is written in.

use crate::domain::root_finding::Severity;

/// A part of a report. The texts are plain: each form escapes them.
pub(crate) enum Block {
    Title(String),
    Heading(&'static str),
    Paragraph(String),
    /// Labels with their values.
    Facts(Vec<(&'static str, String)>),
    Table {
        head: &'static [&'static str],
        rows: Vec<Row>,
    },
}

/// A row of a table, and how bad what it says is.
pub(crate) struct Row {
    pub(crate) severity: Option<Severity>,
    pub(crate) cells: Vec<String>,
}

impl Row {
    pub(crate) fn plain(cells: Vec<String>) -> Self {
        Self { severity: None, cells }
    }
}
