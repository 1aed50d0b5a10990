//! What `rootdeck email` says of single changes.

use crate::domain::email_change::EmailChangeStatus;

pub(crate) const AWS_GOES_ON: &str = "AWS completes the change in the background";
pub(crate) const NONE_KNOWN: &str = "no email changes started from this machine (check all accounts with --all)";
pub(crate) const ASK_CODE: &str = "One-time password, typed or pasted with its mail (not shown): ";
pub(crate) const NOTHING_SENT: &str = "nothing was sent";
pub(crate) const NOTHING_SENT_WAITS: &str = "nothing was sent; the change stays open";
pub(crate) const NO_CODE_GIVEN: &str = "no one-time password entered; the change stays open";
pub(crate) const MORE_THAN_MAILS: &str = "the file contains more than mails";
pub(crate) const USE_THE_NEWEST: &str = "codes of earlier mails may be invalid: use the newest";
pub(crate) const ALLOW_UNUSUAL: &str = "to use it anyway, add --allow-unusual-address";
pub(crate) const CONFIRM_DOMAIN: &str =
    "confirm the new domain, too: add --allow-new-domain if you own it and it is spelled correctly";
pub(crate) const LOST_AND_SHOWN: &str = "answer lost; AWS shows the change";
pub(crate) const ACCEPTED_ALREADY: &str = "the one-time password was already accepted";
pub(crate) const CHANGE_FAILED: &str = "AWS reports the change as FAILED; another account may use the address now";

pub(crate) const NOT_COMPARED: &str = "not compared with the addresses of other accounts: no account list is saved \
    (rootdeck accounts saves one). AWS refuses an address in use";

sentences! {
    compared_with(ago) = "compared with the account list saved {ago}; AWS refuses an address in use";
    domain_unknown(domain, why) = "accounts not listed, so {domain} counts as a new domain: {why}";
    asked_again_in(seconds) = "accepted; checking again in {seconds} s";
    asked_again_later(why) = "not read, retrying later: {why}";
    nothing_kept(account) = "{account}: no change saved on this machine";
    forget(id, name) = "Forget the email change of {id} ({name})";
    not_over(new, started) = "the change to {new}, started {started:.0}, is still open";
    forgotten(account) = "{account}: forgotten on this machine";
    listing_differs(email, id) = "account list: {email} for {id} (may be outdated)";
    started_elsewhere(id, status, ago, why) = "{id}: {status} when checked {ago}, {why}";
    asked_about(total, without) = "{total} accounts checked, {without} without a change";
    not_known(ids) = "unknown: {ids}";
    no_stdin(error) = "stdin cannot be read: {error}";
    echo_stays(error) = "the terminal's echo cannot be turned off: {error}";
    leave_for_later(why) = "{why} (empty line: later)";
    pending_already(accept, resend) =
        "this change is already pending; nothing was sent. Enter the one-time password with `{accept}`, or resend \
         it with `{resend}`";
    none_waits(name, id) = "no open email change of {name} ({id}) started from this machine";
    none_waits_for_code(name, id) =
        "no email change of {name} ({id}) started from this machine is waiting for a one-time password";
    taken_from_listing(email, why) = "using the address from the account list ({email}): {why}";
    now_then(old, new) = "now {old}, then {new}";
    takes_the_place(new, started) =
        "the change to {new}, started {started:.0}, is still open; this one replaces it (AWS allows one change per \
         account)";
    may_be_sent(accept, status) =
        "AWS may have sent the mail. If it arrives, enter its code with `{accept}`. Check with `{status}`";
    on_its_way(accept) = "one-time password sent: enter it with `{accept}`";
    waits_for_quota(seconds) = "AWS allows 3 starts per account in 30 seconds: waiting {seconds} s";
    seconds_left(seconds) = "waiting, {seconds} s left";
    code_taken_for(new) = "using the code for the change to {new}";
    code_too_old(new, resend) =
        "the one-time password of the change to {new} has expired (24 hours): start again with `{resend}`";
    name_the_address(why) =
        "AWS shows a PENDING change, {why} Give the address with --new-email, or start again with rootdeck email \
         start";
    shows_status(status) = "AWS reports {status}";
    earlier_start(new) = "the pending change may be an earlier one to {new}: its mail names the address";
    accepted_all_the_same(why) = "{why}, and AWS shows that the code was accepted";
    look_first(command) = "check before you try again: `{command}`";
    still_waits(resend) = "the change stays open; request a new one-time password with `{resend}`";
    primary_email_is(id, email) = "the primary email of {id} is {email}";
    address_unread(why) = "the current address could not be read: {why}";
    tells(state, status) = "{state} (check: `{status}`)";
}

pub(crate) fn started_by(at: jiff::Timestamp, by: Option<String>, remaining: &str) -> String {
    let by = by.map_or_else(|| "elsewhere".to_owned(), |by| format!("by {by}"));
    format!("started {at:.0} {by}, {remaining}")
}

/// How far a code that AWS took has come, by what AWS reports since.
pub(crate) fn carried_out(status: Option<&EmailChangeStatus>) -> String {
    match status {
        Some(EmailChangeStatus::Accepted) => {
            "AWS is completing the change, usually within seconds, at most 4 hours".to_owned()
        }
        Some(EmailChangeStatus::Other(word)) => {
            format!("code accepted; AWS reports {word}, an unknown status")
        }
        Some(
            EmailChangeStatus::Pending
            | EmailChangeStatus::None
            | EmailChangeStatus::Completed
            | EmailChangeStatus::Failed,
        ) => "code accepted, not shown by AWS yet".to_owned(),
        None => "code accepted; the status since then could not be read".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_aws_reports_as_accepted_is_said_to_be_carried_out() {
        assert!(carried_out(Some(&EmailChangeStatus::Accepted)).contains("is completing"));
        for other in [None, Some(EmailChangeStatus::Pending), Some(EmailChangeStatus::Other("VERIFYING".into()))] {
            let said = carried_out(other.as_ref());
            assert!(!said.contains("is completing"), "{said}");
        }
        assert!(carried_out(Some(&EmailChangeStatus::Other("VERIFYING".into()))).contains("VERIFYING"));
    }
}
