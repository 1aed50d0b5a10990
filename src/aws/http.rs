//! The HTTP client under the SDK: TLS, a custom CA bundle, proxies.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::limit::limited;
use crate::domain::api_error::{ApiError, ApiErrorKind};

/// TLS with the roots of the system and those of `bundle`, through the proxies of `HTTP_PROXY`, `HTTPS_PROXY` and
/// `NO_PROXY`.
pub(crate) fn client(bundle: Option<&[u8]>) -> Result<SharedHttpClient, ApiError> {
    let trust = TrustStore::default();
    let trust = match bundle {
        Some(pem) => trust.with_pem_certificate(pem),
        None => trust,
    };
    let context = TlsContext::builder()
        .with_trust_store(trust)
        .build()
        .map_err(|error| ApiError::new(OPERATION, ApiErrorKind::Configuration, &error.to_string()))?;
    Ok(limited(Builder::new().build_with_connector_fn(move |settings, components| {
        let mut builder = Connector::builder();
        builder.set_connector_settings(settings.cloned());
        builder.set_proxy_config(Some(ProxyConfig::from_env()));
        if let Some(components) = components {
            builder.set_sleep_impl(components.sleep_impl());
        }
        builder.tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(context.clone()).build()
    })))
}

/// For an endpoint on this machine: neither TLS nor a proxy, whatever the environment says.
pub(crate) fn direct_client() -> SharedHttpClient {
    limited(Builder::new().build_with_connector_fn(|settings, components| {
        let mut builder = Connector::builder();
        builder.set_connector_settings(settings.cloned());
        builder.set_proxy_config(Some(ProxyConfig::disabled()));
        if let Some(components) = components {
            builder.set_sleep_impl(components.sleep_impl());
        }
        builder.build_http()
    }))
}

/// The largest file of CA certificates, in bytes: many times what a system ships.
const LARGEST_BUNDLE: u64 = 16 * 1024 * 1024;
const OPERATION: &str = super::settings::GET_CALLER_IDENTITY;

/// Checks the CA certificates, too: on broken ones the HTTP client would panic much later. `named_by` names the file.
pub(crate) async fn read_bundle(path: PathBuf, named_by: &'static str) -> Result<Vec<u8>, ApiError> {
    let read = tokio::task::spawn_blocking(move || {
        let pem = read_regular(&path);
        (path, pem)
    });
    let (path, pem) = read
        .await
        .map_err(|_| ApiError::new(OPERATION, ApiErrorKind::Local, "reading the CA bundle was interrupted"))?;
    check_bundle(&path, named_by, pem)
}

fn read_regular(path: &Path) -> io::Result<Vec<u8>> {
    // Opening a pipe could wait for ever.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(LARGEST_BUNDLE + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= LARGEST_BUNDLE) {
        Ok(bytes)
    } else {
        Err(io::Error::other(format!("it is larger than {LARGEST_BUNDLE} bytes")))
    }
}

fn check_bundle(path: &Path, named_by: &str, pem: io::Result<Vec<u8>>) -> Result<Vec<u8>, ApiError> {
    let fault = |what: &str| {
        let message = format!("the CA bundle {} ({named_by}) {what}", path.display());
        ApiError::new(OPERATION, ApiErrorKind::Configuration, &message)
    };
    let pem = pem.map_err(|error| fault(&format!("could not be read: {error}")))?;
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        let certificate = certificate.map_err(|error| fault(&format!("is damaged: {error}")))?;
        roots.add(certificate).map_err(|error| fault(&format!("holds something that is no certificate: {error}")))?;
    }
    if roots.is_empty() {
        return Err(fault("holds no certificate"));
    }
    Ok(pem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(pem: io::Result<Vec<u8>>) -> String {
        let fault = check_bundle(Path::new("/etc/corp.pem"), "AWS_CA_BUNDLE", pem).expect_err("a broken bundle");
        assert_eq!(fault.kind, ApiErrorKind::Configuration);
        fault.message
    }

    #[test]
    fn a_broken_bundle_is_named_with_what_names_it_and_what_is_wrong() {
        assert_eq!(
            problem(Err(io::Error::from(io::ErrorKind::NotFound))),
            "the CA bundle /etc/corp.pem (AWS_CA_BUNDLE) could not be read: entity not found"
        );
        assert!(problem(Ok(b"hello".to_vec())).ends_with("holds no certificate"));
        let nonsense = b"-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
        assert!(problem(Ok(nonsense.to_vec())).contains("holds something that is no certificate"));
        let cut = b"-----BEGIN CERTIFICATE-----\naGVsbG8=\n";
        assert!(problem(Ok(cut.to_vec())).contains("is damaged"));
    }
}
