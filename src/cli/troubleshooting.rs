//! docs/troubleshooting.md is what the table of causes says.

use crate::words::troubleshooting::page;

#[test]
fn the_page_about_troubleshooting_is_that_of_the_causes() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/troubleshooting.md");
    let right = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(file, &right).expect("troubleshooting.md");
        return;
    }
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    assert!(kept == right, "run this test with UPDATE_DOCS=1");
}
