//! What `rootdeck journal` says.

pub(crate) use crate::words::journal::doubt;

use crate::domain::journal::Binding;

pub(crate) const NO_JOURNAL_TO_SHOW: &str = "no journal";
pub(crate) const ALL_SETTLED: &str = "no changes with unknown outcome";
pub(crate) const NO_LISTING: &str = "no account list saved here: use the account id";

sentences! {
    newest(limit, count) = "newest {limit} of {count} entries (more: --limit N, all: --all)";
    open_outcomes(count) = "{count} with unknown outcome (interrupted, unanswered or in progress): check with \
        --resolve";
    was_done(entry) = "entry {entry}: done (verified)";
    was_not_done(entry) = "entry {entry}: not done (verified)";
    still_unknown(entry, way) = "entry {entry}: still unknown. {way}";
    audit_tells(audit) =
        "Run `{audit}` to find out; it updates the journal. It opens a root session, which triggers root alarms, so \
         it is not run automatically.";
    policy_tells(account) =
        "Run rootdeck s3-policy show or sqs-policy show for the bucket or queue of {account} to find out; it \
         updates the journal if the policy proves the outcome. It opens a root session, which triggers root alarms, \
         so it is not run automatically.";
}

pub(crate) fn whose(binding: Option<&Binding>, demo: bool) -> String {
    match binding {
        Some(binding) => format!(
            "journal of this machine for organization {} ({}), last used with this profile and endpoint; other \
             machines have their own",
            binding.organization, binding.partition
        ),
        None if demo => "the demo keeps no journal".to_owned(),
        None => "no journal on this machine yet for this profile and endpoint".to_owned(),
    }
}
