//! What `rootdeck email` says of single changes.

use crate::domain::email_change::EmailChangeStatus;

pub(crate) const AWS_GOES_ON: &str = "AWS goes on with the change by itself";
pub(crate) const NONE_KNOWN: &str =
    "no email change is known that was started from this machine; --all asks AWS about every account";
pub(crate) const ASK_CODE: &str = "One-time password, typed or pasted with its mail (not shown): ";
pub(crate) const NOTHING_SENT: &str = "nothing was sent";
pub(crate) const NOTHING_SENT_WAITS: &str = "nothing was sent; the change still waits";
pub(crate) const NO_CODE_GIVEN: &str = "no one-time password was given; the change still waits";
pub(crate) const MORE_THAN_MAILS: &str = "it holds more than mails";
pub(crate) const USE_THE_NEWEST: &str = "the code of an earlier mail may no longer count: use that of the newest";
pub(crate) const ALLOW_UNUSUAL: &str = "to use it anyway, add --allow-unusual-address";
pub(crate) const CONFIRM_DOMAIN: &str =
    "a new domain has to be confirmed as well: add --allow-new-domain if it is ours and spelled right";
pub(crate) const LOST_AND_SHOWN: &str = "the answer was lost; AWS shows the change";
pub(crate) const ACCEPTED_ALREADY: &str = "the one-time password was accepted already";
pub(crate) const CHANGE_FAILED: &str = "AWS says that the change FAILED; the address may have been taken meanwhile";

sentences! {
    asked_again_in(seconds) = "accepted; AWS is asked again in {seconds} s";
    asked_again_later(why) = "not read, asked again later: {why}";
    nothing_kept(account) = "{account}: no change is kept on this machine";
    forget(id, name) = "Forget the email change of {id} ({name})";
    not_over(new, started) = "the change to {new}, started {started:.0}, is not over";
    forgotten(account) = "{account}: forgotten on this machine";
    listing_differs(email, id) = "the listing has {email} for {id}, which may be out of date";
    started_elsewhere(id, status, ago, why) = "{id}: started elsewhere, {status} when AWS was asked {ago}; {why}";
    asked_about(total, without) = "{total} accounts were asked about, {without} without a change";
    unknown_address(why) = "UNKNOWN ADDRESS: {why}";
    not_known(ids) = "not known: {ids}";
    no_stdin(error) = "stdin can't be read: {error}";
    echo_stays(error) = "the terminal's echo can't be turned off: {error}";
    leave_for_later(why) = "{why}; an empty line leaves it for later";
    pending_already(accept, resend) =
        "this change is pending already; nothing was sent. `{accept}` takes its one-time password, `{resend}` has it \
         sent again";
    none_waits(name, id) = "no email change of {name} ({id}) that was started from this machine waits";
    none_waits_for_code(name, id) =
        "no email change of {name} ({id}) that was started from this machine waits for its one-time password";
    taken_from_listing(email, why) = "the address is taken from the listing ({email}), since {why}";
    now_then(old, new) = "now {old}, then {new}";
    takes_the_place(new, started) =
        "the change to {new}, started {started:.0}, is not over; AWS has one change for an account, and this one takes \
         its place";
    may_be_sent(accept, status) =
        "AWS may have sent the mail. If it comes, `{accept}` takes its code; `{status}` tells what AWS shows";
    on_its_way(accept) = "the one-time password is on its way; `{accept}` takes it";
    waits_for_quota(seconds) = "AWS takes 3 starts in 30 seconds for each account: this one waits for {seconds} s";
    seconds_left(seconds) = "waiting, {seconds} s left";
    code_taken_for(new) = "the code is taken for the change to {new}";
    code_too_old(new, resend) =
        "the one-time password of the change to {new} is older than 24 hours: `{resend}` starts it anew";
    name_the_address(why) =
        "AWS shows one that is PENDING, {why} Name the address with --new-email, or start anew with rootdeck email \
         start";
    shows_status(status) = "AWS shows {status} for it";
    earlier_start(new) = "an earlier start, to {new}, may be the one that is pending: its mail names that address";
    accepted_all_the_same(why) = "{why}, and AWS shows that the password was accepted";
    look_first(command) = "see what AWS shows before trying again: `{command}`";
    still_waits(resend) = "the change still waits; `{resend}` has a new password sent";
    primary_email_is(id, email) = "the primary email of {id} is {email}";
    address_unread(why) = "the address it has now could not be read: {why}";
    tells(state, status) = "{state}; `{status}` tells";
}

pub(crate) fn started_by(at: jiff::Timestamp, by: Option<String>, remaining: &str) -> String {
    let by = by.map_or_else(|| "elsewhere".to_owned(), |by| format!("by {by}"));
    format!("started {at:.0} {by}, {remaining}")
}

/// How far a code that AWS took has come, by what AWS reports since.
pub(crate) fn carried_out(status: Option<&EmailChangeStatus>) -> String {
    match status {
        Some(EmailChangeStatus::Accepted) => {
            "AWS carries it out now, which takes seconds as a rule and up to 4 hours".to_owned()
        }
        Some(EmailChangeStatus::Other(word)) => {
            format!("AWS took the code and reports {word}, a status that rootdeck does not know")
        }
        Some(
            EmailChangeStatus::Pending
            | EmailChangeStatus::None
            | EmailChangeStatus::Completed
            | EmailChangeStatus::Failed,
        ) => "AWS took the code and does not show it yet".to_owned(),
        None => "AWS took the code; how the change stands since could not be read".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_aws_reports_as_accepted_is_said_to_be_carried_out() {
        assert!(carried_out(Some(&EmailChangeStatus::Accepted)).contains("carries it out"));
        for other in [None, Some(EmailChangeStatus::Pending), Some(EmailChangeStatus::Other("VERIFYING".into()))] {
            let said = carried_out(other.as_ref());
            assert!(!said.contains("carries it out"), "{said}");
        }
        assert!(carried_out(Some(&EmailChangeStatus::Other("VERIFYING".into()))).contains("VERIFYING"));
    }
}
