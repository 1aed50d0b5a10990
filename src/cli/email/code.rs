//! Where a one-time password comes from: a person at the terminal, without echo, or stdin.

use std::io::{self, IsTerminal, Write};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use zeroize::Zeroizing;

use crate::cli::error::{CliError, Exit};
use crate::cli::hidden::{Given, Hidden, given, is_called_off, piece};
use crate::cli::output::print_error;
use crate::cli::signals::Interrupts;
use crate::domain::account::AccountId;
use crate::domain::email::EmailAddress;
use crate::domain::otp::Otp;
use crate::domain::otp_choice::{CodeFound, code_for};
use crate::words::cli::email as words;
use crate::words::email::{NO_CODE, SEVERAL_CODES, UNRELATED_CODE, other_account, other_address};

/// The most that is read, in bytes: many mails.
const MOST: usize = 1 << 20;
/// How long the next line of a pasted mail may be on its way.
const NEXT_LINE: Timespec = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };

/// The code for a change to one of `addresses`, the newest first, with the address it belongs to.
pub(super) async fn ask<'a>(
    account: AccountId,
    addresses: &[&'a EmailAddress],
) -> Result<(&'a EmailAddress, Otp), CliError> {
    if !io::stdin().is_terminal() {
        let given = tokio::task::spawn_blocking(everything).await.map_err(|_| CliError::reported(Exit::Failed))?;
        let given = given.map_err(|error| CliError::failed(words::no_stdin(error)))?;
        return choose(&given, account, addresses).map_err(CliError::usage);
    }
    at_terminal(account, addresses).await
}

async fn at_terminal<'a>(
    account: AccountId,
    addresses: &[&'a EmailAddress],
) -> Result<(&'a EmailAddress, Otp), CliError> {
    // Before the question: a ctrl-c right after it must not be lost, nor leave the echo off.
    let mut interrupts = Interrupts::new();
    let hidden = Hidden::begin().map_err(|error| CliError::failed(words::echo_stays(error)))?;
    let mut given = given();
    loop {
        write!(io::stderr(), "{}", words::ASK_CODE).ok();
        io::stderr().flush().ok();
        let more = tokio::select! {
            more = tokio::task::spawn_blocking(lines) => more.ok().and_then(Result::ok).unwrap_or_default(),
            () = interrupts.next() => {
                drop(hidden);
                writeln!(io::stderr()).ok();
                return Err(CliError::interrupted(words::NOTHING_SENT_WAITS));
            }
        };
        writeln!(io::stderr()).ok();
        if more.trim_ascii().is_empty() || is_called_off(&more) {
            return Err(CliError::failed(words::NO_CODE_GIVEN));
        }
        // What was typed now counts by itself, or as the next part of a mail that came in pieces.
        if let Ok(found) = choose(&more, account, addresses) {
            return Ok(found);
        }
        given.extend_from_slice(&more);
        match choose(&given, account, addresses) {
            Ok(found) => return Ok(found),
            Err(why) => print_error(&words::leave_for_later(why)),
        }
    }
}

fn choose<'a>(
    given: &[u8],
    account: AccountId,
    addresses: &[&'a EmailAddress],
) -> Result<(&'a EmailAddress, Otp), String> {
    let text = Zeroizing::new(String::from_utf8_lossy(given).into_owned());
    match code_for(&text, account, addresses) {
        CodeFound::For(address, otp) => Ok((address, otp)),
        CodeFound::Several(_) => Err(SEVERAL_CODES.to_owned()),
        CodeFound::OtherAddress(address) => Err(other_address(&address)),
        CodeFound::OtherAccount(account) => Err(other_account(account)),
        CodeFound::Unrelated => Err(UNRELATED_CODE.to_owned()),
        CodeFound::Nothing => Err(NO_CODE.to_owned()),
    }
}

fn everything() -> io::Result<Given> {
    let mut given = given();
    while piece(&mut given)? {
        if given.len() > MOST {
            return Err(io::Error::other(words::MORE_THAN_MAILS));
        }
    }
    Ok(given)
}

/// Reads a line from the terminal, and what comes right after it, as the lines of a pasted mail do.
fn lines() -> io::Result<Given> {
    let mut given = given();
    while piece(&mut given)? && given.len() < MOST {
        let stdin = rustix::stdio::stdin();
        let mut waiting = [PollFd::new(&stdin, PollFlags::IN)];
        if poll(&mut waiting, Some(&NEXT_LINE))? == 0 {
            break;
        }
    }
    Ok(given)
}
