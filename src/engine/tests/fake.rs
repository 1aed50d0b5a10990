//! For the tests of the engine: records in memory, and an AWS that gives prepared answers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::shared::Engine;
use crate::aws::session::{FixedCredentials, Session, SessionOptions};
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::email_change::{EmailChangeReport, JournaledStart, StartedEmailChange, StartedProgress};
use crate::domain::email_plan::{EmailPlan, NewPlan, PlanId, PlanItem};
use crate::domain::journal::{Binding, Conclusion, Intention, JournalEntry};
use crate::domain::permit::Rules;
use crate::domain::records::{AuditRecords, JournalRecords, ListingRecords, PlanRecords, Records, StartRecords};
use crate::domain::recovery::LeftOpen;
use crate::domain::root_credentials::RootAudit;

/// What happened, in order, on the wire and in the records.
pub(super) type Log = Arc<Mutex<Vec<String>>>;

/// Records in memory, one stack of starts per account as the contract of [`Records`] has it.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) log: Log,
    /// The calls that fail.
    pub(super) broken: Mutex<Vec<&'static str>>,
    pub(super) starts: Mutex<HashMap<AccountId, Vec<StartedEmailChange>>>,
    pub(super) entries: Mutex<Vec<(Intention, Option<Conclusion>)>>,
    pub(super) plans: Mutex<Vec<EmailPlan>>,
    pub(super) audits: Mutex<Vec<(AccountId, RootAudit)>>,
}

impl Memory {
    fn note(&self, call: &'static str) -> Result<(), ApiError> {
        self.log.lock().expect("a log").push(call.to_owned());
        if self.broken.lock().expect("a list").contains(&call) {
            return Err(ApiError::new("records", ApiErrorKind::Local, "disk full"));
        }
        Ok(())
    }

    pub(super) fn newest(&self, account: AccountId) -> Option<StartedEmailChange> {
        self.starts.lock().expect("starts").get(&account).and_then(|starts| starts.last().cloned())
    }
}

impl Records for Memory {
    fn bind(&self, _: &Binding) -> Result<(), ApiError> {
        self.note("bind")
    }

    fn lasting(&self) -> Result<(), ApiError> {
        self.note("lasting")
    }
}

impl JournalRecords for Memory {
    fn journal(&self, _: usize) -> Result<Vec<JournalEntry>, ApiError> {
        self.note("entries")?;
        Ok(Vec::new())
    }

    fn intend(&self, entry: &Intention) -> Result<i64, ApiError> {
        self.note("intend")?;
        let mut entries = self.entries.lock().expect("entries");
        entries.push((entry.clone(), None));
        Ok(i64::try_from(entries.len()).expect("a number") - 1)
    }

    fn conclude(&self, id: i64, _: Timestamp, conclusion: &Conclusion) -> Result<(), ApiError> {
        self.note("conclude")?;
        let index = usize::try_from(id).expect("a number");
        self.entries.lock().expect("entries")[index].1 = Some(conclusion.clone());
        Ok(())
    }

    fn left_open(&self) -> Result<Vec<LeftOpen>, ApiError> {
        self.note("left_open")?;
        Ok(Vec::new())
    }

    fn journaled_starts(&self) -> Result<Vec<JournaledStart>, ApiError> {
        self.note("journaled_starts")?;
        Ok(Vec::new())
    }
}

impl StartRecords for Memory {
    fn note_report(&self, account: AccountId, report: &EmailChangeReport, _: Timestamp) -> Result<(), ApiError> {
        self.log.lock().expect("a log").push(format!("report {account} {}", report.status.as_str()));
        Ok(())
    }

    fn record_start(&self, change: &StartedEmailChange) -> Result<(), ApiError> {
        self.note("record_start")?;
        self.starts.lock().expect("starts").entry(change.account).or_default().push(change.clone());
        Ok(())
    }

    fn set_progress(&self, account: AccountId, progress: StartedProgress) -> Result<(), ApiError> {
        self.note("set_progress")?;
        let mut starts = self.starts.lock().expect("starts");
        let stack = starts.entry(account).or_default();
        let open_before =
            stack.len() > 1 && stack.iter().rev().nth(1).is_some_and(|before| !before.progress.is_final());
        let Some(newest) = stack.last_mut() else { return Ok(()) };
        if newest.progress == StartedProgress::Unconfirmed && progress == StartedProgress::Failed && open_before {
            stack.pop();
        } else {
            newest.progress = progress;
        }
        Ok(())
    }

    fn started(&self) -> Result<Vec<StartedEmailChange>, ApiError> {
        self.note("started")?;
        Ok(self.starts.lock().expect("starts").values().filter_map(|stack| stack.last().cloned()).collect())
    }

    fn forget(&self, account: AccountId) -> Result<(), ApiError> {
        self.note("forget")?;
        self.starts.lock().expect("starts").remove(&account);
        Ok(())
    }
}

impl PlanRecords for Memory {
    fn save_plan(&self, plan: &NewPlan, at: Timestamp, by: &str) -> Result<PlanId, ApiError> {
        self.note("save_plan")?;
        let mut plans = self.plans.lock().expect("plans");
        let id = PlanId(i64::try_from(plans.len()).expect("a number") + 1);
        let NewPlan { source, reason, items } = plan.clone();
        plans.push(EmailPlan { id, at, by: by.to_owned(), source, reason, items });
        Ok(id)
    }

    fn plans(&self, _: usize) -> Result<Vec<EmailPlan>, ApiError> {
        self.note("plans")?;
        Ok(self.plans.lock().expect("plans").iter().rev().cloned().collect())
    }

    fn plan(&self, id: PlanId) -> Result<Option<EmailPlan>, ApiError> {
        self.note("plan")?;
        Ok(self.plans.lock().expect("plans").iter().find(|plan| plan.id == id).cloned())
    }

    fn drop_plan(&self, before: &EmailPlan) -> Result<bool, ApiError> {
        self.note("drop_plan")?;
        let mut plans = self.plans.lock().expect("plans");
        let count = plans.len();
        plans.retain(|plan| plan != before);
        Ok(plans.len() < count)
    }

    fn move_item(&self, plan: PlanId, before: &PlanItem, after: &PlanItem) -> Result<bool, ApiError> {
        self.note("move_item")?;
        let mut plans = self.plans.lock().expect("plans");
        let items = plans.iter_mut().filter(|other| other.id == plan).flat_map(|plan| &mut plan.items);
        let is_it = |item: &&mut PlanItem| (item.line, item.state, item.at) == (before.line, before.state, before.at);
        let item = items.into_iter().find(is_it);
        Ok(item.map(|item| *item = after.clone()).is_some())
    }
}

impl AuditRecords for Memory {
    fn save_audits(&self, audits: &[(AccountId, Timestamp, RootAudit)]) -> Result<(), ApiError> {
        self.audits.lock().expect("audits").extend(audits.iter().map(|(account, _, audit)| (*account, audit.clone())));
        Ok(())
    }
}

impl ListingRecords for Memory {
    fn save_listing(&self, accounts: &[Arc<Account>], _: Timestamp) -> Result<(), ApiError> {
        self.log.lock().expect("a log").push(format!("save_listing {}", accounts.len()));
        Ok(())
    }
}

/// What AWS answers to an operation.
#[derive(Clone)]
pub(super) enum Answer {
    /// A JSON body.
    Ok(String),
    /// Status, code, message.
    Error(u16, &'static str, &'static str),
    /// The connection breaks.
    Lost,
    /// A success of a query service: the content of its result.
    Query(&'static str),
}

/// Answers by the name of the operation; several are given one after another, the last one again
/// and again. What is not listed is denied.
pub(super) type Answers = HashMap<&'static str, Vec<Answer>>;

/// An engine for `account` on an AWS with these answers, and its records.
pub(super) async fn engine(account: &'static str, rules: Rules, answers: Answers) -> (Engine, Arc<Memory>) {
    let log = Log::default();
    let url = serve(account, answers, Arc::clone(&log)).await;
    let options = SessionOptions {
        endpoint_url: Some(url),
        fixed: Some(FixedCredentials { access_key_id: "AKIA".into(), secret_access_key: "secret".to_owned().into() }),
        paced: false,
        ..SessionOptions::default()
    };
    let session = Session::connect(options).await.expect("a session");
    log.lock().expect("a log").clear();
    let memory = Arc::new(Memory { log, ..Memory::default() });
    (Engine::new(session, rules, Arc::<Memory>::clone(&memory)), memory)
}

async fn serve(account: &'static str, answers: Answers, log: Log) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let answers = Arc::new(Mutex::new(answers));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, account, Arc::clone(&answers), Arc::clone(&log)));
        }
    });
    url
}

async fn answer(mut stream: TcpStream, account: &'static str, answers: Arc<Mutex<Answers>>, log: Log) {
    let request = read_request(&mut stream).await;
    let operation = operation(&request);
    log.lock().expect("a log").push(operation.clone());
    let answer = next(&answers, &operation);
    let response = match answer {
        _ if operation == "GetCallerIdentity" => query(
            &operation,
            &format!("<Arn>arn:aws:iam::{account}:user/alice</Arn><UserId>A</UserId><Account>{account}</Account>"),
        ),
        Some(Answer::Ok(body)) => http(200, "", &body),
        Some(Answer::Query(result)) => query(&operation, result),
        Some(Answer::Error(status, code, message)) if request.contains("Action=") => http(
            status,
            "",
            &format!("<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"),
        ),
        Some(Answer::Error(status, code, message)) => http(status, code, &format!("{{\"message\":\"{message}\"}}")),
        Some(Answer::Lost) => return,
        None => {
            http(400, "AccessDeniedException", "{\"Message\":\"You don't have permissions to access this resource.\"}")
        }
    };
    let _ = stream.write_all(response.as_bytes()).await;
}

fn next(answers: &Mutex<Answers>, operation: &str) -> Option<Answer> {
    let mut answers = answers.lock().expect("answers");
    let queue = answers.get_mut(operation)?;
    if queue.len() > 1 { Some(queue.remove(0)) } else { queue.first().cloned() }
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    let mut part = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap_or("0");
            if body.len() >= length.parse::<usize>().expect("a length") {
                return text;
            }
        }
        match stream.read(&mut part).await {
            Ok(read) if read > 0 => request.extend_from_slice(&part[..read]),
            _ => return text,
        }
    }
}

/// The operation: the target of Organizations, the action of a query service, or the path of
/// Account Management (which begins with a small letter).
fn operation(request: &str) -> String {
    let named = |start: &str, end: &[char]| {
        let (_, rest) = request.split_once(start)?;
        rest.split(end).next().map(ToOwned::to_owned)
    };
    named("AWSOrganizationsV20161128.", &['\r'])
        .or_else(|| named("Action=", &['&']))
        .or_else(|| named("POST /", &[' ']))
        .unwrap_or_default()
}

fn query(operation: &str, result: &str) -> String {
    let body = format!("<{operation}Response><{operation}Result>{result}</{operation}Result></{operation}Response>");
    http(200, "", &body)
}

fn http(status: u16, code: &str, body: &str) -> String {
    let code = if code.is_empty() { String::new() } else { format!("x-amzn-errortype: {code}\r\n") };
    format!(
        "HTTP/1.1 {status} X\r\nconnection: close\r\nx-amzn-requestid: req-7\r\n{code}content-length: {}\r\n\r\n{body}",
        body.len()
    )
}
