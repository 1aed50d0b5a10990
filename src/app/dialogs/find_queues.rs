//! Asks where to look for queues.

use crate::app::dialog::{Dialog, Next, Step, form};
use crate::app::field::TextField;
use crate::app::focus::Focus;
use crate::app::form::Form;
use crate::app::key::Key;
use crate::app::model::Model;
use crate::app::notification::Missing;
use crate::app::suggestions::{Pick, Suggestion, queues_and_regions};
use crate::domain::account::AccountId;
use crate::domain::policy_holder::QueueSearch;
use crate::domain::region::is_region;

/// Of regions, and of a queue and its region.
const SEPARATORS: [char; 2] = [',', ' '];

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FindQueues {
    pub account: AccountId,
    /// The region of the session, for a queue's name that stands alone.
    pub region: String,
    /// Regions, or one queue.
    pub field: TextField,
    pub pick: Pick,
    pub form: Form,
}

impl FindQueues {
    pub(crate) fn new(account: AccountId, region: &str) -> Self {
        let (field, pick, form) = (TextField::with(region), Pick::default(), Form::new(Focus::Field));
        Self { account, region: region.to_owned(), field, pick, form }
    }

    /// What the last word may become.
    pub(crate) fn suggestions(&self, model: &Model) -> Vec<Suggestion> {
        let words: Vec<&str> = self.field.text().split(SEPARATORS).collect();
        match words.split_last() {
            Some((last, named)) if self.form.is_in_field() => queues_and_regions(last, named, self.account, model),
            _ => Vec::new(),
        }
    }

    /// The last word becomes this.
    fn complete(&mut self, text: &str) {
        let typed = self.field.text();
        let before = typed.rfind(SEPARATORS).and_then(|at| typed.get(..=at)).unwrap_or_default();
        self.field = TextField::with(&format!("{before}{text}"));
    }

    /// Regions, or one queue by URL, ARN or name, which a region may follow. `None` while it is neither.
    pub(crate) fn search(&self) -> Option<QueueSearch> {
        let words: Vec<&str> =
            self.field.text().split(SEPARATORS).map(str::trim).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => None,
            regions if regions.iter().all(|word| is_region(word)) => {
                let mut named: Vec<String> = Vec::new();
                for region in regions {
                    if !named.iter().any(|known| known == region) {
                        named.push((*region).to_owned());
                    }
                }
                Some(QueueSearch::Regions(named))
            }
            [queue] => Some(QueueSearch::One { queue: (*queue).to_owned(), region: self.region.clone() }),
            [queue, region] if !is_region(queue) && is_region(region) => {
                Some(QueueSearch::One { queue: (*queue).to_owned(), region: (*region).to_owned() })
            }
            _ => None,
        }
    }
}

impl Dialog for FindQueues {
    form!(field);

    fn completes(&self, model: &Model) -> bool {
        self.is_typing() && !self.suggestions(model).is_empty()
    }

    fn typed(&mut self, key: Key, model: &Model) -> bool {
        if !self.is_typing() {
            return false;
        }
        let all = self.suggestions(model);
        let (did, taken) = self.pick.typed(&mut self.field, key, &all);
        if let Some(text) = taken {
            self.complete(&text);
        }
        did
    }

    fn submit(&mut self, model: &mut Model) -> Step {
        let all = self.suggestions(model);
        if let Some(text) = self.pick.taken(&all) {
            self.complete(&text);
            return Step::Stay(None);
        }
        match (self.form.focus, self.search()) {
            (Focus::Cancel, _) => return Step::Close,
            (Focus::Field, Some(_)) => self.form.focus = Focus::Act,
            (Focus::Act, Some(search)) => {
                return Step::Stay(Some(Next::Queues(self.account, search)));
            }
            _ => {
                self.form.focus = Focus::Field;
                model.say_missing(Missing::Queue);
            }
        }
        Step::Stay(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(text: &str) -> Option<QueueSearch> {
        let account = "444455556666".parse().expect("an id");
        FindQueues { field: TextField::with(text), ..FindQueues::new(account, "us-east-1") }.search()
    }

    fn one(queue: &str, region: &str) -> QueueSearch {
        QueueSearch::One { queue: queue.into(), region: region.into() }
    }

    #[test]
    fn regions_are_told_from_queues() {
        let regions = |names: &[&str]| Some(QueueSearch::Regions(names.iter().map(|&name| name.into()).collect()));
        assert_eq!(search("eu-west-1"), regions(&["eu-west-1"]));
        assert_eq!(search(" eu-west-1,us-gov-east-1 , eu-west-1"), regions(&["eu-west-1", "us-gov-east-1"]));
        assert_eq!(search("orders"), Some(one("orders", "us-east-1")));
        assert_eq!(search("orders-v2 eu-west-1"), Some(one("orders-v2", "eu-west-1")));
        let url = "https://sqs.eu-west-1.amazonaws.com/444455556666/orders";
        assert_eq!(search(url), Some(one(url, "us-east-1")));
        let arn = "arn:aws:sqs:eu-west-1:444455556666:orders";
        assert_eq!(search(arn), Some(one(arn, "us-east-1")));
        for wrong in ["", " , ", "eu-west-1 orders", "orders invoices", "a b c"] {
            assert_eq!(search(wrong), None, "{wrong:?}");
        }
    }
}
