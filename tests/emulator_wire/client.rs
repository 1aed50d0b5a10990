//! A client that writes its requests by hand.

use jiff::Timestamp;
use rootdeck::emulator::{Emulator, Identity, Mail, Options, start};
use serde_json::{Value, json};

use crate::root_sessions::form;
use crate::signing::{access_key, sign};
use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// The code of an error, wherever the protocol puts it; empty for a success.
    pub(crate) fn code(&self) -> String {
        if self.status == 200 {
            return String::new();
        }
        if let Some(code) = self.header("x-amzn-ErrorType") {
            return code.to_owned();
        }
        match serde_json::from_str::<Value>(&self.body) {
            Ok(body) => body["__type"].as_str().unwrap().to_owned(),
            Err(_) => between(&self.body, "<Code>", "</Code>").to_owned(),
        }
    }
}

/// The text between two marks.
pub(crate) fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap();
    rest.split_once(to).unwrap().0
}

/// Access key id and secret, in XML or JSON.
fn credentials_in(text: &str) -> Option<(String, String)> {
    let value = |name: &str| {
        let (_, rest) = text.split_once(name)?;
        let value = rest.trim_start_matches(['>', '"', ':']);
        value.split(['<', '"']).next().map(str::to_owned)
    };
    let either = |one, other| value(one).or_else(|| value(other));
    Some((either("<AccessKeyId", "accessKeyId")?, either("<SecretAccessKey", "secretAccessKey")?))
}

/// Sends bytes on a connection of their own; nothing if it ends without an answer.
pub(crate) async fn send(address: SocketAddr, request: &str) -> Option<Answer> {
    let request = request.to_owned();
    let bytes = tokio::task::spawn_blocking(move || exchange(address, &request));
    let text = String::from_utf8(bytes.await.unwrap()).unwrap();
    let (head, body) = text.split_once("\r\n\r\n")?;
    Some(Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_owned(),
        body: body.to_owned(),
    })
}

fn exchange(address: SocketAddr, request: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    // A connection cut in the middle may also be reset.
    let _ = stream.read_to_end(&mut bytes);
    bytes
}

/// A request's text.
pub(crate) fn request(line: &str, headers: &str, body: &str) -> String {
    format!(
        "{line} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// The header that says who asks which service.
pub(crate) fn signed(key: &str, service: &str) -> String {
    format!(
        "Authorization: AWS4-HMAC-SHA256 Credential={key}/20261122/eu-north-1/{service}/aws4_request, \
         SignedHeaders=host;x-amz-date, Signature=00\r\n"
    )
}

/// An emulator, and the calls to it.
pub(crate) struct Aws {
    pub(crate) emulator: Emulator,
    /// Of the temporary credentials that came in answers, by access key id.
    secrets: Mutex<HashMap<String, String>>,
}

impl Aws {
    pub(crate) async fn demo() -> Self {
        Self::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        Self { emulator: start(options).await.unwrap(), secrets: Mutex::default() }
    }

    /// The demo organization with trusted access for a service.
    pub(crate) async fn trusting(principal: &str) -> Self {
        let aws = Self::demo().await;
        aws.enable(principal).await;
        aws
    }

    pub(crate) async fn enable(&self, principal: &str) {
        let input = json!({ "ServicePrincipal": principal });
        let answer = self.organizations("EnableAWSServiceAccess", &input).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    /// Signed, if it is by temporary credentials.
    pub(crate) async fn send(&self, text: &str) -> Option<Answer> {
        let secret = access_key(text).and_then(|key| self.secrets.lock().unwrap().get(key).cloned());
        let signed = secret.map(|secret| sign(text, &secret, Timestamp::now()));
        let answer = send(self.emulator.address(), signed.as_deref().unwrap_or(text)).await?;
        self.secrets.lock().unwrap().extend(credentials_in(&answer.body));
        Some(answer)
    }

    /// With no other signature than its own.
    pub(crate) async fn send_as_is(&self, text: &str) -> Answer {
        send(self.emulator.address(), text).await.unwrap()
    }

    fn key(&self, who: Identity) -> String {
        self.emulator.access_key(who).id
    }

    pub(crate) async fn try_organizations(&self, who: Identity, operation: &str, input: &Value) -> Option<Answer> {
        let headers = signed(&self.key(who), "organizations")
            + &format!("X-Amz-Target: AWSOrganizationsV20161128.{operation}\r\n")
            + "Content-Type: application/x-amz-json-1.1\r\n";
        self.send(&request("POST /", &headers, &input.to_string())).await
    }

    pub(crate) async fn organizations(&self, operation: &str, input: &Value) -> Answer {
        let answer = self.try_organizations(Identity::Management, operation, input);
        answer.await.unwrap()
    }

    pub(crate) async fn try_account(&self, who: Identity, operation: &str, input: &Value) -> Option<Answer> {
        let headers = signed(&self.key(who), "account") + "Content-Type: application/json\r\n";
        let line = format!("POST /{operation}");
        self.send(&request(&line, &headers, &input.to_string())).await
    }

    pub(crate) async fn account(&self, operation: &str, input: &Value) -> Answer {
        let answer = self.try_account(Identity::Management, operation, input);
        answer.await.unwrap()
    }

    pub(crate) async fn query_as(&self, who: Identity, service: &str, operation: &str) -> Answer {
        let headers =
            signed(&self.key(who), service) + "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n";
        let body = format!("Action={operation}&Version=2010-05-08");
        self.send(&request("POST /", &headers, &body)).await.unwrap()
    }

    /// Like [`Self::query_as`], with parameters.
    pub(crate) async fn ask(
        &self,
        who: Identity,
        service: &str,
        operation: &str,
        parameters: &[(&str, &str)],
    ) -> Answer {
        self.send(&form(&self.key(who), "", service, operation, parameters)).await.unwrap()
    }

    pub(crate) async fn iam(&self, operation: &str) -> Answer {
        self.query_as(Identity::Management, "iam", operation).await
    }

    pub(crate) async fn start_change(&self, account: &str, email: &str) -> Answer {
        let input = json!({ "AccountId": account, "PrimaryEmail": email });
        self.account("startPrimaryEmailUpdate", &input).await
    }

    pub(crate) async fn accept_change(&self, account: &str, email: &str, code: &str) -> Answer {
        let input = json!({ "AccountId": account, "PrimaryEmail": email, "Otp": code });
        self.account("acceptPrimaryEmailUpdate", &input).await
    }

    /// Status of the change, or the error's code.
    pub(crate) async fn change_status(&self, account: &str) -> String {
        let input = json!({ "AccountId": account });
        let answer = self.account("getPrimaryEmailUpdateStatus", &input).await;
        match answer.status {
            200 => answer.json()["Status"].as_str().unwrap().to_owned(),
            _ => answer.code(),
        }
    }

    pub(crate) async fn primary_email(&self, account: &str) -> String {
        let input = json!({ "AccountId": account });
        let answer = self.account("getPrimaryEmail", &input).await;
        answer.json()["PrimaryEmail"].as_str().unwrap().to_owned()
    }

    pub(crate) fn last_mail(&self) -> Mail {
        self.emulator.mail().pop().unwrap()
    }

    /// The code in the latest mail.
    pub(crate) fn last_code(&self) -> String {
        code_in(&self.last_mail())
    }
}

/// The code at the end of a verification mail.
pub(crate) fn code_in(mail: &Mail) -> String {
    let (_, code) = mail.body.rsplit_once(": ").unwrap();
    code.strip_suffix('.').unwrap().to_owned()
}
