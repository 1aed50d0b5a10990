//! What is handed out: the archive, and what the packages are made of.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::program::run;

const PROGRAM: &str = env!("CARGO_BIN_EXE_rootdeck");
const VERSION: &str = env!("CARGO_PKG_VERSION");

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Packs something small in the place of the program, with the manual and completions of the real one.
fn archive(folder: &TempDir, umask: &str) -> PathBuf {
    let small = folder.path().join("small");
    fs::write(&small, "#!/bin/sh\n").unwrap();
    let script = here().join("packaging/dist");
    let made = Command::new("sh")
        .args(["-c", "umask $1 && exec \"$2\" some-target", "sh", umask, script.to_str().unwrap()])
        .env("ROOTDECK_BINARY", &small)
        .env("ROOTDECK_HOST", PROGRAM)
        .env("ROOTDECK_DIST", folder.path())
        .env("SOURCE_DATE_EPOCH", "1700000000")
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    folder.path().join(format!("rootdeck-{VERSION}-some-target.tar.gz"))
}

#[test]
fn the_archive_holds_the_program_and_its_papers_and_is_the_same_each_time() {
    let folders = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    // What it is made of is as old as the test, and the folder of another machine has another mask.
    let made = [(&folders[0], "022"), (&folders[1], "077")];
    let [first, second] = made.map(|(folder, umask)| fs::read(archive(folder, umask)).unwrap());
    assert!(first == second);
    let folder = folders[0].path();
    let unpacked = folder.join(format!("rootdeck-{VERSION}-some-target"));
    let name = format!("rootdeck-{VERSION}-some-target.tar.gz");
    assert!(Command::new("tar").args(["-xzf", &name]).current_dir(folder).status().unwrap().success());
    for file in ["rootdeck", "man/rootdeck.1", "completions/_rootdeck", "README.md", "LICENSE", "CHANGELOG.md"] {
        assert!(unpacked.join(file).is_file(), "{file}");
    }
    if let Ok(check) =
        Command::new("sha256sum").args(["--check", "--strict", "SHA256SUMS"]).current_dir(&unpacked).output()
    {
        assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
        assert!(String::from_utf8(check.stdout).unwrap().lines().count() > 50);
    }
}

#[test]
fn the_packages_are_made_of_files_that_are_there() {
    let folder = TempDir::new().unwrap();
    archive(&folder, "022");
    let manifest = fs::read_to_string(here().join("Cargo.toml")).unwrap();
    let assets: Vec<&str> = manifest.split('"').filter_map(|text| text.strip_prefix("target/dist/package/")).collect();
    assert!(assets.len() > 10, "{assets:?}");
    for asset in assets {
        let asset = asset.replace("*.1", "rootdeck.1");
        assert!(folder.path().join("package").join(&asset).is_file(), "{asset}");
    }
    for recipe in ["packaging/PKGBUILD", "packaging/rootdeck.rb"] {
        let text = fs::read_to_string(here().join(recipe)).unwrap();
        assert!(text.contains(VERSION), "{recipe} is of another version");
    }
}

#[test]
fn the_changelog_has_a_section_for_the_version() {
    let text = fs::read_to_string(here().join("CHANGELOG.md")).unwrap();
    let sections: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("## [")).collect();
    assert_eq!(sections.first(), Some(&"Unreleased]"));
    assert!(sections.iter().any(|section| section.starts_with(&format!("{VERSION}] - 20"))), "{sections:?}");
}

#[test]
fn the_version_is_said_first() {
    let ended = run(&["--version"]);
    let rest = ended.stdout.strip_prefix(&format!("rootdeck {VERSION}")).unwrap();
    assert!(rest == "\n" || rest.starts_with(" ("), "{rest}");
}

/// What a profile says of a package goes before what another one that inherits from it says of all.
#[test]
fn what_is_handed_out_is_small_in_each_of_its_packages() {
    let manifest = fs::read_to_string(here().join("Cargo.toml")).unwrap();
    let manifest: toml::Table = toml::from_str(&manifest).unwrap();
    let levels = |profile: &str| manifest["profile"][profile]["package"].as_table().unwrap().clone();
    let (release, dist) = (levels("release"), levels("dist"));
    let small = manifest["profile"]["dist"]["opt-level"].as_str();
    assert!(matches!(small, Some("s" | "z")), "{small:?}");
    assert!(release.len() > 5 && release.contains_key("*") && dist.contains_key("*"), "{release:?}");
    // What `dist` does not say of a package is what `release` says of it.
    let inherited: toml::Table = release.into_iter().chain(dist).collect();
    for (name, one) in &inherited {
        assert_eq!(one["opt-level"].as_str(), small, "{name}");
    }
}
