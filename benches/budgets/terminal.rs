//! A program in a pseudo-terminal, measured from outside.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

pub(crate) const ROWS: u16 = 36;
pub(crate) const COLUMNS: u16 = 120;

/// Nothing more belongs to a key after a pause as long as this.
const QUIET: Duration = Duration::from_millis(60);

/// Where is the cursor?
const QUESTION: &[u8] = b"\x1b[6n";

/// How long anything may take before the measurement gives up.
const PATIENCE: Duration = Duration::from_mins(2);

pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    parser: vt100::Parser,
    started: Instant,
    _master: Box<dyn MasterPty + Send>,
}

/// What a key brought: how many bytes, and when the last of them came.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Answer {
    pub(crate) bytes: usize,
    pub(crate) last: Duration,
}

/// What a program did while nobody touched it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Idle {
    pub(crate) bytes: usize,
    pub(crate) wakeups: u64,
    /// In hundredths of a second, as the kernel counts.
    pub(crate) cpu: u64,
}

impl Terminal {
    pub(crate) fn run(program: &Path, arguments: &[&str], environment: &[(&str, String)]) -> Self {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        for (name, value) in environment {
            command.env(name, value);
        }
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(count) = reader.read(&mut buffer) {
                let bytes = buffer.get(..count).unwrap_or_default().to_vec();
                if bytes.is_empty() || send.send((Instant::now(), bytes)).is_err() {
                    return;
                }
            }
        });
        let cells = |count| std::num::NonZero::new(count).unwrap();
        let parser = vt100::Parser::new(cells(ROWS), cells(COLUMNS), 0);
        Self { child, writer, output, parser, started, _master: pair.master }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Takes what was written, and answers the question for the cursor's place, as terminals do.
    fn process(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
        if bytes.windows(QUESTION.len()).any(|part| part == QUESTION) {
            let (row, column) = self.parser.screen().cursor_position();
            self.press(&format!("\x1b[{};{}R", row + 1, column + 1));
        }
    }

    /// From the start to the moment when the screen shows one of these texts.
    pub(crate) fn shows(&mut self, texts: &[&str]) -> Duration {
        loop {
            let (at, bytes) = self.output.recv_timeout(PATIENCE).unwrap_or_else(|_| {
                panic!("waited for {texts:?}; the screen:\n{}", self.parser.screen().contents());
            });
            self.process(&bytes);
            let screen = self.parser.screen().contents();
            if texts.iter().any(|text| screen.contains(text)) {
                return at - self.started;
            }
        }
    }

    /// Everything that comes until a pause of this length.
    pub(crate) fn settles(&mut self, quiet: Duration) -> Answer {
        let start = Instant::now();
        let mut answer = Answer::default();
        while let Ok((at, bytes)) = self.output.recv_timeout(quiet) {
            answer.bytes += bytes.len();
            answer.last = at.saturating_duration_since(start);
            self.process(&bytes);
            assert!(start.elapsed() < PATIENCE, "it never settles:\n{}", self.parser.screen().contents());
        }
        answer
    }

    pub(crate) fn key(&mut self, key: &str) -> Answer {
        self.press(key);
        self.settles(QUIET)
    }

    pub(crate) fn press(&mut self, key: &str) {
        self.writer.write_all(key.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    pub(crate) fn idle(&mut self, time: Duration) -> Idle {
        let (wakeups, cpu) = (self.wakeups(), self.cpu());
        let (end, mut bytes) = (Instant::now() + time, 0);
        while let Ok((_, more)) = self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
            bytes += more.len();
            self.process(&more);
        }
        Idle { bytes, wakeups: self.wakeups().saturating_sub(wakeups), cpu: self.cpu() - cpu }
    }

    /// Resident, in kilobytes.
    pub(crate) fn memory(&self) -> u64 {
        number_after(&read(format!("/proc/{}/status", self.pid())), "VmRSS:")
    }

    fn wakeups(&self) -> u64 {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.pid())).unwrap();
        let statuses = threads.flatten().map(|thread| read(thread.path().join("status")));
        statuses.map(|status| number_after(&status, "voluntary_ctxt_switches:")).sum()
    }

    /// User and system time so far, in hundredths of a second.
    pub(crate) fn cpu(&self) -> u64 {
        ticks(&read(format!("/proc/{}/stat", self.pid())), 13)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// User and system time, in hundredths of a second, of a line of `/proc/PID/stat`: this field (from 0) and the next.
pub(crate) fn ticks(stat: &str, field: usize) -> u64 {
    // The name of the program is in parentheses and may hold anything.
    let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    rest.split_whitespace().skip(field - 2).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}

fn read(path: impl AsRef<Path>) -> String {
    // A thread may have ended meanwhile.
    std::fs::read_to_string(path).unwrap_or_default()
}

fn number_after(text: &str, name: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
