//! Links to pages of AWS's console.

use super::harness::{Driver, start};
use super::journaled::journaled;
use super::world::*;
use crate::app::command_id::{CommandId, DisabledReason};
use crate::app::effect::{Effect, Read};
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::start::Start;
use crate::app::state::choices::LinkUse;
use crate::domain::console_link::ConsolePage;

fn choices(driver: &Driver) -> Vec<(ConsolePage, LinkUse)> {
    match driver.layer() {
        Some(Layer::ConsoleMenu(menu)) => menu.items.iter().map(|choice| (choice.0.page, choice.1)).collect(),
        other => panic!("no menu: {other:?}"),
    }
}

#[test]
fn the_account_and_the_sign_in_of_root_are_opened_or_copied() {
    use ConsolePage::{Account, RootSignIn};
    let url = format!("https://us-east-1.console.aws.amazon.com/organizations/v2/home/accounts/{SANDBOX_07}");
    let menu = || Driver::ready().on(SANDBOX_07).press("ctrl-o").quietly();
    let all = [Account, RootSignIn];
    let expected = [LinkUse::Open, LinkUse::Copy].map(|wanted| all.map(|page| (page, wanted))).concat();
    assert_eq!(choices(&menu()), expected);
    let driver = menu().press("enter").wants(&Effect::OpenLink(url.clone()));
    assert!(driver.layer().is_none());
    driver.says(&Notification::LinkOpened(Account));
    menu().press("y").wants(&Effect::Copy(url.clone())).says(&Notification::Copied(url.clone()));
    menu().press("j j enter").wants(&Effect::Copy(url.clone())).says(&Notification::Copied(url));
}

#[test]
fn where_no_browser_would_be_seen_the_link_is_copied() {
    let driver = Driver::ready_with(Start { opens_links: false, ..start() }, World::default()).press("3 ctrl-o");
    assert_eq!(choices(&driver).iter().map(|(_, wanted)| *wanted).collect::<Vec<_>>(), [LinkUse::Copy; 2]);
}

#[test]
fn the_accounts_of_the_demo_have_no_page() {
    let driver = Driver::ready_with(Start { demo: true, ..start() }, World::default()).press("ctrl-o").quietly();
    driver.says(&Notification::Unavailable(CommandId::OpenConsole, DisabledReason::DemoAccount));
}

#[test]
fn an_entry_leads_to_its_event_and_its_account() {
    use ConsolePage::{Account, Event};
    let view_6 = || Driver::ready_in(journaled()).press("6").asks(&[Read::Journal]).aws_answers();
    let pages = |driver: &Driver| choices(driver).into_iter().map(|(page, _)| page).collect::<Vec<_>>();
    let driver = view_6().press("ctrl-o");
    assert_eq!(pages(&driver), [Event, Account, Event, Account]);
    // What root did is in the trail of the member account, where these credentials do not lead.
    let driver = view_6().press("/").types("recovery").press("enter ctrl-o");
    assert_eq!(pages(&driver), [Account, Account]);
    let driver = Driver::ready().press("6").aws_answers().press("ctrl-o");
    driver.says(&Notification::Unavailable(CommandId::OpenConsole, DisabledReason::NoEntry));
}
