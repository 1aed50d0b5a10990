//! Following the pages of a list to its end, and no further.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::wire;
use crate::domain::api_error::ApiError;
use crate::domain::client_error::{AnswerError, EndlessList};

/// The largest organization has 2,500 pages (50,000 accounts, service quota).
const AT_MOST: usize = 10_000;

/// So many pages in a row may bring nothing new: AWS gives empty ones now and then (service model).
const WITHOUT_NEWS: usize = 50;

pub(super) type Page<T> = (Option<Vec<T>>, Option<String>);

/// `name` is what the list holds, and `id` tells its items apart.
///
/// The SDK's paginators hold no page back to a quota, take no credentials per call, and follow tokens that go round in
/// a circle.
pub(super) async fn all<T, Call: Future<Output = Result<Page<T>, ApiError>>>(
    operation: &'static str,
    name: &str,
    id: impl Fn(&T) -> Option<&str>,
    call: impl FnMut(Option<String>) -> Call,
) -> Result<Vec<T>, ApiError> {
    let mut all = Vec::new();
    let on_page = |page, _: Option<&str>| {
        all.extend(page);
        Ok(())
    };
    each((operation, name), id, None, call, on_page).await?;
    Ok(all)
}

/// From the page with this token, or the first one. Each page comes with the token of the next.
pub(super) async fn each<T, Call: Future<Output = Result<Page<T>, ApiError>>>(
    (operation, name): (&'static str, &str),
    id: impl Fn(&T) -> Option<&str>,
    mut token: Option<String>,
    mut call: impl FnMut(Option<String>) -> Call,
    mut on_page: impl FnMut(Vec<T>, Option<&str>) -> Result<(), ApiError>,
) -> Result<(), ApiError> {
    let mut pages = Pages::of(operation);
    loop {
        let (items, next) = call(token).await?;
        let items = list(operation, name, items, next.as_deref())?;
        token = pages.next(items.iter().filter_map(&id), next.as_deref())?;
        on_page(items, token.as_deref())?;
        if token.is_none() {
            return Ok(());
        }
    }
}

/// A list as far as it was read. One that does not end is unknown.
struct Pages {
    operation: &'static str,
    tokens: HashSet<String>,
    /// Hashes of their ids, which take less memory. Two ids with one hash count as one, which matters only where
    /// nothing else is new for [`WITHOUT_NEWS`] pages.
    items: HashSet<u64>,
    hashing: RandomState,
    read: usize,
    without_news: usize,
}

impl Pages {
    fn of(operation: &'static str) -> Self {
        Self {
            operation,
            tokens: HashSet::new(),
            items: HashSet::new(),
            hashing: RandomState::new(),
            read: 0,
            without_news: 0,
        }
    }

    /// The token of the page after these items, if there is one.
    fn next<'a>(
        &mut self,
        items: impl IntoIterator<Item = &'a str>,
        token: Option<&str>,
    ) -> Result<Option<String>, ApiError> {
        let before = self.items.len();
        self.items.extend(items.into_iter().map(|id| self.hashing.hash_one(id)));
        self.without_news = if self.items.len() > before { 0 } else { self.without_news + 1 };
        self.read += 1;
        let Some(token) = token else { return Ok(None) };
        let endless = if token.is_empty() {
            Some(EndlessList::EmptyToken)
        } else if !self.tokens.insert(token.to_owned()) {
            Some(EndlessList::RepeatedToken)
        } else if self.without_news >= WITHOUT_NEWS {
            Some(EndlessList::NothingNew)
        } else if self.read >= AT_MOST {
            Some(EndlessList::TooManyPages)
        } else {
            None
        };
        match endless {
            Some(why) => Err(wire::unreadable(self.operation, AnswerError::Endless(why))),
            None => Ok(Some(token.to_owned())),
        }
    }
}

/// AWS leaves a list out only on a page that has a successor; elsewhere a missing list is not an empty one.
pub(super) fn list<T>(
    operation: &'static str,
    name: &str,
    list: Option<Vec<T>>,
    token: Option<&str>,
) -> Result<Vec<T>, ApiError> {
    match (list, token) {
        (Some(list), _) => Ok(list),
        (None, Some(_)) => Ok(Vec::new()),
        (None, None) => Err(wire::unreadable(operation, AnswerError::Lacks(name.to_owned()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens that are followed, if `page` gives items and token of the pages from 0 on.
    fn follow(page: impl Fn(usize) -> (Vec<String>, Option<String>)) -> (usize, Result<(), String>) {
        let mut pages = Pages::of("organizations:ListAccounts");
        for number in 0.. {
            let (items, token) = page(number);
            match pages.next(items.iter().map(String::as_str), token.as_deref()) {
                Ok(Some(_)) => {}
                Ok(None) => return (number + 1, Ok(())),
                Err(error) => return (number + 1, Err(error.sentence())),
            }
        }
        unreachable!()
    }

    #[test]
    fn a_list_that_goes_round_in_circles_is_unknown() {
        let item = |number: usize| vec![number.to_string()];
        let (read, end) = follow(|number| (item(number), Some("same".into())));
        assert_eq!((read, end.is_err()), (2, true));
        let (read, end) = follow(|number| (item(number), Some((number % 7).to_string())));
        assert_eq!((read, end.is_err()), (8, true));
        assert_eq!(follow(|number| (item(number), Some(String::new()))).0, 1);
        // New tokens, and nothing or always the same on the pages.
        assert!(follow(|number| (vec![], Some(number.to_string()))).0 <= 50);
        let (read, end) = follow(|number| (item(3), Some(number.to_string())));
        assert!(read <= 51 && end.is_err_and(|why| why.contains("repeat")));
        let (read, end) = follow(|number| (item(number), Some(number.to_string())));
        assert_eq!((read, end.is_err()), (10_000, true));
    }

    #[test]
    fn a_long_list_with_empty_pages_comes_to_its_end() {
        let page = |number: usize| {
            let items = if number.is_multiple_of(2) { vec![number.to_string()] } else { vec![] };
            (items, (number < 5_000).then(|| format!("t{number}")))
        };
        assert_eq!(follow(page), (5_001, Ok(())));
    }

    #[test]
    fn a_list_that_is_not_there_is_not_an_empty_one() {
        let list = |page: Option<Vec<u8>>, token| list("organizations:ListAccounts", "the accounts", page, token);
        assert_eq!(list(Some(vec![1]), None), Ok(vec![1]));
        assert_eq!(list(None, Some("next")), Ok(vec![]));
        assert!(list(None, None).is_err());
    }
}
