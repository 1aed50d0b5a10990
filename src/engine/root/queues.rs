//! Looking for queues: SQS lists them region by region.

use std::collections::HashSet;

use futures::stream::{self, StreamExt};

use crate::aws::root::RootCalls;
use crate::aws::sqs;
use crate::domain::account::AccountId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::QueueError;
use crate::domain::policy_holder::{Queue, QueueListing, QueueSearch};
use crate::domain::queue_name::QueueName;

/// How many regions are asked at once: all that are in use, without a flood of new connections.
const REGIONS_AT_ONCE: usize = 8;

#[derive(Clone, Debug)]
pub(super) enum QueueScope {
    All(Vec<String>),
    One { name: String, region: String },
}

impl QueueScope {
    /// Fails if the text names no queue, or one of another account.
    pub(super) fn of(search: &QueueSearch, account: AccountId) -> Result<Self, ApiError> {
        let refused = |error| ApiError::client("sqs:GetQueueUrl", ApiErrorKind::Invalid, error);
        match search {
            QueueSearch::Regions(regions) => {
                // The queues of a region that is named twice are listed once.
                let mut seen = HashSet::new();
                Ok(Self::All(regions.iter().filter(|region| seen.insert(*region)).cloned().collect()))
            }
            QueueSearch::One { queue, region } => {
                let found = QueueName::parse(queue).ok_or_else(|| refused(QueueError::NoName(queue.clone())))?;
                if let Some(other) = found.account.filter(|other| *other != account) {
                    return Err(refused(QueueError::OtherAccount { owner: other, account }));
                }
                Ok(Self::One { name: found.name, region: found.region.unwrap_or_else(|| region.clone()) })
            }
        }
    }
}

/// Regions that could not be read are listed with their errors.
pub(super) async fn look(calls: RootCalls, wanted: QueueScope) -> Result<QueueListing, ApiError> {
    let answers: Vec<(String, Result<Vec<Queue>, ApiError>)> = match wanted {
        QueueScope::All(regions) => {
            let calls = &calls;
            let reads = regions.into_iter().map(|region| async move {
                let queues = sqs::queues(calls, &region).await;
                (region, queues)
            });
            stream::iter(reads).buffered(REGIONS_AT_ONCE).collect().await
        }
        QueueScope::One { name, region } => {
            let queue = sqs::queue(&calls, &name, &region).await;
            vec![(region, queue.map(|queue| vec![queue]))]
        }
    };
    let mut listing = QueueListing::default();
    for (region, answer) in answers {
        match answer {
            Ok(queues) => listing.queues.extend(queues),
            Err(error) if error.kind == ApiErrorKind::ExpiredCredentials => return Err(error),
            Err(error) => listing.failed.push((region, error)),
        }
    }
    Ok(listing)
}
