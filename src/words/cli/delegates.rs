//! What `rootdeck delegated-admins` says.

sentences! {
    is(account, service) = "{account} is delegated administrator for {service} (verified)";
    is_not(account, service) = "{account} is not delegated administrator for {service} (verified)";
    is_already(account, service) = "{account} is already delegated administrator for {service} (verified)";
    is_none(account, service) = "{account} is no delegated administrator for {service} (verified)";
    not_shown(account, service, command) =
        "not verified what {account} is for {service}: check again with `{command}`";
    unread(account, service, why) = "could not verify what {account} is for {service}: {why}";
}
