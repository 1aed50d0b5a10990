//! What the views say beside what they show.

pub(crate) const ACCESS_KEYS: &str = "Access keys";
pub(crate) const ALL_SWITCHES: &str = "Trusted access and root features";
pub(crate) const AS_OF_NEVER: &str = "as of -";
pub(crate) const AWS_CANNOT_BE_ASKED: &str = "No connection to AWS";
pub(crate) const COMPLETE: &str = "complete";
pub(crate) const CONNECTING_TO_AWS: &str = "connecting to AWS";
pub(crate) const DELEGATED_ADMINISTRATORS: &str = "Delegated administrators";
pub(crate) const EMAIL_CHANGE: &str = "Email change";
pub(crate) const EMAIL_CHANGES: &str = "Email changes";
pub(crate) const FEATURES_NEED_TRUST: &str = "Features: trusted access is off";
pub(crate) const HIDE_CODE: &str = "hide code";
pub(crate) const KNOWN_EMAIL_CHANGE: &str = "known email change";
pub(crate) const KNOWN_FROM_BEFORE: &str = "Last known:";
pub(crate) const LAST_SIGN_IN: &str = "  last sign-in";
pub(crate) const MAIL: &str = "Mail";
pub(crate) const MAILBOX_OF_THE_DEMO: &str = "Mailbox of the demo";
pub(crate) const MANAGEMENT_ACCOUNT: &str = "management account";
pub(crate) const NEEDS_TRUST: &str = "trusted access is off";
pub(crate) const NEVER: &str = "never";
pub(crate) const NEVER_USED: &str = "never used";
pub(crate) const NOT_CHECKED: &str = "not checked";
pub(crate) const NOT_CONNECTED: &str = "not connected";
pub(crate) const NOT_IN_THE_LISTING: &str = "not in the account list";
pub(crate) const NOT_YET: &str = "not yet";
pub(crate) const NO_ACCOUNT: &str = "The organization has no accounts.";
pub(crate) const PRESENT_EMAIL: &str = "Current email";
pub(crate) const PRIMARY_EMAIL: &str = "Primary email";
pub(crate) const CONTACTS: &str = "Contacts";
pub(crate) const READING_THE_ACCOUNTS: &str = "reading the accounts";
pub(crate) const READING_THE_JOURNAL: &str = "reading the journal";
pub(crate) const READ_ONLY_SERVICE: &str =
    "read-only: rootdeck switches trusted access only for Account Management and IAM";
pub(crate) const REQUEST_ID: &str = "Request id";
pub(crate) const ROOT_ACCESS: &str = "Root access";
pub(crate) const ROOT_FEATURES: &str = "Root features";
pub(crate) const ROOT_USER: &str = "Root user";
pub(crate) const SIGNS_IN: &str = " sign in   ";
pub(crate) const SWITCHES: &str = "Organization settings";
pub(crate) const TAKES_ANOTHER_PROFILE: &str = " profile   ";
pub(crate) const THE_ORGANIZATION: &str = "- (the organization)";
pub(crate) const TOO_SMALL: &str = "too small";
pub(crate) const TRIES_AGAIN: &str = " retry   ";
pub(crate) const TRUSTED_ACCESS: &str = "Trusted access";
pub(crate) const TURNING_OFF: &str = "disabling";
pub(crate) const TURNING_ON: &str = "enabling";

pub(crate) const RECOVERY_OPEN: &str = "open";
pub(crate) const RECOVERY: &str = "recovery";
pub(crate) const RECOVERY_EXPIRED: &str = "recovery overdue";

sentences! {
    accounts_read_so_far(count) = "{count} read";
    since_audit(at, differences) = "Since the audit of {at}: {differences}.";
    accounts_unread(why) = "The accounts could not be read: {why}";
    as_listed() [verify: Verify] = "  from the account list ({verify} verifies)";
    as_of(at) = "as of {at}";
    as_read_before(reason) = "showing the last known state: {reason}";
    asking_iam(dot, glyph, calls) = "Readiness {dot} {glyph} checking, {calls} calls to IAM";
    asks_aws() [ask: ResolveEntry] = "  Check with AWS: {ask}.";
    aws_said(status, since, asked) = "AWS reported {status}{since} (checked {asked}).";
    changes_unknown(count) = "{count} unknown";
    could_not_be_asked(reason) = "unknown: {reason}";
    deep_audit() [deep: AuditMenu] = "Deep audit ({deep}): which ones, how old, last used.";
    delegates(state) = " Delegated administrators: {state}";
    in_use_since(kind) = "    {kind}, enabled";
    finishing_batch(wait) = " {wait} finishing work in progress before quitting; nothing new is started";
    finishing_changes(wait, count) = " {wait} finishing {count} change in progress before quitting";
    end(up) = " end {up} ";
    get_primary_email_says(address) = "GetPrimaryEmail returned {address}";
    iam_asked(dot, when) = "Readiness {dot} checked {when}";
    iam_not_asked(dot) = "Readiness {dot} not checked with IAM";
    journal_ends_with_program(reason) = "not saved, this journal ends with the program: {reason}";
    journal_unread(why) [again: Refresh] = "The journal could not be read: {why}. Retry: {again}.";
    last_use_unknown(reason) = "last use unknown: {reason}";
    last_used(when, service, region) = "last used {when}: {service} {region}";
    skipped(reason) = "skipped: {reason}";
    skipped_because(reason) = "Skipped: {reason}.";
    make_delegate() [delegate: Delegate] = "{delegate}: register a delegated administrator";
    more(down) = " more {down} ";
    no_email_change(reason) = "No email change: {reason}.";
    no_login_profile(at) = "; no login profile at {at}";
    no_mail() [accounts: ViewAccounts, change: ChangeEmail] = "No mail yet. Start an email change ({accounts}, then \
        {change}).";
    contacts_not_read() [contacts: Contacts] = "not read ({contacts})";
    not_asked_yet() [verify: Verify] = "not checked ({verify})";
    not_audited() [quick: Audit, deep: AuditMenu] = "Not audited. Quick audit ({quick}): which types of credentials \
        exist. Deep audit ({deep}): also which ones.";
    not_audited_short() [audit: Audit] = "not audited ({audit})";
    not_known(glyph) = "{glyph} unknown";
    not_now(reason) = "Not available: {reason}.";
    not_over(count) = "{count} open";
    not_with_these_credentials(why) [readiness: ViewReadiness] = "Not with these credentials: {why}. Details: \
        {readiness}.";
    nothing_can_be_changed(reason) = "Read-only: {reason}.";
    old_as_of(glyph, clock) = "{glyph} as of {clock}";
    reads_it() [read: ReadNotice] = "  {read} details";
    reads_several(unread) [read: ReadNotice] = "  {unread} errors ({read})";
    recovery_ends_short(left) = "recov. {left}";
    recovery_ends(left) = "recovery {left}";
    recovery_until(until, left) = ", to be closed by {until} ({left})";
    recovery_expired_since(until) = ", should be closed since {until}";
    recovery_listed_until(left, until, since) = "{left}, until {until}, open since {since}";
    recovery_listed_expired(until, since) = "overdue {until}, open since {since}";
    recovery_left_open(since) [close: LeftOpen] = "password recovery open {since} ({close} closes it)";
    request_id(id) = "   request id {id}";
    root_session(name, task, left) = "root session {name} {task} {left}";
    sent_no_answer(wait, change) = " {wait} {change}: sent to AWS, no answer yet";
    started_before(when, arrow, address) = "Earlier, {when}: {arrow} {address}. If the newest change never started, \
        this one is pending.";
    state_unknown() [readiness: ViewReadiness, again: Refresh] = "State unknown, so it cannot be changed. What is \
        missing: {readiness}. Retry: {again}.";
    store_unread(why) [error: ReadNotice] = "The data saved on this machine could not be read: {why}. Details: \
        {error}.";
    waiting_for_aws(word) = "{word}; waiting for AWS";
    without_it(consequence) = "   without it, {consequence}";
}
