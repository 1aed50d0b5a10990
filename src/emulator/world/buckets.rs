//! Buckets of S3, as far as their policies go.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::blueprint::BucketPlan;
use crate::emulator::options::StartError;

/// All buckets. A name belongs to one account of all the world (AWS documentation).
#[derive(Debug, Default)]
pub(crate) struct Buckets(BTreeMap<String, Bucket>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bucket {
    pub(crate) name: String,
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) created_at: Timestamp,
    /// Byte for byte as it was put.
    pub(crate) policy: Option<String>,
}

impl Bucket {
    pub(crate) fn arn(&self) -> String {
        arn(&self.name)
    }
}

pub(crate) fn arn(name: &str) -> String {
    format!("arn:aws:s3:::{name}")
}

impl Buckets {
    pub(crate) fn new(plans: Vec<BucketPlan>) -> Result<Self, StartError> {
        let mut buckets = BTreeMap::new();
        for plan in plans {
            let BucketPlan { account, name, region, created_at, policy } = plan;
            let bucket = Bucket { name: name.clone(), account, region, created_at, policy };
            if buckets.insert(name.clone(), bucket).is_some() {
                return Err(StartError::Inconsistent(format!("two buckets {name}")));
            }
        }
        Ok(Self(buckets))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Bucket> {
        self.0.get(name)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Bucket> {
        self.0.get_mut(name)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Bucket> {
        self.0.values()
    }

    /// By name, as S3 lists them.
    pub(crate) fn of_account<'a>(&'a self, account: &'a str) -> impl Iterator<Item = &'a Bucket> {
        self.0.values().filter(move |bucket| bucket.account == account)
    }
}
