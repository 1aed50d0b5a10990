//! Pages of a listing, and the tokens that lead from one to the next.
//!
//! AWS may answer an empty page with a token in the middle of a listing (AWS documentation). So every listing longer
//! than a page has one here.

use crate::emulator::refusal::{Detail, Refusal};

/// On a page, also if the client does not say (service model and a guess).
const LARGEST_PAGE: usize = 20;

/// A token of one listing is not accepted by another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageKey<'a> {
    pub(crate) operation: &'a str,
    pub(crate) about: &'a str,
}

/// Positions in the listing, and the token of the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) next: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PageStart {
    start: usize,
    /// This page is the empty one.
    pause: bool,
}

impl Window {
    pub(crate) fn new(
        listing: PageKey<'_>,
        len: usize,
        max_results: Option<i64>,
        token: Option<&str>,
    ) -> Result<Self, Refusal> {
        let size = page_size(max_results)?;
        let place = match token {
            None => PageStart { start: 0, pause: false },
            Some(token) => listing.place(token).filter(|place| place.start <= len).ok_or_else(invalid_token)?,
        };
        let start = place.start;
        if place.pause {
            let next = Some(listing.token(PageStart { pause: false, ..place }));
            return Ok(Self { start, end: start, next });
        }
        let end = start.saturating_add(size).min(len);
        let middle = len / 2;
        let pause = start < middle && middle <= end;
        let next = (end < len).then(|| listing.token(PageStart { start: end, pause }));
        Ok(Self { start, end, next })
    }

    /// Without empty pages, and with a page size that has been checked; `None` for a token of something else.
    pub(crate) fn plain(listing: PageKey<'_>, len: usize, size: usize, token: Option<&str>) -> Option<Self> {
        let start = match token {
            None => 0,
            Some(token) => listing.place(token).filter(|place| place.start <= len && !place.pause)?.start,
        };
        let end = start.saturating_add(size).min(len);
        let next = (end < len).then(|| listing.token(PageStart { start: end, pause: false }));
        Some(Self { start, end, next })
    }
}

fn page_size(max_results: Option<i64>) -> Result<usize, Refusal> {
    let Some(wanted) = max_results else { return Ok(LARGEST_PAGE) };
    match usize::try_from(wanted) {
        Ok(size) if (1..=LARGEST_PAGE).contains(&size) => Ok(size),
        Ok(size) if size > LARGEST_PAGE => {
            Err(invalid("You provided a value that is larger than the maximum.", "MAX_VALUE_EXCEEDED:MAX_RESULTS"))
        }
        _ => Err(invalid("You provided a value that is smaller than the minimum.", "MIN_VALUE_EXCEEDED:MAX_RESULTS")),
    }
}

fn invalid_token() -> Refusal {
    invalid("You provided an invalid NextToken.", "INVALID_NEXT_TOKEN")
}

/// Code and reason are captured, the messages are a guess.
fn invalid(message: &str, reason: &'static str) -> Refusal {
    Refusal::new(400, "InvalidInputException", message).with(Detail::Reason(reason))
}

/// Offsets and the mark of the pause fit in this many hexadecimal digits.
const PLACE_DIGITS: usize = 16;
const SEAL_DIGITS: usize = 16;

impl PageKey<'_> {
    fn token(self, place: PageStart) -> String {
        let start = u64::try_from(place.start).unwrap_or(u64::MAX >> 1);
        let packed = start << 1 | u64::from(place.pause);
        let seal = self.seal(packed);
        // Masked with the seal, it does not look like a number that one could count up.
        format!("{:016x}{seal:016x}", packed ^ seal)
    }

    fn place(self, token: &str) -> Option<PageStart> {
        let lower = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if token.len() != PLACE_DIGITS + SEAL_DIGITS || !token.bytes().all(lower) {
            return None;
        }
        let seal = u64::from_str_radix(token.get(PLACE_DIGITS..)?, 16).ok()?;
        let packed = u64::from_str_radix(token.get(..PLACE_DIGITS)?, 16).ok()? ^ seal;
        if seal != self.seal(packed) {
            return None;
        }
        Some(PageStart { start: usize::try_from(packed >> 1).ok()?, pause: packed & 1 == 1 })
    }

    /// FNV-1a over the listing and the place: against mistakes, not against attackers.
    fn seal(self, packed: u64) -> u64 {
        let packed = packed.to_be_bytes();
        let parts = [self.operation.as_bytes(), &[0], self.about.as_bytes(), &[0], &packed];
        parts
            .into_iter()
            .flatten()
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ACCOUNTS: PageKey<'_> = PageKey { operation: "ListAccounts", about: "" };

    /// All positions a client sees that follows the tokens, and the number of empty pages.
    fn walk(len: usize, size: i64) -> Result<(Vec<usize>, usize), Refusal> {
        let (mut seen, mut empty, mut token) = (Vec::new(), 0, None);
        loop {
            let window = Window::new(ACCOUNTS, len, Some(size), token.as_deref())?;
            empty += usize::from(window.start == window.end);
            seen.extend(window.start..window.end);
            token = window.next;
            if token.is_none() {
                return Ok((seen, empty));
            }
        }
    }

    proptest! {
        #[test]
        fn everything_is_listed_once_with_one_empty_page(len in 1_usize..300, size in 1_i64..=20) {
            let (seen, empty) = walk(len, size).map_err(|_| TestCaseError::fail("refused"))?;
            prop_assert_eq!(seen, (0..len).collect::<Vec<_>>());
            let pages = len.div_ceil(usize::try_from(size).unwrap_or(1));
            prop_assert_eq!(empty, usize::from(pages > 1));
        }

        #[test]
        fn a_listing_without_empty_pages_has_everything_once(len in 0_usize..300, size in 1_usize..=1_000) {
            let (mut seen, mut pages, mut token) = (Vec::new(), 0, None);
            loop {
                let window = Window::plain(ACCOUNTS, len, size, token.as_deref());
                let window = window.ok_or_else(|| TestCaseError::fail("refused"))?;
                seen.extend(window.start..window.end);
                pages += 1;
                token = window.next;
                if token.is_none() {
                    break;
                }
            }
            prop_assert_eq!(seen, (0..len).collect::<Vec<_>>());
            prop_assert_eq!(pages, len.div_ceil(size).max(1));
        }

        #[test]
        fn what_is_no_token_is_refused(token in "\\PC{0,40}|[0-9a-f]{32}") {
            let refusal = Window::new(ACCOUNTS, 100, None, Some(&token)).err();
            prop_assert_eq!(
                refusal.map(|refusal| refusal.detail),
                Some(Detail::Reason("INVALID_NEXT_TOKEN"))
            );
        }
    }

    #[test]
    fn a_token_belongs_to_its_listing() {
        let first = Window::new(ACCOUNTS, 100, None, None).ok();
        let token = first.and_then(|window| window.next);
        let other = PageKey { about: "r-demo", ..ACCOUNTS };
        assert!(Window::new(ACCOUNTS, 100, None, token.as_deref()).is_ok());
        assert!(Window::new(other, 100, None, token.as_deref()).is_err());
        // The listing has become shorter than the place the token points to.
        assert!(Window::new(ACCOUNTS, 10, None, token.as_deref()).is_err());
    }

    #[test]
    fn the_page_size_has_limits() {
        let reason = |size| {
            let refusal = Window::new(ACCOUNTS, 100, Some(size), None).err();
            refusal.map(|refusal| refusal.detail)
        };
        assert_eq!(reason(0), Some(Detail::Reason("MIN_VALUE_EXCEEDED:MAX_RESULTS")));
        assert_eq!(reason(-1), Some(Detail::Reason("MIN_VALUE_EXCEEDED:MAX_RESULTS")));
        assert_eq!(reason(21), Some(Detail::Reason("MAX_VALUE_EXCEEDED:MAX_RESULTS")));
        assert_eq!(reason(20), None);
    }
}
