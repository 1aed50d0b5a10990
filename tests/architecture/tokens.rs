//! Rust source as tokens, and those of them that are not only for tests.

/// A piece of source text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    /// A word, a sign, `::`, or a string with its opening quote.
    pub(crate) text: String,
    /// Where it starts, from 1.
    pub(crate) line: usize,
}

/// The tokens of `source`, without comments, lifetimes and character literals.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let (mut at, mut line, mut found) = (0, 1, Vec::new());
    while let Some(&c) = chars.get(at) {
        let end = end_of_token(&chars, at);
        let text: String = chars.iter().take(end).skip(at).collect();
        let kept = match c {
            '/' if text.len() > 1 => None,
            '\'' => None,
            c if c.is_whitespace() => None,
            _ if text.ends_with('"') || text.ends_with('#') && text.len() > 1 => {
                Some(format!("\"{}", text.trim_matches(['b', 'c', 'r', '#', '"'])))
            }
            _ => Some(text.trim_start_matches("r#").to_owned()),
        };
        found.extend(kept.map(|text| Token { text, line }));
        line += text.matches('\n').count();
        at = end;
    }
    found
}

/// Where the token that starts at `at` ends.
fn end_of_token(chars: &[char], at: usize) -> usize {
    let is = |offset: usize, c: char| chars.get(at + offset) == Some(&c);
    let word = |from: usize| from + chars.iter().skip(from).take_while(|c| c.is_alphanumeric() || **c == '_').count();
    let until = |from: usize, end: &[char]| {
        let rest = chars.get(from..).unwrap_or_default();
        rest.windows(end.len()).position(|part| part == end).map_or(chars.len(), |found| from + found + end.len())
    };
    match chars.get(at) {
        Some('/') if is(1, '/') => until(at, &['\n']),
        Some('/') if is(1, '*') => end_of_block_comment(chars, at),
        Some('"') => end_of_string(chars, at + 1),
        Some('\'') if is(1, '\\') => until(at + 3, &['\'']),
        Some('\'') if is(2, '\'') => at + 3,
        Some('\'') => word(at + 1),
        Some(':') if is(1, ':') => at + 2,
        Some(c) if c.is_alphanumeric() || *c == '_' => {
            let end = word(at);
            let prefix: String = chars.iter().take(end).skip(at).collect();
            let hashes = chars.iter().skip(end).take_while(|c| **c == '#').count();
            let quoted = chars.get(end + hashes) == Some(&'"');
            match prefix.as_str() {
                "r" | "br" | "cr" if quoted => {
                    let mut close = vec!['"'];
                    close.extend(std::iter::repeat_n('#', hashes));
                    until(end + hashes + 1, &close)
                }
                "b" | "c" if quoted && hashes == 0 => end_of_string(chars, end + 1),
                "b" if chars.get(end) == Some(&'\'') => end_of_token(chars, end),
                "r" if hashes == 1 => word(end + 1),
                _ => end,
            }
        }
        _ => at + 1,
    }
}

fn end_of_string(chars: &[char], mut at: usize) -> usize {
    while let Some(c) = chars.get(at) {
        match c {
            '"' => return at + 1,
            '\\' => at += 2,
            _ => at += 1,
        }
    }
    chars.len()
}

fn end_of_block_comment(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < chars.len() {
        match (chars.get(at), chars.get(at + 1)) {
            (Some('/'), Some('*')) => (depth, at) = (depth + 1, at + 2),
            (Some('*'), Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at.min(chars.len())
}

// --- Leaving out what is only for tests ---

pub(crate) fn text(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| &token.text)
}

/// The index after the bracket that closes the one at `at`.
pub(crate) fn after_group(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate().skip(at) {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index + 1;
        }
    }
    tokens.len()
}

/// `tokens` without the items that carry `#[cfg(test)]`.
pub(crate) fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let (mut at, mut kept) = (0, Vec::new());
    while let Some(token) = tokens.get(at) {
        let inner = usize::from(text(tokens, at + 1) == "!");
        if token.text == "#" && text(tokens, at + 1 + inner) == "[" {
            let end = after_group(tokens, at + 1 + inner);
            let words: Vec<&str> = (at + 2 + inner..end).map(|index| text(tokens, index)).collect();
            if matches!(words[..], ["cfg", "(", "test", ")", ..] | ["cfg", "(", "all", "(", "test", ..]) {
                if inner == 1 {
                    return Vec::new();
                }
                at = after_item(tokens, end);
                continue;
            }
        }
        kept.push(token.clone());
        at += 1;
    }
    kept
}

fn after_item(tokens: &[Token], mut at: usize) -> usize {
    while text(tokens, at) == "#" {
        at = after_group(tokens, at + 1);
    }
    let words = ["pub", "fn", "mod", "impl", "use", "struct", "enum", "const", "static", "type", "trait", "async"];
    let is_item = words.contains(&text(tokens, at));
    loop {
        match text(tokens, at) {
            "" | ")" | "]" | "}" => return at,
            "{" => return after_group(tokens, at),
            "(" | "[" => at = after_group(tokens, at),
            ";" => return at + 1,
            // The end of a field or of an arm.
            "," if !is_item => return at + 1,
            _ => at += 1,
        }
    }
}
