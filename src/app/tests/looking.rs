//! Keys that mean "look" change nothing, however often they are pressed, in whichever view.

use proptest::prelude::*;

use super::walk::{Origin, Step, Walk};
use crate::app::mouse::{Mouse, MouseAction, Target};
use crate::app::msg::{Geometry, Msg};
use crate::app::view::ViewId;

const LOOKS: &[&str] = &[
    "enter",
    "enter",
    "enter",
    "enter",
    "tab",
    "shift-tab",
    "up",
    "down",
    "left",
    "right",
    "j",
    "j",
    "k",
    "h",
    "l",
    "g",
    "G",
    "page-down",
    "page-up",
    "ctrl-d",
    "ctrl-u",
    "v",
    "n",
    "N",
    "esc",
    "1",
    "2",
    "3",
    "4",
    "4",
    "5",
    "5",
    "6",
    "7",
];

#[derive(Clone, Debug)]
enum Look {
    Step(Step),
    OnePane(bool),
}

fn looks() -> impl Strategy<Value = Vec<Look>> {
    let target = prop_oneof![
        1 => prop::sample::select(ViewId::ALL.to_vec()).prop_map(Target::Tab),
        4 => (0usize..8).prop_map(Target::Row),
        1 => prop::sample::select(vec![Target::List, Target::Text]),
    ];
    let click = target.prop_map(|target| Step::Mouse(Mouse { action: MouseAction::Click, target }));
    let step = prop_oneof![
        20 => prop::sample::select(LOOKS).prop_map(Step::Press),
        4 => click,
        3 => (any::<usize>(), prop::bool::weighted(0.9)).prop_map(|(which, well)| Step::Answer(which, well)),
        1 => any::<usize>().prop_map(Step::Wake),
    ];
    prop::collection::vec(
        prop_oneof![15 => step.prop_map(Look::Step), 1 => any::<bool>().prop_map(Look::OnePane)],
        0..60,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn looking_confirms_writes_and_opens_nothing(
        origin in prop::sample::select(vec![
            Origin::Start, Origin::Ready, Origin::Untrusting, Origin::Board, Origin::Marked, Origin::Found, Origin::Journal,
        ]),
        looks in looks(),
    ) {
        let mut walk = Walk::from(origin, false);
        let begun = walk.app.model.writes.len();
        for look in looks {
            match look {
                Look::Step(step) => walk.step(&step),
                Look::OnePane(one_pane) => {
                    walk.send(Msg::Geometry(Geometry { list_rows: 10, one_pane, ..Geometry::default() }), None);
                }
            }
            let confirming = walk.app.layers.iter().find(|layer| layer.dialog().confirms().is_some());
            prop_assert!(confirming.is_none(), "{confirming:?}");
            prop_assert_eq!(walk.app.model.writes.len(), begun);
            prop_assert!(walk.run.is_none() && walk.app.model.in_progress.is_none(), "a batch was started");
            prop_assert_eq!(walk.visits, 0, "a root session was opened");
        }
    }
}
