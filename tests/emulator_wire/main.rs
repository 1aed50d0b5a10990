//! The emulator as a client sees it: bytes over TCP, no SDK.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

mod account;
mod callers;
mod calls;
mod client;
mod contacts;
mod email_change;
mod features;
mod misbehaviour;
mod organizations;
mod policies;
mod portal;
mod role_sessions;
mod root_credentials;
mod root_sessions;
mod routes;
mod s3;
mod signatures;
mod signing;
mod simulation;
mod sqs;
mod sqs_query;
mod unlocking;
