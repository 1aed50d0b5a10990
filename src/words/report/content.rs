//! What a report says, from its beginning to its end.

use super::block::Block;
use super::sections as section;
use crate::domain::report::Report;

/// All that a report says, in its order.
pub(crate) fn blocks(report: &Report) -> Vec<Block> {
    let mut all = vec![Block::Title(section::title(report)), section::facts(report)];
    let parts = [
        ("Summary", section::summary(report)),
        ("Open findings", section::open(report)),
        ("What the findings mean", section::meanings(report)),
        ("Exceptions", section::exceptions(report)),
        ("Open password recoveries", section::recoveries(report)),
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
