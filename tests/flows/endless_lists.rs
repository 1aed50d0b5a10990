//! Lists that name the same next page for ever are read to no end: they end, and are unknown.

use rootdeck::domain::api_error::{ApiError, ApiErrorKind};
use rootdeck::domain::policy_holder::QueueSearch;
use rootdeck::domain::readiness::NotSimulated;
use rootdeck::domain::root_credentials::AuditDepth;
use rootdeck::domain::trusted_access::ServicePrincipal;

use super::office::{Office, SANDBOX};
use super::root_audits::CLEAN;
use super::spoiled_answers::Behind;
use super::spoiler::{Page, Spoil};

/// The account with buckets and queues.
const SHOP: &str = "555500000103";

/// More than anybody asks of a list that leads nowhere.
const FOR_EVER: usize = 60;

/// A page of a list of IAM that says it is followed by the page it followed.
macro_rules! iam {
    ($operation:literal) => {
        Page::xml(concat!(
            "<",
            $operation,
            "Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><",
            $operation,
            "Result><IsTruncated>true</IsTruncated><Marker>again</Marker></",
            $operation,
            "Result></",
            $operation,
            "Response>"
        ))
    };
}

impl Behind {
    /// Each answer to `operation` from now on is this page of AWS's.
    fn answers_for_ever(&self, operation: &str, page: Page) {
        self.proxy.spoil(operation, Spoil::Instead(page.of_aws()), FOR_EVER);
    }

    /// The list of `operation` was not read, because it has no end, and that was found out at its second page.
    #[track_caller]
    fn found_out(&self, operation: &str, times: usize, error: Option<ApiError>) {
        let error = error.unwrap_or_else(|| panic!("{operation} was read"));
        assert_eq!(error.kind, ApiErrorKind::Unreadable, "{operation}: {error:?}");
        assert!(error.message.contains("endless"), "{operation}: {error:?}");
        assert_eq!(self.proxy.asked(operation), 2 * times, "{operation}");
    }
}

#[tokio::test]
async fn endless_lists_of_root_credentials_are_unknown() {
    let behind = Behind::of(Office::with_root_access().await).await;
    behind.answers_for_ever("ListAccessKeys", iam!("ListAccessKeys"));
    behind.answers_for_ever("ListMFADevices", iam!("ListMFADevices"));
    behind.answers_for_ever("ListSigningCertificates", iam!("ListSigningCertificates"));
    let clean = behind.office.listed(CLEAN).await;
    let audit = behind.engine.audit(&clean, AuditDepth::Deep).await;
    behind.found_out("ListAccessKeys", 1, audit.access_keys.error().cloned());
    behind.found_out("ListMFADevices", 1, audit.mfa_devices.error().cloned());
    behind.found_out("ListSigningCertificates", 1, audit.signing_certificates.error().cloned());
}

#[tokio::test]
async fn an_endless_list_of_buckets_is_unknown() {
    let behind = Behind::of(Office::with_root_access().await).await;
    let page = Page::xml(
        "<ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Buckets><Bucket><Name>ours</Name>\
         <CreationDate>2026-01-01T00:00:00.000Z</CreationDate></Bucket></Buckets>\
         <ContinuationToken>again</ContinuationToken></ListAllMyBucketsResult>",
    );
    behind.answers_for_ever("ListBuckets", page);
    let shop = behind.office.listed(SHOP).await;
    behind.found_out("ListBuckets", 1, behind.engine.buckets(&shop).await.err());
}

#[tokio::test]
async fn an_endless_list_of_queues_is_unknown_in_its_region() {
    let behind = Behind::of(Office::with_root_access().await).await;
    let page = "{\"QueueUrls\":[\"https://sqs.us-east-1.amazonaws.com/555500000103/ours\"],\"NextToken\":\"again\"}";
    behind.answers_for_ever("ListQueues", Page { content_type: "application/x-amz-json-1.0", ..Page::json(200, page) });
    let shop = behind.office.listed(SHOP).await;
    let regions = ["us-east-1", "eu-west-1"].map(ToOwned::to_owned).to_vec();
    let listing = behind.engine.queues(&shop, &QueueSearch::Regions(regions)).await.unwrap();
    assert_eq!((listing.queues.len(), listing.failed.len()), (0, 2), "what was read of them is not all");
    for (_, error) in listing.failed {
        behind.found_out("ListQueues", 2, Some(error));
    }
}

#[tokio::test]
async fn an_endless_simulation_is_none() {
    let behind = Behind::of(Office::with_root_access().await).await;
    behind.answers_for_ever("SimulatePrincipalPolicy", iam!("SimulatePrincipalPolicy"));
    let before = behind.proxy.asked("SimulatePrincipalPolicy");
    let NotSimulated::Failed(error) = behind.engine.simulated_result().await.not_simulated else {
        panic!("it was simulated")
    };
    assert!(error.message.contains("endless"), "{error:?}");
    assert!(behind.proxy.asked("SimulatePrincipalPolicy") - before < FOR_EVER);
}

#[tokio::test]
async fn endless_lists_of_units_and_of_an_administrators_services_are_unknown() {
    let behind = Behind::of(Office::trusting().await).await;
    behind.office.register(SANDBOX, &ServicePrincipal::account_management()).await;
    let units = "{\"OrganizationalUnits\":[{\"Id\":\"ou-ab12-11111111\",\"Name\":\"Ours\"}],\"NextToken\":\"again\"}";
    behind.answers_for_ever("ListOrganizationalUnitsForParent", Page::json(200, units));
    behind.found_out("ListOrganizationalUnitsForParent", 1, behind.engine.unit_names().await.err());
    let services = "{\"DelegatedServices\":[],\"NextToken\":\"again\"}";
    behind.answers_for_ever("ListDelegatedServicesForAccount", Page::json(200, services));
    let read = behind.engine.delegated_administrators().await;
    behind.found_out("ListDelegatedServicesForAccount", 1, read.err());
}
