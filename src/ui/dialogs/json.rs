//! A policy's text, laid out for reading.

/// JSON with a line for each member, in the original order; any other text unchanged.
pub(super) fn pretty(text: &str) -> Vec<String> {
    if serde_json::from_str::<serde_json::Value>(text).is_err() {
        return text.lines().map(str::to_owned).collect();
    }
    let mut lines = vec![String::new()];
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let mut before = ' ';
    for letter in text.chars() {
        let outside = !quoted;
        let empties = outside && matches!((before, letter), ('{', '}') | ('[', ']'));
        if outside && matches!(letter, '}' | ']') {
            depth = depth.saturating_sub(1);
            if empties {
                lines.pop();
            } else {
                lines.push("  ".repeat(depth));
            }
        }
        if let Some(line) = lines.last_mut().filter(|_| quoted || !letter.is_whitespace()) {
            line.push(letter);
            if outside && letter == ':' {
                line.push(' ');
            }
        }
        if outside && matches!(letter, '{' | '[') {
            depth += 1;
            lines.push("  ".repeat(depth));
        } else if outside && letter == ',' {
            lines.push("  ".repeat(depth));
        }
        if letter == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && letter == '\\' && !escaped;
        if quoted || !letter.is_whitespace() {
            before = letter;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::pretty;

    #[test]
    fn members_keep_their_order_and_strings_their_words() {
        let text =
            r#"{"Version":"2012-10-17", "Statement":[{"Sid":"a \"b\": {c}, [d]","Resource":[],"Condition":{ }}]}"#;
        assert_eq!(
            pretty(text),
            [
                "{",
                r#"  "Version": "2012-10-17","#,
                r#"  "Statement": ["#,
                "    {",
                r#"      "Sid": "a \"b\": {c}, [d]","#,
                r#"      "Resource": [],"#,
                r#"      "Condition": {}"#,
                "    }",
                "  ]",
                "}",
            ]
        );
    }

    #[test]
    fn what_is_no_json_stays_as_it_is() {
        assert_eq!(pretty("{ no\njson"), ["{ no", "json"]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost_or_added_but_blanks(words in proptest::collection::vec("\\PC{0,8}", 0..6)) {
            let text = serde_json::json!({ "a": words, "b": { "c": [1, true, null] } }).to_string();
            let laid_out = pretty(&text).join("\n");
            let back = serde_json::from_str::<serde_json::Value>(&laid_out).ok();
            proptest::prop_assert_eq!(back, serde_json::from_str::<serde_json::Value>(&text).ok());
        }
    }
}
