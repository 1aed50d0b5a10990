//! Each dependency has a reason in `docs/dependencies.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap_or_default()
}

/// The names in the tables of dependencies.
fn named(manifest: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut is_dependencies = false;
    for line in manifest.lines() {
        if let Some(table) = line.strip_prefix('[') {
            is_dependencies = table.ends_with("dependencies]");
        } else if let Some((name, _)) = line.split_once(" = ").filter(|_| is_dependencies && !line.starts_with('#')) {
            names.insert(name.to_owned());
        }
    }
    names
}

/// The rows of the tables: a crate, its licence and what it is for.
fn rows(document: &str) -> Vec<[&str; 3]> {
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
    rows.map(|row| {
        let mut cells = row.split(" | ");
        [(); 3].map(|()| cells.next().unwrap_or_default().trim_end_matches('`'))
    })
    .collect()
}

#[test]
fn every_dependency_has_a_licence_and_a_reason() {
    let document = file("docs/dependencies.md");
    let rows = rows(&document);
    let listed: BTreeSet<String> = rows.iter().map(|[name, ..]| (*name).to_owned()).collect();
    assert_eq!(listed, named(&file("Cargo.toml")));
    assert_eq!(listed.len(), rows.len(), "a crate is listed twice");
    for [name, licence, reason] in rows {
        assert!(!licence.is_empty() && reason.len() > 8, "{name}: {licence}, {reason}");
    }
}
