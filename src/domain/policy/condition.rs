//! Conditions: operators over what is known of a request.

use std::collections::BTreeMap;

use super::document::Condition;
use super::pattern::Pattern;

/// What is known of a request: condition keys and their values, for instance
/// `aws:PrincipalArn`. The case of a key does not matter (AWS documentation).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context(BTreeMap<String, Vec<String>>);

impl Context {
    /// Nothing is known.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With one more value of a key.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.0.entry(key.to_lowercase()).or_default().push(value.into());
        self
    }

    /// The values of a key; `None` if the request has none.
    pub(super) fn values(&self, key: &str) -> Option<&[String]> {
        self.0.get(&key.to_lowercase()).map(Vec::as_slice)
    }

    pub(super) fn one(&self, key: &str) -> Option<&str> {
        self.values(key)?.first().map(String::as_str)
    }
}

/// Whether a condition is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Met {
    Yes,
    No,
    /// Its operator is not implemented here.
    Unknown,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    String,
    StringIgnoringCase,
    StringLike,
    Arn,
    Bool,
}

/// An operator, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Operator {
    comparison: Comparison,
    negated: bool,
    if_exists: bool,
    quantifier: Option<Quantifier>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quantifier {
    ForAllValues,
    ForAnyValue,
}

impl Operator {
    fn named(name: &str) -> Option<Self> {
        let (quantifier, name) = match name.split_once(':') {
            Some(("ForAllValues", name)) => (Some(Quantifier::ForAllValues), name),
            Some(("ForAnyValue", name)) => (Some(Quantifier::ForAnyValue), name),
            Some(_) => return None,
            None => (None, name),
        };
        let (name, if_exists) = match name.strip_suffix("IfExists") {
            Some(name) => (name, true),
            None => (name, false),
        };
        let (comparison, negated) = match name {
            "StringEquals" => (Comparison::String, false),
            "StringNotEquals" => (Comparison::String, true),
            "StringEqualsIgnoreCase" => (Comparison::StringIgnoringCase, false),
            "StringNotEqualsIgnoreCase" => (Comparison::StringIgnoringCase, true),
            "StringLike" => (Comparison::StringLike, false),
            "StringNotLike" => (Comparison::StringLike, true),
            "ArnEquals" | "ArnLike" => (Comparison::Arn, false),
            "ArnNotEquals" | "ArnNotLike" => (Comparison::Arn, true),
            "Bool" => (Comparison::Bool, false),
            _ => return None,
        };
        Some(Self { comparison, negated, if_exists, quantifier })
    }

    /// A value of the policy, made ready. `None` if it has a variable without a value: then
    /// nothing equals it.
    fn wanted(self, text: &str, variables: Option<&Context>) -> Option<Pattern> {
        match self.comparison {
            Comparison::String => Pattern::literal(text, variables),
            Comparison::StringIgnoringCase | Comparison::Bool => {
                Pattern::literal(text, variables).map(Pattern::in_lower_case)
            }
            Comparison::StringLike | Comparison::Arn => Pattern::new(text, variables),
        }
    }

    /// Whether one value of the request passes: it equals one of the policy's, or, negated, none.
    fn passes(self, value: &str, wanted: &[Pattern]) -> bool {
        let equal = match self.comparison {
            Comparison::String | Comparison::StringLike => wanted.iter().any(|wanted| wanted.matches(value)),
            Comparison::StringIgnoringCase | Comparison::Bool => {
                let value = value.to_lowercase();
                wanted.iter().any(|wanted| wanted.matches(&value))
            }
            Comparison::Arn => wanted.iter().any(|wanted| wanted.matches_arn(value)),
        };
        equal != self.negated
    }

    /// Over all values of the request's key (AWS documentation). A key that is missing is not
    /// equal to anything, so a negated operator is met; `ForAllValues` is then met as well,
    /// `ForAnyValue` is not.
    fn met(self, values: Option<&[String]>, wanted: &[Pattern]) -> bool {
        let Some(values) = values else {
            let all = self.quantifier == Some(Quantifier::ForAllValues);
            let any = self.quantifier == Some(Quantifier::ForAnyValue);
            return self.if_exists || all || (self.negated && !any);
        };
        let mut passing = values.iter().map(|value| self.passes(value, wanted));
        match self.quantifier {
            Some(Quantifier::ForAllValues) => passing.all(|passes| passes),
            Some(Quantifier::ForAnyValue) => passing.any(|passes| passes),
            None if self.negated => passing.all(|passes| passes),
            None => passing.any(|passes| passes),
        }
    }
}

impl Condition {
    pub(super) fn met(&self, context: &Context, has_variables: bool) -> Met {
        let values = context.values(&self.key);
        let met = if self.operator == "Null" {
            let absent = if values.is_none() { "true" } else { "false" };
            self.values.iter().any(|wanted| wanted.eq_ignore_ascii_case(absent))
        } else {
            let Some(operator) = Operator::named(&self.operator) else {
                return Met::Unknown;
            };
            let variables = has_variables.then_some(context);
            let wanted: Vec<_> = self.values.iter().filter_map(|text| operator.wanted(text, variables)).collect();
            operator.met(values, &wanted)
        };
        if met { Met::Yes } else { Met::No }
    }
}
