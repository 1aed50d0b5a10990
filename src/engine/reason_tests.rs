//! The reason that the configuration requires.

use super::*;
use crate::domain::run::{Acceptance, Run, Steering};

#[tokio::test]
async fn a_strong_change_without_the_required_reason_is_journaled_and_not_sent() {
    let rules = Rules { reason_required: true, ..Rules::default() };
    let answers = aws([("DisableAWSServiceAccess", ok("{}")), ("startPrimaryEmailUpdate", ok("{}"))]);
    let (engine, memory) = engine(MANAGEMENT, rules, answers).await;
    let write = async |change, reason: Option<&str>| {
        let request = WriteRequest::new(change, None, reason.map(str::to_owned));
        engine.write(request, || at(NOW)).await.outcome
    };
    let off = || Switch::TrustedAccess(ServicePrincipal::iam()).set(false);
    assert_eq!(write(off(), None).await, WriteOutcome::NotPermitted(Refusal::NeedsReason));
    assert_eq!(memory.sent("DisableAWSServiceAccess"), 0);
    assert_eq!(memory.outcomes(), [Some(JournalOutcome::Refused)]);
    write(off(), Some("OPS-7")).await;
    assert_eq!(memory.sent("DisableAWSServiceAccess"), 1);
    write(start("root@corp.example"), None).await;
    assert_eq!(memory.sent("startPrimaryEmailUpdate"), 1, "a mild change needs none");
}

#[tokio::test]
async fn changes_of_several_accounts_need_the_required_reason_one_by_one() {
    let rules = || Rules { reason_required: true, ..Rules::default() };
    let acceptance = |number: &str| {
        let account = Account {
            id: number.parse().expect("an id"),
            name: "sandbox".into(),
            email: "old@example.com".into(),
            state: AccountState::Active,
            joined: None,
            joined_method: None,
            unit_ids: Some([].into()),
        };
        let otp = Otp::parse("482915").expect("a code");
        Acceptance { account, new: address("root@corp.example"), otp }
    };
    let both = [acceptance("444455556666"), acceptance("444455557777")];
    for (items, reason, sent) in [(&both[..], None, 0), (&both[..1], None, 1), (&both[..], Some("OPS-7"), 2)] {
        let (engine, memory) = engine(MANAGEMENT, rules(), aws([("acceptPrimaryEmailUpdate", ok("{}"))])).await;
        let run = Run::AcceptEmailChanges { items: items.to_vec(), reason: reason.map(str::to_owned) };
        let (_steer, steering) = tokio::sync::watch::channel(Steering::GoOn);
        engine.run(run, steering, || at(NOW), |_| {}).await;
        assert_eq!(memory.sent("acceptPrimaryEmailUpdate"), sent, "{} accounts, {reason:?}", items.len());
    }
}
