pub(crate) use crate::domain::view::ViewId;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Pane {
    #[default]
    List,
    Details,
    Switches,
}
