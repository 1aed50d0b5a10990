//! A terminal with a person at it.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long the program may take for anything before the test gives up on it.
const PATIENCE: Duration = Duration::from_secs(20);

/// The pseudo-terminal with the program in it.
pub(crate) struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    child: Box<dyn Child + Send + Sync>,
    shared: Arc<(Mutex<Shared>, Condvar)>,
    _home: tempfile::TempDir,
}

struct Shared {
    parser: vt100::Parser,
    raw: Vec<u8>,
    ended: bool,
    /// The reader is to stop: it holds the terminal open.
    closing: bool,
}

fn cells(count: u16) -> std::num::NonZero<u16> {
    std::num::NonZero::new(count).unwrap()
}

/// How often the program asked where the cursor is.
fn question_count(raw: &[u8]) -> usize {
    const QUESTION: &[u8] = b"\x1b[6n";
    raw.windows(QUESTION.len()).filter(|window| *window == QUESTION).count()
}

/// How to start the program.
pub(crate) struct Start<'a> {
    program: &'a str,
    arguments: Vec<&'a str>,
    environment: Vec<(&'a str, String)>,
    unset: Vec<&'a str>,
    size: (u16, u16),
    /// The column that the terminal reports when it is asked where its cursor is.
    column: Option<u16>,
    home: Option<&'a Path>,
}

impl<'a> Start<'a> {
    pub(crate) fn new(arguments: &[&'a str]) -> Self {
        Self {
            program: env!("CARGO_BIN_EXE_rootdeck"),
            arguments: arguments.to_vec(),
            environment: Vec::new(),
            unset: Vec::new(),
            size: (36, 240),
            column: None,
            home: None,
        }
    }

    /// A shell with job control that runs `script`; `$0` is the program.
    pub(crate) fn shell(script: &'a str) -> Self {
        Self { program: "/bin/sh", ..Self::new(&["-mc", script, env!("CARGO_BIN_EXE_rootdeck")]) }
    }

    pub(crate) fn set(mut self, name: &'a str, value: &str) -> Self {
        self.environment.push((name, value.to_owned()));
        self
    }

    /// Without a variable that is set otherwise.
    pub(crate) fn unset(mut self, name: &'a str) -> Self {
        self.unset.push(name);
        self
    }

    /// In a terminal that reports no size, as a serial line does.
    pub(crate) fn without_size(mut self) -> Self {
        self.size = (0, 0);
        self
    }

    /// In a terminal that answers the question about its cursor with this column.
    pub(crate) fn with_cursor_in(mut self, column: u16) -> Self {
        self.column = Some(column);
        self
    }

    /// A home folder that outlives this terminal.
    pub(crate) fn home(mut self, home: &'a Path) -> Self {
        self.home = Some(home);
        self
    }

    /// In a terminal that takes no output once its buffer is full, as on a line that stalls.
    pub(crate) fn run_stalled(self) -> Terminal {
        self.run_in(false)
    }

    pub(crate) fn run(self) -> Terminal {
        self.run_in(true)
    }

    fn run_in(self, reads: bool) -> Terminal {
        let own_home = tempfile::tempdir().unwrap();
        let home = self.home.unwrap_or(own_home.path());
        let mut command = CommandBuilder::new(self.program);
        command.args(&self.arguments);
        command.env_clear();
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("TZ", "UTC");
        for (name, value) in &self.environment {
            command.env(name, value);
        }
        for name in &self.unset {
            command.env_remove(name);
        }
        let (rows, cols) = self.size;
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let (shown_rows, shown_columns) = if rows == 0 { (24, 80) } else { (rows, cols) };
        let shared = Shared {
            parser: vt100::Parser::new(cells(shown_rows), cells(shown_columns), 0),
            raw: Vec::new(),
            ended: false,
            closing: false,
        };
        let shared = Arc::new((Mutex::new(shared), Condvar::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let reading = Arc::clone(&shared);
        let writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let (answering, column) = (Arc::clone(&writer), self.column);
        std::thread::spawn(move || {
            if !reads {
                // It holds the terminal open, and nothing more.
                std::thread::sleep(PATIENCE * 2);
            }
            let mut buffer = vec![0; 65536];
            loop {
                let count = reader.read(&mut buffer).unwrap_or(0);
                let (lock, changed) = &*reading;
                let mut shared = lock.lock().unwrap();
                let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else {
                    shared.ended = true;
                    changed.notify_all();
                    return;
                };
                let asked = question_count(&shared.raw);
                shared.parser.process(bytes);
                shared.raw.extend_from_slice(bytes);
                if let Some(column) = column.filter(|_| question_count(&shared.raw) > asked) {
                    write!(answering.lock().unwrap(), "\x1b[1;{column}R").unwrap();
                }
                shared.ended = shared.closing;
                changed.notify_all();
                if shared.closing {
                    return;
                }
            }
        });
        Terminal { master: Some(pair.master), writer, child, shared, _home: own_home }
    }
}

impl Terminal {
    /// Types characters, one key each.
    pub(crate) fn types(&mut self, keys: &str) -> &mut Self {
        let mut writer = self.writer.lock().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
        drop(writer);
        self
    }

    /// Pastes, as a terminal does in bracketed paste mode.
    pub(crate) fn pastes(&mut self, text: &str) -> &mut Self {
        self.types(&format!("\x1b[200~{}\x1b[201~", text.replace('\n', "\r")))
    }

    /// Waits until the screen shows `text`.
    pub(crate) fn sees(&mut self, text: &str) -> &mut Self {
        self.waits(&format!("{text:?} on the screen"), |screen| screen.contains(text));
        self
    }

    /// Waits until the screen shows `text` so many times.
    pub(crate) fn sees_times(&mut self, text: &str, times: usize) -> &mut Self {
        let wish = format!("{text:?} {times} times on the screen");
        self.waits(&wish, |screen| screen.matches(text).count() == times);
        self
    }

    /// Waits until the screen no longer shows `text`.
    pub(crate) fn sees_no_more(&mut self, text: &str) -> &mut Self {
        self.waits(&format!("no {text:?} on the screen"), |screen| !screen.contains(text));
        self
    }

    fn waits(&mut self, wish: &str, fulfilled: impl Fn(&str) -> bool) {
        let end = Instant::now() + PATIENCE;
        let (lock, changed) = &*self.shared;
        let mut shared = lock.lock().unwrap();
        loop {
            let screen = shared.parser.screen().contents();
            if fulfilled(&screen) {
                return;
            }
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !shared.ended, "waited for {wish}; the screen:\n{screen}");
            shared = changed.wait_timeout(shared, left).unwrap().0;
        }
    }

    /// What the screen shows now.
    pub(crate) fn screen(&self) -> String {
        self.shared.0.lock().unwrap().parser.screen().contents()
    }

    /// Everything that was written so far.
    pub(crate) fn raw(&self) -> String {
        String::from_utf8_lossy(&self.shared.0.lock().unwrap().raw).into_owned()
    }

    /// Whether the alternate screen is on, whether pastes are bracketed, and whether the mouse is reported.
    pub(crate) fn modes(&self) -> (bool, bool, bool) {
        let shared = self.shared.0.lock().unwrap();
        let screen = shared.parser.screen();
        let mouse = screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None;
        (screen.alternate_screen(), screen.bracketed_paste(), mouse)
    }

    /// Waits until the modes are these; what the program wrote last may still be on its way.
    pub(crate) fn reaches_modes(&self, wanted: (bool, bool, bool)) {
        let end = Instant::now() + PATIENCE;
        while self.modes() != wanted {
            assert!(Instant::now() < end, "the modes are {:?}", self.modes());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Whether `text` is shown reversed anywhere.
    pub(crate) fn is_reversed(&self, text: &str) -> bool {
        let shared = self.shared.0.lock().unwrap();
        let screen = shared.parser.screen();
        let (rows, columns) = screen.size();
        (0..rows.get()).any(|row| {
            let line = screen.contents_between(row, 0, row, columns.get());
            line.match_indices(text).any(|(place, _)| {
                let before = line.get(..place).unwrap_or_default();
                let column = u16::try_from(unicode_width::UnicodeWidthStr::width(before)).unwrap();
                screen.cell(row, column).is_some_and(vt100::Cell::inverse)
            })
        })
    }

    /// Whether the first `text` on the screen is bold.
    pub(crate) fn is_bold(&self, text: &str) -> bool {
        let shared = self.shared.0.lock().unwrap();
        let screen = shared.parser.screen();
        let (rows, columns) = screen.size();
        (0..rows.get()).any(|row| {
            let line = screen.contents_between(row, 0, row, columns.get());
            line.find(text).is_some_and(|place| {
                let before = line.get(..place).unwrap_or_default();
                let column = u16::try_from(unicode_width::UnicodeWidthStr::width(before)).unwrap();
                screen.cell(row, column).is_some_and(vt100::Cell::bold)
            })
        })
    }

    /// Has the screen redrawn, after all keys typed before were taken.
    pub(crate) fn redraws(&mut self) -> &mut Self {
        const CLEAR: &str = "\x1b[2J";
        let before = self.raw().matches(CLEAR).count();
        self.types("\x0c");
        let (lock, changed) = &*self.shared;
        let undrawn = |shared: &mut Shared| String::from_utf8_lossy(&shared.raw).matches(CLEAR).count() == before;
        let waited = changed.wait_timeout_while(lock.lock().unwrap(), PATIENCE, undrawn).unwrap();
        assert!(!waited.1.timed_out(), "waited for the screen to be drawn anew");
        drop(waited);
        self
    }

    /// Changes the size of the terminal.
    pub(crate) fn resizes(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.shared.0.lock().unwrap().parser.screen_mut().set_size(cells(rows), cells(columns));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
        self
    }

    /// Closes the terminal's window.
    pub(crate) fn closes(&mut self) -> &mut Self {
        self.shared.0.lock().unwrap().closing = true;
        // Whatever the program draws next lets the reader go.
        self.types("j");
        let (lock, changed) = &*self.shared;
        let shared = changed.wait_while(lock.lock().unwrap(), |shared| !shared.ended).unwrap();
        drop(shared);
        *self.writer.lock().unwrap() = Box::new(std::io::sink());
        self.master = None;
        self
    }

    /// The program's process id.
    pub(crate) fn pid(&self) -> i32 {
        i32::try_from(self.child.process_id().unwrap()).unwrap()
    }

    /// Waits for the program to end.
    pub(crate) fn ends(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < end, "the program did not end; the screen:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
