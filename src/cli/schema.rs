//! `rootdeck schema`: what the JSON of each output holds, for programs that read it.

use std::collections::HashMap;

use jiff::Timestamp;

use super::arguments::{Bucket, Queue, SchemaArguments};
use super::error::{CliError, Done};
use super::policy::outcome_columns;
use super::rows::{Cell, Column, document as document_of, fields as f, fields_of, json_of, schema};
use super::{
    config, credentials, delegates, email, email_plan, explain, findings, output, purge, recovery, s3_policy,
    sqs_policy,
};
use crate::domain::root_credentials::AuditDepth;
use crate::words::cli::schema as words;
use crate::words::columns::{
    accounts, audit, audit_history, contact_changes, contacts, control_policy, email_changes, journal, mails, status,
    switches,
};
use crate::words::schema::Field;

/// All outputs, by the words of their command. The last two are exports of views.
pub(super) const NAMES: [&str; 52] = [
    "accounts",
    "accounts-show",
    "findings-list",
    "findings-acknowledge",
    "audit",
    "audit-history",
    "status",
    "credentials-delete",
    "recovery-list",
    "recovery-allow",
    "recovery-close",
    "s3-policy-list",
    "s3-policy-delete",
    "s3-policy-put",
    "sqs-policy-list",
    "sqs-policy-delete",
    "sqs-policy-put",
    "email-show",
    "email-status",
    "email-start",
    "email-resend",
    "email-accept",
    "email-accept-mails",
    "email-forget",
    "email-plan",
    "email-resume",
    "email-plans-list",
    "email-plans-show",
    "email-plans-drop",
    "contacts-list",
    "contacts-show",
    "contacts-set",
    "contacts-set-primary",
    "contacts-delete",
    "contacts-plan",
    "accounts-rename",
    "scp-explain",
    "trust-list",
    "trust-enable",
    "trust-disable",
    "features-list",
    "features-enable",
    "features-disable",
    "delegated-admins-list",
    "delegated-admins-register",
    "delegated-admins-deregister",
    "purge",
    "policy-explain",
    "journal",
    "config",
    "export-organization",
    "export-mailbox",
];

pub(super) fn run(wanted: &SchemaArguments) -> Done {
    let Some(name) = &wanted.name else { return output::line(&NAMES.join("\n")) };
    let document = document(name).ok_or_else(|| CliError::usage(words::unknown(name, NAMES.join(", "))))?;
    output::deliver(json_of(&document))
}

fn document(name: &str) -> Option<Cell> {
    Some(match name {
        "accounts" => {
            let beside = accounts::Beside {
                units: Err(String::new()),
                findings: Err(String::new()),
                addresses: HashMap::new(),
                shows_addresses: false,
            };
            listing(name, &accounts::columns(&beside), true)
        }
        "accounts-show" => schema(name, &super::accounts::show_columns(Timestamp::UNIX_EPOCH), false),
        "findings-list" => listing(name, &findings::columns(), true),
        "findings-acknowledge" => schema(name, &findings::columns(), true),
        "audit" => listing(name, &audit::columns(AuditDepth::Deep, Timestamp::UNIX_EPOCH), true),
        "audit-history" => schema(name, &audit_history::columns(), true),
        "status" => listing(name, &status::object_columns(), false),
        "credentials-delete" => schema(name, &credentials::columns(["", ""]), true),
        "recovery-list" => listing(name, &recovery::columns(), true),
        "recovery-allow" | "recovery-close" => schema(name, &recovery::outcome_columns(), true),
        "s3-policy-list" => listing(name, &s3_policy::columns(), true),
        "s3-policy-delete" | "s3-policy-put" => schema(name, &outcome_columns::<Bucket>(), false),
        "sqs-policy-delete" | "sqs-policy-put" => schema(name, &outcome_columns::<Queue>(), false),
        "sqs-policy-list" => listing(name, &sqs_policy::columns(), true),
        "email-show" => listing(name, &email::show_columns(), true),
        "email-status" => listing(name, &email_changes::columns(Timestamp::UNIX_EPOCH), true),
        "email-start" | "email-resend" | "email-accept" => {
            schema(name, &email_changes::columns(Timestamp::UNIX_EPOCH), false)
        }
        "email-accept-mails" => schema(name, &email::mail_columns(), true),
        "email-forget" => schema(name, &email::forget_columns(), false),
        "email-plans-drop" => schema(name, &email_plan::drop_columns(), false),
        "email-plans-list" => listing(name, &email_plan::plans_columns(), true),
        "email-plan" | "email-resume" | "email-plans-show" => schema(name, &email_plan::columns(), true),
        "contacts-list" => listing(name, &contacts::columns(), true),
        "contacts-show" => schema(name, &contacts::columns(), false),
        "contacts-set" | "contacts-set-primary" | "contacts-delete" | "contacts-plan" | "accounts-rename" => {
            schema(name, &contact_changes::columns(), true)
        }
        "scp-explain" => schema(name, &control_policy::columns(), false),
        "trust-list" => listing(name, &switches::trust_columns(), true),
        "trust-enable" | "trust-disable" => schema(name, &switches::trust_result_columns(), false),
        "features-enable" | "features-disable" => schema(name, &switches::feature_result_columns(), false),
        "delegated-admins-list" => listing(name, &switches::delegate_columns(), true),
        "delegated-admins-register" | "delegated-admins-deregister" => schema(name, &delegates::columns(), false),
        "purge" => schema(name, &purge::columns(), true),
        "features-list" => listing(name, &switches::feature_columns(), true),
        "policy-explain" => schema(name, &explain::policy_columns(), true),
        "journal" => listing(name, &journal::columns(), true),
        "config" => schema(name, &config::columns(), true),
        "export-organization" => schema(name, &switches::all_columns(), true),
        "export-mailbox" => schema(name, &mails::columns(), true),
        _ => return None,
    })
}

/// Of a command that lists several organizations as well: then each row says which it is of.
fn listing<R: ?Sized>(title: &str, columns: &[Column<'_, R>], is_list: bool) -> Cell {
    let mut fields = fields_of(columns);
    let is_new = |label: &Field| fields.iter().all(|field| field.name != label.name);
    let labels = [f::ORGANIZATION_ID.or_null().optional(), f::PROFILE.optional()].into_iter().filter(is_new);
    let labels: Vec<Field> = labels.collect();
    fields.splice(0..0, labels);
    document_of(title, &fields, is_list)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// `UPDATE_SCHEMAS=1` writes them.
    #[test]
    fn the_schemas_in_assets_are_those_of_the_outputs() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/schemas");
        let named = |name: &str| folder.join(format!("{name}.json"));
        for name in NAMES {
            let text = json_of(&document(name).expect("a schema")).expect("json");
            if std::env::var_os("UPDATE_SCHEMAS").is_some() {
                std::fs::create_dir_all(&folder).expect("a folder");
                std::fs::write(named(name), &text).expect("written");
            }
            let kept = std::fs::read_to_string(named(name)).unwrap_or_default();
            assert!(kept == text, "{name}: UPDATE_SCHEMAS=1 cargo test --lib cli::schema updates it");
        }
        let files = std::fs::read_dir(&folder).expect("a folder").count();
        assert_eq!(files, NAMES.len(), "a schema of no output");
        assert!(document("nothing").is_none());
    }
}
