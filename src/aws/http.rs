//! The HTTP client under the SDK: TLS, a custom CA bundle, proxies.

use std::io::Read;
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
use crate::domain::client_error::{CaBundleProblem, ClientError, FileProblem, Work};

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
        .map_err(|_| ApiError::client(OPERATION, ApiErrorKind::Local, ClientError::Interrupted(Work::CaBundle)))?;
    check_bundle(&path, named_by, pem)
}

fn read_regular(path: &Path) -> Result<Vec<u8>, FileProblem> {
    // Opening a pipe could wait for ever.
    if !std::fs::metadata(path)?.is_file() {
        return Err(FileProblem::NotRegular);
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(LARGEST_BUNDLE + 1).read_to_end(&mut bytes))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= LARGEST_BUNDLE) {
        Ok(bytes)
    } else {
        Err(FileProblem::TooLarge { bytes: LARGEST_BUNDLE })
    }
}

fn check_bundle(path: &Path, named_by: &str, pem: Result<Vec<u8>, FileProblem>) -> Result<Vec<u8>, ApiError> {
    let error = |problem| {
        let (path, named_by) = (path.display().to_string(), named_by.to_owned());
        ApiError::client(OPERATION, ApiErrorKind::Configuration, ClientError::CaBundle { path, named_by, problem })
    };
    let pem = pem.map_err(|problem| error(CaBundleProblem::File(problem)))?;
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        let certificate = certificate.map_err(|damage| error(CaBundleProblem::Damaged(damage.to_string())))?;
        roots.add(certificate).map_err(|why| error(CaBundleProblem::NotACertificate(why.to_string())))?;
    }
    if roots.is_empty() {
        return Err(error(CaBundleProblem::Empty));
    }
    Ok(pem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(pem: Result<Vec<u8>, FileProblem>) -> String {
        let error = check_bundle(Path::new("/etc/corp.pem"), "AWS_CA_BUNDLE", pem).expect_err("a broken bundle");
        assert_eq!(error.kind, ApiErrorKind::Configuration);
        crate::words::record::message(&error.message)
    }

    #[test]
    fn a_broken_bundle_is_named_with_what_names_it_and_what_is_wrong() {
        assert_eq!(
            problem(Err(FileProblem::NotFound)),
            "the CA bundle /etc/corp.pem (AWS_CA_BUNDLE) cannot be used: the file or its folder does not exist"
        );
        assert!(problem(Ok(b"hello".to_vec())).ends_with("contains no certificate"));
        let nonsense = b"-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
        assert!(problem(Ok(nonsense.to_vec())).contains("contains an invalid certificate"));
        let cut = b"-----BEGIN CERTIFICATE-----\naGVsbG8=\n";
        assert!(problem(Ok(cut.to_vec())).contains("is damaged"));
    }
}
