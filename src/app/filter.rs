//! What a person types behind `/`: words that must all match, and terms for one property.

use std::fmt;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::field::TextField;
use super::findings::FoundKinds;
use super::root_access::RootFacts;
use crate::domain::account::Account;

/// What a row offers to the filter.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The account.
    pub account: &'a Account,
    /// Its path of organizational units, by name.
    pub path: &'a str,
    /// Whether an email change of it is pending.
    pub pending: bool,
    /// What is known of its root.
    pub root: RootFacts<'a>,
    /// What the listings showed to be otherwise, and nobody has read yet.
    pub found: FoundKinds,
}

/// The filter: its text, and what the text means.
#[derive(Clone, Default, PartialEq)]
pub struct Filter {
    field: TextField,
    terms: Vec<Term>,
    /// Whether it is being typed.
    pub editing: bool,
}

#[derive(Clone, PartialEq)]
enum Term {
    State(String),
    Path(String),
    Email(String),
    Pending(bool),
    Root(String),
    Found(String),
    /// Digits: part of the account id, or of any text.
    Digits(String),
    Word(Atom),
}

/// As little as the `Debug` of its field tells: what is typed can be an address, or a code that was
/// meant for another field.
impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filter").field("field", &self.field).field("editing", &self.editing).finish_non_exhaustive()
    }
}

impl Filter {
    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.field.text()
    }

    /// The field, for drawing.
    #[must_use]
    pub fn field(&self) -> &TextField {
        &self.field
    }

    /// Whether it lets every account through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Edits the text with `edit`; whether the filter means something else now.
    pub fn edit(&mut self, edit: impl FnOnce(&mut TextField)) -> bool {
        edit(&mut self.field);
        let terms = parse(self.field.text());
        let changed = terms != self.terms;
        self.terms = terms;
        changed
    }

    /// The candidates that match all terms, kept in their order.
    pub fn keep<'a, K>(&self, candidates: impl Iterator<Item = (K, Candidate<'a>)>) -> Vec<K> {
        let mut search = Search::new();
        candidates
            .filter(|(_, candidate)| self.terms.iter().all(|term| search.matches(term, candidate)))
            .map(|(key, _)| key)
            .collect()
    }

    /// What shows which characters the words of the filter match. It holds the memory of the
    /// matching, so one serves a whole drawing.
    #[must_use]
    pub fn highlighter(&self) -> Highlighter<'_> {
        Highlighter { terms: &self.terms, search: Search::new() }
    }
}

/// Shows which characters the words of a filter match.
pub struct Highlighter<'a> {
    terms: &'a [Term],
    search: Search,
}

impl fmt::Debug for Highlighter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Highlighter")
    }
}

impl Highlighter<'_> {
    /// The places of the characters of `text` that are matched, in order.
    pub fn places(&mut self, text: &str) -> Vec<u32> {
        let mut found = Vec::new();
        for term in self.terms {
            match term {
                Term::Word(atom) => {
                    let haystack = Utf32Str::new(text, &mut self.search.buffer);
                    atom.indices(haystack, &mut self.search.matcher, &mut found);
                }
                Term::Digits(digits) => found.extend(substring(text, digits)),
                Term::State(_) | Term::Path(_) | Term::Email(_) | Term::Pending(_) | Term::Root(_) | Term::Found(_) => {
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn substring(text: &str, part: &str) -> Vec<u32> {
    let Some((before, _)) = text.split_once(part) else { return Vec::new() };
    let start = u32::try_from(before.chars().count()).unwrap_or(u32::MAX);
    let length = u32::try_from(part.chars().count()).unwrap_or(0);
    (start..start.saturating_add(length)).collect()
}

fn parse(text: &str) -> Vec<Term> {
    text.split_whitespace().filter_map(term).collect()
}

fn term(word: &str) -> Option<Term> {
    if let Some((property, value)) = word.split_once(':') {
        let value = value.to_lowercase();
        match property.to_ascii_lowercase().as_str() {
            // While the value is still to be typed, the term says nothing.
            "state" | "ou" | "email" | "pending" | "root" | "found" if value.is_empty() => return None,
            "state" => return Some(Term::State(value)),
            "ou" => return Some(Term::Path(value)),
            "email" => return Some(Term::Email(value)),
            "root" => return Some(Term::Root(value)),
            "found" => return Some(Term::Found(value)),
            "pending" => return Some(Term::Pending(!matches!(value.as_str(), "no" | "false" | "off"))),
            _ => {}
        }
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Term::Digits(word.to_owned()));
    }
    Some(Term::Word(Atom::new(word, CaseMatching::Smart, Normalization::Smart, AtomKind::Fuzzy, false)))
}

struct Search {
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Search {
    fn new() -> Self {
        Self { matcher: Matcher::new(Config::DEFAULT), buffer: Vec::new() }
    }

    fn matches(&mut self, term: &Term, candidate: &Candidate<'_>) -> bool {
        let account = candidate.account;
        match term {
            Term::State(value) => account.state.as_str().to_lowercase().contains(value),
            Term::Path(value) => candidate.path.to_lowercase().contains(value),
            Term::Email(value) => account.email.to_lowercase().contains(value),
            Term::Pending(wanted) => candidate.pending == *wanted,
            Term::Root(value) => candidate.root.hold(value),
            Term::Found(value) => candidate.found.hold(value),
            Term::Digits(digits) => {
                account.id.to_string().contains(digits.as_str())
                    || account.name.contains(digits.as_str())
                    || account.email.contains(digits.as_str())
            }
            Term::Word(atom) => {
                self.word(atom, &account.name) || self.word(atom, &account.email) || self.word(atom, candidate.path)
            }
        }
    }

    fn word(&mut self, atom: &Atom, text: &str) -> bool {
        atom.score(Utf32Str::new(text, &mut self.buffer), &mut self.matcher).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::root_access::RootStanding;
    use crate::domain::account::AccountState;
    use proptest::prelude::*;

    fn account(name: &str) -> Account {
        Account {
            id: "444455558888".parse().expect("an id"),
            name: name.into(),
            email: "aws+kensho@example.com".into(),
            state: AccountState::Active,
            joined: None,
            unit_ids: vec![],
        }
    }

    const ROOT: RootFacts<'static> = RootFacts { standing: RootStanding::NotAudited, audit: None };

    fn matches(text: &str) -> bool {
        let account = account("検証環境");
        let candidate = Candidate {
            account: &account,
            path: "Workloads/Staging",
            pending: true,
            root: ROOT,
            found: FoundKinds::default(),
        };
        let mut filter = Filter::default();
        filter.edit(|field| field.paste(text));
        !filter.keep(std::iter::once(((), candidate))).is_empty()
    }

    #[test]
    fn words_match_any_property_and_all_must() {
        assert!(matches("検証"));
        assert!(matches("kensho stag"));
        assert!(matches("5588"));
        assert!(!matches("kensho sandbox"));
        assert!(!matches("5589"));
    }

    #[test]
    fn terms_ask_for_one_property() {
        assert!(matches("state:active ou:staging email:kensho pending:yes"));
        assert!(!matches("state:closed"));
        assert!(!matches("pending:no"));
        assert!(matches("root:unaudited") && matches("root:un") && !matches("root:clean") && !matches("root:nonsense"));
        assert!(matches("state:"), "a term still being typed hides nothing");
    }

    #[test]
    fn debug_tells_nothing_of_what_was_typed() {
        let mut filter = Filter::default();
        filter.edit(|field| field.paste("482915 email:root state:active kensho"));
        let shown = format!("{filter:?}");
        assert!(["482915", "root", "active", "kensho"].iter().all(|typed| !shown.contains(typed)), "{shown}");
    }

    #[test]
    fn what_matched_can_be_shown() {
        let mut filter = Filter::default();
        filter.edit(|field| field.paste("kens"));
        assert_eq!(filter.highlighter().places("aws+kensho@example.com"), [4, 5, 6, 7]);
    }

    proptest! {
        #[test]
        fn any_text_is_a_filter(text in "\\PC{0,40}", name in "\\PC{0,20}") {
            let account = account(&name);
            let mut filter = Filter::default();
            filter.edit(|field| field.paste(&text));
            let candidate = Candidate { account: &account, path: "", pending: false, root: ROOT, found: FoundKinds::default() };
            let kept = filter.keep(std::iter::once((1, candidate)));
            prop_assert!(kept.len() <= 1);
            prop_assert!(filter.highlighter().places(&name).iter().all(|&i| (i as usize) < name.chars().count()));
        }
    }
}
