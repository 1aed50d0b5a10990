use super::*;
use proptest::prelude::*;

/// The text of AWS's mail.
fn text(address: &str, code: &str) -> String {
    format!(
        "Hello,\n\nA request was made to use your email address ({address}) as the root user email address of the AWS \
         account with the ID 444455556666.\n\nThe code is valid for 24 hours. If this was you, please use the following \
         code to verify your email address: {code}."
    )
}

fn found(text: &str) -> Vec<(String, String)> {
    code_mails(text).into_iter().map(|mail| (mail.address, mail.otp.expose().to_owned())).collect()
}

fn one() -> Vec<(String, String)> {
    vec![("root-x@corp.example".to_owned(), "482915".to_owned())]
}

fn base64(text: &str) -> String {
    use base64::Engine as _;
    let encoded = base64::engine::general_purpose::STANDARD.encode(text);
    encoded.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned()).collect::<Vec<_>>().join("\n")
}

/// Quoted-printable as its encoders write it: lines of 76 columns, the special characters escaped.
fn quoted_printable(text: &str) -> String {
    let mut lines = vec![String::new()];
    for c in text.chars() {
        let cell = match c {
            '\n' => {
                lines.push(String::new());
                continue;
            }
            '=' | '@' | '(' | '.' => format!("={:02X}", u32::from(c)),
            c => c.to_string(),
        };
        if lines.last().is_some_and(|line| line.len() + cell.len() > 75) {
            lines.last_mut().expect("a line").push('=');
            lines.push(String::new());
        }
        lines.last_mut().expect("a line").push_str(&cell);
    }
    lines.join("\r\n")
}

fn eml(kind: &str, encoding: &str, body: &str) -> String {
    format!(
        "Return-Path: <no-reply@amazonaws.example>\r\nReceived: from a by b; Fri, 14 Mar 2025 14:01:00 +0000\r\nDate: \
         Fri, 14 Mar 2025 15:01:00 +0100\r\nFrom: AWS <no-reply@amazonaws.example>\r\nTo: \
         root-x@corp.example\r\nSubject: Verify\r\nMIME-Version: 1.0\r\nContent-Type: {kind}; \
         charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n"
    )
}

fn html(text: &str) -> String {
    let linked = text.replace("root-x@corp.example", "<a href=\"mailto:root-x@corp.example\">root-x@corp.example</a>");
    let bold = linked.replace("482915", "<b>482915</b>").replace("email address:", "email&nbsp;address:");
    format!("<html><head><style>b {{ color: red }}</style></head><body><p>{bold}</p></body></html>")
}

#[test]
fn pasted_text_is_found_however_it_is_quoted_and_wrapped() {
    let plain = text("root-x@corp.example", "482915");
    let quoted = |mark: &str| format!("{mark}{}", plain.replace('\n', &format!("\n{mark}")));
    let wrapped = plain.replace(' ', "\n> ").replace("corp.", "corp.\n>> ");
    let framed = plain.split("request").map(|line| format!("│ {line}   │\n")).collect::<Vec<_>>().join("│ request │\n");
    let linked = plain.replace("corp.example)", "corp.example<mailto:root-x@corp.example>)");
    let outlined = plain.replace("(root-x@corp.example)", "([root-x@corp.example](mailto:root-x@corp.example))");
    let emphasised = plain.replace("482915", "\n\n*482915*\n");
    for text in
        [&plain, &quoted("> "), &quoted(">>"), &quoted("> > "), &wrapped, &framed, &linked, &outlined, &emphasised]
    {
        assert_eq!(found(text), one(), "{text}");
    }
    assert_eq!(code_mails(&plain)[0].account, "444455556666".parse().ok());
}

#[test]
fn saved_messages_are_decoded() {
    let plain = text("root-x@corp.example", "482915");
    let both = format!(
        "--b1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: \
         base64\r\n\r\n{}\r\n--b1\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: \
         quoted-printable\r\n\r\n{}\r\n--b1--\r\n",
        base64(&plain),
        quoted_printable(&html(&plain))
    );
    let messages = [
        eml("text/plain", "8bit", &plain),
        eml("text/plain", "quoted-printable", &quoted_printable(&plain)),
        eml("text/plain", "base64", &base64(&plain)),
        eml("text/html", "base64", &base64(&html(&plain))),
        eml("text/html", "quoted-printable", &quoted_printable(&html(&plain))),
        eml("multipart/alternative; boundary=b1", "7bit", &both),
    ];
    for message in &messages {
        let mails = code_mails(message);
        assert_eq!(found(message), one(), "{message}");
        assert_eq!(mails[0].sent, "2025-03-14T14:01:00Z".parse().ok(), "{message}");
    }
    // Saved as a page, without its head.
    assert_eq!(found(&html(&plain)), one());
}

#[test]
fn a_message_in_a_message_is_found() {
    let inner = eml("text/plain", "base64", &base64(&text("root-x@corp.example", "482915")));
    let body = format!("--b2\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--b2--\r\n");
    assert_eq!(found(&eml("multipart/mixed; boundary=b2", "7bit", &body)), one());
}

#[test]
fn each_message_of_a_mailbox_file_is_found_with_its_own_date() {
    let first = eml("text/plain", "base64", &base64(&text("root-x@corp.example", "482915")));
    let second = first
        .replace("14 Mar", "15 Mar")
        .replace(&base64(&text("root-x@corp.example", "482915")), &base64(&text("other@corp.example", "Ab12Cd")));
    let other = ("other@corp.example".to_owned(), "Ab12Cd".to_owned());
    let mailbox = format!("From aws Fri Mar 14 14:01:00 2025\n{first}\nFrom aws Sat Mar 15 14:01:00 2025\n{second}\n");
    for file in [mailbox, format!("{first}\r\n{second}")] {
        assert_eq!(found(&file), [one()[0].clone(), other.clone()], "{file}");
        assert_eq!(code_mails(&file)[1].sent, "2025-03-15T14:01:00Z".parse().ok());
    }
}

#[test]
fn where_the_text_does_not_name_the_address_the_head_does() {
    let body = "Please use the following code to verify your email address: 482915.";
    assert_eq!(found(&eml("text/plain", "7bit", body)), one());
    assert!(found(body).is_empty(), "a text alone names none");
    let chat = format!("Anna wrote: this came today\nTo: root-x@corp.example\n\n{body}");
    assert!(found(&chat).is_empty(), "a sentence with a colon is no head");
}

#[test]
fn the_same_mail_twice_is_one_and_two_codes_are_two() {
    let plain = text("root-x@corp.example", "482915");
    assert_eq!(found(&format!("{plain}\n\n{plain}")), one());
    assert_eq!(found(&format!("{plain}\n\n{}", text("Root-X@corp.example", "111111"))).len(), 2);
    assert!(found("no mail at all").is_empty() && found("").is_empty());
}

#[test]
fn the_newest_of_several_codes_counts_where_each_says_when_it_was_sent() {
    let mail = |code: &str, sent: Option<&str>| CodeMail {
        address: "root-x@corp.example".into(),
        account: None,
        otp: Otp::parse(code).expect("a code"),
        sent: sent.map(|time| time.parse().expect("a time")),
    };
    let code = |mails: &[CodeMail]| {
        let mails: Vec<&CodeMail> = mails.iter().collect();
        newest(&mails).map(|mail| mail.otp.expose().to_owned())
    };
    let (early, late) = (Some("2025-03-14T14:01:00Z"), Some("2025-03-15T14:01:00Z"));
    assert_eq!(code(&[]), None);
    assert_eq!(code(&[mail("111111", None), mail("111111", None)]).as_deref(), Some("111111"));
    assert_eq!(code(&[mail("111111", late), mail("222222", early)]).as_deref(), Some("111111"));
    assert_eq!(code(&[mail("111111", early), mail("222222", late)]).as_deref(), Some("222222"));
    assert_eq!(code(&[mail("111111", early), mail("222222", None)]), None);
    assert_eq!(code(&[mail("111111", late), mail("222222", late)]), None);
}

#[test]
fn a_text_without_its_head_names_nobody_who_wrote_or_got_it() {
    for line in
        ["To: other@corp.example", "> From : other@corp.example", "*Cc:* other@corp.example", "宛先：x@y.example"]
    {
        assert_eq!(body_of(&format!("Your code\n{line}\nis here")), "Your code\nis here", "{line}");
    }
    assert_eq!(body_of("Your code\nTotal: 5, to whom it may concern"), "Your code\nTotal: 5, to whom it may concern");
}

#[test]
fn a_pasted_text_was_sent_when_its_only_head_says_so() {
    let sent = |head: &str| {
        let mails = code_mails(&format!("Hello\n\n{head}\n\n{}", text("root-x@corp.example", "482915")));
        mails.first().and_then(|mail| mail.sent).map(|sent| sent.to_string())
    };
    let date = "Date: Fri, 14 Mar 2025 14:01:00 +0000";
    let from = "From: no-reply@verify.signin.aws";
    let then = Some("2025-03-14T14:01:00Z");
    assert_eq!(sent(date).as_deref(), then);
    assert_eq!(sent(&format!("> {from}\n  {date}")).as_deref(), then);
    assert_eq!(sent("Date: the day before"), None);
    assert_eq!(sent(&format!("> {from}\n> From: somebody@corp.example\n  {date}")), None, "of which of the two?");
}

#[test]
fn debug_tells_no_code() {
    let shown = format!("{:?}", code_mails(&text("root-x@corp.example", "482915")));
    assert!(shown.contains("root-x@corp.example") && !shown.contains("482915"), "{shown}");
}

/// Pieces that messages are made of, in an order that they never have.
fn soup() -> impl Strategy<Value = String> {
    let plain = text("root-x@corp.example", "482915");
    let piece = prop::sample::select(vec![
        plain.clone(),
        base64(&plain),
        quoted_printable(&plain),
        html(&plain),
        "From aws Fri Mar 14 14:01:00 2025\n".to_owned(),
        "Return-Path: <a@b.c>\r\n".to_owned(),
        "Date: Fri, 99 Foo 2025 99:99:99 +9999\r\n".to_owned(),
        "To: =?utf-8?B?w6k=?= <a@b.c>, d@e.f\r\n".to_owned(),
        "Content-Type: multipart/mixed; boundary=b1\r\n".to_owned(),
        "Content-Type: message/rfc822\r\n".to_owned(),
        "Content-Type: text/html; charset=\"utf-7\"\r\n".to_owned(),
        "Content-Transfer-Encoding: base64\r\n".to_owned(),
        "Content-Transfer-Encoding: quoted-printable\r\n".to_owned(),
        "\r\n\r\n".to_owned(),
        "--b1\r\n".to_owned(),
        "--b1--\r\n".to_owned(),
        "(".to_owned(),
        "é=E9=\u{200B}&#xD800;&eacute;<é".to_owned(),
        "to use your email address (".to_owned(),
        "verify your email address: 48291é5".to_owned(),
    ]);
    prop::collection::vec(prop_oneof![4 => piece, 1 => any::<String>()], 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_read_a_found_code_has_six_letters_or_digits(text in prop_oneof![any::<String>(), soup()]) {
        for mail in code_mails(&text) {
            prop_assert_eq!(mail.otp.expose().len(), super::super::otp::OTP_LENGTH);
            prop_assert!(mail.otp.expose().bytes().all(|byte| byte.is_ascii_alphanumeric()));
            prop_assert!(!mail.address.chars().any(char::is_control));
        }
    }
}
