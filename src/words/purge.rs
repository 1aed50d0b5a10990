//! What `rootdeck purge` says.

/// The demo has nothing to forget.
pub const IN_DEMO: &str = "the demo keeps nothing on this machine; what other runs keep was not touched";
/// There is no store.
pub const NOTHING_KEPT: &str = "nothing is kept on this machine";
/// The store can't be read.
pub const UNREADABLE: &str = "it may hold addresses: nothing was forgotten. To be rid of them, delete it";
/// The store is empty.
pub const NOTHING_TO_FORGET: &str = "there is nothing to forget";
/// It was only looked.
pub const DRY_RUN: &str = "nothing was forgotten: this was a dry run";
/// All is forgotten.
pub const FORGOTTEN: &str = "forgotten";
/// Forgotten, and the file is as it was.
pub const NOT_WRITTEN_ANEW: &str = "the addresses are forgotten, but the file could not be written anew, and parts of \
                                    some may still lie in it; run this again";
/// It failed before anything was forgotten.
pub const NOTHING_FORGOTTEN: &str =
    "nothing was forgotten; close the other rootdecks, or make room, and run this again";
/// It failed, and what is left can't be read.
pub const NOT_KNOWN: &str = "whether anything was forgotten can't be told; run this again";
/// What goes.
pub const AS_A_WHOLE: &str = "listings, findings, audits, email changes and plans go as a whole";
/// What becomes of the journal.
pub const JOURNAL: &str = "the journal keeps its entries; in what they say, and in the reasons given, each word with an \
                           @ becomes (address forgotten). Who made a change stays: the ARN of a caller can end in the \
                           address of an SSO user";
/// Plans that are cut off by it.
pub const UNFINISHED_PLANS: &str = "plans that are not finished can't be resumed after this";
/// Other copies of rootdeck.
pub const RUNNING: &str = "a rootdeck that is running goes on with what it has read, and keeps listings again";

/// Email changes that are cut off by it.
#[must_use]
pub fn open_changes(count: u64) -> String {
    let changes = if count == 1 { "1 email change".to_owned() } else { format!("{count} email changes") };
    format!(
        "{changes} can still be finished, and AWS tells nobody the new address: to finish one after this it has to be \
         known from elsewhere"
    )
}
