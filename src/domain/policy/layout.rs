//! A policy's text, laid out for reading or for AWS, and without one of its statements.

use serde_json::Value;

/// JSON with a line for each member, in the original order; any other text unchanged.
pub(crate) fn pretty(text: &str) -> Vec<String> {
    if serde_json::from_str::<Value>(text).is_err() {
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

/// A new text in the layout of the `present` one: on one line where that is. Blanks count for AWS's limit.
pub(crate) fn laid_out_as(present: &str, text: &str) -> String {
    let is_one_line = !present.trim().contains('\n');
    if is_one_line && serde_json::from_str::<Value>(text).is_ok() { compact(text) } else { text.to_owned() }
}

/// JSON without the blanks around its members.
fn compact(text: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let is_kept = |letter: &char| {
        let kept = quoted || !letter.is_whitespace();
        if *letter == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && *letter == '\\' && !escaped;
        kept
    };
    text.chars().filter(is_kept).collect()
}

/// A policy without the statement at this place, from 0, and otherwise as it is; `None` if it can't be taken out.
pub(crate) fn without_statement(text: &str, index: usize) -> Option<String> {
    let mut rest: Value = serde_json::from_str(text).ok()?;
    match rest.get_mut("Statement")? {
        Value::Array(statements) if index < statements.len() => drop(statements.remove(index)),
        one @ Value::Object(_) if index == 0 => *one = Value::Array(Vec::new()),
        _ => return None,
    }
    let left = cut(&pretty(text), index)?.join("\n");
    // A member that is there twice, or named with an escape, is not guessed at.
    (serde_json::from_str::<Value>(&left).ok()? == rest).then_some(left)
}

/// The lines of a laid out policy without those of a statement.
fn cut(lines: &[String], index: usize) -> Option<Vec<String>> {
    let start = lines.iter().position(|line| line.starts_with("  \"Statement\": "))?;
    let (before, rest) = lines.split_at(start);
    let (first, rest) = rest.split_first()?;
    if first.ends_with('{') {
        let (_, behind) = rest.split_at(rest.iter().position(|line| line.starts_with("  }"))?);
        let (last, behind) = behind.split_first()?;
        let comma = if last.ends_with(',') { "," } else { "" };
        let empty = format!("  \"Statement\": []{comma}");
        return Some(before.iter().chain([&empty]).chain(behind).cloned().collect());
    }
    let (statements, behind) = rest.split_at(rest.iter().position(|line| line.starts_with("  ]"))?);
    let is_end = |line: &String| line.starts_with("    }");
    let mut all: Vec<Vec<String>> = statements.split_inclusive(is_end).map(<[String]>::to_vec).collect();
    (index < all.len()).then(|| all.remove(index))?;
    if let Some(line) = all.last_mut().and_then(|last| last.last_mut()) {
        line.truncate(line.trim_end_matches(',').len());
    }
    Some(before.iter().chain([first]).cloned().chain(all.concat()).chain(behind.iter().cloned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_taken_out_and_nothing_else_is_changed() {
        let statement =
            |sid: &str| format!(r#"{{"Sid":"{sid}","Effect":"Deny","Condition":{{"Bool":{{"a":"[ x"}}}}}}"#);
        let policy = |sids: &[&str]| {
            let all: Vec<String> = sids.iter().map(|sid| statement(sid)).collect();
            format!(r#"{{"Version":"2012-10-17","Statement":[{}],"Id":"x"}}"#, all.join(","))
        };
        let all = policy(&["a", "b", "c"]);
        for (index, left) in [(0, ["b", "c"]), (1, ["a", "c"]), (2, ["a", "b"])] {
            let text = without_statement(&all, index).expect("a statement");
            assert_eq!(laid_out_as(&all, &text), policy(&left));
        }
        assert_eq!(without_statement(&all, 3), None);
        let alone = without_statement(&policy(&["a"]), 0).expect("a statement");
        assert_eq!(laid_out_as("{}", &alone), policy(&[]));
        let object = format!(r#"{{"Statement":{},"Id":"x"}}"#, statement("a"));
        assert_eq!(laid_out_as("{}", &without_statement(&object, 0).expect("it")), r#"{"Statement":[],"Id":"x"}"#);
        for wrong in ["", "[]", "{}", r#"{"\u0053tatement":[{}]}"#] {
            assert_eq!(without_statement(wrong, 0), None, "{wrong}");
        }
    }

    #[test]
    fn the_layout_follows_the_present_text() {
        let text = "{\n  \"a\": \"b \\\" c\"\n}";
        assert_eq!(laid_out_as("{}", text), r#"{"a":"b \" c"}"#);
        assert_eq!(laid_out_as("{\n}", text), text);
        assert_eq!(laid_out_as("{}", "{ no\njson"), "{ no\njson");
    }

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
