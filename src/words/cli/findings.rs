//! What `rootdeck findings` says.

pub(crate) const NO_LISTING: &str =
    "no account list is saved on this machine: rootdeck accounts saves one to compare with";

sentences! {
    as_of(ago) = "by the account list saved {ago} (rootdeck accounts lists again)";
    no_finding(ids) = "no finding {ids}: rootdeck findings list shows them";
    acknowledged(findings) = "{findings} acknowledged";
}
