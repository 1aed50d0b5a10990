//! MFA devices of root.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::word_enum::word_enum;

/// An MFA device of root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MfaDevice {
    /// The serial number; for virtual devices and passkeys an ARN.
    pub serial: String,
    /// Since when it is in use.
    pub enabled: Option<Timestamp>,
}

word_enum! {
    /// What kind of device, by the form of its serial number: AWS has no other sign of it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum MfaKind {
        /// An app with one-time codes: `arn:aws:iam::111122223333:mfa/name`.
        Virtual = "virtual",
        /// A passkey or FIDO2 security key: `arn:aws:iam::111122223333:u2f/root/name`.
        PasskeyOrSecurityKey = "passkey_or_security_key",
        /// A hardware token with codes: its serial number, such as `GAHT12345678`.
        Hardware = "hardware_token",
        /// An ARN of another form.
        Other = "other",
    }
}

impl MfaDevice {
    /// The kind, from the form of the serial number.
    pub fn kind(&self) -> MfaKind {
        if !self.serial.starts_with("arn:") {
            return MfaKind::Hardware;
        }
        let resource = self.serial.splitn(6, ':').nth(5).unwrap_or_default();
        match resource.split('/').next() {
            Some("mfa") => MfaKind::Virtual,
            Some("u2f") => MfaKind::PasskeyOrSecurityKey,
            _ => MfaKind::Other,
        }
    }

    /// Whether the CIS benchmark counts it as hardware MFA; `None` where its kind does not tell. A passkey can live in a
    /// security key or be synced by a vendor.
    pub(crate) fn is_hardware(&self) -> Option<bool> {
        match self.kind() {
            MfaKind::Hardware => Some(true),
            MfaKind::Virtual => Some(false),
            MfaKind::PasskeyOrSecurityKey | MfaKind::Other => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_the_form_of_the_serial_number() {
        for (serial, kind) in [
            ("arn:aws:iam::444455556666:mfa/root-account-mfa-device", MfaKind::Virtual),
            ("arn:aws-us-gov:iam::444455556666:mfa/phone:1", MfaKind::Virtual),
            ("arn:aws:iam::444455556666:u2f/root/yubikey-ABCDEF", MfaKind::PasskeyOrSecurityKey),
            ("arn:aws:iam::444455556666:token/x", MfaKind::Other),
            ("arn:", MfaKind::Other),
            ("GAHT20488317", MfaKind::Hardware),
        ] {
            assert_eq!(MfaDevice { serial: serial.into(), enabled: None }.kind(), kind, "{serial}");
        }
    }
}
