//! What a field may be meant to hold: a short list below it, chosen from with the arrows or Tab. Other text stays
//! possible.

use crate::app::field::TextField;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::domain::account::{AccountId, AccountState};
use crate::domain::fold::fold;
use crate::domain::policy_holder::PolicyHolder;
use crate::domain::region::known_regions;

/// So many are shown at once.
pub(crate) const SHOWN: usize = 4;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Suggestion {
    pub(crate) text: String,
    /// What tells a person more.
    pub(crate) beside: String,
}

/// Which of the suggestions is picked, if one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pick(pub(crate) Option<usize>);

/// What a key does with the suggestions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Picked {
    /// Nothing: the key is for the field.
    No,
    Moved,
    /// The text of this one.
    This(usize),
}

impl Pick {
    /// Down and up go through them, and out at the top; Tab takes the picked one, or the first.
    pub(in crate::app) fn key(&mut self, key: Key, count: usize) -> Picked {
        let last = count.checked_sub(1);
        match (key.code, last) {
            (Code::Tab, Some(_)) => return Picked::This(self.0.take().unwrap_or(0)),
            (Code::Down, Some(last)) => self.0 = Some(self.0.map_or(0, |at| (at + 1).min(last))),
            (Code::Up, Some(_)) if self.0.is_some() => self.0 = self.0.and_then(|at| at.checked_sub(1)),
            _ => return Picked::No,
        }
        Picked::Moved
    }

    /// Handles a key of `field`: whether it did anything, and the text of the suggestion that it takes.
    pub(in crate::app) fn typed(
        &mut self,
        field: &mut TextField,
        key: Key,
        all: &[Suggestion],
    ) -> (bool, Option<String>) {
        match self.key(key, all.len()) {
            Picked::No => {
                let did = field.handle(key);
                if did {
                    self.0 = None;
                }
                (did, None)
            }
            Picked::Moved => (true, None),
            Picked::This(index) => (true, all.get(index).map(|one| one.text.clone())),
        }
    }

    /// The text of the picked one, which Enter takes.
    pub(in crate::app) fn taken(&mut self, all: &[Suggestion]) -> Option<String> {
        self.0.take().and_then(|at| all.get(at)).map(|one| one.text.clone())
    }

    /// The suggestions around the picked one that have room.
    pub(crate) fn shown<'a>(&self, all: &'a [Suggestion]) -> impl Iterator<Item = (bool, &'a Suggestion)> {
        let (at, first) = (self.0, self.0.map_or(0, |at| at.saturating_sub(SHOWN - 1)));
        all.iter().enumerate().skip(first).take(SHOWN).map(move |(index, one)| (Some(index) == at, one))
    }
}

/// The regions of the partition and the queues known in the account that a word may begin. None for a whole one.
pub(in crate::app) fn queues_and_regions(
    word: &str,
    named: &[&str],
    account: AccountId,
    model: &Model,
) -> Vec<Suggestion> {
    let word = fold(word);
    let is_meant = |text: &str| fold(text).split([' ', '.']).any(|part| part.starts_with(&word));
    let regions = known_regions(model.partition()).iter();
    let regions = regions.map(|(region, place)| Suggestion { text: (*region).into(), beside: place.replace('-', " ") });
    let queues = model.unlocking.known(account).filter_map(|holder| match holder {
        PolicyHolder::Queue { url, region } => Some(Suggestion { text: url.clone(), beside: region.clone() }),
        PolicyHolder::Bucket { .. } => None,
    });
    let is_fit = |one: &Suggestion| {
        let name = one.text.rsplit('/').next().unwrap_or_default();
        !named.contains(&one.text.as_str()) && (is_meant(name) || is_meant(&one.text) || is_meant(&one.beside))
    };
    let all: Vec<Suggestion> = regions.chain(queues).filter(is_fit).collect();
    if all.iter().any(|one| one.text == word) { Vec::new() } else { all }
}

/// The active member accounts that a text may mean. None while nothing is typed.
pub(in crate::app) fn accounts(typed: &str, model: &Model) -> Vec<Suggestion> {
    let typed = fold(typed.trim());
    let member = |id: &&AccountId| Some(**id) != model.management();
    let known = model.accounts.keys().filter(member).filter_map(|id| model.accounts.get(*id));
    let is_meant = |id: &str, name: &str| id.starts_with(&typed) || fold(name).contains(&typed);
    let all = known
        .filter(|account| account.state == AccountState::Active && is_meant(&account.id.to_string(), &account.name))
        .map(|account| Suggestion { text: account.id.to_string(), beside: account.name.clone() });
    let mut all: Vec<Suggestion> = all.collect();
    all.sort_by(|one, other| (&one.beside, &one.text).cmp(&(&other.beside, &other.text)));
    let is_whole = all.iter().any(|one| one.text == typed);
    if typed.is_empty() || is_whole { Vec::new() } else { all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_through_them_and_tab_takes_one() {
        let mut pick = Pick::default();
        let mut press = |code, count| pick.key(Key::plain(code), count);
        assert_eq!(press(Code::Up, 3), Picked::No);
        assert_eq!(press(Code::Tab, 3), Picked::This(0));
        assert_eq!((press(Code::Down, 3), press(Code::Down, 3)), (Picked::Moved, Picked::Moved));
        assert_eq!(press(Code::Tab, 3), Picked::This(1));
        assert_eq!((press(Code::Tab, 0), press(Code::Down, 0)), (Picked::No, Picked::No));
    }

    #[test]
    fn the_picked_one_is_always_shown() {
        let all: Vec<Suggestion> =
            (0..9).map(|number| Suggestion { text: number.to_string(), beside: String::new() }).collect();
        for at in 0..9 {
            let shown: Vec<_> = Pick(Some(at)).shown(&all).collect();
            assert_eq!(shown.iter().filter(|(picked, _)| *picked).count(), 1, "{at}");
            assert_eq!(shown.len(), SHOWN.min(shown.len()));
        }
        assert!(Pick::default().shown(&all).all(|(picked, _)| !picked));
    }
}
