//! Naming what a message wanted beside questions and writes, runs, looks and files, and answering it.

use super::Driver;
use crate::app::effect::{Edit, Effect, PolicyFile, StoreRequest, TextFile, Visit};
use crate::app::msg::{Answer, Msg};
use crate::domain::remote_data::ReadId;
use crate::domain::root_credentials::RootAudit;
use crate::domain::run::{Run, RunReport, Steering};

impl Driver {
    /// Names the one run that the last message started.
    #[track_caller]
    pub(crate) fn runs(mut self) -> Self {
        let place = self.wanted.iter().position(|effect| matches!(effect, Effect::Run(..)));
        let Some(place) = place else { panic!("no run was started: {:?}", self.wanted) };
        if let Effect::Run(id, run) = self.wanted.remove(place) {
            self.runs.push((id, *run));
        }
        self
    }

    /// Names the one look into a member account that the last message wanted.
    #[track_caller]
    pub(crate) fn visits(mut self, visit: &Visit) -> Self {
        let place =
            self.wanted.iter().position(|effect| matches!(effect, Effect::Visit(_, other) if **other == *visit));
        let Some(place) = place else { panic!("{visit:?} was not wanted: {:?}", self.wanted) };
        if let Effect::Visit(id, _) = self.wanted.remove(place) {
            self.looks.push(id);
        }
        self
    }

    /// The newest run.
    #[track_caller]
    pub(crate) fn run(&self) -> &Run {
        &self.runs.last().expect("a run").1
    }

    /// Says that the newest run is steered this way.
    #[track_caller]
    pub(crate) fn steers(self, steering: Steering) -> Self {
        let id = self.runs.last().expect("a run").0;
        self.wants(&Effect::Steer(id, steering))
    }

    /// Has the newest run report.
    #[track_caller]
    pub(crate) fn reports(self, report: RunReport) -> Self {
        let id = self.runs.last().expect("a run").0;
        self.send(Msg::Run(id, Box::new(report)))
    }

    /// Has the newest run audit an account.
    #[track_caller]
    pub(crate) fn audits(self, account: &str, audit: RootAudit) -> Self {
        self.reports(RunReport::Audited(super::super::world::id(account), Box::new(audit)))
    }

    /// Has the newest audit find in all its accounts what the world has, a second for each, and end.
    #[track_caller]
    pub(crate) fn audits_all(mut self) -> Self {
        let Run::Audit { accounts, depth } = self.run().clone() else { panic!("not an audit: {:?}", self.run()) };
        for account in accounts {
            let audit = super::super::world::audit_of(account.id, depth);
            self = self.after(1).reports(RunReport::Audited(account.id, Box::new(audit)));
        }
        self.reports(RunReport::Ended)
    }

    /// Names the one file that the last message wanted.
    #[track_caller]
    pub(crate) fn files(mut self, file: &PolicyFile) -> Self {
        let place = self.wanted.iter().position(|effect| matches!(effect, Effect::File(_, other) if **other == *file));
        let Some(place) = place else { panic!("{file:?} was not wanted: {:?}", self.wanted) };
        if let Effect::File(id, _) = self.wanted.remove(place) {
            self.looks.push(id);
        }
        self
    }

    /// Names the one change of what this machine keeps that the last message wanted.
    #[track_caller]
    pub(crate) fn keeps(mut self, store_request: &StoreRequest) -> Self {
        let place =
            self.wanted.iter().position(|effect| matches!(effect, Effect::Keep(_, other) if **other == *store_request));
        let Some(place) = place else { panic!("{store_request:?} was not wanted: {:?}", self.wanted) };
        if let Effect::Keep(id, _) = self.wanted.remove(place) {
            self.looks.push(id);
        }
        self
    }

    /// Names the one text file that the last message wanted.
    #[track_caller]
    pub(crate) fn texts(mut self, file: &TextFile) -> Self {
        let place = self.wanted.iter().position(|effect| matches!(effect, Effect::Text(_, other) if **other == *file));
        let Some(place) = place else { panic!("{file:?} was not wanted: {:?}", self.wanted) };
        if let Effect::Text(id, _) = self.wanted.remove(place) {
            self.looks.push(id);
        }
        self
    }

    /// Takes the one text file that the last message wanted.
    #[track_caller]
    pub(crate) fn take_text(&mut self) -> (ReadId, TextFile) {
        let place = self.wanted.iter().position(|effect| matches!(effect, Effect::Text(..)));
        let Some(place) = place else { panic!("no text file was wanted: {:?}", self.wanted) };
        let Effect::Text(id, file) = self.wanted.remove(place) else { panic!("it is one") };
        (id, *file)
    }

    /// Names the one text file that the last message wanted, whichever that is.
    #[track_caller]
    pub(crate) fn some_text(mut self) -> (Self, TextFile) {
        let (id, file) = self.take_text();
        self.looks.push(id);
        (self, file)
    }

    /// Names the one text or file that the last message opened in the person's editor, and what it is.
    #[track_caller]
    pub(crate) fn edits(mut self) -> (Self, Edit) {
        let place = self.wanted.iter().position(|effect| matches!(effect, Effect::Edit(..)));
        let Some(place) = place else { panic!("nothing was edited: {:?}", self.wanted) };
        let Effect::Edit(id, edit) = self.wanted.remove(place) else { panic!("it is one") };
        self.looks.push(id);
        (self, *edit)
    }

    /// Answers the oldest of those looks and files.
    #[track_caller]
    pub(crate) fn gets(mut self, answer: Answer) -> Self {
        assert!(!self.looks.is_empty(), "nothing was looked at");
        let id = self.looks.remove(0);
        self.send(Msg::Answer(id, answer))
    }
}
