//! Several organizations side by side, each through a profile of its own.

use futures::future::join_all;

use super::shared::Engine;
use crate::domain::api_error::ApiError;
use crate::domain::organization::Organization;

/// What became of one of several profiles.
#[derive(Debug)]
pub struct Opened {
    /// As it was named.
    pub profile: String,
    /// Whether it can be asked, and which organization it leads to.
    pub state: OpenState,
}

/// Whether a profile of several can be asked.
#[derive(Debug)]
pub enum OpenState {
    /// Connected, with records that are bound to this organization.
    Open {
        /// Only for this organization.
        engine: Engine,
        /// As `DescribeOrganization` says.
        organization: Organization,
    },
    /// It leads to the organization of an earlier profile, which is asked for both.
    Same {
        /// The profile that is asked.
        first: String,
        /// The id of the organization.
        organization: String,
    },
    /// Its organization is not known, and what is in it neither.
    Failed(ApiError),
}

/// Connects each profile by `connect`, all at once, and asks which organization it leads to. One that fails keeps none
/// of the others from being opened. The order is that of `profiles`.
pub async fn open<F>(profiles: &[String], connect: impl Fn(&str) -> F) -> Vec<Opened>
where
    F: Future<Output = Result<Engine, ApiError>>,
{
    let opening = profiles.iter().map(|profile| {
        let connecting = connect(profile);
        async {
            let engine = connecting.await?;
            let organization = engine.organization().await?;
            Ok((engine, organization))
        }
    });
    let mut all: Vec<Opened> = Vec::new();
    for (profile, answer) in profiles.iter().zip(join_all(opening).await) {
        let state = match answer {
            Ok((engine, organization)) => match first_of(&all, &organization) {
                Some(first) => OpenState::Same { first: first.to_owned(), organization: organization.id },
                None => OpenState::Open { engine, organization },
            },
            Err(error) => OpenState::Failed(error),
        };
        all.push(Opened { profile: profile.clone(), state });
    }
    all
}

/// The profile that an organization is open through.
fn first_of<'a>(all: &'a [Opened], wanted: &Organization) -> Option<&'a str> {
    all.iter().find_map(|one| match &one.state {
        OpenState::Open { organization, .. } if organization.id == wanted.id => Some(one.profile.as_str()),
        _ => None,
    })
}
