//! The pictures of README: the views of the demo's organization, drawn as SVG in the dark theme.

use std::fmt::Write as _;
use std::path::Path;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use serde_json::Value;

use super::picture::drawn;
use crate::app::msg::Msg;
use crate::app::start::Start;
use crate::app::tests::harness::{Driver, start};
use crate::app::tests::journaled::journal;
use crate::app::tests::world::*;
use crate::domain::account::{Account, AccountState, JoinedMethod};
use crate::domain::email_change::{EmailChangeStatus, StartedProgress};
use crate::domain::mail::Mail;
use crate::domain::organization::UnitNames;
use crate::domain::root_credentials::{AuditDepth, Presence, RootAudit};
use crate::domain::run::RunReport;
use crate::domain::text::width;
use crate::ui::draw;
use crate::ui::theme::{ColorScheme, Theme};

const SIZE: (u16, u16) = (132, 32);
const THEME: Theme = Theme::of(ColorScheme::Dark, false);

/// Of one cell, in pixels, as `DejaVu Sans Mono` has it at this size of the font.
const CELL: (f32, f32) = (8.0, 15.5);
const FONT: f32 = 13.29;
const MARGIN: f32 = 8.0;
const MOST_BYTES: usize = 60_000;

const KENSHO: &str = "444455558888";
const NORTHWIND: &str = "555500000109";

/// The organization of the demo, as far as it existed at the start of every test.
fn world() -> World {
    let file: Value = serde_json::from_str(include_str!("../../../assets/demo-organization.json")).expect("JSON");
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let mut units = UnitNames::default();
    let accounts = file["accounts"].as_array().expect("accounts").iter().map(|one| {
        let path = text(one, "unit");
        let path: Vec<String> = path.split('/').filter(|unit| !unit.is_empty()).map(str::to_owned).collect();
        for unit in &path {
            units.insert(unit.clone(), unit.clone());
        }
        Account {
            id: id(&text(one, "id")),
            name: text(one, "name"),
            email: text(one, "email"),
            state: match text(one, "state").as_str() {
                "ACTIVE" => AccountState::Active,
                "SUSPENDED" => AccountState::Suspended,
                "PENDING_CLOSURE" => AccountState::PendingClosure,
                "CLOSED" => AccountState::Closed,
                _ => AccountState::PendingActivation,
            },
            joined: Some(time(&text(one, "joined_at"))),
            joined_method: Some(if text(one, "joined") == "INVITED" {
                JoinedMethod::Invited
            } else {
                JoinedMethod::Created
            }),
            unit_ids: Some(path.into()),
        }
    });
    // Those with names and addresses that leave room for the details beside them.
    let fits = |account: &Account| width(&account.name) <= 27 && account.email.len() <= 30;
    let accounts = accounts.filter(|account| account.joined <= Some(noon()) && fits(account)).collect();
    let services = file["trusted_access"].as_array().expect("services").iter();
    let mut services: Vec<String> = services.map(|one| text(one, "service_principal")).collect();
    services.extend(["account.amazonaws.com", "iam.amazonaws.com"].map(str::to_owned));
    services.sort();
    let mut world = World {
        accounts,
        trusted: trusted(&services.iter().map(String::as_str).collect::<Vec<_>>()),
        units,
        journal: journal(),
        ..managed()
    };
    world.stored.started = vec![
        started_for(KENSHO, "root-kensho@corp.example", "2025-03-14T13:59:00Z", StartedProgress::Pending),
        started_for("555500000101", "root-payments@corp.example", "2025-03-14T11:30:00Z", StartedProgress::Pending),
        started_for("555500000202", "root-shop-stg@corp.example", "2025-03-13T09:30:00Z", StartedProgress::Pending),
        started_for("333311110005", "root-backup@corp.example", "2025-03-14T10:10:00Z", StartedProgress::Completed),
    ];
    for pending in [KENSHO, "555500000101", NORTHWIND] {
        world.changes.insert(id(pending), EmailChangeStatus::Pending);
    }
    world
}

/// With the credentials of the demo: who has what of root's.
fn audit(account: &str) -> RootAudit {
    let clean = clean(AuditDepth::Quick);
    match account {
        "222233336666" | "333311110002" => {
            RootAudit { password: Presence::Present(None), mfa_devices: Presence::Present(None), ..clean }
        }
        "333311110004" => RootAudit { access_keys: Presence::Present(None), ..clean },
        "555500000104" | "555500000110" => RootAudit { password: Presence::Present(None), ..clean },
        NORTHWIND => full(AuditDepth::Quick),
        "666600000001" => RootAudit::unknown(AuditDepth::Quick, &scp_denial()),
        _ => clean,
    }
}

/// After an audit of all accounts.
fn audited() -> Driver {
    let mut driver = Driver::ready_with(start(), world()).press("3 A G enter tab enter").runs();
    for account in driver.runs.last().expect("a run").1.account_ids() {
        let account = account.to_string();
        driver = driver.audits(&account, audit(&account));
    }
    driver.reports(RunReport::Ended).press("1 esc g")
}

fn mailbox() -> Driver {
    let mail = |to: &str, sent| Mail {
        to: to.into(),
        subject: "Verify your new AWS account root user email address".into(),
        body: mail(to),
        sent: time(sent),
    };
    let mails = vec![
        mail("root-payments@corp.example", "2025-03-14T11:30:00Z"),
        mail("root-kensho@corp.example", "2025-03-14T13:59:00Z"),
    ];
    let start = Start { demo: true, profile: None, named: false, ..start() };
    Driver::ready_with(start, world()).send(Msg::Mail(mails)).press("7")
}

fn hex(color: Option<Color>) -> String {
    let Some(Color::Indexed(index)) = color else { panic!("{color:?} is not of the dark theme") };
    let level = |part: u8| if part == 0 { 0 } else { 55 + 40 * part };
    let (red, green, blue) = if let Some(grey) = index.checked_sub(232).map(|step| 8 + 10 * step) {
        (grey, grey, grey)
    } else {
        let cube = index - 16;
        (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
    };
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The text and background of a cell, and whether it is bold and underlined.
#[derive(PartialEq)]
struct Look {
    text: String,
    back: String,
    bold: bool,
    underlined: bool,
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let (mut text, mut back) = (hex(Some(cell.fg)), hex(Some(cell.bg)));
        if cell.modifier.contains(Modifier::REVERSED) {
            std::mem::swap(&mut text, &mut back);
        }
        let has = |modifier| cell.modifier.contains(modifier);
        Self { text, back, bold: has(Modifier::BOLD), underlined: has(Modifier::UNDERLINED) }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Texts of cells that look the same: the column of the first one, the columns they take, and the text. Columns of a
/// table, and what follows wide characters, begin again, so that no font moves them.
fn runs(buffer: &Buffer, y: u16) -> Vec<(u16, u16, Look, String)> {
    let mut runs: Vec<(u16, u16, Look, String)> = Vec::new();
    let mut x = 0;
    while let Some(cell) = buffer.cell((x, y)) {
        let (look, symbol) = (Look::of(cell), cell.symbol());
        let columns = u16::try_from(width(symbol).max(1)).expect("a width");
        match runs.last_mut() {
            Some((_, room, last, text))
                if *last == look
                    && (text.ends_with("  ") == (symbol == " ") || !text.ends_with("  "))
                    && (columns > 1) == (width(text) > text.chars().count()) =>
            {
                *room += columns;
                text.push_str(symbol);
            }
            _ => runs.push((x, columns, look, symbol.to_owned())),
        }
        x += columns;
    }
    runs
}

fn svg(driver: Driver, title: &str) -> String {
    let driver = drawn(driver, SIZE);
    let area = Rect::new(0, 0, SIZE.0, SIZE.1);
    let mut buffer = Buffer::empty(area);
    draw(&driver.app, THEME, area, &mut buffer);
    let base = THEME.base();
    let (text, back) = (hex(base.fg), hex(base.bg));
    let left = |x: u16| MARGIN + f32::from(x) * CELL.0;
    let top = |y: u16| MARGIN + f32::from(y) * CELL.1;
    let (wide, high) = (left(SIZE.0) + MARGIN, top(SIZE.1) + MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.0} {high:.0}\" width=\"{wide:.0}\" \
         font-family=\"'DejaVu Sans Mono',Menlo,Consolas,'Noto Sans Mono CJK JP',monospace\" font-size=\"{FONT}\" fill=\"{text}\">\n\
         <title>{title}</title>\n<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{back}\"/>\n"
    );
    for y in 0..SIZE.1 {
        let mut row = String::new();
        for (x, columns, look, words) in runs(&buffer, y) {
            let room = f32::from(columns) * CELL.0;
            if look.back != back {
                let (x, y) = (left(x), top(y));
                writeln!(
                    svg,
                    "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{room:.1}\" height=\"{:.1}\" fill=\"{}\"/>",
                    CELL.1, look.back
                )
                .expect("a text");
            }
            let shown = words.trim();
            if shown.is_empty() {
                continue;
            }
            let blanks = words.chars().count() - words.trim_start().chars().count();
            let at = left(x + u16::try_from(blanks).expect("blanks"));
            let length = f32::from(u16::try_from(width(shown)).expect("a width")) * CELL.0;
            let mut style = String::new();
            if look.text != text {
                write!(style, " fill=\"{}\"", look.text).expect("a text");
            }
            if shown.chars().count() > 1 {
                write!(style, " textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\"").expect("a text");
            }
            style.push_str(if look.bold { " font-weight=\"bold\"" } else { "" });
            style.push_str(if look.underlined { " text-decoration=\"underline\"" } else { "" });
            write!(row, "<tspan x=\"{at:.1}\"{style}>{}</tspan>", escaped(shown)).expect("a text");
        }
        if !row.is_empty() {
            writeln!(svg, "<text y=\"{:.1}\" xml:space=\"preserve\">{row}</text>", top(y) + 12.3).expect("a text");
        }
    }
    svg + "</svg>\n"
}

/// The name of its file, the state, and its title.
type Picture = (&'static str, fn() -> Driver, &'static str);

#[test]
fn the_pictures_of_readme_are_those_of_the_views() {
    let board: fn() -> Driver = || audited().on(NORTHWIND).press("v").aws_answers().press("2 g");
    let pictures: [Picture; 8] = [
        ("accounts", || audited().on(KENSHO), "View 1: accounts"),
        ("email-changes", board, "View 2: email changes"),
        ("root-access", || audited().press("3"), "View 3: root access"),
        ("organization", || audited().press("4"), "View 4: organization"),
        ("readiness", || audited().press("5").aws_answers(), "View 5: readiness"),
        ("journal", || audited().press("6").aws_answers(), "View 6: journal"),
        ("mailbox", mailbox, "View 7: mailbox of the demo"),
        (
            "email-change",
            || audited().on(SANDBOX_07).press("e").types("root-sandbox07@corp.example").press("enter space"),
            "Changing the primary email of an account",
        ),
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (readme, japanese) = (root.join("README.md"), root.join("README.ja.md"));
    let names: Vec<&str> = pictures.iter().map(|(name, ..)| *name).collect();
    for (name, driver, title) in pictures {
        let svg = svg(driver(), title);
        assert!(svg.len() < MOST_BYTES, "{name} has {} bytes", svg.len());
        let place = format!("docs/pictures/{name}.svg");
        if std::env::var_os("UPDATE_PICTURES").is_some() {
            std::fs::create_dir_all(root.join("docs/pictures")).expect("a folder");
            std::fs::write(root.join(&place), &svg).expect("a file");
        }
        let kept = std::fs::read_to_string(root.join(&place)).unwrap_or_default();
        assert!(kept == svg, "{place} is old: run this test with UPDATE_PICTURES=1, and look at it");
    }
    let shows = std::fs::read_to_string(&readme).expect("README.md");
    assert!(names.iter().all(|name| shows.contains(&format!("docs/pictures/{name}.svg"))), "README.md shows each");
    let first = |path: &Path| {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        text.find("docs/pictures/accounts.svg").is_some_and(|place| place < text.find("\n## ").unwrap_or(0))
    };
    assert!(first(&readme) && first(&japanese), "both show view 1 on their first screen");
}
