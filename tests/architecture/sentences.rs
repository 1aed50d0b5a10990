//! What a person reads is in `src/words` and nowhere else.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::tokens::{Token, after_group, text, tokens, without_tests};
use super::{is_for_tests, source_files};

/// The rooms below `src` that hold no sentence.
const ROOMS: [&str; 10] = ["aws", "app", "cli", "config", "domain", "emulator", "engine", "runtime", "store", "ui"];

/// Files and folders whose literals of several words are no sentences of ours, or can't be moved, and why.
const EXCEPTIONS: [(&str, &str); 36] = [
    ("app/command/", "the table of commands: help, palette and keys come from it"),
    ("app/field.rs", "what Debug shows instead of a secret"),
    ("app/filter/accounts.rs", "what Debug shows instead of addresses"),
    ("app/state/journal.rs", "an outcome, as the filter matches it"),
    ("app/dialogs/reader.rs", "AWS's code, message and request id, as they are copied"),
    ("aws/account.rs", "what the SDK puts in the place of a status"),
    ("aws/answer.rs", "a cause inside an error of the SDK, shown like the SDK's own"),
    ("aws/limit.rs", "the same"),
    ("aws/config_files.rs", "the header of a section that the SDK is to skip"),
    ("aws/error_chain.rs", "the SDK's words, to know them by"),
    ("aws/no_credentials.rs", "the same"),
    ("aws/retry.rs", "names of interceptors, for the SDK"),
    ("domain/account.rs", "the error of a parser that clap and serde show"),
    ("domain/task_policy.rs", "the same"),
    ("domain/alarms.rs", "AWS's names of kinds of events"),
    ("domain/aws_command.rs", "a command line"),
    ("domain/cause/", "AWS's and the system's words, to know them by"),
    ("domain/policy/not_json.rs", "the parser's words, to know them by"),
    ("domain/client_error.rs", "what one rootdeck knows another one by, in the output of a credential_process"),
    ("domain/otp.rs", "the words of AWS's mail"),
    ("domain/recorded_change.rs", "what stands in the journal in place of an address"),
    ("domain/root_credentials.rs", "names of credentials in AWS's words, with their ids"),
    ("domain/resolution/", "notes of the journal, which are stored, and read back by their beginning"),
    ("domain/text.rs", "the end of a text that was cut"),
    ("emulator/faults.rs", "the errors of a parser that clap shows; the emulator knows nothing of ours but policies"),
    ("emulator/options.rs", "errors at the start of the emulator; the same"),
    ("emulator/world/", "the same"),
    ("emulator/server/control.rs", "answers to programs that test with the emulator"),
    ("emulator/", "AWS's messages"),
    ("engine/journal.rs", "notes of the journal, which are stored, and read back by their beginning"),
    ("engine/resolve.rs", "the same"),
    ("engine/write.rs", "the same"),
    ("engine/org_role.rs", "AWS's words, to know them by"),
    ("runtime/child_process.rs", "what a shell reads"),
    ("runtime/subshell.rs", "what a shell reads"),
    ("store/", "SQL, and the errors of columns that no rootdeck wrote; `sentences.rs` reads those of earlier versions"),
];

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

/// Whether an attribute with these tokens holds a sentence: `#[error("…")]` does.
fn is_error(attribute: &[Token]) -> bool {
    text(attribute, 2) == "error" && text(attribute, 3) == "("
}

/// The index behind what a person does not read: attributes (clap's hold the help) but those of errors, lines of the
/// log, and panics.
fn after_unread(tokens: &[Token], at: usize) -> Option<usize> {
    let inner = usize::from(text(tokens, at + 1) == "!");
    if text(tokens, at) == "#" && text(tokens, at + 1 + inner) == "[" {
        let end = after_group(tokens, at + 1 + inner);
        return (!is_error(tokens.get(at..end).unwrap_or_default())).then_some(end);
    }
    let is_log = text(tokens, at) == "tracing" && text(tokens, at + 1) == "::" && text(tokens, at + 3) == "!";
    if is_log {
        return Some(after_group(tokens, at + 4));
    }
    let is_panic = ["unreachable", "panic", "assert"].contains(&text(tokens, at)) && text(tokens, at + 1) == "!";
    is_panic.then(|| after_group(tokens, at + 2))
}

/// The texts in `source` that a person may read.
pub(crate) fn literals(source: &str) -> Vec<Token> {
    let tokens = without_tests(&tokens(source));
    let (mut at, mut found) = (0, Vec::new());
    while let Some(token) = tokens.get(at) {
        if let Some(end) = after_unread(&tokens, at) {
            at = end;
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
    literals(source).into_iter().filter(|token| is_prose(&token.text)).collect()
}

#[test]
fn every_sentence_is_in_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut needed) = (Vec::new(), BTreeSet::new());
    for file in ROOMS.iter().flat_map(|room| source_files(&root.join(room))) {
        let path = file.strip_prefix(&root).expect("below src").to_string_lossy().into_owned();
        if is_for_tests(&path) {
            continue;
        }
        let here = sentences(&fs::read_to_string(&file).expect("readable"));
        let exception = EXCEPTIONS.iter().map(|(excepted, _)| *excepted).find(|excepted| path.starts_with(excepted));
        match exception {
            Some(excepted) if !here.is_empty() => drop(needed.insert(excepted)),
            Some(_) => {}
            None => found.extend(here.into_iter().map(|token| format!("src/{path}:{}: {}", token.line, token.text))),
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    let unneeded: Vec<_> = EXCEPTIONS.iter().filter(|(excepted, _)| !needed.contains(excepted)).collect();
    assert!(unneeded.is_empty(), "{unneeded:?}");
}

#[test]
fn a_sentence_is_told_from_a_name() {
    for source in [
        "fn f() { complain(\"nothing was changed\"); }",
        "fn f() { format!(\"{name} has {count} keys left\") }",
        "const A: &str = \"no\\nsuch account\";",
        "fn f() { \"it is\".to_owned() }",
        "fn f() { r#\"not \"there\"\"# }",
        "impl fmt::Display for A { fn fmt(&self) { f.write_str(\"it is off already\") } }",
        "enum E { #[error(\"it cannot be used\")] A }",
    ] {
        assert_eq!(sentences(source).len(), 1, "{source}");
    }
    for source in [
        "fn f() { \"PRIMARY EMAIL\"; \"email\"; \"account_id\"; \"{name} ({id})\"; \"  {key}  {name}: {}\" }",
        "#[arg(help = \"what it is for\")] struct S { /// The reason or ticket\n reason: u8 }",
        "// nothing was changed\n#[cfg(test)] mod tests { fn f() { \"nothing was changed\" } }",
        "fn f() { \"AWS_ENDPOINT_URL\"; \"s3-policy\"; \"{a} {b}\"; \"audit\" }",
        "fn f() { tracing::warn!(%error, \"it was not sent\"); unreachable!(\"nothing was sent\") }",
        "impl fmt::Display for A { fn fmt(&self) { write!(f, \"{}-{}\", self.a, self.b) } }",
    ] {
        assert_eq!(sentences(source), [], "{source}");
    }
}
