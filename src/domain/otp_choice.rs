//! Which code of a text belongs to which of the email changes that wait for one.
//!
//! AWS takes few wrong codes. What is not surely a code of the change is not taken: the mail of another address or
//! account, six digits in a text about something else, one of several codes.

use super::account::AccountId;
use super::email::EmailAddress;
use super::mails::{CodeMail, body_of, code_mails, newest};
use super::otp::{Otp, Pasted, account_ids, addresses_in, codes_after_sentence, find_in_paste, only_candidate};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CodeFound<'a> {
    /// A code, and the address of the change that it belongs to.
    For(&'a EmailAddress, Otp),
    /// Several codes for the change to this address, and which is the newest can't be told.
    Several(&'a EmailAddress),
    /// It is the mail of another address, so its code was not taken.
    OtherAddress(String),
    /// It is the mail of another account, so its code was not taken.
    OtherAccount(AccountId),
    /// It holds a code, and does not say that it is for this change.
    Unrelated,
    Nothing,
}

/// Finds the code for a change of `account` to one of `addresses`, the newest first. Among several mails the newest
/// that names the change counts; a code without a mail around it is for the first address.
pub(crate) fn code_for<'a>(text: &str, account: AccountId, addresses: &[&'a EmailAddress]) -> CodeFound<'a> {
    let first = |otp| addresses.first().map_or(CodeFound::Nothing, |first| CodeFound::For(first, otp));
    let mails = code_mails(text);
    if !mails.is_empty() {
        return of_mails(&mails, account, addresses);
    }
    let body = body_of(text);
    match find_in_paste(&body) {
        Pasted::Code { otp, address: None } => return first(otp),
        Pasted::Code { otp, address: Some(to) } => {
            let known = addresses.iter().find(|address| address.same_mailbox(&to));
            return known.map_or(CodeFound::OtherAddress(to), |address| CodeFound::For(address, otp));
        }
        Pasted::Nothing => {}
    }
    if codes_after_sentence(&body).len() > 1 {
        return addresses.first().map_or(CodeFound::Nothing, |first| CodeFound::Several(first));
    }
    // The mail in another language, or told in somebody's own words: it counts if it names both.
    match only_candidate(&body) {
        None => CodeFound::Nothing,
        Some(_) if !account_ids(&body).contains(&account) => CodeFound::Unrelated,
        Some(otp) => {
            let named = |address: &&&EmailAddress| addresses_in(&body).any(|word| address.same_mailbox(word));
            addresses.iter().find(named).map_or(CodeFound::Unrelated, |address| CodeFound::For(address, otp))
        }
    }
}

fn of_mails<'a>(mails: &[CodeMail], account: AccountId, addresses: &[&'a EmailAddress]) -> CodeFound<'a> {
    let is_ours = |mail: &&CodeMail| mail.account.is_none_or(|named| named == account);
    for address in addresses {
        let to: Vec<&CodeMail> =
            mails.iter().filter(is_ours).filter(|mail| address.same_mailbox(&mail.address)).collect();
        if !to.is_empty() {
            return newest(&to).map_or(CodeFound::Several(address), |mail| CodeFound::For(address, mail.otp.clone()));
        }
    }
    let same = mails.iter().find(|mail| addresses.iter().any(|address| address.same_mailbox(&mail.address)));
    match (same.and_then(|mail| mail.account), mails.first()) {
        (Some(other), _) => CodeFound::OtherAccount(other),
        (None, Some(mail)) => CodeFound::OtherAddress(mail.address.clone()),
        (None, None) => CodeFound::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;

    use super::*;

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).expect("an address")
    }

    fn code(text: &str) -> Otp {
        Otp::parse(text).expect("a code")
    }

    fn account() -> AccountId {
        "444455556666".parse().expect("an id")
    }

    fn find<'a>(text: &str, addresses: &[&'a EmailAddress]) -> CodeFound<'a> {
        code_for(text, account(), addresses)
    }

    fn mail(to: &str, code: &str) -> String {
        format!(
            "A request was made to use your email address ({to}) as the root user email address.\nPlease use the \
             following code to verify your email address: {code}.\n"
        )
    }

    #[test]
    fn a_mail_belongs_to_the_change_whose_address_it_names() {
        let (newest, earlier) = (address("new@corp.example"), address("before@corp.example"));
        let both = [&newest, &earlier];
        assert_eq!(find("482915", &both), CodeFound::For(&newest, code("482915")));
        assert_eq!(find(&mail("Before@corp.example", "111111"), &both), CodeFound::For(&earlier, code("111111")));
        let mailbox = mail("before@corp.example", "111111") + &mail("new@corp.example", "222222");
        assert_eq!(find(&mailbox, &both), CodeFound::For(&newest, code("222222")));
    }

    #[test]
    fn a_saved_message_is_read_as_a_mail_program_would() {
        let newest = address("new@corp.example");
        let saved = "From: no-reply@aws.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\
                     Content-Transfer-Encoding: quoted-printable\n\nA request was made to use your email address =\n\
                     (new@corp.example) as the root user email address. Please use the following code to verify =\n\
                     your email address=3A 482915.\n";
        assert_eq!(find(saved, &[&newest]), CodeFound::For(&newest, code("482915")));
    }

    #[test]
    fn a_code_of_somebody_else_or_one_of_several_is_not_taken() {
        let newest = address("new@corp.example");
        let other = mail("other@corp.example", "111111");
        assert_eq!(find(&other, &[&newest]), CodeFound::OtherAddress("other@corp.example".into()));
        let twice = mail("new@corp.example", "111111") + &mail("new@corp.example", "222222");
        assert_eq!(find(&twice, &[&newest]), CodeFound::Several(&newest));
        let again = mail("new@corp.example", "111111").repeat(2);
        assert_eq!(find(&again, &[&newest]), CodeFound::For(&newest, code("111111")));
        assert_eq!(find("no code here", &[&newest]), CodeFound::Nothing);
        assert_eq!(find("482915", &[]), CodeFound::Nothing);
    }

    #[test]
    fn of_two_mails_about_one_change_the_newer_counts() {
        let new = address("new@corp.example");
        let dated = |day: &str, code: &str| format!("Date: {day}\n\n{}\n", mail("new@corp.example", code));
        let (early, late) = ("Sun, 29 Nov 2026 10:00:00 +0000", "Sun, 29 Nov 2026 20:00:00 +0900");
        for (one, other) in [(early, late), (late, early)] {
            let codes = if one == late { ("222222", "111111") } else { ("111111", "222222") };
            let both = format!("{}----\n{}", dated(one, codes.0), dated(other, codes.1));
            assert_eq!(find(&both, &[&new]), CodeFound::For(&new, code("222222")), "{both}");
        }
        let undated = dated(early, "111111") + &mail("new@corp.example", "222222");
        assert_eq!(find(&undated, &[&new]), CodeFound::Several(&new), "one of them does not say when it was sent");
        let casual = format!("{}----\n{}", dated(early, "111111"), dated("yesterday at 8 PM", "222222"));
        assert_eq!(find(&casual, &[&new]), CodeFound::Several(&new));
    }

    #[test]
    fn a_code_for_something_else_is_not_taken() {
        let new = address("new@corp.example");
        let device = "Amazon Web Services\nVerify your identity\nVerification code: 482915\n(This code will expire 10 \
                      minutes after it was sent.)\n";
        let sent = format!("From: no-reply@aws.example\nTo: new@corp.example\nSubject: AWS\n\n{device}");
        let chat = "[2026-11-29 20:04] tanaka: the code of OPS-771 is 482915";
        for text in [device, &sent, chat, "Verification code: 482915", "444455556666: 482915"] {
            assert_eq!(find(text, &[&new]), CodeFound::Unrelated, "{text}");
        }
        let named = mail("new@corp.example", "482915").replace("root user", "root user of 555566667777");
        assert_eq!(find(&named, &[&new]), CodeFound::OtherAccount("555566667777".parse().expect("an id")));
    }

    #[test]
    fn a_mail_in_another_language_counts_if_it_names_account_and_address() {
        let new = address("new@corp.example");
        let text = "E メールアドレス (New@corp.example) を、AWS アカウント 4444-5555-6666 のルートユーザーに使用する\
                    リクエストがありました。次のコードを使用してください： ４８２９１５";
        assert_eq!(find(text, &[&new]), CodeFound::For(&new, code("482915")));
        assert_eq!(find(&text.replace("New@", "other@"), &[&new]), CodeFound::Unrelated);
        assert_eq!(find(&text.replace("6666", "6667"), &[&new]), CodeFound::Unrelated);
        let body = base64::engine::general_purpose::STANDARD.encode(format!("<p>{text}</p>"));
        let saved = format!(
            "From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: \
             base64\n\n{body}\n"
        );
        assert_eq!(find(&saved, &[&new]), CodeFound::For(&new, code("482915")));
    }
}
