//! What `rootdeck schema` says.

sentences! {
    unknown(name, names) = "no output is named {name} (names: {names})";
}
