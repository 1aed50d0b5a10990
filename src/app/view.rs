pub(crate) use crate::domain::view::ViewId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Pane {
    List,
    Details,
    Switches,
}
