//! What a person types behind `/`: words that must all match, and terms for one property. Each list has
//! its own.

mod accounts;
mod journal;

use std::fmt;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::field::TextField;

pub use accounts::{AccountTerm, Candidate};
pub use journal::{EntryCandidate, EntryTerm};

/// A word of a filter, as a list understands it.
pub trait Term: Clone + PartialEq {
    /// What `word` means; `None` while it is still being typed and says nothing.
    fn of(word: &str) -> Option<Self>;

    /// The word to show in what it matches, unless it asks for one property.
    fn free(&self) -> Option<&Free>;
}

/// A word that may match anywhere.
#[derive(Clone, Debug, PartialEq)]
pub enum Free {
    /// Digits: part of an id, or of any text.
    Digits(String),
    /// A word whose characters follow each other, others between them.
    Word(Atom),
}

impl Free {
    fn of(word: &str) -> Self {
        if word.bytes().all(|b| b.is_ascii_digit()) {
            return Self::Digits(word.to_owned());
        }
        Self::Word(atom(word, AtomKind::Fuzzy))
    }
}

fn atom(word: &str, kind: AtomKind) -> Atom {
    Atom::new(word, CaseMatching::Smart, Normalization::Smart, kind, false)
}

/// The filter: its text, and what the text means.
#[derive(Clone, PartialEq)]
pub struct Filter<T = AccountTerm> {
    field: TextField,
    terms: Vec<T>,
    /// Whether it is being typed.
    pub editing: bool,
}

impl<T> Default for Filter<T> {
    fn default() -> Self {
        Self { field: TextField::default(), terms: Vec::new(), editing: false }
    }
}

/// As little as the `Debug` of its field tells: what is typed can be an address, or a code that was
/// meant for another field.
impl<T> fmt::Debug for Filter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filter").field("field", &self.field).field("editing", &self.editing).finish_non_exhaustive()
    }
}

impl<T: Term> Filter<T> {
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

    /// Whether it lets everything through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Edits the text with `edit`; whether the filter means something else now.
    pub fn edit(&mut self, edit: impl FnOnce(&mut TextField)) -> bool {
        edit(&mut self.field);
        let terms: Vec<T> = self.field.text().split_whitespace().filter_map(T::of).collect();
        let changed = terms != self.terms;
        self.terms = terms;
        changed
    }

    /// What shows which characters the words of the filter match. It holds the memory of the
    /// matching, so one serves a whole drawing.
    #[must_use]
    pub fn highlighter(&self) -> Highlighter<'_> {
        Highlighter { words: self.terms.iter().filter_map(Term::free).collect(), search: Search::new() }
    }
}

/// Shows which characters the words of a filter match.
pub struct Highlighter<'a> {
    words: Vec<&'a Free>,
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
        for word in &self.words {
            match word {
                Free::Word(atom) => {
                    let haystack = Utf32Str::new(text, &mut self.search.buffer);
                    atom.indices(haystack, &mut self.search.matcher, &mut found);
                }
                Free::Digits(digits) => found.extend(substring(text, digits)),
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

/// A word with its property: `outcome:ok`, in lower case.
fn property(word: &str) -> Option<(String, String)> {
    let (property, value) = word.split_once(':')?;
    Some((property.to_ascii_lowercase(), value.to_lowercase()))
}

/// The memory of the matching.
struct Search {
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Search {
    fn new() -> Self {
        Self { matcher: Matcher::new(Config::DEFAULT), buffer: Vec::new() }
    }

    fn word(&mut self, atom: &Atom, text: &str) -> bool {
        atom.score(Utf32Str::new(text, &mut self.buffer), &mut self.matcher).is_some()
    }
}
