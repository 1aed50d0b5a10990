//! Several organizations side by side: one list, and each write in its own organization.

use jiff::Timestamp;

use super::harness::{Driver, key, start};
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::dashboard::{Dashboard, Wanted};
use crate::app::effect::{Effect, Read};
use crate::app::ids::{OrgId, WriteId};
use crate::app::key::Key;
use crate::app::layers::Layer;
use crate::app::msg::{Geometry, Msg};
use crate::app::notification::Notification;
use crate::app::start::Start;
use crate::app::view::ViewId;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::change::Change;
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::remote_data::ReadId;
use crate::domain::write::{Seen, WriteOutcome, WriteRequest, Written};

pub(crate) const FIRST: OrgId = OrgId(0);
pub(crate) const SECOND: OrgId = OrgId(1);
/// The management account of the second organization.
pub(crate) const OTHER_MANAGEMENT: &str = "121212121212";
/// An account of the second organization, by its name between two of the first.
pub(crate) const SANDBOX_07B: &str = "131313131313";
pub(crate) const OTHER_ADDRESS: &str = "root-sandbox07b@acquired.example";

/// The second organization: the profile `acquired`.
pub(crate) fn acquired() -> World {
    let mut world = World::of(2);
    world.organization.id = "o-acquired01".into();
    world.organization.management_account = id(OTHER_MANAGEMENT);
    world.connection.caller.account = id(OTHER_MANAGEMENT);
    world.connection.caller.arn = format!("arn:aws:sts::{OTHER_MANAGEMENT}:assumed-role/OrgAdmin/alice");
    world.connection.profile = Some("acquired".into());
    let names = [(OTHER_MANAGEMENT, "Acquired Ltd"), (SANDBOX_07B, "sandbox-07b")];
    for (account, (number, name)) in world.accounts.iter_mut().zip(names) {
        (account.id, account.name) = (id(number), name.to_owned());
        account.email = format!("aws+{name}@acquired.example").replace(' ', "");
    }
    world
}

/// Two organizations, and what they want.
pub(crate) struct Several {
    pub(crate) dashboard: Dashboard,
    pub(crate) now: Timestamp,
    worlds: [World; 2],
    pub(crate) reads: Vec<(OrgId, ReadId, Read)>,
    pub(crate) writes: Vec<(OrgId, WriteId, WriteRequest)>,
    /// Everything else.
    pub(crate) wanted: Vec<Wanted>,
}

impl Several {
    pub(crate) fn started(worlds: [World; 2]) -> Self {
        let second = Start { profile: Some("acquired".into()), ..start() };
        let (dashboard, wanted) = Dashboard::new(start(), vec![second]);
        let mut several = Self { dashboard, now: noon(), worlds, reads: vec![], writes: vec![], wanted: vec![] };
        several.take(wanted);
        several.send(FIRST, Msg::Geometry(Geometry { list_rows: 20, ..Geometry::default() }))
    }

    /// Two organizations that AWS has answered everything.
    pub(crate) fn ready() -> Self {
        Self::ready_in([managed(), World { features: managed().features, ..acquired() }])
    }

    pub(crate) fn ready_in(worlds: [World; 2]) -> Self {
        Self::started(worlds).answered()
    }

    /// With everything answered that was asked.
    pub(crate) fn answered(mut self) -> Self {
        while !self.reads.is_empty() {
            self.answer(0, true);
        }
        self
    }

    pub(crate) fn answer(&mut self, which: usize, well: bool) {
        let (org, id, read) = self.reads.remove(which);
        let world = &self.worlds[org.0];
        let answers = if well { world.answers(read) } else { vec![World::failure(read, ApiErrorKind::Throttled)] };
        for answer in answers {
            self.step(org, Msg::Answer(id, answer));
        }
    }

    pub(crate) fn step(&mut self, org: OrgId, msg: Msg) {
        let wanted = self.dashboard.update(self.now, org, msg);
        self.dashboard.recompute();
        self.take(wanted);
        let app = self.dashboard.app();
        if app.has_unread_text() {
            // It is read to its end as soon as it is drawn.
            let drawn = Geometry { dialog_rows: 40, dialog_lines: 20, ..app.geometry() };
            let wanted = self.dashboard.update(self.now, self.dashboard.present(), Msg::Geometry(drawn));
            self.take(wanted);
        }
    }

    fn take(&mut self, wanted: Vec<Wanted>) {
        for (org, effect) in wanted {
            match effect {
                Effect::Read(id, read) => self.reads.push((org, id, read)),
                Effect::Write(id, request) => self.writes.push((org, id, *request)),
                other => self.wanted.push((org, other)),
            }
        }
    }

    pub(crate) fn send(mut self, org: OrgId, msg: Msg) -> Self {
        self.step(org, msg);
        self
    }

    pub(crate) fn press(mut self, keys: &str) -> Self {
        for name in keys.split(' ') {
            self.step(self.dashboard.present(), Msg::Key(key(name)));
        }
        self
    }

    pub(crate) fn types(mut self, text: &str) -> Self {
        for c in text.chars() {
            self.step(self.dashboard.present(), Msg::Key(Key::char(c)));
        }
        self
    }

    pub(crate) fn on(mut self, account: &str) -> Self {
        self = self.press("g");
        for _ in 0..self.rows().len() {
            if self.row() == Some(id(account)) {
                return self;
            }
            self = self.press("j");
        }
        panic!("{account} is not listed: {:?}", self.rows());
    }

    pub(crate) fn rows(&self) -> Vec<AccountId> {
        let app = self.dashboard.app();
        match app.view {
            ViewId::RootAccess => app.model.root.pane.list.rows().to_vec(),
            ViewId::EmailChanges => app.model.board.pane.list.rows().to_vec(),
            _ => app.model.accounts.list.rows().to_vec(),
        }
    }

    fn row(&self) -> Option<AccountId> {
        self.dashboard.app().row_with_cursor()
    }

    pub(crate) fn world(&self, org: OrgId) -> &World {
        &self.worlds[org.0]
    }

    fn ends(self, outcome: WriteOutcome, seen: Seen) -> Self {
        let mut several = self;
        let (org, id, _) = several.writes.remove(0);
        several.send(org, Msg::Written(id, Box::new(Written { outcome, seen })))
    }

    fn notification(&self, org: OrgId) -> Option<&Notification> {
        self.dashboard.app_of(org)?.notifications.current().map(|posted| &posted.notification)
    }
}

/// The change of this account's address is sent, and AWS has not answered.
fn changing(account: &str, address: &str) -> Several {
    Several::ready().on(account).press("e").answered().types(address).press("enter enter")
}

fn sent() -> WriteOutcome {
    WriteOutcome::Taken(Some(EmailChangeStatus::Pending))
}

#[test]
fn one_list_has_the_accounts_of_all_organizations_in_one_order() {
    let several = Several::ready();
    let rows = several.rows();
    assert_eq!(rows.len(), 10);
    let place = |account: &str| rows.iter().position(|row| *row == id(account));
    assert!(place(SANDBOX_07) < place(SANDBOX_07B) && place(SANDBOX_07B) < place(SANDBOX_08), "{rows:?}");
    let reversed = several.press("S").rows();
    assert_eq!(reversed, rows.into_iter().rev().collect::<Vec<_>>());
}

#[test]
fn the_organization_of_the_row_with_the_cursor_is_the_present_one() {
    let several = Several::ready().on(SANDBOX_07);
    assert_eq!(several.dashboard.present(), FIRST);
    let several = several.press("j");
    assert_eq!((several.dashboard.present(), several.dashboard.app().selected_id()), (SECOND, Some(id(SANDBOX_07B))));
    assert_eq!(several.dashboard.app().details, Some(id(SANDBOX_07B)));
    let several = several.press("j");
    assert_eq!((several.dashboard.present(), several.dashboard.app().selected_id()), (FIRST, Some(id(SANDBOX_08))));
}

#[test]
fn a_key_goes_to_the_next_organization_in_every_view() {
    for view in ["1", "2", "3", "4", "5", "6"] {
        let several = Several::ready().on(SANDBOX_07).press(view).press("W");
        assert_eq!(several.dashboard.present(), SECOND, "view {view}");
        let several = several.press("W");
        assert_eq!(several.dashboard.present(), FIRST, "view {view}");
    }
}

#[test]
fn a_change_goes_to_the_organization_of_its_account() {
    for (account, address, org) in [(SANDBOX_07, NEW, FIRST), (SANDBOX_07B, OTHER_ADDRESS, SECOND)] {
        let several = changing(account, address);
        let sent: Vec<_> = several.writes.iter().map(|(org, _, request)| (*org, request.change.account())).collect();
        assert_eq!(sent, [(org, Some(id(account)))]);
    }
}

#[test]
fn below_a_dialog_the_organization_stays() {
    let mut several = Several::ready().on(SANDBOX_07B).press("r ?");
    // The account is listed no more, so the cursor is on a row of the other organization now.
    several.worlds[1].accounts.retain(|account| account.id != id(SANDBOX_07B));
    let several = several.answered();
    assert!(!several.rows().contains(&id(SANDBOX_07B)));
    assert_eq!((several.dashboard.present(), several.dashboard.app().selected_id()), (SECOND, None));
    let several = several.press("esc");
    assert_eq!((several.dashboard.present(), several.dashboard.app().selected_id()), (FIRST, several.row()));
}

#[test]
fn a_late_answer_reaches_the_organization_that_asked() {
    // Away from it, before AWS answers.
    let several = changing(SANDBOX_07B, OTHER_ADDRESS).press("esc").on(SANDBOX_07);
    assert_eq!(several.dashboard.present(), FIRST);
    let several = several.ends(sent(), Driver::seen(EmailChangeStatus::Pending));
    let told = several.notification(SECOND);
    assert!(matches!(told, Some(Notification::OtpSent(account, _)) if *account == id(SANDBOX_07B)), "{told:?}");
    assert_eq!(several.notification(FIRST), None);
}

#[test]
fn an_error_elsewhere_is_read_in_its_organization() {
    let several = changing(SANDBOX_07B, OTHER_ADDRESS).press("esc").on(SANDBOX_07);
    let several = several.ends(WriteOutcome::Refused(api_error(ApiErrorKind::Invalid)), Seen::Nothing);
    assert_eq!(several.dashboard.present(), FIRST);
    let several = several.press("!");
    assert_eq!(several.dashboard.present(), SECOND);
    assert!(matches!(several.dashboard.app().layers.last(), Some(Layer::Notification(_))));
}

#[test]
fn a_batch_over_marks_of_two_organizations_is_refused() {
    for command in ["a", "d", "e"] {
        let view = if command == "e" { "1" } else { "3" };
        let several = Several::ready().press(view).on(SANDBOX_07).press("space").on(SANDBOX_07B).press("space");
        assert_eq!(several.dashboard.apps().map(|app| app.model.root.marks.len()).sum::<usize>(), 2);
        let several = several.press(command);
        let told = several.notification(several.dashboard.present());
        let is_refused = |why: &DisabledReason| matches!(why, DisabledReason::MarksElsewhere(1, _));
        assert!(matches!(told, Some(Notification::Unavailable(_, why)) if is_refused(why)), "{command}: {told:?}");
        assert!(several.dashboard.app().layers.is_empty());
    }
}

#[test]
fn an_organization_that_cannot_be_reached_leaves_the_others_alone() {
    let mut several = Several::started([managed(), acquired()]);
    while let Some(place) = several.reads.iter().position(|(org, _, read)| *org == FIRST && *read == Read::Connect) {
        let (org, id, read) = several.reads.remove(place);
        several.step(org, Msg::Answer(id, World::failure(read, ApiErrorKind::ExpiredCredentials)));
    }
    let several = several.answered();
    assert_eq!(several.rows(), [OTHER_MANAGEMENT, SANDBOX_07B].map(id));
    assert_eq!(several.dashboard.present(), SECOND);
    // It can be gone to, to read why.
    let several = several.press("W");
    assert_eq!((several.dashboard.present(), several.dashboard.app().selected_id()), (FIRST, None));
    assert_eq!(several.press("W").dashboard.present(), SECOND);
}

#[test]
fn the_same_organization_through_two_profiles_is_listed_once() {
    let several = Several::ready_in([managed(), managed()]);
    assert_eq!(several.rows().len(), managed().accounts.len());
}

#[test]
fn the_filter_and_the_order_hold_for_all_organizations() {
    let several = Several::ready().press("/").types("sandbox-07").press("enter");
    assert_eq!(several.rows(), [SANDBOX_07, SANDBOX_07B].map(id));
    let several = several.press("esc /").types("org:acq").press("enter");
    assert_eq!(several.rows(), [OTHER_MANAGEMENT, SANDBOX_07B].map(id));
    assert_eq!(several.dashboard.present(), SECOND);
}

#[test]
fn quitting_waits_for_the_writes_of_all_organizations() {
    let several = changing(SANDBOX_07B, OTHER_ADDRESS).press("esc").on(SANDBOX_07).press("q");
    let quits = |several: &Several| several.wanted.iter().filter(|(_, effect)| *effect == Effect::Quit).count();
    assert_eq!(quits(&several), 0);
    let several = several.ends(sent(), Seen::Nothing);
    assert_eq!(quits(&several), 1);
}

#[test]
fn other_profiles_are_not_chosen_where_the_start_has_named_several() {
    let several = Several::ready().press("w");
    let told = several.notification(several.dashboard.present());
    let why = DisabledReason::SeveralOrganizations;
    assert!(matches!(told, Some(Notification::Unavailable(CommandId::ChooseProfile, because)) if *because == why));
}

#[test]
fn one_organization_is_as_before() {
    let (mut dashboard, wanted) = Dashboard::new(start(), vec![]);
    assert!(wanted.iter().all(|(org, _)| *org == FIRST));
    assert!(!dashboard.has_several() && dashboard.app().model.start.place.is_none());
    dashboard.update(noon(), FIRST, Msg::Key(key("W")));
    let told = dashboard.app().notifications.current().map(|posted| &posted.notification);
    assert!(matches!(told, Some(Notification::Unavailable(_, DisabledReason::OneOrganization))), "{told:?}");
}

/// Of a change, what it is about: an account of this organization, or the organization itself.
pub(crate) fn is_of(world: &World, change: &Change) -> bool {
    change.account().is_none_or(|account| world.accounts.iter().any(|known| known.id == account))
}
