//! The parts that a report is made of, whatever form it is written in.

use super::sections as section;
use crate::domain::report::Report;
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

/// All that a report says, in its order.
pub(crate) fn blocks(report: &Report) -> Vec<Block> {
    let mut all = vec![Block::Title(section::title(report)), section::facts(report)];
    let parts = [
        ("Summary", section::summary(report)),
        ("Open findings", section::open(report)),
        ("What the findings mean", section::meanings(report)),
        ("Exceptions", section::exceptions(report)),
        ("Changes", section::changes(report)),
        ("What could not be read", section::unread(report)),
        ("Root users by account", section::accounts(report)),
        ("Contacts by account", section::contacts(report)),
    ];
    for (heading, blocks) in parts {
        if !blocks.is_empty() {
            all.push(Block::Heading(heading));
            all.extend(blocks);
        }
    }
    all
}
