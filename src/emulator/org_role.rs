//! The part an account plays in the organization.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrgRole {
    Management,
    /// A delegated administrator, of whatever service.
    Delegate,
    Member,
}
