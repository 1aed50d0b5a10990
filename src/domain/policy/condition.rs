//! Conditions: operators over what is known of a request.

use super::context::Context;
use super::document::Condition;
use super::pattern::{NoValue, Pattern};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Met {
    Yes,
    No,
    /// It depends on these: an operator that is not implemented here, or variables without value.
    Unknown(Vec<String>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    String,
    StringIgnoringCase,
    StringLike,
    Arn,
    Bool,
}

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

    fn wanted(self, text: &str, variables: Option<&Context>) -> Result<Pattern, NoValue> {
        match self.comparison {
            Comparison::String => Pattern::literal(text, variables),
            Comparison::StringIgnoringCase | Comparison::Bool => {
                Pattern::literal(text, variables).map(Pattern::in_lower_case)
            }
            Comparison::StringLike | Comparison::Arn => Pattern::new(text, variables),
        }
    }

    /// Whether one value of the request passes: it equals one of the policy's, or, negated, none.
    fn passes(self, value: &str, wanted: &Operand) -> bool {
        let among = |matches: &dyn Fn(&Pattern) -> bool| wanted.anything || wanted.patterns.iter().any(matches);
        let equal = match self.comparison {
            Comparison::String | Comparison::StringLike => among(&|pattern| pattern.matches(value)),
            Comparison::StringIgnoringCase | Comparison::Bool => {
                let value = value.to_lowercase();
                among(&|pattern| pattern.matches(&value))
            }
            Comparison::Arn => among(&|pattern| pattern.matches_arn(value)),
        };
        equal != self.negated
    }

    /// Over all values of the request's key (AWS documentation). A missing key is not equal to anything, so a negated
    /// operator is met; `ForAllValues` is then met as well, `ForAnyValue` is not.
    fn met(self, values: Option<&[String]>, wanted: &Operand) -> bool {
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

struct Operand {
    patterns: Vec<Pattern>,
    /// Also whatever else there may be.
    anything: bool,
}

impl Condition {
    pub(super) fn met(&self, context: &Context, has_variables: bool) -> Met {
        let values = context.values(&self.key);
        if values.is_none() && context.is_open() {
            return Met::Unknown(vec![self.key.clone()]);
        }
        if self.operator == "Null" {
            let absent = if values.is_none() { "true" } else { "false" };
            return Met::from(self.values.iter().any(|wanted| wanted.eq_ignore_ascii_case(absent)));
        }
        let Some(operator) = Operator::named(&self.operator) else {
            return Met::Unknown(vec![self.operator.clone()]);
        };
        let (mut patterns, mut without_value) = (Vec::new(), Vec::new());
        for text in &self.values {
            match operator.wanted(text, has_variables.then_some(context)) {
                Ok(pattern) => patterns.push(pattern),
                Err(NoValue(variable)) => without_value.push(variable),
            }
        }
        // What has no value might equal nothing or anything. That may make no difference.
        let nothing = Operand { patterns, anything: false };
        let least = operator.met(values, &nothing);
        let most = operator.met(values, &Operand { anything: !without_value.is_empty(), ..nothing });
        if least == most { Met::from(least) } else { Met::Unknown(without_value) }
    }
}

impl From<bool> for Met {
    fn from(met: bool) -> Self {
        if met { Self::Yes } else { Self::No }
    }
}
