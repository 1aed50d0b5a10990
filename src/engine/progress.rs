//! What AWS's reports say about a change that was started here.

use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus, StartedEmailChange, StartedProgress};

/// How far `change` is according to `report`; `None` if it says nothing new. Reports may lag behind.
pub(super) fn shown_by(report: &EmailChangeReport, change: &StartedEmailChange) -> Option<StartedProgress> {
    let now = change.progress;
    let next = now.after(&report.status);
    if now.is_final() || rank(next) <= rank(now) {
        return None;
    }
    change.is_reported_by(report).then_some(next)
}

/// How far a change is by the answer to the call itself: AWS accepted it, whatever its status.
pub(super) fn answered(at_least: StartedProgress, status: Option<&EmailChangeStatus>) -> StartedProgress {
    match status {
        Some(status) if rank(at_least.after(status)) > rank(at_least) => at_least.after(status),
        _ => at_least,
    }
}

fn rank(progress: StartedProgress) -> u8 {
    match progress {
        StartedProgress::Unconfirmed => 0,
        StartedProgress::Pending => 1,
        StartedProgress::Accepted => 2,
        StartedProgress::Completed | StartedProgress::Failed => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::email::EmailAddress;
    use jiff::Timestamp;

    const START: i64 = 1_760_000_000;

    fn change(progress: StartedProgress) -> StartedEmailChange {
        StartedEmailChange {
            account: "444455556666".parse().expect("an id"),
            old: "old@example.com".into(),
            new: EmailAddress::parse("root@corp.example").expect("an address"),
            by: Some("arn:aws:iam::111122223333:user/alice".into()),
            started: Timestamp::from_second(START).expect("a time"),
            progress,
        }
    }

    fn report(status: EmailChangeStatus, after: Option<i64>) -> EmailChangeReport {
        let updated = after.map(|seconds| Timestamp::from_second(START + seconds).expect("a time"));
        EmailChangeReport { status, updated }
    }

    #[test]
    fn a_report_from_before_the_start_is_about_another_change() {
        use StartedProgress as P;
        for progress in [P::Unconfirmed, P::Pending, P::Accepted] {
            for status in [EmailChangeStatus::Completed, EmailChangeStatus::Failed, EmailChangeStatus::Accepted] {
                assert_eq!(shown_by(&report(status, Some(-60)), &change(progress)), None);
            }
        }
        assert_eq!(shown_by(&report(EmailChangeStatus::Pending, Some(-60)), &change(P::Unconfirmed)), None);
    }

    #[test]
    fn a_later_report_moves_it_on_and_never_back() {
        use StartedProgress as P;
        let shown = |status, progress| shown_by(&report(status, Some(3)), &change(progress));
        assert_eq!(shown(EmailChangeStatus::Pending, P::Unconfirmed), Some(P::Pending));
        assert_eq!(shown(EmailChangeStatus::Completed, P::Accepted), Some(P::Completed));
        assert_eq!(shown(EmailChangeStatus::Failed, P::Pending), Some(P::Failed));
        assert_eq!(shown(EmailChangeStatus::Pending, P::Accepted), None);
        assert_eq!(shown(EmailChangeStatus::Pending, P::Completed), None);
        assert_eq!(shown(EmailChangeStatus::None, P::Pending), None);
        assert_eq!(shown(EmailChangeStatus::Other("PAUSED".into()), P::Pending), None);
    }

    #[test]
    fn an_undated_report_does_not_confirm_a_start() {
        use StartedProgress as P;
        assert_eq!(shown_by(&report(EmailChangeStatus::Pending, None), &change(P::Unconfirmed)), None);
        assert_eq!(shown_by(&report(EmailChangeStatus::Completed, None), &change(P::Accepted)), Some(P::Completed));
    }

    #[test]
    fn what_aws_took_has_begun_whatever_the_word() {
        use StartedProgress as P;
        assert_eq!(answered(P::Pending, None), P::Pending);
        assert_eq!(answered(P::Pending, Some(&EmailChangeStatus::Other("QUEUED".into()))), P::Pending);
        assert_eq!(answered(P::Accepted, Some(&EmailChangeStatus::Completed)), P::Completed);
        assert_eq!(answered(P::Accepted, Some(&EmailChangeStatus::Pending)), P::Accepted);
    }
}
