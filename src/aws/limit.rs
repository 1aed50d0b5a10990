//! No answer can fill the memory, whoever sends it.

use std::fmt;

use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use http_body_util::{BodyExt, LengthLimitError, Limited};

/// No answer of these services comes near it: the longest is a page of buckets.
const LARGEST_ANSWER: usize = 16 * 1024 * 1024;
/// The text of an error has a few lines.
const LARGEST_ERROR: usize = 256 * 1024;

#[derive(Debug)]
pub(super) struct TooLong(usize);

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the answer is longer than {} KiB, which none of AWS's is", self.0 / 1024)
    }
}

impl std::error::Error for TooLong {}

pub(super) fn limited(client: SharedHttpClient) -> SharedHttpClient {
    SharedHttpClient::new(LimitedClient(client))
}

#[derive(Debug)]
struct LimitedClient(SharedHttpClient);

impl HttpClient for LimitedClient {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(LimitedConnector(self.0.http_connector(settings, components)))
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        self.0.connector_metadata()
    }
}

#[derive(Debug)]
struct LimitedConnector(SharedHttpConnector);

impl HttpConnector for LimitedConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let calling = self.0.call(request);
        HttpConnectorFuture::new(async move {
            let response = calling.await?;
            let limit = if response.status().is_success() { LARGEST_ANSWER } else { LARGEST_ERROR };
            Ok(response.map(|body| with_limit(body, limit)))
        })
    }
}

fn with_limit(body: SdkBody, limit: usize) -> SdkBody {
    let reported = move |error: Box<dyn std::error::Error + Send + Sync>| -> Box<dyn std::error::Error + Send + Sync> {
        if error.is::<LengthLimitError>() { TooLong(limit).into() } else { error }
    };
    SdkBody::from_body_1_x(Limited::new(body, limit).map_err(reported))
}
