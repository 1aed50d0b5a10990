//! The calls to AWS, through the SDK.
