use super::*;
use crate::domain::root_feature::RootFeature;
use std::io;

use aws_sdk_account::operation::get_primary_email_update_status::GetPrimaryEmailUpdateStatusError;
use aws_smithy_types::body::SdkBody;

const STATUS: &str = "account:GetPrimaryEmailUpdateStatus";

#[test]
fn the_answers_of_aws_have_their_kinds() {
    use ApiErrorKind as K;
    let trust = "User: arn:aws:iam::1:user/x is not authorized to perform: account:GetPrimaryEmail (Your organization \
                 must first enable trusted access with AWS Account Management.)";
    let delegate = "You have delegated administrator/s for this service. De-register them in order to disable service \
                    access.";
    let exists = "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE";
    let cases: &[(u16, &str, &str, &str, K)] = &[
        (400, "AccessDeniedException", "You don't have permissions to access this resource.", "", K::AccessDenied),
        (403, "AccessDeniedException", trust, "", K::TrustedAccessOff),
        (403, "AccessDenied", "Service not enabled for AWS Organizations.", "", K::TrustedAccessOff),
        (400, "ServiceAccessNotEnabledException", "Trusted Access for IAM not enabled", "", K::TrustedAccessOff),
        (400, "AccountNotManagementOrDelegatedAdministratorException", "", "", K::NotManagementOrDelegated),
        (400, "CallerIsNotManagementAccountException", "", "", K::NotManagement),
        (400, "AWSOrganizationsNotInUseException", "", "", K::NotInOrganization),
        (400, "OrganizationNotFoundException", "", "", K::NotInOrganization),
        (400, "OrganizationNotInAllFeaturesModeException", "", "", K::NotAllFeatures),
        (400, "ConstraintViolationException", delegate, "", K::DelegateExists),
        (400, "ConstraintViolationException", "in other words", exists, K::DelegateExists),
        (400, "ConstraintViolationException", "", "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE:X", K::NotAllFeatures),
        (400, "ConstraintViolationException", "", "", K::Invalid),
        (409, "ConflictException", "", "", K::Conflict),
        (400, "ValidationException", "No email update found for account", "", K::NoEmailChange),
        (400, "ValidationException", "something else", "", K::Invalid),
        (404, "ResourceNotFoundException", "", "", K::NotFound),
        (429, "TooManyRequestsException", "", "", K::Throttled),
        (400, "Throttling", "Rate exceeded", "", K::Throttled),
        (429, "", "", "", K::Throttled),
        (500, "InternalServerException", "", "", K::Service),
        (400, "ServiceException", "", "", K::Service),
        (503, "", "", "", K::Service),
        (
            400,
            "ExpiredTokenException",
            "The security token included in the request is expired",
            "",
            K::ExpiredCredentials,
        ),
        (403, "ExpiredToken", "", "", K::ExpiredCredentials),
        (400, "UnrecognizedClientException", "", "", K::InvalidCredentials),
        (403, "InvalidClientTokenId", "", "", K::InvalidCredentials),
        (403, "SignatureDoesNotMatch", "", "", K::InvalidCredentials),
        (400, "InvalidSignatureException", "Signature expired", "", K::InvalidCredentials),
        (403, "", "<html>Forbidden by the proxy</html>", "", K::Other),
        (400, "SomethingNew", "", "", K::Other),
    ];
    for (status, code, message, reason, expected) in cases {
        assert_eq!(kind(STATUS, *status, code, message, reason), *expected, "{status} {code} {message} {reason}");
    }
}

#[test]
fn the_answers_of_aws_in_member_accounts_have_their_kinds() {
    use ApiErrorKind as K;
    let scp = "User: arn:aws:iam::4:root is not authorized to perform: iam:DeleteLoginProfile on resource: arn:aws:iam::4:root \
               with an explicit deny in a service control policy";
    let session =
        "User: arn:aws:iam::4:root is not authorized to perform: iam:X with an explicit deny in a session policy";
    let assume =
        "User: arn:aws:iam::1:user/x is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::4:root";
    let credentials_off = "Root credentials management feature is not enabled for your AWS Organization.";
    let sessions_off = "Root sessions feature is not enabled for your AWS Organization.";
    let own_scp = format!("{assume} with an explicit deny in a service control policy");
    let unnamed = format!("{assume} because no identity-based policy allows the sts:AssumeRoot action");
    let cases: &[(&str, u16, &str, &str, K)] = &[
        ("iam:DeleteLoginProfile", 403, "AccessDenied", scp, K::DeniedByScp),
        ("sqs:SetQueueAttributes", 403, "AccessDeniedException", scp, K::DeniedByScp),
        ("iam:GetUser", 403, "AccessDenied", session, K::AccessDenied),
        ("s3:GetBucketPolicy", 403, "AccessDenied", "Access Denied", K::AccessDenied),
        ("sts:AssumeRoot", 403, "AccessDenied", assume, K::AssumeRootDenied),
        ("sts:AssumeRoot", 403, "AccessDenied", &unnamed, K::AccessDenied),
        ("sts:AssumeRoot", 403, "AccessDenied", &own_scp, K::AccessDenied),
        (
            "sts:AssumeRoot",
            403,
            "AccessDenied",
            credentials_off,
            K::RootFeatureOff(RootFeature::RootCredentialsManagement),
        ),
        ("sts:AssumeRoot", 403, "AccessDenied", sessions_off, K::RootFeatureOff(RootFeature::RootSessions)),
        ("sts:AssumeRoot", 403, "AccessDenied", "Service not enabled for AWS Organizations.", K::TrustedAccessOff),
        ("sts:AssumeRoot", 400, "InvalidAction", "Unknown Operation", K::UnknownOperation),
        ("sts:AssumeRoot", 400, "ValidationError", "Request must contain a valid target principal", K::Invalid),
        ("iam:CreateLoginProfile", 409, "EntityAlreadyExists", "Login Profile for account 4", K::AlreadyExists),
        ("iam:DeleteLoginProfile", 409, "EntityTemporarilyUnmodifiable", "", K::Conflict),
        ("iam:GetLoginProfile", 404, "NoSuchEntity", "Login Profile for User null cannot be found.", K::NotFound),
        ("s3:GetBucketPolicy", 404, "NoSuchBucketPolicy", "The bucket policy does not exist", K::NotFound),
        ("s3:GetBucketPolicy", 404, "NoSuchBucket", "", K::NotFound),
        ("s3:PutBucketPolicy", 400, "MalformedPolicy", "", K::Invalid),
        ("s3:GetBucketPolicy", 301, "PermanentRedirect", "", K::WrongRegion),
        ("s3:GetBucketPolicy", 400, "AuthorizationHeaderMalformed", "", K::WrongRegion),
        ("s3:GetBucketPolicy", 400, "ExpiredToken", "The provided token has expired.", K::ExpiredCredentials),
        ("s3:GetBucketPolicy", 403, "InvalidAccessKeyId", "", K::InvalidCredentials),
        ("s3:GetBucketPolicy", 503, "SlowDown", "Please reduce your request rate.", K::Throttled),
        ("sqs:GetQueueUrl", 400, "AWS.SimpleQueueService.NonExistentQueue", "", K::NotFound),
        ("sqs:GetQueueUrl", 400, "QueueDoesNotExist", "", K::NotFound),
        ("sqs:SetQueueAttributes", 400, "InvalidAttributeValue", "", K::Invalid),
        ("sqs:SetQueueAttributes", 403, "AWS.SimpleQueueService.RequestThrottled", "", K::Throttled),
    ];
    for (operation, status, code, message, expected) in cases {
        assert_eq!(kind(operation, *status, code, message, ""), *expected, "{operation} {code} {message}");
    }
}

#[test]
fn only_the_status_of_a_change_knows_of_no_change() {
    let message = "No email update found for account";
    assert_eq!(
        kind("account:AcceptPrimaryEmailUpdate", 400, "ValidationException", message, ""),
        ApiErrorKind::Invalid
    );
}

fn response(status: u16) -> HttpResponse {
    let mut response = HttpResponse::new(status.try_into().expect("a status"), SdkBody::empty());
    response.headers_mut().insert("x-amzn-requestid", "req-1");
    response
}

#[test]
fn a_redacted_message_is_still_read_and_the_request_id_kept() {
    let error = aws_sdk_account::types::error::ValidationException::builder()
        .message("No email update found for account\u{1b}[2J")
        .meta(
            aws_smithy_types::error::ErrorMetadata::builder()
                .code("ValidationException")
                .message("No email update found for account\u{1b}[2J")
                .build(),
        )
        .build();
    let error = error.expect("an exception");
    assert!(!error.to_string().contains("No email update"), "the SDK no longer redacts: {error}");
    let error = SdkError::service_error(GetPrimaryEmailUpdateStatusError::ValidationException(error), response(400));
    let error = of(STATUS, &error);
    assert_eq!(error.kind, ApiErrorKind::NoEmailChange);
    assert_eq!(error.code.as_deref(), Some("ValidationException"));
    assert_eq!(error.message, "No email update found for account\u{FFFD}[2J");
    assert_eq!(error.request_id.as_deref(), Some("req-1"));
}

#[test]
fn an_answer_that_is_not_understood_is_unreadable_but_a_failure_of_aws_stays_one() {
    let api_error = |status| {
        let error: SdkError<GetPrimaryEmailUpdateStatusError, HttpResponse> =
            SdkError::response_error("expected value at 1:1", response(status));
        of(STATUS, &error)
    };
    assert_eq!(api_error(200).kind, ApiErrorKind::Unreadable);
    assert_eq!(api_error(200).message, "expected value at 1:1");
    assert_eq!(api_error(502).kind, ApiErrorKind::Service);
}

#[test]
fn a_success_that_is_not_understood_is_unreadable_and_not_an_error_of_the_service() {
    let error = GetPrimaryEmailUpdateStatusError::unhandled("expected value at 1:1");
    let error = of(STATUS, &SdkError::service_error(error, response(200)));
    assert_eq!((error.kind, error.message.as_str()), (ApiErrorKind::Unreadable, "expected value at 1:1"));
    assert_eq!(error.request_id.as_deref(), Some("req-1"));
}

#[test]
fn why_an_answer_is_not_read_is_said_without_the_name_of_what_refused_it() {
    use aws_smithy_runtime_api::client::interceptors::error::InterceptorError;
    let error = InterceptorError::read_after_deserialization("Answers are whole", "the answer was cut off");
    assert_eq!(readable(&error), "the answer was cut off");
}

#[test]
fn the_lines_of_a_cause_are_a_list_in_one() {
    let tried =
        "no credentials found in chain. Attempted:\n  Environment: variable not set\n\n  Profile: not enabled\n";
    let listed = "no credentials found in chain. Attempted: Environment: variable not set; Profile: not enabled";
    assert_eq!(readable(&io::Error::other(tried)), listed);
}

#[test]
fn what_an_io_error_wraps_is_not_skipped() {
    let inner = io::Error::other("invalid peer certificate: UnknownIssuer");
    let error = io::Error::other(inner);
    assert_eq!(readable(&error), "invalid peer certificate: UnknownIssuer");
}

/// These hold on to the texts of the HTTP client that tell the failures of the network apart.
mod network {
    use crate::aws::account;
    use crate::aws::clients::Clients;
    use crate::domain::api_error::{ApiError, ApiErrorKind};
    use crate::domain::request_limits::RequestLimits;
    use aws_credential_types::Credentials;
    use aws_credential_types::credential_fn::provide_credentials_fn;
    use aws_credential_types::provider::SharedCredentialsProvider;
    use aws_credential_types::provider::error::CredentialsError;
    use aws_smithy_types::retry::RetryConfig;
    use aws_smithy_types::timeout::TimeoutConfig;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    fn clients(url: &str) -> Clients {
        let keys = Credentials::new("AKIA", "secret", None, None, "test");
        clients_with(url, Duration::from_mins(1), SharedCredentialsProvider::new(keys))
    }

    fn clients_with(url: &str, attempt: Duration, credentials: SharedCredentialsProvider) -> Clients {
        Clients::new(&config(url, attempt, credentials), false, RequestLimits::default())
    }

    fn config(url: &str, attempt: Duration, credentials: SharedCredentialsProvider) -> aws_types::SdkConfig {
        let timeouts = TimeoutConfig::builder().operation_attempt_timeout(attempt).build();
        aws_types::SdkConfig::builder()
            .behavior_version(aws_config::BehaviorVersion::v2026_01_12())
            .region(aws_types::region::Region::new("us-east-1"))
            .credentials_provider(credentials)
            .http_client(crate::aws::http::direct_client())
            .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
            .timeout_config(timeouts)
            .sleep_impl(aws_smithy_async::rt::sleep::SharedAsyncSleep::new(
                aws_smithy_async::rt::sleep::TokioSleep::new(),
            ))
            .endpoint_url(url)
            .build()
    }

    /// Answers each connection with `answer` and closes it; counts them. No answer at all if empty;
    /// never closes if `None`.
    async fn serve(answer: Option<&'static str>) -> (String, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        tokio::spawn(async move {
            let mut kept = Vec::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = [0; 8192];
                let _ = stream.read(&mut request).await;
                counted.fetch_add(1, Ordering::SeqCst);
                match answer {
                    Some(answer) => drop(stream.write_all(answer.as_bytes()).await),
                    None => kept.push(stream),
                }
            }
        });
        (url, count)
    }

    async fn start(url: &str) -> ApiError {
        start_with(&clients(url)).await
    }

    async fn start_with(clients: &Clients) -> ApiError {
        let account = "444455556666".parse().expect("an id");
        let new = crate::domain::email::EmailAddress::parse("root@corp.example").expect("an address");
        account::start_email_change(clients, account, &new).await.expect_err("a failure")
    }

    async fn read(url: &str) -> ApiError {
        account::primary_email(&clients(url), "444455556666".parse().expect("an id")).await.expect_err("a failure")
    }

    #[tokio::test]
    async fn a_refused_connection_never_was_one() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        drop(listener);
        let error = start(&url).await;
        assert_eq!(error.kind, ApiErrorKind::Unreachable, "{}", error.sentence());
        assert!(error.sentence().contains("refused"), "{}", error.sentence());
    }

    #[tokio::test]
    async fn a_write_whose_answer_is_lost_is_not_sent_again() {
        let (url, sent) = serve(Some("")).await;
        let error = start(&url).await;
        assert_eq!(error.kind, ApiErrorKind::ConnectionLost, "{}", error.sentence());
        assert_eq!(sent.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_write_without_an_answer_times_out_and_is_not_sent_again() {
        let (url, sent) = serve(None).await;
        let keys = Credentials::new("AKIA", "secret", None, None, "test");
        let clients = clients_with(&url, Duration::from_millis(200), SharedCredentialsProvider::new(keys));
        let error = start_with(&clients).await;
        assert_eq!(error.kind, ApiErrorKind::Timeout, "{}", error.sentence());
        assert_eq!(sent.load(Ordering::SeqCst), 1);
    }

    /// Holds on to the way in which the SDK wraps the errors of credential providers.
    #[tokio::test]
    async fn missing_credentials_are_told_from_an_unreachable_network() {
        let provider = |error: fn() -> CredentialsError| {
            let provider = provide_credentials_fn(move || async move { Err::<Credentials, _>(error()) });
            clients_with("http://127.0.0.1:9", Duration::from_mins(1), SharedCredentialsProvider::new(provider))
        };
        let error = start_with(&provider(CredentialsError::not_loaded_no_source)).await;
        assert_eq!(error.kind, ApiErrorKind::NoCredentials, "{}", error.sentence());
        let expired = || CredentialsError::provider_error("the SSO token has expired and cannot be refreshed");
        let error = start_with(&provider(expired)).await;
        assert_eq!((error.kind, error.operation), (ApiErrorKind::ExpiredCredentials, "sso:GetRoleCredentials"));
    }

    const BROKEN: &str = "HTTP/1.1 500 Oops\r\nx-amzn-errortype: InternalServerException\r\ncontent-length: 2\r\n\
                          connection: close\r\n\r\n{}";
    const THROTTLED: &str = "HTTP/1.1 429 Slow\r\nx-amzn-errortype: TooManyRequestsException\r\ncontent-length: 2\r\n\
                             connection: close\r\n\r\n{}";

    #[tokio::test]
    async fn a_write_that_breaks_at_aws_is_sent_once_and_a_read_again() {
        let (url, sent) = serve(Some(BROKEN)).await;
        assert_eq!(start(&url).await.kind, ApiErrorKind::Service);
        assert_eq!(sent.load(Ordering::SeqCst), 1);
        let (url, sent) = serve(Some(BROKEN)).await;
        assert_eq!(read(&url).await.kind, ApiErrorKind::Service);
        assert_eq!(sent.load(Ordering::SeqCst), 3);
    }

    const NO_TYPE: &str = "HTTP/1.1 400 Bad\r\nx-amzn-requestid: req-2\r\ncontent-type: application/json\r\n\
                           content-length: 37\r\nconnection: close\r\n\r\n{\"message\":\"Name must not be blank.\"}";
    const REASON: &str = "HTTP/1.1 400 Bad\r\nx-amzn-requestid: req-3\r\ncontent-length: 92\r\nconnection: close\r\n\r\n\
                          {\"__type\":\"ConstraintViolationException\",\"Message\":\"Not now.\",\"Reason\":\"WAIT_PERIOD_ACTIVE\"}";

    #[tokio::test]
    async fn an_error_without_a_type_keeps_its_message_and_one_with_a_reason_says_it() {
        let (url, _) = serve(Some(NO_TYPE)).await;
        let error = read(&url).await;
        assert_eq!((error.code.as_deref(), error.message.as_str()), (None, "Name must not be blank."));
        assert_eq!(error.request_id.as_deref(), Some("req-2"));
        let (url, _) = serve(Some(REASON)).await;
        let error = crate::aws::organizations::organization(&clients(&url)).await.expect_err("a failure");
        assert_eq!(error.code.as_deref(), Some("ConstraintViolationException"));
        assert_eq!(error.message, "Not now. (WAIT_PERIOD_ACTIVE)");
    }

    #[tokio::test]
    async fn a_throttled_write_was_not_done_and_is_sent_again() {
        let (url, sent) = serve(Some(THROTTLED)).await;
        assert_eq!(start(&url).await.kind, ApiErrorKind::Throttled);
        assert_eq!(sent.load(Ordering::SeqCst), 3);
    }

    fn leaked(text: String) -> &'static str {
        Box::leak(text.into_boxed_str())
    }

    #[tokio::test]
    async fn an_error_of_any_size_is_neither_read_nor_told_whole() {
        let head = "HTTP/1.1 403 No\r\ncontent-type: text/html\r\nconnection: close\r\n\r\n";
        let (url, _) = serve(Some(leaked(format!("{head}{}", "x".repeat(4 << 20))))).await;
        let error = start(&url).await;
        assert!(error.sentence().contains("longer than 256 KiB"), "{}", error.sentence());
        // One that can be read has its first lines told.
        let body = format!("{{\"message\":\"{}\"}}", "word ".repeat(20_000));
        let head = "HTTP/1.1 400 No\r\nx-amzn-errortype: ValidationException\r\nconnection: close\r\n";
        let (url, _) = serve(Some(leaked(format!("{head}content-length: {}\r\n\r\n{body}", body.len())))).await;
        let error = start(&url).await;
        assert!(error.message.starts_with("word word") && error.message.len() < 2100, "{}", error.message.len());
        assert!(error.message.ends_with("more characters)"));
    }

    #[tokio::test]
    async fn a_success_without_end_is_not_read_whole() {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{\"PrimaryEmail\":\"";
        let (url, _) = serve(Some(leaked(format!("{head}{}", "x".repeat(20 << 20))))).await;
        let error = read(&url).await;
        assert_eq!(error.kind, ApiErrorKind::Unreadable, "{}", error.sentence());
        assert!(error.sentence().contains("longer than 16384 KiB"), "{}", error.sentence());
    }

    /// Holds on to the texts of the TLS library.
    #[tokio::test]
    async fn what_does_not_speak_our_tls_is_not_taken_for_an_untrusted_certificate() {
        use crate::domain::cause::Cause;
        // Alerts of a server that knows only older versions, and only other ciphers; and no TLS at all.
        for (answer, cause) in [
            ("\x15\x03\x03\x00\x02\x02\x46", Cause::TlsVersion),
            ("\x15\x03\x03\x00\x02\x02\x28", Cause::TlsVersion),
            ("HTTP/1.1 400 Bad Request\r\n\r\n", Cause::NotTls),
            ("", Cause::NotTls),
        ] {
            let (url, _) = serve(Some(answer)).await;
            let keys = Credentials::new("AKIA", "secret", None, None, "test");
            let client = crate::aws::http::client(None).expect("a client");
            let url = url.replace("http:", "https:");
            let config = config(&url, Duration::from_mins(1), SharedCredentialsProvider::new(keys));
            let config = config.into_builder().http_client(client).build();
            let error = start_with(&Clients::new(&config, false, RequestLimits::default())).await;
            assert_eq!(Cause::of(&error), cause, "{}", error.sentence());
        }
    }
}
