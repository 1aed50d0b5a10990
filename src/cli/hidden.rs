//! Reading what must not be seen: from the terminal without echo, and wiped when dropped.

use std::io;

use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

/// How many bytes are read at once; a terminal gives a line.
const PIECE: usize = 4096;

pub(super) type Given = Zeroizing<Vec<u8>>;

/// Esc, which calls a question off.
const ESC: u8 = 0x1b;
/// A special character of the terminal that is none.
const NONE: u8 = if cfg!(target_os = "linux") { 0 } else { 0xff };

/// Room for a line and what is pasted behind it: growing would leave copies that are not wiped.
pub(super) fn given() -> Given {
    Zeroizing::new(Vec::with_capacity(PIECE))
}

pub(super) fn is_called_off(given: &Given) -> bool {
    given.is_empty() || given.contains(&ESC)
}

/// Reads what is there; whether it was not the end. The buffer of `std::io::stdin` would keep it.
pub(super) fn piece(given: &mut Given) -> io::Result<bool> {
    let mut buffer = Zeroizing::new([0; PIECE]);
    let count = rustix::io::retry_on_intr(|| rustix::io::read(rustix::stdio::stdin(), buffer.as_mut_slice()))?;
    given.extend_from_slice(buffer.get(..count).unwrap_or_default());
    Ok(count > 0)
}

/// The terminal without echo. Type-ahead is dropped before, and after: the rest of a paste would go to the shell.
pub(super) struct Hidden(Termios);

impl Hidden {
    pub(super) fn begin() -> io::Result<Self> {
        let before = tcgetattr(rustix::stdio::stdin())?;
        let mut modes = before.clone();
        modes.local_modes.remove(LocalModes::ECHO | LocalModes::ECHONL);
        // Esc ends the line at once. What stops or kills the program would leave the terminal without echo, or
        // give it back to a shell that shows the rest.
        modes.special_codes[SpecialCodeIndex::VEOL] = ESC;
        modes.special_codes[SpecialCodeIndex::VSUSP] = NONE;
        modes.special_codes[SpecialCodeIndex::VQUIT] = NONE;
        tcsetattr(rustix::stdio::stdin(), OptionalActions::Flush, &modes)?;
        Ok(Self(before))
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        tcsetattr(rustix::stdio::stdin(), OptionalActions::Flush, &self.0).ok();
    }
}
