//! Mails, codes and names.

use super::held::{is_harmless, text};
use crate::domain::mails::code_mails;
use crate::domain::otp::{Otp, Pasted, codes_in, find_in_paste, fold, only_candidate};
use crate::domain::text::{at_most, clean, cut_from, cut_middle, cut_to, one_line, width};

/// The letters and digits of a text, which is what a code can be made of.
fn letters(text: &str) -> String {
    text.chars().map(fold).filter(char::is_ascii_alphanumeric).collect()
}

pub(super) fn mails(bytes: &[u8]) {
    let text = text(bytes);
    for mail in code_mails(&text) {
        assert!(Otp::parse(mail.otp.expose()).is_some(), "a code of another form");
        assert!(is_harmless(&mail.address), "an address with control characters");
    }
}

/// What is taken for a code is part of the text.
pub(super) fn code(bytes: &[u8]) {
    let text = text(bytes);
    let letters = letters(&text);
    if let Pasted::Code { otp, address } = find_in_paste(&text) {
        assert!(letters.contains(otp.expose()), "a code that was not pasted");
        assert!(address.is_none_or(|address| is_harmless(&address)), "an address with control characters");
    }
    let written = codes_in(&text).into_iter().map(|written| written.otp);
    for otp in written.chain(only_candidate(&text)) {
        assert!(letters.contains(otp.expose()), "a code that was not pasted");
    }
}

/// Names, emails and messages as AWS sends them.
pub(super) fn aws_text(bytes: &[u8]) {
    let text = text(bytes);
    let cleaned = clean(&text);
    assert!(!cleaned.chars().any(char::is_control), "a control character is left");
    assert_eq!(clean(&cleaned), cleaned, "cleaned twice");
    let line = one_line(&text);
    assert!(is_harmless(&line), "one line with control characters");
    let columns = bytes.first().map_or(0, |byte| usize::from(*byte) % 40);
    for cut in [cut_middle(&line, columns, "…"), cut_to(&line, columns, "…"), cut_from(&line, columns, "…")] {
        assert!(width(&cut) <= columns.max(1), "{columns} columns, and {} were taken", width(&cut));
    }
    assert!(at_most(&line, columns).chars().count() >= line.chars().count().min(columns), "too little is left");
}
