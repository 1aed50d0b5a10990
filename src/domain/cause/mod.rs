//! Why a call failed, finer than its `ApiErrorKind`: the program decides by the kind, the sentences of `words` go
//! by the cause. Both come from one `table`.

mod known;
mod local;
pub(crate) mod named_policy;
pub(crate) mod table;
#[cfg(test)]
mod tests;

use super::api_error::ApiError;
pub(crate) use known::{Cause, Consequence};

impl Cause {
    pub(crate) fn of(error: &ApiError) -> Self {
        let code = error.code.as_deref().unwrap_or_default();
        match table::case(error.operation, code, &error.message, "") {
            Some(case) if !code.is_empty() && case.kind == error.kind => case.cause,
            _ => local::cause(error),
        }
    }
}
