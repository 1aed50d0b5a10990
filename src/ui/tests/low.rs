//! What dialogs show on low screens, and that they keep their size.

use super::picture::{drawn, shown, words};
use crate::app::effect::Read;
use crate::app::msg::Answer;
use crate::app::state::choices::RootTask;
use crate::app::tests::cached::allowed_since_its_audit;
use crate::app::tests::harness::Driver;
use crate::app::tests::rooted::*;
use crate::app::tests::world::*;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::contacts::{Contact, Contacts};

const LOW: (u16, u16) = (60, 15);

/// The keys, each after the screen was drawn.
fn pressed(driver: Driver, size: (u16, u16), keys: &str) -> Driver {
    keys.split(' ').fold(drawn(driver, size), |driver, key| drawn(driver.press(key), size))
}

#[test]
fn the_service_of_a_delegated_administrator_is_whole_below_a_title_that_is_cut() {
    let driver = Driver::ready().press("4 g D").types("sandbox-07").press("enter enter");
    let text = words(driver, LOW);
    assert!(text.contains("Service account.amazonaws.com"), "{text}");
}

#[test]
fn what_is_known_before_a_recovery_is_wrapped_and_not_cut_at_the_frame() {
    let driver = Driver::ready_in(allowed_since_its_audit()).on(SANDBOX_07).press(&choosing(RootTask::CloseRecovery));
    let text = words(driver, LOW);
    assert!(text.contains("none, as of 2025-03-13 14:02, before recovery was allowed"), "{text}");
    let driver = on_sandbox().press(&choosing(RootTask::AllowRecovery));
    let driver = driver.asks(&[Read::PrimaryEmail(id(SANDBOX_07))]);
    let driver = driver.fails(Read::PrimaryEmail(id(SANDBOX_07)), ApiErrorKind::TrustedAccessOff);
    let text = words(driver, LOW);
    assert!(text.contains("Close within 4 h, by 2025-03-14 18:02 (space changes)"), "{text}");
    let said = text.split("GetPrimaryEmail: ").nth(1).unwrap_or_default();
    assert!(said.starts_with("trusted access is off"), "{text}");
}

#[test]
fn what_has_no_room_in_a_dialog_can_be_scrolled_to() {
    type Dialog<'a> = (fn() -> Driver, &'a str, &'a str);
    let dialogs: &[Dialog<'_>] = &[
        (opening, "iam list-signing-certificates.", "Seconds 900"),
        (with_session, "copies it):", "[ Copy exports ]"),
    ];
    for (dialog, last, stays) in dialogs {
        let text = words(dialog(), LOW);
        assert!(text.contains(" more ↓") && text.contains(stays), "{text}");
        let driver = pressed(dialog(), LOW, "page-down page-down page-down page-down page-down page-down");
        let text = words(driver, LOW);
        assert!(text.contains(last) && text.contains(" end ↑") && text.contains(stays), "{text}");
        assert!(!text.contains(" hidden"), "{text}");
    }
    // The room of suggestions is there for what is below them.
    let text = words(on_sandbox().press(&choosing(RootTask::UnlockQueue)), LOW);
    assert!(text.contains("Regions separated by commas") && text.contains("Requires RootSessions"), "{text}");
    // Where it has room, nothing scrolls.
    let text = words(opening(), (80, 24));
    assert!(text.contains("Allowed commands:") && !text.contains(" more ↓"), "{text}");
}

#[test]
fn the_menu_of_a_policy_names_its_bucket_and_says_the_whole_reason_of_the_selected_row() {
    let menu = || at_policy(Some(LOCKED)).press("enter");
    for size in [LOW, (80, 24)] {
        let text = words(menu(), size);
        assert!(text.contains("Policy of bucket sandbox-07-logs"), "{text}");
        let text = words(menu().press("j j j j"), size);
        assert!(text.contains("The only statement: delete the policy instead (AWS refuses an empty one)."), "{text}");
        assert_eq!(frame(menu(), size), frame(menu().press("j j j j"), size));
    }
}

#[test]
fn several_unread_errors_are_counted_beside_the_key_that_shows_them() {
    let failed = || {
        let driver = Driver::ready().press("r").asks(&[
            Read::Organization,
            Read::Accounts,
            Read::UnitNames,
            Read::TrustedAccess,
            Read::RootFeatures,
            Read::DelegatedAdministrators,
        ]);
        driver.fails(Read::TrustedAccess, ApiErrorKind::AccessDenied).fails(Read::Accounts, ApiErrorKind::Throttled)
    };
    for size in [LOW, (80, 24)] {
        let text = words(failed(), size);
        assert!(text.contains("2 errors (!)"), "{text}");
        let text = words(failed().press("!"), size);
        assert!(text.contains("Error (1 of 2)"), "{text}");
    }
}

#[test]
fn contacts_that_were_not_read_have_no_time_and_the_dialog_keeps_its_size() {
    let opened = || Driver::ready().on(SANDBOX_07).press("C").aws_answers();
    for size in [LOW, (80, 24)] {
        let first = frame(opened(), size);
        for keys in ["j", "j j", "j j j"] {
            assert_eq!(frame(opened().press(keys), size), first, "{keys} at {size:?}");
        }
    }
    let text = words(opened(), LOW);
    assert!(text.contains("To change the primary contact") || text.contains(" hidden"), "{text}");
    assert!(text.contains("read 14:02"), "{text}");
    let asked = Driver::ready().on(SANDBOX_07).press("C").asks(&[Read::Contacts(id(SANDBOX_07))]);
    let off = || api_error(ApiErrorKind::TrustedAccessOff);
    let unread = Contacts {
        primary: Contact::Unknown(off()),
        security: Contact::Unknown(off()),
        operations: Contact::Unknown(off()),
        billing: Contact::Unknown(off()),
    };
    let answer = Answer::Contacts(id(SANDBOX_07), Ok(Box::new(unread)));
    let text = words(asked.answers(Read::Contacts(id(SANDBOX_07)), answer), (80, 24));
    assert!(text.contains("Primary contact: ?") && !text.contains(" read 1"), "{text}");
}

#[test]
fn the_dialog_of_an_email_keeps_its_size_when_a_reason_is_given() {
    let dialog = || Driver::ready().on(SANDBOX_07).press("e").types(NEW);
    let reasoned = || dialog().press("ctrl-r").types("OPS-7 new owner").press("enter enter");
    for size in [LOW, (80, 24), (120, 36)] {
        assert_eq!(frame(dialog(), size), frame(reasoned(), size), "{size:?}");
        assert!(words(reasoned(), size).contains("Reason OPS-7 new owner"));
    }
}

/// The rows that the upper and the lower edge of the top frame are on.
fn frame(driver: Driver, size: (u16, u16)) -> (Option<usize>, Option<usize>) {
    let text = shown(&drawn(driver, size).app, size);
    let starts = |line: &str, edge: char| line.trim_start_matches('│').starts_with(edge);
    let upper = text.lines().collect::<Vec<_>>().iter().rposition(|line| starts(line, '┌'));
    (upper, text.lines().position(|line| starts(line, '└')))
}

#[test]
fn the_reason_why_a_pattern_gives_no_address_is_whole_where_its_row_is_cut() {
    let asked = || {
        let driver = Driver::ready().on(KENSHO).press("space e");
        driver.press("ctrl-u").types("root-{name}@corp.example")
    };
    for size in [LOW, (80, 24)] {
        let text = words(asked(), size);
        let said = format!("{KENSHO}: name without Latin letters or digits: use {{id}} or {{local}}.");
        assert!(text.contains(&said), "{text}");
    }
}
