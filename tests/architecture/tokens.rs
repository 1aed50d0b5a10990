//! Rust source as tokens in one row, and those of them that are not only for tests.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// A piece of source text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    /// A word, a sign, `::`, or a literal.
    pub(crate) text: String,
    /// Where it starts, from 1.
    pub(crate) line: usize,
}

/// The tokens of `source`, without comments and lifetimes. Doc comments are attributes.
#[expect(clippy::expect_used, reason = "a test fails by panicking")]
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let mut found = Vec::new();
    flatten(source.parse().expect("Rust source"), &mut found);
    found
}

fn flatten(stream: TokenStream, found: &mut Vec<Token>) {
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        let line = tree.span().start().line;
        let text = match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                found.push(Token { text: open.to_owned(), line });
                flatten(group.stream(), found);
                close.to_owned()
            }
            TokenTree::Ident(word) => word.to_string().trim_start_matches("r#").to_owned(),
            TokenTree::Literal(literal) => literal.to_string(),
            TokenTree::Punct(sign) if sign.as_char() == '\'' => {
                trees.next();
                continue;
            }
            TokenTree::Punct(sign) => {
                let is_second = |tree: &TokenTree| matches!(tree, TokenTree::Punct(next) if next.as_char() == ':');
                let may_be = sign.as_char() == ':' && sign.spacing() == Spacing::Joint;
                let is_path = may_be && trees.next_if(is_second).is_some();
                if is_path { "::".to_owned() } else { sign.to_string() }
            }
        };
        found.push(Token { text, line });
    }
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
