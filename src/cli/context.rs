//! What commands that change something stand on: the connection, the organization, the gates, the accounts.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;

use super::arguments::{Arguments, Consent, WhichAccounts};
use super::connection::configuration_with_problems_printed;
use super::environment::Environment;
use super::error::{CliError, Done, Exit, print_api_error};
use super::find::{find, find_list, names};
use super::output::{Progress, print_error, print_note, shows_notes};
use super::signals::{Interrupts, waiting};
use super::target::{self, Extent};
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::ApiError;
use crate::domain::caller::OrgRole;
use crate::domain::change::{Change, Danger};
use crate::domain::organization::Organization;
use crate::domain::permit::{Facts, Refusal, permit, permit_look, permit_task, skipped_in_root_access};
use crate::domain::remote_data::Known;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::RootAudit;
use crate::domain::root_feature::RootFeatures;
use crate::domain::stored::Stored;
use crate::domain::task_policy::TaskPolicy;
use crate::domain::trusted_access::{DelegatedAdministrator, ServicePrincipal, TrustedAccess};
use crate::domain::write::{WriteOutcome, WriteRequest, Written};
use crate::engine::Engine;
use crate::engine::journal::Subject;
use crate::words::address_finding;
use crate::words::api_error::headline;
use crate::words::change::{ALARMS, consequences, title};
use crate::words::cli::arguments::NAMES_NO_ACCOUNT;
use crate::words::cli::program as words;
use crate::words::journal::{NO_JOURNAL, NOT_JOURNALED, NOT_RECORDABLE};

/// What is known before anything is tried. What could not be read is `None`, and AWS's to judge.
pub(super) struct CommandContext {
    pub(super) engine: Engine,
    /// Those that the command is about, or all.
    pub(super) accounts: Vec<Account>,
    extent: Extent,
    place: Environment,
    organization: Option<Organization>,
    org_role: Option<OrgRole>,
    trusted_access: Option<TrustedAccess>,
    root_features: Option<RootFeatures>,
    /// Read where it is asked for: it takes a call for each of them.
    delegates: Option<Vec<DelegatedAdministrator>>,
    demo: bool,
    alarms_reported: Cell<bool>,
}

impl CommandContext {
    /// With all accounts.
    pub(super) async fn read(arguments: &Arguments) -> Result<Self, CliError> {
        Self::read_with(arguments, Needs::Switches, Which::All).await
    }

    /// Without accounts.
    pub(super) async fn read_without_accounts(arguments: &Arguments, needs: Needs) -> Result<Self, CliError> {
        Self::read_with(arguments, needs, Which::Named(&[])).await
    }

    /// With the accounts that `texts` name, and what a command about them needs.
    pub(super) async fn read_about(arguments: &Arguments, texts: &[String], needs: Needs) -> Result<Self, CliError> {
        Self::read_with(arguments, needs, Which::Named(texts)).await
    }

    /// The same for an option that may stand for all.
    pub(super) async fn read_which(
        arguments: &Arguments,
        which: &WhichAccounts,
        needs: Needs,
    ) -> Result<Self, CliError> {
        match which {
            WhichAccounts::All => Self::read_with(arguments, needs, Which::All).await,
            WhichAccounts::Named(texts) => Self::read_about(arguments, texts, needs).await,
        }
    }

    async fn read_with(arguments: &Arguments, needs: Needs, which: Which<'_>) -> Result<Self, CliError> {
        let loaded = configuration_with_problems_printed(arguments);
        let place = Environment::new(arguments, &loaded).keeping(&loaded.config);
        let read = place.ask(arguments, async |engine, progress| read(engine, progress, needs, which).await).await;
        place.tell_store_trouble().await;
        if arguments.no_journal {
            print_error(NO_JOURNAL);
        }
        let Read { engine, organization, found: (accounts, extent), org_role, trusted_access, root_features } = read?;
        if let Some(Err(error)) = &org_role {
            print_error(&words::standing_unknown(headline(error)));
        }
        Ok(Self {
            org_role: org_role.and_then(Result::ok),
            trusted_access,
            root_features,
            delegates: None,
            place,
            engine,
            organization,
            accounts,
            extent,
            demo: arguments.demo,
            alarms_reported: Cell::new(false),
        })
    }

    /// Adds the accounts that `texts` name.
    pub(super) async fn look_up(&mut self, texts: &[String]) -> Done {
        let progress = Progress::new();
        let found = target::look_up(&self.engine, &progress, texts).await;
        drop(progress);
        (self.accounts, self.extent) = found.map_err(|error| self.error(&error))?;
        Ok(())
    }

    pub(super) fn knows_all_accounts(&self) -> bool {
        self.extent == Extent::All
    }

    /// Whether a session for `task` may be opened in `account`, by all that is known.
    pub(super) fn permit(&self, task: TaskPolicy, account: &Account) -> Result<(), Refusal> {
        permit_task(task, account.id, &self.facts(Some(account)))
    }

    /// Whether the configuration is content with the reason that was given.
    pub(super) fn permit_reason(&self, danger: Danger, reason: Option<&str>) -> Result<(), Refusal> {
        self.engine.rules().permit_reason(danger, reason)
    }

    /// The same for a session that is handed over; a refusal is journaled. Says what the alarms of the account will see.
    pub(super) async fn clear(&self, task: TaskPolicy, account: &Account, reason: Option<&str>) -> Done {
        let danger = if task.is_reading() { Danger::Mild } else { Danger::Strong };
        let permitted = self.permit(task, account).and_then(|()| self.permit_reason(danger, reason));
        self.cleared(permitted, task, account, reason).await
    }

    async fn cleared(
        &self,
        permitted: Result<(), Refusal>,
        task: TaskPolicy,
        account: &Account,
        reason: Option<&str>,
    ) -> Done {
        if let Err(refusal) = permitted {
            let reason = reason.map(str::to_owned);
            let subject = Subject { reason, ..Subject::of_session(Some(account.id), task) };
            return Err(self.refuse(&refusal, task, &subject).await);
        }
        self.print_alarms(false);
        Ok(())
    }

    pub(super) fn facts<'a>(&'a self, account: Option<&'a Account>) -> Facts<'a> {
        Facts {
            rules: self.engine.rules(),
            caller: Some(self.engine.caller()),
            organization: self.organization.as_ref(),
            org_role: self.org_role.as_ref(),
            account,
            trusted_access: self.trusted_access.as_ref(),
            root_features: self.root_features.as_ref(),
            delegates: self.delegates.as_deref(),
            endpoint: self.engine.session().endpoint_override(),
        }
    }

    /// Also reads who administers which services: trust in those can't be taken away.
    pub(super) async fn read_delegates(&mut self) {
        self.delegates = self.engine.delegated_administrators().await.ok();
    }

    /// What alarms will see, once: a note, but before a question in any case.
    pub(super) fn print_alarms(&self, is_asked: bool) {
        if (is_asked || shows_notes()) && !self.alarms_reported.replace(true) {
            print_error(ALARMS);
        }
    }

    /// The same for a session in which is only read.
    pub(super) async fn clear_look(&self, task: TaskPolicy, account: &Account) -> Done {
        let reason = self.engine.reason();
        self.cleared(permit_look(task, account.id, &self.facts(Some(account))), task, account, reason.as_deref()).await
    }

    /// Whether others may be looked into where this account may not.
    pub(super) fn refuses_alone(&self, task: TaskPolicy, account: &Account) -> bool {
        permit_look(task, account.id, &self.facts(Some(account))).is_err_and(|refusal| refusal.is_of_account())
    }

    /// Whether a change may be made, and recorded; a refusal is journaled.
    pub(super) async fn permit_change(
        &self,
        change: &Change,
        account: &Account,
        task: impl Into<Option<TaskPolicy>>,
        consent: &Consent,
    ) -> Done {
        let permitted = permit(change, &self.facts(Some(account)));
        match permitted.and_then(|()| self.permit_reason(change.danger(), consent.reason.as_deref())) {
            Ok(()) => self.can_record().await,
            Err(refusal) => Err(self.refuse(&refusal, task, &Subject::of(change, consent.reason.clone())).await),
        }
    }

    /// The same for a change in the account, with what it brings about.
    pub(super) async fn announce(&self, account: &Account, change: &RootChange, consent: &Consent) -> Done {
        let root = Change::Root { account: account.id, change: change.clone() };
        self.permit_change(&root, account, change.task(), consent).await?;
        print(&root, Some(account), consent);
        self.print_alarms(!consent.yes);
        Ok(())
    }

    /// Journals why something is not done that would have become a write. Whatever rootdeck refuses goes this way.
    pub(super) async fn refuse(
        &self,
        refusal: &Refusal,
        task: impl Into<Option<TaskPolicy>>,
        subject: &Subject,
    ) -> CliError {
        self.engine.note_refusal(subject, self.engine.now(), refusal).await;
        self.refusal(refusal, task)
    }

    /// Says what keeps an old address beside AWS, where Control Tower is enabled.
    pub(super) fn tell_control_tower(&self, consent: &Consent) {
        if self.trusted_access.as_ref().is_some_and(|trusted| trusted.is_on(&ServicePrincipal::control_tower())) {
            consent.tell(address_finding::CONTROL_TOWER);
            consent.tell(address_finding::TERRAFORM);
        }
    }

    pub(super) fn print_halt(&self, error: &ApiError, consequence: &str) {
        print_api_error(error, consequence, self.caller().as_ref());
    }

    /// Whether what is changed now can be journaled where it lasts: else it is not asked for, let alone sent.
    pub(super) async fn can_record(&self) -> Done {
        // Why not was told at the start.
        self.engine.journal_lasts().await.map_err(|_| CliError::failed(NOT_RECORDABLE))
    }

    pub(super) async fn stored(&self) -> Result<Stored, CliError> {
        // Why it can't be read was told at the start.
        let stored = self.place.stored(Some(self.engine.clone())).await;
        stored.map_err(|_| CliError::failed(words::STORED_UNREADABLE))
    }

    /// What the audits on this machine knew of the accounts at that time.
    pub(super) async fn audits_as_of(&self, at: Timestamp) -> Result<BTreeMap<AccountId, Known<RootAudit>>, CliError> {
        let audits = self.place.audits_as_of(at).await;
        audits.map_err(|_| CliError::failed(words::STORED_UNREADABLE))
    }

    /// All accounts as the last listing on this machine had them, without a call; none without one.
    pub(super) async fn kept_accounts(&self) -> Vec<Account> {
        self.place.kept_accounts().await.unwrap_or_default()
    }

    /// As the last listing had them, without a call.
    pub(super) async fn names_of_last_listing(&self) -> BTreeMap<AccountId, String> {
        let accounts = self.place.kept_accounts().await.unwrap_or_default();
        accounts.into_iter().map(|account| (account.id, account.name)).collect()
    }

    /// Whether what is started now can be gone on with by another run.
    pub(super) async fn is_lasting(&self) -> bool {
        !self.demo && self.place.store_trouble().await.is_none()
    }

    pub(super) fn print_command(&self, change: &Change) {
        if let Some(caller) = self.caller() {
            print_note(&words::same_as(change.command(&caller)));
        }
    }

    pub(super) fn management_account(&self) -> Option<AccountId> {
        self.organization.as_ref().map(|organization| organization.management_account)
    }

    pub(super) fn is_demo(&self) -> bool {
        self.demo
    }

    /// A region that has endpoints, for what is not told its own.
    pub(super) fn region(&self) -> String {
        self.engine.session().real_region().to_owned()
    }

    /// Where policies are saved; `None` in the demo, which stores nothing, and without a home folder.
    pub(super) fn policies_folder(&self) -> Option<PathBuf> {
        if self.demo { None } else { Some(crate::store::default_path()?.parent()?.join("policies")) }
    }

    /// Why it is not done, in a session for a task if it needs one, and how a closed gate is opened.
    pub(super) fn refusal(&self, refusal: &Refusal, task: impl Into<Option<TaskPolicy>>) -> CliError {
        let error = CliError::refused(refusal, task.into(), self.caller());
        if self.demo && refusal.gate().is_some() { error.and(words::DEMO_FORGETS) } else { error }
    }

    pub(super) fn error(&self, error: &ApiError) -> CliError {
        CliError::api_error(error, self.caller())
    }

    pub(super) fn print_api_error(&self, error: &ApiError) {
        self.error(error).print();
    }

    pub(super) fn find(&self, text: &str) -> Result<&Account, CliError> {
        find(&self.accounts, text).map_err(CliError::usage)
    }

    pub(super) fn account_names(&self) -> BTreeMap<AccountId, String> {
        names(&self.accounts)
    }

    pub(super) fn which(&self, which: &WhichAccounts) -> Result<Vec<&Account>, CliError> {
        match which {
            WhichAccounts::All => Ok(self.accounts.iter().collect()),
            WhichAccounts::Named(texts) => self.find_each(texts),
        }
    }

    /// The same, where all are the active members.
    pub(super) fn members(&self, which: &WhichAccounts) -> Result<Vec<&Account>, CliError> {
        match which {
            WhichAccounts::All => {
                let is_member =
                    |account: &&Account| skipped_in_root_access(account, self.organization.as_ref()).is_none();
                Ok(self.accounts.iter().filter(is_member).collect())
            }
            WhichAccounts::Named(texts) => self.find_each(texts),
        }
    }

    pub(super) fn find_each(&self, texts: &[String]) -> Result<Vec<&Account>, CliError> {
        let mut found: Vec<&Account> = Vec::new();
        for text in texts {
            for account in find_list(&self.accounts, text).map_err(CliError::usage)? {
                if found.iter().all(|other| other.id != account.id) {
                    found.push(account);
                }
            }
        }
        if found.is_empty() { Err(CliError::usage(NAMES_NO_ACCOUNT)) } else { Ok(found) }
    }

    pub(super) fn partition(&self) -> &str {
        self.engine.caller().partition()
    }

    pub(super) fn request(change: Change, account: Option<&Account>, consent: &Consent) -> WriteRequest {
        WriteRequest::new(change, account.cloned(), consent.reason.clone())
    }

    /// Makes a confirmed change, and waits for its outcome even if it is asked to end meanwhile.
    pub(super) async fn write(&self, request: WriteRequest) -> Written {
        let mut interrupts = Interrupts::new();
        let before = self.engine.unjournaled();
        let writing = self.engine.write(request, Timestamp::now);
        tokio::pin!(writing);
        let mut asked: u32 = 0;
        let written = loop {
            tokio::select! {
                written = &mut writing => break written,
                () = interrupts.next() => {
                    asked = asked.saturating_add(1);
                    print_error(&waiting(asked, words::CHANGE_IN_PROGRESS));
                }
            }
        };
        if self.engine.unjournaled() > before {
            print_error(NOT_JOURNALED);
        }
        written
    }

    /// Whether AWS answered. That the answer was lost is said; all else that AWS did not take is an error.
    pub(super) fn judge(
        &self,
        outcome: &WriteOutcome,
        task: impl Into<Option<TaskPolicy>>,
    ) -> Result<Answer, CliError> {
        match outcome {
            WriteOutcome::Taken(_) | WriteOutcome::AlreadySo(_) => Ok(Answer::Taken),
            WriteOutcome::NotPermitted(refusal) => Err(self.refusal(refusal, task)),
            WriteOutcome::Refused(error) => Err(self.error(error)),
            WriteOutcome::Failed(error) => Err(self.error(error).ending(Exit::Failed)),
            WriteOutcome::Unknown(error) => {
                self.print_api_error(error);
                Ok(Answer::Lost)
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Taken,
    Lost,
}

pub(super) fn print(change: &Change, account: Option<&Account>, consent: &Consent) {
    let name = account.map(|account| format!(" ({})", account.name)).unwrap_or_default();
    consent.tell(&format!("{}{name}", title(change)));
    consent.tell_all(consequences(change).into_iter().filter(|consequence| *consequence != ALARMS));
}

/// What a command must know beside the accounts. What it has no use for is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Needs {
    /// What AWS judges alone.
    Nothing,
    Organization,
    /// What decides about primary emails: trusted access.
    Emails,
    /// What decides about root sessions as well: the root features.
    Switches,
}

#[derive(Clone, Copy, Debug)]
enum Which<'a> {
    All,
    Named(&'a [String]),
}

struct Read {
    engine: Engine,
    organization: Option<Organization>,
    found: (Vec<Account>, Extent),
    org_role: Option<Result<OrgRole, ApiError>>,
    trusted_access: Option<TrustedAccess>,
    root_features: Option<RootFeatures>,
}

async fn read(engine: &Engine, progress: &Progress, needs: Needs, which: Which<'_>) -> Result<Read, ApiError> {
    let organization = if needs >= Needs::Organization { Some(engine.organization().await?) } else { None };
    let accounts = async {
        match which {
            Which::All => Ok((target::list(engine, progress).await?, Extent::All)),
            Which::Named(texts) => target::look_up(engine, progress, texts).await,
        }
    };
    let org_role = async {
        match &organization {
            Some(organization) if needs >= Needs::Emails => Some(engine.org_role(organization).await),
            _ => None,
        }
    };
    let trusted_access = async { if needs >= Needs::Emails { engine.trusted_access().await.ok() } else { None } };
    let root_features = async { if needs >= Needs::Switches { engine.root_features().await.ok() } else { None } };
    let reads = async { tokio::join!(accounts, org_role, trusted_access, root_features) };
    let (found, org_role, trusted_access, root_features) = Box::pin(reads).await;
    let found = found?;
    Ok(Read { engine: engine.clone(), organization, found, org_role, trusted_access, root_features })
}
