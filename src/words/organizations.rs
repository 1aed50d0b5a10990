//! Several organizations side by side.

sentences! {
    not_connected(name, why) [next: NextOrganization] = "{name} not connected: {why} ({next})";
    accounts_unread(name, why) [next: NextOrganization] = "{name} accounts not read: {why} ({next})";
    same(name, first) = "{name}: same organization as {first}";
    of_organization(name, text) = "{name}: {text}";
}
