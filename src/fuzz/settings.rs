//! The configuration, that of AWS, keys and filters.

use std::collections::HashMap;
use std::path::Path;

use super::held::{is_harmless, text};
use crate::app::command::bindings;
use crate::app::filter::{EntryProperty, Filter, HolderProperty, Property};
use crate::app::key::Key;
use crate::app::key_name::KeyNameError;
use crate::aws::profiles;
use crate::config;

/// Whatever is wrong is told with a line of the file, and what protects from harm is not lost.
pub(super) fn configuration(bytes: &[u8]) {
    let lines = bytes.split(|byte| *byte == b'\n').count();
    let loaded = config::of_bytes(Path::new("config.toml"), Ok(bytes.to_vec()), &bindings::names());
    for problem in &loaded.problems {
        assert!(problem.line.is_none_or(|line| (1..=lines).contains(&line)), "line {:?} of {lines}", problem.line);
    }
    assert!(loaded.lines.values().all(|line| (1..=lines).contains(line)), "a setting from no line");
    let is_unread = std::str::from_utf8(bytes).is_err();
    assert!(!is_unread || loaded.config.read_only, "a file that was not read left this run able to write");
}

pub(super) fn exceptions(bytes: &[u8]) {
    if let Err(problems) = config::exceptions(&text(bytes)) {
        assert!(!problems.is_empty(), "refused without a reason");
    }
}

/// Each section that AWS's own tools would know has a name that can be shown.
pub(super) fn aws_configuration(bytes: &[u8]) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().build() else { return };
    let files = HashMap::from([("/home/alice/.aws/config".to_owned(), bytes.to_vec())]);
    if let Ok(found) = runtime.block_on(profiles::list_of(files)) {
        let names = found.iter().filter_map(|profile| profile.name.as_deref());
        assert!(names.into_iter().all(is_harmless), "a name with control characters");
    }
}

/// A key is found again by the name it is shown with.
pub(super) fn key_name(bytes: &[u8]) {
    match Key::named(&text(bytes)) {
        Ok(key) | Err(KeyNameError::SentAs(key)) => assert_eq!(Key::named(&key.to_string()), Ok(key), "{key}"),
        Err(KeyNameError::Unknown | KeyNameError::NotSent) => {}
    }
}

pub(super) fn filter(bytes: &[u8]) {
    let text = text(bytes);
    let accounts: Filter = Filter::default();
    filter_of(accounts, &text);
    filter_of(Filter::<EntryProperty>::default(), &text);
    filter_of(Filter::<HolderProperty>::default(), &text);
}

fn filter_of<P: Property>(mut filter: Filter<P>, text: &str) {
    filter.edit(|field| field.paste(text));
    let row = "audit-logs aws+audit@example.com 監査";
    let places = filter.highlighter().places(row);
    assert!(places.iter().all(|place| (*place as usize) < row.chars().count()), "highlighted behind the end");
    assert!(places.is_sorted(), "highlighted in another order");
    let lets = (filter.lets(|_| true), filter.lets(|_| false));
    assert!(filter.problem().is_none() || lets == (false, false), "a filter with a problem shows rows");
    assert!(!filter.is_empty() || lets == (true, true), "an empty filter hides rows");
}
