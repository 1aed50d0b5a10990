use crate::app::effect::Read;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::domain::api_error::ApiError;
use crate::domain::remote_data::ReadId;
use crate::domain::resolution::Resolution;

impl App {
    /// `only` is the entry that a person asked for.
    pub(in crate::app) fn apply_resolution(
        &mut self,
        id: ReadId,
        only: Option<i64>,
        result: Result<Resolution, ApiError>,
    ) -> bool {
        let unresolved = &mut self.model.journal.unresolved;
        let done = result.as_ref().map(|_| ()).map_err(Clone::clone);
        let awaited = unresolved.resolving.finish(id, done, self.model.now);
        let Some(resolution) = result.ok().filter(|_| awaited) else { return awaited };
        for (entry, _) in &resolution.settled {
            unresolved.doubts.remove(entry);
        }
        unresolved.doubts.extend(resolution.open.iter().map(|open| (open.entry, open.doubt.clone())));
        if let Some(entry) = only {
            unresolved.count = unresolved.count.saturating_sub(resolution.settled.len());
            self.model.out.notify(Notification::EntryResolved(entry, Box::new(resolution.clone())));
        } else {
            unresolved.count = resolution.open.len();
            let first = !std::mem::replace(&mut unresolved.announced, true);
            if resolution.count() > 0 && (first || !resolution.settled.is_empty()) {
                self.model.out.notify(Notification::Resolved(Box::new(resolution.clone())));
            }
        }
        self.model.look_again(resolution.again());
        if !resolution.settled.is_empty() {
            // A start that never happened is no longer pending.
            self.model.reload(Read::Stored);
            self.journal_grew();
        }
        true
    }

    pub(in crate::app) fn resolve_again(&mut self) {
        self.model.journal.unresolved.look_due = false;
        if self.model.organization.current().is_some() && !self.quitting {
            self.model.read(Read::Resolve(None));
        }
    }
}
