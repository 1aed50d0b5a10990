//! What a person reads uses the terms of AWS and of terminal programs. No idiom of our own stands in for one.

use std::fs;
use std::path::Path;

use super::sentences::literals;
use super::tokens::{tokens, without_tests};
use super::{is_for_tests, source_files};

/// An idiom in each of its forms, and what to write instead.
const IDIOMS: [(&[&str], &str); 45] = [
    (&["mend", "mends", "mended", "mending"], "fix"),
    (&["anew"], "again, reload, redraw"),
    (&["stands in", "stand in", "stands between", "lies in", "lie in", "here stand"], "is, is saved in"),
    (&["go on", "goes on", "going on", "gone on"], "continue, resume, next"),
    (&["in hand", "not over", "is over"], "open, ended"),
    (&["under way"], "in progress, open"),
    (&["left out", "leave out", "leaves out", "leaves that out"], "skipped, excluded"),
    (&["seen to be gone", "aws shows it", "surely gone", "surely done"], "verified"),
    (&["is waited for", "are waited for", "still waits"], "waiting for"),
    (&["counts no more", "count no more", "no longer counts"], "invalid, no longer valid"),
    (
        &["tells of", "told of", "tells", "aws does not tell", "not told", "aws said", "aws says"],
        "reports, shows, returns",
    ),
    (&["needs trust"], "trusted access is off"),
    (&["not asked", "could not be asked", "can't be asked", "cannot be asked", "was asked"], "not checked, unknown"),
    (&["ask aws", "asks aws", "asked aws", "asking aws"], "check with AWS, verify"),
    (&["who asks"], "caller"),
    (&["a delegate", "the delegate", "delegates", "who is delegated"], "delegated administrator"),
    (&["standing", "how it stands", "where it stands", "changes stand"], "role in the organization, status"),
    (&["gate", "gates", "obstacle", "obstacles"], "permission, requirement, blocked by"),
    (&["unknown address"], "started elsewhere"),
    (&["what was saved of it"], "backup"),
    (&["shuts out", "shut out", "shuts everyone out", "shuts"], "locks out"),
    (&["vouch", "vouches", "is ours and spelled right"], "confirm that we own the domain"),
    (&["in this run", "of this run", "another run", "no run", "the run", "this run"], "batch, session"),
    (&["note as read", "noted as read", "notes them as read", "is noted"], "acknowledge, recorded"),
    (&["none of you", "nobody of you", "one of you", "somebody else"], "your team, someone else"),
    (&["went off", "go off", "goes off", "sets off", "set off"], "alarms fire, triggers alarms"),
    (&["would go", "is to go", "are to go", "then gone", "was gone", "is gone"], "will be deleted, deleted"),
    (&["take it out", "one in or out", "takes it out"], "toggle"),
    (
        &["look what", "look in", "looks again", "look again", "looking what", "looked at", "look at"],
        "preview, check, search",
    ),
    (&["can't be brought back"], "this cannot be undone"),
    (&["has no meaning here"], "not used here"),
    (&["called so"], "no such account"),
    (&["as listed"], "from the account list"),
    (&["white space"], "spaces"),
    (&["for reading", "may only look"], "read-only"),
    (&["has one text"], "returns the same error"),
    (&["in the way"], "local error, blocked by"),
    (&["to be otherwise", "otherwise than"], "changes since"),
    (&["came of it", "came of", "comes of it", "the fate of"], "result, outcome"),
    (&["let it through", "lets it through", "let through", "let it out"], "does not allow, did not send"),
    (&["said no", "it broke", "it did not work", "that did not work"], "refused, failed"),
    (
        &["aws took", "aws takes", "aws wants", "aws's word", "aws's words"],
        "accepted by AWS, AWS allows, AWS's message",
    ),
    (&["on its way"], "sent"),
    (&["once it is typed", "still to be typed"], "enter"),
    (&["cut off", "no known end"], "interrupted, unknown outcome"),
];

/// The words of `text` in lower case, one blank apart.
fn plain(text: &str) -> String {
    let text = text.replace("\\\"", "\"").replace("\\n", " ").replace("\\\n", " ").to_lowercase();
    let is_part = |sign: char| sign.is_alphanumeric() || "'-_".contains(sign);
    let text: String =
        text.chars().map(|sign| if is_part(sign) || ",.;:".contains(sign) { sign } else { ' ' }).collect();
    let spaced = text.replace([',', '.', ';', ':'], " , ");
    format!(" {} ", spaced.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The idioms in `text`.
fn idioms(text: &str) -> Vec<(&'static str, &'static str)> {
    let text = plain(text);
    let forms = IDIOMS.iter().flat_map(|(forms, instead)| forms.iter().map(move |form| (*form, *instead)));
    forms.filter(|(form, _)| text.contains(&format!(" {form} "))).collect()
}

/// The texts of a file that a person reads, each with its line.
#[expect(clippy::expect_used, reason = "a test fails by panicking")]
fn texts(root: &Path, path: &str) -> Vec<(usize, String)> {
    let source = fs::read_to_string(root.join(path)).expect("readable");
    let is_rust = Path::new(path).extension().is_some_and(|extension| extension == "rs");
    if !is_rust {
        // A sentence goes over several lines; a paragraph, a comment or a row of a table is one text.
        let mut found: Vec<(usize, String)> = Vec::new();
        let mut before_was_blank = true;
        for (index, line) in source.lines().enumerate() {
            let line = line.trim_start_matches('#').trim();
            let starts = before_was_blank || line.starts_with(['|', '-']);
            before_was_blank = line.is_empty();
            match found.last_mut() {
                Some((_, text)) if !starts => *text = format!("{text} {line}"),
                _ => found.push((index + 1, line.to_owned())),
            }
        }
        return found;
    }
    // clap shows the doc comments of arguments and commands.
    let is_help = path.starts_with("src/cli/arguments") || path.starts_with("src/app/command");
    let read = if is_help { without_tests(&tokens(&source)) } else { literals(&source) };
    read.into_iter().filter(|token| token.text.contains('"')).map(|token| (token.line, token.text)).collect()
}

#[test]
fn nobody_reads_an_idiom_of_our_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let rooms = ["src/words", "src/cli", "src/ui", "src/app/command"];
    let sources = rooms.iter().flat_map(|room| source_files(&root.join(room)));
    let documents = ["README.md", "docs/glossary.md", "assets/config.toml"].map(|name| root.join(name));
    let mut found = Vec::new();
    for file in sources.chain(documents) {
        let path = file.strip_prefix(root).expect("below the root").to_string_lossy().into_owned();
        if path.strip_prefix("src/").is_some_and(is_for_tests) {
            continue;
        }
        for (line, text) in texts(root, &path) {
            for (idiom, instead) in idioms(&text) {
                found.push(format!("{path}:{line}: \"{idiom}\" (write: {instead})"));
            }
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn an_idiom_is_found_as_a_whole_word_over_signs_and_lines() {
    for text in [
        "what mends it",
        "the change is\n under way",
        "left out: {reason}",
        "\"Mend\"",
        "AWS took it; wait",
        "(in hand)",
    ] {
        assert_eq!(idioms(text).len(), 1, "{text}: {:?}", idioms(text));
    }
    for text in ["recommended", "a gateway", "outstanding", "so on, in addition", "the left, out of here", "stand, in"]
    {
        assert_eq!(idioms(text), [], "{text}");
    }
}
