//! How each view was left.

use rusqlite::{Row, params};

use super::{ScopedStore, row};
use crate::domain::api_error::ApiError;
use crate::domain::view_choice::ViewChoice;

/// Stands between columns.
const SEPARATOR: char = ',';

impl ScopedStore {
    pub(super) fn save(&self, choice: &ViewChoice) -> Result<(), ApiError> {
        if !self.store.keeps_listing() {
            return Ok(());
        }
        self.write(|transaction, binding| {
            let columns = choice.columns.as_ref().map(|columns| columns.join(&SEPARATOR.to_string()));
            transaction.execute(
                "INSERT INTO view_choice (binding, view, columns, sort, descending, filter)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT DO UPDATE SET columns = excluded.columns, sort = excluded.sort,
                     descending = excluded.descending, filter = excluded.filter",
                params![binding, choice.view, columns, choice.sort, choice.descending, choice.filter],
            )?;
            Ok(())
        })
    }

    pub fn view_choices(&self) -> Result<Vec<ViewChoice>, ApiError> {
        if !self.store.keeps_listing() {
            return Ok(Vec::new());
        }
        self.read(|transaction, binding| {
            let mut statement = transaction.prepare_cached(
                "SELECT view, columns, sort, descending, filter FROM view_choice WHERE binding = ?1 ORDER BY view",
            )?;
            statement.query_map([binding], choice)?.collect()
        })
    }
}

fn choice(found: &Row<'_>) -> rusqlite::Result<ViewChoice> {
    let columns = row::optional_text(found, "columns")?;
    let words = |text: String| text.split(SEPARATOR).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    Ok(ViewChoice {
        view: row::text(found, "view")?,
        columns: columns.map(words),
        sort: row::optional_text(found, "sort")?,
        descending: found.get("descending")?,
        filter: row::text(found, "filter")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::records::ListingRecords;
    use crate::store::Store;
    use crate::store::tests::bound;

    fn left(filter: &str) -> ViewChoice {
        ViewChoice {
            view: "accounts".to_owned(),
            columns: Some(vec!["ou".to_owned(), "root".to_owned()]),
            sort: Some("root".to_owned()),
            descending: true,
            filter: filter.to_owned(),
        }
    }

    #[test]
    fn a_view_comes_back_as_it_was_left_the_last_time() {
        let store = Store::in_memory();
        let scope = bound(&store);
        assert_eq!(scope.view_choices(), Ok(vec![]));
        let automatic = ViewChoice { view: "journal".to_owned(), ..ViewChoice::default() };
        let nothing_chosen = ViewChoice { columns: Some(vec![]), ..left("") };
        for choice in [&left("kensho"), &automatic, &nothing_chosen, &left("検証 \"a b\"")] {
            scope.save_view_choice(choice).expect("saved");
        }
        assert_eq!(scope.view_choices(), Ok(vec![left("検証 \"a b\""), automatic]));
        scope.save_view_choice(&nothing_chosen).expect("saved");
        assert_eq!(bound(&store).view_choices().expect("read").first(), Some(&nothing_chosen));
    }

    #[test]
    fn the_next_run_finds_it_before_aws_has_answered() {
        let store = Store::in_memory();
        bound(&store).save_view_choice(&left("kensho")).expect("saved");
        assert_eq!(store.scope(Some("prod"), None).view_choices(), Ok(vec![left("kensho")]));
        assert_eq!(store.scope(Some("dev"), None).view_choices(), Ok(vec![]));
    }

    #[test]
    fn with_no_cache_nothing_is_saved_or_shown() {
        let store = Store::in_memory();
        let scope = bound(&store);
        scope.save_view_choice(&left("kensho")).expect("saved");
        store.set_keep_listing(false);
        assert_eq!(scope.view_choices(), Ok(vec![]));
        scope.save_view_choice(&left("other")).expect("does nothing");
        store.set_keep_listing(true);
        assert_eq!(scope.view_choices(), Ok(vec![left("kensho")]));
    }

    #[test]
    fn a_filter_with_an_address_is_forgotten_with_the_others() {
        let store = Store::in_memory();
        let scope = bound(&store);
        scope.save_view_choice(&left("kensho@example.com")).expect("saved");
        assert!(!store.holdings(jiff::Timestamp::UNIX_EPOCH).expect("counted").is_empty());
        store.purge().expect("forgotten");
        assert_eq!(scope.view_choices(), Ok(vec![]));
        assert!(store.holdings(jiff::Timestamp::UNIX_EPOCH).expect("counted").is_empty());
    }
}
