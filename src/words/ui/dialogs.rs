//! What the other dialogs say.

pub(crate) const ACCEPTED: &str = "ACCEPTED; waiting until AWS shows the new address";
pub(crate) const ACCEPT_MAIL: &str = "Accept the change of this mail";
pub(crate) const ACTIVE: &str = "ACTIVE";
pub(crate) const ALL: &str = "ALL";
pub(crate) const ACCOUNT_MISSING: &str = "the account is still to be typed";
pub(crate) const AUDIT_NEEDS_IT: &str = "The audit can only be made with it; it goes on after that.";
pub(crate) const COLUMNS: &str = "Columns";
pub(crate) const COLUMNS_ALWAYS: &str =
    "ACCOUNT, NAME and PRIMARY EMAIL are always shown. Columns that do not fit the screen are hidden.";
pub(crate) const COLUMNS_AUTOMATIC: &str = "automatic, by the width of the screen";
pub(crate) const COMMANDS_AND_ACCOUNTS: &str = "Commands and accounts";
pub(crate) const COMPLETED: &str = "COMPLETED: the account has the new address";
pub(crate) const CONFIRMATION_NEXT: &str = "What that account can do then, and the confirmation, come next.";
pub(crate) const CONTINUE: &str = "Go on";
pub(crate) const CSV_FILE: &str = "CSV, for spreadsheets: no cell becomes a formula";
pub(crate) const DELETION_NEEDS_IT: &str =
    "Root credentials can only be deleted with it; the dialog for that opens after that.";
pub(crate) const DID_NOT_WORK: &str = "It did not work";
pub(crate) const FAILED: &str = "FAILED after it was accepted: AWS says so";
pub(crate) const JSON_FILE: &str = "JSON, for programs: one array of objects";
pub(crate) const KEEP_THE_ADDRESS: &str = "Keep the address";
pub(crate) const NAME_DECIDES: &str = "the name ends with .csv or .json, which decides";
pub(crate) const NOT_SAVED: &str = "Not saved";
pub(crate) const NOT_SENT: &str = "  not sent: it was stopped before this one";
pub(crate) const NOT_ACCEPTED: &str = "Not taken:";
pub(crate) const NO_ANSWER_YET: &str = "on its way to AWS; no answer yet";
pub(crate) const NO_CODE: &str = "No code of these mails can be used";
pub(crate) const NO_MATCHING_COMMAND: &str = "no matching command";
pub(crate) const NO_SUCH_ACCOUNT: &str = "no account of the organization is called so";
pub(crate) const SEND_AGAIN: &str = "Send again";
pub(crate) const SEVERAL_ACCOUNTS: &str = "several accounts are called so; type the id";
pub(crate) const REASON: &str = "Reason";
pub(crate) const REASON_OR_TICKET: &str = "Reason or ticket (for the journal)";
pub(crate) const SET_REASON: &str = "Set";
pub(crate) const SIGN_IN: &str = "Sign in";
pub(crate) const TAKEN_NOT_SHOWN: &str = "AWS took it; waiting until AWS shows it (up to 3 minutes). It can be closed.";
pub(crate) const TURN_IT_ON_FIRST: &str = "Turn it on first";
pub(crate) const ROOT: &str = "Root";
pub(crate) const UNIT: &str = "ORGANIZATIONAL UNIT";
pub(crate) const UNIT_UNKNOWN: &str = "unknown: AWS does not report it";
pub(crate) const UNITS: &str = "Organizational units and their accounts";
pub(crate) const WAITING_FOR_ITS_TURN: &str = "waiting for its turn";
pub(crate) const WHICH_ACCOUNT: &str = "Which member account? Its id, or its name if no other has it.";
pub(crate) const WRITING_IT: &str = "writing it";

sentences! {
    accept_mails(count) = "Accept the changes of {count} mails";
    accepting_changes(accounts) = "Accepting email changes of {accounts}";
    address_of_change(account) = "The address of the pending change of {account}";
    after_that(switch) = "After that: {switch}.";
    change_email(account) = "Change the primary email of {account}";
    code_taken() [ask: Verify] = "AWS took the code and does not show it yet; ask again later ({ask})";
    code_taken_reports(word) = "AWS took the code and reports {word}";
    delegated_administrator_for(service) = "Delegated administrator for {service}";
    email_needs_it(account) = "The primary email of {account} can only be changed with it; its dialog opens after that.";
    enter_code(dot, word, left) = "Enter the one-time password {dot} {word}{left}";
    forget_change(account) = "Forget the email change of {account}";
    hides_code() [reveal: DialogReveal] = "{reveal} hides it";
    known_domain(glyph) = "{glyph} a domain of this organization";
    managed_policies(as_of) = "Policies of AWS, as of {as_of}";
    mfa_code_for(profile) = "MFA code for the profile {profile}";
    not_now(reason) = "Not now: {reason}.";
    read_from_file(what) = "Read {what} from a file";
    reading_configuration(glyph) = "{glyph} reading the AWS configuration";
    reason_too_long(longest, excess) = "at most {longest} characters ({excess} too many)";
    save_journal(entries) = "Save the journal as shown: {entries}";
    send_code_again(account) = "Send the one-time password again to {account}";
    shows_code() [reveal: DialogReveal] = "{reveal} shows it";
}
