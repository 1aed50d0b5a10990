//! Pictures of the views and of what is on every screen.

use super::picture::{ASCII, COLOURLESS, Scene, picture};
use crate::app::effect::Read;
use crate::app::msg::{Answer, Msg};
use crate::app::start::Start;
use crate::app::tests::harness::{Driver, start};
use crate::app::tests::world::*;
use crate::domain::account::Account;
use crate::domain::account::AccountState;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::caller::OrgRole;
use crate::domain::email_change::{EmailChangeStatus, StartedProgress};
use crate::domain::mail::Mail;
use crate::domain::permit::Rules;
use crate::domain::stored::Stored;
use crate::domain::write::WriteOutcome;

const ALL: &[(u16, u16)] = &[(60, 15), (80, 24), (81, 24), (120, 36), (200, 50)];
const SOME: &[(u16, u16)] = &[(60, 15), (120, 36)];

fn starting() -> Driver {
    Driver::started(start(), World::default()).asks(&[Read::Stored, Read::Connect])
}

/// Four changes on their way, each of another kind.
fn with_changes() -> World {
    let mut world = World::default();
    let pending = started("2025-03-14T13:14:00Z", StartedProgress::Pending);
    let mut expired = started("2025-03-12T13:14:00Z", StartedProgress::Pending);
    expired.account = id(SANDBOX_08);
    world.stored = Stored { started: vec![pending, expired], listing: None, ..Stored::default() };
    world.changes.insert(id(SANDBOX_07), EmailChangeStatus::Pending);
    world.changes.insert(id(SANDBOX_08), EmailChangeStatus::Pending);
    world.changes.insert(id(KENSHO), EmailChangeStatus::Pending);
    world.changes.insert(id(LONG), EmailChangeStatus::Accepted);
    world
}

fn mailbox() -> Driver {
    let mail =
        |subject: &str, sent| Mail { to: NEW.into(), subject: subject.into(), body: mail(NEW), sent: time(sent) };
    let mails = vec![
        mail("Welcome to Amazon Web Services", "2025-03-14T09:00:00Z"),
        mail("Verify your new AWS account root user email address", "2025-03-14T14:01:00Z"),
    ];
    Driver::ready_with(Start { demo: true, ..start() }, World::default()).press("7").send(Msg::Mail(mails))
}

#[test]
fn the_first_frame() {
    Scene::of("first frame", starting).at(ALL);
}

#[test]
fn the_first_frame_with_a_kept_listing() {
    let kept = || {
        let world = World::default();
        let listing = Some((time("2025-03-14T11:00:00Z"), Account::shared(&world.accounts)));
        Driver::started(start(), World { stored: Stored { started: vec![], listing, ..Stored::default() }, ..world })
            .asks(&[Read::Stored, Read::Connect])
            .aws_answers_to(Read::Stored)
    };
    Scene::of("kept listing", kept).at(SOME);
}

#[test]
fn the_age_of_a_kept_listing_reads_well() {
    for (at, age) in [
        ("2025-03-14T14:01:30Z", "cached just now"),
        ("2025-03-14T13:57:00Z", "cached 5min ago"),
        ("2025-03-14T11:00:00Z", "cached 3h ago"),
        ("2025-03-02T11:00:00Z", "cached 12days ago"),
    ] {
        let world = World::default();
        let stored = Stored { listing: Some((time(at), Account::shared(&world.accounts))), ..Stored::default() };
        let kept = Driver::started(start(), World { stored, ..world })
            .asks(&[Read::Stored, Read::Connect])
            .aws_answers_to(Read::Stored);
        let text = super::picture::picture(kept, (80, 24));
        assert!(text.lines().next().is_some_and(|header| header.contains(&format!("{age} "))), "{text}");
    }
}

#[test]
fn while_the_accounts_are_read() {
    let reading = || {
        let world = World::default();
        let first = crate::app::msg::Answer::AccountPages(Account::shared(&world.accounts[..3]));
        starting()
            .aws_answers_to(Read::Stored)
            .aws_answers_to(Read::Connect)
            .asks(&[Read::Organization, Read::Accounts, Read::TrustedAccess, Read::RootFeatures])
            .asks(&[Read::DelegatedAdministrators, Read::UnitNames])
            .answers(Read::Accounts, first)
    };
    Scene::of("loading", reading).at(SOME);
}

#[test]
fn the_accounts_and_the_details_of_one() {
    let scene = Scene::of("accounts", || Driver::ready().on(SANDBOX_07).press("v").aws_answers());
    scene.at(ALL);
    scene.drawn_as("colourless", COLOURLESS).at(&[(80, 24), (120, 36)]);
    scene.drawn_as("ascii", ASCII).at(&[(80, 24), (120, 36)]);
}

/// The optional columns on these lines of the menu.
fn with_columns(keys: &'static str) -> impl Fn() -> Driver {
    move || Driver::ready_in(with_changes()).on(SANDBOX_07).press(keys)
}

#[test]
fn the_columns_of_the_accounts_are_chosen() {
    const TWO: &[(u16, u16)] = &[(80, 24), (120, 36)];
    Scene::of("columns menu", with_columns("c j space j j space")).at(&[(60, 15), (80, 24), (120, 36)]);
    let all = "c j space j space j space j space j space j space enter";
    Scene::of("columns all", with_columns(all)).at(&[(80, 24), (120, 36), (200, 50)]);
    Scene::of("columns method", with_columns("c j j j j j space enter")).at(TWO);
    Scene::of("sort menu", with_columns("S s")).at(&[(60, 15), (80, 24), (120, 36)]);
    Scene::of("sorted by a hidden column", with_columns("s g j j j enter S")).at(TWO);
    Scene::of("units", with_columns("B j j")).at(&[(60, 15), (80, 24), (120, 36)]);
}

#[test]
fn columns_without_room_are_said_to_be_hidden() {
    let all = || with_columns("c j space j space j space j space j space j space enter")();
    let first = |size| picture(all(), size).lines().nth(2).unwrap_or_default().to_owned();
    assert!(first((60, 15)).contains("columns hidden: too narrow"), "{}", first((60, 15)));
    assert!(!first((200, 50)).contains("hidden"), "{}", first((200, 50)));
}

#[test]
fn one_long_state_takes_room_from_its_own_row_only() {
    let with = |state: AccountState| {
        let mut world = World::default();
        for account in world.accounts.iter_mut().filter(|account| account.id == id(SANDBOX_08)) {
            account.state = state.clone();
        }
        picture(Driver::ready_in(world), (60, 15))
    };
    let (long, short) = (with(AccountState::PendingActivation), with(AccountState::Suspended));
    let row = |text: &str, id: &str| text.lines().find(|row| row.contains(id)).unwrap_or_default().to_owned();
    assert!(row(&long, SANDBOX_08).contains("PENDING_ACTIVATION"), "{long}");
    assert_eq!(row(&long, SANDBOX_07), row(&short, SANDBOX_07));
}

#[test]
fn the_accounts_with_changes_of_every_kind() {
    let on = |account: &'static str| move || Driver::ready_in(with_changes()).on(account);
    Scene::of("pending", on(SANDBOX_07)).at(&[(80, 24), (120, 36)]);
    Scene::of("expired", on(SANDBOX_08)).at(&[(120, 36)]);
    let asked =
        |account: &'static str| move || Driver::ready_in(with_changes()).on(account).press("enter").aws_answers();
    Scene::of("unknown address", asked(KENSHO)).at(SOME);
    let accepted = move || {
        let follow = crate::app::effect::Wake::Follow(id(LONG));
        let driver = Driver::ready_in(with_changes()).on(LONG).press("v");
        let asks = [Read::PrimaryEmail(id(LONG)), Read::EmailChange(id(LONG))];
        let driver = driver.asks(&asks).aws_answers_to(asks[0]).aws_answers_to(asks[1]);
        driver.wants(&crate::app::effect::Effect::Wake(std::time::Duration::from_secs(5), follow))
    };
    Scene::of("accepted and long", accepted).at(&[(80, 24), (120, 36)]);
}

#[test]
fn accounts_that_can_not_be_changed() {
    Scene::of("management account", || Driver::ready().on(MANAGEMENT).press("e")).at(&[(80, 24), (120, 36)]);
    Scene::of("closed account", || Driver::ready().on(CLOSED).press("l")).at(SOME);
}

#[test]
fn an_address_that_differs_from_the_listing_is_a_finding() {
    let mut world = World::default();
    world.primary.insert(id(SANDBOX_07), NEW.into());
    Scene::of("difference", move || Driver::ready_in(world.clone()).on(SANDBOX_07).press("v").aws_answers())
        .at(&[(120, 36)]);
}

#[test]
fn the_filter_being_typed_and_kept() {
    let scene = Scene::of("filter", || Driver::ready().press("/").types("sand 4444"));
    scene.at(SOME);
    scene.drawn_as("colourless", COLOURLESS).at(&[(120, 36)]);
    Scene::of("filter kept", || Driver::ready().press("/").types("kensho").press("enter")).at(SOME);
    Scene::of("no match", || Driver::ready().press("/").types("zzz").press("enter")).at(SOME);
}

#[test]
fn a_long_list_scrolled() {
    Scene::of("scrolled", || Driver::ready_in(World::of(200)).press("G k k")).at(&[(80, 24), (120, 36)]);
}

#[test]
fn panes_of_a_narrow_screen() {
    Scene::of("details pane", || Driver::ready().on(SANDBOX_07).press("enter").aws_answers()).at(&[(60, 15), (80, 24)]);
    Scene::of("switches pane", || Driver::ready().press("l l j")).at(&[(60, 15), (80, 24), (120, 36)]);
}

#[test]
fn no_credentials() {
    let scene = Scene::of("no credentials", || {
        let failed = starting().aws_answers_to(Read::Stored).fails(Read::Connect, ApiErrorKind::NoCredentials);
        failed.asks(&[Read::Profiles]).aws_answers_to(Read::Profiles)
    });
    scene.at(ALL);
    scene.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
}

#[test]
fn a_refresh_that_failed() {
    let failed = || {
        let driver = Driver::ready().press("r").asks(&[
            Read::Organization,
            Read::Accounts,
            Read::UnitNames,
            Read::TrustedAccess,
            Read::RootFeatures,
            Read::DelegatedAdministrators,
        ]);
        driver.fails(Read::TrustedAccess, ApiErrorKind::AccessDenied).fails(Read::Accounts, ApiErrorKind::Throttled)
    };
    Scene::of("failed refresh", failed).at(SOME);
}

#[test]
fn the_organization() {
    let scene = Scene::of("organization", || Driver::ready().press("4"));
    scene.at(ALL);
    scene.drawn_as("ascii", ASCII).at(&[(120, 36)]);
    Scene::of("organization feature", || Driver::ready_in(World::untrusting()).press("4 j j")).at(SOME);
    Scene::of("organization delegate", || Driver::ready().press("4 G")).at(SOME);
}

#[test]
fn the_mailbox() {
    Scene::of("mailbox", mailbox).at(ALL);
    Scene::of("empty mailbox", || Driver::ready_with(Start { demo: true, ..start() }, World::default()).press("7"))
        .at(&[(80, 24)]);
}

#[test]
fn headers_of_other_callers() {
    let delegate = || {
        let mut world = World { org_role: OrgRole::Delegated(vec![service()]), ..World::default() };
        world.connection.endpoint = Some("http://127.0.0.1:4599".into());
        world.connection.region_assumed = true;
        let rules = Rules { read_only: true, ..Rules::default() };
        Driver::ready_with(Start { rules, ..start() }, world)
    };
    Scene::of("read-only delegate", delegate).at(&[(60, 15), (80, 24), (120, 36)]);
}

fn service() -> crate::domain::trusted_access::ServicePrincipal {
    crate::domain::trusted_access::ServicePrincipal::account_management()
}

#[test]
fn leaving_while_a_write_is_in_progress() {
    let leaving = || Driver::awaiting_code().with_code().press("enter enter").writes().press("esc ctrl-c");
    Scene::of("leaving", leaving).at(SOME);
}

#[test]
fn news_above_the_footer() {
    let bad = || Driver::ready().send(Msg::Local(ApiError::new("store:open", ApiErrorKind::Local, "the disk is full")));
    Scene::of("bad news", bad).at(SOME);
    Scene::of("neutral news", || Driver::ready().press("Z")).at(&[(60, 15)]);
    let reported = || {
        let refused = WriteOutcome::Refused(api_error(ApiErrorKind::Conflict));
        let driver = Driver::ready().on(SANDBOX_07).press("e").types(NEW).press("enter enter").writes().press("esc");
        driver.ends(refused, Driver::seen(EmailChangeStatus::None))
    };
    Scene::of("write trouble", reported).at(SOME);
    Scene::of("write trouble read", move || reported().press("!")).at(SOME);
}

#[test]
fn a_failure_that_is_cut_still_tells_what_failed_and_the_code_of_aws() {
    let refused = ApiError {
        operation: "account:GetPrimaryEmailUpdateStatus",
        code: Some("AccessDeniedException".into()),
        message: "User is not authorized to perform: account:GetPrimaryEmailUpdateStatus".into(),
        ..api_error(ApiErrorKind::AccessDenied)
    };
    let driver = Driver::ready().send(Msg::Local(refused));
    let text = super::picture::picture(driver, (80, 24));
    assert!(text.contains("!! account:GetPrimaryEmailUpdateStatus: AccessDenied"), "{text}");
}

#[test]
fn what_is_open_is_not_offered_to_be_opened() {
    let view_3: fn() -> Driver = || Driver::ready().press("3");
    for (view, title) in [(view_3, "enter open"), (super::journal::view_6, "enter details")] {
        let footer = |driver: Driver| super::picture::picture(driver, (80, 24)).lines().nth(23).map(ToOwned::to_owned);
        assert!(footer(view()).is_some_and(|footer| footer.contains(title)));
        let open = footer(view().press("enter")).unwrap_or_default();
        assert!(!open.contains(title) && open.contains("? help"), "{open}");
    }
}

#[test]
fn screens_that_are_too_small() {
    Scene::of("too small", Driver::ready).at(&[(29, 10), (60, 5), (5, 1)]);
    Scene::of("smallest", || Driver::ready().on(SANDBOX_07)).at(&[(30, 6)]);
}

#[test]
fn the_account_that_acts_is_whole_in_the_header_of_every_width() {
    for width in [60, 70, 80, 81, 100, 120, 200] {
        let text = super::picture::picture(Driver::ready(), (width, 24));
        let header = text.lines().next().unwrap_or_default();
        assert!(header.contains("111122223333 management"), "{header}");
        assert!(header.contains("WRITE") && header.contains("as of 14:02"), "{header}");
    }
}

#[test]
fn a_long_endpoint_leaves_the_account_and_what_it_may_do_in_the_header() {
    let endpoint = "https://vpce-0a1b2c3d4e5f67890-abcdefgh.organizations.us-east-1.vpce.amazonaws.com:8443/stage";
    for (read_only, badge) in [(false, "WRITE"), (true, "READ-ONLY")] {
        for width in [60, 70, 80, 81, 100, 120, 150, 200] {
            let mut world = World::default();
            world.connection.endpoint = Some(endpoint.into());
            let rules = Rules { read_only, ..Rules::default() };
            let text = super::picture::picture(Driver::ready_with(Start { rules, ..start() }, world), (width, 24));
            let header = text.lines().next().unwrap_or_default();
            assert!(header.contains("rootdeck  ") && header.contains("111122223333"), "{header}");
            assert!(header.contains(badge) && header.contains("as of 14:02"), "{header}");
            assert!(header.contains("! htt") && header.contains("ge "), "{header}");
        }
    }
}

#[test]
fn the_one_time_password_of_a_mail_can_be_read_on_every_usable_screen() {
    for size in [(60, 15), (80, 24), (120, 36)] {
        assert!(super::picture::words(mailbox(), size).contains(CODE), "{size:?}");
    }
}

#[test]
fn what_was_not_read_is_not_said_to_be_none() {
    let text = super::picture::picture(starting(), (80, 24));
    assert!(!text.contains("Accounts · 0"), "{text}");
}

#[test]
fn without_credentials_what_fixes_it_is_on_the_smallest_usable_screen_too() {
    let tried = "no credentials found in chain. Attempted: ".to_owned() + &"Provider: not configured; ".repeat(12);
    for message in ["AWS's own words".to_owned(), tried] {
        let error = ApiError {
            operation: "credentials",
            kind: ApiErrorKind::NoCredentials,
            code: None,
            message,
            request_id: None,
        };
        let failed = starting().aws_answers_to(Read::Stored).answers(Read::Connect, Answer::Connected(Err(error)));
        let text = picture(failed.asks(&[Read::Profiles]).aws_answers_to(Read::Profiles), (60, 15));
        assert!(text.contains("aws sso login --profile prod") && text.contains("r retry"), "{text}");
    }
}
