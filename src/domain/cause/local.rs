//! Causes of failures that AWS gave no code for: credentials, configuration, the network.

use super::known::Cause;
use crate::domain::api_error::{ApiError, ApiErrorKind};

/// The texts of the HTTP client, rustls and the system's resolver (tests of `aws` hold on to them).
const NETWORK: [(&[&str], Cause); 7] = [
    // Both sides would have to agree on a version and on ciphers first.
    (
        &["fatal alert: ProtocolVersion", "fatal alert: HandshakeFailure", "fatal alert: InsufficientSecurity"],
        Cause::TlsVersion,
    ),
    (&["peer is incompatible", "PeerIncompatible"], Cause::TlsVersion),
    (&["corrupt message", "tls handshake eof", "peer misbehaved"], Cause::NotTls),
    (&["certificate", "tls handshake"], Cause::CertificateUntrusted),
    (&["proxy", "tunnel"], Cause::Proxy),
    (
        &["dns error", "failed to lookup address", "Name or service not known", "No address associated"],
        Cause::NameUnknown,
    ),
    (&["refused"], Cause::ConnectionRefused),
];

pub(super) fn cause(error: &ApiError) -> Cause {
    match error.kind {
        ApiErrorKind::ExpiredCredentials => match error.operation {
            "sso:GetRoleCredentials" => Cause::SsoExpired,
            "signin:CreateOAuth2Token" => Cause::LoginExpired,
            _ => Cause::TokenExpired,
        },
        ApiErrorKind::AccessDenied if error.operation.starts_with("sts:AssumeRole") => Cause::RoleNotAssumed,
        ApiErrorKind::Unreachable | ApiErrorKind::ConnectionLost => {
            let message = error.message.to_lowercase();
            let shown =
                NETWORK.iter().find(|(words, _)| words.iter().any(|word| message.contains(&word.to_lowercase())));
            match (error.kind, shown) {
                // What was sent may have arrived, whatever then broke.
                (ApiErrorKind::ConnectionLost, _) | (_, None) => Cause::of_kind(error.kind),
                (_, Some((_, cause))) => *cause,
            }
        }
        ApiErrorKind::Other if error.code.is_none() => Cause::NoCode,
        ApiErrorKind::Local if error.operation == "rootdeck:sign-in" => Cause::SignInFailed,
        // The SDK's words (a test of `aws` holds on to them).
        ApiErrorKind::NoCredentials if error.message.contains("external process") => Cause::ProcessFailed,
        kind => Cause::of_kind(kind),
    }
}
