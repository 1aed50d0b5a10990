//! What a person reads is in `src/words` and nowhere else.

use std::fs;
use std::path::Path;

use super::tokens::{Token, after_group, text, tokens, without_tests};
use super::{is_for_tests, source_files};

/// Where no sentence may be.
const ROOMS: [&str; 2] = ["cli", "ui"];

/// Types of `domain` whose `Display` has several words, and why.
const DISPLAYED: [(&str, &str); 1] =
    [("RootCredential", "the name of a credential in AWS's words, with its id; sentences are made around it")];

/// Texts of several words that are no sentences, and why.
const NO_SENTENCES: [(&str, &str); 0] = [];

/// Whether a person would read `literal` as prose: two words or more, what is filled in aside. Labels in capitals,
/// names and single words are none.
fn is_prose(literal: &str) -> bool {
    let mut depth = 0_u32;
    let outside = |sign: &char| match sign {
        '{' => {
            depth += 1;
            false
        }
        '}' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    };
    let spoken: String = literal.trim_start_matches(['r', '#']).replace("\\n", " ").chars().filter(outside).collect();
    let is_word = |word: &&str| {
        let word = word.trim_matches(|sign: char| !sign.is_alphabetic());
        word.len() > 1
            && word.chars().all(|sign| sign.is_alphabetic() || "'-".contains(sign))
            && word.chars().any(char::is_lowercase)
    };
    spoken.split_whitespace().filter(is_word).count() > 1
}

/// The texts in `source`. Attributes are left out: clap's hold the help.
pub(crate) fn literals(source: &str) -> Vec<Token> {
    let tokens = without_tests(&tokens(source));
    let (mut at, mut found) = (0, Vec::new());
    while let Some(token) = tokens.get(at) {
        let inner = usize::from(text(&tokens, at + 1) == "!");
        if token.text == "#" && text(&tokens, at + 1 + inner) == "[" {
            at = after_group(&tokens, at + 1 + inner);
            continue;
        }
        if token.text.starts_with('"') || token.text.starts_with("r\"") || token.text.starts_with("r#") {
            found.push(token.clone());
        }
        at += 1;
    }
    found
}

/// The texts that are prose, with their lines.
fn sentences(source: &str) -> Vec<Token> {
    let is_known = |token: &Token| NO_SENTENCES.iter().any(|(known, _)| token.text.trim_matches('"') == *known);
    literals(source).into_iter().filter(|token| !is_known(token) && is_prose(&token.text)).collect()
}

#[test]
fn every_sentence_is_in_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for file in ROOMS.iter().flat_map(|room| source_files(&root.join(room))) {
        let path = file.strip_prefix(&root).expect("below src").to_string_lossy().into_owned();
        if is_for_tests(&path) {
            continue;
        }
        let here = sentences(&fs::read_to_string(&file).expect("readable"));
        found.extend(here.into_iter().map(|token| format!("src/{path}:{}: {}", token.line, token.text)));
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// The prose in each `impl Display` of `source`, with its line.
fn displayed(source: &str) -> Vec<Token> {
    let tokens = without_tests(&tokens(source));
    let mut found = Vec::new();
    for at in (0..tokens.len()).filter(|at| text(&tokens, *at) == "Display" && text(&tokens, at + 1) == "for") {
        let Some(open) = (at..tokens.len()).find(|at| text(&tokens, *at) == "{") else { continue };
        let is_known = DISPLAYED.iter().any(|(known, _)| text(&tokens, at + 2) == *known);
        let body = tokens.get(open..after_group(&tokens, open)).unwrap_or_default();
        let is_sentence = |token: &&Token| token.text.starts_with('"') && is_prose(&token.text) && !is_known;
        found.extend(body.iter().filter(is_sentence).cloned());
    }
    found
}

#[test]
fn what_domain_displays_is_data() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for file in source_files(&root.join("domain")) {
        let here = displayed(&fs::read_to_string(&file).expect("readable"));
        found.extend(here.into_iter().map(|token| format!("{}:{}: {}", file.display(), token.line, token.text)));
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    let sentence = "impl fmt::Display for A { fn fmt(&self) { f.write_str(\"it is off already\") } }";
    assert_eq!(displayed(sentence).len(), 1);
    assert_eq!(displayed("impl fmt::Display for A { fn fmt(&self) { write!(f, \"{}-{}\", self.a, self.b) } }"), []);
}

#[test]
fn a_sentence_is_told_from_a_name() {
    for source in [
        "fn f() { complain(\"nothing was changed\"); }",
        "fn f() { format!(\"{name} has {count} keys left\") }",
        "const A: &str = \"no\\nsuch account\";",
        "fn f() { \"it is\".to_owned() }",
        "fn f() { r#\"not \"there\"\"# }",
    ] {
        assert_eq!(sentences(source).len(), 1, "{source}");
    }
    for source in [
        "fn f() { \"PRIMARY EMAIL\"; \"email\"; \"account_id\"; \"{name} ({id})\"; \"  {key}  {name}: {}\" }",
        "#[arg(help = \"what it is for\")] struct S { /// The reason or ticket\n reason: u8 }",
        "// nothing was changed\n#[cfg(test)] mod tests { fn f() { \"nothing was changed\" } }",
        "fn f() { \"AWS_ENDPOINT_URL\"; \"s3-policy\"; \"{a} {b}\"; \"audit\" }",
    ] {
        assert_eq!(sentences(source), [], "{source}");
    }
}
