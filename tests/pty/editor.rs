//! Policies and plans in the person's editor, which is a script here.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::terminal::{Start, Terminal};

const SHOP: &str = "555500000103";

/// A home with an editor that does what the test says next.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join("tmp")).unwrap();
        let script = "#!/bin/sh\n\
                      here=$(dirname \"$0\")\n\
                      [ \"$1\" = --wait ] || exit 9\n\
                      [ -f \"$here/first\" ] || cp \"$2\" \"$here/first\"\n\
                      . \"$here/next\"\n";
        let path = home.path().join("my editor");
        std::fs::write(&path, script).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        Self(home)
    }

    fn start(&self) -> Terminal {
        let editor = format!("'{}' --wait", self.0.path().join("my editor").display());
        let tmp = self.0.path().join("tmp");
        Start::new(&["--demo"])
            .home(self.0.path())
            .set("PATH", "/usr/bin:/bin")
            .set("TMPDIR", &tmp.display().to_string())
            .set("VISUAL", " ")
            .set("EDITOR", &editor)
            .run()
    }

    /// What the editor does with its file `$2`.
    fn next(&self, script: &str) {
        std::fs::write(self.0.path().join("next"), script).unwrap();
    }

    /// What is left of the texts.
    fn left(&self) -> Vec<PathBuf> {
        std::fs::read_dir(self.0.path().join("tmp")).unwrap().map(|entry| entry.unwrap().path()).collect()
    }
}

#[test]
fn a_policy_is_edited_looked_at_and_put() {
    let desk = Desk::new();
    let mut terminal = desk.start();
    terminal.sees("Accounts · 41").types(&format!("/{SHOP}\r")).sees("1 of 41").types("pjj\r");
    terminal.sees("Enable trusted access for iam.amazonaws.com").sees("Next:").types("\r");
    terminal.sees("Enable Root").sees("Next:").types("\r");
    terminal
        .sees("read the policies to see")
        .types("v")
        .sees("not locked")
        .sees("!! shop-prod-order-exports")
        .types("G\r");
    terminal.sees("Statement 1 (LockDown) locks out all principals");

    // The terminal is the editor's, as the shell left it.
    desk.next("printf 'a line: '; read -r line; echo \"got $line\"; sleep 1");
    terminal.types("e").sees("Waiting for").sees("a line:").types("abc\r").sees("got abc");
    terminal.sees("nothing was changed in the editor");
    desk.next("exit 3");
    terminal.types("e").sees("ended with exit code 3").sees("Nothing was changed");
    assert_eq!(desk.left(), [] as [PathBuf; 0]);

    // What is no policy is not put, and goes back as it was written.
    desk.next("echo '{ \"Statement\": [' >\"$2\"");
    terminal.types("e").sees("AWS would refuse it").sees("not valid JSON").types("\r").sees("not a valid policy");
    desk.next(
        "grep -q Statement \"$2\" && sed 's/\"Effect\": \"Deny\"/\"Effect\": \"Allow\"/' \"$here/first\" >\"$2\"",
    );
    terminal.types("e").sees("-       \"Effect\": \"Deny\"").sees("+       \"Effect\": \"Allow\"");
    terminal.sees("No statement locks out all principals.").types("\r").sees("[ Put ]").types(SHOP).types("\r\r");
    terminal.sees("policy put on bucket").sees("No statement locks out all principals.");
    assert_eq!(desk.left(), [] as [PathBuf; 0]);
    terminal.types("\x1b").sees("●  shop-prod-order-exports");
}

#[test]
fn a_plan_of_marked_accounts_is_edited_as_a_list_and_as_a_file() {
    let desk = Desk::new();
    let mut terminal = desk.start();
    terminal.sees("Accounts · 41").types("/shop-\r").sees("of 41").types("*").sees("marked").types("e");
    terminal.sees("Pattern").types("root+{name}@corp.example\r\r").sees("New primary emails of");
    terminal.types("\r").types("\x15first@corp.example\r").sees("first@corp.example");
    desk.next("echo 'no plan' >\"$2\"");
    terminal.types("e").sees("Not a plan").sees("first@corp.example");
    desk.next("grep -q 'no plan' \"$2\" && sed 's/@corp/@firm/' \"$here/first\" >\"$2\"");
    terminal.types("e").sees_no_more("Not a plan").sees("first@firm.example");
    terminal.types("\t\t\r").sees("Start a plan for the marked accounts").sees("first@firm.example");
    terminal.types("\x1b").sees("New primary emails of").types("\x1b").sees("Pattern").types("\x1b");
    assert_eq!(desk.left(), [] as [PathBuf; 0]);
    assert!(terminal.types("\x1b").types("q").ends().success());
}
