//! What `rootdeck journal` says.

pub(crate) use crate::words::journal::doubt;

use crate::domain::journal::Binding;

pub(crate) const NO_JOURNAL_TO_SHOW: &str = "there is no journal to show";
pub(crate) const ALL_SETTLED: &str = "no change is without an outcome that still matters";
pub(crate) const NO_LISTING: &str = "no listing of the accounts is kept here: name the account by its id";

sentences! {
    newest(limit, count) = "these are the newest {limit} of {count}; --all shows all";
    open_outcomes(count) = "the outcome of {count} is unknown: cut off, not answered or under way; --resolve asks AWS";
    was_done(entry) = "entry {entry}: AWS shows that it was done";
    was_not_done(entry) = "entry {entry}: AWS shows that it was not done";
    still_unknown(entry, way) = "entry {entry}: still unknown. {way}";
    audit_tells(audit) =
        "`{audit}` tells, and the journal follows. It is not made by itself: it opens a root session, which sets off \
         alarms.";
    policy_tells(account) =
        "rootdeck s3-policy show or sqs-policy show of that bucket or queue of {account} tells, and the journal follows \
         as far as the policy itself proves it. It is not made by itself: it opens a root session, which sets off alarms.";
}

pub(crate) fn whose(binding: Option<&Binding>, demo: bool) -> String {
    match binding {
        Some(binding) => format!(
            "this machine's journal of the organization {} ({}), which this profile and endpoint led to last; other \
             machines keep their own",
            binding.organization, binding.partition
        ),
        None if demo => "the demo keeps no journal".to_owned(),
        None => "this machine has no journal yet of what this profile and endpoint lead to".to_owned(),
    }
}
