//! The calls to AWS, through the SDK.
//!
//! [`session::Session`] finds credentials and region and learns whose they are; the files named
//! after services make the calls and turn the answers into `domain`'s types, with all text cleaned
//! on the way in; [`fault`] turns what went wrong into [`crate::domain::fault::Fault`]; [`pace`]
//! keeps below AWS's quotas.

pub mod account;
mod answer;
pub mod clients;
pub mod clock;
mod config_files;
mod credentials;
mod endpoint;
mod error_chain;
pub mod fault;
mod heard;
mod http;
pub mod iam;
mod limit;
mod mfa;
mod no_credentials;
pub mod organizations;
pub mod pace;
mod pages;
mod profile;
pub mod profiles;
pub mod retry;
pub mod root;
pub mod s3;
mod said;
pub mod session;
mod settings;
pub mod simulation;
pub mod sqs;
pub mod sts;
mod wire;
