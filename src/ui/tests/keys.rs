//! What names a key names the changed one.

use super::picture::picture;
use crate::app::command::CommandId as C;
use crate::app::tests::keys::with_keys;
use crate::app::tests::world::SANDBOX_07;

const CHANGED: [(C, &str); 9] = [
    (C::Quit, "ctrl-q Q"),
    (C::Help, "f1"),
    (C::Palette, "+"),
    (C::Filter, "ctrl-n"),
    (C::Audit, "%"),
    (C::ViewRootAccess, "@"),
    (C::ChangeEmail, ""),
    (C::Refresh, "f5 r"),
    (C::DialogClose, "ctrl-x"),
];

#[test]
fn footer_tabs_and_sentences_follow_the_configuration() {
    let text = picture(with_keys(&CHANGED).on(SANDBOX_07), (200, 36));
    for shown in ["+ commands", "f1 help", "ctrl-q quit", "ctrl-n filter", "% audit", "f5 refresh", "@ Root access"] {
        assert!(text.contains(shown), "{shown}:\n{text}");
    }
    for gone in [": commands", "? help", "e email", "/ filter", "3 Root access"] {
        assert!(!text.contains(gone), "{gone}:\n{text}");
    }
    let audit = text.lines().find(|line| line.contains("not audited"));
    assert!(audit.is_some_and(|line| line.contains('%')), "a sentence names the key of the audit:\n{text}");
}

#[test]
fn help_and_palette_follow_the_configuration() {
    let help = picture(with_keys(&CHANGED).press("f1"), (120, 100));
    assert!(help.lines().any(|line| line.contains(" f5 r ") && line.contains("Reload this view")), "{help}");
    assert!(help.lines().any(|line| line.contains(" ctrl-q Q ") && line.contains("Quit rootdeck")), "{help}");
    let palette = picture(with_keys(&CHANGED).press("+").types("root access"), (120, 36));
    assert!(palette.lines().any(|line| line.contains('@') && line.contains("the root credentials of")), "{palette}");
}

#[test]
fn a_dialog_names_its_changed_keys() {
    let text = picture(with_keys(&[(C::DialogClose, "Q ctrl-x")]).on(SANDBOX_07).press("e"), (100, 30));
    assert!(text.contains("ctrl-x close") && !text.contains("Q close"), "Q is text in the field:\n{text}");
}

#[test]
fn a_command_without_a_key_is_named_by_the_palette() {
    use crate::words::keys::{drawn_with, key};
    let keys = crate::app::tests::keys::keys(&[(C::Audit, ""), (C::Palette, "+")]);
    assert_eq!(drawn_with(&keys, || key(C::Audit)), "+audit");
    assert_eq!(key(C::Audit), "a", "only while that is drawn");
}
