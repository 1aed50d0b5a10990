//! Why a text is not JSON, for whoever wrote it in an editor.

pub(crate) fn not_json(text: &str, error: &serde_json::Error) -> String {
    if text.starts_with('\u{feff}') {
        return "it begins with a byte order mark; save it as UTF-8 without one".to_owned();
    }
    if text.trim().is_empty() {
        return "it is empty".to_owned();
    }
    let (line, column) = (error.line(), error.column());
    let written = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    // The column counts bytes, and may stand on what is wrong or behind it.
    let near = |back: usize| written.get(column.saturating_sub(back)..).unwrap_or_default();
    let at = |beginning: &str| near(1).starts_with(beginning) || near(2).starts_with(beginning);
    if at("//") || at("/*") || at("#") {
        return format!("line {line} has a comment, which JSON does not have");
    }
    if error.to_string().starts_with("trailing comma") {
        return format!("line {line} has a comma with nothing behind it");
    }
    if at("\u{201c}") || at("\u{201d}") || at("'") {
        return format!("line {line} has quotes that are not \"");
    }
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let error = serde_json::from_str::<serde_json::Value>(text).expect_err("no JSON");
        not_json(text, &error)
    }

    #[test]
    fn what_editors_leave_in_a_file_is_named() {
        assert!(told("\u{feff}{}").contains("byte order mark"));
        assert_eq!(told(" \n"), "it is empty");
        for comment in
            ["{\n // why\n \"Version\": 1}", "{\"Version\": 1,\n# why\n\"Id\": 2}", "{\"Version\":\n/* why */ 1}"]
        {
            assert_eq!(told(comment), "line 2 has a comment, which JSON does not have", "{comment}");
        }
        for comma in ["{\"Statement\": [\n1,]}", "{\"Statement\":\n1,}", "{\"Statement\":\n[{}, ]}"] {
            assert_eq!(told(comma), "line 2 has a comma with nothing behind it", "{comma}");
        }
        assert_eq!(told("{\n\u{201c}Version\u{201d}: 1}"), "line 2 has quotes that are not \"");
        assert!(told("{").contains("line 1 column 1"), "{}", told("{"));
    }
}
