//! Where the calls go.

use aws_types::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use crate::domain::endpoint::is_this_machine;
use crate::domain::text;

const SERVICES: [&str; 6] = ["Organizations", "Account", "IAM", "STS", "S3", "SQS"];

/// The domains of AWS's own endpoints, per partition (endpoint rules of the SDK).
const AWS_DOMAINS: [&str; 9] = [
    ".amazonaws.com",
    ".amazonaws.com.cn",
    ".amazonaws.eu",
    ".api.aws",
    ".api.amazonwebservices.com.cn",
    ".c2s.ic.gov",
    ".sc2s.sgov.gov",
    ".cloud.adc-e.uk",
    ".csp.hci.ic.gov",
];

/// A region that has an endpoint of its own, in the place of one that leads to a global endpoint.
pub(super) fn real_region(region: &str) -> &str {
    match region {
        "aws-global" => "us-east-1",
        "aws-cn-global" => "cn-north-1",
        "aws-us-gov-global" => "us-gov-west-1",
        region => region,
    }
}

/// The endpoints that are not AWS's own, for the screen: one URL if all services share it, else each service with its
/// own; `None` if all calls go to AWS.
pub(crate) fn overridden(config: &SdkConfig) -> Option<String> {
    let found: Vec<(&str, String)> = SERVICES
        .into_iter()
        .filter_map(|service| effective(config, service).map(|url| (service, url)))
        .filter(|(_, url)| !is_aws(url))
        .collect();
    let (_, first) = found.first()?;
    if found.len() == SERVICES.len() && found.iter().all(|(_, url)| url == first) {
        return Some(shown(first));
    }
    let each: Vec<String> =
        found.iter().map(|(service, url)| format!("{} {}", service.to_lowercase(), shown(url))).collect();
    Some(each.join(", "))
}

pub(crate) fn is_overridden(config: &SdkConfig, service: &str) -> bool {
    effective(config, service).is_some_and(|url| !is_aws(&url))
}

/// As the clients' own `From<&SdkConfig>` looks it up, which does not give it away afterwards.
fn effective(config: &SdkConfig, service: &str) -> Option<String> {
    if config.get_origin("endpoint_url").is_client_config() {
        return config.endpoint_url().map(ToOwned::to_owned);
    }
    let key =
        ServiceConfigKey::builder().service_id(service).env("AWS_ENDPOINT_URL").profile("endpoint_url").build().ok()?;
    config
        .service_config()
        .and_then(|services| services.load_config(key))
        .or_else(|| config.endpoint_url().map(ToOwned::to_owned))
}

/// Whether a URL is surely one of AWS's own endpoints. Anything odd counts as not.
fn is_aws(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.strip_suffix(":443").unwrap_or(authority);
    host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
        && AWS_DOMAINS.iter().any(|domain| host.to_ascii_lowercase().ends_with(domain))
}

/// Cleaned, and without a password that a URL may hold.
fn shown(url: &str) -> String {
    let url = text::clean(url);
    match url.split_once("://") {
        Some((scheme, rest)) => {
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let (authority, path) = rest.split_at(end);
            let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
            format!("{scheme}://{host}{path}")
        }
        None => url,
    }
}

/// Whether a shown endpoint is one for all services, on this machine.
pub(super) fn is_loopback(shown: &str) -> bool {
    let Some((_, rest)) = shown.split_once("://").filter(|(scheme, _)| !scheme.contains(' ')) else { return false };
    is_this_machine(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_types::origin::Origin;
    use aws_types::service_config::LoadServiceConfig;

    #[derive(Debug)]
    struct Configured(&'static [(&'static str, &'static str)]);

    impl LoadServiceConfig for Configured {
        fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
            self.0.iter().find(|(service, _)| *service == key.service_id()).map(|(_, url)| (*url).to_owned())
        }
    }

    fn configured(services: &'static [(&'static str, &'static str)], endpoint: Option<&str>) -> Option<String> {
        let config = SdkConfig::builder().service_config(Configured(services));
        let config = match endpoint {
            Some(endpoint) => config.endpoint_url(endpoint),
            None => config,
        };
        overridden(&config.build())
    }

    #[test]
    fn one_endpoint_for_all_is_said_once_and_differing_ones_by_service() {
        assert_eq!(configured(&[], None), None);
        assert_eq!(configured(&[], Some("http://127.0.0.1:4566")).as_deref(), Some("http://127.0.0.1:4566"));
        assert_eq!(
            configured(&[("STS", "http://127.0.0.1:1"), ("IAM", "http://10.0.0.1")], None).as_deref(),
            Some("iam http://10.0.0.1, sts http://127.0.0.1:1")
        );
    }

    #[test]
    fn what_the_program_was_told_beats_what_is_configured() {
        let mut config = SdkConfig::builder()
            .service_config(Configured(&[("STS", "http://10.0.0.1")]))
            .endpoint_url("http://[::1]:9");
        config.insert_origin("endpoint_url", Origin::shared_config());
        assert_eq!(overridden(&config.build()).as_deref(), Some("http://[::1]:9"));
    }

    #[test]
    fn aws_own_endpoints_are_not_worth_a_word_and_imitations_are() {
        assert!(is_aws("https://sts.eu-west-1.amazonaws.com"));
        assert!(is_aws("https://organizations.us-east-1.api.aws/"));
        for not in [
            "http://sts.eu-west-1.amazonaws.com",
            "https://amazonaws.com.evil.example",
            "https://sts.amazonaws.com@evil.example",
            "https://evil.example/.amazonaws.com",
            "https://evil.example\\.amazonaws.com",
            "https://evilamazonaws.com",
        ] {
            assert!(!is_aws(not), "{not}");
        }
    }

    #[test]
    fn a_password_in_a_url_is_not_shown() {
        assert_eq!(shown("http://user:secret@proxy.example:80/x"), "http://proxy.example:80/x");
    }

    #[test]
    fn only_one_endpoint_on_this_machine_counts_as_loopback() {
        for local in ["http://127.0.0.1:4599", "http://localhost:4566/x", "http://[::1]:80"] {
            assert!(is_loopback(local), "{local}");
        }
        for other in
            ["https://vpce-1.organizations.us-east-1.vpce.amazonaws.com", "iam http://127.0.0.1:1", "127.0.0.1"]
        {
            assert!(!is_loopback(other), "{other}");
        }
    }
}
