//! Audits of answers that AWS may well give and the emulator does not.

use super::*;
use crate::domain::account::AccountState;
use crate::domain::permit::Rules;
use crate::domain::root_credentials::{LastUsed, Password, Presence};
use crate::engine::fake::{Answer, Answers, engine};

const SESSION: &str = "<Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
    <SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>";
const ORGANIZATION: &str = r#"{"Organization":{"Id":"o-8j81brsjuj","FeatureSet":"ALL",
    "MasterAccountId":"111122223333","MasterAccountEmail":"m@example.com"}}"#;
const NO_KEYS: &str = "<AccessKeyMetadata/><IsTruncated>false</IsTruncated>";
const NO_DEVICES: &str = "<MFADevices/><IsTruncated>false</IsTruncated>";
const NO_CERTIFICATES: &str = "<Certificates/><IsTruncated>false</IsTruncated>";

fn account() -> Account {
    Account {
        id: "444455556666".parse().expect("an id"),
        name: "sandbox".into(),
        email: "s@example.com".into(),
        state: AccountState::Active,
        joined: None,
        joined_method: None,
        unit_ids: Some([].into()),
    }
}

/// The audit of an account with these answers besides those of a clean one.
async fn audited(depth: AuditDepth, answers: &[(&'static str, &[Answer])]) -> RootAudit {
    audited_and_kept(depth, answers).await.0
}

/// The same, and what the records keep of it.
async fn audited_and_kept(depth: AuditDepth, answers: &[(&'static str, &[Answer])]) -> (RootAudit, Vec<RootAudit>) {
    let gone = Answer::Error(404, "NoSuchEntity", "Login Profile for User null cannot be found.");
    let mut all = Answers::from([
        ("DescribeOrganization", vec![Answer::Ok(ORGANIZATION.into())]),
        ("AssumeRoot", vec![Answer::Query(SESSION)]),
        ("GetLoginProfile", vec![gone]),
        ("ListAccessKeys", vec![Answer::Query(NO_KEYS)]),
        ("ListMFADevices", vec![Answer::Query(NO_DEVICES)]),
        ("ListSigningCertificates", vec![Answer::Query(NO_CERTIFICATES)]),
    ]);
    all.extend(answers.iter().map(|(operation, answers)| (*operation, answers.to_vec())));
    let (engine, memory) = engine("111122223333", Rules::default(), all).await;
    let audit = engine.audit(&account(), depth).await;
    let kept = memory.audits.lock().expect("audits").iter().map(|(_, audit)| audit.clone()).collect();
    (audit, kept)
}

#[tokio::test]
async fn an_audit_is_kept_by_the_time_it_is_told_also_where_it_could_read_nothing() {
    let (audit, kept) = audited_and_kept(AuditDepth::Deep, &[]).await;
    assert_eq!(kept, [audit]);
    let denied = [Answer::Error(403, "AccessDenied", "no")];
    let (audit, kept) = audited_and_kept(AuditDepth::Quick, &[("AssumeRoot", &denied)]).await;
    assert!(audit.password.error().is_some());
    assert_eq!(kept, [audit]);
}

#[tokio::test]
async fn an_audit_that_rootdeck_did_not_let_out_is_not_kept() {
    let (engine, memory) = engine(
        "111122223333",
        Rules::default(),
        Answers::from([("DescribeOrganization", vec![Answer::Ok(ORGANIZATION.into())])]),
    )
    .await;
    let audit = engine.audit(&Account { state: AccountState::Suspended, ..account() }, AuditDepth::Quick).await;
    assert_eq!(audit.error().map(|error| error.kind), Some(ApiErrorKind::NotPermitted));
    assert!(memory.audits.lock().expect("audits").is_empty());
}

fn summary(entries: &'static str) -> [Answer; 1] {
    [Answer::Query(entries)]
}

#[tokio::test]
async fn a_key_that_the_summary_lacks_is_unknown_and_not_absent() {
    let some = summary(
        "<SummaryMap><entry><key>AccountMFAEnabled</key><value>1</value></entry>\
         <entry><key>AccountPasswordPresent</key><value>0</value></entry></SummaryMap>",
    );
    let audit = audited(AuditDepth::Quick, &[("GetAccountSummary", &some)]).await;
    assert_eq!((&audit.password, &audit.mfa_devices), (&Presence::Absent, &Presence::Present(None)));
    for error in [audit.access_keys.error(), audit.signing_certificates.error()] {
        assert_eq!(error.expect("a reason").kind, ApiErrorKind::Unreadable);
    }
    let none = audited(AuditDepth::Quick, &[("GetAccountSummary", &summary(""))]).await;
    assert!(none.password.error().is_some() && none.mfa_devices.error().is_some());
}

#[tokio::test]
async fn where_list_and_summary_contradict_each_other_the_list_counts() {
    let all = summary(
        "<SummaryMap><entry><key>AccountPasswordPresent</key><value>1</value></entry>\
         <entry><key>AccountAccessKeysPresent</key><value>2</value></entry></SummaryMap>",
    );
    let audit = audited(AuditDepth::Deep, &[("GetAccountSummary", &all)]).await;
    assert_eq!((audit.password, audit.access_keys), (Presence::Absent, Presence::Absent));
}

#[tokio::test]
async fn a_login_profile_without_a_date_is_there_and_has_none() {
    // What the SDK makes of it has no user name, and the year 1970 (captured: answers in root sessions lack the name).
    let profile = [Answer::Query("<LoginProfile><PasswordResetRequired>false</PasswordResetRequired></LoginProfile>")];
    let audit = audited(AuditDepth::Deep, &[("GetLoginProfile", &profile)]).await;
    assert_eq!(audit.password, Presence::Present(Some(Password { created: None })));
}

#[tokio::test]
async fn lists_are_read_to_their_end_or_not_believed() {
    const FIRST: &str = "<AccessKeyMetadata><member><AccessKeyId>AKIA1</AccessKeyId><Status>Active</Status></member>\
        </AccessKeyMetadata><IsTruncated>true</IsTruncated>";
    const FIRST_WITH_MARKER: &str = "<AccessKeyMetadata><member><AccessKeyId>AKIA1</AccessKeyId><Status>Active</Status>\
        </member></AccessKeyMetadata><IsTruncated>true</IsTruncated><Marker>m</Marker>";
    const LAST: &str = "<AccessKeyMetadata><member><AccessKeyId>AKIA2</AccessKeyId><Status>Expired</Status></member>\
        </AccessKeyMetadata><IsTruncated>false</IsTruncated>";
    const NEVER: &str = "<AccessKeyLastUsed><ServiceName>N/A</ServiceName><Region>N/A</Region></AccessKeyLastUsed>";
    let pages = [Answer::Query(FIRST_WITH_MARKER), Answer::Query(LAST)];
    let used = [Answer::Query(NEVER)];
    let audit = audited(AuditDepth::Deep, &[("ListAccessKeys", &pages), ("GetAccessKeyLastUsed", &used)]).await;
    let keys = audit.access_keys.details().expect("keys");
    let reported: Vec<_> = keys.iter().map(|key| (key.id.as_str(), key.status.as_str(), &key.last_used)).collect();
    assert_eq!(reported, [("AKIA1", "Active", &LastUsed::Never), ("AKIA2", "Expired", &LastUsed::Never)]);
    let audit = audited(AuditDepth::Deep, &[("ListAccessKeys", &[Answer::Query(FIRST)])]).await;
    assert!(audit.access_keys.error().is_some_and(|error| error.kind == ApiErrorKind::Unreadable));
    // A key without an id could not be deleted; to leave it out would be to hide it.
    let nameless = "<AccessKeyMetadata><member><Status>Active</Status></member></AccessKeyMetadata>";
    let audit = audited(AuditDepth::Deep, &[("ListAccessKeys", &[Answer::Query(nameless)])]).await;
    assert!(audit.access_keys.error().is_some());
    let nameless =
        [Answer::Query("<MFADevices><member><EnableDate>2020-01-01T00:00:00Z</EnableDate></member></MFADevices>")];
    let audit = audited(AuditDepth::Deep, &[("ListMFADevices", &nameless)]).await;
    assert!(audit.mfa_devices.error().is_some());
}

#[tokio::test]
async fn without_a_journal_no_session_is_opened() {
    let all = Answers::from([
        ("DescribeOrganization", vec![Answer::Ok(ORGANIZATION.into())]),
        ("AssumeRoot", vec![Answer::Query(SESSION)]),
    ]);
    let (engine, memory) = engine("111122223333", Rules::default(), all).await;
    memory.broken.lock().expect("a list").push("intend");
    let audit = engine.audit(&account(), AuditDepth::Quick).await;
    assert_eq!(audit.error().expect("a reason").kind, ApiErrorKind::Local);
    assert!(!memory.log.lock().expect("a log").contains(&"AssumeRoot".to_owned()));
    // One that is open and whose end can't be kept is used all the same.
    *memory.broken.lock().expect("a list") = vec!["conclude"];
    let opened = engine.root_session(&account(), TaskPolicy::AuditRootCredentials, 60, None).await;
    assert_eq!(opened.expect("a session").access_key_id, "ASIA1");
}

#[tokio::test]
async fn a_session_that_is_not_whole_is_none() {
    for broken in ["", "<Credentials><AccessKeyId>ASIA1</AccessKeyId></Credentials>"] {
        let audit = audited(AuditDepth::Quick, &[("AssumeRoot", &[Answer::Query(broken)])]).await;
        let error = audit.error().expect("a reason");
        assert_eq!((error.operation, error.kind), ("sts:AssumeRoot", ApiErrorKind::Unreadable), "{broken}");
    }
}
