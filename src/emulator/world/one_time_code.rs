//! Six digits, as AWS mails them and as MFA devices show them.

use std::fmt;

#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Code(String);

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Code(redacted)")
    }
}

impl Code {
    pub(super) fn new() -> Result<Self, getrandom::Error> {
        /// The largest multiple of a million that fits, so that all codes are equally likely.
        const FAIR: u32 = 4_294_000_000;
        loop {
            let number = getrandom::u32()?;
            if number < FAIR {
                return Ok(Self(format!("{:06}", number % 1_000_000)));
            }
        }
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    pub(crate) fn is(&self, entered: &str) -> bool {
        self.0 == entered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_six_digits_and_stay_out_of_debug() {
        for _ in 0..1_000 {
            let Ok(code) = Code::new() else { unreachable!("no random numbers") };
            assert_eq!(code.reveal().len(), 6);
            assert!(code.reveal().bytes().all(|byte| byte.is_ascii_digit()));
            assert!(!format!("{code:?}").contains(code.reveal()));
        }
    }
}
