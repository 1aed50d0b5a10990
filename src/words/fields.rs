//! The fields of all outputs: one name for one thing.

use super::schema::{Field, Shape};
use Shape::{AccountId, Any, Flag, List, Number, OneOf, Record, Text, Time};

macro_rules! fields {
    ($($name:ident $json:literal $shape:expr, $about:literal;)*) => {
        $(pub(crate) const $name: Field = Field::new($json, $shape, $about);)*
    };
}

fields! {
    // Accounts.
    ACCOUNT_ID "account_id" AccountId, "Id of the account";
    ACCOUNT_NAME "account_name" Text, "Name of the account";
    EMAIL "email" Text, "Primary email";
    STATE "state" Text, "State of the account (AWS value, such as ACTIVE)";
    PATH "path" Text, "Names of the organizational units from the root down";
    UNIT_IDS "unit_ids" List(&Text), "Ids of the organizational units from the root down";
    JOINED "joined" Time, "When the account joined the organization";
    JOINED_METHOD "joined_method" Text, "How it joined (AWS value: CREATED, INVITED)";
    FINDINGS "findings" List(&Record(&FINDING)), "What changed since earlier listings and is not acknowledged";
    ADDRESS_FINDINGS "address_findings" List(&Record(&ADDRESS_FINDING)), "What is wrong with the primary email";
    ADDRESS_FINDING_NAME "address_finding" OneOf(&["look_alike_domain", "personal_provider", "foreign_domain", "invalid_address", "several_plus_signs", "shared_mailbox"]), "Name of the finding";
    FINDING_ID "finding_id" Number, "Number of the finding, for `findings acknowledge`";
    FINDING_SINCE "since" Time, "When the list before was made";
    FINDING_KIND "kind" OneOf(&["email", "gone", "new", "state"]), "What changed";
    MANAGEMENT "management_account" Flag, "Whether it is the management account; null if that is unknown";
    EMAIL_CHANGE "email_change" Record(&EMAIL_CHANGE_PARTS), "The email change of the account; null for the management account";
    AUDIT "audit" Record(&AUDIT_PARTS), "The last audit on this machine; null without one";
    RECOVERY_OPEN_SINCE "recovery_open_since" Time, "Since when password recovery is allowed, by the journal of this machine";
    RECOVERY_UNTIL "until" Time, "When the password recovery should be closed again";
    RECOVERY_EXPIRED "expired" Flag, "Whether it should be closed by now";
    RECOVERY_OPEN_UNTIL "recovery_open_until" Time, "When it should be closed again";
    BEFORE "before" Text, "Value before";
    AFTER "after" Text, "Value after";
    SEEN "seen" Time, "When the last listing showed it";

    // What holds of many things.
    KIND "kind" Text, "Kind of the row";
    STATUS "status" Text, "Status";
    MESSAGE "message" Text, "For people; its words may change";
    FIX "fix" Text, "What fixes it, for people; its words may change";
    SINCE "since" Time, "Since when";
    TIME "time" Time, "When";
    CREATED "created" Time, "When it was created";
    REGION "region" Text, "AWS region";
    LINE "line" Number, "Line in the file";
    AWS_CODE "aws_code" Text, "Error code of AWS";
    REQUEST_ID "request_id" Text, "Request id of AWS";
    CALLER_ARN "caller_arn" Text, "ARN of the caller";
    PROFILE "profile" Text, "AWS profile";
    SERVICE "service" Text, "Service principal, such as iam.amazonaws.com";
    FEATURE "feature" Text, "Feature of centralized root access (AWS name)";
    ON_OFF "status" OneOf(&["on", "off"]), "Whether it is enabled";
    CHANGED "changed" Flag, "Whether this command changed it; null if that is unknown";
    COUNT "count" Number, "How many";
    DELEGATION_STATUS "status" OneOf(&["registered", "not_registered"]), "Whether the account is delegated administrator for the service";
    STARTED_BY "started_by" Text, "ARN of who started it";

    // Email changes.
    CHANGE_STATUS "status" Text, "Status of the change (AWS value: PENDING, ACCEPTED, COMPLETED, FAILED); null without a change";
    ADDRESS_KNOWN "address_known" Flag, "Whether the new address is known here: AWS does not return it";
    STARTED_ELSEWHERE "started_elsewhere" Flag, "Whether the change was not started on this machine";
    OLD_EMAIL "old_email" Text, "Primary email before the change";
    NEW_EMAIL "new_email" Text, "Primary email after the change";
    STARTED "started" Time, "When the change was started";
    EXPIRES "expires" Time, "When the one-time password expires";
    EXPIRED "expired" Flag, "Whether the one-time password has expired";
    UPDATED "updated" Time, "When AWS last updated the status";
    PLAN_STATUS "status" OneOf(&["would_start", "already", "problem", "waiting", "sending", "started", "refused", "failed", "unknown"]), "What became of the line, or would";

    FORGET_STATUS "status" OneOf(&["forgotten", "nothing_saved"]), "Whether anything was forgotten";
    DROP_STATUS "status" OneOf(&["dropped"]), "What became of the plan";
    CONFIRMED "created" Time, "When it was confirmed";
    PLAN_FILE "file" Text, "File of the plan; null for stdin and marked accounts";
    OPEN "open" Flag, "Whether it can be resumed";
    WAITING "waiting" Number, "How many are not sent yet";
    UNANSWERED "unanswered" Number, "How many have an unknown outcome, or are in progress";
    STARTED_COUNT "started" Number, "How many were started";
    ALREADY "already" Number, "How many had nothing to send";
    REFUSED_COUNT "refused" Number, "How many were refused";
    FAILED_COUNT "failed" Number, "How many failed";
    MAIL_STATUS "status" OneOf(&["would_accept", "accepted", "completed", "already_accepted", "older", "superseded", "no_change", "started_elsewhere", "several_accounts", "several_codes", "expired", "ended", "not_listed", "refused", "failed", "unknown", "not_attempted"]), "What became of the mail and its change, or would";

    // Root credentials.
    AUDIT_STATUS "status" OneOf(&["audited", "unknown", "not_audited", "skipped"]), "Whether the account was read; unknown: not wholly";
    DEPTH "depth" OneOf(&["quick", "deep"]), "Depth of the audit";
    AUDITED_AT "audited_at" Time, "When the account was audited";
    NEW_FINDINGS "new_findings" List(&OneOf(&ROOT_FINDING_NAMES)), "Findings that the last audit on this machine had not; null without --since-last";
    CHANGES "changes" List(&Record(&CHANGE)), "What is different from the audit before; null without --since-last";
    CHANGES_SINCE "changes_since" Time, "When that was made; null without one";
    DIFFERENCE "change" OneOf(&["new", "used", "gone"]), "What happened to the credential; a used password: root signed in";
    EVIDENCE "evidence" Text, "What shows it, for people; its words may change";
    LAST_AUDITED_AT "last_audited_at" Time, "When the last audit with this result was made";
    AUDITS "audits" Number, "How many audits in a row had this result";
    FINDING_FLAG "finding" Flag, "Whether there is any of the root_findings; null if there is none and not all that decides it was read";
    PASSWORD_WITHOUT_MFA "password_without_mfa" Flag, "Whether the password alone signs root in";
    PASSWORD "password" Record(&PASSWORD_FOUND), "Root password; details after a deep audit";
    ACCESS_KEYS "access_keys" Record(&KEYS_FOUND), "Access keys of root; details after a deep audit";
    MFA_DEVICES "mfa_devices" Record(&DEVICES_FOUND), "MFA devices of root; details after a deep audit";
    SIGNING_CERTIFICATES "signing_certificates" Record(&CERTIFICATES_FOUND), "Signing certificates of root; details after a deep audit";
    LAST_SIGN_IN "last_sign_in" Record(&[SIGN_IN_STATUS, TIME.or_null()]), "Last sign-in of root with a password; the date stays after the password is deleted";
    SIGN_IN_STATUS "status" OneOf(&["signed_in", "never", "not_read"]), "Whether root ever signed in";
    ROOT_FINDINGS "root_findings" List(&Record(&ROOT_FINDING)), "Findings about root, the worst first";
    UNDECIDED_FINDINGS "undecided_findings" List(&OneOf(&ROOT_FINDING_NAMES)), "Findings that the audit could not decide: it did not ask for them, or could not read what decides them";
    ROOT_FINDING_NAME "root_finding" OneOf(&ROOT_FINDING_NAMES), "Name of the finding";
    SEVERITY "severity" OneOf(&["critical", "high", "medium"]), "How bad it is";
    REFERENCES "references" List(&Text), "Its numbers and names in CIS AWS Foundations, Security Hub and Prowler";
    MFA_KIND "kind" OneOf(&["virtual", "passkey_or_security_key", "hardware_token", "other"]), "Kind of the device, by the form of its serial number";
    PRESENCE "status" OneOf(&["present", "absent"]), "Whether there is one";
    FOUND_DETAILS "details" Any, "What was found; null where nothing is there, or after a quick audit";
    CREDENTIAL "credential" OneOf(&["password", "access_key", "signing_certificate", "mfa_device"]), "Kind of the credential";
    CREDENTIAL_CREATED "created" Time, "When it was created, uploaded or enabled";
    CREDENTIAL_ID "credential_id" Text, "What AWS names it by: access key id, certificate id, serial number";
    CREDENTIAL_STATUS "credential_status" Text, "AWS's status of the access key or certificate, such as Active";
    LAST_USED "last_used" Record(&LAST_USE), "Last use of the key, or last sign-in with the password";
    USE_STATUS "status" OneOf(&["used", "never"]), "Whether it was used";
    ENABLED "enabled" Time, "When it was enabled";
    UPLOADED "uploaded" Time, "When it was uploaded";
    DELETION_STATUS "status" OneOf(&["would_delete", "kept", "deleted", "already_absent", "unproved", "denied_by_scp", "failed", "unknown", "not_attempted"]), "What became of the credential, or would";
    STILL_THERE "still_there" Flag, "Whether an audit afterwards shows it; null without one";

    RECOVERY_STATUS "status" OneOf(&["allowed", "closed", "already_allowed", "already_closed", "refused", "failed", "unknown", "not_attempted"]), "What became of the recovery";

    // Contacts.
    CONTACTS_STATUS "status" OneOf(&["read", "unknown", "skipped"]), "Whether the contacts were read; unknown: not wholly";
    CONTACT_FINDINGS "contact_findings" List(&Record(&CONTACT_FINDING)), "Findings about the contacts; null if the security contact was not read";
    CONTACT_FINDING_NAME "contact_finding" OneOf(&["no_security_contact"]), "Name of the finding";
    CHANGED_WHAT "what" OneOf(&["security_contact", "operations_contact", "billing_contact", "primary_contact", "account_name"]), "What is changed";
    CONTACT_CHANGE_STATUS "status" OneOf(&["would_change", "changed", "already", "problem", "refused", "failed", "unknown", "not_attempted"]), "What became of the change, or would; changed: read back";
    SECURITY_CONTACT "security_contact" Record(&ALTERNATE_FOUND), "Security contact; null if it was not read";
    OPERATIONS_CONTACT "operations_contact" Record(&ALTERNATE_FOUND), "Operations contact; null if it was not read";
    BILLING_CONTACT "billing_contact" Record(&ALTERNATE_FOUND), "Billing contact; null if it was not read";
    PRIMARY_CONTACT "primary_contact" Record(&PRIMARY_FOUND), "Primary contact; null if it was not read";
    CONTACT_NAME "name" Text, "Name of the person or team";
    CONTACT_TITLE "title" Text, "Title of the person";
    CONTACT_EMAIL "email" Text, "Email address of the contact";
    CONTACT_PHONE "phone" Text, "Phone number";
    COMPANY "company" Text, "Name of the company";
    ADDRESS "address" List(&Text), "Lines of the street address";
    CITY "city" Text, "City";
    STATE_OR_REGION "state_or_region" Text, "State or region";
    DISTRICT "district_or_county" Text, "District or county";
    POSTAL_CODE "postal_code" Text, "Postal code";
    COUNTRY "country" Text, "Country (ISO 3166, two letters)";
    WEBSITE "website" Text, "Website of the company";

    // Policies of buckets and queues.
    BUCKET "bucket" Text, "Name of the bucket";
    HAS_POLICY "has_policy" Flag, "Whether it has a policy";
    LOCKED "locked" Flag, "Whether the policy locks out all principals but root";
    POLICY_STATUS "status" OneOf(&["put", "deleted", "already_absent", "unknown"]), "What became of the policy";
    SAVED_TO "saved_to" Text, "File with the policy that was there before; null if there was none";
    QUEUE "queue" Text, "Name of the queue";
    URL "url" Text, "URL of the queue";

    // The journal.
    ENTRY_ID "id" Number, "Number of the entry";
    FINISHED "finished" Time, "When the outcome was recorded";
    OUTCOME "outcome" OneOf(&["ok", "refused", "failed", "unknown"]), "Outcome; unknown also without an end";
    OUTCOME_CAUSE "outcome_cause" Text, "Why, in a word of rootdeck, where AWS has no code for it";
    OPERATION "operation" Text, "Operation of AWS, such as account:StartPrimaryEmailUpdate";
    REASON "reason" Text, "Reason or ticket that the caller gave";
    CHANGE_KIND "kind" Text, "Kind of the change";
    CONTACT "contact" Text, "Alternate contact: security, operations or billing";
    OLD_NAME "old_name" Text, "Name of the account before";
    NEW_NAME "new_name" Text, "Name of the account after";
    POLICY_HOLDER "policy_holder" Text, "Kind of what has the policy";
    POLICY_HOLDER_NAME "policy_holder_name" Text, "Name of what has the policy";
    BYTES "bytes" Number, "Length of the policy";
    TASK "task" Text, "Task policy (AWS name)";
    SECONDS "seconds" Number, "Duration of the root session";
    PLAN "plan" Number, "Number of the plan of email changes";
    ACCOUNT_COUNT "accounts" Number, "How many accounts";

    // Status.
    REGION_ASSUMED "region_assumed" Flag, "Whether no region was configured";
    PARTITION "partition" Text, "Partition of AWS";
    ENDPOINT "endpoint" Text, "Endpoint, where it is not AWS's own";
    REQUEST_RATE "request_rate_percent" Number, "Percentage of AWS's request quotas that is used now, less than 100 after throttling; null where calls are not limited";
    DEMO "demo" Flag, "Whether this is the demo";
    ORGANIZATION "organization" Record(&ORGANIZATION_PARTS), "The organization; null without one";
    ORGANIZATION_ID "organization_id" Text, "Id of the organization";
    MANAGEMENT_ACCOUNT_ID "management_account_id" AccountId, "Id of the management account";
    ALL_FEATURES "all_features" Flag, "Whether all features are enabled; null if AWS does not report it";
    ORG_ROLE "org_role" OneOf(&["management", "delegated_administrator", "member"]), "Role of this account in the organization; null without one";
    ROOT_USER "root_user" Flag, "Whether the caller is a root user";
    TRUSTED_ACCESS "trusted_access" List(&Record(&TRUST)), "Trusted access of the two services that rootdeck needs";
    ROOT_FEATURES "root_features" List(&Record(&FEATURES)), "Features of centralized root access";
    DELEGATED_ADMINISTRATORS "delegated_administrators" List(&Record(&DELEGATE)), "Delegated administrators";
    SERVICES "services" List(&Record(&DELEGATED_SERVICE)), "Services that the account administers";
    FLOWS "flows" List(&Record(&FLOW_PARTS)), "What can be done, task by task";
    FLOW "flow" Text, "Task, as policy --for names it";
    READY "ready" OneOf(&["yes", "no", "unknown"]), "Whether the task can be done";
    SIMULATED "simulated" Flag, "Whether this rests on IAM's simulation alone";
    REQUIREMENTS "requirements" List(&Record(&REQUIREMENT)), "What the task needs";
    NEEDS "needs" OneOf(&["credentials", "partition", "not_root", "user_or_role", "organization", "all_features", "management_account", "management_or_delegated", "trusted_access", "root_feature", "permission"]), "What is needed";
    ACTION "action" Text, "IAM action";
    ABOUT "about" Text, "What the permission is limited to: service principal or task policy";
    WEIGHT "weight" OneOf(&["essential", "helpful", "doubtful"]), "How much it is needed";
    ANSWER "answer" OneOf(&["yes", "no", "unknown"]), "Whether it is there";

    // Policies of callers.
    POLICY "policy" Text, "Name of the policy";
    VERSION "version" Text, "Version of an AWS managed policy";
    DATED "dated" Text, "Day of that version";
    AS_OF "as_of" Text, "Day on which rootdeck read AWS's policies";
    GUARDRAIL "guardrail" Flag, "Whether it only takes away";
    EXPLAINED_FLOWS "flows" List(&Record(&EXPLAINED_FLOW)), "What it allows, task by task";
    ROOT_SESSIONS "root_sessions" List(&Record(&TASK_LEFT)), "What a guardrail leaves to root sessions";
    ALLOWED "allowed" OneOf(&["whole", "without_help", "part", "nothing", "unknown"]), "How much of the task it allows";
    PERMISSIONS "permissions" List(&Record(&JUDGED)), "Permission by permission";
    JUDGEMENT "answer" OneOf(&JUDGEMENTS), "Whether the policy allows it";
    DETAILS "details" List(&Text), "Resources, statements or conditions that decide it";
    OPENING "opening" OneOf(&JUDGEMENTS), "Whether the session can be opened";
    OPENING_DETAILS "opening_details" List(&Text), "Resources, statements or conditions that decide it";
    ACTIONS "actions" List(&Record(&ACTION_LEFT)), "Action by action";

    // What is kept on this machine.
    KEPT_KIND "kind" OneOf(&["listings", "findings", "audits", "alarms", "email_changes", "filters", "plans", "journal_entries"]), "What is kept";
    KEPT_STATUS "status" OneOf(&["would_forget", "forgotten", "kept"]), "What became of it; of journal entries only the addresses are forgotten";
    ADDRESSED "addressed" Number, "How many of them hold an address, where that is counted";
    STILL_OPEN "open" Number, "How many of them are open, where that can be";

    // What SCPs and RCPs leave to root sessions.
    CONTROL_VERDICT "verdict" OneOf(&["allowed", "unknown", "blocked"]), "Whether SCPs and RCPs block it; unknown where that depends on something, or could not be read";
    CONTROL_LEVELS "levels" List(&Record(&CONTROL_LEVEL)), "Root, organizational units and account, from the root down; null for the management account, as all that follows";
    LEVEL_ID "level_id" Text, "Id of the root, the organizational unit or the account";
    LEVEL_NAME "level_name" Text, "Its name";
    CONTROL_POLICIES "policies" List(&Record(&CONTROL_POLICY)), "Policies that are attached there";
    POLICY_ID "policy_id" Text, "Id of the policy, such as p-2kgnabcd";
    POLICY_NAME "policy_name" Text, "Name of the policy";
    POLICY_TYPE "policy_type" OneOf(&["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]), "Type of the policy";
    AWS_MANAGED "aws_managed" Flag, "Whether AWS manages it";
    ATTACHED_TO "attached_to" List(&Text), "Ids of what it is attached to";
    DOCUMENT "document" Text, "The policy document";
    CONTROL_TASKS "tasks" List(&Record(&CONTROL_TASK)), "The tasks of root sessions in the account";
    CONTROL_ACTIONS "actions" List(&Record(&CONTROL_ACTION)), "Action by action";
    CONTROL_CAUSES "causes" List(&Record(&CONTROL_CAUSE_PARTS)), "What blocks it, or what that depends on";
    CONTROL_CAUSE "cause" OneOf(&["denied", "depends", "not_allowed", "allow_depends", "unlisted", "unread", "not_judged"]), "Kind of the cause";
    STATEMENT "statement" Text, "Statement of the policy: number and Sid";
    DEPENDS_ON "depends_on" List(&Text), "Condition keys, operators, variables and resources that it depends on";
    CONTROL_OPENING "opening" List(&Record(&CONTROL_ACTION)), "Whether the policies above the caller's own account let it open each task's session, in the order of tasks; null for callers of the management account";
    EXEMPTIONS "exemptions" List(&Record(&EXEMPTION)), "Changes that let root sessions through, for the owners of the policies";
    STATEMENTS "statements" List(&Text), "The statements that change: number and Sid";
    DIFF "diff" Text, "Unified diff of the document";
    CONTROL_FIXES "other_fixes" List(&Text), "What to do where no exemption helps";

    // The configuration.
    SETTING "setting" Text, "Name of the setting";
    VALUE "value" Any, "Its value";
    SOURCE "source" OneOf(&["default", "file", "problems", "environment", "option"]), "Where it comes from";
    FILE "file" Text, "Configuration file";

    // The demo's mailbox.
    SENT "sent" Time, "When the mail was sent";
    TO "to" Text, "Receiver";
    SUBJECT "subject" Text, "Subject";
}

const ROOT_FINDING_NAMES: [&str; 7] = [
    "password_without_mfa",
    "access_key_in_use",
    "access_key",
    "recent_sign_in",
    "no_hardware_mfa",
    "signing_certificate",
    "password",
];
const JUDGEMENTS: [&str; 6] = ["allowed", "all_but", "only", "denied", "not_allowed", "unknown"];
pub(crate) const EMAIL_CHANGE_PARTS: [Field; 10] = [
    CHANGE_STATUS.or_null().or_unknown(),
    ADDRESS_KNOWN.or_null(),
    STARTED_ELSEWHERE.or_null(),
    OLD_EMAIL.or_null(),
    NEW_EMAIL.or_null(),
    STARTED.or_null(),
    STARTED_BY.or_null(),
    EXPIRES.or_null(),
    EXPIRED.or_null(),
    UPDATED.or_null(),
];
pub(crate) const AUDIT_PARTS: [Field; 12] = [
    AUDIT_STATUS,
    MESSAGE.or_null(),
    DEPTH.or_null(),
    AUDITED_AT.or_null(),
    FINDING_FLAG.or_null(),
    PASSWORD_WITHOUT_MFA.or_null(),
    PASSWORD.or_null().or_unknown(),
    ACCESS_KEYS.or_null().or_unknown(),
    MFA_DEVICES.or_null().or_unknown(),
    SIGNING_CERTIFICATES.or_null().or_unknown(),
    LAST_SIGN_IN.or_null().or_unknown(),
    ROOT_FINDINGS.or_null(),
];
const FINDING: [Field; 5] = [KIND, BEFORE.or_null(), AFTER.or_null(), SINCE, SEEN];
const PASSWORD_FOUND: [Field; 2] = found(Record(&[CREATED.or_null()]));
const KEYS_FOUND: [Field; 2] = found(List(&Record(&KEY)));
const DEVICES_FOUND: [Field; 2] = found(List(&Record(&[CREDENTIAL_ID, MFA_KIND, ENABLED.or_null()])));
const CERTIFICATES_FOUND: [Field; 2] = found(List(&Record(&[CREDENTIAL_ID, STATUS, UPLOADED.or_null()])));
const ALTERNATE_FOUND: [Field; 2] = contact(Record(&ALTERNATE));
const PRIMARY_FOUND: [Field; 2] = contact(Record(&PRIMARY));
const ALTERNATE: [Field; 4] = [CONTACT_NAME, CONTACT_TITLE, CONTACT_EMAIL, CONTACT_PHONE];
const PRIMARY: [Field; 10] = [
    CONTACT_NAME,
    COMPANY.or_null(),
    ADDRESS,
    CITY,
    STATE_OR_REGION.or_null(),
    DISTRICT.or_null(),
    POSTAL_CODE,
    COUNTRY,
    CONTACT_PHONE,
    WEBSITE.or_null(),
];
const ADDRESS_FINDING: [Field; 4] = [ADDRESS_FINDING_NAME, SEVERITY, MESSAGE, FIX];
const CONTACT_FINDING: [Field; 4] = [CONTACT_FINDING_NAME, SEVERITY, FIX, REFERENCES];
const ROOT_FINDING: [Field; 5] = [ROOT_FINDING_NAME, SEVERITY, EVIDENCE, FIX, REFERENCES];
const CHANGE: [Field; 4] = [DIFFERENCE, CREDENTIAL, CREDENTIAL_ID.or_null(), TIME.or_null()];
const KEY: [Field; 4] = [CREDENTIAL_ID, STATUS, CREATED.or_null(), LAST_USED.or_unknown()];
const LAST_USE: [Field; 4] =
    [USE_STATUS, TIME.or_null(), SERVICE.about("Service that was called, such as s3").or_null(), REGION.or_null()];
const ORGANIZATION_PARTS: [Field; 3] = [ORGANIZATION_ID, MANAGEMENT_ACCOUNT_ID, ALL_FEATURES.or_null()];
const TRUST: [Field; 2] = [SERVICE, ON_OFF.or_unknown()];
const FEATURES: [Field; 2] = [FEATURE, ON_OFF.or_unknown()];
const DELEGATE: [Field; 3] = [ACCOUNT_ID, ACCOUNT_NAME, SERVICES];
const DELEGATED_SERVICE: [Field; 2] = [SERVICE, SINCE.or_null()];
const FLOW_PARTS: [Field; 4] = [FLOW, READY, SIMULATED, REQUIREMENTS];
pub(crate) const REQUIREMENT: [Field; 9] = [
    NEEDS,
    SERVICE.or_null(),
    FEATURE.or_null(),
    ACTION.or_null(),
    ABOUT.or_null(),
    WEIGHT,
    ANSWER,
    MESSAGE,
    FIX.or_null(),
];
const EXPLAINED_FLOW: [Field; 3] = [FLOW, ALLOWED, PERMISSIONS];
const JUDGED: [Field; 6] = [ACTION, ABOUT.or_null(), WEIGHT, JUDGEMENT, DETAILS, MESSAGE];
const TASK_LEFT: [Field; 4] = [TASK, OPENING, OPENING_DETAILS, ACTIONS];
const ACTION_LEFT: [Field; 3] = [ACTION, JUDGEMENT, DETAILS];

const CONTROL_LEVEL: [Field; 2] = [LEVEL_ID, LEVEL_NAME.or_null()];
const CONTROL_POLICY: [Field; 6] =
    [POLICY_ID, POLICY_NAME, POLICY_TYPE, AWS_MANAGED, ATTACHED_TO, DOCUMENT.or_unknown()];
const CONTROL_TASK: [Field; 3] = [TASK, CONTROL_VERDICT, CONTROL_ACTIONS];
const CONTROL_ACTION: [Field; 3] = [ACTION, CONTROL_VERDICT, CONTROL_CAUSES];
const CONTROL_CAUSE_PARTS: [Field; 7] = [
    CONTROL_CAUSE,
    POLICY_ID.or_null(),
    POLICY_NAME.or_null(),
    STATEMENT.or_null(),
    LEVEL_ID.or_null(),
    DEPENDS_ON,
    MESSAGE,
];
const EXEMPTION: [Field; 5] = [POLICY_ID, POLICY_NAME.or_null(), STATEMENTS, DIFF, DOCUMENT];

const fn found(details: Shape) -> [Field; 2] {
    [PRESENCE, FOUND_DETAILS.shaped(details).or_null()]
}

const fn contact(details: Shape) -> [Field; 2] {
    [PRESENCE, FOUND_DETAILS.shaped(details).about("The contact; null where AWS has none").or_null()]
}

/// What the journal holds of a change, in the order of its record.
pub(crate) const RECORDED: [Field; 20] = [
    CHANGE_KIND,
    OLD_EMAIL.about("Address before the change: the primary email, or that of an alternate contact"),
    NEW_EMAIL.about("Address after the change: the primary email, or that of an alternate contact"),
    SERVICE,
    FEATURE,
    CONTACT,
    OLD_NAME,
    NEW_NAME,
    CREDENTIAL,
    CREDENTIAL_ID,
    POLICY_HOLDER,
    POLICY_HOLDER_NAME,
    REGION,
    BYTES,
    TASK,
    SECONDS,
    PLAN,
    LINE,
    ACCOUNT_COUNT,
    RECOVERY_UNTIL,
];
