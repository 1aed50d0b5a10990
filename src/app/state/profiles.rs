//! Whose credentials are used: choosing another profile, signing in, the code of an MFA device.

use crate::domain::profile::Profile;
use crate::domain::remote_data::{ReadId, RemoteData};

#[derive(Clone, Debug, Default)]
pub(crate) struct Profiles {
    pub(crate) listed: RemoteData<Vec<Profile>>,
    /// The person wants to sign in, once it is known how.
    pub(in crate::app) signs_in: bool,
    /// The connection attempt that used a code, whether or not its dialog is still open.
    pub(in crate::app) code_sent: Option<ReadId>,
}

impl Profiles {
    /// The profile of this name, or the one used without a name.
    pub(crate) fn find(&self, name: Option<&str>) -> Option<&Profile> {
        self.listed.value()?.iter().find(|profile| profile.name.as_deref() == name)
    }

    pub(in crate::app) fn found(&self, typed: &str) -> Vec<usize> {
        let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
        let fits = |profile: &Profile| {
            let name = profile.name.as_deref().unwrap_or_default().to_lowercase();
            words.iter().all(|word| name.contains(word.as_str()))
        };
        let all = self.listed.value().into_iter().flatten().enumerate();
        all.filter(|(_, profile)| fits(profile)).map(|(index, _)| index).collect()
    }
}
