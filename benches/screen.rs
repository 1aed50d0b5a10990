//! What a key costs with 10,000 accounts: the update and the drawing of the whole screen.

use std::sync::Arc;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rootdeck::app::effect::{Effect, Read};
use rootdeck::app::key::{Code, Key};
use rootdeck::app::key_map::KeyMap;
use rootdeck::app::msg::{Answer, Msg};
use rootdeck::app::shell::App;
use rootdeck::app::start::Start;
use rootdeck::domain::account::{Account, AccountState};
use rootdeck::domain::caller::Caller;
use rootdeck::domain::connection::Connection;
use rootdeck::domain::permit::Rules;
use rootdeck::domain::profile::Browser;
use rootdeck::domain::view::ViewId;
use rootdeck::ui::draw;
use rootdeck::ui::theme::Theme;

const ACCOUNTS: u64 = 10_000;
const SCREEN: Rect = Rect { x: 0, y: 0, width: 120, height: 36 };

fn account(number: u64) -> Option<Account> {
    Some(Account {
        id: format!("{:012}", 100_000_000_000 + number * 7919).parse().ok()?,
        name: format!("workload-{}-{number:05}", number % 17),
        email: format!("aws+workload-{number:05}@example.com"),
        state: AccountState::Active,
        joined: None,
        joined_method: None,
        unit_ids: Some([format!("ou-ab12-{}", number % 40)].into()),
    })
}

/// The program with its accounts listed.
fn listed() -> App {
    let now = Timestamp::UNIX_EPOCH;
    let start = Start {
        now,
        time_zone: TimeZone::UTC,
        demo: false,
        rules: Rules::default(),
        profile: None,
        named: false,
        place: None,
        endpoint: None,
        browser: Browser::Here,
        opens_links: false,
        ask_at_start: 0,
        view: ViewId::Accounts,
        columns: None,
        filter: None,
        keys: KeyMap::default(),
        spoken: str::to_owned,
    };
    let (mut app, mut effects) = App::new(start);
    let accounts: Vec<Arc<Account>> = (0..ACCOUNTS).filter_map(account).map(Arc::new).collect();
    let caller = accounts.first().map(|account| Caller { account: account.id, arn: String::new() });
    while let Some(effect) = effects.pop() {
        match (effect, &caller) {
            (Effect::Read(id, Read::Connect), Some(caller)) => {
                let connection = Connection {
                    caller: caller.clone(),
                    profile: None,
                    region: "us-east-1".to_owned(),
                    region_assumed: false,
                    endpoint: None,
                    paced: true,
                };
                effects.extend(app.update(now, Msg::Answer(id, Answer::Connected(Ok(connection)))));
            }
            (Effect::Read(id, Read::Accounts), _) => {
                app.update(now, Msg::Answer(id, Answer::AccountPages(accounts.clone())));
                app.update(now, Msg::Answer(id, Answer::AccountsEnd(Ok(()))));
            }
            _ => {}
        }
    }
    app
}

fn press(app: &mut App, keys: &[Key]) -> usize {
    keys.iter().map(|key| app.update(Timestamp::UNIX_EPOCH, Msg::Key(*key)).len()).sum()
}

fn screen(criterion: &mut Criterion) {
    let app = listed();
    let down = [Key::plain(Code::Down)];
    criterion.bench_function("cursor down, drawn", |bench| {
        let (mut app, mut buffer) = (app.clone(), Buffer::empty(SCREEN));
        bench.iter(|| {
            press(&mut app, &down);
            buffer.reset();
            draw(&app, Theme::default(), SCREEN, &mut buffer)
        });
    });
    let filter: Vec<Key> = "/wl-1".chars().map(Key::char).collect();
    criterion.bench_function("filter keystroke, drawn", |bench| {
        let start = || {
            let mut app = app.clone();
            press(&mut app, &filter);
            (app, Buffer::empty(SCREEN))
        };
        bench.iter_batched(
            start,
            |(mut app, mut buffer)| {
                press(&mut app, &[Key::char('2')]);
                (draw(&app, Theme::default(), SCREEN, &mut buffer), app)
            },
            BatchSize::LargeInput,
        );
    });
    criterion.bench_function("sort in reverse order", |bench| {
        bench.iter_batched(
            || app.clone(),
            |mut app| {
                press(&mut app, &[Key::char('S')]);
                app
            },
            BatchSize::LargeInput,
        );
    });
}

criterion_group!(benches, screen);
criterion_main!(benches);
