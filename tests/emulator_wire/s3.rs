//! Bucket policies, and the region every bucket has.

use rootdeck::emulator::{Identity, InjectedFaultKind, InjectedFaultRule, Occurrence, Options};

use crate::client::{Answer, Aws, between, request, signed};

/// The account of [`Identity::Member`].
const MEMBER: &str = "555500000204";
/// Its bucket without a policy, and the region of that.
const UPLOADS: (&str, &str) = ("mobile-stg-uploads", "us-west-2");
/// Its bucket with an ordinary policy.
const BUILDS: (&str, &str) = ("mobile-stg-builds", "us-east-1");
const CHECKSUM: &str = "x-amz-checksum-crc32: AAAAAA==\r\n";

/// A request signed as `key` for a region.
async fn send_as(aws: &Aws, key: &str, region: &str, line: &str, headers: &str, body: &str) -> Answer {
    let authorization = signed(key, "s3").replace("eu-north-1", region);
    aws.send(&request(line, &(authorization + headers), body)).await.unwrap()
}

async fn send(aws: &Aws, region: &str, line: &str) -> Answer {
    let key = aws.emulator.access_key(Identity::Member).id;
    send_as(aws, &key, region, line, "", "").await
}

async fn policy(aws: &Aws, (name, region): (&str, &str)) -> Answer {
    send(aws, region, &format!("GET /{name}?policy")).await
}

async fn put(aws: &Aws, (name, region): (&str, &str), policy: &str) -> Answer {
    let key = aws.emulator.access_key(Identity::Member).id;
    send_as(aws, &key, region, &format!("PUT /{name}?policy"), CHECKSUM, policy).await
}

fn error(answer: &Answer) -> (u16, String) {
    (answer.status, answer.code())
}

fn message(answer: &Answer) -> &str {
    between(&answer.body, "<Message>", "</Message>")
}

fn denying(principal: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Deny","Principal":{principal},"Action":"s3:*","Resource":"arn:aws:s3:::{}"}}}}"#,
        UPLOADS.0
    )
}

#[tokio::test]
async fn buckets_are_listed_whole_and_without_regions_unless_asked_with_a_parameter() {
    let aws = Aws::demo().await;
    for line in ["GET /", "GET /?x-id=ListBuckets"] {
        let answer = send(&aws, "eu-north-1", line).await;
        assert_eq!(answer.header("Content-Type"), Some("application/xml"));
        assert_eq!(
            answer.body,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Buckets>\
             <Bucket><Name>mobile-stg-builds</Name><CreationDate>2022-06-08T00:25:02.000Z</CreationDate></Bucket>\
             <Bucket><Name>mobile-stg-uploads</Name><CreationDate>2022-06-08T00:21:37.000Z</CreationDate></Bucket>\
             </Buckets><Owner><ID>0000000000000000000000000000000000000000000000000000555500000204</ID></Owner>\
             </ListAllMyBucketsResult>"
        );
    }
}

#[tokio::test]
async fn pages_of_buckets_have_regions_and_lead_to_the_end() {
    let aws = Aws::demo().await;
    let first = send(&aws, "us-east-1", "GET /?max-buckets=1&x-id=ListBuckets").await;
    assert_eq!(between(&first.body, "<Name>", "</Name>"), BUILDS.0);
    assert_eq!(between(&first.body, "<BucketRegion>", "</BucketRegion>"), BUILDS.1);
    let token = between(&first.body, "<ContinuationToken>", "</ContinuationToken>");
    let second = send(&aws, "us-east-1", &format!("GET /?max-buckets=1&continuation-token={token}")).await;
    assert_eq!(between(&second.body, "<Name>", "</Name>"), UPLOADS.0);
    assert_eq!(between(&second.body, "<BucketRegion>", "</BucketRegion>"), UPLOADS.1);
    assert!(!second.body.contains("<ContinuationToken>"), "{}", second.body);
    // A token belongs to its listing.
    for line in [format!("GET /?prefix=m&continuation-token={token}"), "GET /?continuation-token=x".to_owned()] {
        assert_eq!(error(&send(&aws, "us-east-1", &line).await), (400, "InvalidArgument".to_owned()), "{line}");
    }
}

#[tokio::test]
async fn a_listing_can_be_narrowed_by_prefix_and_by_the_region_of_the_endpoint() {
    let aws = Aws::demo().await;
    let prefixed = send(&aws, "us-east-1", "GET /?prefix=mobile-stg-u").await;
    assert_eq!(prefixed.body.matches("<Bucket>").count(), 1);
    assert_eq!(between(&prefixed.body, "</Owner>", "</ListAll"), "<Prefix>mobile-stg-u</Prefix>");
    assert_eq!(between(&prefixed.body, "<Name>", "</Name>"), UPLOADS.0);
    let regional = send(&aws, "us-east-1", "GET /?bucket-region=us-east-1").await;
    assert_eq!(regional.body.matches("<Bucket>").count(), 1);
    assert_eq!(between(&regional.body, "<Name>", "</Name>"), BUILDS.0);
    let none = send(&aws, "eu-west-3", "GET /?bucket-region=eu-west-3").await;
    assert_eq!(none.status, 200);
    assert!(none.body.contains("<Buckets></Buckets>"), "{}", none.body);
    for parameters in ["bucket-region=us-west-2", "max-buckets=0", "max-buckets=10001", "max-buckets=x"] {
        let answer = send(&aws, "us-east-1", &format!("GET /?{parameters}")).await;
        assert_eq!(error(&answer), (400, "InvalidArgument".to_owned()), "{parameters}");
    }
    assert_eq!(send(&aws, "us-east-1", "GET /?max-buckets=10000").await.status, 200);
}

#[tokio::test]
async fn a_policy_comes_back_byte_for_byte_and_can_be_taken_away() {
    let aws = Aws::demo().await;
    assert_eq!(error(&policy(&aws, UPLOADS).await), (404, "NoSuchBucketPolicy".to_owned()));
    let text = "{ \"Version\" : \"2012-10-17\",\r\n\t\"Id\":\"覚え書き\", \"Statement\":[ {\"Sid\":\"a\\u0062\",\
                \"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":[\"s3:GetObject\"],\
                \"Resource\":\"arn:aws:s3:::mobile-stg-uploads/*\"} ] }\n";
    let answer = put(&aws, UPLOADS, text).await;
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    let kept = policy(&aws, UPLOADS).await;
    assert_eq!((kept.status, kept.body.as_str()), (200, text));
    assert_eq!(kept.header("Content-Type"), Some("application/json"));
    for _ in 0..2 {
        let answer = send(&aws, UPLOADS.1, &format!("DELETE /{}?policy", UPLOADS.0)).await;
        assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    }
    let gone = policy(&aws, UPLOADS).await;
    assert_eq!((gone.status, message(&gone)), (404, "The bucket policy does not exist"));
    assert_eq!(between(&gone.body, "<BucketName>", "</BucketName>"), UPLOADS.0);
}

#[tokio::test]
async fn a_policy_that_is_none_is_refused_and_the_old_one_stays() {
    let aws = Aws::demo().await;
    let before = policy(&aws, BUILDS).await.body;
    for (text, flaw) in [
        ("", "Policies must be valid JSON and the first byte must be '{'"),
        (" {}", "Policies must be valid JSON and the first byte must be '{'"),
        ("{\"Version\":\"2012-10-17\"}", "Missing required field Statement"),
        (
            "{\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}",
            "Missing required field Principal",
        ),
        (denying("\"*\"").as_str(), "Policy has invalid resource"),
    ] {
        let answer = put(&aws, BUILDS, text).await;
        assert_eq!(error(&answer), (400, "MalformedPolicy".to_owned()), "{text}");
        assert_eq!(message(&answer).replace("&apos;", "'"), flaw);
    }
    let key = aws.emulator.access_key(Identity::Member).id;
    let line = format!("PUT /{}?policy", UPLOADS.0);
    let answer = send_as(&aws, &key, UPLOADS.1, &line, "", &denying("\"*\"")).await;
    assert_eq!(error(&answer), (400, "InvalidRequest".to_owned()));
    let with_md5 = send_as(&aws, &key, UPLOADS.1, &line, "Content-MD5: AAAA\r\n", &denying("\"*\"")).await;
    assert_eq!(with_md5.status, 204);
    assert_eq!(policy(&aws, BUILDS).await.body, before);
}

#[tokio::test]
async fn a_bucket_is_reached_only_through_its_own_region() {
    let aws = Aws::demo().await;
    let elsewhere = (UPLOADS.0, "eu-west-1");
    let answer = policy(&aws, elsewhere).await;
    assert_eq!(error(&answer), (301, "PermanentRedirect".to_owned()));
    assert_eq!(answer.header("x-amz-bucket-region"), Some(UPLOADS.1));
    let port = aws.emulator.address().port();
    assert_eq!(between(&answer.body, "<Endpoint>", "</Endpoint>"), format!("s3.us-west-2.localhost:{port}"));
    assert_eq!(between(&answer.body, "<Bucket>", "</Bucket>"), UPLOADS.0);
    assert_eq!(put(&aws, elsewhere, &denying("\"*\"")).await.status, 301);
    assert_eq!(send(&aws, "eu-west-1", "DELETE /mobile-stg-builds?policy").await.status, 301);
    assert_eq!(policy(&aws, UPLOADS).await.status, 404);
    assert_eq!(policy(&aws, BUILDS).await.status, 200);
    for (region, status) in [("us-west-2", 200), ("us-east-1", 301)] {
        let head = send(&aws, region, "HEAD /mobile-stg-uploads").await;
        assert_eq!((head.status, head.header("x-amz-bucket-region")), (status, Some("us-west-2")));
        assert_eq!(head.body, "");
    }
}

#[tokio::test]
async fn a_bucket_can_be_named_by_the_host() {
    let aws = Aws::demo().await;
    let key = aws.emulator.access_key(Identity::Member).id;
    let authorization = signed(&key, "s3").replace("eu-north-1", BUILDS.1);
    let request = |host: &str, path: &str| {
        format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{authorization}\r\n")
    };
    let by_path = policy(&aws, BUILDS).await.body;
    for (host, path) in [
        ("mobile-stg-builds.localhost:4566", "/?policy"),
        ("mobile-stg-builds.s3.us-east-1.localhost", "/?policy"),
        ("s3.us-east-1.localhost:4566", "/mobile-stg-builds?policy="),
    ] {
        let answer = aws.send(&request(host, path)).await.unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (200, by_path.as_str()), "{host}");
    }
}

#[tokio::test]
async fn what_is_not_there_or_not_the_callers_is_told_apart_as_s3_does() {
    let aws = Aws::demo().await;
    let missing = send(&aws, "us-east-1", "GET /nonesuch?policy").await;
    assert_eq!(error(&missing), (404, "NoSuchBucket".to_owned()));
    assert_eq!(between(&missing.body, "<BucketName>", "</BucketName>"), "nonesuch");
    let foreign = send(&aws, "us-east-1", "GET /shop-prod-assets?policy").await;
    assert_eq!((error(&foreign), message(&foreign)), ((403, "AccessDenied".to_owned()), "Access Denied"));
    let key = aws.emulator.access_key(Identity::Member).id;
    for (owner, status) in [(MEMBER, 200), ("111122223333", 403)] {
        let expected = format!("x-amz-expected-bucket-owner: {owner}\r\n");
        let answer = send_as(&aws, &key, BUILDS.1, "GET /mobile-stg-builds?policy", &expected, "").await;
        assert_eq!(answer.status, status, "{owner}");
    }
}

#[tokio::test]
async fn the_policy_of_a_bucket_is_not_for_other_accounts_even_if_it_says_so() {
    let aws = Aws::demo().await;
    let open = denying("\"*\"").replace("Deny", "Allow");
    assert_eq!(put(&aws, UPLOADS, &open).await.status, 204);
    let key = aws.emulator.access_key(Identity::Management).id;
    let answer = send_as(&aws, &key, UPLOADS.1, "GET /mobile-stg-uploads?policy", "", "").await;
    assert_eq!(error(&answer), (405, "MethodNotAllowed".to_owned()));
    assert_eq!(send_as(&aws, &key, UPLOADS.1, "HEAD /mobile-stg-uploads", "", "").await.status, 200);
}

#[tokio::test]
async fn a_policy_can_lock_out_those_of_its_own_account() {
    let aws = Aws::demo().await;
    assert_eq!(put(&aws, UPLOADS, &denying("{\"AWS\":\"111122223333\"}")).await.status, 204);
    assert_eq!(policy(&aws, UPLOADS).await.status, 200);
    assert_eq!(put(&aws, UPLOADS, &denying("{\"AWS\":\"*\"}")).await.status, 204);
    let refused = policy(&aws, UPLOADS).await;
    assert_eq!(error(&refused), (403, "AccessDenied".to_owned()));
    assert_eq!(
        message(&refused).replace("&quot;", "\""),
        "User: arn:aws:sts::555500000204:assumed-role/Developer/demo is not authorized to perform: \
         s3:GetBucketPolicy on resource: \"arn:aws:s3:::mobile-stg-uploads\" with an explicit deny in a \
         resource-based policy"
    );
    for line in ["DELETE /mobile-stg-uploads?policy", "HEAD /mobile-stg-uploads"] {
        assert_eq!(send(&aws, UPLOADS.1, line).await.status, 403, "{line}");
    }
    // The list of buckets is nobody's bucket.
    assert_eq!(send(&aws, UPLOADS.1, "GET /").await.status, 200);
}

#[tokio::test]
async fn answers_have_the_headers_and_refusals_the_words_of_s3() {
    let aws = Aws::demo().await;
    let unsigned = aws.send(&request("GET /mobile-stg-builds?policy", "", "")).await.unwrap();
    assert_eq!(error(&unsigned), (403, "AccessDenied".to_owned()));
    let id = unsigned.header("x-amz-request-id").unwrap();
    let host_id = unsigned.header("x-amz-id-2").unwrap();
    assert_eq!(
        unsigned.body,
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>Access \
             Denied</Message><RequestId>{id}</RequestId><HostId>{host_id}</HostId></Error>"
        )
    );
    let unknown = send_as(&aws, "AKIANOBODY", "us-east-1", "GET /", "", "").await;
    assert_eq!(error(&unknown), (403, "InvalidAccessKeyId".to_owned()));
    for answer in [unsigned, unknown, send(&aws, "us-east-1", "GET /").await] {
        assert_eq!(answer.header("x-amz-request-id").unwrap().len(), 16);
        assert_eq!(answer.header("x-amzn-RequestId"), None);
    }
}

#[tokio::test]
async fn what_the_emulator_does_not_do_of_s3_is_said() {
    let aws = Aws::demo().await;
    for (line, status, code) in [
        ("GET /mobile-stg-uploads?location", 501, "NotImplemented"),
        ("GET /mobile-stg-uploads?list-type=2", 501, "NotImplemented"),
        ("GET /mobile-stg-uploads/a/key", 501, "NotImplemented"),
        ("PUT /a-new-bucket", 501, "NotImplemented"),
        ("POST /mobile-stg-uploads?delete", 405, "MethodNotAllowed"),
        ("PUT /", 405, "MethodNotAllowed"),
    ] {
        assert_eq!(error(&send(&aws, UPLOADS.1, line).await), (status, code.to_owned()), "{line}");
    }
}

#[tokio::test]
async fn faults_come_in_the_words_of_s3() {
    let aws = Aws::demo().await;
    for (kind, status, code) in [
        (InjectedFaultKind::Throttle, 503, "SlowDown"),
        (InjectedFaultKind::InternalError, 500, "InternalError"),
        (InjectedFaultKind::AccessDenied, 403, "AccessDenied"),
        (InjectedFaultKind::ExpiredToken, 400, "ExpiredToken"),
    ] {
        let operation = Some("ListBuckets".to_owned());
        aws.emulator.inject(InjectedFaultRule { operation, kind, when: Occurrence::Next(1) });
        assert_eq!(policy(&aws, BUILDS).await.status, 200, "only the operation of the rule");
        let answer = send(&aws, "us-east-1", "GET /").await;
        assert_eq!(error(&answer), (status, code.to_owned()));
        if kind == InjectedFaultKind::AccessDenied {
            assert!(message(&answer).contains("s3:ListAllMyBuckets because"), "{}", answer.body);
        }
    }
    aws.emulator.inject("DeleteBucketPolicy:lose-reply=1x".parse().unwrap());
    let key = aws.emulator.access_key(Identity::Member).id;
    let authorization = signed(&key, "s3").replace("eu-north-1", BUILDS.1);
    assert!(aws.send(&request("DELETE /mobile-stg-builds?policy", &authorization, "")).await.is_none());
    assert_eq!(policy(&aws, BUILDS).await.status, 404, "it was done");
}

#[tokio::test]
async fn a_generated_organization_has_buckets_and_one_is_locked() {
    let aws = Aws::with(Options { accounts: Some(20), ..Options::default() }).await;
    let key = aws.emulator.access_key(Identity::Member).id;
    let answer = send_as(&aws, &key, "us-east-1", "GET /?max-buckets=10", "", "").await;
    assert_eq!(answer.body.matches("<BucketRegion>").count(), 4);
    let key = aws.emulator.access_key(Identity::DelegatedAdministrator).id;
    let answer = send_as(&aws, &key, "us-east-1", "GET /?prefix=data-", "", "").await;
    let locked = between(&answer.body, "<Name>", "</Name>");
    let region = between(&answer.body, "<BucketRegion>", "</BucketRegion>");
    assert_eq!(send_as(&aws, &key, region, &format!("GET /{locked}?policy"), "", "").await.status, 403);
}

#[test]
fn no_request_takes_the_emulator_down() {
    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let aws = runtime.block_on(Aws::demo());
    let service = prop_oneof![Just("s3"), Just("sqs")];
    let place = "/(mobile-stg-uploads)?[/!-~&&[^#]]{0,20}(\\?(policy|max-buckets=|prefix=)?[!-~&&[^#]]{0,20})?";
    let body = prop_oneof!["\\{\"QueueUrl\":\".{0,20}\"\\}", ".{0,40}"];
    let method = prop_oneof![Just("GET"), Just("PUT"), Just("DELETE"), Just("HEAD"), Just("POST")];
    let operation = "(ListQueues|GetQueueUrl|GetQueueAttributes|SetQueueAttributes)";
    let mut runner = TestRunner::new(Config { cases: 200, failure_persistence: None, ..Config::default() });
    let outcome =
        runner.run(&(service, place, body, method, operation), |(service, place, body, method, operation)| {
            let headers = signed("AKIADEMOMEMBER000000", service).replace("eu-north-1", "us-west-2")
                + &format!("{CHECKSUM}X-Amz-Target: AmazonSQS.{operation}\r\n");
            let answer = runtime.block_on(aws.send(&request(&format!("{method} {place}"), &headers, &body)));
            prop_assert!(
                answer.is_some_and(|answer| answer.status < 500 || answer.status == 501),
                "{} {}",
                method,
                place
            );
            Ok(())
        });
    outcome.unwrap();
}
