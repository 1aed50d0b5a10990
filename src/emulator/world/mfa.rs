//! The MFA device of the user, as far as its codes are asked for.

use std::fmt;

use serde::Serialize;

use super::entities::Entity;
use super::one_time_code::Code;

#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct MfaCode {
    /// The device's ARN, which is what AWS calls the serial number of a virtual one.
    pub serial_number: String,
    /// Six digits, good for one use.
    pub token_code: String,
}

/// The code stays out, so that nobody gets used to seeing one in a log.
impl fmt::Debug for MfaCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("MfaCode").field("serial_number", &self.serial_number).finish_non_exhaustive()
    }
}

/// AWS's devices make a new code every 30 seconds; this one after each use, so that no test has to wait.
#[derive(Debug)]
pub(crate) struct MfaDevice {
    serial_number: String,
    /// The ARN of the user who has it.
    user: String,
    code: Code,
}

impl MfaDevice {
    pub(crate) fn of(user: &Entity) -> Result<Self, getrandom::Error> {
        let serial_number = format!("arn:aws:iam::{}:mfa/{}", user.account, user.name);
        Ok(Self { serial_number, user: user.arn(), code: Code::new()? })
    }

    pub(crate) fn is_in(&self, account: &str) -> bool {
        self.user.split(':').nth(4) == Some(account)
    }

    pub(crate) fn shown(&self) -> MfaCode {
        MfaCode { serial_number: self.serial_number.clone(), token_code: self.code.reveal().to_owned() }
    }

    pub(crate) fn proves(&self, user: &str, serial_number: &str, code: &str) -> bool {
        self.user == user && self.serial_number == serial_number && self.code.is(code)
    }

    pub(crate) fn next_code(&mut self) -> Result<(), getrandom::Error> {
        let used = self.code.clone();
        while self.code == used {
            self.code = Code::new()?;
        }
        Ok(())
    }
}
