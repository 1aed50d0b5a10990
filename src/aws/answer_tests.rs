use super::*;

use aws_smithy_types::body::SdkBody;

fn answer(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> HttpResponse {
    let mut response = HttpResponse::new(status.try_into().expect("a status"), SdkBody::from(body));
    for (name, value) in headers {
        response.headers_mut().insert(*name, *value);
    }
    response
}

const ID: (&str, &str) = ("x-amzn-requestid", "req-1");
const S3_ID: (&str, &str) = ("x-amz-request-id", "REQ1");
const HTML: (&str, &str) = ("content-type", "text/html; charset=utf-8");
const JSON: (&str, &str) = ("content-type", "application/x-amz-json-1.1");

#[test]
fn what_does_not_name_the_request_or_is_a_page_is_not_of_aws() {
    for (headers, body) in [
        (&[][..], ""),
        (&[][..], "{}"),
        (&[JSON][..], "{\"Accounts\":[]}"),
        (&[HTML][..], "<html>blocked</html>"),
        // Some gateways give an id of their own under AWS's name.
        (&[ID, HTML][..], "<html>blocked</html>"),
        (&[("x-amzn-requestid", "")][..], "{}"),
    ] {
        for (protocol, operation) in [
            (Protocol::Json, "EnableAWSServiceAccess"),
            (Protocol::Json, "ListAccounts"),
            (Protocol::Query, "DeleteLoginProfile"),
            (Protocol::S3, "PutBucketPolicy"),
        ] {
            let judged = judge(protocol, operation, &answer(200, headers, body));
            assert!(matches!(judged, Err(Doubtful::NotAws(_))), "{operation} {headers:?} {body:?}: {judged:?}");
        }
    }
}

#[test]
fn an_answer_counts_only_in_the_shape_of_its_operation_and_whole() {
    let judged = |protocol, operation, body| judge(protocol, operation, &answer(200, &[ID], body)).is_ok();
    let json = |operation, body| judged(Protocol::Json, operation, body);
    assert!(json("EnableAWSServiceAccess", "") && json("SetQueueAttributes", "{}"));
    assert!(json("ListAccounts", "{\"Accounts\":[]}") && json("ListQueues", " {} "));
    for cut in ["", "[]", "null", "{\"Accounts\":[", "{} {}", "<a/>"] {
        assert!(!json("ListAccounts", cut), "{cut:?}");
    }
    let query = |body| judged(Protocol::Query, "GetUser", body);
    assert!(query("<GetUserResponse xmlns=\"x\"><GetUserResult/></GetUserResponse>\n"));
    assert!(query("<?xml version=\"1.0\"?>\n<GetUserResponse><GetUserResult/></GetUserResponse>"));
    for cut in [
        "",
        "<GetUserResponse>",
        "<GetUserResponse><GetUserResult/></GetUserRespons",
        "<ListUsersResponse></ListUsersResponse>",
        "<GetUserResponses></GetUserResponse>",
        "<?xml",
        "{}",
    ] {
        assert!(!query(cut), "{cut:?}");
    }
}

#[test]
fn s3_answers_writes_with_nothing_and_lists_in_its_own_element() {
    let judged = |operation, body| judge(Protocol::S3, operation, &answer(200, &[S3_ID], body)).is_ok();
    assert!(judged("PutBucketPolicy", "") && judged("DeleteBucketPolicy", ""));
    assert!(!judged("PutBucketPolicy", "ok"));
    assert!(judged("ListBuckets", "<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>"));
    assert!(!judged("ListBuckets", "") && !judged("ListBuckets", "<ListAllMyBucketsResult><Buckets/>"));
}

#[test]
fn a_refusal_is_of_aws_if_it_has_a_code_or_at_least_a_message_beside_the_request_id() {
    let is = |headers: &[_], code, message| is_refusal_of_aws(&answer(403, headers, ""), code, message);
    assert!(is(&[ID], Some("AccessDenied"), None) && is(&[], Some("AccessDenied"), Some("no")));
    assert!(is(&[ID, JSON], None, Some("AccountName must not be blank")));
    assert!(!is(&[], None, Some("Forbidden")) && !is(&[ID], None, None) && !is(&[ID], Some(""), Some(" ")));
    assert!(!is(&[HTML], Some("AccessDenied"), None) && !is(&[ID, HTML], None, Some("Forbidden")));
}

#[test]
fn what_came_instead_is_told_without_its_body() {
    let page = answer(403, &[HTML], "<html>secret</html>");
    assert_eq!(describe(&page), "HTTP status 403 with a page (text/html)");
    assert_eq!(describe(&answer(408, &[], "x")), "HTTP status 408 without a request id");
    assert_eq!(describe(&answer(400, &[ID], "")), "HTTP status 400 without an error code");
}
