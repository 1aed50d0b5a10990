use proptest::prelude::*;

use super::*;
use crate::app::filter::Property as _;
use crate::app::filter::{FilterHint, FilterProblem};
use crate::app::state::root_state::RootState;

const ROOT: RootFacts<'static> =
    RootFacts { state: RootState::NotAudited, audit: None, now: jiff::Timestamp::UNIX_EPOCH };

fn filter(text: &str) -> Filter {
    let mut filter = Filter::default();
    filter.edit(|field| field.paste(text));
    filter
}

fn lets(filter: &Filter, name: &str, email: &str, path: &str) -> bool {
    let text = AccountText::of("444455558888".parse().expect("an id"), name, &[email], path);
    let beside = || Beside { pending: Some(true), root: ROOT, found: FoundKinds::default(), organization: ["", ""] };
    filter.lets_account(&AccountFacts { text: &text, state: &AccountState::Active, beside })
}

fn matches(text: &str) -> bool {
    lets(&filter(text), "検証環境", "aws+kensho@example.com", "Workloads/Staging")
}

#[track_caller]
fn all(matching: &[&str], others: &[&str]) {
    for text in matching {
        assert!(matches(text), "{text}");
    }
    for text in others {
        assert!(!matches(text), "{text}");
    }
}

#[test]
fn words_are_parts_of_any_text_and_all_must_match() {
    all(
        &["検証", "kensho stag", "5588", "KENSHO", "ｋｅｎｓｈｏ", "+kensho@", "4444-5555-8888"],
        &[
            "kensho sandbox",
            "5589",
            // Letters in this order, but with others between them.
            "knsh",
            "wrkl",
            // No word reaches from one text into the next.
            "8888検証",
            "4444-5555-8889",
        ],
    );
}

#[test]
fn a_word_can_be_excluded() {
    all(
        &["-sandbox", "!sandbox kensho", "-state:closed", "-qqq|sandbox|zzz"],
        &["-kensho", "!検証", "kensho -stag", "-state:active", "-zzz|kensho"],
    );
}

#[test]
fn a_bar_is_either_and_quotes_hold_a_phrase_together() {
    assert!(matches("zzz|kensho") && matches("ou:prod|staging") && matches("name:zzz|email:kensho"));
    assert!(!matches("zzz|qqq") && !matches("ou:prod|sandbox"));
    let of = |text: &str, name: &str| lets(&filter(text), name, "a@example.com", "Root");
    assert!(of("\"two words\"", "has two words") && !of("\"two words\"", "words two"));
    assert!(of("name:\"two words\"", "two words") && of("\"two wo", "two words"), "a quote being typed");
    assert!(of("\"a|b\"", "a|b") && !of("\"a|b\"", "a"));
    assert!(of("\"-x\"", "y-x") && of("\"team:prod\"", "team:prod"), "signs in quotes are text");
}

#[test]
fn terms_ask_for_one_property() {
    all(
        &["state:active ou:staging email:kensho pending:yes", "name:検", "id:4444", "id:4444-5555", "domain:example"],
        &["state:closed", "pending:no", "name:kensho", "id:5589", "email:検", "domain:kensho", "ou:kensho"],
    );
    all(
        &["state:closed,active", "state:ACTIVE", "root:unaudited", "root:un", "root:clean,unaudited", "state：active"],
        &[
            "root:clean",
            "state:closed,suspended",
            // Every word of the state's name is another state.
            "state:tive",
        ],
    );
}

#[test]
fn a_path_with_a_slash_is_one_from_the_top() {
    all(
        &["ou:workloads/", "ou:Workloads/Stag", "ou:\"Workloads/Staging/\"", "ou:x/y,workloads/staging", "ou:/,stag"],
        &["ou:loads/staging", "ou:/staging", "ou:staging/", "ou:workloads/stag/", "-ou:workloads/"],
    );
    assert!(lets(&filter("ou:\"Sand box/\""), "x", "", "Sand box") && lets(&filter("ou:sand/"), "x", "", "Sand/A"));
    assert!(!lets(&filter("ou:sand/"), "x", "", "Sandbox"), "another unit whose name begins alike");
}

#[test]
fn what_is_still_being_typed_hides_nothing() {
    all(&["state:", "-", "!", "-state:", "kensho|", "|", "state:active,", "\"", "ou:,", "name:\""], &[]);
}

#[test]
fn an_unknown_property_or_value_matches_nothing_and_is_told() {
    for text in ["foo:bar", "-foo:bar", "kensho|foo:bar", "foo:", "root:nonsense", "pending:perhaps", "found:x"] {
        assert!(!matches(text), "{text}");
    }
    let reported = filter("kensho foo:bar");
    let Some(FilterHint::Problem(FilterProblem::Property(name, known))) = reported.hint() else { panic!("it is told") };
    assert!(name == "foo" && known.len() == AccountProperty::ALL.len() && known.contains(&"domain"));
    let reported = filter("root:nonsense");
    let Some(FilterHint::Problem(FilterProblem::Value("root", value, values))) = reported.hint() else {
        panic!("told")
    };
    assert!(value == "nonsense" && values.contains(&"finding"));
    assert!(matches!(filter("root:").hint(), Some(FilterHint::Values(_))) && filter("kensho").hint().is_none());
    // No property stands before these colons.
    all(&["4444|12:30"], &["12:30", ":x"]);
}

#[test]
fn what_nobody_asked_about_is_neither_pending_nor_not() {
    let text = AccountText::of("444455558888".parse().expect("an id"), "x", &["a@example.com"], "");
    let words = |pending: Option<bool>| {
        let beside = || Beside { pending, root: ROOT, found: FoundKinds::default(), organization: ["", ""] };
        let facts = AccountFacts { text: &text, state: &AccountState::Active, beside };
        let lets = |word: &&str| filter(&format!("pending:{word}")).lets_account(&facts);
        ["yes", "y", "on", "no", "n", "false", "unknown", "u", "yes,no"].into_iter().filter(lets).collect::<Vec<_>>()
    };
    assert_eq!(words(Some(true)), ["yes", "y", "on", "yes,no"]);
    assert_eq!(words(Some(false)), ["no", "n", "false", "yes,no"]);
    assert_eq!(words(None), ["unknown", "u"]);
}

#[test]
fn either_address_of_an_open_change_is_found() {
    let id = "444455558888".parse().expect("an id");
    let text = AccountText::of(id, "x", &["old@example.com", "new@corp.example"], "");
    let beside = || Beside { pending: Some(true), root: ROOT, found: FoundKinds::default(), organization: ["", ""] };
    let facts = AccountFacts { text: &text, state: &AccountState::Active, beside };
    let lets = |text: &str| filter(text).lets_account(&facts);
    assert!(lets("domain:corp.example") && lets("domain:example.com") && lets("new@corp"));
    assert!(!lets("\"comnew\"") && !lets("domain:new"));
}

#[test]
fn debug_tells_nothing_of_what_was_typed() {
    let shown = format!("{:?}", filter("482915 email:root state:active kensho"));
    assert!(["482915", "root", "active", "kensho"].iter().all(|typed| !shown.contains(typed)), "{shown}");
}

#[test]
fn what_matched_can_be_shown() {
    let filter = filter("kens -aws KENSHO");
    assert_eq!(filter.highlighter().places("aws+Kensho@example.com"), [4, 5, 6, 7, 8, 9]);
}

fn naive(text: &str, fields: &[&str]) -> bool {
    let plain = |text: &str| text.to_lowercase();
    text.split_whitespace().all(|word| {
        let (excludes, body) = match word.strip_prefix(['-', '!']) {
            Some(rest) => (true, rest),
            None => (false, word),
        };
        let parts: Vec<String> = body.split('|').filter(|part| !part.is_empty()).map(plain).collect();
        parts.is_empty()
            || parts.iter().any(|part| fields.iter().any(|field| plain(field).contains(part.as_str()))) != excludes
    })
}

#[test]
fn a_finding_about_root_is_found_by_the_beginning_of_its_name() {
    use crate::domain::root_credentials::{AuditDepth, Presence, RootAudit};
    use crate::domain::root_finding::RootFinding;
    use crate::domain::sign_in::LastSignIn;
    let audit = RootAudit {
        depth: AuditDepth::Quick,
        password: Presence::Present(None),
        access_keys: Presence::Absent,
        mfa_devices: Presence::Absent,
        signing_certificates: Presence::Absent,
        last_sign_in: LastSignIn::Never,
    };
    let text = AccountText::of("444455558888".parse().expect("an id"), "x", &["a@example.com"], "");
    let lets = |word: &str, state| {
        let root = RootFacts { state, audit: Some(&audit), ..ROOT };
        let beside = || Beside { pending: None, root, found: FoundKinds::default(), organization: ["", ""] };
        let facts = AccountFacts { text: &text, state: &AccountState::Active, beside };
        filter(&format!("found:{word}")).lets_account(&facts)
    };
    for word in ["yes", "password", "password_without_mfa", "password-without", "p", "email,password"] {
        assert!(lets(word, RootState::Finding), "{word}");
    }
    for word in ["no", "access_key", "no_hardware_mfa", "email"] {
        assert!(!lets(word, RootState::Finding), "{word}");
    }
    assert!(!lets("password", RootState::Skipped) && lets("no", RootState::Skipped));
    let names = AccountProperty::Found.values();
    assert!(RootFinding::ALL.iter().all(|finding| names.contains(&finding.as_str())));
}

proptest! {
    #[test]
    fn any_text_is_a_filter(text in "\\PC{0,40}", name in "\\PC{0,20}") {
        let filter = filter(&text);
        let _ = lets(&filter, &name, "a@example.com", "");
        prop_assert!(filter.highlighter().places(&name).iter().all(|&i| (i as usize) < name.chars().count()));
    }

    #[test]
    fn words_mean_what_a_plain_search_finds(
        words in prop::collection::vec("[-!]?[ab1A]{0,3}(\\|[abB-]{0,2})?", 0..4),
        name in "[abAB1-]{0,8}",
        email in "[ab]{1,4}@[ab]{1,4}",
        path in "[ABab/]{0,8}",
    ) {
        let text = words.join(" ");
        let fields = ["444455558888", &name, &email, &path];
        prop_assert_eq!(lets(&filter(&text), &name, &email, &path), naive(&text, &fields), "{}", text);
    }
}

proptest! {
    #[test]
    fn a_filter_that_narrows_another_matches_nothing_that_the_other_does_not(
        before in "[ab4é |!:\"-]{0,6}",
        typed in "[ab48 |!:\"-]{0,3}",
        name in "[ab48é -]{0,8}",
    ) {
        let (before, after) = (filter(&before), filter(&format!("{before}{typed}")));
        if after.narrows(&before) && lets(&after, &name, "a4@b.example", "ab/4") {
            prop_assert!(lets(&before, &name, "a4@b.example", "ab/4"));
        }
    }
}

#[test]
fn typing_on_narrows_and_what_may_match_more_does_not() {
    let narrows = |after: &str, before: &str| filter(after).narrows(&filter(before));
    for (after, before) in [("s", ""), ("sa", "s"), ("state:active s", "state:active"), ("a b", "a"), ("a !b", "a")] {
        assert!(narrows(after, before), "{after} after {before}");
    }
    for (after, before) in [
        ("", "s"),
        ("b", "a"),
        ("!ab", "!a"),
        ("a|b", "a"),
        ("state:active,suspended", "state:active"),
        ("4444-5555-8888", "4444-5555-888"),
    ] {
        assert!(!narrows(after, before), "{after} after {before}");
    }
}

#[test]
fn a_missing_security_contact_is_found_where_contacts_were_read() {
    use crate::domain::contacts::{AlternateContact, Contact, Contacts};
    use crate::domain::remote_data::RemoteData;

    let text = AccountText::of("444455556666".parse().expect("an id"), "x", &["aws@example.com"], "");
    let lets = |security: Option<Contact<AlternateContact>>, typed: &str| {
        let mut known = RemoteData::default();
        if let Some(security) = security {
            known.set(Ok(Contacts { security, ..Contacts::default() }), jiff::Timestamp::UNIX_EPOCH);
        }
        let found = FoundKinds::default().with_contacts(Some(&known));
        let beside = || Beside { pending: None, root: ROOT, found: found.clone(), organization: ["", ""] };
        filter(typed).lets_account(&AccountFacts { text: &text, state: &AccountState::Active, beside })
    };
    for typed in ["found:contact", "found:no_security_contact", "found:no-security"] {
        assert!(lets(Some(Contact::Absent), typed), "{typed}");
        // Unknown is no finding.
        let error = crate::domain::api_error::ApiError::new(
            "account:GetAlternateContact",
            crate::domain::api_error::ApiErrorKind::AccessDenied,
            "no",
        );
        assert!(!lets(Some(Contact::Unknown(error)), typed) && !lets(None, typed), "{typed}");
    }
}
