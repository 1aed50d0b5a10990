//! Buckets and queues whose policies shut everybody out.

use std::time::Duration;

use rootdeck::domain::api_error::ApiErrorKind;
use rootdeck::domain::change::Change;
use rootdeck::domain::journal::JournalOutcome;
use rootdeck::domain::permit::Rules;
use rootdeck::domain::policy_holder::{PolicyHolder, QueueSearch};
use rootdeck::domain::root_change::RootChange;
use rootdeck::domain::write::{PresentPolicy, Seen, WriteOutcome, WriteRequest};
use rootdeck::emulator::Options;

use super::office::{Office, failed, refused};
use super::root_audits::{CLEAN, DENIED};

/// An account with a locked bucket and a locked queue.
const SHOP: &str = "555500000103";
const LOCKED: &str = "shop-prod-order-exports";
const QUEUE: &str = "shop-prod-orders";

fn bucket(name: &str, region: &str) -> PolicyHolder {
    PolicyHolder::Bucket { name: name.into(), region: region.into() }
}

fn regions(regions: &[&str]) -> QueueSearch {
    QueueSearch::Regions(regions.iter().map(ToString::to_string).collect())
}

fn one(queue: &str, region: &str) -> QueueSearch {
    QueueSearch::One { queue: queue.into(), region: region.into() }
}

#[tokio::test]
async fn buckets_are_listed_with_their_regions_and_policies_read_there() {
    let office = Office::with_root_access().await;
    let account = office.listed(SHOP).await;
    let buckets = office.engine.buckets(&account).await.unwrap();
    let names: Vec<_> = buckets.iter().map(|it| (it.name.as_str(), it.region.as_deref().unwrap())).collect();
    assert!(names.contains(&(LOCKED, "ap-northeast-1")) && names.contains(&("shop-prod-backup", "ap-northeast-3")));
    assert!(buckets.iter().all(|bucket| bucket.created.is_some()));
    let policy = |name, region| {
        let (account, holder) = (account.clone(), bucket(name, region));
        let engine = office.engine.clone();
        async move { engine.policy(&account, &holder).await }
    };
    assert!(policy(LOCKED, "ap-northeast-1").await.unwrap().unwrap().contains("LockDown"));
    assert_eq!(policy("shop-prod-backup", "ap-northeast-3").await, Ok(None));
    // That there is no bucket is not that there is no policy.
    assert_eq!(failed(policy("no-such-bucket-of-ours", "us-east-1").await), ApiErrorKind::NotFound);
    assert_eq!(failed(policy(LOCKED, "eu-west-1").await), ApiErrorKind::WrongRegion);
    // A bucket of somebody else.
    assert_eq!(failed(policy("data-platform-raw", "ap-northeast-1").await), ApiErrorKind::AccessDenied);
    office.inject("GetBucketPolicy:malformed=1x");
    assert!(policy(LOCKED, "ap-northeast-1").await.is_err());
    assert_eq!(office.engine.buckets(&office.listed(CLEAN).await).await, Ok(vec![]));
    office.inject("ListBuckets:malformed=1x");
    assert_eq!(failed(office.engine.buckets(&account).await), ApiErrorKind::Unreadable);
    assert_eq!(failed(office.engine.buckets(&office.listed(DENIED).await).await), ApiErrorKind::DeniedByScp);
}

#[tokio::test]
async fn a_bucket_policy_is_deleted_and_put_back_to_the_letter() {
    let office = Office::with_root_access().await;
    let (account, holder) = (office.listed(SHOP).await, bucket(LOCKED, "ap-northeast-1"));
    let saved = office.engine.policy(&account, &holder).await.unwrap().unwrap();
    let written = office.change_root(&account, RootChange::DeletePolicy(holder.clone())).await;
    assert_eq!((written.outcome, written.seen), (WriteOutcome::Taken(None), Seen::Policy(Ok(None))));
    let entry = office.newest_entry();
    assert_eq!((entry.operation.as_str(), entry.outcome), ("s3:DeleteBucketPolicy", JournalOutcome::Ok));
    assert!(entry.request_id.is_some());
    let written = office.change_root(&account, RootChange::PutPolicy(holder.clone(), saved.clone())).await;
    assert_eq!((written.outcome, written.seen), (WriteOutcome::Taken(None), Seen::Policy(Ok(Some(saved.clone())))));
    let written = office.change_root(&account, RootChange::PutPolicy(holder.clone(), "{}".into())).await;
    assert_eq!(refused(&written).kind, ApiErrorKind::Invalid);
    assert_eq!(written.seen, Seen::Policy(Ok(Some(saved))));
    // One session for all of it.
    assert_eq!(office.arrived("AssumeRoot"), 1);

    office.inject("DeleteBucketPolicy:lose-reply=1x");
    let written = office.change_root(&account, RootChange::DeletePolicy(holder.clone())).await;
    assert!(matches!(written.outcome, WriteOutcome::Unknown(_)));
    assert_eq!((written.seen, office.arrived("DeleteBucketPolicy")), (Seen::Policy(Ok(None)), 2));
    let engine = office.engine_with(Rules { read_only: true, ..Rules::default() });
    // Reading is no change.
    assert_eq!(engine.policy(&account, &holder).await.unwrap(), None);
}

#[tokio::test]
async fn queues_are_found_by_region_name_url_and_arn() {
    let office = Office::with_root_access().await;
    let account = office.listed(SHOP).await;
    let found = office.engine.queues(&account, &regions(&["us-east-1", "eu-west-1", "us-west-2"])).await.unwrap();
    let names: Vec<_> = found.queues.iter().map(|queue| (queue.name(), queue.region.as_str())).collect();
    assert_eq!(names.len(), 4);
    assert!(names.contains(&(QUEUE, "eu-west-1")) && names.contains(&("shop-prod-mail.fifo", "us-east-1")));
    assert_eq!(found.failed, []);
    let url = found.queues.iter().find(|queue| queue.name() == QUEUE).unwrap().url.clone();
    let arn = format!("arn:aws:sqs:eu-west-1:{SHOP}:{QUEUE}");
    // An ARN tells the region; a URL of the emulator does not.
    for search in [one(QUEUE, "eu-west-1"), one(&url, "eu-west-1"), one(&arn, "us-east-1")] {
        let found = office.engine.queues(&account, &search).await.unwrap();
        assert_eq!((found.queues.len(), found.failed.len()), (1, 0), "{search:?}");
        assert_eq!((found.queues[0].url.as_str(), found.queues[0].region.as_str()), (url.as_str(), "eu-west-1"));
    }
    let nowhere = office.engine.queues(&account, &one(QUEUE, "us-east-1")).await.unwrap();
    assert_eq!((nowhere.queues.len(), nowhere.failed[0].1.kind), (0, ApiErrorKind::NotFound));
    let before = office.arrived("AssumeRoot");
    for wrong in [format!("arn:aws:sqs:eu-west-1:{CLEAN}:{QUEUE}"), "no queue".into()] {
        assert_eq!(failed(office.engine.queues(&account, &one(&wrong, "eu-west-1")).await), ApiErrorKind::Invalid);
    }
    assert_eq!(office.arrived("AssumeRoot"), before);
    // A region that could not be read is not one without queues.
    office.inject("ListQueues:access-denied=1x");
    let found = office.engine.queues(&account, &regions(&["us-east-1"])).await.unwrap();
    assert_eq!((found.queues.len(), found.failed[0].0.as_str()), (0, "us-east-1"));
    assert_eq!(found.failed[0].1.kind, ApiErrorKind::AccessDenied);
}

#[tokio::test]
async fn a_queue_policy_is_cleared_and_put_back_and_what_is_seen_is_what_aws_shows() {
    let office =
        Office::with_root_access_and(Options { queue_policy_delay: Duration::from_mins(1), ..Options::default() })
            .await;
    let account = office.listed(SHOP).await;
    let found = office.engine.queues(&account, &one(QUEUE, "eu-west-1")).await.unwrap();
    let holder = PolicyHolder::Queue { url: found.queues[0].url.clone(), region: "eu-west-1".into() };
    let policy = || office.engine.policy(&account, &holder);
    let saved = policy().await.unwrap().unwrap();
    assert!(saved.contains("DenyEveryone"));
    let written = office.change_root(&account, RootChange::DeletePolicy(holder.clone())).await;
    // AWS took it, and does not show it yet.
    assert_eq!((written.outcome, written.seen), (WriteOutcome::Taken(None), Seen::Policy(Ok(Some(saved.clone())))));
    assert_eq!(office.journaled(), ("sqs:SetQueueAttributes".into(), JournalOutcome::Unknown));
    office.emulator.advance(Duration::from_mins(1));
    assert_eq!(policy().await, Ok(None));
    assert_eq!(office.journaled(), ("sqs:SetQueueAttributes".into(), JournalOutcome::Ok));
    office.change_root(&account, RootChange::PutPolicy(holder.clone(), saved.clone())).await;
    office.emulator.advance(Duration::from_mins(1));
    assert_eq!(policy().await, Ok(Some(saved)));
    let written = office.change_root(&account, RootChange::PutPolicy(holder.clone(), "nonsense".into())).await;
    assert_eq!(refused(&written).kind, ApiErrorKind::Invalid);
    let gone =
        PolicyHolder::Queue { url: found.queues[0].url.replace(QUEUE, "no-such-queue"), region: "eu-west-1".into() };
    let written = office.change_root(&account, RootChange::DeletePolicy(gone)).await;
    assert_eq!(refused(&written).kind, ApiErrorKind::NotFound);
}

#[tokio::test]
async fn a_policy_that_nobody_has_seen_is_neither_deleted_nor_replaced() {
    let office = Office::with_root_access().await;
    let account = office.listed(SHOP).await;
    let holder = bucket("shop-prod-order-exports", "ap-northeast-1");
    let shown = office.engine.policy(&account, &holder).await.unwrap();
    let meanwhile = shown.as_ref().unwrap().replace("LockDown", "Another");
    let put = |text: &str| RootChange::PutPolicy(holder.clone(), text.to_owned());
    let over = |change: RootChange, present: Option<String>| {
        let change = Change::Root { account: account.id, change };
        let request = WriteRequest {
            change,
            account: Some(account.clone()),
            reason: None,
            present: PresentPolicy::Only(present),
            until: None,
            resend: false,
        };
        office.engine.write(request, office.clock())
    };
    // Somebody else puts another one in its place.
    assert_eq!(over(put(&meanwhile), shown.clone()).await.outcome, WriteOutcome::Taken(None));
    for change in [RootChange::DeletePolicy(holder.clone()), put("{}")] {
        for present in [shown.clone(), None] {
            let written = over(change.clone(), present).await;
            assert!(
                matches!(&written.outcome, WriteOutcome::Refused(error) if error.kind == ApiErrorKind::NotPermitted)
            );
        }
    }
    assert_eq!(office.engine.policy(&account, &holder).await.unwrap(), Some(meanwhile.clone()));
    assert_eq!((office.arrived("DeleteBucketPolicy"), office.arrived("PutBucketPolicy")), (0, 1));
    let deleted = over(RootChange::DeletePolicy(holder.clone()), Some(meanwhile)).await;
    assert_eq!((deleted.outcome, deleted.seen), (WriteOutcome::Taken(None), Seen::Policy(Ok(None))));
}
