//! What one organization of the dashboard has to know of the others.

use crate::app::ids::OrgId;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Elsewhere {
    /// How many accounts are marked in another organization, and what it is called.
    pub(crate) marks: Option<(usize, String)>,
    /// Whether another organization has the screen: nothing opens by itself meanwhile, since the next key would be meant
    /// for something else.
    pub(in crate::app) off_screen: bool,
    /// Where an error is that nobody has read.
    pub(in crate::app) unread: Option<OrgId>,
}

/// Which organization a person wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Next,
    /// To read the newest error of this one.
    Read(OrgId),
}
