//! Why a text is not JSON, for whoever wrote it in an editor.

use serde::{Deserialize, Serialize};

/// What is wrong; lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NotJson {
    ByteOrderMark,
    Empty,
    Comment {
        line: usize,
    },
    /// A comma with nothing behind it.
    TrailingComma {
        line: usize,
    },
    /// Quotes of a word processor.
    Quotes {
        line: usize,
    },
    /// In the words of the parser.
    Other(String),
}

impl NotJson {
    pub(crate) fn of(text: &str, error: &serde_json::Error) -> Self {
        if text.starts_with('\u{feff}') {
            return Self::ByteOrderMark;
        }
        if text.trim().is_empty() {
            return Self::Empty;
        }
        let (line, column) = (error.line(), error.column());
        let written = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let near = |back: usize| written.get(column.saturating_sub(back)..).unwrap_or_default();
        let at = |beginning: &str| near(1).starts_with(beginning) || near(2).starts_with(beginning);
        if at("//") || at("/*") || at("#") {
            return Self::Comment { line };
        }
        if error.to_string().starts_with("trailing comma") {
            return Self::TrailingComma { line };
        }
        if at("\u{201c}") || at("\u{201d}") || at("'") {
            return Self::Quotes { line };
        }
        Self::Other(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> NotJson {
        let error = serde_json::from_str::<serde_json::Value>(text).expect_err("no JSON");
        NotJson::of(text, &error)
    }

    #[test]
    fn what_editors_leave_in_a_file_is_named() {
        assert_eq!(found("\u{feff}{}"), NotJson::ByteOrderMark);
        assert_eq!(found(" \n"), NotJson::Empty);
        for comment in
            ["{\n // why\n \"Version\": 1}", "{\"Version\": 1,\n# why\n\"Id\": 2}", "{\"Version\":\n/* why */ 1}"]
        {
            assert_eq!(found(comment), NotJson::Comment { line: 2 }, "{comment}");
        }
        for comma in ["{\"Statement\": [\n1,]}", "{\"Statement\":\n1,}", "{\"Statement\":\n[{}, ]}"] {
            assert_eq!(found(comma), NotJson::TrailingComma { line: 2 }, "{comma}");
        }
        assert_eq!(found("{\n\u{201c}Version\u{201d}: 1}"), NotJson::Quotes { line: 2 });
        assert!(matches!(found("{"), NotJson::Other(words) if words.contains("line 1 column 1")));
    }
}
