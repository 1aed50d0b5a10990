//! A proxy between the program and the emulator that spoils answers.

mod http_message;

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::SignedDuration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use http_message::{Message, operation, read, set_back};

/// Long enough for the read after a write that nobody waits for any more to be answered first.
const OVERDUE: Duration = Duration::from_millis(700);

/// An answer of somebody else's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) body: &'static str,
    /// Whether it names a request, as AWS's do.
    pub(crate) named: bool,
    /// Where it leads to.
    pub(crate) location: Option<&'static str>,
}

impl Page {
    pub(crate) const EMPTY: Self = Self { status: 200, content_type: "", body: "", named: false, location: None };

    pub(crate) const fn html(status: u16) -> Self {
        let body = "<html><body><h1>Blocked by policy</h1><Code>AccessDenied</Code></body></html>";
        Self { status, content_type: "text/html; charset=utf-8", body, ..Self::EMPTY }
    }

    pub(crate) const fn json(status: u16, body: &'static str) -> Self {
        Self { status, content_type: "application/json", body, ..Self::EMPTY }
    }

    /// As the services answer that speak XML.
    pub(crate) const fn xml(body: &'static str) -> Self {
        Self { content_type: "text/xml", body, ..Self::EMPTY }
    }

    /// To a page to sign in at.
    pub(crate) const fn redirect(status: u16) -> Self {
        Self { status, location: Some("http://127.0.0.1:9/sign-in"), ..Self::EMPTY }
    }

    pub(crate) const fn of_aws(self) -> Self {
        Self { named: true, ..self }
    }
}

/// What is done to a request that is held back, or to the answer to one that was passed on.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spoil {
    /// The request is held back; this is answered.
    Instead(Page),
    /// The request is passed on, and this is answered.
    After(Page),
    /// The connection is reset; whether the request was passed on.
    Reset(bool),
    /// The request is passed on, and the connection ends in order, without an answer.
    Lost,
    /// The request is passed on so much later.
    Late(Duration),
    /// Nothing comes, however long is waited; whether the request was passed on.
    Stalled(bool),
    /// The request is passed on only when nobody waits for its answer any more.
    Overdue,
    /// The head of the answer arrives and half of its body, and then nothing more.
    StalledBody,
    /// A byte of the answer arrives every so often.
    Trickle(Duration),
    /// Half of the body arrives, as if it were all.
    Half,
    /// Half of the body arrives, and the connection ends.
    Cut,
    /// The same in the middle of a chunk.
    CutChunk,
    /// The body arrives as something else.
    Typed(&'static str),
    /// The answer names no request.
    Unnamed,
    /// The token of the next page is this one, in all lists.
    Token(&'static str),
}

/// Every operation, for [`Spoiler::spoil`].
pub(crate) const ALL: &str = "*";

type Witness = Box<dyn Fn(&str) + Send + Sync>;

#[derive(Default)]
struct Shared {
    rules: Mutex<VecDeque<(String, Spoil, usize)>>,
    log: Mutex<Vec<String>>,
    behind: AtomicI64,
    /// Answers to reads so far, and whether they are given again.
    memory: Mutex<HashMap<Vec<u8>, Message>>,
    frozen: AtomicBool,
    in_progress: AtomicUsize,
    held_back: AtomicUsize,
    witness: Mutex<Option<Witness>>,
}

pub(crate) struct Spoiler {
    pub(crate) url: String,
    shared: Arc<Shared>,
}

impl Spoiler {
    /// In front of `to`.
    pub(crate) async fn before(to: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::<Shared>::default();
        let to = to.strip_prefix("http://").unwrap().to_owned();
        let its = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (shared, to) = (Arc::clone(&its), to.clone());
                tokio::spawn(async move {
                    shared.in_progress.fetch_add(1, Ordering::SeqCst);
                    pass_on(stream, &to, &shared).await;
                    shared.in_progress.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { url, shared }
    }

    /// Spoils the next `times` answers to `operation`.
    pub(crate) fn spoil(&self, operation: &str, spoil: Spoil, times: usize) {
        self.shared.rules.lock().unwrap().push_back((operation.to_owned(), spoil, times));
    }

    /// Spoils nothing any more.
    pub(crate) fn heal(&self) {
        self.shared.rules.lock().unwrap().clear();
        self.shared.frozen.store(false, Ordering::SeqCst);
    }

    /// Has what was read before read again, whatever is written from now on.
    pub(crate) fn freeze(&self) {
        self.shared.frozen.store(true, Ordering::SeqCst);
    }

    /// AWS's clock is behind this machine's by so much: its `Date`, and the times in its answers.
    pub(crate) fn set_behind(&self, by: SignedDuration) {
        self.shared.behind.store(by.as_secs(), Ordering::SeqCst);
    }

    /// How many requests for `operation` came by.
    pub(crate) fn asked(&self, operation: &str) -> usize {
        self.shared.log.lock().unwrap().iter().filter(|name| *name == operation).count()
    }

    /// Has `witness` told each operation before its request is passed on or held back.
    pub(crate) fn told_to(&self, witness: impl Fn(&str) + Send + Sync + 'static) {
        *self.shared.witness.lock().unwrap() = Some(Box::new(witness));
    }

    /// How many requests wait in vain now.
    pub(crate) fn held_back(&self) -> usize {
        self.shared.held_back.load(Ordering::SeqCst)
    }

    /// Waits until no request is in progress.
    pub(crate) async fn rests(&self) {
        while self.shared.in_progress.load(Ordering::SeqCst) > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Shared {
    fn strike(&self, operation: &str) -> Option<Spoil> {
        let mut rules = self.rules.lock().unwrap();
        let rule = rules.iter_mut().find(|(at, _, times)| (at == operation || at == ALL) && *times > 0)?;
        rule.2 -= 1;
        Some(rule.1)
    }

    fn remembered(&self, key: &[u8]) -> Option<Message> {
        let frozen = self.frozen.load(Ordering::SeqCst);
        frozen.then(|| self.memory.lock().unwrap().get(key).cloned()).flatten()
    }
}

async fn pass_on(mut stream: TcpStream, to: &str, shared: &Shared) {
    let Some(mut request) = read(&mut stream).await else { return };
    let operation = operation(&request);
    shared.log.lock().unwrap().push(operation.clone());
    if let Some(witness) = shared.witness.lock().unwrap().as_ref() {
        witness(&operation);
    }
    let spoil = shared.strike(&operation);
    match spoil {
        Some(Spoil::Instead(page)) => {
            stream.write_all(&of_page(&page).write()).await.ok();
            return;
        }
        Some(Spoil::Reset(false)) => return reset(&stream),
        Some(Spoil::Stalled(false)) => return is_left(&mut stream, shared).await,
        Some(Spoil::Overdue) => {
            is_left(&mut stream, shared).await;
            tokio::time::sleep(OVERDUE).await;
        }
        Some(Spoil::Late(by)) => tokio::time::sleep(by).await,
        Some(Spoil::Token(token)) => take_token(&mut request, token),
        _ => {}
    }
    // The emulator cut the connection: so does this.
    let Some(answer) = answered(&request, &operation, to, shared).await else { return };
    match spoil {
        Some(Spoil::After(page)) => stream.write_all(&of_page(&page).write()).await.unwrap_or_default(),
        Some(Spoil::Reset(_)) => reset(&stream),
        Some(Spoil::Lost | Spoil::Overdue) => {}
        Some(Spoil::Stalled(_)) => is_left(&mut stream, shared).await,
        Some(Spoil::StalledBody) => {
            let (head, body) = answer.head();
            stream.write_all(&head).await.ok();
            stream.write_all(body.get(..body.len() / 2).unwrap_or_default()).await.ok();
            is_left(&mut stream, shared).await;
        }
        Some(Spoil::Trickle(pause)) => {
            for byte in answer.write() {
                if stream.write_all(&[byte]).await.is_err() {
                    return;
                }
                tokio::time::sleep(pause).await;
            }
        }
        Some(Spoil::Cut) => stream.write_all(&answer.cut()).await.unwrap_or_default(),
        Some(Spoil::CutChunk) => stream.write_all(&answer.cut_chunk()).await.unwrap_or_default(),
        spoil => stream.write_all(&spoiled(answer, spoil).write()).await.unwrap_or_default(),
    }
}

/// AWS's answer, or the one that it gave before.
async fn answered(request: &Message, operation: &str, to: &str, shared: &Shared) -> Option<Message> {
    let is_read = ["Get", "List", "Describe"].iter().any(|verb| operation.starts_with(verb));
    let key = [request.first.as_bytes(), operation.as_bytes(), &request.body].concat();
    if let Some(answer) = shared.remembered(&key) {
        return Some(answer);
    }
    let mut there = TcpStream::connect(to).await.ok()?;
    there.write_all(&request.write()).await.ok();
    let mut answer = read(&mut there).await?;
    let behind = shared.behind.load(Ordering::SeqCst);
    if behind != 0 {
        set_back(&mut answer, behind);
    }
    if is_read {
        shared.memory.lock().unwrap().insert(key, answer.clone());
    }
    Some(answer)
}

/// AWS does not know a token that it has not given: the page that it is of is the first one again, for ever.
fn take_token(request: &mut Message, token: &str) {
    if let Ok(mut body) = serde_json::from_slice::<serde_json::Value>(&request.body)
        && let Some(members) = body.as_object_mut()
        && members.get("NextToken").is_some_and(|given| given == token)
    {
        members.remove("NextToken");
        request.body = body.to_string().into_bytes();
    }
}

fn reset(stream: &TcpStream) {
    stream.set_zero_linger().unwrap();
}

/// Waits until the other side has given up.
async fn is_left(stream: &mut TcpStream, shared: &Shared) {
    shared.held_back.fetch_add(1, Ordering::SeqCst);
    let mut byte = [0];
    while stream.read(&mut byte).await.is_ok_and(|read| read > 0) {}
    shared.held_back.fetch_sub(1, Ordering::SeqCst);
}

fn of_page(page: &Page) -> Message {
    let mut headers = Vec::new();
    if !page.content_type.is_empty() {
        headers.push(("content-type".to_owned(), page.content_type.to_owned()));
    }
    if page.named {
        headers.push(("x-amzn-requestid".to_owned(), "9a1f-spoiled".to_owned()));
    }
    if let Some(location) = page.location {
        headers.push(("location".to_owned(), location.to_owned()));
    }
    Message { first: format!("HTTP/1.1 {} X", page.status), headers, body: page.body.as_bytes().to_vec() }
}

fn spoiled(mut answer: Message, spoil: Option<Spoil>) -> Message {
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
            if let Ok(mut body) = serde_json::from_slice::<serde_json::Value>(&answer.body)
                && let Some(members) =
                    body.as_object_mut().filter(|members| members.values().any(serde_json::Value::is_array))
            {
                members.insert("NextToken".to_owned(), token.into());
                answer.body = body.to_string().into_bytes();
            }
        }
        _ => {}
    }
    answer
}
