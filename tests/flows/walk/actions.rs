//! What people do, and what happens meanwhile.

use std::time::Duration;

use rootdeck::domain::account_change::{AccountChange, AccountName};
use rootdeck::domain::change::{Change, Switch};
use rootdeck::domain::contacts::AlternateKind;
use rootdeck::domain::root_change::RootChange;
use rootdeck::domain::root_credentials::RootCredential;
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::domain::trusted_access::ServicePrincipal;

use super::dice::Dice;
use super::model::{Email, Model, Thing};
use crate::office::{address, id};
use crate::spoiler::{Page, Spoil};
use crate::table::contact;

/// Accounts with a password and keys of root, and others.
pub(crate) const ACCOUNTS: [&str; 4] = ["444455556666", "444455556008", "222233335555", "555500000109"];
/// The one with keys.
const KEYS: [&str; 2] = ["AKIADEMONORTHWIND001", "AKIADEMONORTHWIND002"];

/// One change, and what it makes of what.
#[derive(Clone, Debug)]
pub(crate) struct Action {
    pub(crate) change: Change,
    pub(crate) resend: bool,
    pub(crate) thing: Thing,
    /// What AWS holds once it is made.
    pub(crate) after: String,
    /// Whether AWS makes it, as far as the model knows.
    pub(crate) is_legal: Option<bool>,
}

/// What happens to the call.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mishap {
    None,
    Injected(&'static str),
    Spoiled(Spoil),
    /// The program is killed during the call; whether AWS has performed it by then.
    Killed(bool),
    /// It is killed when it reads what came of the call.
    KilledLooking,
    /// Another copy does the same at the same time.
    Twice,
}

const MISHAPS: &[Mishap] = &[
    Mishap::Injected("internal-error"),
    Mishap::Injected("access-denied"),
    Mishap::Injected("expired-token"),
    Mishap::Injected("clock-skew"),
    Mishap::Spoiled(Spoil::Reset(false)),
    Mishap::Spoiled(Spoil::Reset(true)),
    Mishap::Spoiled(Spoil::Lost),
    Mishap::Spoiled(Spoil::Cut),
    Mishap::Spoiled(Spoil::CutChunk),
    Mishap::Spoiled(Spoil::Half),
    Mishap::Spoiled(Spoil::Unnamed),
    Mishap::Spoiled(Spoil::Instead(Page::html(200))),
    Mishap::Spoiled(Spoil::After(Page::html(200))),
    Mishap::Spoiled(Spoil::Instead(Page::html(403))),
    Mishap::Spoiled(Spoil::After(Page::html(403))),
    Mishap::Spoiled(Spoil::After(Page::html(503))),
    Mishap::Spoiled(Spoil::Instead(Page::EMPTY)),
    Mishap::Spoiled(Spoil::After(Page::EMPTY)),
    Mishap::Spoiled(Spoil::Instead(Page::redirect(302))),
    Mishap::Killed(false),
    Mishap::Killed(true),
    Mishap::KilledLooking,
    Mishap::Twice,
    Mishap::Twice,
];

impl Mishap {
    pub(crate) fn by(dice: &mut Dice) -> Self {
        if dice.happens(45) { dice.one_of(MISHAPS) } else { Self::None }
    }
}

/// How long people wait between two things.
pub(crate) fn pause(dice: &mut Dice) -> Duration {
    match dice.below(20) {
        0 => Duration::from_hours(5),
        1 | 2 => Duration::from_mins(7),
        3..8 => Duration::from_secs(90),
        _ => Duration::from_secs(3),
    }
}

impl Action {
    /// Of a resend that AWS performed so often: each sends a password.
    pub(crate) fn performed(&self, times: usize) -> Self {
        let mut action = self.clone();
        if self.resend && times > 1 {
            let mut after = Email::parse(&self.after);
            after.sent += times - 1;
            action.after = after.to_string();
        }
        action
    }

    pub(crate) fn by(dice: &mut Dice, model: &Model) -> Self {
        let account = dice.one_of(&ACCOUNTS);
        match dice.below(20) {
            0..5 => Self::start(dice, model, account),
            5..9 => Self::accept(dice, model, account),
            9 => Self::switch(dice, &Switch::TrustedAccess(ServicePrincipal::account_management()), Thing::Trust, 80),
            10 => Self::switch(dice, &Switch::RootFeature(RootFeature::RootSessions), Thing::Feature, 50),
            11 => Self::delegation(dice, account),
            12..16 => Self::root(dice, account),
            _ => Self::of_account(dice, model, account),
        }
    }

    fn start(dice: &mut Dice, model: &Model, account: &str) -> Self {
        let there = model.email(account);
        let again = dice.happens(40) && there.status == "PENDING" && there.address.starts_with(account);
        let new = if again { there.address.clone() } else { format!("{account}-{}@corp.example", dice.below(3)) };
        let is_pending = there.status == "PENDING" && there.address == new;
        let resend = is_pending && dice.happens(50);
        let is_free = there.status != "ACCEPTED" && there.primary != new;
        let after = Email { status: "PENDING".into(), address: new.clone(), sent: there.sent + 1, ..there };
        Self {
            change: Change::StartEmailChange { account: id(account), old: "old".into(), new: address(&new) },
            resend,
            thing: Thing::Email(account.into()),
            after: after.to_string(),
            is_legal: (!is_pending || resend).then_some(is_free && model.trusts()),
        }
    }

    /// Without its code, which is in the mail.
    fn accept(dice: &mut Dice, model: &Model, account: &str) -> Self {
        let there = model.email(account);
        let new = if there.address.is_empty() || dice.happens(10) {
            format!("{account}-{}@corp.example", dice.below(3))
        } else {
            there.address.clone()
        };
        let is_it = there.status == "PENDING" && there.address == new;
        Self {
            change: Change::AcceptEmailChange { account: id(account), new: address(&new), otp: None },
            resend: false,
            thing: Thing::Email(account.into()),
            after: Email { status: "ACCEPTED".into(), ..there }.to_string(),
            // A password is good for a day, which the model does not count.
            is_legal: if is_it && model.trusts() { None } else { Some(false) },
        }
    }

    fn switch(dice: &mut Dice, which: &Switch, thing: Thing, percent_on: usize) -> Self {
        let on = dice.happens(percent_on);
        let is_legal = (thing == Thing::Feature).then_some(true);
        let after = if on { "on" } else { "off" }.into();
        Self { change: which.set(on), resend: false, thing, after, is_legal }
    }

    fn delegation(dice: &mut Dice, account: &str) -> Self {
        let register = dice.happens(50);
        let service = ServicePrincipal::account_management();
        Self {
            change: Change::Delegation { account: id(account), service, register },
            resend: false,
            thing: Thing::Delegate(account.into()),
            after: if register { "yes" } else { "no" }.into(),
            is_legal: None,
        }
    }

    fn root(dice: &mut Dice, account: &str) -> Self {
        let login = Thing::Login(account.into());
        let (change, thing, after) = match dice.below(5) {
            0 => (RootChange::DeleteCredential(RootCredential::Password), login, "absent".to_owned()),
            1 => (RootChange::ClosePasswordRecovery, login, "absent".to_owned()),
            2 | 3 => (RootChange::AllowPasswordRecovery, login, "present".to_owned()),
            _ => {
                let key = dice.one_of(&KEYS);
                let change = RootChange::DeleteCredential(RootCredential::AccessKey(key.into()));
                (change, Thing::Key(key.into()), "absent".to_owned())
            }
        };
        let account = if matches!(thing, Thing::Key(_)) { ACCOUNTS[3] } else { account };
        Self {
            change: Change::Root { account: id(account), change },
            resend: false,
            thing,
            after,
            is_legal: Some(true),
        }
    }

    fn of_account(dice: &mut Dice, model: &Model, account: &str) -> Self {
        let number = dice.below(4);
        let (change, thing, after) = match dice.below(3) {
            0 => {
                let (old, new) = (model.value(&Thing::Name(account.into())), format!("name {number}"));
                let change = AccountChange::Rename { old, new: AccountName::parse(&new).unwrap() };
                (change, Thing::Name(account.into()), new)
            }
            1 => {
                let name = format!("team {number}");
                let change = AccountChange::PutContact(AlternateKind::Security, Box::new(contact(&name)), None);
                (change, Thing::Contact(account.into()), name)
            }
            _ => (
                AccountChange::DeleteContact(AlternateKind::Security, None),
                Thing::Contact(account.into()),
                "none".to_owned(),
            ),
        };
        let deletes_nothing = after == "none" && model.value(&thing) == "none";
        Self {
            change: Change::Account { account: id(account), is_own: false, change },
            resend: false,
            thing,
            after,
            is_legal: (!deletes_nothing).then_some(model.trusts()),
        }
    }
}
