//! What would go, and what is not known.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use jiff::Timestamp;

use super::forms;
use crate::cli::arguments::{Consent, Form, KindWord};
use crate::cli::context::CommandContext;
use crate::cli::output::{print_error, print_note};
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::credential_age::{AgeLimits, AgeVerdict, CredentialDates};
use crate::domain::deletion::DeletionPlan;
use crate::domain::root_credentials::{CredentialKind, Presence, RootAudit, RootCredential};
use crate::words::api_error::headline;
use crate::words::cli::credentials as words;
use crate::words::root_access::{kind as kind_word, last_sign_in};
use crate::words::time::ago;

pub(super) struct Looked {
    pub(super) plans: Vec<DeletionPlan>,
    details: Vec<String>,
    dates: BTreeMap<(AccountId, RootCredential), CredentialDates>,
    /// Those that `--older-than` and `--unused-for` leave, and why.
    kept: Vec<Kept>,
    /// The accounts where kinds that were chosen could not be read, or not one by one, and why.
    unread: Vec<Unread>,
    /// The accounts whose password would be left without its second factor, if surely there is one.
    unguarded: Vec<(Account, bool)>,
}

struct Kept {
    account: Account,
    credential: RootCredential,
    why: AgeVerdict,
}

struct Unread {
    account: Account,
    kinds: Vec<(CredentialKind, ApiError)>,
}

impl Looked {
    /// `only` holds the kinds that were chosen; none is all.
    pub(super) fn new(
        accounts: &[&Account],
        audits: &BTreeMap<AccountId, RootAudit>,
        (only, limits): (&[KindWord], AgeLimits),
        now: Timestamp,
    ) -> Self {
        let chosen: Vec<CredentialKind> = only.iter().map(|&word| word.into()).collect();
        let is_chosen = |kind: CredentialKind| chosen.is_empty() || chosen.contains(&kind);
        let mut looked = Self {
            plans: Vec::new(),
            details: Vec::new(),
            dates: BTreeMap::new(),
            kept: Vec::new(),
            unread: Vec::new(),
            unguarded: Vec::new(),
        };
        for &account in accounts {
            let kinds = CredentialKind::ALL.into_iter().filter(|&kind| is_chosen(kind));
            let Some(audit) = audits.get(&account.id) else {
                let error = ApiError::new("rootdeck:audit", ApiErrorKind::Local, words::AUDIT_CUT_OFF);
                let kinds = kinds.map(|kind| (kind, error.clone())).collect();
                looked.unread.push(Unread { account: account.clone(), kinds });
                continue;
            };
            let unread: Vec<_> = kinds.filter_map(|kind| Some((kind, why_unread(audit, kind)?))).collect();
            if !unread.is_empty() {
                looked.unread.push(Unread { account: account.clone(), kinds: unread });
            }
            let mut credentials: Vec<RootCredential> =
                audit.credentials().into_iter().filter(|one| is_chosen(one.kind())).collect();
            credentials.retain(|one| {
                let dates = CredentialDates::of(audit, one);
                let why = limits.judge(&dates, now);
                looked.dates.insert((account.id, one.clone()), dates);
                if why == AgeVerdict::Due {
                    return true;
                }
                looked.kept.push(Kept { account: account.clone(), credential: one.clone(), why });
                false
            });
            let goes = |kind| credentials.iter().any(|one| one.kind() == kind);
            let password = audit.has(CredentialKind::Password);
            if goes(CredentialKind::MfaDevice) && !goes(CredentialKind::Password) && password != Some(false) {
                looked.unguarded.push((account.clone(), password.is_some()));
            }
            if !credentials.is_empty() {
                looked.details.extend(credentials.iter().map(|one| details(audit, one)));
                looked.plans.push(DeletionPlan { account: account.clone(), credentials });
            }
        }
        looked
    }

    /// In how many accounts something could not be read that decides what is deleted.
    pub(super) fn unread(&self) -> usize {
        let unread_use = self.kept.iter().filter(|one| matches!(one.why, AgeVerdict::UseUnknown(Some(_))));
        let accounts: BTreeSet<AccountId> =
            self.unread.iter().map(|one| one.account.id).chain(unread_use.map(|one| one.account.id)).collect();
        accounts.len()
    }

    /// What has to be typed: the account's id, or how many accounts; `None` if nothing would go.
    pub(super) fn token(&self) -> Option<String> {
        match self.plans.as_slice() {
            [] => None,
            [plan] => Some(plan.account.id.to_string()),
            several => Some(several.len().to_string()),
        }
    }

    pub(super) fn print(&self, context: &CommandContext, consent: &Consent) {
        for Unread { account, kinds } in &self.unread {
            let names: Vec<&str> = kinds.iter().map(|(kind, _)| kind_word(*kind)).collect();
            print_error(&words::left_as_it_is(&account.name, account.id, names.join(", ")));
            let mut reported: Vec<ApiErrorKind> = Vec::new();
            for (_, error) in kinds {
                if !reported.contains(&error.kind) {
                    reported.push(error.kind);
                    context.print_api_error(error);
                }
            }
        }
        for Kept { account, credential, why } in &self.kept {
            let line = words::kept(&account.name, account.id, credential, words::why_kept(why, Timestamp::now()));
            if matches!(why, AgeVerdict::Younger(_) | AgeVerdict::UsedSince(_)) {
                print_note(&line);
            } else {
                print_error(&line);
            }
        }
        for (account, surely) in &self.unguarded {
            consent.tell(&words::weakened(&account.name, account.id, *surely));
        }
    }

    pub(super) fn announce(&self, consent: &Consent) {
        if !self.plans.is_empty() {
            consent.tell(&words::would_go(self.form(Form::Table).unwrap_or_default().trim_end()));
        }
    }

    /// What could not be read, and what is kept.
    pub(super) fn other_rows(&self) -> Vec<forms::Row> {
        let now = Timestamp::now();
        let kept = self.kept.iter().map(|Kept { account, credential, why }| {
            let status =
                if matches!(why, AgeVerdict::Younger(_) | AgeVerdict::UsedSince(_)) { "kept" } else { "unknown" };
            let row = forms::Row::of(account, credential, status, "").with(Some(words::why_kept(why, now)), None);
            row.dated(self.dates_of(account, credential)).for_programs()
        });
        self.unread_rows().into_iter().chain(kept).collect()
    }

    /// What AWS told of the age of a credential.
    pub(super) fn dates_of(&self, account: &Account, credential: &RootCredential) -> CredentialDates {
        self.dates.get(&(account.id, credential.clone())).cloned().unwrap_or_default()
    }

    fn unread_rows(&self) -> Vec<forms::Row> {
        let of = |Unread { account, kinds }: &Unread| -> Vec<forms::Row> {
            let row = |(kind, error): &(CredentialKind, ApiError)| {
                forms::Row::of_kind(account, *kind, "unknown", Some(headline(error)))
            };
            kinds.iter().map(row).collect()
        };
        self.unread.iter().flat_map(of).collect()
    }

    pub(super) fn form(&self, form: Form) -> io::Result<String> {
        let named = self.plans.iter().flat_map(|plan| plan.credentials.iter().map(move |one| (&plan.account, one)));
        let would_go = named.zip(&self.details).map(|((account, credential), details)| {
            forms::Row::of(account, credential, "would_delete", details).dated(self.dates_of(account, credential))
        });
        forms::form(form, ["TO DELETE", "DETAILS"], &would_go.chain(self.other_rows()).collect::<Vec<_>>())
    }
}

/// Why the credentials of a kind can't be named one by one, if they can't.
fn why_unread(audit: &RootAudit, kind: CredentialKind) -> Option<ApiError> {
    fn of<T>(presence: &Presence<Vec<T>>) -> Option<ApiError> {
        match presence {
            Presence::Present(None) => Some(ApiError::new("rootdeck:audit", ApiErrorKind::Local, words::WHICH_UNKNOWN)),
            other => other.error().cloned(),
        }
    }
    match kind {
        CredentialKind::Password => audit.password.error().cloned(),
        CredentialKind::AccessKey => of(&audit.access_keys),
        CredentialKind::SigningCertificate => of(&audit.signing_certificates),
        CredentialKind::MfaDevice => of(&audit.mfa_devices),
    }
}

fn details(audit: &RootAudit, credential: &RootCredential) -> String {
    let now = Timestamp::now();
    let since = |what: &str, at: Option<Timestamp>| at.map(|at| format!("{what} {}", ago(at, now)));
    let found = match credential {
        RootCredential::Password => {
            let set = audit.password.details().and_then(|password| since("set", password.created));
            let parts: Vec<String> = set.into_iter().chain([last_sign_in(&audit.last_sign_in, now)]).collect();
            (!parts.is_empty()).then(|| parts.join(", "))
        }
        RootCredential::AccessKey(id) => {
            find(&audit.access_keys, |key| key.id == *id).map(|key| words::key_details(key, now))
        }
        RootCredential::SigningCertificate(id) => find(&audit.signing_certificates, |one| one.id == *id).map(|one| {
            [Some(one.status.clone()), since("uploaded", one.uploaded)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", ")
        }),
        RootCredential::MfaDevice(serial) => find(&audit.mfa_devices, |device| device.serial == *serial)
            .and_then(|device| since(words::IN_USE_SINCE, device.enabled)),
    };
    found.unwrap_or_default()
}

fn find<T>(presence: &Presence<Vec<T>>, is_it: impl Fn(&T) -> bool) -> Option<&T> {
    presence.details()?.iter().find(|one| is_it(one))
}
