//! A proxy between the program and the emulator that spoils answers.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, fmt::rfc2822};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// An answer of somebody else's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) body: &'static str,
    /// Whether it names a request, as AWS's do.
    pub(crate) named: bool,
}

impl Page {
    pub(crate) const EMPTY: Self = Self { status: 200, content_type: "", body: "", named: false };

    pub(crate) const fn html(status: u16) -> Self {
        let body = "<html><body><h1>Blocked by policy</h1><Code>AccessDenied</Code></body></html>";
        Self { status, content_type: "text/html; charset=utf-8", body, named: false }
    }

    pub(crate) const fn json(status: u16, body: &'static str) -> Self {
        Self { status, content_type: "application/json", body, named: false }
    }

    /// As the services answer that speak XML.
    pub(crate) const fn xml(body: &'static str) -> Self {
        Self { status: 200, content_type: "text/xml", body, named: false }
    }

    pub(crate) const fn of_aws(self) -> Self {
        Self { named: true, ..self }
    }
}

/// What is done to an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spoil {
    /// The request is held back; this is answered.
    Instead(Page),
    /// The request is passed on, and this is answered.
    After(Page),
    /// Half of the body arrives, as if it were all.
    Half,
    /// The body arrives as something else.
    Typed(&'static str),
    /// The answer names no request.
    Unnamed,
    /// The token of the next page is this one.
    Token(&'static str),
}

type Rules = Arc<Mutex<VecDeque<(String, Spoil, usize)>>>;

pub(crate) struct Spoiler {
    pub(crate) url: String,
    rules: Rules,
    log: Arc<Mutex<Vec<String>>>,
    behind: Arc<AtomicI64>,
}

impl Spoiler {
    /// In front of `to`.
    pub(crate) async fn before(to: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (rules, log, behind) =
            (Rules::default(), Arc::<Mutex<Vec<String>>>::default(), Arc::<AtomicI64>::default());
        let to = to.strip_prefix("http://").unwrap().to_owned();
        let (its_rules, its_log, its_behind) = (Arc::clone(&rules), Arc::clone(&log), Arc::clone(&behind));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (rules, log, to) = (Arc::clone(&its_rules), Arc::clone(&its_log), to.clone());
                let behind = its_behind.load(Ordering::SeqCst);
                tokio::spawn(async move { pass_on(stream, &to, &rules, &log, behind).await });
            }
        });
        Self { url, rules, log, behind }
    }

    /// Spoils the next `times` answers to `operation`.
    pub(crate) fn spoil(&self, operation: &str, spoil: Spoil, times: usize) {
        self.rules.lock().unwrap().push_back((operation.to_owned(), spoil, times));
    }

    /// AWS's clock is behind this machine's by so much: its `Date`, and the times of email changes.
    pub(crate) fn set_behind(&self, by: SignedDuration) {
        self.behind.store(by.as_secs(), Ordering::SeqCst);
    }

    /// How many requests for `operation` came by.
    pub(crate) fn asked(&self, operation: &str) -> usize {
        self.log.lock().unwrap().iter().filter(|name| *name == operation).count()
    }
}

struct Message {
    first: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Message {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    fn write(&self) -> Vec<u8> {
        let ours = ["connection", "content-length", "transfer-encoding", "expect"];
        let kept = self.headers.iter().filter(|(name, _)| !ours.contains(&name.as_str()));
        let mut lines: Vec<String> = kept.map(|(name, value)| format!("{name}: {value}")).collect();
        lines.insert(0, self.first.clone());
        let bodiless = self.first.contains(" 204 ");
        if !bodiless {
            lines.push(format!("content-length: {}", self.body.len()));
        }
        lines.push("connection: close\r\n\r\n".to_owned());
        let mut bytes = lines.join("\r\n").into_bytes();
        bytes.extend_from_slice(if bodiless { &[] } else { &self.body });
        bytes
    }
}

/// Reads one message; the other side says how long it is.
async fn read(stream: &mut TcpStream) -> Option<Message> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        stream.read_buf(&mut bytes).await.ok().filter(|read| *read > 0)?;
    };
    let body = bytes.split_off(end + 4);
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let mut lines = head.lines();
    let first = lines.next()?.to_owned();
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers: Vec<_> = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    let mut message = Message { first, headers, body };
    let length: usize = message.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    while message.body.len() < length {
        stream.read_buf(&mut message.body).await.ok().filter(|read| *read > 0)?;
    }
    Some(message)
}

async fn pass_on(mut stream: TcpStream, to: &str, rules: &Rules, log: &Mutex<Vec<String>>, behind: i64) {
    let Some(request) = read(&mut stream).await else { return };
    let operation = operation(&request);
    log.lock().unwrap().push(operation.clone());
    let spoil = strike(rules, &operation);
    let mut answer = None;
    if !matches!(spoil, Some(Spoil::Instead(_))) {
        let Ok(mut there) = TcpStream::connect(to).await else { return };
        there.write_all(&request.write()).await.ok();
        answer = read(&mut there).await;
        // The emulator cut the connection: so does this.
        if answer.is_none() {
            return;
        }
    }
    let answer = match (spoil, answer) {
        (Some(Spoil::Instead(page) | Spoil::After(page)), _) => of_page(&page),
        (spoil, Some(answer)) => spoiled(answer, spoil, behind),
        (_, None) => return,
    };
    stream.write_all(&answer.write()).await.ok();
}

fn strike(rules: &Rules, operation: &str) -> Option<Spoil> {
    let mut rules = rules.lock().unwrap();
    let rule = rules.iter_mut().find(|(at, _, times)| at == operation && *times > 0)?;
    rule.2 -= 1;
    Some(rule.1)
}

fn of_page(page: &Page) -> Message {
    let mut headers = Vec::new();
    if !page.content_type.is_empty() {
        headers.push(("content-type".to_owned(), page.content_type.to_owned()));
    }
    if page.named {
        headers.push(("x-amzn-requestid".to_owned(), "9a1f-spoiled".to_owned()));
    }
    Message { first: format!("HTTP/1.1 {} X", page.status), headers, body: page.body.as_bytes().to_vec() }
}

fn spoiled(mut answer: Message, spoil: Option<Spoil>, behind: i64) -> Message {
    match spoil {
        Some(Spoil::Half) => answer.body.truncate(answer.body.len() / 2),
        Some(Spoil::Typed(kind)) => {
            answer.headers.retain(|(name, _)| name != "content-type");
            answer.headers.push(("content-type".to_owned(), kind.to_owned()));
        }
        Some(Spoil::Unnamed) => {
            answer.headers.retain(|(name, _)| !["x-amzn-requestid", "x-amz-request-id"].contains(&name.as_str()));
        }
        Some(Spoil::Token(token)) => {
            let mut body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
            body.as_object_mut().unwrap().insert("NextToken".to_owned(), token.into());
            answer.body = body.to_string().into_bytes();
        }
        Some(Spoil::Instead(_) | Spoil::After(_)) | None => {}
    }
    if behind != 0 {
        set_back(&mut answer, behind);
    }
    answer
}

fn set_back(answer: &mut Message, seconds: i64) {
    for (name, value) in &mut answer.headers {
        if name == "date" {
            let date = rfc2822::parse(value).unwrap().timestamp() - SignedDuration::from_secs(seconds);
            *value = rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&date).unwrap();
        }
    }
    if let Ok(mut body) = serde_json::from_slice::<serde_json::Value>(&answer.body)
        && let Some(updated) = body.get("UpdatedAt").and_then(serde_json::Value::as_f64)
    {
        #[expect(clippy::cast_precision_loss, reason = "some years of seconds")]
        let updated = updated - seconds as f64;
        body.as_object_mut().unwrap().insert("UpdatedAt".to_owned(), updated.into());
        answer.body = body.to_string().into_bytes();
    }
}

/// The operation of a request, as the emulator names it.
fn operation(request: &Message) -> String {
    if let Some(target) = request.header("x-amz-target") {
        return target.rsplit('.').next().unwrap_or_default().to_owned();
    }
    let body = String::from_utf8_lossy(&request.body).into_owned();
    if let Some((_, action)) = body.split_once("Action=") {
        return action.split('&').next().unwrap_or_default().to_owned();
    }
    let mut words = request.first.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if path.contains("?policy") {
        let verb = match method {
            "PUT" => "Put",
            "DELETE" => "Delete",
            _ => "Get",
        };
        return format!("{verb}BucketPolicy");
    }
    let name = path.trim_start_matches('/');
    match name.chars().next() {
        Some(first) if first.is_ascii_lowercase() => {
            first.to_ascii_uppercase().to_string() + name.get(1..).unwrap_or_default()
        }
        _ => "ListBuckets".to_owned(),
    }
}
