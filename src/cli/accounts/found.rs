//! What changed since earlier listings, told beside a listing.

use jiff::Timestamp;

use crate::cli::output;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::finding::{Finding, FindingsSummary};
use crate::engine::Engine;
use crate::words::api_error::headline;
use crate::words::cli::accounts as words;
use crate::words::findings;

/// What is otherwise than in earlier listings.
pub(super) async fn found(engine: &Engine) -> Result<Vec<Finding>, ApiError> {
    match engine.listing_kept() {
        Ok(()) => engine.findings().await,
        // Without an organization nothing is kept to compare with.
        Err(error) if error.kind != ApiErrorKind::Local => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Says it, where it is known.
pub(super) fn print_found(found: Result<Vec<Finding>, ApiError>) -> Vec<Finding> {
    let found = found.unwrap_or_else(|error| {
        output::print_error(&words::no_findings(headline(&error)));
        Vec::new()
    });
    if let Some(summary) = FindingsSummary::of(&found, Timestamp::now()) {
        output::print_note(&findings::without_screen(&summary));
    }
    found
}
