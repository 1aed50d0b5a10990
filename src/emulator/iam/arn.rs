//! The ARN of a role, a user or a group.

use crate::emulator::validation::is_account_id;
use crate::emulator::world::entities::{Entity, EntityKind};
use crate::emulator::{Refusal, World};

use super::entities::no_such;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EntityArn<'a> {
    pub(super) account: &'a str,
    kind: EntityKind,
    /// With a slash at both ends.
    path: &'a str,
    name: &'a str,
}

impl<'a> EntityArn<'a> {
    /// `None` for any other ARN, such as that of a session or of root.
    pub(super) fn parse(arn: &'a str) -> Option<Self> {
        let rest = arn.strip_prefix("arn:aws:iam::")?;
        let (account, resource) = rest.split_once(':')?;
        let kinds = [EntityKind::Role, EntityKind::User, EntityKind::Group];
        let (kind, path_and_name) =
            kinds.into_iter().find_map(|kind| Some((kind, resource.strip_prefix(kind.word())?)))?;
        let slash = path_and_name.rfind('/')?;
        let (path, name) = path_and_name.split_at_checked(slash + 1)?;
        let sound = is_account_id(account) && path.starts_with('/') && !name.is_empty();
        sound.then_some(Self { account, kind, path, name })
    }

    pub(super) fn is(self, kind: EntityKind) -> bool {
        self.kind == kind
    }

    /// Without its path it is found, with another it is not (as captured for roles).
    pub(super) fn find(self, world: &'a World) -> Result<&'a Entity, Refusal> {
        let found = world.entities.named(self.kind, self.account, self.name);
        found.filter(|entity| self.path == "/" || self.path == entity.path).ok_or_else(|| no_such(self.kind, self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_roles_users_and_groups_have_such_an_arn() {
        let account = "111122223333";
        for (arn, expected) in [
            ("arn:aws:iam::111122223333:role/OrgAdmin", Some((EntityKind::Role, "/", "OrgAdmin"))),
            ("arn:aws:iam::111122223333:user/ops/alice", Some((EntityKind::User, "/ops/", "alice"))),
            ("arn:aws:iam::111122223333:group/a/b/c", Some((EntityKind::Group, "/a/b/", "c"))),
            ("arn:aws:sts::111122223333:assumed-role/OrgAdmin/demo", None),
            ("arn:aws:iam::111122223333:root", None),
            ("arn:aws:iam::111122223333:role/", None),
            ("arn:aws:iam::111122223333:roles/x", None),
            ("arn:aws:iam::1111:role/x", None),
            ("arn:aws:iam::aws:policy/x", None),
            ("", None),
        ] {
            let expected = expected.map(|(kind, path, name)| EntityArn { account, kind, path, name });
            assert_eq!(EntityArn::parse(arn), expected, "{arn}");
        }
    }
}
