//! In no room do files use each other in a circle: what two files need lies below both.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::{absolute, is_for_tests, module_of, paths, resolved, source_files};
use crate::tokens::{tokens, without_tests};

type Module = Vec<String>;

/// What is known of one file: the paths it uses, what its `use` gives a name to, what it defines.
struct Read {
    file: String,
    used: Vec<(Vec<String>, usize)>,
    names: BTreeMap<String, Vec<String>>,
    defined: BTreeSet<String>,
}

fn read(file: &str, source: &str, module: &Module) -> Read {
    let tokens = without_tests(&tokens(source));
    let definers = ["fn", "struct", "enum", "trait", "impl", "const", "static", "type", "macro_rules"];
    let defined = tokens.iter().zip(tokens.iter().skip(1)).filter(|(word, _)| definers.contains(&word.text.as_str()));
    let paths = paths(&tokens, module);
    let names = paths.iter().filter_map(|used| Some((used.name.clone()?, absolute(&used.segments, &used.here))));
    Read {
        file: file.to_owned(),
        names: names.collect(),
        used: resolved(paths),
        // Whose `impl` stands here may be defined elsewhere.
        defined: defined.map(|(word, name)| if word.text == "impl" { word } else { name }.text.clone()).collect(),
    }
}

/// From a file to another of its room, and what is used of it, with its line.
type Arrows = BTreeMap<String, BTreeMap<String, Vec<String>>>;

fn arrows(sources: &BTreeMap<String, String>) -> Arrows {
    let house: BTreeMap<Module, Read> = sources
        .iter()
        .filter(|(file, _)| !is_for_tests(file))
        .map(|(file, source)| (module_of(file), read(file, source, &module_of(file))))
        .collect();
    let mut arrows = Arrows::new();
    // A `mod.rs` that only declares and hands on is no room of its own.
    for (module, read) in house.iter().filter(|(_, read)| !read.defined.is_empty()) {
        for (path, line) in &read.used {
            for target in homes(&house, &from_root(&house, module, path), 0) {
                let same_room = module_of(&target).first() == module.first();
                if same_room && target != read.file {
                    arrows
                        .entry(read.file.clone())
                        .or_default()
                        .entry(target)
                        .or_default()
                        .push(format!("{line}: {}", path.join("::")));
                }
            }
        }
    }
    arrows
}

/// A path that starts with a module below `module` or beside it, from the root.
fn from_root(house: &BTreeMap<Module, Read>, module: &Module, path: &[String]) -> Vec<String> {
    let below = [module.as_slice(), path.get(..1).unwrap_or_default()].concat();
    if house.contains_key(&below) { [&["crate".to_owned()], module.as_slice(), path].concat() } else { path.to_vec() }
}

/// The files that define what stands at `path`, through whatever hands it on.
fn homes(house: &BTreeMap<Module, Read>, path: &[String], steps: usize) -> Vec<String> {
    let Some(("crate", inside)) = path.split_first().map(|(first, rest)| (first.as_str(), rest)) else {
        return Vec::new();
    };
    let mut lengths = (1..=inside.len()).rev();
    let found = lengths.find_map(|length| Some((length, house.get(inside.get(..length)?)?)));
    let Some((length, read)) = found.filter(|_| steps < 9) else { return Vec::new() };
    let (module, rest) = (inside.get(..length).unwrap_or_default().to_vec(), inside.get(length..).unwrap_or_default());
    let follow = |target: &[String], rest: &[String]| {
        homes(house, &from_root(house, &module, &[target, rest].concat()), steps + 1)
    };
    match rest.split_first() {
        // The module itself: the paths that go through it tell what is used of it.
        None => Vec::new(),
        Some((name, _)) if name == "*" => {
            let handed_on = read.names.values().flat_map(|target| follow(target, &[]));
            handed_on.chain((!read.defined.is_empty()).then(|| read.file.clone())).collect()
        }
        Some((name, rest)) => match read.names.get(name).filter(|_| !read.defined.contains(name)) {
            Some(target) => follow(target, rest),
            None => vec![read.file.clone()],
        },
    }
}

/// Each circle as the arrows among its files, in words.
fn circles(arrows: &Arrows) -> Vec<String> {
    let reached: BTreeMap<&String, BTreeSet<&String>> = arrows.keys().map(|file| (file, reach(arrows, file))).collect();
    let among = |a: &String, b: &String| reached.get(b).is_some_and(|from_b| from_b.contains(a));
    let all = arrows.iter().flat_map(|(from, to)| to.iter().map(move |(to, used)| (from, to, used)));
    let circular = all.filter(|(from, to, _)| among(from, to));
    circular
        .map(|(from, to, used)| format!("src/{from}:{} is of src/{to}, which leads back", used.join(", ")))
        .collect()
}

fn reach<'a>(arrows: &'a Arrows, from: &String) -> BTreeSet<&'a String> {
    let (mut reached, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(file) = open.pop() {
        let next = arrows.get(file).into_iter().flat_map(BTreeMap::keys);
        open.extend(next.filter(|file| reached.insert(*file)).collect::<Vec<_>>());
    }
    reached
}

#[test]
fn no_room_has_a_circle_of_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let sources = source_files(&root).into_iter().map(|file| {
        let name = file.strip_prefix(&root).expect("below src").to_string_lossy().into_owned();
        (name, fs::read_to_string(&file).expect("readable"))
    });
    let arrows = arrows(&sources.collect());
    assert!(arrows.get("domain/account.rs").is_some_and(|uses| !uses.is_empty()), "arrows are seen: {arrows:?}");
    let found = circles(&arrows);
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

fn circles_of(sources: &[(&str, &str)]) -> Vec<String> {
    circles(&arrows(&sources.iter().map(|(file, source)| ((*file).to_owned(), (*source).to_owned())).collect()))
}

#[test]
fn each_of_these_is_a_circle() {
    let b = ("aws/b.rs", "use super::a::A; fn f() {}");
    for sources in [
        [("aws/a.rs", "use super::b::B; struct A;"), b],
        [("aws/a.rs", "use crate::aws::b; fn g() { b::f() }"), b],
        [("aws/a.rs", "fn g() { super::b::f() }"), b],
        [("aws/mod.rs", "mod b; struct A; fn g() { b::f() }"), ("aws/b.rs", "use super::A; fn f() {}")],
        [("aws/mod.rs", "mod b; pub use b::f; struct A;"), ("aws/b.rs", "use super::*; fn f() {}")],
        [("aws/a/mod.rs", "mod b; struct A; fn g() { b::f() }"), ("aws/a/b.rs", "fn f() -> crate::aws::a::A {}")],
    ] {
        assert_eq!(circles_of(&sources).len(), 2, "{sources:?}: {:?}", circles_of(&sources));
    }
}

#[test]
fn a_circle_is_seen_through_what_hands_names_on() {
    let mut sources = vec![
        ("aws/mod.rs", "mod a; mod b; mod c; pub use b::B; pub use a::A as First;"),
        ("aws/a.rs", "use super::B; struct A;"),
        ("aws/b.rs", "use super::c::C; struct B;"),
        ("aws/c.rs", "use crate::aws::First; struct C;"),
    ];
    assert_eq!(
        circles_of(&sources),
        [
            "src/aws/a.rs:1: crate::aws::B is of src/aws/b.rs, which leads back",
            "src/aws/b.rs:1: crate::aws::c::C is of src/aws/c.rs, which leads back",
            "src/aws/c.rs:1: crate::aws::First is of src/aws/a.rs, which leads back",
        ]
    );
    sources.pop();
    assert_eq!(circles_of(&sources), Vec::<String>::new());
}

#[test]
fn tests_visibility_and_names_alone_make_no_circle() {
    let used = ("aws/a.rs", "use super::b::B; struct A;");
    for source in [
        "struct B;",
        "struct B; #[cfg(test)] mod tests { use crate::aws::a::A; }",
        "pub(in crate::aws::a) struct B; // super::a::A",
        "use super::d::A; struct B;",
        "use crate::store::a::A; struct B;",
    ] {
        let sources = [used, ("aws/b.rs", source), ("aws/d.rs", "struct A;"), ("store/a.rs", "struct A;")];
        assert_eq!(circles_of(&sources), Vec::<String>::new(), "{source}");
    }
}
