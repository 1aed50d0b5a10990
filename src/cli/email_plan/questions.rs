//! What a person has to answer before a plan is started.

use std::collections::BTreeSet;

use crate::cli::arguments::{ANY_DOMAIN, StartPlan};
use crate::cli::error::{Done, Exit};
use crate::cli::output::print_error;
use crate::domain::email_plan::{CheckedPlan, NewDomain};
use crate::words::cli::plans as words;

pub(super) fn unconfirmed<'a>(checked: &'a CheckedPlan, wanted: &StartPlan) -> Vec<&'a NewDomain> {
    if wanted.allow_new_domain.iter().any(|domain| domain == ANY_DOMAIN) {
        return Vec::new();
    }
    let allowed: BTreeSet<String> = wanted.allow_new_domain.iter().cloned().collect();
    checked.unanswered(&allowed)
}

pub(super) fn unanswered(checked: &CheckedPlan, wanted: &StartPlan) -> bool {
    let domains = unconfirmed(checked, wanted);
    if !domains.is_empty() {
        let names: Vec<&str> = domains.iter().map(|new| new.domain.as_str()).collect();
        print_error(&words::allow_domains(names.join(",")));
    }
    let is_unusual = !wanted.allow_unusual_address && !checked.unusual.is_empty();
    if is_unusual {
        print_error(words::ALLOW_UNUSUAL);
    }
    is_unusual || !domains.is_empty()
}

pub(super) fn print_questions(checked: &CheckedPlan, print: impl Fn(&str)) {
    checked.new_domains.iter().for_each(|new| print(&words::new_domain(new)));
    checked.unusual.iter().for_each(|found| print(&words::unusual(found)));
}

/// Has new domains and addresses that AWS documents as invalid confirmed: by an option, or by typing.
pub(super) async fn confirm_domain(checked: &CheckedPlan, wanted: &StartPlan) -> Done {
    print_questions(checked, |text| wanted.consent.tell(text));
    if wanted.consent.yes && unanswered(checked, wanted) {
        return Exit::Usage.end();
    }
    for new in unconfirmed(checked, wanted) {
        print_error(&words::is_domain_yours(&new.domain));
        wanted.consent.ask(&new.domain).await?;
    }
    match checked.unusual.as_slice() {
        _ if wanted.allow_unusual_address => Ok(()),
        [] => Ok(()),
        [one] => wanted.consent.ask(one.new.as_str()).await,
        several => {
            print_error(&words::type_their_number(words::use_unusual(several.len())));
            wanted.consent.ask(&several.len().to_string()).await
        }
    }
}
