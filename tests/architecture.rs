//! Who may know whom. Reads the paths in the source and fails on one that crosses a line of
//! [`TABLE`]. Comments, strings and tests are not held to it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tokens::{Token, after_group, text, tokens, without_tests};

#[path = "architecture/checker.rs"]
mod checker;
#[path = "architecture/circles.rs"]
mod circles;
#[path = "architecture/dependencies.rs"]
mod dependencies;
#[path = "architecture/documents.rs"]
mod documents;
#[path = "architecture/idioms.rs"]
mod idioms;
#[path = "architecture/keys.rs"]
mod keys;
#[path = "architecture/sentences.rs"]
mod sentences;
#[path = "architecture/signs.rs"]
mod signs;
#[path = "architecture/tokens.rs"]
mod tokens;

/// No file of the source is longer, in lines.
const LONGEST: usize = 500;

/// What a module must not use, beside other modules of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Never {
    /// ratatui and crossterm.
    Screen,
    /// ratatui, and of crossterm all but the names of keys and of mouse events.
    ScreenButKeys,
    Tokio,
    Sdk,
    /// Files, the environment, other processes and the network.
    Files,
    Clock,
}

use Never::{Clock, Files, Screen, ScreenButKeys, Sdk, Tokio};

/// A module, the modules of ours that it may use besides itself (`*` for all; `a::b*` for what
/// starts so), and what it must not.
type Row = (&'static str, &'static [&'static str], &'static [Never]);

const TABLE: [Row; 12] = [
    ("domain", &[], &[Screen, Tokio, Sdk, Files, Clock]),
    ("words", &["domain", "app"], &[Screen, Tokio, Sdk, Files, Clock]),
    ("app", &["domain"], &[ScreenButKeys, Tokio, Sdk, Files, Clock]),
    ("ui", &["app", "domain", "words"], &[Tokio, Sdk, Files, Clock]),
    ("aws", &["domain"], &[Screen]),
    ("store", &["domain"], &[Screen, Sdk, Tokio]),
    ("config", &["domain"], &[Screen, Sdk, Tokio, Clock]),
    ("engine", &["domain", "aws", "store"], &[Screen]),
    ("emulator", &["domain::policy*"], &[Screen, Sdk]),
    ("runtime", &["app", "ui", "engine", "words", "domain", "config"], &[]),
    ("cli", &["*"], &[]),
    ("fuzz", &["*"], &[Screen, Sdk]),
];

impl Never {
    /// Whether it rules `path` out, which starts with the name of a crate.
    fn rules_out(self, path: &[&str]) -> bool {
        let name = path.first().copied().unwrap_or_default();
        let is_under = |prefix: &str| path.join("::") == prefix || path.join("::").starts_with(&format!("{prefix}::"));
        let screen = |name: &str| name.starts_with("ratatui") || name == "crossterm";
        match self {
            Screen => screen(name),
            ScreenButKeys => screen(name) && !names_a_key(path),
            Tokio => name.starts_with("tokio"),
            Sdk => name.starts_with("aws_"),
            Files => ["std::fs", "std::env", "std::net", "std::process", "std::os", "etcetera", "rustix", "tempfile"]
                .into_iter()
                .any(is_under),
            Clock => {
                let by_name = ["std::time::SystemTime", "std::time::Instant", "std::time::*", "std::thread::sleep"];
                let by_end = [["Timestamp", "now"], ["Zoned", "now"], ["Instant", "now"], ["SystemTime", "now"]];
                by_name.into_iter().any(is_under)
                    || is_under("jiff::tz::TimeZone::system")
                    || by_end.iter().any(|end| path.ends_with(end))
            }
        }
    }
}

fn names_a_key(path: &[&str]) -> bool {
    let key = |name: &str| ["Key", "Mouse", "Modifier", "Media"].iter().any(|start| name.starts_with(start));
    matches!(path, ["crossterm", "event", name, ..] if *name == "Event" || key(name))
}

// --- From tokens to paths ---

/// A path as it was written, and the module it was written in.
#[derive(Debug)]
struct Used {
    segments: Vec<String>,
    here: Vec<String>,
    /// The name that `use` gives it, if it stands there.
    name: Option<String>,
    line: usize,
}

/// Every path of two and more segments, and what is brought in by `use`.
fn paths(tokens: &[Token], file_module: &[String]) -> Vec<Used> {
    let mut found = Vec::new();
    let (mut at, mut depth, mut inline) = (0, 0, Vec::<(usize, String)>::new());
    while let Some(token) = tokens.get(at) {
        let here = || file_module.iter().chain(inline.iter().map(|(_, name)| name)).cloned().collect::<Vec<_>>();
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => {
                depth = usize::saturating_sub(depth, 1);
                inline.retain(|(outer, _)| *outer != depth);
            }
            "mod" if text(tokens, at + 2) == "{" => inline.push((depth, text(tokens, at + 1).to_owned())),
            "use" => {
                let (here, before) = (here(), found.len());
                at = use_tree(tokens, at + 1, &[], &mut found);
                found.iter_mut().skip(before).for_each(|used| used.here.clone_from(&here));
                continue;
            }
            "crate" if text(tokens, at.wrapping_sub(1)) == "extern" => {
                let segments = vec![text(tokens, at + 1).to_owned()];
                found.push(Used { segments, here: here(), name: None, line: token.line });
            }
            word if starts_path(tokens, at, word) => {
                let mut segments = vec![word.to_owned()];
                while text(tokens, at + 1) == "::" && is_word(text(tokens, at + 2)) {
                    at += 2;
                    segments.push(text(tokens, at).to_owned());
                }
                if segments.len() > 1 {
                    found.push(Used { segments, here: here(), name: None, line: token.line });
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn starts_path(tokens: &[Token], at: usize, word: &str) -> bool {
    let before = |steps: usize| text(tokens, at.wrapping_sub(steps));
    // `a.b` is a field, and in `<T as A>::b` the path is the one inside.
    let goes_on = before(1) == "." || before(1) == "::" && before(2) == ">";
    let keywords =
        ["as", "const", "dyn", "else", "fn", "for", "if", "impl", "in", "let", "match", "mut", "return", "where"];
    is_word(word) && !goes_on && !keywords.contains(&word)
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Reads one tree of a `use` after `prefix` and gives the index after it.
fn use_tree(tokens: &[Token], mut at: usize, prefix: &[String], found: &mut Vec<Used>) -> usize {
    let mut segments = prefix.to_vec();
    let line = tokens.get(at).map_or(0, |token| token.line);
    loop {
        match text(tokens, at) {
            "::" => at += 1,
            "{" => {
                let end = after_group(tokens, at);
                at += 1;
                while at + 1 < end {
                    at = use_tree(tokens, at, &segments, found);
                }
                return end;
            }
            "as" => {
                let name = Some(text(tokens, at + 1).to_owned());
                found.push(Used { segments, here: Vec::new(), name, line });
                return at + 3;
            }
            word if is_word(word) || word == "*" => {
                if word != "self" || segments.is_empty() {
                    segments.push(word.to_owned());
                }
                at += 1;
            }
            _ => {
                let name = segments.last().cloned();
                found.push(Used { segments, here: Vec::new(), name, line });
                return at + 1;
            }
        }
    }
}

/// Paths from the crate's root (`crate::…`) or from the name of another crate.
fn resolved(used: Vec<Used>) -> Vec<(Vec<String>, usize)> {
    let names: BTreeMap<String, Vec<String>> = used
        .iter()
        .filter_map(|used| Some((used.name.clone()?, absolute(&used.segments, &used.here))))
        .filter(|(name, path)| path.first() != Some(name))
        .collect();
    let full = |used: Used| {
        let path = absolute(&used.segments, &used.here);
        // A path that starts with a name that `use` brought in.
        let known = path.first().filter(|_| used.name.is_none()).and_then(|first| names.get(first));
        let path = known.map_or_else(|| path.clone(), |known| [known, path.get(1..).unwrap_or_default()].concat());
        (path, used.line)
    };
    used.into_iter().map(full).collect()
}

fn absolute(segments: &[String], here: &[String]) -> Vec<String> {
    let ups = segments.iter().take_while(|segment| *segment == "super" || *segment == "self").count();
    let supers = segments.iter().take(ups).filter(|segment| *segment == "super").count();
    let rest = segments.get(ups..).unwrap_or_default();
    let root = || vec!["crate".to_owned()];
    match segments.first().map(String::as_str) {
        Some("self" | "super") => {
            [&root(), here.get(..here.len().saturating_sub(supers)).unwrap_or_default(), rest].concat()
        }
        Some("rootdeck") => [&root(), segments.get(1..).unwrap_or_default()].concat(),
        _ => segments.to_vec(),
    }
}

// --- The judgement ---

/// The modules that lead to the file at `path` below `src`.
fn module_of(path: &str) -> Vec<String> {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').filter(|part| !matches!(*part, "lib" | "main")).map(str::to_owned).collect()
}

fn is_for_tests(path: &str) -> bool {
    path.split('/').any(|part| part == "tests" || part == "tests.rs" || part.ends_with("_tests.rs"))
}

/// What is wrong with the file at `path` below `src`, in words.
fn breaches(path: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lines = source.lines().count();
    if lines > LONGEST {
        found.push(format!("src/{path}: {lines} lines; {LONGEST} are the most"));
    }
    if is_for_tests(path) {
        return found;
    }
    let tokens = without_tests(&tokens(source));
    let loose = |token: &&Token| token.text.ends_with("_tests.rs\"");
    found.extend(tokens.iter().find(loose).map(|token| format!("src/{path}:{}: tests without cfg(test)", token.line)));
    let module = module_of(path);
    let Some(top) = module.first() else { return found };
    let Some(row) = TABLE.iter().find(|(name, ..)| name == top) else {
        found.push(format!("src/{path}: the module {top} has no row in the table"));
        return found;
    };
    let wrong = resolved(paths(&tokens, &module)).into_iter().filter(|(used, _)| !is_allowed(row, used));
    found.extend(wrong.map(|(used, line)| format!("src/{path}:{line}: {top} must not use {}", used.join("::"))));
    found
}

fn is_allowed((module, ours, never): &Row, used: &[String]) -> bool {
    let used: Vec<&str> = used.iter().map(String::as_str).collect();
    let Some(("crate", inside)) = used.split_first().map(|(first, rest)| (*first, rest)) else {
        let database = used.first() == Some(&"rusqlite") && *module != "store";
        return !database && !never.iter().any(|never| never.rules_out(&used));
    };
    let path = inside.join("::");
    let clock = never.contains(&Clock) && Clock.rules_out(&used);
    let is_let_in = |entry: &&str| match entry.strip_suffix('*') {
        Some(start) => path.starts_with(start),
        None => inside.first() == Some(entry),
    };
    !clock && (inside.first() == Some(module) || ours.iter().any(is_let_in))
}

fn source_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let here = files.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    here.chain(folders.iter().flat_map(|folder| source_files(folder))).collect()
}

#[test]
fn every_module_knows_only_what_it_may() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = source_files(&root);
    assert!(files.iter().any(|file| file.ends_with("domain/account.rs")), "the source was found: {files:?}");
    let mut found = Vec::new();
    for file in files {
        let path = file.strip_prefix(&root).expect("below src").to_string_lossy().into_owned();
        found.extend(breaches(&path, &fs::read_to_string(&file).expect("readable")));
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}
