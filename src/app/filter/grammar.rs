//! What a filter's text means: words, each of alternatives, each about one property or about any.

use crate::domain::fold::fold;

/// The properties that the rows of a list can be asked for.
pub trait Property: Copy + PartialEq + 'static {
    /// All of them, by their names.
    const ALL: &'static [(&'static str, Self)];

    /// The values there are; none where any text is one.
    fn values(self) -> &'static [&'static str] {
        &[]
    }

    /// What a value means to it.
    fn value(self, value: &str) -> ValueKind;

    /// A value as it is compared.
    fn compared(self, value: String) -> String {
        value
    }
}

/// What a value means to a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// It can be asked for.
    Known,
    /// It is still being typed, and asks for nothing.
    Unfinished,
    /// The property never has it.
    Unknown,
}

/// What a row is asked for. Without `Debug`: what is typed can be an address, or a code meant for another
/// field.
#[derive(Clone, PartialEq)]
pub struct Term<P> {
    /// The property; `None` where any will do.
    pub property: Option<P>,
    /// The text, folded.
    pub text: String,
}

/// A word of a filter: alternatives, or what must not be.
#[derive(Clone, PartialEq)]
pub struct Word<P> {
    /// Whether it excludes what it matches.
    pub excludes: bool,
    /// One of these must match.
    pub any: Vec<Term<P>>,
}

/// Why a filter can match nothing. Without `Debug`, like a term.
#[derive(Clone, PartialEq, Eq)]
pub enum FilterProblem {
    /// The list has no such property; these it has.
    Property(String, Vec<&'static str>),
    /// The property never has this value; these it has.
    Value(&'static str, String, &'static [&'static str]),
}

/// A filter's text, understood.
pub(super) struct Parsed<P> {
    /// The words that say something.
    pub words: Vec<Word<P>>,
    /// The first thing in it that can't be asked for.
    pub problem: Option<FilterProblem>,
    /// The property that is being typed last.
    pub last: Option<P>,
}

/// A character of the text, and whether it stands in quotes.
type Typed = (char, bool);

/// Understands a text. What is still being typed says nothing yet: `-`, `state:`, `a|`.
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
                    None => any.extend(folded(alternative).map(|text| Term { property: None, text })),
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

/// The terms of a property's values, which commas part.
fn terms<P: Property>(
    (name, property): (&'static str, P),
    value: &[Typed],
    any: &mut Vec<Term<P>>,
    problem: &mut Option<FilterProblem>,
) {
    for value in split(value, ',') {
        let Some(text) = folded(value) else { continue };
        match property.value(&text) {
            ValueKind::Known => any.push(Term { property: Some(property), text: property.compared(text) }),
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

/// The property that an alternative names in front of a colon, if it looks as if it did.
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

/// The words, which white space parts where it does not stand in quotes. A quote that is not closed goes on
/// to the end.
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
