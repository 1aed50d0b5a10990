//! Tells the program its version, with the commit and its date: `0.1.0 (1a2b3c4d5e6f 2026-11-30)`.
//!
//! Builds for development have no commit: each new one would rebuild everything. Without git, packagers can set
//! `ROOTDECK_COMMIT`. The date is that of the commit, or `SOURCE_DATE_EPOCH`, so a build can be reproduced.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    for name in ["ROOTDECK_COMMIT", "SOURCE_DATE_EPOCH"] {
        println!("cargo::rerun-if-env-changed={name}");
    }
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let from_git = if is_release { git() } else { None };
    let (commit, date) = from_git.unwrap_or_default();
    let commit = env::var("ROOTDECK_COMMIT").ok().filter(|given| !given.is_empty()).unwrap_or(commit);
    let epoch = env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let date = epoch.map_or(date, day);
    let about = [commit, date.clone()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let version = if about.is_empty() { version } else { format!("{version} ({about})") };
    println!("cargo::rustc-env=ROOTDECK_VERSION={version}");
    println!("cargo::rustc-env=ROOTDECK_DATE={date}");
}

/// The commit and its day, if this folder is the top of a repository: inside another one, its commit is not ours.
fn git() -> Option<(String, String)> {
    let ours = fs::canonicalize(env::var_os("CARGO_MANIFEST_DIR")?).ok()?;
    let top = fs::canonicalize(run(&["rev-parse", "--show-toplevel"])?).ok()?;
    if top != ours {
        return None;
    }
    // The log of HEAD grows with each commit and checkout. HEAD itself names a branch.
    for name in ["logs/HEAD", "HEAD"] {
        let path = run(&["rev-parse", "--git-path", name])?;
        if Path::new(&path).exists() {
            println!("cargo::rerun-if-changed={path}");
            break;
        }
    }
    let commit = run(&["rev-parse", "--short=12", "HEAD"])?;
    let seconds = run(&["show", "--no-patch", "--format=%ct", "HEAD"])?.parse().ok()?;
    Some((commit, day(seconds)))
}

fn run(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}

/// The day in UTC of a time in seconds since 1970, by the civil calendar.
fn day(seconds: i64) -> String {
    let days = seconds.div_euclid(86_400) + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{date:02}")
}
