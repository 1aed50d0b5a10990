//! What every screen keeps to: the footer, the position in what goes on, the size of dialogs.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::picture::{COLOURED, picture, words};
use crate::app::key::Key;
use crate::app::msg::Msg;
use crate::app::notification::Notification;
use crate::app::state::choices::RootTask;
use crate::app::tests::harness::Driver;
use crate::app::tests::plans::naming;
use crate::app::tests::rooted::{LOCKED, at_buckets, at_policy, choosing, on_sandbox};
use crate::app::tests::world::*;
use crate::app::view::ViewId;

const SMALL: &[(u16, u16)] = &[(60, 15), (30, 6)];

/// A row of the screen, counted from the last one.
fn row_from_below(driver: Driver, size: (u16, u16), index: usize) -> String {
    let text = picture(driver, size);
    let row = text.lines().nth(usize::from(size.1) - 1 - index).unwrap_or_default();
    row.rsplit_once("│ ").map_or(row, |(row, _)| row).to_owned()
}

fn footer(driver: Driver, size: (u16, u16)) -> String {
    row_from_below(driver, size, 0)
}

#[test]
fn commands_help_and_quit_are_in_the_footer_of_every_view_at_every_size() {
    for view in ViewId::ALL {
        for &size in SMALL {
            let mut driver = Driver::ready();
            driver.app.view = view;
            let footer = footer(driver, size);
            assert!(footer.contains(": commands  ? help  q quit"), "{view:?} {size:?}: {footer}");
        }
    }
}

#[test]
fn the_footer_of_a_dialog_says_what_enter_does_now() {
    let dialog = || Driver::ready().on(SANDBOX_07).press("e").types(NEW);
    for (keys, said) in [("", "enter to [ Send code ]"), ("enter", "enter Send code"), ("tab", "enter Cancel")] {
        let driver = if keys.is_empty() { dialog() } else { dialog().press(keys) };
        let footer = footer(driver, (60, 15));
        assert!(footer.contains(said), "{said}: {footer}");
    }
}

#[test]
fn the_message_line_is_under_no_dialog() {
    let dialogs: [fn() -> Driver; 5] = [
        || Driver::ready().press("?"),
        || Driver::ready().press(":"),
        || Driver::ready().on(SANDBOX_07).press("e"),
        naming,
        || at_policy(Some(LOCKED)),
    ];
    for dialog in dialogs {
        for size in [(30, 6), (30, 7), (60, 8), (60, 15), (80, 24)] {
            let mut driver = dialog();
            driver.app.notifications.add(Notification::NoMails);
            let said = crate::words::notification::line(&Notification::NoMails);
            let said: String = said.chars().take(12).collect();
            let text = words(driver, size);
            assert!(text.contains(&said), "{size:?}: {text}");
        }
    }
}

#[test]
fn a_search_underlines_its_matches_and_says_which_is_shown() {
    let help = || Driver::ready().press("?");
    let size = (60, 15);
    let text = picture(help().press("/").types("filter"), size);
    assert!(text.contains(" match 1/") && text.contains("underlined reversed") || text.contains("reversed underlined"));
    assert!(text.contains(" /filter"), "the search is on the message line: {text}");
    // Case and width make no difference.
    assert_eq!(found(help().press("/").types("ＦＩＬＴＥＲ"), size), found(help().press("/").types("filter"), size));
    let nothing = picture(help().press("/").types("zzz"), size);
    assert!(nothing.contains(" no match "), "{nothing}");
}

/// What the frame says of the matches.
fn found(driver: Driver, size: (u16, u16)) -> String {
    let text = picture(driver, size);
    let at = text.find(" match ").unwrap_or(text.len());
    text.get(at..).unwrap_or_default().split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_next_match_is_scrolled_to_and_after_the_last_comes_the_first() {
    let size = (60, 15);
    let shown = |driver: Driver| super::picture::drawn(driver, size);
    let start = shown(Driver::ready().press("?").press("/").types("account").press("enter"));
    let first = found(Driver::ready().press("?").press("/").types("account").press("enter"), size);
    let count: usize = first.rsplit_once('/').and_then(|(_, count)| count.parse().ok()).unwrap_or(0);
    assert!(count > 1, "{first}");
    let mut driver = start;
    for at in 1..=count {
        let text = picture_of(&driver, size);
        assert!(text.contains(&format!("match {at}/{count}")), "{at}: {text}");
        assert!(text.contains("reversed"), "the match is on screen: {text}");
        driver = shown(driver.press("n"));
    }
    assert!(picture_of(&driver, size).contains(&format!("match 1/{count}")));
    let driver = shown(driver.press("N"));
    assert!(picture_of(&driver, size).contains(&format!("match {count}/{count}")));
    assert!(driver.press("esc").app.layers.is_empty(), "Esc closes the text");
}

fn picture_of(driver: &Driver, size: (u16, u16)) -> String {
    super::picture::shown(&driver.app, size)
}

#[test]
fn a_list_of_buckets_is_filtered_as_a_view() {
    let size = (80, 24);
    let all = words(at_buckets(), size);
    let driver = at_buckets().press("/").types("zzz");
    assert!(words(driver, size).contains("/zzz"));
    let none = words(at_buckets().press("/").types("zzz").press("enter"), size);
    assert!(none.len() < all.len(), "{none}");
    let back = words(at_buckets().press("/").types("zzz").press("esc"), size);
    assert_eq!(all, back);
}

fn email() -> Driver {
    Driver::ready().on(SANDBOX_07).press("e")
}

fn mild() -> Driver {
    Driver::ready().press("t j j j enter")
}

fn strong() -> Driver {
    Driver::ready_in(World { delegates: vec![], ..World::default() }).press("t j enter")
}

fn queues() -> Driver {
    on_sandbox().press(&choosing(RootTask::UnlockQueue))
}

fn export() -> Driver {
    super::journal::view_6().press("x enter")
}

pub(super) fn delegate() -> Driver {
    Driver::ready().press("4 g D")
}

/// Every kind of dialog in which one types.
const TYPED_IN: [fn() -> Driver; 9] = [
    email,
    strong,
    naming,
    delegate,
    queues,
    export,
    || mild().press("ctrl-r"),
    || Driver::ready().press(":"),
    Driver::awaiting_code,
];

/// The frame of the dialog, as drawn.
fn frame(driver: &Driver, (width, height): (u16, u16)) -> Option<Rect> {
    let area = Rect::new(0, 0, width, height);
    crate::ui::draw(&driver.app, COLOURED, area, &mut Buffer::empty(area)).frame
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_dialog_keeps_its_size_while_one_types(
        text in "(root|o'brien|a\\.\\.b|aws\\+x)?@?[a-z]{0,12}(\\.example|\\.com|\\.csv|\\.json)?[0-9 ]{0,6}",
        size in prop::sample::select(vec![(60, 15), (80, 24), (120, 36)]),
    ) {
        for dialog in TYPED_IN {
            let mut driver = super::picture::drawn(dialog(), size);
            let before = frame(&driver, size);
            prop_assert!(before.is_some());
            for c in text.chars() {
                driver = driver.send(Msg::Key(Key::char(c)));
                prop_assert_eq!(frame(&driver, size), before, "{:?} after {:?} of {:?}", driver.layer(), c, text);
            }
        }
    }
}
