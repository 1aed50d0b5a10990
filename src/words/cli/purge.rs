//! What `rootdeck purge` says.

pub(crate) const IN_DEMO: &str = "the demo keeps nothing on this machine; what other runs keep was not touched";
pub(crate) const NOTHING_KEPT: &str = "nothing is kept on this machine";
pub(crate) const UNREADABLE: &str = "it may hold addresses: nothing was forgotten. To be rid of them, delete it";
pub(crate) const NOTHING_TO_FORGET: &str = "there is nothing to forget";
pub(crate) const DRY_RUN: &str = "nothing was forgotten: this was a dry run";
pub(crate) const FORGOTTEN: &str = "forgotten";
pub(crate) const NOT_REWRITTEN: &str = "the addresses are forgotten, but the file could not be written anew, and parts of \
                                    some may still lie in it; run this again";
pub(crate) const NOTHING_FORGOTTEN: &str =
    "nothing was forgotten; close the other rootdecks, or make room, and run this again";
pub(crate) const NOT_KNOWN: &str = "whether anything was forgotten can't be told; run this again";
pub(crate) const AS_A_WHOLE: &str = "listings, findings, audits, email changes, filters and plans go as a whole";
pub(crate) const JOURNAL: &str = "the journal keeps its entries; in what they say, and in the reasons given, each word with an \
                           @ becomes (address forgotten). Who made a change stays: the ARN of a caller can end in the \
                           address of an SSO user";
pub(crate) const UNFINISHED_PLANS: &str = "plans that are not finished can't be resumed after this";
pub(crate) const RUNNING: &str = "a rootdeck that is running goes on with what it has read, and keeps listings again";

sentences! {
    store_of_all(file) = "{file}, all profiles and organizations";
    of_accounts(count) = "of {count} accounts";
    open(count) = "{count} of them open";
    unfinished(count) = "{count} of them unfinished";
    with_address(count) = "{count} of them with an address";
    policies_stay(folder) = "policies that were saved stay: {folder}";
}

pub(crate) const ALARMS_STAY: &str = "they have no address, and stay";
pub(crate) const EMAIL_CHANGES: &str = "email changes";
pub(crate) const ENTRIES: &str = "journal entries";

pub(crate) fn open_changes(count: u64) -> String {
    let changes = if count == 1 { "1 email change".to_owned() } else { format!("{count} email changes") };
    format!(
        "{changes} can still be finished, and AWS tells nobody the new address: to finish one after this it has to be \
         known from elsewhere"
    )
}
