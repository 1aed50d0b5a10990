//! The organizational units as a tree, counted.

use std::collections::BTreeMap;

use crate::domain::account::{Account, AccountState};
use crate::domain::organization::UnitNames;

/// An organizational unit with the accounts in it and below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// The names from the outermost unit down; none for the root.
    pub(crate) names: Vec<String>,
    pub(crate) active: usize,
    pub(crate) all: usize,
    /// Whether it stands for the accounts whose unit AWS does not tell.
    pub(crate) is_unknown: bool,
}

impl Unit {
    /// The filter that shows its accounts. A quotation mark ends the value, so the name is cut there.
    pub(crate) fn filter(&self) -> String {
        if self.is_unknown {
            return "ou:\"?/\"".to_owned();
        }
        let path: String = self.names.join("/");
        match path.find(['"', '＂', '“', '”']) {
            _ if path.is_empty() => String::new(),
            Some(end) => format!("ou:\"{}\"", path.get(..end).unwrap_or_default()),
            None => format!("ou:\"{path}/\""),
        }
    }
}

/// The root, then each unit before those below it. Accounts that AWS does not place come last.
pub(crate) fn units<'a>(accounts: impl Iterator<Item = &'a Account>, names: &UnitNames) -> Vec<Unit> {
    let mut counts: BTreeMap<Vec<String>, (usize, usize)> = BTreeMap::new();
    let mut unknown = (0, 0);
    for account in accounts {
        let count = |(active, all): &mut (usize, usize)| {
            *active += usize::from(account.state == AccountState::Active);
            *all += 1;
        };
        let Some(path) = names.names_of(account) else {
            count(&mut unknown);
            continue;
        };
        for depth in 0..=path.len() {
            let above = path.iter().take(depth).map(|&name| name.to_owned()).collect();
            count(counts.entry(above).or_default());
        }
    }
    let unit = |(names, (active, all))| Unit { names, active, all, is_unknown: false };
    let (active, all) = unknown;
    let unknown = (all > 0).then(|| Unit { names: Vec::new(), active, all, is_unknown: true });
    counts.into_iter().map(unit).chain(unknown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_mark_in_a_name_does_not_break_the_filter() {
        let unit = |name: &str| Unit { names: vec![name.to_owned()], active: 1, all: 1, is_unknown: false };
        assert_eq!(unit("Sand box").filter(), "ou:\"Sand box/\"");
        assert_eq!(unit("The \"old\" one").filter(), "ou:\"The \"");
    }
}
