//! Denials that name a policy by its id: its name is put beside it.

use super::clients::Clients;
use super::organizations;
use crate::domain::api_error::ApiError;
use crate::domain::cause::named_policy::{NamedPolicy, with_name};

/// The same error with the policy's name beside its id, where the text tells an id of the organization and the caller may
/// read that policy. Each is read once per run.
pub(crate) async fn named(clients: &Clients, error: ApiError) -> ApiError {
    let id = NamedPolicy::in_message(&error.message).and_then(|policy| policy.organization_id).map(str::to_owned);
    let Some(id) = id else { return error };
    match name(clients, &id).await.and_then(|name| with_name(&error.message, &name)) {
        Some(message) => ApiError { message, ..error },
        None => error,
    }
}

async fn name(clients: &Clients, id: &str) -> Option<String> {
    let mut known = clients.policy_names.known().await;
    if let Some(name) = known.get(id) {
        return name.clone();
    }
    let name = match organizations::policy(clients, id).await {
        Ok((summary, _)) => Some(summary.name).filter(|name| name != id),
        Err(error) if error.kind.is_refusal() => None,
        // Another time it may be readable.
        Err(_) => return None,
    };
    known.insert(id.to_owned(), name.clone());
    name
}
