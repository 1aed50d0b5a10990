//! The commands of README and of docs, run as they are written, and what they print.
//!
//! Each block fenced with `sh` is run by a shell, in order, in one folder and one organization per document. A
//! block of `text` behind it is what it prints to stdout, where `…` stands for anything. A block behind
//! `<!-- not run: reason -->` is not run. A block may need programs that are missing here: jq, curl and the AWS CLI.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use rootdeck::domain::change::Switch;
use rootdeck::domain::trusted_access::ServicePrincipal;

use crate::program::Ended;
use crate::site::Site;

/// Programs that a block may use besides rootdeck, and that a machine may not have.
const OPTIONAL: [&str; 3] = ["jq", "curl", "aws"];

struct Block {
    line: usize,
    script: String,
    prints: Option<String>,
}

/// The blocks of a document that are run, and how many are not.
fn blocks(text: &str) -> (Vec<Block>, usize) {
    let (mut blocks, mut skipped) = (Vec::<Block>::new(), 0);
    let mut lines = text.lines().enumerate();
    // Whether a block of text belongs to the last block; what stands before a block.
    let (mut follows, mut before) = (false, "");
    while let Some((number, line)) = lines.next() {
        let Some(language) = line.strip_prefix("```") else {
            if !line.trim().is_empty() {
                before = line;
                follows = false;
            }
            continue;
        };
        let body: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        let body = body.join("\n");
        match language {
            "sh" if before.starts_with("<!-- not run: ") => skipped += 1,
            "sh" => blocks.push(Block { line: number + 1, script: body, prints: None }),
            "text" if follows => blocks.last_mut().unwrap().prints = Some(body),
            _ => {}
        }
        follows = language == "sh" && !before.starts_with("<!-- not run: ");
        before = "";
    }
    (blocks, skipped)
}

/// Without the blanks at the ends of lines, which fill columns.
fn trimmed(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

/// Whether `printed` is `expected`, in which `…` stands for anything.
fn matches(printed: &str, expected: &str) -> bool {
    let (printed, expected) = (trimmed(printed), trimmed(expected));
    let pieces: Vec<&str> = expected.split('…').collect();
    let [first, middle @ .., last] = pieces.as_slice() else { return printed == expected };
    let Some(mut rest) = printed.strip_prefix(first) else { return false };
    for piece in middle {
        let Some((_, behind)) = rest.split_once(piece) else { return false };
        rest = behind;
    }
    rest.ends_with(last)
}

fn is_installed(name: &str) -> bool {
    ["/usr/bin", "/bin", "/usr/local/bin"].iter().any(|folder| Path::new(folder).join(name).exists())
}

fn uses(script: &str, program: &str) -> bool {
    script.split_whitespace().any(|word| word.trim_matches(['(', '|', '$']) == program)
}

/// With trusted access for both services and both root features.
fn ready() -> Site {
    let site = Site::open();
    site.turn(Switch::TrustedAccess(ServicePrincipal::account_management()).set(true));
    site
}

/// Runs the blocks of a document against `site`.
fn follow(document: &str, site: &Site, at_least: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join(document)).unwrap();
    let (blocks, skipped) = blocks(&text);
    assert!(blocks.len() >= at_least, "{document}: {} blocks are run, {skipped} are not", blocks.len());
    let (programs, folder) = (site.home.path().join("bin"), site.home.path().join("work"));
    fs::create_dir(&programs).unwrap();
    fs::create_dir(&folder).unwrap();
    symlink(env!("CARGO_BIN_EXE_rootdeck"), programs.join("rootdeck")).unwrap();
    // Mails go nowhere.
    fs::write(programs.join("mail"), "#!/bin/sh\ncat >>mails-sent.txt\n").unwrap();
    fs::set_permissions(programs.join("mail"), fs::Permissions::from_mode(0o755)).unwrap();
    for block in blocks {
        if OPTIONAL.iter().any(|program| uses(&block.script, program) && !is_installed(program)) {
            continue;
        }
        let mut shell = Command::new("/bin/sh");
        shell.args(["-ec", &block.script]).current_dir(&folder).stdin(Stdio::null());
        shell.env_clear().envs(site.environment()).env("HOME", site.home.path());
        shell.env("AWS_EC2_METADATA_DISABLED", "true");
        shell.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", programs.display()));
        let ended = Ended::from(shell.output().unwrap());
        let place = format!("{document}:{}", block.line);
        assert_eq!(ended.code, Some(0), "{place}\n{}\n{}\n{}", block.script, ended.stdout, ended.stderr);
        if let Some(expected) = &block.prints {
            assert!(matches(&ended.stdout, expected), "{place} prints\n{}\nnot\n{expected}", ended.stdout);
        }
    }
}

#[test]
fn the_commands_of_readme_work() {
    follow("README.md", &ready(), 1);
}

#[test]
fn the_first_ten_minutes_in_the_demo_work() {
    follow("docs/first-ten-minutes-demo.md", &Site::closed(), 6);
}

#[test]
fn the_first_ten_minutes_in_an_organization_work() {
    follow("docs/first-ten-minutes.md", &Site::closed(), 7);
}

#[test]
fn the_recipes_work() {
    follow("docs/recipes.md", &ready(), 10);
}

#[test]
fn the_lines_for_scripts_work() {
    follow("docs/scripting.md", &ready(), 8);
}

#[test]
fn the_commands_about_security_work() {
    follow("docs/security.md", &ready(), 2);
}

#[test]
fn the_commands_about_the_emulator_work() {
    follow("docs/emulator.md", &Site::closed(), 5);
}

#[test]
fn blocks_are_found_with_what_they_print() {
    let text = "```sh\na\nb\n```\n\n```text\nc …\n```\n<!-- not run: asks -->\n```sh\nd\n```\n```text\ne\n```\n\
                ```\nf\n```\n```sh\ng\n```\nprose\n```text\nh\n```\n";
    let (found, skipped) = blocks(text);
    let found: Vec<_> =
        found.iter().map(|block| (block.line, block.script.as_str(), block.prints.as_deref())).collect();
    assert_eq!((found, skipped), (vec![(1, "a\nb", Some("c …")), (19, "g", None)], 1));
}

#[test]
fn what_is_printed_is_compared_but_for_ellipses() {
    for (printed, expected) in
        [("a  \nb\n", "a\nb"), ("a 12 b\n", "a … b"), ("a\n1\n2\nz", "a\n…\nz"), ("aXbYc", "a…b…c")]
    {
        assert!(matches(printed, expected), "{printed:?} {expected:?}");
    }
    for (printed, expected) in [("a\nb\n", "a"), ("a b", "a …c"), ("b a", "a…"), ("a", "a…a")] {
        assert!(!matches(printed, expected), "{printed:?} {expected:?}");
    }
}
