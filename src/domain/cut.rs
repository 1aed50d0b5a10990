//! How names and addresses are cut where their column is too narrow.

use std::collections::HashMap;

use super::text::{cut_from, cut_to, width};

/// Cut before the `@`: the domain stays whole where the mark still fits before it.
pub(crate) fn email(address: &str, room: usize, mark: &str) -> String {
    cut_local(address, room, mark, false)
}

/// The addresses as [`email`] cuts them. Those of a list that would look the same are cut at their
/// beginning, where that tells them apart.
pub(crate) fn emails<'a>(addresses: impl IntoIterator<Item = &'a str>, room: usize, mark: &str) -> Vec<String> {
    let addresses: Vec<&str> = addresses.into_iter().collect();
    let mut shown: Vec<String> = addresses.iter().map(|address| email(address, room, mark)).collect();
    let mut alike: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, text) in shown.iter().enumerate() {
        alike.entry(text).or_default().push(index);
    }
    let differ = |same: &Vec<usize>| {
        let mut all = same.iter().filter_map(|index| addresses.get(*index));
        let first = all.next();
        all.any(|other| Some(other) != first)
    };
    let again: Vec<usize> = alike.into_values().filter(differ).flatten().collect();
    for index in again {
        if let (Some(text), Some(address)) = (shown.get_mut(index), addresses.get(index)) {
            *text = cut_local(address, room, mark, true);
        }
    }
    shown
}

fn cut_local(address: &str, room: usize, mark: &str, keep_end: bool) -> String {
    if width(address) <= room {
        return address.to_owned();
    }
    let (local, domain) = address.rfind('@').map_or((address, ""), |at| address.split_at(at));
    let left = room.saturating_sub(width(domain));
    if left < width(mark) || domain.is_empty() {
        return cut_both(local, domain, room, mark);
    }
    if left == width(mark) {
        return format!("{mark}{domain}");
    }
    let local = if keep_end { cut_from(local, left, mark) } else { cut_to(local, left, mark) };
    format!("{local}{domain}")
}

/// Where the domain has no room, either: a few letters before the `@`, and as much of the domain as fits.
fn cut_both(local: &str, domain: &str, room: usize, mark: &str) -> String {
    const LETTERS: usize = 4;
    if domain.is_empty() || room < 2 * LETTERS {
        return cut_to(&format!("{local}{domain}"), room, mark);
    }
    let local = if width(local) <= LETTERS { local.to_owned() } else { cut_to(local, LETTERS, mark) };
    let left = room.saturating_sub(width(&local));
    format!("{local}{}", cut_to(domain, left, mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_domain_stays_whole() {
        assert_eq!(email("aws+payments-prod@example.com", 24, "…"), "aws+payment…@example.com");
        assert_eq!(email("aws+shop@example.com", 24, "…"), "aws+shop@example.com");
        assert_eq!(email("a@a-very-long-domain.example", 12, "…"), "a@a-very-lo…");
        assert_eq!(email("it-operations@fabrikam.example", 18, "…"), "…@fabrikam.example");
        assert_eq!(email("it-operations@fabrikam.example", 16, "…"), "it-…@fabrikam.e…");
        assert_eq!(email("no-address-at-all", 8, "…"), "no-addr…");
    }

    #[test]
    fn addresses_that_differ_at_their_end_are_cut_at_their_beginning() {
        let all = ["aws+payments-prod@example.com", "aws+payments-test@example.com", "aws+shop@example.com"];
        assert_eq!(
            emails(all, 24, "…"),
            ["…yments-prod@example.com", "…yments-test@example.com", "aws+shop@example.com"]
        );
    }

    proptest! {
        /// Two addresses look the same only if what is hidden is longer than half of what is left
        /// for the part before the `@`.
        #[test]
        fn different_addresses_look_different(
            one in "[a-d]{1,40}", other in "[a-d]{1,40}", shared in "[a-d]{0,20}", room in 20_usize..60,
        ) {
            let all = [&one, &other].map(|own| format!("{shared}{own}@example.com"));
            prop_assume!(all[0] != all[1]);
            let shown = emails(all.iter().map(String::as_str), room, "…");
            for (text, address) in shown.iter().zip(&all) {
                prop_assert!(width(text) <= room && text.ends_with("@example.com"), "{text} of {address}");
            }
            if shown[0] == shown[1] {
                let left = room - width("@example.com");
                prop_assert!(all.iter().any(|it| width(it) - (room - 1) > left / 2), "{shown:?} of {all:?}");
            }
        }
    }
}
