//! One request or answer as it goes over the line.

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

#[derive(Clone)]
pub(super) struct Message {
    pub(super) first: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Message {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    /// Head and body, with the headers that say how long the body is.
    fn parts(&self, length: &str) -> (Vec<u8>, &[u8]) {
        let ours = ["connection", "content-length", "transfer-encoding", "expect"];
        let kept = self.headers.iter().filter(|(name, _)| !ours.contains(&name.as_str()));
        let mut lines: Vec<String> = kept.map(|(name, value)| format!("{name}: {value}")).collect();
        lines.insert(0, self.first.clone());
        let bodiless = self.first.contains(" 204 ");
        if !bodiless {
            lines.push(length.to_owned());
        }
        lines.push("connection: close\r\n\r\n".to_owned());
        (lines.join("\r\n").into_bytes(), if bodiless { &[] } else { &self.body })
    }

    /// The whole.
    pub(super) fn write(&self) -> Vec<u8> {
        let (mut head, body) = self.head();
        head.extend_from_slice(body);
        head
    }

    /// Its head, and its body.
    pub(super) fn head(&self) -> (Vec<u8>, &[u8]) {
        self.parts(&format!("content-length: {}", self.body.len()))
    }

    /// Half of the body, of which the head says that there is more.
    pub(super) fn cut(&self) -> Vec<u8> {
        let (mut head, body) = self.parts(&format!("content-length: {}", self.body.len() + 1));
        head.extend_from_slice(body.get(..body.len() / 2).unwrap_or_default());
        head
    }

    /// The same as one chunk that does not come to its end.
    pub(super) fn cut_chunk(&self) -> Vec<u8> {
        let (mut head, body) = self.parts("transfer-encoding: chunked");
        head.extend_from_slice(format!("{:x}\r\n", body.len() + 1).as_bytes());
        head.extend_from_slice(body.get(..body.len() / 2).unwrap_or_default());
        head
    }
}

/// Reads one message; the other side says how long it is.
pub(super) async fn read(stream: &mut TcpStream) -> Option<Message> {
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

/// The operation of a request, as the emulator names it.
pub(super) fn operation(request: &Message) -> String {
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

/// Moves AWS's times in an answer back.
pub(super) fn set_back(answer: &mut Message, seconds: i64) {
    use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
    let by = SignedDuration::from_secs(seconds);
    for (name, value) in &mut answer.headers {
        if name == "date" {
            let date = rfc2822::parse(value).unwrap().timestamp() - by;
            *value = rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&date).unwrap();
        }
    }
    if let Ok(mut body) = serde_json::from_slice::<serde_json::Value>(&answer.body) {
        // What has no times stays as it is, to the letter.
        if json_back(&mut body, seconds) {
            answer.body = body.to_string().into_bytes();
        }
        return;
    }
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    let mut parts = text.split("<CreateDate>");
    let mut moved = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (date, rest) = part.split_once('<').unwrap();
        let date = date.parse::<Timestamp>().unwrap() - by;
        moved += &["<CreateDate>", &date.to_string(), "<", rest].concat();
    }
    answer.body = moved.into_bytes();
}

/// The times of JSON are numbers of seconds; whether there was one.
fn json_back(value: &mut serde_json::Value, seconds: i64) -> bool {
    use serde_json::Value;
    match value {
        Value::Array(all) => all.iter_mut().fold(false, |found, one| json_back(one, seconds) | found),
        Value::Object(members) => members.iter_mut().fold(false, |found, (name, member)| {
            let is_time = ["At", "Date", "DateEnabled", "Timestamp"].iter().any(|end| name.ends_with(end));
            match member.as_f64().filter(|_| is_time) {
                #[expect(clippy::cast_precision_loss, reason = "some years of seconds")]
                Some(time) => {
                    *member = (time - seconds as f64).into();
                    true
                }
                None => json_back(member, seconds) | found,
            }
        }),
        _ => false,
    }
}
