//! Of which of several organizations the output of a task is.
//!
//! A command that runs for one of several organizations runs inside [`Page::scope`]. What it says on stderr begins with
//! the name of the organization there, and its rows are collected, to be printed with those of the others.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task_local;

use super::arguments::Form;
use crate::words::fields as f;
use crate::words::sheet::{Label, Sheet};

task_local! {
    static PAGE: Page;
}

/// Clones share what is collected.
#[derive(Clone, Debug)]
pub(super) struct Page(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    title: String,
    labels: Vec<Label>,
    is_collecting: bool,
    collected: Mutex<Collected>,
}

/// What a command has printed.
#[derive(Debug, Default)]
pub(super) struct Collected {
    /// The form of the rows; `None` without any.
    pub(super) form: Option<Form>,
    pub(super) sheet: Sheet,
    /// What is no rows.
    pub(super) text: String,
}

impl Page {
    /// Only what is said on stderr begins with the title.
    pub(super) fn titled(title: impl Into<String>) -> Self {
        Self::new(title.into(), Vec::new(), false)
    }

    /// Also collects rows, each with its organization and profile.
    pub(super) fn of(title: &str, organization: Option<&str>, profile: &str) -> Self {
        let labels =
            vec![(f::ORGANIZATION_ID.or_null(), None, organization.into()), (f::PROFILE, Some("ORG"), profile.into())];
        Self::new(title.to_owned(), labels, true)
    }

    fn new(title: String, labels: Vec<Label>, is_collecting: bool) -> Self {
        Self(Arc::new(Inner { title, labels, is_collecting, collected: Mutex::default() }))
    }

    pub(super) async fn scope<T>(self, work: impl Future<Output = T>) -> T {
        PAGE.scope(self, work).await
    }

    pub(super) fn current() -> Option<Self> {
        PAGE.try_with(Clone::clone).ok()
    }

    /// The one that rows of this task go to instead of stdout.
    pub(super) fn collecting() -> Option<Self> {
        Self::current().filter(|page| page.0.is_collecting)
    }

    pub(super) fn title(&self) -> &str {
        &self.0.title
    }

    /// What each row says first.
    pub(super) fn labels(&self) -> &[Label] {
        &self.0.labels
    }

    pub(super) fn add(&self, form: Form, sheet: Sheet) {
        let mut collected = self.collected();
        collected.form = Some(form);
        collected.sheet.append(sheet);
    }

    pub(super) fn add_text(&self, text: &str) {
        self.collected().text.push_str(text);
    }

    pub(super) fn take(&self) -> Collected {
        std::mem::take(&mut self.collected())
    }

    fn collected(&self) -> MutexGuard<'_, Collected> {
        // Each change is one call, so a panic elsewhere leaves nothing half done.
        self.0.collected.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
