//! The grammar of filters: words made of alternatives, each about one property or any.

use memchr::memmem::Finder;

use crate::domain::fold::fold;

/// The properties that a filter can name in a list.
pub(crate) trait Property: Copy + PartialEq + 'static {
    const ALL: &'static [(&'static str, Self)];

    /// The possible values; empty where any text is one.
    fn values(self) -> &'static [&'static str] {
        &[]
    }

    fn value(self, value: &str) -> ValueKind;

    /// A value in the form it is compared in.
    fn compared(self, value: String) -> String {
        value
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueKind {
    Known,
    /// Still being typed, so it filters nothing.
    Unfinished,
    Unknown,
}

/// Without `Debug`: the text can be an address, or a code meant for another field.
#[derive(Clone)]
pub(crate) struct Term<P> {
    /// `None`: any property.
    pub(crate) property: Option<P>,
    /// Folded.
    pub(crate) text: String,
    /// Of the text: made once for the 50,000 accounts that it is looked for in.
    finder: Finder<'static>,
}

impl<P> Term<P> {
    pub(super) fn new(property: Option<P>, text: String) -> Self {
        let finder = Finder::new(&text).into_owned();
        Self { property, text, finder }
    }

    /// Much faster than `str::contains` where this crate is hardly optimized.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.finder.find(text.as_bytes()).is_some()
    }
}

impl<P: PartialEq> PartialEq for Term<P> {
    fn eq(&self, other: &Self) -> bool {
        self.property == other.property && self.text == other.text
    }
}

#[derive(Clone, PartialEq)]
pub(crate) struct Word<P> {
    /// Whether it excludes what it matches.
    pub(crate) excludes: bool,
    /// One of these must match.
    pub(crate) any: Vec<Term<P>>,
}

/// Why a filter can match nothing. Without `Debug`, like a term.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum FilterProblem {
    /// No such property, and the properties there are.
    Property(String, Vec<&'static str>),
    /// No such value of a property, and the values there are.
    Value(&'static str, String, &'static [&'static str]),
}

pub(super) struct Parsed<P> {
    /// Without those that are still being typed.
    pub(crate) words: Vec<Word<P>>,
    /// The first part that is invalid.
    pub(crate) problem: Option<FilterProblem>,
    /// The property that is being typed last.
    pub(crate) last: Option<P>,
}

/// A character, and whether it is in quotes.
type Typed = (char, bool);

/// What is still being typed filters nothing yet: `-`, `state:`, `a|`.
pub(super) fn parse<P: Property>(text: &str) -> Parsed<P> {
    let mut parsed = Parsed { words: Vec::new(), problem: None, last: None };
    for word in split_words(text) {
        parsed.last = None;
        let (excludes, body) = match word.split_first() {
            Some((('-' | '!', false), rest)) => (true, rest),
            _ => (false, word.as_slice()),
        };
        let mut any = Vec::new();
        let mut property = None;
        for alternative in split(body, '|') {
            match named::<P>(alternative) {
                Named::Known(known, value) => {
                    property = Some(known);
                    terms(known, value, &mut any, &mut parsed.problem);
                }
                Named::Unknown(name) => {
                    let known = P::ALL.iter().map(|(name, _)| *name).collect();
                    parsed.problem.get_or_insert(FilterProblem::Property(name, known));
                }
                // `state:active|suspended` is about the state in both parts.
                Named::None => match property {
                    Some((name, property)) => terms((name, property), alternative, &mut any, &mut parsed.problem),
                    None => any.extend(folded(alternative).map(|text| Term::new(None, text))),
                },
            }
        }
        parsed.last = property.map(|(_, property)| property);
        if !any.is_empty() {
            parsed.words.push(Word { excludes, any });
        }
    }
    if text.ends_with(char::is_whitespace) {
        parsed.last = None;
    }
    parsed
}

/// The comma-separated values of a property.
fn terms<P: Property>(
    (name, property): (&'static str, P),
    value: &[Typed],
    any: &mut Vec<Term<P>>,
    problem: &mut Option<FilterProblem>,
) {
    for value in split(value, ',') {
        let Some(text) = folded(value) else { continue };
        match property.value(&text) {
            ValueKind::Known => any.push(Term::new(Some(property), property.compared(text))),
            ValueKind::Unfinished => {}
            ValueKind::Unknown => {
                problem.get_or_insert(FilterProblem::Value(name, text, property.values()));
            }
        }
    }
}

enum Named<'a, P> {
    Known((&'static str, P), &'a [Typed]),
    Unknown(String),
    None,
}

/// The property before the colon of an alternative, if it looks like one.
fn named<P: Property>(alternative: &[Typed]) -> Named<'_, P> {
    let Some(colon) = alternative.iter().position(|typed| *typed == (':', false)) else { return Named::None };
    let (name, rest) = alternative.split_at(colon);
    let is_name = !name.is_empty() && name.iter().all(|(c, quoted)| !quoted && (c.is_ascii_alphabetic() || *c == '_'));
    if !is_name {
        return Named::None;
    }
    let name: String = name.iter().map(|(c, _)| c.to_ascii_lowercase()).collect();
    match P::ALL.iter().find(|(known, _)| *known == name) {
        Some(known) => Named::Known(*known, rest.get(1..).unwrap_or_default()),
        None => Named::Unknown(name),
    }
}

fn folded(typed: &[Typed]) -> Option<String> {
    let text = fold(&typed.iter().map(|(c, _)| *c).collect::<String>());
    (!text.is_empty()).then_some(text)
}

/// Splits at white space outside quotes. An open quote extends to the end.
fn split_words(text: &str) -> Vec<Vec<Typed>> {
    let (mut words, mut word, mut quoted) = (Vec::new(), Vec::new(), false);
    for c in text.chars().map(half_width) {
        if c == '"' {
            quoted = !quoted;
        } else if c.is_whitespace() && !quoted {
            words.push(std::mem::take(&mut word));
        } else {
            word.push((c, quoted));
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

fn split(typed: &[Typed], at: char) -> impl Iterator<Item = &[Typed]> {
    typed.split(move |typed| *typed == (at, false))
}

/// The signs of the grammar may be typed with a Japanese keyboard.
fn half_width(c: char) -> char {
    match c {
        '：' => ':',
        '｜' => '|',
        '，' | '、' => ',',
        '！' => '!',
        '－' => '-',
        '＂' | '“' | '”' => '"',
        c => c,
    }
}
