//! What readiness foretells, and what then happens: as every caller, through the real SDK.

use rootdeck::domain::account::Account;
use rootdeck::domain::account_change::{AccountChange, AccountName};
use rootdeck::domain::change::{Change, Switch};
use rootdeck::domain::contacts::{AlternateContact, AlternateKind, Contact, ContactKind};
use rootdeck::domain::flow::Flow;
use rootdeck::domain::policy_holder::QueueSearch;
use rootdeck::domain::readiness::{self, Answer, NotSimulated, Readiness, Reason, Thing};
use rootdeck::domain::remote_data::RemoteData;
use rootdeck::domain::root_change::RootChange;
use rootdeck::domain::root_credentials::AuditDepth;
use rootdeck::domain::root_feature::RootFeature;
use rootdeck::domain::trusted_access::ServicePrincipal;
use rootdeck::domain::write::WriteOutcome;
use rootdeck::emulator::{Identity, Options};
use rootdeck::engine::Engine;

use crate::office::{Office, SANDBOX, address, id};
use crate::root_audits::{CLEAN, FULL};

/// An account with buckets and queues.
const SHOP: &str = "555500000103";
const NEW: &str = "root-sandbox@corp.example";

/// The accounts that flows are tried on.
struct Targets {
    clean: Account,
    full: Account,
    shop: Account,
}

/// A caller who tries.
struct Attempt<'a> {
    office: &'a Office,
    engine: &'a Engine,
    targets: &'a Targets,
}

impl Attempt<'_> {
    /// Whether a flow goes from its beginning to its end.
    async fn goes(&self, flow: Flow) -> bool {
        let Self { engine, targets, .. } = self;
        match flow {
            Flow::Browse => self.lists().await,
            Flow::ReadEmails => self.lists().await && engine.primary_email(id(SANDBOX)).await.is_ok(),
            Flow::ReadContacts => self.lists().await && self.reads_contacts().await,
            Flow::ReadScps => {
                self.lists().await && engine.controls(&targets.clean).await.is_ok_and(|controls| controls.is_read())
            }
            Flow::ChangeEmails => self.lists().await && self.changes_email().await,
            Flow::ChangeContacts => self.lists().await && self.changes_account().await,
            Flow::TrustedAccess => {
                let services = ServicePrincipal::switchable().map(Switch::TrustedAccess);
                engine.trusted_access().await.is_ok() && self.turns(&services).await
            }
            Flow::RootFeatures => {
                let features = RootFeature::ALL.map(Switch::RootFeature);
                engine.root_features().await.is_ok() && self.turns(&features).await
            }
            Flow::Delegation => engine.delegated_administrators().await.is_ok() && self.delegates().await,
            Flow::Audit => self.lists().await && self.audits().await,
            Flow::DeleteCredentials => self.lists().await && self.audits().await && self.deletes().await,
            Flow::Recovery => self.lists().await && self.takes(&targets.clean, RootChange::AllowPasswordRecovery).await,
            Flow::UnlockBuckets => self.lists().await && engine.buckets(&targets.shop).await.is_ok(),
            Flow::UnlockQueues => {
                let search = QueueSearch::Regions(vec!["ap-northeast-1".into()]);
                self.lists().await
                    && engine.queues(&targets.shop, &search).await.is_ok_and(|found| found.failed.is_empty())
            }
            Flow::Simulate => engine.simulated_result().await.not_simulated == NotSimulated::NotYet,
        }
    }

    async fn lists(&self) -> bool {
        self.engine.accounts(|_| ()).await.is_ok()
    }

    async fn writes(&self, change: Change, account: Option<Account>) -> bool {
        let written = self.office.write_by(self.engine, change, account).await;
        assert!(!matches!(written.outcome, WriteOutcome::Unknown(_)), "{:?}", written.outcome);
        matches!(written.outcome, WriteOutcome::Taken(_))
    }

    async fn takes(&self, account: &Account, change: RootChange) -> bool {
        self.writes(Change::Root { account: account.id, change }, Some(account.clone())).await
    }

    async fn changes_email(&self) -> bool {
        let start = Change::StartEmailChange { account: id(SANDBOX), old: "old".into(), new: address(NEW) };
        self.writes(start, None).await && {
            let otp = self.office.code(NEW);
            self.writes(Change::AcceptEmailChange { account: id(SANDBOX), new: address(NEW), otp: Some(otp) }, None)
                .await
        }
    }

    async fn changes_account(&self) -> bool {
        let contact = AlternateContact {
            name: "SOC".into(),
            title: "Team".into(),
            email: "soc@corp.example".into(),
            phone: "+1 206 555 0100".into(),
        };
        let changes = [
            AccountChange::PutContact(AlternateKind::Security, Box::new(contact), None),
            AccountChange::DeleteContact(AlternateKind::Security, None),
            AccountChange::Rename { old: "sandbox-07".into(), new: AccountName::parse("sandbox 7").unwrap() },
        ];
        for change in changes {
            if !self.writes(Change::Account { account: id(SANDBOX), is_own: false, change }, None).await {
                return false;
            }
        }
        true
    }

    /// There and back again, whichever way each is.
    async fn turns(&self, switches: &[Switch]) -> bool {
        for switch in switches {
            let on = match switch {
                Switch::TrustedAccess(service) => {
                    self.office.engine.trusted_access().await.is_ok_and(|trusted| trusted.is_on(service))
                }
                Switch::RootFeature(feature) => {
                    let features = self.office.engine.root_features().await.unwrap();
                    features.is_on(*feature).unwrap_or_default()
                }
            };
            if !self.writes(switch.set(!on), None).await || !self.writes(switch.set(on), None).await {
                return false;
            }
        }
        true
    }

    /// For each service that is trusted.
    async fn delegates(&self) -> bool {
        let trusted = self.engine.trusted_access().await;
        let services = ServicePrincipal::switchable();
        let services = services.iter().filter(|service| trusted.as_ref().is_ok_and(|trusted| trusted.is_on(service)));
        let mut tried = false;
        for service in services {
            tried = true;
            let account = id(SANDBOX);
            let register = Change::Delegation { account, service: service.clone(), register: true };
            let deregister = Change::Delegation { account, service: service.clone(), register: false };
            if !self.writes(register, None).await || !self.writes(deregister, None).await {
                return false;
            }
        }
        tried
    }

    async fn reads_contacts(&self) -> bool {
        let contacts = self.engine.contacts(id(SANDBOX), &[ContactKind::Security]).await;
        !matches!(contacts.security, Contact::Unknown(_))
    }

    async fn audits(&self) -> bool {
        self.engine.audit(&self.targets.full, AuditDepth::Quick).await.error().is_none()
    }

    async fn deletes(&self) -> bool {
        let full = &self.targets.full;
        let found = self.engine.audit(full, AuditDepth::Deep).await.credentials();
        match found.first() {
            Some(credential) => self.takes(full, RootChange::DeleteCredential(credential.clone())).await,
            None => false,
        }
    }
}

/// What a flow that was simulated otherwise than it went is told by.
fn reported(who: Identity, readiness: &Readiness, went: bool) -> String {
    let requirements: Vec<String> = readiness
        .requirements
        .iter()
        .map(|one| format!("  {:?} {:?}: {:?}", one.answer, one.thing, one.reason))
        .collect();
    format!("{} {} went: {went}\n{}", who.name(), readiness.flow, requirements.join("\n"))
}

async fn simulated_and_tried(who: Identity, open: bool) -> Vec<(Flow, Answer, bool)> {
    let options = Options { delegates: vec![who], ..Options::default() };
    let office = if open { Office::with_root_access_and(options).await } else { Office::with(options).await };
    if open {
        office.trust(ServicePrincipal::account_management()).await;
    }
    let targets =
        Targets { clean: office.listed(CLEAN).await, full: office.listed(FULL).await, shop: office.listed(SHOP).await };
    let engine = office.engine_of(who).await;
    let (knowledge, _) = engine.knowledge().await;
    let attempt = Attempt { office: &office, engine: &engine, targets: &targets };
    // What turns the gates comes last.
    let turning = |flow: &Flow| matches!(flow, Flow::TrustedAccess | Flow::RootFeatures | Flow::Delegation);
    let (last, first): (Vec<Flow>, Vec<Flow>) = Flow::ALL.into_iter().partition(turning);
    let order = [Flow::Delegation, Flow::RootFeatures, Flow::TrustedAccess];
    assert_eq!(last.len(), order.len());
    let mut tried = Vec::new();
    for flow in first.into_iter().chain(order) {
        let readiness = readiness::of_flow(flow, &knowledge);
        let (verdict, went) = (readiness.verdict(), attempt.goes(flow).await);
        let kept = match verdict {
            Answer::Yes => went,
            Answer::No => !went,
            Answer::Unknown => true,
        };
        assert!(kept, "{}", reported(who, &readiness, went));
        tried.push((flow, verdict, went));
    }
    // What the calls showed agrees as well.
    let after = rootdeck::domain::readiness::Knowledge { shown: engine.shown(), ..knowledge };
    for (flow, _, went) in &tried {
        // Their gates may have been turned since the calls were made.
        if !turning(flow) {
            let readiness = readiness::of_flow(*flow, &after);
            let contrary = if *went { Answer::No } else { Answer::Yes };
            assert_ne!(readiness.verdict(), contrary, "afterwards: {}", reported(who, &readiness, *went));
        }
    }
    tried
}

/// What each caller was simulated about each flow, and whether it went; so many were not simulated.
async fn everyone(open: bool) -> Vec<(Identity, Flow, Answer, bool)> {
    let mut all = Vec::new();
    for who in Identity::ALL {
        let tried = Box::pin(simulated_and_tried(who, open)).await;
        all.extend(tried.into_iter().map(|(flow, verdict, went)| (who, flow, verdict, went)));
    }
    // Foretelling nothing would keep the promise, too.
    let unknown = all.iter().filter(|(_, _, verdict, _)| *verdict == Answer::Unknown).count();
    assert!(unknown * 4 < all.len(), "{unknown} of {} are unknown", all.len());
    all
}

fn of(all: &[(Identity, Flow, Answer, bool)], who: Identity) -> impl Iterator<Item = &(Identity, Flow, Answer, bool)> {
    all.iter().filter(move |one| one.0 == who)
}

#[tokio::test]
async fn no_yes_is_refused_and_no_no_works_where_all_is_on() {
    let all = everyone(true).await;
    for who in [Identity::Management, Identity::SingleSignOn] {
        assert!(of(&all, who).all(|one| one.2 == Answer::Yes && one.3), "{}", who.name());
    }
    for who in [Identity::Member, Identity::IamDelegate, Identity::WithoutOrganization] {
        assert!(of(&all, who).all(|one| one.2 != Answer::Unknown), "{}", who.name());
    }
}

#[tokio::test]
async fn no_yes_is_refused_and_no_no_works_where_all_is_off() {
    let all = everyone(false).await;
    assert!(of(&all, Identity::Management).all(|one| one.2 != Answer::Unknown));
}

#[tokio::test]
async fn who_cannot_ask_iam_is_told_so_and_calls_show_the_rest() {
    use rootdeck::domain::policy::ManagedPolicy;
    let office = Office::open().await;
    let engine = office.engine_of(Identity::Managed(ManagedPolicy::OrganizationsReadOnly)).await;
    let (knowledge, delegates) = engine.knowledge().await;
    assert!(matches!(knowledge.not_simulated, NotSimulated::Failed(_)), "{:?}", knowledge.not_simulated);
    assert!(matches!(delegates, RemoteData::Known(_)));
    let browse = readiness::of_flow(Flow::Browse, &knowledge);
    assert_eq!((browse.verdict(), browse.is_hint()), (Answer::Yes, false));
    let features = readiness::of_flow(Flow::RootFeatures, &knowledge);
    assert_ne!(features.verdict(), Answer::Yes);
}

#[tokio::test]
async fn what_was_refused_is_asked_about_again_when_policies_may_have_changed() {
    let office = Office::trusting().await;
    office.inject("GetPrimaryEmail:access-denied=1x");
    office.engine.primary_email(id(SANDBOX)).await.unwrap_err();
    let email = |shown: &readiness::Calls| {
        let permission =
            Flow::ReadEmails.permissions().into_iter().find(|(one, _)| one.action.name.ends_with("GetPrimaryEmail"));
        permission.and_then(|(one, _)| shown.get(&one).cloned()).unwrap()
    };
    assert!(email(&office.engine.shown()).denied.is_some());
    let (knowledge, _) = office.engine.knowledge().await;
    assert!(email(&knowledge.shown).denied_before);
    let readiness = readiness::of_flow(Flow::ReadEmails, &knowledge);
    let refused = readiness.requirements.iter().find(|one| matches!(one.reason, Reason::RefusedOnce(_)));
    assert!(refused.is_some_and(|one| one.answer == Answer::Unknown), "{readiness:?}");
    office.engine.primary_email(id(SANDBOX)).await.unwrap();
    let (knowledge, _) = office.engine.knowledge().await;
    assert_eq!(readiness::of_flow(Flow::ReadEmails, &knowledge).verdict(), Answer::Yes);
}

#[tokio::test]
async fn without_an_organization_only_that_is_said() {
    let office = Office::open().await;
    let engine = office.engine_of(Identity::WithoutOrganization).await;
    let (knowledge, _) = engine.knowledge().await;
    assert!(knowledge.is_in_none());
    let browse = readiness::of_flow(Flow::Browse, &knowledge);
    assert_eq!(browse.obstacle().map(|one| one.thing.clone()), Some(Thing::Organization));
    assert_eq!(office.arrived("ListAccounts"), 0);
}
