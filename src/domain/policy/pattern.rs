//! Wildcards and policy variables.

use std::collections::BTreeSet;

use super::context::Context;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Exactly(char),
    One,
    Any,
}

/// A text in which `*` stands for any number of characters, none included, and `?` for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Piece>);

/// A policy variable that has no value, as the policy writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoValue(pub(super) String);

impl Pattern {
    /// `text` with its wildcards and, given a context, its policy variables: `${aws:PrincipalAccount}` stands for the
    /// key's value, `${*}`, `${?}` and `${$}` for the character itself, and `${key, 'default'}` for the default where
    /// there is no value (AWS documentation). Values have no wildcards.
    pub(super) fn new(text: &str, variables: Option<&Context>) -> Result<Self, NoValue> {
        Self::read(text, variables, piece)
    }

    /// Without wildcards.
    pub(super) fn literal(text: &str, variables: Option<&Context>) -> Result<Self, NoValue> {
        Self::read(text, variables, Piece::Exactly)
    }

    fn read(text: &str, variables: Option<&Context>, piece: fn(char) -> Piece) -> Result<Self, NoValue> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(context) = variables {
            let Some((before, variable_on)) = rest.split_once("${") else {
                break;
            };
            let Some((variable, after)) = variable_on.split_once('}') else {
                break;
            };
            pieces.extend(before.chars().map(piece));
            let value = value_of(variable, context).ok_or_else(|| NoValue(format!("${{{variable}}}")))?;
            pieces.extend(value.chars().map(Piece::Exactly));
            rest = after;
        }
        pieces.extend(rest.chars().map(piece));
        Ok(Self(pieces))
    }

    /// For texts that are in lower case too.
    pub(super) fn in_lower_case(self) -> Self {
        let lower = |piece| match piece {
            Piece::Exactly(letter) => letter.to_lowercase().map(Piece::Exactly).collect(),
            other => vec![other],
        };
        Self(self.0.into_iter().flat_map(lower).collect())
    }

    /// Whether all of `text` matches. Takes at most the product of the two lengths in steps.
    pub(super) fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        let (mut at, mut in_text) = (0, 0);
        // After the latest `*`, and where in the text it was last tried to end.
        let mut star: Option<(usize, usize)> = None;
        while let Some(letter) = text.get(in_text) {
            let fits = match self.0.get(at) {
                Some(Piece::Any) => {
                    star = Some((at + 1, in_text));
                    at += 1;
                    continue;
                }
                Some(Piece::One) => true,
                Some(Piece::Exactly(wanted)) => wanted == letter,
                None => false,
            };
            if fits {
                at += 1;
                in_text += 1;
            } else if let Some((after, tried)) = star {
                star = Some((after, tried + 1));
                at = after;
                in_text = tried + 1;
            } else {
                return false;
            }
        }
        self.0.iter().skip(at).all(|piece| *piece == Piece::Any)
    }

    /// A text that both patterns match; `None` if there is none, or it would be longer than any ARN.
    pub(super) fn common_text(&self, other: &Self) -> Option<String> {
        let short = |pattern: &Self| pattern.0.len() <= LONGEST_ARN;
        let mut text = String::new();
        let found = short(self) && short(other) && common(&self.0, &other.0, &mut BTreeSet::new(), &mut text);
        found.then_some(text)
    }

    /// As ARNs are compared: six parts, split at colons, of which the last keeps its colons. Only `*` matches any ARN.
    pub(super) fn matches_arn(&self, arn: &str) -> bool {
        if self.0 == [Piece::Any] {
            return true;
        }
        let patterns = self.0.splitn(ARN_PARTS, |piece| *piece == Piece::Exactly(':'));
        let patterns: Vec<_> = patterns.map(|part| Self(part.to_vec())).collect();
        let parts: Vec<_> = arn.splitn(ARN_PARTS, ':').collect();
        patterns.len() == ARN_PARTS
            && parts.len() == ARN_PARTS
            && patterns.iter().zip(parts).all(|(pattern, part)| pattern.matches(part))
    }
}

/// `arn:partition:service:region:account:resource`.
const ARN_PARTS: usize = 6;

/// The most characters of an ARN (AWS documentation).
const LONGEST_ARN: usize = 2048;

/// Puts in `text` what both match. `failed` holds the pairs of ends that were tried: each is tried once, which keeps it
/// to the product of the two lengths.
fn common(one: &[Piece], other: &[Piece], failed: &mut BTreeSet<(usize, usize)>, text: &mut String) -> bool {
    if !failed.insert((one.len(), other.len())) {
        return false;
    }
    let (Some((first, after_first)), Some((second, after_second))) = (one.split_first(), other.split_first()) else {
        // What is left over must be able to stand for nothing.
        return one.iter().chain(other).all(|piece| *piece == Piece::Any);
    };
    if *first == Piece::Any && common(after_first, other, failed, text)
        || *second == Piece::Any && common(one, after_second, failed, text)
    {
        return true;
    }
    let letter = match (first, second) {
        (Piece::Any, Piece::Any) => return false,
        (Piece::Exactly(letter), Piece::Exactly(same)) if letter != same => return false,
        (Piece::Exactly(letter), _) | (_, Piece::Exactly(letter)) => *letter,
        _ => 'x',
    };
    text.push(letter);
    let rest = if *first == Piece::Any { one } else { after_first };
    let other_rest = if *second == Piece::Any { other } else { after_second };
    let found = common(rest, other_rest, failed, text);
    if !found {
        text.pop();
    }
    found
}

fn piece(letter: char) -> Piece {
    match letter {
        '*' => Piece::Any,
        '?' => Piece::One,
        other => Piece::Exactly(other),
    }
}

fn value_of<'a>(variable: &'a str, context: &'a Context) -> Option<&'a str> {
    if matches!(variable, "*" | "?" | "$") {
        return Some(variable);
    }
    let (key, default) = match variable.split_once(',') {
        Some((key, default)) => {
            (key.trim(), default.trim().strip_prefix('\'').and_then(|text| text.strip_suffix('\'')))
        }
        None => (variable, None),
    };
    match context.values(key) {
        // A key of several values cannot be put into one text (AWS documentation).
        Some([value]) => Some(value),
        _ => default,
    }
}
