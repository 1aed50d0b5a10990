//! Mails with one-time passwords as people have them: pasted text, quoted, forwarded or wrapped; saved messages with
//! quoted-printable, base64 or HTML parts; several of them in one file. This only tells which mail names which address,
//! not what a code is for.

use jiff::Timestamp;
use mail_parser::decoders::html::html_to_text;
use mail_parser::{Message, MessageParser, PartType};

use super::account::AccountId;
use super::otp::{Otp, WrittenCode, codes_after_sentence, codes_in};
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
    pub(crate) sent: Option<Timestamp>,
}

impl CodeMail {
    fn same_as(&self, other: &Self) -> bool {
        self.address.eq_ignore_ascii_case(&other.address) && self.otp == other.otp
    }
}

/// The mails with a one-time password in `text`, each once, in their order.
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

/// The mail whose code counts: the only one, or the newest where each says when it was sent.
pub(crate) fn newest<'a>(mails: &[&'a CodeMail]) -> Option<&'a CodeMail> {
    let first = mails.first()?;
    if mails.iter().all(|mail| mail.otp == first.otp) {
        return Some(first);
    }
    let times: Option<Vec<Timestamp>> = mails.iter().map(|mail| mail.sent).collect();
    let last = times?.into_iter().max()?;
    let mut newest = mails.iter().filter(|mail| mail.sent == Some(last));
    let one = newest.next()?;
    newest.all(|mail| mail.otp == one.otp).then_some(*one)
}

/// Heads of messages begin with one of these. The last two also begin what people write, where pieces do no harm.
const FIRST_FIELDS: [&str; 8] = [
    "return-path:",
    "delivered-to:",
    "received:",
    "x-original-to:",
    "dkim-signature:",
    "x-received:",
    "date:",
    "from:",
];

/// The texts of a message, decoded, or a text without the lines that name who wrote to whom: a mail to an address need
/// not be about it.
pub(crate) fn body_of(text: &str) -> String {
    let text = text.trim_start_matches('\u{FEFF}');
    let decoded = parsed(text).map(|message| texts_of(&message)).filter(|texts| !texts.trim().is_empty());
    let body = decoded.unwrap_or_else(|| text.to_owned());
    let body = if body.contains("</") { html_to_text(&body) } else { body };
    body.lines().filter(|line| !names_people(line)).collect::<Vec<_>>().join("\n")
}

/// Whether a line is a field of a head with addresses of people.
fn names_people(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '|' | '*')).to_lowercase();
    let fields = ["from", "to", "cc", "bcc", "reply-to", "subject", "delivered-to", "差出人", "宛先", "件名"];
    fields
        .iter()
        .any(|field| line.strip_prefix(field).is_some_and(|rest| rest.trim_start().starts_with([':', '：', '*'])))
}

fn texts_of(message: &Message<'_>) -> String {
    let mut texts = String::new();
    for part in &message.parts {
        match &part.body {
            PartType::Text(text) => texts.push_str(text),
            PartType::Html(html) => texts.push_str(&html_to_text(html)),
            PartType::Message(inner) => texts.push_str(&texts_of(inner)),
            PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Multipart(_) => {}
        }
        texts.push('\n');
    }
    texts
}

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

fn of_piece(text: &str) -> Vec<CodeMail> {
    let found = parsed(text).map(|message| of_message(&message)).unwrap_or_default();
    let mut found = if found.is_empty() { of_text(text) } else { found };
    if let [mail] = found.as_mut_slice() {
        mail.sent = mail.sent.or_else(|| written_date(text));
    }
    found
}

/// The date in the head of a text; `None` where it is not in the form of mails, or may be that of a forward.
fn written_date(text: &str) -> Option<Timestamp> {
    let dates = text.lines().filter_map(|line| {
        let (name, date) = line.trim_start().split_once(':')?;
        name.eq_ignore_ascii_case("date").then(|| mail_date(date))
    });
    let dates: Vec<Option<Timestamp>> = dates.collect();
    match dates.as_slice() {
        [date] if heads_in(text) <= 1 => *date,
        _ => None,
    }
}

fn mail_date(text: &str) -> Option<Timestamp> {
    let parser = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
    parser.parse_timestamp(text.trim()).ok()
}

fn heads_in(text: &str) -> usize {
    let is_head = |line: &&str| {
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '|' | '*')).to_lowercase();
        line.starts_with("from:") || line.starts_with("差出人")
    };
    text.lines().filter(is_head).count()
}

/// The message, if the text begins like one: with the name of a field.
fn parsed(text: &str) -> Option<Message<'_>> {
    let first = text.trim_start().lines().next().unwrap_or_default();
    let (name, _) = first.split_once(':')?;
    let is_field = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_field.then(|| MessageParser::default().parse(text.as_bytes())).flatten()
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
        && let Some(address) = recipient(message)
    {
        let mail = |otp| CodeMail { address: address.clone(), account: None, otp, sent: None };
        own.extend(codes_after_sentence(&texts).into_iter().map(mail));
    }
    own.dedup_by(|one, other| one.same_as(other));
    if let ([mail], Some(date)) = (own.as_mut_slice(), message.header_raw("Date")) {
        // The date of a text that quotes several mails is none of theirs, nor is that of a forward.
        mail.sent = mail_date(date).filter(|_| heads_in(&texts) == 0);
    }
    found.extend(own);
    found
}

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
