//! Pictures of the dialogs and readers.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::picture::{ASCII, COLOURED, COLOURLESS, Scene, drawn, picture, words};
use crate::app::effect::Read;
use crate::app::layers::Layer;
use crate::app::msg::Answer;
use crate::app::reading::Reading;
use crate::app::start::Start;
use crate::app::tests::harness::{Driver, refused, start};
use crate::app::tests::world::*;
use crate::app::view::ViewId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::mfa::MfaCode;
use crate::domain::permit::Rules;
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::write::{Seen, WriteOutcome};

const ALL: &[(u16, u16)] = &[(60, 15), (80, 24), (81, 24), (120, 36), (200, 50)];
const SOME: &[(u16, u16)] = &[(60, 15), (80, 24)];

fn email_dialog() -> Driver {
    Driver::ready().on(SANDBOX_07).press("e")
}

fn confirm_strong() -> Driver {
    Driver::ready_in(World { delegates: vec![], ..World::default() }).press("t j enter")
}

fn confirm_mild() -> Driver {
    Driver::ready().press("t j j j enter")
}

fn confirm_refused() -> Driver {
    Driver::ready_in(World::untrusting()).press("t j j enter")
}

fn lost() -> Driver {
    let seen = Driver::seen(EmailChangeStatus::Pending);
    email_dialog()
        .types(NEW)
        .press("enter enter")
        .writes()
        .ends(WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout)), seen)
}

pub(super) fn wrong_code() -> Driver {
    let seen = Driver::seen(EmailChangeStatus::Pending);
    Driver::awaiting_code()
        .with_code()
        .press("enter enter")
        .writes()
        .ends(refused(api_error(ApiErrorKind::Invalid)), seen)
}

fn waiting() -> Driver {
    let seen = Seen::RootFeatures(Ok(RootFeatures::Enabled(vec![])));
    let look = crate::app::effect::Wake::LookAt(crate::domain::change::Switch::RootFeature(RootFeature::RootSessions));
    confirm_mild()
        .press("enter")
        .writes()
        .ends(WriteOutcome::Taken(None), seen)
        .wants(&crate::app::effect::Effect::Wake(std::time::Duration::from_secs(5), look))
}

/// Also where another copy of the program, or another machine, started it.
#[test]
fn a_start_tells_which_open_change_it_replaces() {
    let open = || Driver::awaiting_code().press("esc").on(SANDBOX_07).press("e");
    for &(width, height) in SOME {
        let text = words(open(), (width, height));
        assert!(text.contains(&format!("A change to {NEW} is open (PENDING).")), "{text}");
        let text = words(open().types("other@corp.example"), (width, height));
        assert!(text.contains("no longer valid"), "{text}");
        let text = words(open().types(NEW), (width, height));
        assert!(text.contains("This change is already open."), "{text}");
        let text = words(email_dialog(), (width, height));
        assert!(!text.contains("is open"), "{text}");
    }
}

#[test]
fn the_confirmation_of_a_switch() {
    Scene::of("confirm mild", confirm_mild).at(ALL);
    let reason = || confirm_mild().press("ctrl-r").types("OPS-7 new owner");
    Scene::of("reason", reason).at(SOME);
    Scene::of("reason too long", || confirm_mild().press("ctrl-r").types(&"OPS-7 ".repeat(43))).at(SOME);
    Scene::of("confirm with reason", move || reason().press("enter enter")).at(SOME);
    let service = || Driver::ready().press("4 g D");
    Scene::of("delegate asked", service).at(SOME);
    let suggested = || Driver::ready().press("4 g D").types("sandbox").press("down");
    Scene::of("delegate suggested", suggested).at(SOME);
    Scene::of("delegate named", || Driver::ready().press("4 g D").types("sandbox-07")).at(SOME);
    let confirmed = || Driver::ready().press("4 g D").types("sandbox-07").press("enter enter");
    Scene::of("delegate confirmed", confirmed).at(ALL);
    let rules = Rules { reason_required: true, ..Rules::default() };
    let required = move || {
        let driver = Driver::ready_with(Start { rules: rules.clone(), ..start() }, World::default());
        driver.press("4 g D").types("sandbox-07").press("enter enter").types(SANDBOX_07).press("enter")
    };
    Scene::of("reason required", required).at(SOME);
    Scene::of("delegate row", || Driver::ready().press("4 G")).at(ALL);
    Scene::of("delegate deregistered", || Driver::ready().press("4 G D")).at(SOME);
    let strong = Scene::of("confirm strong", confirm_strong);
    strong.at(ALL);
    strong.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
    strong.drawn_as("ascii", ASCII).at(&[(80, 24)]);
    Scene::of("confirm strong typed", || confirm_strong().types("iam.amazonaws.com").press("enter")).at(SOME);
    Scene::of("confirm needs trusted access", confirm_refused).at(SOME);
    Scene::of("confirm waiting", waiting).at(SOME);
    Scene::of("confirm sending", || confirm_mild().press("enter").writes()).at(SOME);
    let trouble = || {
        let denied = refused(api_error(ApiErrorKind::AccessDenied));
        confirm_mild().press("enter").writes().ends(denied, Seen::RootFeatures(Ok(RootFeatures::Enabled(vec![]))))
    };
    Scene::of("confirm refused by AWS", trouble).at(SOME);
    let first = || Driver::ready_in(World::untrusting()).on(SANDBOX_07).press("e");
    Scene::of("email needs trusted access", first).at(SOME);
}

#[test]
fn the_dialog_of_the_new_address() {
    Scene::of("email empty", email_dialog).at(ALL);
    Scene::of("email wrong", || email_dialog().types("root@")).at(SOME);
    Scene::of("email same", || email_dialog().types(OLD)).at(SOME);
    Scene::of("email used", || email_dialog().types("aws+sandbox08@example.com")).at(SOME);
    let new_domain = Scene::of("email new domain", || email_dialog().types(ELSEWHERE).press("enter"));
    new_domain.at(ALL);
    new_domain.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
    Scene::of("email vouched", || email_dialog().types(ELSEWHERE).press("enter space")).at(SOME);
    Scene::of("email unusual", || email_dialog().types("o'brien@example.com").press("enter")).at(SOME);
    let both = || email_dialog().types("a..b@corp.example").press("enter space enter");
    Scene::of("email unusual and new domain", both).at(SOME);
    let good = Scene::of("email good", || email_dialog().types(NEW).press("enter"));
    good.at(ALL);
    good.drawn_as("ascii", ASCII).at(&[(80, 24)]);
    let long = "a-very-long-mailbox-name-of-52-characters-in-all-abc@example.com";
    Scene::of("email long", move || email_dialog().types(long)).at(SOME);
    Scene::of("email sending", || email_dialog().types(NEW).press("enter enter").writes()).at(SOME);
    let conflict = || {
        let refused = refused(api_error(ApiErrorKind::Conflict));
        email_dialog().types(NEW).press("enter enter").writes().ends(refused, Driver::seen(EmailChangeStatus::None))
    };
    Scene::of("email refused by AWS", conflict).at(SOME);
    Scene::of("email lost", lost).at(SOME);
    Scene::of("email of the long account", || Driver::ready().on(LONG).press("e").types(NEW)).at(SOME);
}

#[test]
fn the_dialog_of_the_one_time_password() {
    let typed = || Driver::awaiting_code().with_code();
    let empty = Scene::of("otp empty", Driver::awaiting_code);
    empty.at(ALL);
    empty.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
    Scene::of("otp typed", typed).at(SOME);
    Scene::of("otp typed button", move || typed().press("enter")).at(SOME);
    Scene::of("otp revealed", move || typed().press("ctrl-t")).at(SOME);
    Scene::of("otp wrong code", wrong_code).at(ALL);
    Scene::of("otp expired", expired_code).at(SOME);
    Scene::of("otp pasted", || Driver::awaiting_code().pastes(&mail(NEW))).at(SOME);
    Scene::of("otp foreign mail", || Driver::awaiting_code().pastes(&mail("root@stranger.example"))).at(SOME);
    Scene::of("otp sending", move || typed().press("enter enter").writes()).at(SOME);
    let throttled = move || {
        let pending = Driver::seen(EmailChangeStatus::Pending);
        typed().press("enter enter").writes().ends(WriteOutcome::Failed(api_error(ApiErrorKind::Throttled)), pending)
    };
    Scene::of("otp throttled", throttled).at(SOME);
    let resent = || {
        let pending = Driver::seen(EmailChangeStatus::Pending);
        let driver = Driver::awaiting_code().press("tab tab enter").writes();
        driver.ends(WriteOutcome::Taken(Some(EmailChangeStatus::Pending)), pending)
    };
    Scene::of("otp resent", resent).at(SOME);
}

#[test]
fn texts_to_read_and_lists_to_choose_from() {
    Scene::of("help", || Driver::ready().press("?")).at(ALL);
    Scene::of("help scrolled", || Driver::ready().press("?").send(rows()).press("G")).at(&[(60, 15)]);
    Scene::of("help in a dialog", || Driver::awaiting_code().press("?")).at(SOME);
    let palette = Scene::of("palette", || Driver::ready().on(KENSHO).press(":"));
    palette.at(ALL);
    palette.drawn_as("colourless", COLOURLESS).at(&[(80, 24)]);
    Scene::of("palette searched", || Driver::ready().on(KENSHO).press(":").types("email change")).at(SOME);
    Scene::of("palette nothing", || Driver::ready().press(":").types("zzz")).at(&[(80, 24)]);
    Scene::of("switches menu", || Driver::ready().press("t j")).at(SOME);
    Scene::of("copy menu", || Driver::ready().on(LONG).press("y j")).at(SOME);
    let error = || {
        let driver = Driver::ready().on(SANDBOX_07).press("v");
        let asks = [crate::app::effect::Read::PrimaryEmail(id(SANDBOX_07))];
        let other = crate::app::effect::Read::EmailChange(id(SANDBOX_07));
        driver.asks(&asks).asks(&[other]).fails(asks[0], ApiErrorKind::AccessDenied).press("!")
    };
    Scene::of("error reader", error).at(ALL);
}

#[test]
fn profiles_and_signing_in() {
    let listed = |driver: Driver| driver.asks(&[Read::Profiles]).aws_answers_to(Read::Profiles);
    Scene::of("profiles", move || listed(Driver::ready().press("w"))).at(ALL);
    Scene::of("profiles being read", || Driver::ready().press("w").asks(&[Read::Profiles])).at(&[(80, 24)]);
    Scene::of("profiles searched", move || listed(Driver::ready().press("w")).types("zz")).at(&[(80, 24)]);
    Scene::of("sign in menu", move || listed(Driver::ready().press("I"))).at(SOME);
    let mfa = Start { profile: Some("mfa".into()), ..start() };
    let wanted = move || listed(Driver::ready_with(mfa.clone(), World::default()).press("I"));
    let code = Scene::of("mfa code", {
        let wanted = wanted.clone();
        move || wanted().types("123")
    });
    code.at(ALL);
    let refused = move || {
        let code = MfaCode::parse("123456").expect("a code");
        let driver = wanted().types("123456").press("enter enter").connects(&code);
        let refused = ApiError {
            code: Some("AccessDenied".into()),
            ..ApiError::new(
                "sts:AssumeRole",
                ApiErrorKind::MfaCodeNeeded,
                "MultiFactorAuthentication failed with invalid MFA one time pass code.",
            )
        };
        driver.answers(Read::Connect, Answer::Connected(Err(refused)))
    };
    Scene::of("mfa code refused", refused).at(SOME);
}

fn rows() -> crate::app::msg::Msg {
    let geometry = crate::app::msg::Geometry { list_rows: 8, dialog_rows: 12, dialog_lines: 40, ..Default::default() };
    crate::app::msg::Msg::Geometry(geometry)
}

/// Where the cursor stands in the picture, and the text of that row from there on.
fn at_the_cursor(driver: &Driver, (width, height): (u16, u16)) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let drawn = crate::ui::draw(&driver.app, COLOURED, area, &mut buffer);
    let cursor = drawn.cursor.expect("a cursor");
    (cursor.x..width).filter_map(|x| buffer.cell((x, cursor.y))).map(ratatui::buffer::Cell::symbol).collect()
}

#[test]
fn the_cursor_stands_on_the_question_of_a_new_domain_wherever_it_is_drawn() {
    let long = "root-of-a-rather-long-mailbox-name@subsidiary.corp.example";
    for address in [ELSEWHERE, long] {
        for size in [(30, 6), (40, 12), (60, 15), (80, 24), (200, 50)] {
            let driver = email_dialog().types(address).press("enter");
            let text = at_the_cursor(&driver, size);
            assert!(text.starts_with("[ ] "), "{address} at {size:?}: {text}");
        }
    }
}

pub(super) fn expired_code() -> Driver {
    let error = ApiError {
        code: Some("ValidationException".into()),
        ..ApiError::new("account:AcceptPrimaryEmailUpdate", ApiErrorKind::Invalid, "The OTP has expired.")
    };
    let driver = Driver::awaiting_code().with_code().press("enter enter").writes();
    driver.ends(refused(error), Driver::seen(EmailChangeStatus::Pending))
}

#[test]
fn an_expired_code_is_told_from_a_wrong_one_and_what_to_do_is_said_once() {
    let times = |text: &str, part: &str| text.matches(part).count();
    let (wrong, expired) = (words(wrong_code(), (120, 36)), words(expired_code(), (120, 36)));
    assert_eq!((times(&wrong, "newest mail"), times(&wrong, "expired")), (1, 0), "{wrong}");
    assert_eq!((times(&expired, "It is wrong"), times(&expired, "Request a new one")), (0, 1), "{expired}");
    assert!(expired.contains("The one-time password has expired"), "{expired}");
}

#[test]
fn no_dialog_loses_its_field_or_its_buttons_on_a_low_screen() {
    type Dialog<'a> = (&'a str, fn() -> Driver, &'a [&'a str]);
    let dialogs: &[Dialog<'_>] = &[
        ("mild", confirm_mild, &["[ Cancel ]", "[ Enable ]"]),
        ("strong", confirm_strong, &["Type iam.amazonaws.com", "[ Cancel ]", "[ Disable ]"]),
        ("refused", confirm_refused, &["Not available", "[ Cancel ]", "[ Enable it first ]"]),
        ("email", || email_dialog().types(ELSEWHERE), &["New", "[ ] ", "[ Cancel ]", "[ Send code ]"]),
        ("unusual", || email_dialog().types("o'b@example.com"), &["New", "[ ] ", "[ Cancel ]", "[ Send code ]"]),
        ("lost", lost, &["New", "AWS shows", "[ Cancel ]", "[ Send code ]"]),
        ("otp", Driver::awaiting_code, &["OTP ______", "[ Later ]", "[ Send again ]", "[ Accept ]"]),
        ("wrong code", wrong_code, &["OTP ______", "isn't valid", "[ Later ]", "[ Send again ]", "[ Accept ]"]),
    ];
    for (name, dialog, wanted) in dialogs {
        for size in [(60, 15), (60, 12), (44, 15)] {
            let text = words(dialog(), size);
            for part in *wanted {
                assert!(text.contains(part), "{name} at {size:?} has no {part}:\n{text}");
            }
        }
    }
}

#[test]
fn help_lists_every_command_of_its_place() {
    use crate::app::command::{COMMANDS, KeyContext};
    for keys in ["?", "l ?", "l l ?", "3 ?", "4 ?", "7 ?"] {
        let driver = Driver::ready_with(Start { demo: true, ..start() }, World::default()).press(keys);
        let place = match (driver.app.view, driver.app.model.accounts.pane) {
            (ViewId::RootAccess, _) => KeyContext::RootAccess,
            (ViewId::Organization, _) => KeyContext::Organization,
            (ViewId::Mailbox, _) => KeyContext::Mailbox,
            (_, crate::app::view::Pane::List) => KeyContext::Accounts,
            (_, crate::app::view::Pane::Details) => KeyContext::Details,
            _ => KeyContext::Switches,
        };
        let text = picture(driver, (120, 100));
        for command in COMMANDS.iter().filter(|command| command.places.contains(&place)) {
            let keys = command.default_keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            let words: String = command.help.chars().take(30).collect();
            let line = text.lines().find(|line| line.contains(&words));
            assert!(line.is_some_and(|line| line.contains(&keys)), "{:?} in {place:?}:\n{text}", command.id);
        }
    }
}

#[test]
fn advice_about_the_code_is_given_only_where_aws_did_not_take_it() {
    let advice = "Check the code in the newest mail";
    assert!(words(wrong_code(), (80, 24)).contains(advice));
    let pending = || Driver::seen(EmailChangeStatus::Pending);
    let ended = |outcome| {
        words(Driver::awaiting_code().with_code().press("enter enter").writes().ends(outcome, pending()), (80, 24))
    };
    assert!(!ended(WriteOutcome::Failed(api_error(ApiErrorKind::Throttled))).contains(advice));
    assert!(!ended(WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout))).contains(advice));
    let resend = Driver::awaiting_code().press("tab tab enter").writes();
    assert!(!words(resend.ends(refused(api_error(ApiErrorKind::Conflict)), pending()), (80, 24)).contains(advice));
}

#[test]
fn the_title_says_how_the_change_stands() {
    let lost = || api_error(ApiErrorKind::ConnectionLost);
    let seen = Seen::Email { report: Err(lost()), email: Err(lost()) };
    let sent = email_dialog().types(NEW).press("enter enter").writes();
    let unconfirmed = sent.ends(WriteOutcome::Unknown(lost()), seen).press("esc o");
    assert!(words(unconfirmed, (80, 24)).contains("UNCONFIRMED, 24h 00m left"));
    let later = Driver::awaiting_code().after(90_000).woken(crate::app::effect::Wake::Minute);
    let expired = words(later, (80, 24));
    assert!(expired.contains("EXPIRED") && !expired.contains("left"), "{expired}");
    let reported = words(expired_code(), (80, 24));
    assert!(reported.contains("EXPIRED") && !reported.contains("left"), "AWS said so: {reported}");
}

#[test]
fn the_warning_about_a_new_domain_is_read_whole() {
    for size in [(60, 15), (80, 24), (200, 50)] {
        let text = words(email_dialog().types(ELSEWHERE), size);
        assert!(text.contains("uses corp.example yet. Whoever") && text.contains("can take over root"), "{text}");
    }
}

/// A row of the screen, as text.
fn screen_row(driver: &Driver, (width, height): (u16, u16), y: u16) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let _ = crate::ui::draw(&driver.app, COLOURED, area, &mut buffer);
    (0..width).filter_map(|x| buffer.cell((x, y))).map(ratatui::buffer::Cell::symbol).collect()
}

#[test]
fn no_dialog_covers_the_message_line() {
    let dialogs: [fn() -> Driver; 7] =
        [confirm_mild, confirm_strong, confirm_refused, email_dialog, lost, wrong_code, || Driver::ready().press(":")];
    for (index, dialog) in dialogs.into_iter().enumerate() {
        for size in [(60, 15), (80, 24), (120, 36)] {
            let driver = drawn(dialog(), size);
            let driver =
                driver.send(crate::app::msg::Msg::Local(ApiError::new("disk", ApiErrorKind::Local, "it is full")));
            let row = screen_row(&driver, size, size.1 - 2);
            assert!(row.starts_with(" !! ") && row.contains("! details"), "{index} at {size:?}: {row}");
        }
    }
}

#[test]
fn a_dialog_shows_itself_why_a_key_did_nothing_and_nothing_says_it_twice() {
    const SAID: &str = "nothing was sent: type iam.amazonaws.com to confirm";
    for size in [(60, 15), (80, 24), (120, 36), (60, 7)] {
        let driver = drawn(confirm_strong(), size).press("enter");
        let rows: Vec<String> = (0..size.1).map(|y| screen_row(&driver, size, y)).collect();
        let said: Vec<&String> = rows.iter().filter(|row| row.contains(SAID)).collect();
        assert!(matches!(said.as_slice(), [frame] if frame.contains('─')), "{size:?}: {rows:#?}");
    }
}

#[test]
fn a_text_that_was_not_read_to_its_end_says_so_and_has_no_field() {
    for size in [(60, 15), (80, 24)] {
        let mut driver = confirm_strong();
        if let Some(Layer::Confirm(dialog)) = driver.app.layers.last_mut() {
            dialog.reading = Reading::default();
        }
        let text = (0..size.1).map(|y| screen_row(&driver, size, y)).collect::<String>();
        assert!(
            text.contains("Read to the end (page-down), then type") && !text.contains("to confirm: "),
            "{size:?}: {text}"
        );
    }
}

#[test]
fn what_is_typed_is_seen_on_the_lowest_screen_too() {
    for size in [(30, 6), (40, 7), (44, 9)] {
        let driver = drawn(confirm_strong(), size).types("iam");
        let rows: Vec<String> = (0..size.1).map(|y| screen_row(&driver, size, y)).collect();
        assert!(rows.iter().any(|row| row.contains("Type iam.amazon")), "{size:?}: {rows:#?}");
    }
}

#[test]
fn the_footer_of_a_dialog_names_what_enter_does_now() {
    let size = (80, 24);
    let footer = |driver: Driver| screen_row(&driver, size, size.1 - 1);
    assert!(footer(confirm_mild()).starts_with(" enter Enable "));
    assert!(footer(confirm_mild().press("shift-tab")).starts_with(" enter Cancel "));
    assert!(footer(confirm_strong()).starts_with(" enter to [ Disable ] "));
    assert!(footer(confirm_strong().press("tab")).starts_with(" enter Cancel "));
    assert!(footer(confirm_refused()).starts_with(" enter Enable it first "));
    assert!(footer(Driver::awaiting_code()).starts_with(" enter to [ Accept ] "));
    assert!(footer(Driver::awaiting_code().press("tab tab")).starts_with(" enter Send again "));
}

#[test]
fn the_footer_of_every_view_keeps_commands_help_and_quit() {
    for view in ["1", "2", "3", "4", "5", "6"] {
        for size in [(30, 6), (44, 15), (60, 15), (80, 24), (100, 30), (120, 36), (200, 50)] {
            let driver = match view {
                "5" | "6" => {
                    let mut driver = Driver::ready();
                    driver.app.view = if view == "5" { ViewId::Readiness } else { ViewId::Journal };
                    driver
                }
                view => Driver::ready().press(view),
            };
            let row = screen_row(&driver, size, size.1 - 1);
            assert!(row.trim_end().ends_with(": commands  ? help  q quit"), "view {view} at {size:?}: {row}");
        }
    }
}

#[test]
fn the_footer_of_view_2_shows_the_plan_and_its_template() {
    let driver = super::board::board();
    let row = screen_row(&driver, (80, 24), 23);
    assert!(row.contains("enter open") && row.contains("b bulk plan"), "{row}");
    let row = screen_row(&driver, (100, 24), 23);
    assert!(row.contains("b bulk plan  T template"), "{row}");
    let row = screen_row(&Driver::ready().press("2"), (80, 24), 23);
    assert!(row.contains("b bulk plan") && !row.contains("e email"), "without changes: {row}");
}
