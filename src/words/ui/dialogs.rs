//! What the other dialogs say.

pub(crate) const ACCEPTED: &str = "ACCEPTED, waiting for AWS to show the new address";
pub(crate) const ACCEPT_MAIL: &str = "Accept the email change in this mail";
pub(crate) const ACCOUNT_ROW: &str = "account";
pub(crate) const ACTIVE: &str = "ACTIVE";
pub(crate) const ALL: &str = "ALL";
pub(crate) const ACCOUNT_MISSING: &str = "enter an account";
pub(crate) const AUDIT_NEEDS_IT: &str = "The audit requires it, and continues afterwards.";
pub(crate) const COLUMNS: &str = "Columns";
pub(crate) const COLUMNS_ALWAYS: &str =
    "ACCOUNT, NAME and PRIMARY EMAIL are always shown. Columns that do not fit the screen are hidden.";
pub(crate) const COLUMNS_AUTOMATIC: &str = "automatic, by screen width";
pub(crate) const COMMANDS_AND_ACCOUNTS: &str = "Commands and accounts";
pub(crate) const COMPLETED: &str = "COMPLETED: the account has the new address";
pub(crate) const CONFIRMATION_NEXT: &str = "Next: what that account will be able to do, and the confirmation.";
pub(crate) const CONTINUE: &str = "Continue";
pub(crate) const CSV_FILE: &str = "CSV for spreadsheets (formulas escaped)";
pub(crate) const DELETION_NEEDS_IT: &str =
    "Deleting root credentials requires it. The deletion dialog opens afterwards.";
pub(crate) const DID_NOT_WORK: &str = "Failed";
/// What Enter does, in the footer.
pub(crate) const ENTER_APPLIES: &str = "apply";
pub(crate) const ENTER_AUDITS: &str = "audit";
pub(crate) const ENTER_CHECKS: &str = "check";
pub(crate) const ENTER_COPIES: &str = "copy";
pub(crate) const ENTER_DELETES_POLICY: &str = "delete policy";
pub(crate) const ENTER_EXPORTS: &str = "export";
pub(crate) const ENTER_FILTERS: &str = "show accounts";
pub(crate) const ENTER_GOES_THERE: &str = "go there";
pub(crate) const ENTER_EDITS: &str = "edit";
pub(crate) const ENTER_GOES_TO_ACCOUNT: &str = "go to account";
pub(crate) const ENTER_PUTS_POLICY: &str = "put policy";
pub(crate) const ENTER_RUNS: &str = "run";
pub(crate) const ENTER_SHOWS_ACTIONS: &str = "actions";
pub(crate) const ENTER_SHOWS_ERROR: &str = "show error";
pub(crate) const ENTER_SHOWS_POLICY: &str = "show policy";
pub(crate) const ENTER_SIGNS_IN: &str = "sign in";
pub(crate) const ENTER_SORTS: &str = "sort";
pub(crate) const ENTER_USES_PROFILE: &str = "use profile";
pub(crate) const ERROR: &str = "Error";
pub(crate) const EXPORT_IS_PRIVATE: &str = "Only you can read the file. It can contain email addresses and reasons.";
pub(crate) const FILE_EXISTS: &str = "This file exists. Replace it, or enter another name.";
pub(crate) const FAILED: &str = "FAILED after acceptance (reported by AWS)";
pub(crate) const JSON_FILE: &str = "JSON for programs (one array of objects)";
pub(crate) const KEEP_THE_ADDRESS: &str = "Save address";
pub(crate) const NAME_DECIDES: &str = "the file name must end with .csv or .json";
pub(crate) const NOT_SAVED: &str = "Not saved";
pub(crate) const NOT_SENT: &str = "not sent: stopped before this change";
pub(crate) const NOT_ACCEPTED: &str = "Skipped:";
pub(crate) const NO_ANSWER_YET: &str = "sent to AWS, no answer yet";
pub(crate) const NO_CODE: &str = "No usable code in these mails";
pub(crate) const NO_MATCH: &str = "no match";
pub(crate) const NO_MATCHING_COMMAND: &str = "no matching command";
pub(crate) const NO_SUCH_ACCOUNT: &str = "no such account";
pub(crate) const SEND_AGAIN: &str = "Send again";
pub(crate) const SEVERAL_ACCOUNTS: &str = "several accounts have this name: enter the id";
pub(crate) const REASON: &str = "Reason";
pub(crate) const REASON_OR_TICKET: &str = "Reason or ticket (for the journal)";
pub(crate) const REASON_IS_KEPT: &str = "It is kept in the journal with the change.";
pub(crate) const SERVICE: &str = "Service";
pub(crate) const SET_REASON: &str = "Set";
pub(crate) const STILL_LISTING: &str = "still loading: accounts not listed yet are missing";
pub(crate) const SIGN_IN: &str = "Sign in";
pub(crate) const SEND_CODE: &str = "Send code";
pub(crate) const TAKEN_NOT_SHOWN: &str = "Accepted by AWS. Verifying for up to 3 minutes. You can close this.";
pub(crate) const TURN_IT_ON_FIRST: &str = "Enable it first";
pub(crate) const ROOT: &str = "Root";
pub(crate) const TAKE_SUGGESTION: &str = "use the suggestion";
pub(crate) const UNIT: &str = "ORGANIZATIONAL UNIT";
pub(crate) const UNIT_UNKNOWN: &str = "unknown: AWS does not report it";
pub(crate) const UNITS: &str = "Organizational units and their accounts";
pub(crate) const WAITING_FOR_ITS_TURN: &str = "queued";
pub(crate) const WRITING_IT: &str = "saving";

pub(crate) fn lines_hidden(count: usize) -> String {
    let lines = if count == 1 { "1 line".to_owned() } else { format!("{count} lines") };
    format!(" terminal too small: {lines} hidden ")
}

sentences! {
    accept_mails(count) = "Accept the email changes in {count} mails";
    accepting_changes(accounts) = "Accepting email changes of {accounts}";
    address_of_change(account) = "New address of the pending change of {account}";
    after_that(switch) = "Next: {switch}.";
    change_email(account) = "Change the primary email of {account}";
    choose_match() [next: DialogNext] = "choose a match ({next}), or enter the whole id or name";
    code_taken() [ask: Verify] = "code accepted, not shown by AWS yet: check again later ({ask})";
    code_taken_reports(word) = "code accepted, AWS reports {word}";
    delegated_administrator_for(service) = "Delegated administrator for {service}";
    error_of(place, count) = "Error ({place} of {count})";
    exports_all(accounts) = "{accounts} marked: marks are ignored, all rows shown are exported";
    email_needs_it(account) = "Changing the primary email of {account} requires it. The email dialog opens \
        afterwards.";
    enter_code(dot, word, left) = "Enter the one-time password {dot} {word}{left}";
    forget_change(account) = "Forget the email change of {account}";
    hides_code() [reveal: DialogReveal] = "{reveal} hides it";
    known_domain(glyph) = "{glyph} domain in use in this organization";
    match_of(at, count) = "match {at}/{count}";
    managed_policies(as_of) = "AWS managed policies, as of {as_of}";
    mfa_code_for(profile) = "MFA code for the profile {profile}";
    not_now(reason) = "Not available: {reason}.";
    read_from_file(what) = "Read {what} from a file";
    reading_configuration(glyph) = "{glyph} reading the AWS configuration";
    reason_for(account) = "Reason or ticket for {account}";
    reason_required() [reason: DialogReason] = "A reason or ticket is required ({reason})";
    reason_too_long(longest, excess) = "at most {longest} characters ({excess} too many)";
    send_code_again(account) = "Resend the one-time password for {account}";
    shows_code() [reveal: DialogReveal] = "{reveal} shows it";
    which_account() [next: DialogNext] = "Member account: id or unique name ({next} completes)";
}
