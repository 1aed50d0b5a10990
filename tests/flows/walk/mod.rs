//! People's actions in any order, mishaps, kills, and two copies of the program: after each step AWS holds what a small
//! model says.
//!
//! `ROOTDECK_SEED=N` walks again as the walk of that seed did.

mod actions;
mod dice;
mod model;
mod steps;

use futures::stream::{self, StreamExt};

use steps::Walk;

/// Each in an organization of its own; `ROOTDECK_WALKS` makes others of it.
const WALKS: u64 = 40;
const STEPS: usize = 250;
const AT_ONCE: usize = 6;
const SEED: u64 = 15;

async fn walk(seed: u64) -> Result<(), String> {
    let walk = async move {
        let mut walk = Walk::begin(seed).await;
        for _ in 0..STEPS {
            walk.step().await?;
        }
        walk.end().await
    };
    let told = tokio::spawn(walk).await.unwrap_or_else(|panic| Err(panic.to_string()));
    told.map_err(|why| format!("ROOTDECK_SEED={seed} walks so again: {why}"))
}

async fn walks(first: u64) {
    let count = std::env::var("ROOTDECK_WALKS").map_or(WALKS, |count| count.parse().unwrap());
    let seeds = (0..count).map(|nth| first.wrapping_add(nth));
    let told = stream::iter(seeds.map(walk)).buffer_unordered(AT_ONCE);
    let failed: Vec<String> = told.filter_map(|told| async { told.err() }).collect().await;
    assert!(failed.is_empty(), "{} of {count} walks:\n{}", failed.len(), failed.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn aws_holds_what_the_model_says_after_ten_thousand_steps() {
    match std::env::var("ROOTDECK_SEED").ok().map(|seed| seed.parse().unwrap()) {
        Some(seed) => walk(seed).await.unwrap(),
        None => walks(SEED).await,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn aws_holds_what_the_model_says_after_ten_thousand_other_steps() {
    if std::env::var_os("ROOTDECK_SEED").is_none() {
        walks(u64::from(std::process::id()) << 32 | u64::try_from(jiff::Timestamp::now().as_second()).unwrap()).await;
    }
}
