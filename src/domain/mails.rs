//! Mails with one-time passwords as people have them: pasted text, quoted, forwarded or wrapped;
//! saved messages with quoted-printable, base64 or HTML parts; several of them in one file.
//!
//! Nothing here decides what a code is for. It only tells which mail names which address.

use jiff::Timestamp;
use mail_parser::decoders::html::html_to_text;
use mail_parser::{Message, MessageParser, PartType};

use super::account::AccountId;
use super::otp::{Otp, WrittenCode, codes_in, lone_code};
use super::text::clean;

/// A mail of AWS's with a one-time password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeMail {
    /// The new address that it was sent to verify.
    pub address: String,
    /// The account that its text names, if it names exactly one.
    pub account: Option<AccountId>,
    /// The code.
    pub otp: Otp,
    /// When it was sent, where its head says so.
    pub sent: Option<Timestamp>,
}

impl CodeMail {
    fn same_as(&self, other: &Self) -> bool {
        self.address.eq_ignore_ascii_case(&other.address) && self.otp == other.otp
    }
}

/// The mails with a one-time password in `text`, each once, in their order.
#[must_use]
pub fn code_mails(text: &str) -> Vec<CodeMail> {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut found: Vec<CodeMail> = Vec::new();
    let mut add = |mails: Vec<CodeMail>| {
        for mail in mails {
            match found.iter_mut().find(|known| known.same_as(&mail)) {
                // Seen again, with more of its head.
                Some(known) => known.sent = known.sent.or(mail.sent),
                None => found.push(mail),
            }
        }
    };
    let pieces = pieces(text);
    if pieces.len() > 1 {
        for piece in &pieces {
            add(of_piece(piece));
        }
    }
    // A message that holds others can't be taken apart at their heads without losing its encoding.
    add(of_piece(text));
    found
}

/// Heads of messages begin with one of these, and what people write does not.
const FIRST_FIELDS: [&str; 6] =
    ["return-path:", "delivered-to:", "received:", "x-original-to:", "dkim-signature:", "x-received:"];

/// The messages of a file that holds several: a mailbox with its `From ` lines, or one after the other.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut is_start = true;
    for line in text.lines() {
        let low = line.get(..24).unwrap_or(line).to_ascii_lowercase();
        let is_mailbox_line = line.starts_with("From ") && line.contains(':');
        if is_start && (is_mailbox_line || FIRST_FIELDS.iter().any(|field| low.starts_with(field))) {
            pieces.push(String::new());
        }
        is_start = line.trim().is_empty() || line.starts_with("--");
        if let Some(piece) = pieces.last_mut().filter(|_| !is_mailbox_line) {
            piece.push_str(line);
            piece.push('\n');
        }
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// The mails of one message, or of a text that is none.
fn of_piece(text: &str) -> Vec<CodeMail> {
    let parsed = has_head(text).then(|| MessageParser::default().parse(text.as_bytes())).flatten();
    let found = parsed.map(|message| of_message(&message)).unwrap_or_default();
    if found.is_empty() { of_text(text) } else { found }
}

/// Whether the text begins like a message: with the name of a field.
fn has_head(text: &str) -> bool {
    let first = text.trim_start().lines().next().unwrap_or_default();
    first.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}

fn of_message(message: &Message<'_>) -> Vec<CodeMail> {
    let mut found = Vec::new();
    let mut texts = String::new();
    for part in &message.parts {
        match &part.body {
            PartType::Text(text) => texts.push_str(text),
            PartType::Html(html) => texts.push_str(&html_to_text(html)),
            PartType::Message(inner) => found.extend(of_message(inner)),
            PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Multipart(_) => {}
        }
        texts.push('\n');
    }
    let mut own = written(&texts);
    if own.is_empty()
        && let (Some(otp), Some(address)) = (lone_code(&texts), recipient(message))
    {
        own.push(CodeMail { address, account: None, otp, sent: None });
    }
    own.dedup_by(|one, other| one.same_as(other));
    if let ([mail], Some(date)) = (own.as_mut_slice(), message.date().filter(|date| date.is_valid())) {
        // The date of a text that quotes several mails is none of theirs.
        mail.sent = Timestamp::from_second(date.to_timestamp()).ok();
    }
    found.extend(own);
    found
}

/// The one address that a message went to.
fn recipient(message: &Message<'_>) -> Option<String> {
    let mut addresses = message.to()?.iter().filter_map(|one| one.address());
    let first = addresses.next()?;
    addresses.next().is_none().then(|| clean(first))
}

fn of_text(text: &str) -> Vec<CodeMail> {
    let found = written(text);
    let is_markup = found.is_empty() && text.contains("</");
    if is_markup { written(&html_to_text(text)) } else { found }
}

fn written(text: &str) -> Vec<CodeMail> {
    let mail = |WrittenCode { address, account, otp }| CodeMail { address, account, otp, sent: None };
    codes_in(text).into_iter().map(mail).collect()
}

#[cfg(test)]
#[path = "mails_tests.rs"]
mod tests;
