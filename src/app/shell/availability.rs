use crate::app::command_id::DisabledReason;
use crate::app::shell::App;
use crate::app::state::organization::switches;
use crate::app::view::ViewId;
use crate::domain::change::Switch;

impl App {
    pub(in crate::app) fn can_open(&self) -> Result<(), DisabledReason> {
        self.selected_account().map(|_| ()).ok_or_else(|| self.model.no_account())
    }

    pub(in crate::app) fn can_change_email(&self) -> Result<(), DisabledReason> {
        let account = self.selected_account().ok_or_else(|| self.model.no_account())?;
        self.model.email_permit(account).map_err(DisabledReason::Refusal)?;
        self.model.is_free(account.id)
    }

    pub(in crate::app) fn can_enter_otp(&self) -> Result<(), DisabledReason> {
        let account = self.selected_id().ok_or_else(|| self.model.no_account())?;
        self.model.can_enter_otp_of(account).map_err(|why| self.said_here(why))
    }

    /// A reason as it is said in this view: it does not send a person to where they are.
    pub(in crate::app) fn said_here(&self, why: DisabledReason) -> DisabledReason {
        match why {
            DisabledReason::AddressUnknown if self.view == ViewId::EmailChanges => DisabledReason::AddressUnknownHere,
            DisabledReason::AddressForgotten if self.view == ViewId::EmailChanges => {
                DisabledReason::AddressForgottenHere
            }
            other => other,
        }
    }

    /// The switch that `t` turns here, if one is selected.
    pub(in crate::app) fn switch_in_focus(&self) -> Option<Switch> {
        self.shown().switch(&self.model)
    }

    pub(in crate::app) fn can_toggle(&self) -> Result<(), DisabledReason> {
        if self.shown().offers_switches(&self.model) {
            // A menu of which no line can be chosen says nothing more than the reason.
            let mut all = switches().into_iter().map(|switch| self.model.can_turn(&switch));
            return all.next().map_or(Ok(()), |first| all.fold(first, Result::or));
        }
        let switch = self.switch_in_focus().ok_or(DisabledReason::ReadingOnly)?;
        self.model.can_turn(&switch)
    }

    pub(crate) fn can_choose(&self) -> Result<(), DisabledReason> {
        self.layers.last().map_or(Err(DisabledReason::NotHere), |layer| layer.dialog().can_choose(&self.model))
    }

    pub(in crate::app) fn can_read_again(&self) -> Result<(), DisabledReason> {
        self.layers.last().map_or(Err(DisabledReason::NotHere), |layer| layer.dialog().can_read_again())
    }

    /// Whether the dialog on top has a text or commands to copy.
    pub(in crate::app) fn can_copy_from_layer(&self) -> Result<(), DisabledReason> {
        let has_text = self.layers.last().is_some_and(|layer| layer.dialog().text(&self.model).is_some());
        // In the demo, the key says why there are none.
        let demo = self.model.start.demo;
        let has_commands = self.commands_on_top().is_some_and(|commands| demo || !commands.is_empty());
        if has_text || has_commands { Ok(()) } else { Err(DisabledReason::NotHere) }
    }

    pub(in crate::app) fn can_reveal(&self) -> Result<(), DisabledReason> {
        let entering = self.layers.last().is_some_and(|layer| layer.dialog().can_reveal());
        if entering { Ok(()) } else { Err(DisabledReason::NoCode) }
    }

    pub(crate) fn reveals_code(&self) -> bool {
        self.layers.last().is_some_and(|layer| layer.dialog().reveals())
    }

    /// Whether Tab takes a suggestion in the dialog on top.
    pub(crate) fn completes(&self) -> bool {
        self.layers.last().is_some_and(|layer| layer.dialog().completes(&self.model))
    }

    pub(in crate::app) fn can_give_reason(&self) -> Result<(), DisabledReason> {
        self.reason_on_top().map(|_| ()).ok_or(DisabledReason::NotHere)
    }

    pub(in crate::app) fn can_read_notice(&self) -> Result<(), DisabledReason> {
        let has_any = self.notifications.newest_bad().is_some() || self.elsewhere.unread.is_some();
        if has_any { Ok(()) } else { Err(DisabledReason::NothingToRead) }
    }
}
