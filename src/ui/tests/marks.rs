//! What the pictures say of marks, filters, and what a question is about.

use super::picture::words;
use crate::app::tests::harness::Driver;
use crate::app::tests::world::*;

const SIZES: [(u16, u16); 3] = [(60, 15), (80, 24), (120, 36)];

/// Two accounts are marked in view 3, and its filter shows neither.
fn hidden() -> Driver {
    let driver = Driver::ready_in(managed()).press("3").on(SANDBOX_07).press("space").on(SANDBOX_08).press("space");
    driver.press("/").types("検証").press("enter")
}

#[test]
fn hidden_marks_are_counted_and_named_on_screen() {
    for size in SIZES {
        let text = words(hidden(), size);
        assert!(text.contains("2 marked accounts hidden: sandbox-07, sandbox-08"), "{text}");
        let text = words(hidden().press("2"), size);
        assert!(text.contains("2 marked accounts hidden"), "{text}");
        let text = words(hidden().press("1"), size);
        assert!(!text.contains("hidden"), "view 1 shows them: {text}");
    }
}

#[test]
fn a_question_names_what_is_hidden_of_what_it_is_about() {
    for size in SIZES {
        for keys in ["a", "d", "e", "T"] {
            let text = words(hidden().press(keys), size);
            for name in ["2 marked accounts hidden:", "sandbox-07", "sandbox-08"] {
                assert!(text.contains(name), "{keys} at {size:?}: {text}");
            }
        }
    }
}

#[test]
fn the_menu_that_asks_aws_names_the_marks_that_are_hidden() {
    for size in SIZES {
        let text = words(hidden().press("2 V"), size);
        assert!(text.contains("Check email changes with AWS"), "{text}");
        for account in [format!("sandbox-07 {SANDBOX_07}"), format!("sandbox-08 {SANDBOX_08}")] {
            assert!(text.contains(&account), "{account} at {size:?}: {text}");
        }
        let text = words(hidden().press("1 V"), size);
        assert!(!text.contains("hidden"), "view 1 shows them: {text}");
    }
}

#[test]
fn each_view_shows_its_filter_in_its_title() {
    for size in SIZES {
        let driver = Driver::ready_in(managed()).press("/").types("kensho").press("enter 3 /").types("-kensho");
        let text = words(driver.press("enter"), size);
        assert!(text.contains("Root access · 7 of 8 · /-kensho"), "{text}");
        let driver = Driver::ready().press("2 /").types("zzz").press("enter");
        assert!(words(driver, size).contains("0 of 0 · /zzz"));
    }
}

#[test]
fn an_unknown_property_is_told_while_it_is_typed_and_after() {
    let driver = || Driver::ready().press("/").types("foo:bar");
    let text = words(driver(), (120, 36));
    assert!(
        text.contains("unknown property foo (known: name: id: email: domain: ou: org: state: pending: found: root:)"),
        "{text}"
    );
    for size in SIZES {
        let text = words(driver().press("enter"), size);
        assert!(text.contains("Nothing can match: unknown property foo") && text.contains("domain:"), "{text}");
    }
}

#[test]
fn findings_that_the_filter_hides_are_counted() {
    let driver = Driver::ready_in(managed()).press("3 A j enter tab enter").runs().audits_all();
    let driver = driver.press("/").types("kensho").press("enter");
    let text = words(driver, (120, 36));
    assert!(text.contains("1 of 8 · /kensho · 1 finding (1 hidden)"), "{text}");
}

#[test]
fn the_pattern_of_new_addresses_shows_what_it_gives() {
    let driver =
        || Driver::ready().on(SANDBOX_07).press("space").on(KENSHO).press("space e").types("a+{name}@corp.example");
    for size in SIZES {
        let text = words(driver(), size);
        assert!(text.contains("a+sandbox-07@corp.example") && text.contains("検証環境"), "{text}");
    }
    let text = words(driver(), (120, 36));
    assert!(text.contains("name without Latin letters or digits"), "{text}");
}
