use super::file::PlanRow;
use crate::domain::account::Account;
use crate::domain::email::EmailAddress;
use crate::domain::spreadsheet;

const COLUMNS: [&str; 5] = ["account_id", "account_name", "path", "email", "new_email"];

/// In lower case and without an `@` in front; `None` if no address can have such a domain.
pub(crate) fn domain_of(text: &str) -> Option<String> {
    let text = text.trim();
    let domain = text.strip_prefix('@').unwrap_or(text).to_ascii_lowercase();
    EmailAddress::parse(&format!("x@{domain}")).is_ok().then_some(domain)
}

/// A plan to be filled in, of accounts and their paths of units. With a `domain`, the new addresses are there already.
pub fn template<'a>(accounts: impl IntoIterator<Item = (&'a Account, &'a str)>, domain: Option<&str>) -> String {
    let rows = accounts.into_iter().map(|(account, path)| {
        let local = account.email.rsplit_once('@').map(|(local, _)| local);
        let new = local.zip(domain).map(|(local, domain)| format!("{local}@{domain}")).unwrap_or_default();
        [account.id.to_string(), account.name.clone(), path.to_owned(), account.email.clone(), new]
    });
    // Excel takes a file without the mark for one in the encoding of the country.
    format!("\u{FEFF}{}", spreadsheet::table(COLUMNS, rows))
}

/// A plan with the present addresses beside the new ones, to be edited.
pub(crate) fn table<'a>(rows: impl IntoIterator<Item = (&'a PlanRow, Option<&'a Account>)>) -> String {
    let rows = rows.into_iter().map(|(row, account)| {
        let (name, email) = account.map(|account| (account.name.clone(), account.email.clone())).unwrap_or_default();
        [row.account.clone(), name, email, row.new.clone()]
    });
    spreadsheet::table(["account_id", "account_name", "email", "new_email"], rows)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::account::AccountState;
    use crate::domain::email_plan::{PlanGround, check, parse};
    use crate::domain::permit::Rules;

    fn account(number: u64, name: &str, local: &str) -> Account {
        Account {
            id: format!("{number:012}").parse().expect("an id"),
            name: name.into(),
            email: format!("{local}@example.com"),
            state: AccountState::Active,
            joined: None,
            joined_method: None,
            unit_ids: Some([].into()),
        }
    }

    #[test]
    fn without_a_domain_the_new_address_is_left_to_be_filled_in() {
        let text = template([(&account(12, "=x", "+a"), "Root/Sandbox")], None);
        assert_eq!(
            text,
            "\u{FEFF}account_id,account_name,path,email,new_email\n000000000012,'=x,Root/Sandbox,'+a@example.com,\n"
        );
    }

    #[test]
    fn a_domain_is_taken_as_it_is_typed() {
        assert_eq!(domain_of(" @Corp.Example "), Some("corp.example".into()));
        assert_eq!((domain_of("corp"), domain_of("a@b.example"), domain_of("")), (None, None, None));
    }

    proptest! {
        #[test]
        fn what_the_template_proposes_can_be_checked_and_started(
            accounts in prop::collection::btree_map(0..1_000_000u64, ("[ -~検]{0,12}", "['+=a-z][a-z'+=-]{0,20}"), 1..30),
        ) {
            let accounts: Vec<Account> = accounts.iter()
                .map(|(number, (name, local))| account(*number, name, &format!("{local}{number}")))
                .collect();
            let text = template(accounts.iter().map(|account| (account, "Root")), Some("corp.example"));
            let rows = parse(&text).expect("a plan").rows;
            let rules = Rules { allowed_email_domains: ["corp.example".to_owned()].into(), ..Rules::default() };
            let ground = PlanGround {
                accounts: accounts.iter().collect(), management: None, rules: &rules, pending: BTreeMap::default(), resend: false,
            };
            let checked = check(&rows, &ground);
            prop_assert_eq!(&checked.problems, &[]);
            let planned: Vec<_> = checked.changes.iter().map(|change| (change.account.id, change.new.to_string())).collect();
            let expected: Vec<_> = accounts.iter()
                .map(|account| (account.id, account.email.replace("@example.com", "@corp.example")))
                .collect();
            prop_assert_eq!(planned, expected);
        }
    }
}
