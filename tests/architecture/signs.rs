//! Every sign on the screen is one of the theme's: those are in common fonts, and ASCII has one for each.

use std::fs;
use std::path::Path;

use super::sentences::literals;
use super::{is_for_tests, source_files};

const ROOMS: [&str; 2] = ["ui", "words"];
const THEME: &str = "ui/theme.rs";

#[test]
fn signs_come_from_the_theme() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut in_the_theme) = (Vec::new(), 0);
    for file in ROOMS.iter().flat_map(|room| source_files(&root.join(room))) {
        let path = file.strip_prefix(&root).expect("below src").to_string_lossy().into_owned();
        if is_for_tests(&path) {
            continue;
        }
        let literals = literals(&fs::read_to_string(&file).expect("readable"));
        let signs = literals.into_iter().filter(|token| !token.text.is_ascii());
        if path == THEME {
            in_the_theme = signs.count();
        } else {
            found.extend(signs.map(|token| format!("src/{path}:{}: {}", token.line, token.text)));
        }
    }
    assert!(in_the_theme > 5, "{THEME} has no signs");
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}
