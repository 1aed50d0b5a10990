//! Which code of a text belongs to which of the email changes that wait for one.

use super::email::EmailAddress;
use super::mails::code_mails;
use super::otp::{Otp, Pasted, find_in_paste};

/// What a text holds for the changes that were asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeFound<'a> {
    /// A code, and the address of the change that it belongs to.
    For(&'a EmailAddress, Otp),
    /// Several codes for the change to this address, and which is the newest can't be told.
    Several(&'a EmailAddress),
    /// It is the mail of another address, so its code was not taken.
    OtherAddress(String),
    /// It holds no code, or more than one.
    Nothing,
}

/// Finds the code for a change to one of `addresses`, the newest first. Among several mails the one of
/// the change is found by its address; a code without a mail around it is for the first.
#[must_use]
pub fn code_for<'a>(text: &str, addresses: &[&'a EmailAddress]) -> CodeFound<'a> {
    let mails: Vec<(String, Otp)> = code_mails(text).into_iter().map(|mail| (mail.address, mail.otp)).collect();
    for address in addresses {
        let mut codes: Vec<&Otp> =
            mails.iter().filter(|(to, _)| address.same_mailbox(to)).map(|(_, code)| code).collect();
        codes.dedup();
        match codes.as_slice() {
            [] => {}
            [code] => return CodeFound::For(address, (*code).clone()),
            [_, ..] => return CodeFound::Several(address),
        }
    }
    if let Some((other, _)) = mails.into_iter().next() {
        return CodeFound::OtherAddress(other);
    }
    match find_in_paste(text) {
        Pasted::Code { otp, address: None } => {
            addresses.first().map_or(CodeFound::Nothing, |first| CodeFound::For(first, otp))
        }
        Pasted::Code { otp, address: Some(to) } => match addresses.iter().find(|address| address.same_mailbox(&to)) {
            Some(address) => CodeFound::For(address, otp),
            None => CodeFound::OtherAddress(to),
        },
        Pasted::Nothing => CodeFound::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).expect("an address")
    }

    fn code(text: &str) -> Otp {
        Otp::parse(text).expect("a code")
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
        assert_eq!(code_for("482915", &both), CodeFound::For(&newest, code("482915")));
        assert_eq!(code_for(&mail("Before@corp.example", "111111"), &both), CodeFound::For(&earlier, code("111111")));
        let mailbox = mail("before@corp.example", "111111") + &mail("new@corp.example", "222222");
        assert_eq!(code_for(&mailbox, &both), CodeFound::For(&newest, code("222222")));
    }

    #[test]
    fn a_saved_message_is_read_as_a_mail_program_would() {
        let newest = address("new@corp.example");
        let saved = "From: no-reply@aws.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\
                     Content-Transfer-Encoding: quoted-printable\n\nA request was made to use your email address =\n\
                     (new@corp.example) as the root user email address. Please use the following code to verify =\n\
                     your email address=3A 482915.\n";
        assert_eq!(code_for(saved, &[&newest]), CodeFound::For(&newest, code("482915")));
    }

    #[test]
    fn a_code_of_somebody_else_or_one_of_several_is_not_taken() {
        let newest = address("new@corp.example");
        let other = mail("other@corp.example", "111111");
        assert_eq!(code_for(&other, &[&newest]), CodeFound::OtherAddress("other@corp.example".into()));
        let twice = mail("new@corp.example", "111111") + &mail("new@corp.example", "222222");
        assert_eq!(code_for(&twice, &[&newest]), CodeFound::Several(&newest));
        let again = mail("new@corp.example", "111111").repeat(2);
        assert_eq!(code_for(&again, &[&newest]), CodeFound::For(&newest, code("111111")));
        assert_eq!(code_for("no code here", &[&newest]), CodeFound::Nothing);
        assert_eq!(code_for("482915", &[]), CodeFound::Nothing);
    }
}
