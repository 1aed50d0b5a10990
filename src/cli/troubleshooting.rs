//! docs/troubleshooting.md is what the table of causes says.

use std::collections::BTreeSet;

use crate::words::troubleshooting::{names, page};

#[test]
fn the_page_about_troubleshooting_is_that_of_the_causes() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/troubleshooting.md");
    let right = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(file, &right).expect("docs can be written");
        return;
    }
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    assert!(kept == right, "docs/troubleshooting.md is old: run this test with UPDATE_DOCS=1");
}

#[test]
fn the_page_about_troubleshooting_has_every_cause() {
    let source = include_str!("../domain/cause/known.rs");
    let (_, variants) = source.split_once("pub(crate) enum Cause {\n").expect("the causes");
    let (variants, _) = variants.split_once("\n}").expect("their end");
    let variants = variants.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    let all: BTreeSet<&str> = variants.filter_map(|line| line.split([',', '(']).next()).collect();
    let shown = names();
    let shown: BTreeSet<&str> = shown.iter().map(String::as_str).collect();
    assert!(all.len() > 50, "{all:?}");
    assert_eq!(all.difference(&shown).collect::<Vec<_>>(), Vec::<&&str>::new());
}
