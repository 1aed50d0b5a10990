//! [`Dashboard`]: an [`App`] for each organization. One of them is present: it has the screen and the keys. What AWS
//! answers goes to the one that asked, and what one of them wants is done in its own organization.

mod merged_of;
mod merging;

use std::iter;

use jiff::Timestamp;

use crate::app::effect::Effect;
use crate::app::ids::OrgId;
use crate::app::msg::Msg;
use crate::app::shell::App;
use crate::app::shell::several::MERGED;
use crate::app::start::{Place, Start};
use crate::app::state::elsewhere::{Elsewhere, Turn};
use crate::app::state::left_behind::LeftBehind;
use crate::domain::account::AccountId;
use merged_of::MergedOf;

/// The program of one organization.
#[derive(Clone, Debug)]
struct OrgApp {
    org: OrgId,
    app: App,
}

/// All organizations. With one, it hands everything to its program.
#[derive(Clone, Debug)]
pub struct Dashboard {
    present: OrgApp,
    /// Those that are not on screen.
    others: Vec<OrgApp>,
    merged: Option<MergedOf>,
    /// The row of another organization that the cursor was on when a person chose the present one: until the cursor
    /// moves, the choice holds.
    held: Option<AccountId>,
}

/// Something that an organization wants done: for it, and through its own profile.
pub type Wanted = (OrgId, Effect);

impl Dashboard {
    /// The program at its start, and the first things it wants: for the first organization, and more of them.
    pub fn new(first: Start, more: Vec<Start>) -> (Self, Vec<Wanted>) {
        let of = more.len() + 1;
        let mut wanted = Vec::new();
        let mut one = |(index, start): (usize, Start)| {
            let (app, effects) = App::new(Start { place: (of > 1).then_some(Place { index, of }), ..start });
            wanted.extend(tagged(OrgId(index), effects));
            OrgApp { org: OrgId(index), app }
        };
        let present = one((0, first));
        let others = (1..).zip(more).map(one).collect();
        let mut dashboard = Self { present, others, merged: None, held: None };
        dashboard.tell_each_other();
        (dashboard, wanted)
    }

    /// Takes one event at `now`: of `org`, where it is an answer, and of the one on screen, where it is a person's.
    pub fn update(&mut self, now: Timestamp, org: OrgId, msg: Msg) -> Vec<Wanted> {
        let of_person = matches!(msg, Msg::Key(_) | Msg::Paste(_) | Msg::Mouse(_) | Msg::Geometry(_) | Msg::Terminate);
        let org = if of_person { self.present.org } else { org };
        let row = self.present.app.row_with_cursor();
        let Some(one) = self.one_mut(org) else { return Vec::new() };
        let effects = one.app.update(now, msg);
        let mut wanted = tagged(org, effects).collect();
        if !self.others.is_empty() {
            self.agree(now, row, &mut wanted);
        }
        wanted
    }

    /// Brings what is derived up to date, once before drawing.
    pub fn recompute(&mut self) {
        self.present.app.recompute();
        if !self.others.is_empty() {
            self.merge();
        }
    }

    /// The organization on screen.
    pub fn present(&self) -> OrgId {
        self.present.org
    }

    /// The program of the organization on screen.
    pub fn app(&self) -> &App {
        &self.present.app
    }

    /// The program of an organization.
    pub fn app_of(&self, org: OrgId) -> Option<&App> {
        self.each().find(|one| one.org == org).map(|one| &one.app)
    }

    /// The one on screen first.
    pub(crate) fn apps(&self) -> impl Iterator<Item = &App> {
        self.each().map(|one| &one.app)
    }

    pub(crate) fn has_several(&self) -> bool {
        !self.others.is_empty()
    }

    /// The program of the organization that an account on screen is of: the present one, where it has it, too.
    pub(crate) fn owner_of(&self, account: AccountId) -> &App {
        &self.owner(account).unwrap_or(&self.present).app
    }

    /// Who lists it comes before who knows an email change of it.
    fn owner(&self, account: AccountId) -> Option<&OrgApp> {
        let lists = |one: &&OrgApp| one.app.model.accounts.get(account).is_some();
        self.each().find(lists).or_else(|| self.each().find(|one| one.app.model.is_own(account)))
    }

    /// What stays open in each, with the names of their organizations.
    pub(crate) fn left_behind(&self) -> LeftBehind {
        if self.others.is_empty() {
            return self.present.app.left_behind();
        }
        let mut all = LeftBehind::default();
        for app in self.in_order() {
            let left = app.left_behind();
            let named = |name: String| format!("{name} ({})", app.model.organization_name());
            all.elsewhere.extend(left.elsewhere.into_iter().map(named));
            all.recoveries.extend(left.recoveries.into_iter().map(named));
        }
        all
    }

    fn each(&self) -> impl Iterator<Item = &OrgApp> {
        iter::once(&self.present).chain(&self.others)
    }

    fn one_mut(&mut self, org: OrgId) -> Option<&mut OrgApp> {
        iter::once(&mut self.present).chain(&mut self.others).find(|one| one.org == org)
    }

    /// In the order of the profiles.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = &App> {
        let mut all: Vec<&OrgApp> = self.each().collect();
        all.sort_unstable_by_key(|one| one.org);
        all.into_iter().map(|one| &one.app)
    }

    /// What follows for the others from what has happened to one of them.
    fn agree(&mut self, now: Timestamp, row: Option<AccountId>, wanted: &mut Vec<Wanted>) {
        if let Some(turn) = self.present.app.turn.take() {
            self.turn(turn, wanted);
        } else {
            self.merge();
            self.follow_cursor(row, wanted);
        }
        self.merge();
        for one in &mut self.others {
            one.app.tick_if_needed();
            wanted.extend(tagged(one.org, one.app.send_out()));
        }
        if self.present.app.quitting {
            self.quit(now, wanted);
        }
        self.tell_each_other();
    }

    /// The organization of the row with the cursor becomes the present one. Not below a dialog: that stays with the
    /// organization it was opened in.
    fn follow_cursor(&mut self, before: Option<AccountId>, wanted: &mut Vec<Wanted>) {
        let row = self.present.app.row_with_cursor();
        if row != before {
            self.held = None;
        }
        let is_free = self.present.app.layers.is_empty() && MERGED.contains(&self.present.app.view);
        let Some(row) = row.filter(|row| is_free && Some(*row) != self.held) else { return };
        if let Some(org) = self.owner(row).map(|one| one.org) {
            self.show(org, wanted);
        }
    }

    /// Shows the organization that a person has asked for, with the cursor on one of its rows.
    fn turn(&mut self, turn: Turn, wanted: &mut Vec<Wanted>) {
        let org = match turn {
            Turn::Next => OrgId((self.present.org.0 + 1) % (self.others.len() + 1)),
            Turn::Read(org) => org,
        };
        self.show(org, wanted);
        self.merge();
        self.present.app.go_to_own_rows();
        self.held = self.present.app.row_with_cursor();
        if matches!(turn, Turn::Read(_)) {
            self.present.app.read_notice();
        }
        self.flush(wanted);
    }

    /// Gives the screen to an organization.
    fn show(&mut self, org: OrgId, wanted: &mut Vec<Wanted>) {
        let Some(one) = self.others.iter_mut().find(|one| one.org == org) else { return };
        std::mem::swap(&mut self.present, one);
        self.present.app.take_screen(&mut one.app);
        self.flush(wanted);
    }

    /// What the present one wants since it has the screen.
    fn flush(&mut self, wanted: &mut Vec<Wanted>) {
        let effects = self.present.app.send_out();
        wanted.extend(tagged(self.present.org, effects));
    }

    /// All leave together, once none of them waits for a write.
    fn quit(&mut self, now: Timestamp, wanted: &mut Vec<Wanted>) {
        for one in self.others.iter_mut().filter(|one| !one.app.quitting) {
            let effects = one.app.update(now, Msg::Terminate);
            wanted.extend(tagged(one.org, effects));
        }
        wanted.retain(|(_, effect)| *effect != Effect::Quit);
        if self.apps().all(App::can_leave) {
            wanted.push((self.present.org, Effect::Quit));
        }
    }

    /// Each knows what is marked elsewhere, and the present one where an error waits to be read.
    fn tell_each_other(&mut self) {
        let unread = self.others.iter().find(|one| one.app.notifications.newest_bad().is_some());
        let unread = unread.map(|one| one.org);
        let marks: Vec<(OrgId, usize, String)> = self
            .each()
            .filter(|one| !one.app.model.root.marks.is_empty())
            .map(|one| (one.org, one.app.model.root.marks.len(), one.app.model.organization_name().to_owned()))
            .collect();
        let present = self.present.org;
        for one in iter::once(&mut self.present).chain(&mut self.others) {
            let off_screen = one.org != present;
            let marked = marks.iter().find(|(org, ..)| *org != one.org);
            let marks = marked.map(|(_, count, name)| (*count, name.clone()));
            one.app.elsewhere = Elsewhere { marks, off_screen, unread };
        }
    }
}

fn tagged(org: OrgId, effects: Vec<Effect>) -> impl Iterator<Item = Wanted> {
    effects.into_iter().map(move |effect| (org, effect))
}
