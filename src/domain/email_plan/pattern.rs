//! New addresses from a pattern: `aws+{name}@corp.example`.

use crate::domain::account::Account;
use crate::domain::fold::fold;

pub(crate) const PLACEHOLDERS: [&str; 4] = ["{name}", "{id}", "{ou}", "{local}"];

/// Why a pattern gives no address for an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PatternProblem {
    /// Such a placeholder does not exist.
    Unknown(String),
    /// Nothing of the account's name can stand in an address.
    NoName,
    /// Nothing of its organizational unit's name can, or that is unknown.
    NoUnit,
    /// The present address has nothing before an `@`.
    NoLocal,
}

/// The address that `pattern` gives an account in the organizational unit at the end of `path`, whose names
/// are parted by slashes.
pub(crate) fn from_pattern(pattern: &str, account: &Account, path: &str) -> Result<String, PatternProblem> {
    let (mut address, mut rest) = (String::new(), pattern.trim());
    while let Some((before, behind)) = rest.split_once('{') {
        address.push_str(before);
        let (name, after) = behind.split_once('}').ok_or_else(|| PatternProblem::Unknown(format!("{{{behind}")))?;
        match name {
            "id" => address.push_str(&account.id.to_string()),
            "name" => address.push_str(&slug(&account.name).ok_or(PatternProblem::NoName)?),
            "ou" => {
                let unit = path.rsplit('/').next().and_then(slug);
                address.push_str(&unit.ok_or(PatternProblem::NoUnit)?);
            }
            "local" => {
                let local = account.email.rsplit_once('@').map(|(local, _)| local).filter(|local| !local.is_empty());
                address.push_str(local.ok_or(PatternProblem::NoLocal)?);
            }
            other => return Err(PatternProblem::Unknown(format!("{{{other}}}"))),
        }
        rest = after;
    }
    address.push_str(rest);
    Ok(address)
}

/// A name as it can stand in an address: Latin letters and digits, parted by hyphens.
fn slug(name: &str) -> Option<String> {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::AccountState;

    fn account(name: &str, email: &str) -> Account {
        Account {
            id: "444455556666".parse().expect("an id"),
            name: name.into(),
            email: email.into(),
            state: AccountState::Active,
            joined: None,
            joined_method: None,
            unit_ids: Some([].into()),
        }
    }

    #[test]
    fn what_is_in_braces_is_the_accounts() {
        let account = account("Café  Sandbox_07 (old)", "aws+x@example.com");
        let of = |pattern: &str| from_pattern(pattern, &account, "Sandbox/Team A");
        assert_eq!(of("{ou}+{name}@corp.example"), Ok("team-a+cafe-sandbox-07-old@corp.example".into()));
        assert_eq!(of(" aws+{name}@corp.example "), Ok("aws+cafe-sandbox-07-old@corp.example".into()));
        assert_eq!(of("{id}.{local}@corp.example"), Ok("444455556666.aws+x@corp.example".into()));
        assert_eq!(of("root@corp.example"), Ok("root@corp.example".into()));
    }

    #[test]
    fn what_an_account_does_not_have_is_told() {
        let of = |pattern: &str| from_pattern(pattern, &account("検証環境", "@example.com"), "?");
        assert_eq!(of("{name}@corp.example"), Err(PatternProblem::NoName));
        assert_eq!(of("{local}@corp.example"), Err(PatternProblem::NoLocal));
        assert_eq!(of("{ou}@corp.example"), Err(PatternProblem::NoUnit));
        assert_eq!(of("{unit}@corp.example"), Err(PatternProblem::Unknown("{unit}".into())));
        assert_eq!(of("{name"), Err(PatternProblem::Unknown("{name".into())));
        assert_eq!(of("{id}@corp.example"), Ok("444455556666@corp.example".into()));
    }
}
