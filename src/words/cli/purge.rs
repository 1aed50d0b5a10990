//! What `rootdeck purge` says.

pub(crate) const IN_DEMO: &str = "the demo saves nothing on this machine; data of other sessions was not changed";
pub(crate) const NOTHING_KEPT: &str = "no data on this machine";
pub(crate) const UNREADABLE: &str = "it may contain addresses: nothing was forgotten. Delete the file to remove them";
pub(crate) const NOTHING_TO_FORGET: &str = "nothing to forget";
pub(crate) const DRY_RUN: &str = "dry run: nothing was forgotten";
pub(crate) const FORGOTTEN: &str = "forgotten";
pub(crate) const NOT_REWRITTEN: &str = "the addresses are forgotten, but the file could not be rewritten and may \
    still contain parts of them; run this again";
pub(crate) const NOTHING_FORGOTTEN: &str =
    "nothing was forgotten; close other rootdecks, or free up space, and run this again";
pub(crate) const NOT_KNOWN: &str = "outcome unknown; run this again";
pub(crate) const AS_A_WHOLE: &str =
    "account lists, findings, audits, email changes, filters and plans are deleted completely";
pub(crate) const JOURNAL: &str = "journal entries are kept; in their texts and reasons, each word with an @ becomes \
    (address forgotten). Caller ARNs are kept, and can end in the address of an SSO user";
pub(crate) const UNFINISHED_PLANS: &str = "open plans cannot be resumed after this";
pub(crate) const RUNNING: &str = "a running rootdeck keeps the data it has read, and saves account lists again";

sentences! {
    store_of_all(file) = "{file}, all profiles and organizations";
    of_accounts(count) = "for {count} accounts";
    open(count) = "{count} of them open";
    unfinished(count) = "{count} of them open";
    with_address(count) = "{count} of them with an address";
    policies_stay(folder) = "saved policies are kept: {folder}";
}

pub(crate) const ALARMS_STAY: &str = "no addresses, kept";
pub(crate) const EMAIL_CHANGES: &str = "email changes";
pub(crate) const ENTRIES: &str = "journal entries";

pub(crate) fn open_changes(count: u64) -> String {
    let changes = if count == 1 { "1 email change".to_owned() } else { format!("{count} email changes") };
    format!("{changes} can still be completed, but AWS does not return the new address: keep a note of it elsewhere")
}
