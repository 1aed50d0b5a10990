//! Terminals of every kind: wide, without a size, dumb.

use crate::terminal::{Start, Terminal};

/// Behind a frame, a sign and a cut: where each takes one column, and where each takes two.
const NARROW: u16 = 4;
const WIDE: u16 = 7;

/// Where the locale is Japanese, the terminal gets more time to answer.
fn japanese(start: Start<'_>) -> Start<'_> {
    start.set("LANG", "ja_JP.UTF-8")
}

fn nice(terminal: &mut Terminal) {
    terminal.sees("Accounts · 41").sees("┌").sees("▌");
}

fn ascii(terminal: &mut Terminal) {
    terminal.sees("Accounts - 41").sees("+-").sees("> ");
    let screen = terminal.screen();
    assert!(!screen.contains(['┌', '│', '▌', '·', '…']), "{screen}");
}

#[test]
fn a_terminal_that_draws_signs_wide_gets_ascii() {
    ascii(&mut japanese(Start::new(&["--demo"])).with_cursor_in(WIDE).run());
}

#[test]
fn a_terminal_that_draws_signs_narrow_gets_them() {
    nice(&mut japanese(Start::new(&["--demo"])).with_cursor_in(NARROW).run());
}

#[test]
fn a_terminal_that_does_not_answer_gets_signs_and_a_late_answer_is_no_key() {
    let mut terminal = Start::new(&["--demo"]).run();
    nice(&mut terminal);
    assert_eq!(terminal.raw().matches("\x1b[6n").count(), 1, "asked once");
    terminal.types("\x1b[1;7R").types("/kensho@").sees("1 of").sees("┌").sees("▌");
}

#[test]
fn who_has_decided_is_not_asked_about() {
    for arguments in [&["--demo", "--ascii"][..], &["--demo"]] {
        let (locale, expected) = if arguments.len() > 1 { ("C.UTF-8", 0) } else { ("C", 0) };
        let mut terminal = Start::new(arguments).set("LANG", locale).with_cursor_in(NARROW).run();
        ascii(&mut terminal);
        assert_eq!(terminal.raw().matches("\x1b[6n").count(), expected);
    }
}

#[test]
fn the_linux_console_gets_ascii_and_nothing_dimmed() {
    let mut terminal = Start::new(&["--demo"]).set("TERM", "linux").run();
    ascii(&mut terminal);
    assert!(!terminal.raw().contains("\x1b[2m"), "dimmed text is bright black there");
    let mut elsewhere = Start::new(&["--demo"]).run();
    nice(&mut elsewhere);
    assert!(elsewhere.raw().contains("\x1b[2m"));
}

#[test]
fn a_terminal_without_a_size_has_24_rows_of_80_columns_or_what_the_environment_says() {
    let mut terminal = Start::new(&["--demo"]).without_size().run();
    terminal.sees("Accounts").sees(": commands  ? help  q quit");
    let widest = terminal.screen().lines().map(unicode_width::UnicodeWidthStr::width).max();
    assert_eq!(widest, Some(80), "{}", terminal.screen());
    let mut told = Start::new(&["--demo"]).without_size().set("COLUMNS", "60").set("LINES", "15").run();
    told.sees(": commands  ? help  q quit");
    let screen = told.screen();
    assert_eq!(screen.trim_end().lines().count(), 15, "{screen}");
    assert_eq!(screen.lines().map(unicode_width::UnicodeWidthStr::width).max(), Some(60), "{screen}");
}

#[test]
fn a_dumb_terminal_is_told_what_to_use_instead() {
    let dumb = || Start::new(&["--demo"]).set("TERM", "dumb");
    let unknown = || Start::new(&["--demo"]).unset("TERM");
    let empty = || Start::new(&["--demo"]).set("TERM", "");
    for (start, reason) in [(dumb(), "TERM=dumb"), (unknown(), "TERM is not set"), (empty(), "TERM is not set")] {
        let mut terminal = start.run();
        assert_eq!(terminal.ends().exit_code(), 2);
        terminal.sees(reason).sees("rootdeck --help");
        assert!(!terminal.raw().contains('\x1b'), "drawn on: {:?}", terminal.raw());
    }
}

#[test]
fn colours_of_one_s_own_are_drawn_and_a_wrong_one_is_told() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("own.toml");
    std::fs::write(&file, "theme = \"light\"\n[colours]\naccent = \"#88c0d0\"\nquiet = \"grey\"\n").unwrap();
    let arguments = ["--demo", "--config", file.to_str().unwrap()];
    let mut terminal = Start::new(&arguments).home(home.path()).run();
    terminal.sees("Accounts · 41").sees("line 4").sees("`quiet`");
    let raw = terminal.raw();
    assert!(raw.contains("38;2;136;192;208") && raw.contains("48;5;255"), "{raw}");
    assert!(!terminal.screen().contains("READ-ONLY"), "a colour protects nothing");
    let mut colourless = Start::new(&arguments).home(home.path()).set("NO_COLOR", "1").run();
    colourless.sees("Accounts · 41");
    assert!(["38;", "48;", "36m", "33m"].iter().all(|color| !colourless.raw().contains(color)), "{}", colourless.raw());
}
