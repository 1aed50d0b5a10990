//! docs/findings.md is what the findings say.

use crate::words::finding_page::page;

#[test]
fn the_page_about_findings_is_that_of_the_findings() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/findings.md");
    let right = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(file, &right).expect("findings.md");
        return;
    }
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    assert!(kept == right, "run this test with UPDATE_DOCS=1");
}
