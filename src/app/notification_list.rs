use std::time::Duration;

use crate::app::dialog::Reported;
use crate::app::effect::{Effect, Wake};
use crate::app::ids::NotificationId;
use crate::app::notification::{Notification, Tone};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::cause::Cause;

pub(crate) const FADE: Duration = Duration::from_secs(5);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PostedNotification {
    pub(crate) id: NotificationId,
    pub(crate) notification: Notification,
}

/// Neither faded nor read yet, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Notifications {
    shown: Vec<PostedNotification>,
    next: u64,
}

/// Whether both say that the caller may not make a call, even for two accounts: each shows its own.
fn is_same_refusal(one: &Notification, other: &Notification) -> bool {
    let (Notification::ReadFailed(one), Notification::ReadFailed(other)) = (one, other) else { return false };
    let of_caller = matches!(one.kind, ApiErrorKind::AccessDenied | ApiErrorKind::NotManagementOrDelegated);
    of_caller && (one.operation, one.kind, &one.code) == (other.operation, other.kind, &other.code)
}

/// The oldest bad ones beyond this are dropped.
const MOST: usize = 50;

impl Notifications {
    /// Returns the timer of a notification that fades.
    pub(crate) fn add(&mut self, notification: Notification) -> Option<Effect> {
        let id = NotificationId(self.next);
        self.next += 1;
        let is_bad = notification.tone() == Tone::Bad;
        // The same failure again says nothing new.
        let same = |shown: &Notification| *shown == notification || is_same_refusal(shown, &notification);
        self.shown.retain(
            |posted| if is_bad { !same(&posted.notification) } else { posted.notification.tone() == Tone::Bad },
        );
        self.shown.push(PostedNotification { id, notification });
        if self.shown.len() > MOST {
            self.shown.remove(0);
        }
        (!is_bad).then_some(Effect::Wake(FADE, Wake::Fade(id)))
    }

    pub(crate) fn forget_credentials(&mut self) {
        let is_about_them =
            |error: &ApiError| error.kind.is_about_credentials() || Cause::of(error) == Cause::SignInFailed;
        let reported = |notification: &Notification| matches!(notification, Notification::ReadFailed(error) | Notification::Local(error) if is_about_them(error));
        self.shown.retain(|posted| !reported(&posted.notification));
    }

    /// Only what nobody has read and somebody should.
    pub(in crate::app) fn unread_bad(mut self) -> Self {
        self.shown.retain(|posted| posted.notification.tone() == Tone::Bad);
        self
    }

    /// The one to show: the newest, except that routine ones come after errors.
    pub(crate) fn current(&self) -> Option<&PostedNotification> {
        let newest = self.shown.last()?;
        let wrong = if newest.notification.is_routine() { self.newest_bad() } else { None };
        Some(wrong.unwrap_or(newest))
    }

    pub(crate) fn unread(&self) -> usize {
        self.shown.iter().filter(|posted| posted.notification.tone() == Tone::Bad).count()
    }

    /// Which of the unread errors it is, the newest first, and their number.
    pub(crate) fn place(&self, notification: &Notification) -> Option<(usize, usize)> {
        let bad = self.shown.iter().rev().filter(|posted| posted.notification.tone() == Tone::Bad);
        let index = bad.clone().position(|posted| posted.notification == *notification)?;
        Some((index + 1, bad.count()))
    }

    pub(crate) fn newest_bad(&self) -> Option<&PostedNotification> {
        self.shown.iter().rev().find(|posted| posted.notification.tone() == Tone::Bad)
    }

    /// A key was pressed: errors stay until they are read, the rest goes.
    pub(crate) fn fade(&mut self) {
        self.shown.retain(|posted| posted.notification.tone() == Tone::Bad && !posted.notification.answers_a_key());
    }

    pub(crate) fn forget(&mut self, reported: &Reported) {
        self.shown.retain(|posted| match (reported, &posted.notification) {
            (Reported::This(notification), shown) => shown != notification,
            (Reported::Findings, shown) => !matches!(shown, Notification::Findings(_)),
            (Reported::Run(kind), shown) => !matches!(shown, Notification::RunEnded(ended) if ended.kind == *kind),
        });
    }

    pub(crate) fn remove(&mut self, id: NotificationId) -> bool {
        let before = self.shown.len();
        self.shown.retain(|posted| posted.id != id);
        self.shown.len() != before
    }
}
