//! The documents name files and folders that are there.

use std::fs;
use std::path::Path;

const DOCUMENTS: [&str; 14] = [
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "README.md",
    "README.ja.md",
    "docs/dependencies.md",
    "docs/emulator.md",
    "docs/findings.md",
    "docs/first-ten-minutes-demo.md",
    "docs/first-ten-minutes.md",
    "docs/glossary.md",
    "docs/recipes.md",
    "docs/scripting.md",
    "docs/security.md",
    "docs/troubleshooting.md",
];

/// The paths in a text: what is in backticks or the target of a link, and looks like one.
fn paths(text: &str) -> Vec<&str> {
    let spans = text.split('`').skip(1).step_by(2);
    let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let is_path = |name: &&str| {
        let is_file = [".rs", ".md", ".toml", ".yml"].iter().any(|ending| name.ends_with(ending));
        let is_below =
            ["src/", "tests/", "docs/", "assets/", "benches/", ".ci/"].iter().any(|top| name.starts_with(top));
        (is_file || is_below) && !name.contains("://") && !name.contains([' ', '$']) && !name.contains("your_")
    };
    spans.chain(links).filter(is_path).collect()
}

#[test]
fn every_file_that_a_document_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut missing = Vec::new();
    for document in DOCUMENTS {
        let text = fs::read_to_string(root.join(document)).expect(document);
        // A link starts from the document, a path in backticks from the top.
        let folder = root.join(document).parent().map_or_else(|| root.to_owned(), Path::to_owned);
        let exists = |path: &str| [root, &folder].iter().any(|start| start.join(path).exists());
        let named = paths(&text).into_iter().filter(|path| !exists(path.split('#').next().unwrap_or(path)));
        missing.extend(named.map(|path| format!("{document}: {path}")));
    }
    assert!(missing.is_empty(), "\n{}\n", missing.join("\n"));
}

/// What a reader sees before the first section.
fn first_screen(document: &str) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).unwrap_or_default();
    text.split("\n## ").next().unwrap_or_default().to_owned()
}

/// The commands in its blocks of code, without their comments.
fn commands(screen: &str) -> Vec<&str> {
    let blocks = screen.split("```").skip(1).step_by(2).flat_map(str::lines);
    blocks.map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|line| !line.is_empty()).collect()
}

#[test]
fn the_japanese_readme_has_the_first_screen_of_the_english_one() {
    let (english, japanese) = (first_screen("README.md"), first_screen("README.ja.md"));
    assert_eq!(commands(&english), commands(&japanese));
    assert_eq!(commands(&english).len(), 2, "{english}");
    let pictures = |screen: &str| screen.split("](").filter(|rest| rest.starts_with("docs/pictures/")).count();
    assert_eq!((pictures(&english), pictures(&japanese)), (1, 1));
    assert!(english.contains("(README.ja.md)") && japanese.contains("(README.md)"), "each links to the other");
}

#[test]
fn both_readmes_link_to_every_page_of_docs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for readme in ["README.md", "README.ja.md"] {
        let text = fs::read_to_string(root.join(readme)).expect(readme);
        let pages = DOCUMENTS.iter().filter(|name| name.starts_with("docs/"));
        let missing: Vec<_> = pages.filter(|page| !text.contains(&format!("]({page})"))).collect();
        assert!(missing.is_empty(), "{readme} has no link to {missing:?}");
    }
}

#[test]
fn paths_are_found_in_backticks_and_links() {
    let text = "See `src/app/mod.rs`, `App::update`, `tests/flows`, `iam:GetUser` and [this](docs/x.md) or\n\
                ```\ncargo test src/none.rs\n```\n[that](https://example.com/x.md): `Cargo.toml`.";
    assert_eq!(paths(text), ["src/app/mod.rs", "tests/flows", "Cargo.toml", "docs/x.md"]);
}
