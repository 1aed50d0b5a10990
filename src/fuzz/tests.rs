//! Each target on its seeds, and on texts made from them by chance: the same ones each time.

use std::fs;
use std::path::{Path, PathBuf};

use super::TARGETS;

/// So many texts are made from each seed; fewer where one takes longer.
const MADE: usize = 200;
const MADE_OF_SLOW: usize = 12;
const SLOW: [&str; 3] = ["terminal", "journal_row", "aws_configuration"];

/// What is put into texts, beside pieces of themselves.
const PIECES: [&[u8]; 22] = [
    b"",
    b"\0",
    b"\n",
    b"\r\n",
    b"\"",
    b"'",
    b",",
    b";",
    b"=",
    b"[",
    b"]",
    b"{",
    b"}",
    b"\\",
    b"\x1b[31m",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"\xef\xbc\x91",
    b"999999999999999999999",
    b"-",
    b"111122223333",
];

fn corpus(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(target)
}

/// The seeds of a target by their names.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(corpus(target)).unwrap_or_else(|error| panic!("{target}: {error}"));
    let mut seeds: Vec<_> = files
        .map(|file| file.expect("a file").path())
        .map(|path| (path.display().to_string(), fs::read(&path).expect("a seed")))
        .collect();
    seeds.sort();
    assert!(!seeds.is_empty(), "{target} has no seed");
    seeds
}

/// Numbers that are the same each time (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).expect("it is below a usize")
    }

    fn made_of(&mut self, seed: &[u8]) -> Vec<u8> {
        let mut made = seed.to_vec();
        for _ in 0..=self.below(4) {
            let (from, to) = (self.below(made.len() + 1), self.below(made.len() + 1));
            let piece = made.get(from.min(to)..from.max(to)).unwrap_or_default().to_vec();
            match self.below(5) {
                0 => made.truncate(from),
                1 => drop(made.drain(from.min(to)..from.max(to))),
                2 => drop(made.splice(from..from, piece)),
                3 => drop(made.splice(from..from, PIECES[self.below(PIECES.len())].iter().copied())),
                _ => {
                    let byte = u8::try_from(self.below(256)).expect("a byte");
                    if let Some(place) = made.get_mut(from) {
                        *place = byte;
                    }
                }
            }
        }
        made
    }
}

#[test]
fn what_must_hold_holds_on_the_seeds_and_on_what_is_made_from_them() {
    for (name, target) in TARGETS {
        let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
        let times = if SLOW.contains(name) { MADE_OF_SLOW } else { MADE };
        for (file, seed) in seeds(name) {
            target(&seed);
            for _ in 0..times {
                let made = chance.made_of(&seed);
                let held = std::panic::catch_unwind(|| target(&made));
                assert!(held.is_ok(), "{name}, made from {file}: {:?}", String::from_utf8_lossy(&made));
            }
        }
    }
}

#[test]
fn every_target_has_a_program_for_cargo_fuzz_and_no_program_is_left_over() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    // A package leaves out what has a manifest of its own.
    let Ok(files) = fs::read_dir(folder) else { return };
    let name = |file: fs::DirEntry| file.path().file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let mut programs: Vec<_> = files.filter_map(|file| name(file.expect("a file"))).collect();
    let mut targets: Vec<_> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    programs.sort();
    targets.sort();
    assert_eq!(programs, targets);
}
