//! A sentence that names a key takes it from the table of commands: no literal spells one out.

use std::fs;
use std::path::Path;

use super::sentences::literals;
use super::{is_for_tests, source_files};

const ROOMS: [&str; 4] = ["words", "ui", "cli", "app/command"];

/// What a key does in sentences.
const VERBS: [&str; 34] = [
    "answers", "asks", "audits", "clears", "closes", "copies", "ends", "enters", "forgets", "goes", "has", "hides",
    "leaves", "looks", "makes", "marks", "notes", "opens", "pauses", "puts", "reads", "resends", "resumes", "sends",
    "shows", "signs", "starts", "stops", "takes", "tells", "toggles", "tries", "turns", "verifies",
];

/// Parts of literals that look like keys and have no command, and why.
const NO_COMMANDS: [(&str, &str); 7] = [
    ("(space toggles)", "space answers a question of a form, as in every form of a terminal; no command does"),
    ("(space)", "the same"),
    ("ctrl-c ends it", "ends a subcommand: the signal of the terminal, not a key of the screen"),
    ("Press Enter to return to rootdeck", "is read by the shell, while the AWS CLI has the terminal"),
    ("q, ctrl-q, alt-x, space", "examples of how keys are named in the configuration"),
    ("3 starts per account", "a number"),
    ("(version 2 has", "a number"),
];

/// Whether `word` is how a key is called: one sign, or the name of a key that is no letter.
fn is_key(word: &str) -> bool {
    let mut signs = word.chars();
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || "!?:/*".contains(sign);
    let is_one_sign = signs.next().is_some_and(is_sign) && signs.next().is_none();
    let named = ["enter", "esc", "space", "tab", "page-down", "page-up"];
    is_one_sign || named.contains(&word.to_lowercase().as_str())
}

/// The keys that `literal` spells out.
fn keys(literal: &str) -> Vec<String> {
    let text =
        NO_COMMANDS.iter().fold(literal.trim_matches('"').to_owned(), |text, (known, _)| text.replace(known, ""));
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = |index: usize| words.get(index).copied().unwrap_or_default();
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let bare = word.trim_matches(|sign: char| "(),.;".contains(sign));
        let before = if index == 0 { "" } else { at(index - 1) };
        let next = at(index + 1).trim_matches(|sign: char| ",.;:)".contains(sign));
        let does = is_key(bare) && VERBS.contains(&next);
        let in_brackets = is_key(bare) && word.starts_with('(') && (word.ends_with(')') || next == "in");
        let is_article = *word == "a" && before != "key";
        let is_number = before == "with" && bare.chars().all(|sign| sign.is_ascii_digit());
        let pressed = ["press", "key", "with"].contains(&before) && is_key(bare) && !is_article && !is_number;
        let is_view = before.ends_with("view") && bare.chars().all(|sign| sign.is_ascii_digit()) && !bare.is_empty();
        if does || in_brackets || pressed || is_view || bare == "Esc" || bare.starts_with("ctrl-") {
            found.push(format!("{before} {word} {next}"));
        }
    }
    found
}

#[test]
fn every_key_in_a_sentence_comes_from_the_table_of_commands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for file in ROOMS.iter().flat_map(|room| source_files(&root.join(room))) {
        let path = file.strip_prefix(&root).expect("below src").to_string_lossy().into_owned();
        if is_for_tests(&path) {
            continue;
        }
        for literal in literals(&fs::read_to_string(&file).expect("readable")) {
            found.extend(keys(&literal.text).into_iter().map(|key| format!("src/{path}:{}: {key}", literal.line)));
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn a_key_is_told_from_a_word() {
    for text in [
        "The journal could not be read: {why}. r tries again.",
        "! reads it ({unread})",
        "5 tells what is missing",
        "not audited (a)",
        "ask AWS again (r)",
        "sent (s in {view})",
        "select it, press t (management account only)",
        "Sign in again: key I in the dashboard",
        "Start one with e.",
        "look in view 4",
        "Nothing can match: {text}. Esc clears the filter.",
        "enter: put it; enter closes it",
        "ctrl-t shows it",
    ] {
        assert_eq!(keys(text).len(), 1, "{text}: {:?}", keys(text));
    }
    for text in [
        "{again} tries again, {stop} stops",
        "Enter the address, with a look at the mail; a code has six digits",
        "{count} account(s), 3 of 4 read",
        "root has a login profile already (a password, or recovery allowed before)",
        "{tick} {question} (space)",
        "AWS allows 3 starts per account in 30 seconds",
        "whoever enters it reads a mail",
    ] {
        assert_eq!(keys(text), Vec::<String>::new(), "{text}");
    }
}
