use super::*;
use crate::domain::account::AccountState;
use crate::domain::root_credentials::{AuditDepth, RootCredential};
use crate::domain::write::WriteOutcome;

fn plan(id: &str) -> DeletionPlan {
    let account = Account {
        id: id.parse().expect("an id"),
        name: "sandbox".into(),
        email: "aws@example.com".into(),
        state: AccountState::Active,
        joined: None,
        joined_method: None,
        unit_ids: Some([].into()),
    };
    DeletionPlan { account, credentials: vec![RootCredential::Password] }
}

fn api_error(kind: ApiErrorKind) -> ApiError {
    ApiError::new("iam:DeleteLoginProfile", kind, "x")
}

/// The proof of a run of `calls`, one for each account; `None` for an account without a report.
fn proof(calls: Vec<(Option<DeletionCall>, Option<bool>)>, interrupted: bool) -> Proof {
    let plans: Vec<DeletionPlan> = (0..calls.len()).map(|n| plan(&format!("{:012}", 444_455_556_660 + n))).collect();
    let reports = plans.iter().zip(calls).filter_map(|(plan, (call, still_there))| {
        let result = DeletionResult { credential: RootCredential::Password, call: call?, still_there };
        let audit = Box::new(RootAudit::unknown(AuditDepth::Deep, &self::api_error(ApiErrorKind::Timeout)));
        let report = RunReport::Deleted { account: plan.account.id, results: vec![result], audit };
        Some((report, Timestamp::UNIX_EPOCH))
    });
    Proof::new(&plans, Worked { reports: reports.collect(), interrupted })
}

impl Proof {
    fn text(&self) -> String {
        self.form(Form::Table, Vec::new(), |_, _| CredentialDates::default(), Timestamp::UNIX_EPOCH).expect("a table")
    }
}

#[test]
fn it_is_done_only_if_everything_is_seen_to_be_gone() {
    let exit = |calls| proof(calls, false).exit();
    let gone = || (Some(DeletionCall::Made(WriteOutcome::Taken(None))), Some(false));
    assert_eq!(
        exit(vec![
            gone(),
            (Some(DeletionCall::Made(WriteOutcome::AlreadySo(api_error(ApiErrorKind::NotFound)))), Some(false))
        ]),
        Exit::Done
    );
    assert_eq!(exit(vec![gone(), (Some(DeletionCall::Made(WriteOutcome::Taken(None))), None)]), Exit::Unknown);
    assert_eq!(exit(vec![gone(), (Some(DeletionCall::Made(WriteOutcome::Taken(None))), Some(true))]), Exit::Unknown);
    assert_eq!(
        exit(vec![gone(), (Some(DeletionCall::Made(WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout)))), None)]),
        Exit::Unknown
    );
    assert_eq!(
        exit(vec![
            gone(),
            (Some(DeletionCall::Made(WriteOutcome::Failed(api_error(ApiErrorKind::Unreachable)))), Some(true))
        ]),
        Exit::Some
    );
    assert_eq!(exit(vec![gone(), (Some(DeletionCall::NotAttempted(None)), Some(true))]), Exit::Some);
}

#[test]
fn it_is_not_permitted_if_all_was_refused() {
    let refused =
        || (Some(DeletionCall::Made(WriteOutcome::Refused(api_error(ApiErrorKind::DeniedByScp)))), Some(true));
    let no_session = || (Some(DeletionCall::NotAttempted(Some(api_error(ApiErrorKind::AssumeRootDenied)))), None);
    assert_eq!(proof(vec![refused(), no_session()], false).exit(), Exit::NotPermitted);
    assert_eq!(
        proof(vec![refused(), (Some(DeletionCall::Made(WriteOutcome::Taken(None))), Some(false))], false).exit(),
        Exit::Some
    );
}

#[test]
fn an_account_without_a_report_is_unknown_unless_the_run_was_stopped() {
    let silent = proof(vec![(None, None)], false);
    assert_eq!(silent.exit(), Exit::Unknown);
    assert!(silent.text().contains("password    outcome unknown"));
    let stopped = proof(vec![(None, None)], true);
    assert_eq!(stopped.exit(), Exit::Interrupted);
    let text = stopped.text();
    assert!(text.contains("not attempted") && text.contains("? unread"), "{text}");
}

#[test]
fn each_credential_has_a_line_and_the_proof_follows() {
    let text = proof(vec![(Some(DeletionCall::Made(WriteOutcome::Taken(None))), None)], false).text();
    let (results, shown) = text.split_once("\n\n").expect("two parts");
    assert!(results.lines().nth(1).is_some_and(|line| line.starts_with("444455556660  sandbox  password")), "{text}");
    assert!(shown.contains("PASSWORD NOW") && shown.contains("? timeout"), "{text}");
}
