//! What the commands about root of the member accounts stand on: the connection, the organization,
//! the gates and the accounts.

use std::cell::Cell;
use std::path::PathBuf;

use jiff::Timestamp;

use super::Exit;
use super::arguments::Arguments;
use super::complaint::{complain_of, complain_of_refusal, exit_of};
use super::output::{Progress, complain};
use super::place::{RunPlace, configuration, problems, profile, rules};
use super::signals::Interrupts;
use crate::domain::account::{Account, AccountId};
use crate::domain::caller::Standing;
use crate::domain::change::Change;
use crate::domain::fault::Fault;
use crate::domain::organization::Organization;
use crate::domain::permit::{Facts, Refusal, permit_task};
use crate::domain::root_change::RootChange;
use crate::domain::root_feature::RootFeatures;
use crate::domain::task_policy::TaskPolicy;
use crate::domain::text::clean;
use crate::domain::trusted_access::TrustedAccess;
use crate::domain::write::{Outcome, PresentPolicy, WriteRequest, Written};
use crate::engine::Engine;
use crate::words::change::{ALARMS, consequences, title};
use crate::words::fault::headline;

/// What is known before anything is tried. What could not be read is `None`, and AWS's to judge.
pub(super) struct Ground {
    pub(super) engine: Engine,
    pub(super) accounts: Vec<Account>,
    organization: Organization,
    standing: Option<Standing>,
    trusted_access: Option<TrustedAccess>,
    root_features: Option<RootFeatures>,
    profile: Option<String>,
    demo: bool,
    alarms_told: Cell<bool>,
}

impl Ground {
    /// Connects and reads. What stands in the way is complained of.
    pub(super) async fn read(arguments: &Arguments) -> Result<Self, Exit> {
        let loaded = configuration(arguments);
        for fault in problems(&loaded) {
            complain(&fault.message);
        }
        let place = RunPlace::new(arguments, rules(arguments, &loaded));
        let profile = profile(arguments);
        let progress = Progress::new();
        let read = read(&place, &progress).await;
        drop(progress);
        if let Some(trouble) = place.store_trouble().await {
            complain(&trouble.message);
        }
        let (engine, organization, accounts, standing) =
            read.map_err(|fault| complain_of(&fault, profile.as_deref()))?;
        if let Err(fault) = &standing {
            complain(&format!("what this account is in the organization can't be told: {}", headline(fault)));
        }
        let (trusted_access, root_features) = tokio::join!(engine.trusted_access(), engine.root_features());
        Ok(Self {
            standing: standing.ok(),
            trusted_access: trusted_access.ok(),
            root_features: root_features.ok(),
            engine,
            organization,
            accounts,
            profile,
            demo: arguments.demo,
            alarms_told: Cell::new(false),
        })
    }

    /// Whether a session for `task` may be opened in `account`, by all that is known.
    pub(super) fn permit(&self, task: TaskPolicy, account: &Account) -> Result<(), Refusal> {
        let facts = Facts {
            rules: self.engine.rules(),
            caller: Some(self.engine.caller()),
            organization: Some(&self.organization),
            standing: self.standing.as_ref(),
            account: Some(account),
            trusted_access: self.trusted_access.as_ref(),
            root_features: self.root_features.as_ref(),
        };
        permit_task(task, account.id, &facts)
    }

    /// The same, complained of, with what the alarms of the account will see.
    pub(super) fn clear(&self, task: TaskPolicy, account: &Account) -> Result<(), Exit> {
        self.permit(task, account).map_err(|refusal| self.complain_of_refusal(&refusal, task))?;
        self.tell_alarms();
        Ok(())
    }

    /// Says what the alarms of the accounts will see; once is enough.
    pub(super) fn tell_alarms(&self) {
        if !self.alarms_told.replace(true) {
            complain(ALARMS);
        }
    }

    /// The same for a change, with what it brings about.
    pub(super) fn announce(&self, account: &Account, change: &RootChange) -> Result<(), Exit> {
        self.permit_change(account, change)?;
        let change = Change::Root { account: account.id, change: change.clone() };
        complain(&format!("{} ({})", title(&change), account.name));
        for consequence in consequences(&change).into_iter().filter(|consequence| *consequence != ALARMS) {
            complain(consequence);
        }
        self.tell_alarms();
        Ok(())
    }

    fn permit_change(&self, account: &Account, change: &RootChange) -> Result<(), Exit> {
        let task = change.task();
        let refused = |refusal| Err(self.complain_of_refusal(&refusal, task));
        // A change needs more than its task: nothing is written in a run that only reads.
        if self.engine.rules().read_only {
            return refused(Refusal::ReadOnly);
        }
        self.permit(task, account).or_else(refused)
    }

    /// A region that has endpoints, for what is not told its own.
    pub(super) fn region(&self) -> String {
        self.engine.session().real_region().to_owned()
    }

    /// Where policies are saved; `None` in the demo, which stores nothing, and without a home folder.
    pub(super) fn policies_folder(&self) -> Option<PathBuf> {
        if self.demo {
            return None;
        }
        Some(crate::store::default_path()?.parent()?.join("policies"))
    }

    /// Says why it is not done, and how a closed gate is opened.
    pub(super) fn complain_of_refusal(&self, refusal: &Refusal, task: TaskPolicy) -> Exit {
        let exit = complain_of_refusal(refusal, task, self.partition());
        if self.demo && refusal.gate().is_some() {
            complain(
                "the demo starts anew each time. To keep what is turned on, run `rootdeck emulator` in another terminal \
                 and set the variables that it prints",
            );
        }
        exit
    }

    /// Says what went wrong with AWS.
    pub(super) fn complain_of(&self, fault: &Fault) -> Exit {
        complain_of(fault, self.profile.as_deref())
    }

    /// The account with this id or, in any case of its letters, this name. That there is none, or
    /// more than one, is complained of.
    pub(super) fn find(&self, text: &str) -> Result<&Account, Exit> {
        find(&self.accounts, text).map_err(|why| {
            complain(&why);
            Exit::Usage
        })
    }

    /// The accounts named, each once, in the order they were named first.
    pub(super) fn find_each(&self, texts: &[String]) -> Result<Vec<&Account>, Exit> {
        let mut found: Vec<&Account> = Vec::new();
        for text in texts {
            let account = self.find(text)?;
            if found.iter().all(|other| other.id != account.id) {
                found.push(account);
            }
        }
        Ok(found)
    }

    /// The partition of the caller's ARN.
    pub(super) fn partition(&self) -> &str {
        self.engine.caller().partition()
    }

    /// Makes a confirmed change, and waits for its outcome even if it is asked to end meanwhile.
    pub(super) async fn write(&self, account: &Account, change: RootChange, reason: Option<String>) -> Written {
        self.write_over(account, change, PresentPolicy::Any, reason).await
    }

    /// The same; a policy in place of the one that is `present`.
    pub(super) async fn write_over(
        &self,
        account: &Account,
        change: RootChange,
        present: PresentPolicy,
        reason: Option<String>,
    ) -> Written {
        let change = Change::Root { account: account.id, change };
        let request = WriteRequest { change, account: Some(account.clone()), reason, present };
        let mut interrupts = Interrupts::new().ok();
        let writing = self.engine.write(request, Timestamp::now);
        tokio::pin!(writing);
        loop {
            tokio::select! {
                written = &mut writing => return written,
                () = Interrupts::next_of(&mut interrupts) => complain("the change is on its way; its outcome is waited for"),
            }
        }
    }

    /// Complains of an outcome that is not one that AWS took.
    pub(super) fn judge(&self, outcome: &Outcome, task: TaskPolicy) -> Result<(), Exit> {
        match outcome {
            Outcome::Taken(_) | Outcome::AlreadySo(_) => Ok(()),
            Outcome::NotPermitted(refusal) => Err(self.complain_of_refusal(refusal, task)),
            Outcome::Refused(fault) => {
                self.complain_of(fault);
                Err(exit_of(fault))
            }
            Outcome::Failed(fault) => {
                self.complain_of(fault);
                Err(Exit::Failed)
            }
            Outcome::Unknown(fault) => {
                self.complain_of(fault);
                Err(Exit::Unknown)
            }
        }
    }
}

type Read = (Engine, Organization, Vec<Account>, Result<Standing, Fault>);

async fn read(place: &RunPlace, progress: &Progress) -> Result<Read, Fault> {
    progress.show("connecting");
    let engine = place.connect().await?;
    let organization = engine.organization().await?;
    let mut accounts = Vec::new();
    let listing = engine.accounts(|page| {
        accounts.extend_from_slice(page);
        progress.show(&format!("{} accounts", accounts.len()));
    });
    let (listed, standing) = tokio::join!(listing, engine.standing(&organization));
    listed?;
    accounts.sort_by_key(|account| account.id);
    Ok((engine, organization, accounts, standing))
}

/// The account with this id or, in any case of its letters, this name.
pub(super) fn find<'a>(accounts: &'a [Account], text: &str) -> Result<&'a Account, String> {
    let id: Option<AccountId> = text.parse().ok();
    if let Some(account) = accounts.iter().find(|account| Some(account.id) == id) {
        return Ok(account);
    }
    let name = text.to_lowercase();
    let called: Vec<&Account> = accounts.iter().filter(|account| account.name.to_lowercase() == name).collect();
    let shown = clean(text);
    match called.as_slice() {
        [] if id.is_some() => Err(format!("the organization has no account {shown}")),
        [] => Err(format!("no account of the organization is called {shown}")),
        [account] => Ok(account),
        several => {
            let candidates: Vec<String> =
                several.iter().map(|account| format!("{} ({})", account.id, account.state.as_str())).collect();
            Err(format!("several accounts are called {shown}, so give an id: {}", candidates.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::AccountState;

    fn account(id: &str, name: &str) -> Account {
        Account {
            id: id.parse().expect("an id"),
            name: name.into(),
            email: "aws@example.com".into(),
            state: AccountState::Active,
            joined: None,
            unit_ids: vec![],
        }
    }

    #[test]
    fn an_account_is_found_by_its_id_or_its_whole_name_in_any_case() {
        let accounts = [account("444455556666", "Sandbox"), account("444455557777", "Sandbox 2")];
        let found = |text| find(&accounts, text).map(|account| account.id.to_string());
        assert_eq!(found("444455557777"), Ok("444455557777".into()));
        assert_eq!(found("sandBOX"), Ok("444455556666".into()));
        assert!(found("Sand").is_err() && found("444455558888").is_err());
    }

    #[test]
    fn an_id_beats_a_name_that_looks_like_one() {
        let accounts = [account("444455556666", "444455557777"), account("444455557777", "b")];
        assert_eq!(find(&accounts, "444455557777").map(|account| account.name.as_str()), Ok("b"));
    }

    #[test]
    fn a_name_of_several_accounts_is_not_guessed_at() {
        let accounts = [account("444455556666", "Sandbox"), account("444455557777", "sandbox")];
        let why = find(&accounts, "sandbox").expect_err("ambiguous");
        assert!(why.contains("444455556666 (ACTIVE)") && why.contains("444455557777"), "{why}");
    }
}
