//! Buckets of S3, as far as their policies go.

use std::collections::BTreeMap;

pub(crate) use super::blueprint::Bucket;
use crate::emulator::options::StartError;

/// A name belongs to one account of all the world (AWS documentation).
#[derive(Debug, Default)]
pub(crate) struct Buckets(BTreeMap<String, Bucket>);

impl Bucket {
    pub(crate) fn arn(&self) -> String {
        arn(&self.name)
    }
}

pub(crate) fn arn(name: &str) -> String {
    format!("arn:aws:s3:::{name}")
}

impl Buckets {
    pub(crate) fn new(all: Vec<Bucket>) -> Result<Self, StartError> {
        let mut buckets = BTreeMap::new();
        for bucket in all {
            if let Some(other) = buckets.insert(bucket.name.clone(), bucket) {
                return Err(StartError::Inconsistent(format!("two buckets {}", other.name)));
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
