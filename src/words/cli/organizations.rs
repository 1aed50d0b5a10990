//! What is said where several organizations are asked side by side.

pub(crate) const ACQUIRED_ORGANIZATION: &str = "administrator of another organization";
pub(crate) const ASKING: &str = "organizations";

sentences! {
    no_such_demo(name) = "the demo has no profile {name}: rootdeck --demo --profiles management,acquired";
    title(profile, organization) = "{profile} ({organization})";
    asked(titles) = "organizations: {titles}";
    chosen(title) = "organization: {title}";
    same(organization, first) = "also {organization}, the organization of {first}: taken once";
    needs_profile(profiles) = "this is about one organization: name it with --profile (one of {profiles})";
    heading(title) = "{title}\n";
    in_none(text, titles) = "no account {text} in {titles}";
    not_looked_in(titles) = "not read: {titles}";
    may_be_called_so(text, titles) =
        "an account of {titles} may be named {text} as well, which could not be read: use an id";
    account_in(id, title) = "{id} in {title}";
    in_several(text, candidates) = "several accounts are named {text}, use an id: {candidates}";
    of_several(accounts) =
        "these accounts are in several organizations, and changes are made in one at a time: {accounts}";
    ended(each) = "exit codes: {each}";
}
