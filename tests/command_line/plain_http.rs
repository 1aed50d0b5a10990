//! Plain http to another machine, where whoever is in between reads along: no root session is opened there
//! and no one-time password sent, whatever names the endpoint.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use rootdeck::domain::change::Switch;
use rootdeck::domain::trusted_access::ServicePrincipal;
use tempfile::TempDir;

use crate::program::{Ended, program};
use crate::site::{CLEAN, SANDBOX, SHOP, Site};
use crate::terminal::{Start, Terminal};

/// What is in between, as a proxy on this machine reaches it.
const ELSEWHERE: &str = "http://aws.corp.example";

/// The way to the other machine. Whoever stands there reads all that comes by, and hands it to the emulator.
struct Wire {
    proxy: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Wire {
    fn to(site: &Site) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = format!("http://{}", listener.local_addr().unwrap());
        let to = site.emulator.endpoint_url().strip_prefix("http://").unwrap().to_owned();
        let seen = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (to, log) = (to.clone(), Arc::clone(&log));
                std::thread::spawn(move || pass_on(stream, &to, &log));
            }
        });
        Self { proxy, seen }
    }

    /// Whether this came by.
    fn has_seen(&self, what: &str) -> bool {
        self.seen.lock().unwrap().iter().any(|request| request.contains(what))
    }
}

fn pass_on(mut stream: TcpStream, to: &str, seen: &Mutex<Vec<String>>) -> Option<()> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(buffer.get(..count)?);
    };
    let head = String::from_utf8_lossy(bytes.get(..end)?).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
    while bytes.len() < end + length {
        let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(buffer.get(..count)?);
    }
    let request = String::from_utf8(bytes).ok()?;
    // Nobody on the way speaks for this machine: the emulator is asked as its own.
    let ours = ["host:", "connection:", "proxy-connection:"];
    let lines = request.get(..end)?.trim_end().lines();
    let kept = lines.filter(|line| !ours.iter().any(|name| line.to_ascii_lowercase().starts_with(name)));
    let head: Vec<&str> = kept.collect();
    let head = head.join("\r\n").replacen(ELSEWHERE, "", 1);
    let passed = format!("{head}\r\nhost: {to}\r\nconnection: close\r\n\r\n{}", request.get(end..)?);
    seen.lock().unwrap().push(request);
    let mut there = TcpStream::connect(to).ok()?;
    there.write_all(passed.as_bytes()).ok()?;
    let mut answer = Vec::new();
    there.read_to_end(&mut answer).ok()?;
    stream.write_all(&answer).ok()
}

/// One way of naming an endpoint.
#[derive(Clone, Debug, Default)]
struct Way {
    arguments: Vec<&'static str>,
    environment: Vec<(String, String)>,
    config: String,
}

/// Every way of sending the calls of one of `services` elsewhere; the others go to `here`.
fn ways(services: &[&'static str], here: &str) -> Vec<Way> {
    let set = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut ways = vec![
        Way { arguments: vec!["--endpoint-url", ELSEWHERE], ..Way::default() },
        Way { environment: vec![set("AWS_ENDPOINT_URL", ELSEWHERE)], ..Way::default() },
        Way { config: format!("[default]\nendpoint_url = {ELSEWHERE}\n"), ..Way::default() },
    ];
    ways.extend(services.iter().flat_map(|service| one_service(service, here)));
    ways
}

/// The same of this service alone.
fn one_service(service: &str, here: &str) -> [Way; 2] {
    let variable = format!("AWS_ENDPOINT_URL_{}", service.to_uppercase());
    let general = ("AWS_ENDPOINT_URL".to_owned(), here.to_owned());
    let config = format!(
        "[default]\nendpoint_url = {here}\nservices = ours\n[services ours]\n{service} =\n  endpoint_url = {ELSEWHERE}\n"
    );
    [
        Way { environment: vec![general, (variable, ELSEWHERE.to_owned())], ..Way::default() },
        Way { config, ..Way::default() },
    ]
}

/// Somebody's machine with AWS named in this way.
struct Desk<'a> {
    site: &'a Site,
    wire: &'a Wire,
    way: &'a Way,
    home: TempDir,
}

impl<'a> Desk<'a> {
    fn new(site: &'a Site, wire: &'a Wire, way: &'a Way) -> Self {
        let home = TempDir::new().unwrap();
        fs::create_dir_all(home.path().join(".aws")).unwrap();
        fs::write(home.path().join(".aws/config"), &way.config).unwrap();
        Self { site, wire, way, home }
    }

    fn environment(&self) -> Vec<(String, String)> {
        let ours = self.site.environment().into_iter().filter(|(name, _)| *name != "AWS_ENDPOINT_URL");
        let mut all: Vec<_> = ours.map(|(name, value)| (name.to_owned(), value)).collect();
        all.extend(self.way.environment.clone());
        // The other machine has no address here.
        all.push(("HTTP_PROXY".to_owned(), self.wire.proxy.clone()));
        all.push(("NO_PROXY".to_owned(), "127.0.0.1".to_owned()));
        all
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(&self.home, &[&self.way.arguments, arguments].concat());
        command.envs(self.environment());
        command
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        self.command(arguments).output().unwrap().into()
    }

    fn give(&self, arguments: &[&str], text: &str) -> Ended {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).ok();
        child.wait_with_output().unwrap().into()
    }

    fn dashboard(&self) -> Terminal {
        let environment = self.environment();
        // Without what an earlier run has kept, which is there before AWS has answered.
        let arguments = [&self.way.arguments[..], &["--no-cache"]].concat();
        let mut start = Start::new(&arguments).home(self.home.path());
        for (name, value) in &environment {
            start = start.set(name, value);
        }
        let mut terminal = start.set("AWS_EC2_METADATA_DISABLED", "true").run();
        terminal.sees("Accounts · 41");
        terminal
    }

    /// Starts an email change, and the code that came.
    fn code(&self, new: &str) -> String {
        self.run(&["email", "start", SANDBOX, new, "--yes", "--resend"]).expect(0, &[]);
        let mails = self.site.emulator.mail();
        let body = &mails.iter().rfind(|mail| mail.to == new).unwrap().body;
        body.trim_end_matches('.').rsplit(' ').next().unwrap().to_owned()
    }
}

const SESSION: [&str; 5] = ["session", SANDBOX, "IAMAuditRootUserCredentials", "--", "true"];
const NO_SESSION: &str = "no root session over unencrypted http to another machine";
const NO_CODE: &str = "no one-time password over unencrypted http to another machine";

#[test]
fn no_root_session_is_opened_whatever_names_the_endpoint() {
    let site = Site::open();
    let wire = Wire::to(&site);
    let before = site.arrived("AssumeRoot");
    let here = site.emulator.endpoint_url();
    for way in ways(&["sts", "iam", "s3", "sqs"], &here) {
        let ended = Desk::new(&site, &wire, &way).run(&SESSION);
        assert_eq!(ended.code, Some(4), "{way:?}: {}", ended.stderr);
        assert!(ended.stderr.contains(NO_SESSION), "{way:?}: {}", ended.stderr);
    }
    assert!(wire.has_seen("GetCallerIdentity") && !wire.has_seen("AssumeRoot"));
    assert_eq!(site.arrived("AssumeRoot"), before);
    // What is nobody's secret may go there.
    for way in one_service("organizations", &here) {
        Desk::new(&site, &wire, &way).run(&SESSION).expect(0, &[]);
    }
    assert!(wire.has_seen("AWSOrganizationsV20161128.") && !wire.has_seen("AssumeRoot"));
    assert_eq!(site.arrived("AssumeRoot"), before + 2);
}

/// Plain http is let through to this machine only, so it does not leave it by a proxy either.
#[test]
fn what_goes_to_this_machine_takes_no_proxy() {
    let site = Site::open();
    let wire = Wire::to(&site);
    let home = TempDir::new().unwrap();
    let mut command = program(&home, &SESSION);
    command.envs(site.environment()).env("HTTP_PROXY", &wire.proxy).env_remove("NO_PROXY");
    Ended::from(command.output().unwrap()).expect(0, &[]);
    assert_eq!(*wire.seen.lock().unwrap(), Vec::<String>::new());
}

#[test]
fn no_subcommand_opens_a_root_session() {
    let site = Site::open();
    let wire = Wire::to(&site);
    let before = site.arrived("AssumeRoot");
    let queue = "arn:aws:sqs:eu-west-1:555500000103:shop-prod-orders";
    let bucket = "shop-prod-order-exports";
    let folder = TempDir::new().unwrap();
    let policy = folder.path().join("policy.json");
    let statement = "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}";
    fs::write(&policy, format!("{{\"Version\":\"2012-10-17\",\"Statement\":[{statement}]}}")).unwrap();
    let file = policy.to_str().unwrap();
    let [way, _] = one_service("sts", &site.emulator.endpoint_url());
    for way in [way, ways(&[], "").remove(0)] {
        let desk = Desk::new(&site, &wire, &way);
        for arguments in [
            &["audit", "--accounts", SANDBOX][..],
            &["audit", "--accounts", SANDBOX, "--deep"],
            &["session", SANDBOX, "S3UnlockBucketPolicy", "--credential-process"],
            &["credentials", "delete", SANDBOX, "--yes"],
            &["recovery", "allow", CLEAN, "--yes"],
            &["recovery", "close", CLEAN, "--yes"],
            &["s3-policy", "list", SHOP],
            &["s3-policy", "show", SHOP, bucket],
            &["s3-policy", "delete", SHOP, bucket, "--yes"],
            &["s3-policy", "put", SHOP, bucket, file, "--yes"],
            &["sqs-policy", "list", SHOP],
            &["sqs-policy", "show", SHOP, queue],
            &["sqs-policy", "delete", SHOP, queue, "--yes"],
            &["sqs-policy", "put", SHOP, queue, file, "--yes"],
        ] {
            let ended = desk.run(arguments);
            assert!(ended.code.is_some_and(|code| code != 0), "{way:?} {arguments:?}: {}", ended.stderr);
            let reported = ended.stdout + &ended.stderr;
            assert!(reported.contains(NO_SESSION), "{way:?} {arguments:?}: {reported}");
        }
    }
    assert_eq!(site.arrived("AssumeRoot"), before);
    assert!(!wire.has_seen("AssumeRoot"));
}

#[test]
fn no_code_is_sent_whatever_names_the_endpoint() {
    let site = Site::open();
    site.turn(Switch::TrustedAccess(ServicePrincipal::account_management()).set(true));
    let wire = Wire::to(&site);
    for (number, way) in ways(&["account"], &site.emulator.endpoint_url()).iter().enumerate() {
        let desk = Desk::new(&site, &wire, way);
        let code = desk.code(&format!("aws+sandbox07-{number}@example.com"));
        let accept = ["email", "accept", SANDBOX, "--yes"];
        let ended = desk.give(&accept, &code);
        assert_eq!(ended.code, Some(4), "{way:?}: {}", ended.stderr);
        assert!(ended.stderr.contains(NO_CODE), "{way:?}: {}", ended.stderr);
        // The whole mail, too.
        let ended = desk.give(&accept, &site.emulator.mail().last().unwrap().body);
        assert!(ended.code == Some(4) && ended.stderr.contains(NO_CODE), "{way:?}: {}", ended.stderr);
        assert!(!wire.has_seen(&code), "{way:?}");
    }
    assert!(wire.has_seen("startPrimaryEmailUpdate") && !wire.has_seen("acceptPrimaryEmailUpdate"));
    assert_eq!(site.arrived("AcceptPrimaryEmailUpdate"), 0);
    // A session's endpoint is none of a code's.
    let [way, _] = one_service("sts", &site.emulator.endpoint_url());
    let desk = Desk::new(&site, &wire, &way);
    let code = desk.code("aws+sandbox07-last@example.com");
    desk.give(&["email", "accept", SANDBOX, "--yes"], &code).expect(0, &[]);
    assert!(!wire.has_seen(&code));
}

#[test]
fn the_dashboard_opens_no_root_session_and_sends_no_code() {
    let site = Site::open();
    site.turn(Switch::TrustedAccess(ServicePrincipal::account_management()).set(true));
    let wire = Wire::to(&site);
    let before = site.arrived("AssumeRoot");
    let here = site.emulator.endpoint_url();
    for way in ways(&["sts"], &here) {
        let desk = Desk::new(&site, &wire, &way);
        let mut terminal = desk.dashboard();
        terminal.sees(ELSEWHERE).types("/444455556666\r").sees("1 of 41").types("a").sees(NO_SESSION);
    }
    assert_eq!(site.arrived("AssumeRoot"), before);
    for (number, way) in ways(&["account"], &here).iter().enumerate() {
        let desk = Desk::new(&site, &wire, way);
        let code = desk.code(&format!("aws+sandbox07-{number}@example.com"));
        let mut terminal = desk.dashboard();
        terminal.sees(ELSEWHERE).types("/444455556666\r").sees("1 of 41");
        terminal.types("o").sees("Enter the one-time password").types(&code).types("\r\r").sees(NO_CODE);
        assert!(!wire.has_seen(&code), "{way:?}");
    }
    assert_eq!(site.arrived("AcceptPrimaryEmailUpdate"), 0);
}
