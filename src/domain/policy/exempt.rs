//! A policy's text with root sessions exempt from some of its statements.

use serde_json::{Map, Value};

use super::layout::pretty;

const KEY: &str = "aws:AssumedRoot";
const OPERATOR: &str = "Null";

/// The policy, laid out for reading, in which the Deny statements at these places (from 0) no longer hold in root
/// sessions: `"Null": {"aws:AssumedRoot": "true"}` beside their other conditions (AWS documentation: the key is there in
/// root sessions only). `None` if a statement has a condition on that key already, is not there, or the text can't be
/// changed without changing something else.
pub(crate) fn exempted(text: &str, statements: &[usize]) -> Option<String> {
    let mut wanted: Value = serde_json::from_str(text).ok()?;
    for index in statements {
        exempt_value(&mut wanted, *index)?;
    }
    let mut lines = pretty(text);
    // From the last to the first: what is inserted moves none of those before it.
    let mut places = statements.to_vec();
    places.sort_unstable();
    for index in places.into_iter().rev() {
        exempt_lines(&mut lines, index)?;
    }
    let changed = lines.join("\n");
    // A member that is there twice, or named with an escape, is not guessed at.
    (serde_json::from_str::<Value>(&changed).ok()? == wanted).then_some(changed)
}

fn exempt_value(policy: &mut Value, index: usize) -> Option<()> {
    let statement = match policy.get_mut("Statement")? {
        Value::Array(statements) => statements.get_mut(index)?,
        one @ Value::Object(_) if index == 0 => one,
        _ => return None,
    };
    let conditions = statement.as_object_mut()?.entry("Condition").or_insert_with(|| Value::Object(Map::new()));
    let keys = conditions.as_object_mut()?.entry(OPERATOR).or_insert_with(|| Value::Object(Map::new()));
    let keys = keys.as_object_mut()?;
    if keys.keys().any(|key| key.eq_ignore_ascii_case(KEY)) {
        return None;
    }
    keys.insert(KEY.to_owned(), Value::String("true".to_owned()));
    Some(())
}

/// The lines of a laid out policy: those of a statement are known by how far they are indented.
fn exempt_lines(lines: &mut Vec<String>, index: usize) -> Option<()> {
    let list = lines.iter().position(|line| line.starts_with("  \"Statement\": "))?;
    let (start, indent) = if lines.get(list)?.ends_with('{') {
        (list, 2)
    } else {
        let is_start = |line: &String| line == "    {";
        let mut starts = lines.iter().enumerate().skip(list + 1).filter(|(_, line)| is_start(line));
        (starts.nth(index)?.0, 4)
    };
    let end = end_of(lines, start, indent)?;
    let within = |lines: &[String], from: usize, to: usize, name: &str, indent: usize| {
        let begins = format!("{}\"{name}\": ", " ".repeat(indent));
        (from + 1..to).find(|at| lines.get(*at).is_some_and(|line| line.starts_with(&begins)))
    };
    let line = |indent: usize, text: &str| format!("{}{text}", " ".repeat(indent));
    let key = format!("\"{KEY}\": \"true\"");
    let Some(conditions) = within(lines, start, end, "Condition", indent + 2) else {
        lines.get_mut(end - 1)?.push(',');
        let block = [
            line(indent + 2, "\"Condition\": {"),
            line(indent + 4, "\"Null\": {"),
            line(indent + 6, &key),
            line(indent + 4, "}"),
            line(indent + 2, "}"),
        ];
        lines.splice(end..end, block);
        return Some(());
    };
    opened(lines, conditions, indent + 2)?;
    let conditions_end = end_of(lines, conditions, indent + 2)?;
    if let Some(operator) = within(lines, conditions, conditions_end, OPERATOR, indent + 4) {
        opened(lines, operator, indent + 4)?;
        let comma = if end_of(lines, operator, indent + 4)? == operator + 1 { "" } else { "," };
        lines.insert(operator + 1, line(indent + 6, &format!("{key}{comma}")));
        return Some(());
    }
    let comma = if conditions_end == conditions + 1 { "" } else { "," };
    let block = [line(indent + 4, "\"Null\": {"), line(indent + 6, &key), line(indent + 4, &format!("}}{comma}"))];
    let below = conditions + 1;
    lines.splice(below..below, block);
    Some(())
}

/// An object on one line, which is an empty one, gets its end on a line of its own.
fn opened(lines: &mut Vec<String>, at: usize, indent: usize) -> Option<()> {
    let line = lines.get_mut(at)?;
    if let Some(begin) = line.strip_suffix("{}").or_else(|| line.strip_suffix("{},")) {
        let comma = if line.ends_with(',') { "," } else { "" };
        let (begin, end) = (format!("{begin}{{"), format!("{}}}{comma}", " ".repeat(indent)));
        *line = begin;
        lines.insert(at + 1, end);
    }
    Some(())
}

/// The line on which the object ends that begins on this one.
fn end_of(lines: &[String], start: usize, indent: usize) -> Option<usize> {
    let end = format!("{}}}", " ".repeat(indent));
    (start + 1..lines.len()).find(|at| lines.get(*at).is_some_and(|line| line.trim_end_matches(',') == end))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NO_ROOT: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:PrincipalArn":"arn:*:iam::*:root"}}},{"Sid":"B","Effect":"Deny","Action":"iam:*","Resource":"*"}]}"#;

    #[test]
    fn only_the_exemption_is_added_and_only_where_it_is_wanted() {
        let changed = exempted(NO_ROOT, &[0]).expect("it can be changed");
        let added: Vec<&str> = changed.lines().filter(|line| !pretty(NO_ROOT).iter().any(|old| old == line)).collect();
        assert_eq!(added, ["        \"Null\": {", "          \"aws:AssumedRoot\": \"true\"", "        },"]);
        let both: Value = serde_json::from_str(&exempted(NO_ROOT, &[1, 0]).expect("both")).expect("json");
        for index in 0..2 {
            assert_eq!(both["Statement"][index]["Condition"]["Null"], json!({ "aws:AssumedRoot": "true" }));
        }
    }

    #[test]
    fn conditions_of_every_form_are_kept() {
        for (condition, null) in [
            (json!({}), json!({ "aws:AssumedRoot": "true" })),
            (json!({ "Null": {} }), json!({ "aws:AssumedRoot": "true" })),
            (
                json!({ "Null": { "aws:SourceVpce": "true" } }),
                json!({ "aws:AssumedRoot": "true", "aws:SourceVpce": "true" }),
            ),
            (json!({ "Bool": { "a": ["true", "false"] }, "Null": {} }), json!({ "aws:AssumedRoot": "true" })),
        ] {
            let text = json!({ "Id": "{", "Statement": { "Effect": "Deny", "Action": "*", "Condition": condition } });
            let changed = exempted(&text.to_string(), &[0]).expect("it can be changed");
            let changed: Value = serde_json::from_str(&changed).expect("json");
            assert_eq!(changed["Statement"]["Condition"]["Null"], null, "{condition}");
        }
    }

    #[test]
    fn what_is_about_root_sessions_already_or_is_not_there_is_not_changed() {
        let about = NO_ROOT.replace(r#""Condition":{"#, r#""Condition":{"Null":{"AWS:assumedroot":"false"},"#);
        assert_eq!(exempted(&about, &[0]), None);
        assert_eq!(exempted(NO_ROOT, &[2]), None);
        assert_eq!(exempted("[]", &[0]), None);
        assert_eq!(exempted(r#"{"\u0053tatement":[{}]}"#, &[0]), None);
    }
}
