//! An account of an organization, as `ListAccounts` gives it.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The twelve-digit number of an AWS account.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountId(u64);

/// Why a text is not an account id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an account id has exactly 12 digits")]
pub struct NotAnAccountId;

impl FromStr for AccountId {
    type Err = NotAnAccountId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() != 12 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAnAccountId);
        }
        text.parse().map(Self).map_err(|_| NotAnAccountId)
    }
}

impl AccountId {
    /// From how people write one: with hyphens or blanks (`1111-2222-3333`), or the ARN of an account or of its root.
    pub(crate) fn written(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = match text.strip_prefix("arn:") {
            Some(rest) if rest.contains(":organizations:") => rest.split_once(":account/")?.1.rsplit_once('/')?.1,
            Some(rest) => rest.split_once(":iam::")?.1.strip_suffix(":root")?,
            None => text,
        };
        let is_separator = |sign: char| sign == '-' || sign.is_whitespace();
        text.split(is_separator).collect::<String>().parse().ok()
    }

    /// Several of them with commas between; `None` if anything else is among them.
    pub(crate) fn written_list(text: &str) -> Option<Vec<Self>> {
        text.split(',').filter(|part| !part.trim().is_empty()).map(Self::written).collect()
    }
}

impl TryFrom<String> for AccountId {
    type Error = NotAnAccountId;

    fn try_from(text: String) -> Result<Self, NotAnAccountId> {
        text.parse()
    }
}

impl From<AccountId> for String {
    fn from(id: AccountId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}", self.0)
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountId({self})")
    }
}

/// The state of an account. AWS can add states, so unknown ones are kept by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum AccountState {
    /// Created, not yet usable.
    PendingActivation,
    /// In use.
    Active,
    /// Suspended by AWS, or closed within the last 90 days as older answers say it.
    Suspended,
    /// Being closed.
    PendingClosure,
    /// Closed; stays listed for 90 days.
    Closed,
    /// A state this program does not know.
    Other(String),
    /// AWS sent neither `State` nor `Status`.
    Unknown,
}

impl From<String> for AccountState {
    fn from(word: String) -> Self {
        Self::from_wire(&word)
    }
}

impl From<AccountState> for String {
    fn from(state: AccountState) -> Self {
        state.as_str().to_owned()
    }
}

impl AccountState {
    /// Those that AWS documents.
    pub(crate) const NAMED: [Self; 5] =
        [Self::PendingActivation, Self::Active, Self::Suspended, Self::PendingClosure, Self::Closed];

    /// From the wire word of `State`, or of the older `Status`.
    pub(crate) fn from_wire(word: &str) -> Self {
        Self::NAMED
            .into_iter()
            .find(|state| state.as_str() == word)
            .unwrap_or_else(|| Self::Other(super::text::clean(word)))
    }

    /// AWS's word, as shown on screen and in exports.
    pub fn as_str(&self) -> &str {
        match self {
            Self::PendingActivation => "PENDING_ACTIVATION",
            Self::Active => "ACTIVE",
            Self::Suspended => "SUSPENDED",
            Self::PendingClosure => "PENDING_CLOSURE",
            Self::Closed => "CLOSED",
            Self::Other(word) => word,
            Self::Unknown => "UNKNOWN",
        }
    }
}

/// How an account came into the organization. AWS can add ways, so unknown ones are kept by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JoinedMethod {
    /// By an invitation that it accepted.
    Invited,
    /// Created in the organization.
    Created,
    /// A way that this program does not know.
    Other(String),
}

impl JoinedMethod {
    pub(crate) fn from_wire(word: &str) -> Self {
        let known = [Self::Invited, Self::Created];
        known
            .into_iter()
            .find(|method| method.as_str() == word)
            .unwrap_or_else(|| Self::Other(super::text::clean(word)))
    }

    /// AWS's word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Invited => "INVITED",
            Self::Created => "CREATED",
            Self::Other(word) => word,
        }
    }
}

/// One account of the organization. All text has gone through `super::text::clean`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The account's number.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// The primary email as the listing has it. `GetPrimaryEmail` can say otherwise for a while.
    pub email: String,
    /// Its state.
    pub state: AccountState,
    /// When it joined the organization.
    pub joined: Option<Timestamp>,
    /// How it joined; `None` if AWS does not tell.
    pub joined_method: Option<JoinedMethod>,
    /// The organizational units above it, outermost first; none right below the root. `None` if AWS does not tell.
    pub unit_ids: Option<Arc<[String]>>,
}

impl Account {
    /// The accounts themselves. One that others hold as well is copied.
    pub(crate) fn unshared(accounts: Vec<Arc<Self>>) -> Vec<Self> {
        accounts.into_iter().map(Arc::unwrap_or_clone).collect()
    }

    #[cfg(test)]
    pub(crate) fn shared(accounts: &[Self]) -> Vec<Arc<Self>> {
        accounts.iter().cloned().map(Arc::new).collect()
    }

    /// In lower case.
    pub(crate) fn email_domain(&self) -> Option<String> {
        self.email.rsplit_once('@').map(|(_, domain)| domain.to_lowercase())
    }
}

/// The units of accounts: those in the same unit share one list.
#[derive(Debug, Default)]
pub(crate) struct UnitIds {
    /// By the path to the unit.
    known: HashMap<String, Arc<[String]>>,
}

impl UnitIds {
    /// The units of a path of `ListAccounts`: `o-…/r-…/ou-…/ou-…/<account id>/`.
    pub(crate) fn of_path(&mut self, path: &str) -> Arc<[String]> {
        let path = path.trim_end_matches('/');
        let unit = match path.rsplit_once('/') {
            Some((above, last)) if !last.starts_with("ou-") => above,
            _ => path,
        };
        if let Some(known) = self.known.get(unit) {
            return Arc::clone(known);
        }
        let ids: Arc<[String]> =
            unit.split('/').filter(|part| part.starts_with("ou-")).map(super::text::clean).collect();
        self.known.insert(unit.to_owned(), Arc::clone(&ids));
        ids
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_people_write_it() {
        let id: Option<AccountId> = "444455556666".parse().ok();
        for text in [
            "444455556666",
            " 4444-5555-6666",
            "4444 5555 6666",
            "arn:aws:organizations::111122223333:account/o-exampleorgid/444455556666",
            "arn:aws-us-gov:organizations::111122223333:account/o-exampleorgid/444455556666",
            "arn:aws:iam::444455556666:root",
        ] {
            assert_eq!(AccountId::written(text), id, "{text}");
        }
        for text in [
            "4444555566667",
            "4444-5555-666x",
            "arn:aws:iam::444455556666:user/root",
            "arn:aws:iam:::root",
            "",
            "a444455556666",
        ] {
            assert_eq!(AccountId::written(text), None, "{text}");
        }
    }

    #[test]
    fn leading_zeros_are_kept() {
        let id: AccountId = "000012345678".parse().expect("twelve digits");
        assert_eq!(id.to_string(), "000012345678");
    }

    #[test]
    fn only_twelve_ascii_digits_are_an_id() {
        for wrong in ["", "12345678901", "1234567890123", "12345678901x", "+12345678901", "１23456789012"] {
            assert_eq!(wrong.parse::<AccountId>(), Err(NotAnAccountId), "{wrong}");
        }
    }

    #[test]
    fn a_way_of_joining_that_aws_added_keeps_its_name() {
        assert_eq!(JoinedMethod::from_wire("INVITED"), JoinedMethod::Invited);
        assert_eq!(JoinedMethod::from_wire("CREATED"), JoinedMethod::Created);
        assert_eq!(JoinedMethod::from_wire("MOVED_\u{1b}[2J").as_str(), crate::domain::text::clean("MOVED_\u{1b}[2J"));
    }

    #[test]
    fn a_path_names_its_units_in_order() {
        let mut units = UnitIds::default();
        let two = units.of_path("o-8j81brsjuj/r-ab12/ou-ab12-1/ou-ab12-2/444455556666/");
        assert_eq!(*two, ["ou-ab12-1", "ou-ab12-2"]);
        assert!(Arc::ptr_eq(&two, &units.of_path("o-8j81brsjuj/r-ab12/ou-ab12-1/ou-ab12-2/111122223333/")));
        assert_eq!(*units.of_path("o-8j81brsjuj/r-ab12/ou-ab12-1/444455556666/"), ["ou-ab12-1"]);
        assert_eq!(*units.of_path("o-8j81brsjuj/r-ab12/444455556666/"), [""; 0]);
        assert_eq!(*units.of_path("ou-ab12-1/ou-ab12-2"), ["ou-ab12-1", "ou-ab12-2"]);
        assert_eq!(*units.of_path("ou-ab12-1"), ["ou-ab12-1"]);
        assert_eq!(*units.of_path(""), [""; 0]);
    }
}
