//! Parameters of query services, checked against the service model in AWS's words (captured for STS).

use super::{Input, Refusal};

#[derive(Debug, Default)]
pub(crate) struct Violations(Vec<String>);

impl Violations {
    /// In AWS's words its name begins in lower case.
    pub(crate) fn required<'a>(&mut self, name: &str, value: Option<&'a str>) -> &'a str {
        if value.is_none() {
            self.add("null", name, "not be null");
        }
        value.unwrap_or_default()
    }

    pub(crate) fn within(&mut self, name: &str, value: i64, smallest: i64, largest: i64) {
        if let Some(limit) = limit(&value, &smallest, &largest) {
            self.add(&format!("'{value}'"), name, &format!("have value {limit}"));
        }
    }

    pub(crate) fn length(&mut self, name: &str, value: Option<&str>, shortest: usize, longest: usize) {
        let Some(value) = value else { return };
        if let Some(limit) = limit(&value.chars().count(), &shortest, &longest) {
            self.add(&format!("'{value}'"), name, &format!("have length {limit}"));
        }
    }

    /// The value is not repeated.
    pub(crate) fn secret_length(&mut self, name: &str, value: Option<&str>, shortest: usize, longest: usize) {
        let Some(value) = value else { return };
        if let Some(limit) = limit(&value.chars().count(), &shortest, &longest) {
            self.0.push(format!("Value at '{name}' failed to satisfy constraint: Member must have length {limit}"));
        }
    }

    /// Of the entries of a list, which are reported as one.
    pub(crate) fn lengths(&mut self, name: &str, values: &[&str], shortest: usize, longest: usize) {
        if values.iter().all(|value| limit(&value.chars().count(), &shortest, &longest).is_none()) {
            return;
        }
        let rules = format!(
            "satisfy constraint: [Member must have length less than or equal to {longest}, Member must have length \
             greater than or equal to {shortest}]"
        );
        self.add(&format!("'[{}]'", values.join(", ")), name, &rules);
    }

    /// `pattern` is how the service model says the same as `is_one`.
    pub(crate) fn characters(&mut self, name: &str, value: Option<&str>, pattern: &str, is_one: impl Fn(char) -> bool) {
        if let Some(value) = value.filter(|value| !value.chars().all(is_one)) {
            self.add(&format!("'{value}'"), name, &format!("satisfy regular expression pattern: {pattern}"));
        }
    }

    fn add(&mut self, value: &str, name: &str, rule: &str) {
        self.0.push(format!("Value {value} at '{name}' failed to satisfy constraint: Member must {rule}"));
    }

    pub(crate) fn none(self) -> Result<(), Refusal> {
        let count = self.0.len();
        if count == 0 {
            return Ok(());
        }
        let errors = if count == 1 { "error" } else { "errors" };
        Err(validation_error(format!("{count} validation {errors} detected: {}", self.0.join("; "))))
    }
}

/// A single parameter that must be there.
pub(crate) fn required<'a>(input: &'a Input, name: &str, in_lower_case: &str) -> Result<&'a str, Refusal> {
    let mut violations = Violations::default();
    let value = violations.required(in_lower_case, input.text(name)?);
    violations.none().map(|()| value)
}

fn limit<T: PartialOrd + std::fmt::Display>(value: &T, smallest: &T, largest: &T) -> Option<String> {
    if value < smallest {
        return Some(format!("greater than or equal to {smallest}"));
    }
    (value > largest).then(|| format!("less than or equal to {largest}"))
}

pub(crate) fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

pub(crate) fn validation_error(message: impl Into<String>) -> Refusal {
    Refusal::new(400, "ValidationError", message)
}
