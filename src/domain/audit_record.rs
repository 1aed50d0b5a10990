//! The saved audits of an account.

use jiff::Timestamp;

use super::account::AccountId;
use super::remote_data::Known;
use super::root_credentials::{Password, Presence, RootAudit};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AuditRecord {
    pub(crate) account: AccountId,
    pub(crate) newest: Known<RootAudit>,
    /// What was known before, where the newest could not read it or did not ask for it.
    pub(crate) earlier: Option<Known<RootAudit>>,
}

impl AuditRecord {
    pub(crate) fn after(before: Option<Self>, account: AccountId, audit: RootAudit, at: Timestamp) -> Self {
        let (newest, earlier) = before.map_or((None, None), |before| (Some(before.newest), before.earlier));
        let tells_more = |known: &Known<RootAudit>| audit.tells_less_than(&known.value);
        // A try that read nothing stands for nothing that was known.
        let newest = newest.filter(|known| !known.value.read_nothing());
        let earlier = newest.filter(tells_more).or_else(|| earlier.filter(tells_more));
        Self { account, newest: Known { value: audit, at }, earlier }
    }

    /// All that is known by both: what the newest could not read, or did not ask for, is the earlier one's.
    pub(crate) fn merged(&self) -> RootAudit {
        fn best<T: Clone>(newest: &Presence<T>, earlier: Option<&Presence<T>>) -> Presence<T> {
            let tells_more = |earlier: &&Presence<T>| match newest {
                Presence::Absent | Presence::Present(Some(_)) => false,
                Presence::Present(None) => earlier.details().is_some(),
                Presence::Unknown(_) => earlier.error().is_none(),
            };
            earlier.filter(tells_more).unwrap_or(newest).clone()
        }
        let (newest, earlier) = (&self.newest.value, self.earlier.as_ref().map(|known| &known.value));
        RootAudit {
            depth: newest.depth,
            password: best(&newest.password, earlier.map(|earlier| &earlier.password)),
            access_keys: best(&newest.access_keys, earlier.map(|earlier| &earlier.access_keys)),
            mfa_devices: best(&newest.mfa_devices, earlier.map(|earlier| &earlier.mfa_devices)),
            signing_certificates: best(
                &newest.signing_certificates,
                earlier.map(|earlier| &earlier.signing_certificates),
            ),
            last_sign_in: match earlier {
                Some(earlier) if !newest.last_sign_in.is_known() => earlier.last_sign_in.clone(),
                _ => newest.last_sign_in.clone(),
            },
        }
    }

    /// When what [`merged`](Self::merged) holds was known.
    pub(crate) fn known_at(&self) -> Timestamp {
        let earlier = self.earlier.as_ref().filter(|_| self.newest.value.read_nothing());
        earlier.unwrap_or(&self.newest).at
    }

    /// All that is known, with its time; `None` if no audit read anything.
    pub(crate) fn known(&self) -> Option<Known<RootAudit>> {
        let value = self.merged();
        (!value.read_nothing()).then(|| Known { value, at: self.known_at() })
    }

    /// Takes what was read of the login profile alone. The age stays that of the rest; a failed read changes nothing.
    pub(crate) fn take_login_profile(&mut self, login: &Presence<Password>) {
        if login.error().is_none() {
            self.newest.value.password = login.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::{ApiError, ApiErrorKind};
    use crate::domain::audit_difference::new_findings;
    use crate::domain::root_credentials::{AccessKey, AuditDepth, LastUsed};
    use crate::domain::root_finding::RootFinding;
    use crate::domain::sign_in::LastSignIn;

    fn deep() -> RootAudit {
        RootAudit {
            depth: AuditDepth::Deep,
            password: Presence::Present(Some(Password { created: None })),
            access_keys: Presence::Present(Some(vec![])),
            mfa_devices: Presence::Absent,
            signing_certificates: Presence::Absent,
            last_sign_in: LastSignIn::Never,
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    fn account() -> AccountId {
        "444455556666".parse().expect("an id")
    }

    #[test]
    fn what_a_later_audit_could_not_read_stays_known_until_one_can() {
        let first = AuditRecord::after(None, account(), deep(), at(1));
        let error = ApiError::new("iam:GetAccountSummary", ApiErrorKind::AccessDenied, "no");
        let failed = RootAudit::unknown(AuditDepth::Quick, &error);
        let second = AuditRecord::after(Some(first), account(), failed.clone(), at(2));
        assert_eq!((second.newest.value.clone(), second.newest.at), (failed.clone(), at(2)));
        let third = AuditRecord::after(Some(second), account(), failed, at(3));
        assert_eq!(third.earlier, Some(Known { value: deep(), at: at(1) }));
        let fourth = AuditRecord::after(Some(third), account(), deep(), at(4));
        assert_eq!((fourth.newest.at, fourth.earlier), (at(4), None));
    }

    #[test]
    fn what_is_new_is_what_no_audit_before_knew() {
        let error = ApiError::new("iam:GetAccountSummary", ApiErrorKind::AccessDenied, "no");
        let found = |audit: &RootAudit, before: &AuditRecord| {
            let new = new_findings(audit, Some(&before.merged()), at(9));
            new.into_iter().map(RootFinding::as_str).collect::<Vec<_>>()
        };
        let first = AuditRecord::after(None, account(), deep(), at(1));
        assert!(found(&deep(), &first).is_empty());
        // What a try in between could not read was known before it.
        let failed = RootAudit::unknown(AuditDepth::Quick, &error);
        let second = AuditRecord::after(Some(first.clone()), account(), failed.clone(), at(2));
        assert!(found(&deep(), &second).is_empty());
        assert!(found(&failed, &first).is_empty());
        let key =
            |id: &str| AccessKey { id: id.into(), status: "Active".into(), created: None, last_used: LastUsed::Never };
        let keys = RootAudit { access_keys: Presence::Present(Some(vec![key("AKIA1")])), ..deep() };
        assert_eq!(found(&keys, &first), ["access_key"]);
        let none = RootAudit { password: Presence::Absent, access_keys: Presence::Absent, ..deep() };
        let none = AuditRecord::after(None, account(), none, at(1));
        assert_eq!(found(&deep(), &none), ["password_without_mfa", "access_key", "password"]);
        assert_eq!(new_findings(&deep(), None, at(9)).len(), 3);
    }

    #[test]
    fn a_try_that_read_nothing_never_takes_the_place_of_what_was_known() {
        let error = ApiError::new("sts:AssumeRoot", ApiErrorKind::DeniedByScp, "no");
        let failed = || RootAudit::unknown(AuditDepth::Quick, &error);
        let record = AuditRecord::after(None, account(), deep(), at(1));
        let record =
            (2..6).fold(record, |record, second| AuditRecord::after(Some(record), account(), failed(), at(second)));
        assert_eq!(
            (record.newest, record.earlier),
            (Known { value: failed(), at: at(5) }, Some(Known { value: deep(), at: at(1) }))
        );
        // Where nothing was known, there is no earlier one.
        let record = AuditRecord::after(None, account(), failed(), at(1));
        assert_eq!(AuditRecord::after(Some(record), account(), failed(), at(2)).earlier, None);
    }

    #[test]
    fn a_look_at_the_login_profile_alone_makes_no_audit_younger() {
        let mut record = AuditRecord::after(None, account(), deep(), at(1));
        record.take_login_profile(&Presence::Unknown(ApiError::new("iam:GetLoginProfile", ApiErrorKind::Timeout, "")));
        assert_eq!(record.newest.value, deep());
        record.take_login_profile(&Presence::Absent);
        assert_eq!((record.newest.value.password, record.newest.at), (Presence::Absent, at(1)));
    }
}
