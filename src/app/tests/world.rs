//! An organization to test with, and AWS's answers about it.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::app::effect::Read;
use crate::app::msg::Answer;
use crate::domain::account::{Account, AccountId, AccountState, JoinedMethod};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::caller::{Caller, OrgRole};
use crate::domain::connection::Connection;
use crate::domain::contacts::{AlternateContact, Contact, Contacts, PrimaryContact};
use crate::domain::control_policy::tests::blocked;
use crate::domain::email::EmailAddress;
use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus, StartedEmailChange, StartedProgress};
use crate::domain::finding::{Difference, Finding};
use crate::domain::flow::Flow;
use crate::domain::journal::Journal;
use crate::domain::mfa_device::MfaDevice;
use crate::domain::organization::{Organization, UnitNames};
use crate::domain::profile::{CredentialSource, MfaRole, Profile, SignIn, SignInTool};
use crate::domain::readiness::simulation::SimulationResult;
use crate::domain::readiness::{Simulated, SimulatedDecision};
use crate::domain::resolution::Resolution;
use crate::domain::root_credentials::{
    AccessKey, AuditDepth, LastUsed, Password, Presence, RootAudit, SigningCertificate,
};
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::sign_in::LastSignIn;
use crate::domain::stored::Stored;
use crate::domain::trusted_access::{DelegatedAdministrator, ServicePrincipal, TrustedAccess, TrustedService};

pub(crate) const MANAGEMENT: &str = "111122223333";
pub(crate) const DELEGATE: &str = "222233334444";
pub(crate) const SANDBOX_07: &str = "444455556666";
pub(crate) const SANDBOX_08: &str = "444455557777";
pub(crate) const KENSHO: &str = "444455558888";
pub(crate) const SUSPENDED: &str = "444455559999";
pub(crate) const CLOSED: &str = "555566667777";
pub(crate) const LONG: &str = "666677778888";
pub(crate) const OLD: &str = "aws+sandbox07@example.com";
pub(crate) const NEW: &str = "root-sandbox07@example.com";
pub(crate) const OTHER_NEW: &str = "root-sandbox08@example.com";
pub(crate) const ELSEWHERE: &str = "root-sandbox07@corp.example";
pub(crate) const CODE: &str = "Q7X2K9";

pub(crate) fn id(text: &str) -> AccountId {
    text.parse().expect("an account id")
}

pub(crate) fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// The time of every test's start.
pub(crate) fn noon() -> Timestamp {
    time("2025-03-14T14:02:00Z")
}

pub(crate) fn api_error(kind: ApiErrorKind) -> ApiError {
    ApiError {
        operation: "account:AcceptPrimaryEmailUpdate",
        kind,
        code: Some("ValidationException".into()),
        message: "The OTP isn't valid.".into(),
        request_id: Some("1f0a-77".into()),
    }
}

/// What IAM says that decides alike about everything.
pub(crate) fn simulated_result(decision: &SimulatedDecision) -> SimulationResult {
    let mut simulated_result = SimulationResult::default();
    for (permission, _) in Flow::ALL.into_iter().flat_map(Flow::permissions) {
        simulated_result.take(permission, Simulated { decision: decision.clone(), missing_context: Vec::new() });
    }
    simulated_result
}

/// A report of a change a day before anything here happens; of none without a time.
pub(crate) fn report_before(status: EmailChangeStatus) -> EmailChangeReport {
    let updated = (status != EmailChangeStatus::None).then(|| noon() - jiff::SignedDuration::from_hours(24));
    EmailChangeReport { status, updated }
}

pub(crate) fn report(status: EmailChangeStatus) -> EmailChangeReport {
    EmailChangeReport { status, updated: Some(noon()) }
}

pub(crate) fn trusted(names: &[&str]) -> TrustedAccess {
    let enabled = Some(time("2024-06-09T12:23:00Z"));
    TrustedAccess::new(
        names.iter().map(|name| TrustedService { principal: ServicePrincipal::new(name), enabled }).collect(),
    )
}

pub(crate) fn started(at: &str, progress: StartedProgress) -> StartedEmailChange {
    StartedEmailChange {
        account: id(SANDBOX_07),
        old: OLD.into(),
        new: email(NEW),
        by: Some("arn:aws:sts::111122223333:assumed-role/OrgAdmin/alice".into()),
        started: time(at),
        progress,
    }
}

/// A change of another account than [`started`] has.
pub(crate) fn started_for(account: &str, new: &str, at: &str, progress: StartedProgress) -> StartedEmailChange {
    let old = format!("aws+{account}@example.com");
    StartedEmailChange { account: id(account), old, new: email(new), ..started(at, progress) }
}

/// The mail that AWS sends to `address`.
pub(crate) fn mail(address: &str) -> String {
    // Mails of other accounts name theirs.
    let account = if address == NEW { format!("the AWS account {SANDBOX_07}") } else { "an AWS account".to_owned() };
    format!(
        "Hello,\r\n\r\nA request was made to use your email address ({address}) as the root\r\nuser email address of \
         {account}.\r\nIf this was you, please use the following code to verify your\r\nemail \
         address: {CODE}.\r\n"
    )
}

fn account(number: &str, name: &str, email: &str, state: AccountState, units: &[&str]) -> Account {
    Account {
        id: id(number),
        name: name.into(),
        email: email.into(),
        state,
        joined: Some(time("2023-04-05T06:07:08Z")),
        joined_method: Some(if number == MANAGEMENT { JoinedMethod::Invited } else { JoinedMethod::Created }),
        unit_ids: Some(units.iter().map(|&unit| unit.to_owned()).collect()),
    }
}

/// A finding about an account, between eleven o'clock and the time of every test's start.
pub(crate) fn finding(number: i64, account: &str, name: &str, difference: Difference) -> Finding {
    let since = time("2025-03-14T11:00:00Z");
    Finding { id: number, account: id(account), name: name.into(), difference, since, seen: noon() }
}

/// One finding of each kind; `sandbox-07` has an address that somebody else gave it.
pub(crate) fn findings() -> Vec<Finding> {
    use AccountState::{Active, Suspended};
    let email = Difference::Email { old: "aws+sandbox-07@corp.example".into(), new: OLD.into() };
    vec![
        finding(3, KENSHO, "検証環境", Difference::New),
        finding(4, SUSPENDED, "sandbox-old", Difference::State { old: Active, new: Suspended }),
        finding(5, SANDBOX_07, "sandbox-07", email),
        finding(6, "777788889999", "sandbox-09", Difference::Gone),
    ]
}

/// An organization where root access can be used.
pub(crate) fn managed() -> World {
    World { features: RootFeatures::Enabled(RootFeature::ALL.to_vec()), ..World::default() }
}

/// A denial by a service control policy.
pub(crate) fn scp_denial() -> ApiError {
    ApiError {
        operation: "iam:GetAccountSummary",
        kind: ApiErrorKind::DeniedByScp,
        code: Some("AccessDenied".into()),
        message: "with an explicit deny in a service control policy".into(),
        request_id: Some("77aa-01".into()),
    }
}

/// An audit that found nothing of root's.
pub(crate) fn clean(depth: AuditDepth) -> RootAudit {
    RootAudit {
        depth,
        password: Presence::Absent,
        access_keys: Presence::Absent,
        mfa_devices: Presence::Absent,
        signing_certificates: Presence::Absent,
        last_sign_in: LastSignIn::Never,
    }
}

/// An audit of an account whose root has everything.
pub(crate) fn full(depth: AuditDepth) -> RootAudit {
    if depth == AuditDepth::Quick {
        return RootAudit {
            depth,
            password: Presence::Present(None),
            access_keys: Presence::Present(None),
            mfa_devices: Presence::Present(None),
            signing_certificates: Presence::Present(None),
            last_sign_in: LastSignIn::Never,
        };
    }
    let key = |id: &str, status: &str, last_used| AccessKey {
        id: id.into(),
        status: status.into(),
        created: Some(time("2019-05-02T10:00:00Z")),
        last_used,
    };
    let used = LastUsed::Used { at: time("2025-03-13T11:00:00Z"), service: "s3".into(), region: "eu-central-1".into() };
    RootAudit {
        depth,
        password: Presence::Present(Some(Password { created: Some(time("2023-04-05T06:10:00Z")) })),
        access_keys: Presence::Present(Some(vec![
            key("AKIAROOTUSED00000001", "Active", used),
            key("AKIAROOTIDLE00000002", "Inactive", LastUsed::Never),
        ])),
        mfa_devices: Presence::Present(Some(vec![MfaDevice {
            serial: "arn:aws:iam::444455556666:mfa/root-account-mfa-device".into(),
            enabled: Some(time("2023-04-06T08:00:00Z")),
        }])),
        signing_certificates: Presence::Present(Some(vec![SigningCertificate {
            id: "TA7SMP42TDN5Z26OBPJE7EXAMPLE".into(),
            status: "Active".into(),
            uploaded: Some(time("2018-01-02T03:04:05Z")),
        }])),
        last_sign_in: LastSignIn::At(time("2024-02-03T09:00:00Z")),
    }
}

/// What an audit finds here: everything in `sandbox-07`, an SCP over `sandbox-08`, nothing elsewhere.
pub(crate) fn audit_of(account: AccountId, depth: AuditDepth) -> RootAudit {
    match account {
        account if account == id(SANDBOX_07) => full(depth),
        account if account == id(SANDBOX_08) => RootAudit::unknown(depth, &scp_denial()),
        _ => clean(depth),
    }
}

/// What AWS and this machine would answer.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) stored: Stored,
    pub(crate) connection: Connection,
    pub(crate) profiles: Vec<Profile>,
    pub(crate) organization: Organization,
    pub(crate) org_role: OrgRole,
    pub(crate) accounts: Vec<Account>,
    pub(crate) trusted: TrustedAccess,
    pub(crate) features: RootFeatures,
    pub(crate) delegates: Vec<DelegatedAdministrator>,
    pub(crate) primary: HashMap<AccountId, String>,
    pub(crate) changes: HashMap<AccountId, EmailChangeStatus>,
    pub(crate) journal: Journal,
    pub(crate) resolution: Resolution,
    pub(crate) simulated_result: SimulationResult,
    pub(crate) units: UnitNames,
}

/// A profile of this name.
pub(crate) fn profile(name: Option<&str>, source: CredentialSource) -> Profile {
    let name = name.map(str::to_owned);
    Profile { name, source, region: Some("eu-west-1".into()), account: None, endpoint: None, sign_in: None, mfa: None }
}

/// How a person signs in for the profile `prod`.
pub(crate) fn sso() -> SignIn {
    SignIn { tool: SignInTool::Sso, profile: "prod".into() }
}

impl Default for World {
    fn default() -> Self {
        use AccountState as S;
        let sandbox = ["ou-ab12-sand", "ou-ab12-teama"];
        let accounts = vec![
            account(MANAGEMENT, "Example Corp", "aws+management@example.com", S::Active, &[]),
            account(DELEGATE, "audit", "aws+audit@example.com", S::Active, &["ou-ab12-core"]),
            account(SANDBOX_07, "sandbox-07", OLD, S::Active, &sandbox),
            account(SANDBOX_08, "sandbox-08", "aws+sandbox08@example.com", S::Active, &sandbox),
            account(KENSHO, "検証環境", "aws+kensho@example.com", S::Active, &["ou-ab12-sand"]),
            account(SUSPENDED, "sandbox-old", "aws+old@example.com", S::Suspended, &sandbox),
            account(CLOSED, "retired", "aws+retired@example.com", S::Closed, &["ou-ab12-gone"]),
            account(
                LONG,
                "workloads-customer-portal-production-eu-central-1",
                "aws+workloads-customer-portal-production@example.com",
                S::Active,
                &["ou-ab12-core"],
            ),
        ];
        Self {
            stored: Stored::default(),
            connection: Connection {
                caller: Caller {
                    account: id(MANAGEMENT),
                    arn: "arn:aws:sts::111122223333:assumed-role/OrgAdmin/alice".into(),
                },
                profile: Some("prod".into()),
                region: "us-east-1".into(),
                region_assumed: false,
                endpoint: None,
                paced: true,
            },
            profiles: vec![
                profile(None, CredentialSource::Machine),
                Profile {
                    sign_in: Some(sso()),
                    ..profile(Some("prod"), CredentialSource::IdentityCenter("OrgAdmin".into()))
                },
                profile(Some("keys"), CredentialSource::Keys),
                Profile {
                    mfa: Some(MfaRole {
                        serial: "arn:aws:iam::111122223333:mfa/alice".into(),
                        role: "arn:aws:iam::111122223333:role/OrgAdmin".into(),
                    }),
                    ..profile(Some("mfa"), CredentialSource::Role("OrgAdmin".into(), "keys".into()))
                },
                Profile {
                    sign_in: Some(sso()),
                    ..profile(Some("audit"), CredentialSource::Role("Audit".into(), "prod".into()))
                },
            ],
            organization: Organization {
                id: "o-8j81brsjuj".into(),
                management_account: id(MANAGEMENT),
                management_email: "aws+management@example.com".into(),
                all_features: Some(true),
            },
            org_role: OrgRole::Management,
            accounts,
            trusted: trusted(&["account.amazonaws.com", "iam.amazonaws.com", "sso.amazonaws.com"]),
            features: RootFeatures::Enabled(vec![]),
            delegates: vec![DelegatedAdministrator {
                account: id(DELEGATE),
                name: "audit".into(),
                services: vec![(ServicePrincipal::iam(), Some(time("2024-07-01T00:00:00Z")))],
            }],
            primary: HashMap::new(),
            changes: HashMap::new(),
            journal: Journal::default(),
            resolution: Resolution::default(),
            simulated_result: simulated_result(&SimulatedDecision::Allowed),
            units: Self::units(),
        }
    }
}

impl World {
    /// An organization where nothing is trusted yet.
    pub(crate) fn untrusting() -> Self {
        Self { trusted: trusted(&[]), features: RootFeatures::NeedTrustedAccess, ..Self::default() }
    }

    /// An organization of `count` accounts with like names.
    pub(crate) fn of(count: u64) -> Self {
        let accounts = (0..count).map(|index| {
            let number = format!("{:012}", 900_000_000_000 + index);
            account(
                &number,
                &format!("team-{index:04}"),
                &format!("aws+{index}@example.com"),
                AccountState::Active,
                &[],
            )
        });
        Self { accounts: accounts.collect(), ..Self::default() }
    }

    pub(crate) fn units() -> UnitNames {
        let mut units = UnitNames::default();
        for (id, name) in [("sand", "Sandbox"), ("teama", "Team A"), ("core", "Core"), ("gone", "Suspended")] {
            units.insert(format!("ou-ab12-{id}"), name.into());
        }
        units
    }

    pub(crate) fn primary_of(&self, account: AccountId) -> Option<String> {
        let listed = self.accounts.iter().find(|known| known.id == account).map(|known| known.email.clone());
        self.primary.get(&account).cloned().or(listed)
    }

    pub(crate) fn change_of(&self, account: AccountId) -> EmailChangeReport {
        match self.changes.get(&account) {
            Some(status) => report(status.clone()),
            None => EmailChangeReport { status: EmailChangeStatus::None, updated: None },
        }
    }

    /// The answers to one question, in order.
    pub(crate) fn answers(&self, read: Read) -> Vec<Answer> {
        vec![match read {
            Read::Stored => Answer::Stored(Ok(Box::new(self.stored.clone()))),
            Read::Profiles => Answer::Profiles(Ok(self.profiles.clone())),
            Read::Connect => Answer::Connected(Ok(self.connection.clone())),
            Read::Organization => Answer::Organization(Ok(self.organization.clone())),
            Read::OrgRole => Answer::OrgRole(Ok(self.org_role.clone())),
            Read::Accounts => {
                return vec![Answer::AccountPages(Account::shared(&self.accounts)), Answer::AccountsEnd(Ok(()))];
            }
            Read::UnitNames => Answer::UnitNames(Ok(self.units.clone())),
            Read::TrustedAccess => Answer::TrustedAccess(Ok(self.trusted.clone())),
            Read::RootFeatures => Answer::RootFeatures(Ok(self.features.clone())),
            Read::DelegatedAdministrators => Answer::DelegatedAdministrators(Ok(self.delegates.clone())),
            Read::PrimaryEmail(account) => {
                Answer::PrimaryEmail(account, self.primary_of(account).ok_or_else(|| api_error(ApiErrorKind::NotFound)))
            }
            Read::EmailChange(account) => Answer::EmailChange(account, Ok(self.change_of(account))),
            Read::Contacts(account) => Answer::Contacts(account, Ok(Box::new(contacts()))),
            Read::Controls(account) => Answer::Controls(account, Ok(Box::new(blocked(account)))),
            Read::Readiness => Answer::Readiness(Ok(Box::new(self.simulated_result.clone()))),
            Read::Calls => Answer::Calls(Ok(self.simulated_result.shown.clone())),
            Read::Journal => Answer::Journal(Ok(self.journal.clone())),
            Read::Resolve(only) => Answer::Resolved(only, Ok(self.resolution.clone())),
        }]
    }

    /// The answer that a question failed.
    pub(crate) fn failure(read: Read, kind: ApiErrorKind) -> Answer {
        let error = ApiError {
            operation: "organizations:ListAccounts",
            kind,
            code: Some("SomeException".into()),
            message: "AWS's own words".into(),
            request_id: Some("9c2e-11".into()),
        };
        match read {
            Read::Stored => Answer::Stored(Err(error)),
            Read::Profiles => Answer::Profiles(Err(error)),
            Read::Connect => Answer::Connected(Err(error)),
            Read::Organization => Answer::Organization(Err(error)),
            Read::OrgRole => Answer::OrgRole(Err(error)),
            Read::Accounts => Answer::AccountsEnd(Err(error)),
            Read::UnitNames => Answer::UnitNames(Err(error)),
            Read::TrustedAccess => Answer::TrustedAccess(Err(error)),
            Read::RootFeatures => Answer::RootFeatures(Err(error)),
            Read::DelegatedAdministrators => Answer::DelegatedAdministrators(Err(error)),
            Read::PrimaryEmail(account) => Answer::PrimaryEmail(account, Err(error)),
            Read::EmailChange(account) => Answer::EmailChange(account, Err(error)),
            Read::Contacts(account) => Answer::Contacts(account, Err(error)),
            Read::Controls(account) => Answer::Controls(account, Err(error)),
            Read::Readiness => Answer::Readiness(Err(error)),
            Read::Calls => Answer::Calls(Err(error)),
            Read::Journal => Answer::Journal(Err(error)),
            Read::Resolve(entry) => Answer::Resolved(entry, Err(error)),
        }
    }
}

/// A security contact, no billing contact, and one that could not be read.
pub(crate) fn contacts() -> Contacts {
    let nancy = AlternateContact {
        name: "Nancy Davolio".into(),
        title: "CISO".into(),
        email: "soc@example.com".into(),
        phone: "+1 206 555 0100".into(),
    };
    Contacts {
        security: Contact::Present(nancy),
        operations: Contact::Unknown(api_error(ApiErrorKind::AccessDenied)),
        billing: Contact::Absent,
        primary: Contact::Present(PrimaryContact {
            name: "Example Corp.".into(),
            address: vec!["1 Example Street".into()],
            city: "Seattle".into(),
            postal_code: "98101".into(),
            country: "US".into(),
            phone: "+1 206 555 0199".into(),
            ..PrimaryContact::default()
        }),
    }
}
