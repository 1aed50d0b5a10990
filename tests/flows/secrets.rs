//! One-time passwords and secret keys are nowhere but where they are needed.

use rootdeck::domain::records::{JournalRecords, StartRecords};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use rootdeck::domain::change::Switch;
use rootdeck::domain::email_change::EmailChangeStatus as Status;
use rootdeck::domain::otp::Otp;
use rootdeck::domain::policy_holder::QueueSearch;
use rootdeck::domain::root_change::RootChange;
use rootdeck::domain::root_credentials::AuditDepth;
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::domain::task_policy::TaskPolicy;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::domain::write::WriteOutcome;
use rootdeck::emulator::Identity;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use super::office::{ACCEPT, Office, SANDBOX, session_options};

const NEW: &str = "root-sandbox@corp.example";

/// Everything that is logged.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Log {
    /// Starts to listen to all threads of this test binary. No other test does.
    fn listen() -> Self {
        let log = Self::default();
        // Without times, whose fractions of a second may be anybody's six digits.
        let subscriber = tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new("rootdeck=trace"))
            .with_writer(log.clone())
            .with_ansi(false)
            .without_time();
        tracing::subscriber::set_global_default(subscriber.finish()).unwrap();
        log
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// Whether `code` stands in `text` by itself, and not within a longer number.
fn tells(text: &str, code: &str) -> bool {
    text.split(|letter: char| !letter.is_ascii_alphanumeric()).any(|word| word == code)
}

/// Every byte below `folder`.
fn bytes(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        all.extend(if path.is_dir() { bytes(&path) } else { fs::read(&path).unwrap() });
    }
    all
}

fn holds(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

/// Visits member accounts in every way there is, shows what came of it, and gives the secrets of the
/// sessions.
async fn visit_accounts(office: &Office, show: &mut impl FnMut(&dyn std::fmt::Debug)) -> Vec<String> {
    office.trust(ServicePrincipal::iam()).await;
    for feature in RootFeature::ALL {
        office.write(Switch::RootFeature(feature).set(true)).await;
    }
    let (full, locked) = (office.listed("555500000109").await, office.listed("555500000103").await);
    let mut secrets = Vec::new();
    for task in TaskPolicy::ALL {
        let session = office.engine.root_session(&full, task, 900, None).await.unwrap();
        secrets.extend([session.secret_access_key().to_owned(), session.session_token().to_owned()]);
        show(&session);
        show(&office.engine.live_session(session.info.key, Timestamp::UNIX_EPOCH));
    }
    office.inject("AssumeRoot:malformed=1x");
    show(&office.engine.audit(&locked, AuditDepth::Quick).await);
    show(&office.engine.audit(&full, AuditDepth::Deep).await);
    show(&office.change_root(&full, RootChange::AllowPasswordRecovery).await);
    office.inject("DeleteLoginProfile:expired-token=1x");
    show(&office.change_root(&full, RootChange::ClosePasswordRecovery).await);
    show(&office.engine.buckets(&locked).await);
    show(&office.engine.queues(&locked, &QueueSearch::Regions(vec!["eu-west-1".into()])).await);
    secrets
}

#[tokio::test]
async fn email_changes_and_root_sessions_leave_no_secret_in_store_log_or_debug() {
    let log = Log::listen();
    let office = Office::trusting().await;
    let mut shown = String::new();
    let mut show = |thing: &dyn std::fmt::Debug| writeln!(shown, "{thing:#?}\n{thing:?}").unwrap();

    show(&office.start(SANDBOX, NEW).await);
    let (otp, wrong) = (office.code(NEW), Otp::parse("qZ7xK2").unwrap());
    show(&office.accept(SANDBOX, NEW, wrong.clone()).await);
    office.inject(&format!("{ACCEPT}:internal-error=1x"));
    show(&office.accept(SANDBOX, NEW, otp.clone()).await);
    office.inject(&format!("{ACCEPT}:malformed=1x"));
    let written = office.accept(SANDBOX, NEW, otp.clone()).await;
    assert!(matches!(written.outcome, WriteOutcome::Unknown(_)));
    show(&written);
    // Again, with nothing pending: refused.
    show(&office.accept(SANDBOX, NEW, otp.clone()).await);
    office.advance(super::office::IN_PROGRESS);
    assert_eq!(office.status(SANDBOX).await, Status::Completed);
    let sessions = visit_accounts(&office, &mut show).await;
    show(&office.engine);
    show(office.engine.session());
    show(&session_options(&office.emulator, Identity::Management));
    show(&office.emulator);
    show(&office.emulator.mail());
    show(&office.emulator.access_key(Identity::Management));
    show(&office.records);
    show(&office.records.journal(100).unwrap());
    show(&office.records.started().unwrap());

    let secret = office.emulator.access_key(Identity::Management).secret;
    let (logged, kept) = (log.text(), bytes(office.folder.path()));
    // What is looked at is what it should be.
    assert!(shown.contains(NEW) && holds(&kept, NEW));
    assert!(logged.contains(ACCEPT) && logged.contains("emulator listens"), "{logged}");
    for line in ["connected", "a call failed", "a change"] {
        assert!(logged.contains(line), "{line}: {logged}");
    }
    assert!(!logged.contains('@'), "{logged}");
    for code in [&otp, &wrong] {
        assert!(!tells(&shown, code.expose()) && !tells(&logged, code.expose()));
        assert!(!holds(&kept, code.expose()));
    }
    assert!(logged.contains("sts:AssumeRoot") && holds(&kept, "iam:DeleteLoginProfile"), "{logged}");
    assert_eq!(sessions.len(), 10);
    for secret in sessions.iter().chain([&secret]) {
        assert!(!shown.contains(secret) && !logged.contains(secret) && !holds(&kept, secret));
    }
}
