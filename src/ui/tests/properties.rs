//! What holds wherever the program is, and on whatever screen.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::dialog::Dialog;
use crate::app::msg::Msg;
use crate::app::tests::walk::{Origin, Walk, dialog_steps, origin, steps};
use crate::app::tests::world::CODE;
use crate::ui::theme::{ColorScheme, Theme};
use crate::ui::{MIN_COLUMNS, MIN_ROWS, draw};

/// Draws the state, takes the geometry back as the runtime does, and checks the picture.
fn look_at(walk: &mut Walk, (width, height): (u16, u16), theme: Theme) {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let drawn = draw(&walk.app, theme, area, &mut buffer);
    let text: String = buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect();
    assert!(walk.is_revealed() || !text.contains(CODE), "the code is on screen:\n{text}");
    assert!(!text.chars().any(char::is_control), "a control character is on screen");
    assert_eq!(drawn.geometry.too_small, width < MIN_COLUMNS || height < MIN_ROWS);
    assert!(drawn.cursor.is_none_or(|cursor| area.contains(cursor)), "the cursor is off the screen: {drawn:?}");
    walk.send(Msg::Geometry(drawn.geometry), None);
}

fn size() -> impl Strategy<Value = (u16, u16)> {
    prop_oneof![(0u16..=200, 0u16..=60), (30u16..=130, 6u16..=40), Just((60, 15)), Just((80, 24)), Just((120, 36))]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_walk_keeps_the_promises_of_state_effects_and_picture(
        origin in origin(),
        read_only in prop::bool::weighted(0.2),
        steps in steps(),
        sizes in prop::collection::vec(size(), 8),
        ascii in any::<bool>(),
    ) {
        let mut walk = Walk::from(origin, read_only);
        let theme = Theme::of(ColorScheme::Terminal, ascii);
        for (index, step) in steps.iter().enumerate() {
            walk.step(step);
            // A small screen ignores keys: most steps are made on one that is large enough.
            let size = if index % 6 == 5 { sizes[index / 6 % sizes.len()] } else { (100, 30) };
            if index % 3 == 2 {
                look_at(&mut walk, size, theme);
            }
            if index % 6 == 5 {
                look_at(&mut walk, (100, 30), theme);
            }
        }
        look_at(&mut walk, (100, 30), theme);
        walk.back_to_the_list();
        look_at(&mut walk, (80, 24), theme);
    }

    #[test]
    fn any_walk_through_the_dialogs_keeps_them_too(
        origin in prop::sample::select(vec![
            Origin::Dialog, Origin::Code, Origin::Code, Origin::Rooted, Origin::Policy, Origin::Session,
            Origin::Marked, Origin::Deletion, Origin::Deletion, Origin::Board, Origin::Mails, Origin::Mails,
        ]),
        read_only in prop::bool::weighted(0.1),
        steps in dialog_steps(),
    ) {
        let mut walk = Walk::from(origin, read_only);
        for (index, step) in steps.iter().enumerate() {
            walk.step(step);
            if index % 4 == 3 {
                look_at(&mut walk, (80, 24), Theme::default());
            }
        }
        walk.back_to_the_list();
    }

    #[test]
    fn any_origin_is_drawn_at_any_size(origin in origin(), sizes in prop::collection::vec(size(), 6)) {
        let mut walk = Walk::from(origin, false);
        for size in sizes {
            look_at(&mut walk, size, Theme::default());
        }
    }
}

#[test]
fn the_walks_come_to_where_credentials_are_deleted() {
    use crate::app::tests::walk::Step;
    let mut walk = Walk::from(Origin::Deletion, false);
    assert!(matches!(walk.app.layers.last(), Some(crate::app::layers::Layer::Delete(dialog)) if dialog.is_typing()));
    for step in [Step::TypeAll(crate::app::tests::world::SANDBOX_07), Step::Press("enter"), Step::Press("enter")] {
        walk.step(&step);
    }
    assert_eq!(walk.deletions, 1);
}

#[test]
fn the_walks_come_to_where_the_codes_of_mails_are_accepted() {
    use crate::app::tests::walk::Step;
    let mut walk = Walk::from(Origin::Mails, false);
    for step in [Step::TypeAll("2"), Step::Press("enter"), Step::Press("enter")] {
        walk.step(&step);
    }
    assert_eq!(walk.acceptances, 1);
}

#[test]
fn the_walks_come_to_where_a_plan_is_started_and_to_one_that_is_not_finished() {
    use crate::app::layers::Layer;
    use crate::app::tests::walk::Step;
    let mut walk = Walk::from(Origin::Plan, false);
    assert!(matches!(walk.app.layers.last(), Some(Layer::Plan(dialog)) if !dialog.is_typing()));
    for step in
        [Step::Press("space"), Step::Press("tab"), Step::TypeAll("3"), Step::Press("enter"), Step::Press("enter")]
    {
        walk.step(&step);
    }
    assert_eq!(walk.plans, 1);
    let mut walk = Walk::from(Origin::OpenPlan, false);
    walk.step(&Step::Press("enter"));
    assert!(matches!(walk.app.layers.last(), Some(Layer::Plan(dialog)) if dialog.is_typing()));
}

#[test]
fn the_walks_come_to_where_a_code_is_entered() {
    let walk = Walk::from(Origin::Code, false);
    assert!(matches!(walk.app.layers.last(), Some(crate::app::layers::Layer::EnterOtp(_))));
}

#[test]
fn the_walks_come_to_a_policy_and_to_a_session() {
    use crate::app::dialogs::policies::PolicyPage;
    use crate::app::layers::Layer;
    let top = |origin| Walk::from(origin, false).app.layers.pop();

    assert!(matches!(top(Origin::Policy), Some(Layer::Policies(PolicyPage::Policy(view))) if view.text().is_some()));
    assert!(matches!(top(Origin::Session), Some(Layer::Session(_))));
    assert!(matches!(top(Origin::Rooted), Some(Layer::RootMenu(_))));
}
