use crate::app::command_id::DisabledReason;
use crate::app::dialogs::menu::Menu;
use crate::app::effect::Effect;
use crate::app::layers::Layer;
use crate::app::notification::Notification;
use crate::app::shell::App;
use crate::app::state::choices::{LinkChoice, LinkUse};
use crate::app::view::ViewId;
use crate::domain::cloudtrail::{event_history, is_inside};
use crate::domain::console_link::{ConsoleLink, account, root_sign_in};

impl App {
    pub(in crate::app) fn can_open_console(&self) -> Result<(), DisabledReason> {
        if self.model.start.demo {
            return Err(DisabledReason::DemoAccount);
        }
        self.model.connection.value().ok_or(DisabledReason::NotReadYet)?;
        match (self.view, self.model.journal.selected(), self.selected_id()) {
            (ViewId::Journal, None, _) => Err(DisabledReason::NoEntry),
            (ViewId::Journal, Some(entry), _) if self.links().is_empty() && is_inside(entry) => {
                Err(DisabledReason::MemberTrail)
            }
            (ViewId::Journal, Some(_), _) | (_, _, Some(_)) if self.links().is_empty() => {
                Err(DisabledReason::NoConsole)
            }
            (ViewId::Journal, Some(_), _) | (_, _, Some(_)) => Ok(()),
            (_, _, None) => Err(self.model.no_account()),
        }
    }

    /// The pages about the selected row, the most wanted first.
    fn links(&self) -> Vec<ConsoleLink> {
        let Some(connection) = self.model.connection.value() else { return Vec::new() };
        let partition = connection.caller.partition();
        let links = if self.view == ViewId::Journal {
            let entry = self.model.journal.selected();
            let event = entry.and_then(|entry| event_history(entry, partition, &connection.region));
            let of = entry.and_then(|entry| entry.account).and_then(|id| account(partition, id));
            [event, of]
        } else {
            [self.selected_id().and_then(|id| account(partition, id)), root_sign_in(partition)]
        };
        links.into_iter().flatten().collect()
    }

    /// Where a browser can be opened that comes first, but copying is always there.
    pub(in crate::app) fn console_menu(&mut self) {
        let opens = self.model.start.opens_links;
        let uses = [LinkUse::Open, LinkUse::Copy].into_iter().filter(|wanted| opens || *wanted == LinkUse::Copy);
        let links = self.links();
        let choices = uses.flat_map(|wanted| links.iter().map(move |link| LinkChoice(link.clone(), wanted)));
        self.layers.push(Layer::ConsoleMenu(Menu::of(choices.collect())));
    }

    pub(in crate::app) fn use_link(&mut self, LinkChoice(link, wanted): LinkChoice) {
        self.layers.pop();
        match wanted {
            LinkUse::Copy => self.model.copy(link.url),
            LinkUse::Open => {
                self.model.out.notify(Notification::LinkOpened(link.page));
                self.model.out.push(Effect::OpenLink(link.url));
            }
        }
    }
}
