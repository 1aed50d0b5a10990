//! awsQuery, the protocol of IAM and STS: form parameters in, XML out. That of SQS differs.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::element::{Element, escaped};
use super::input::Input;
use super::reply::{Answer, Reply};
use crate::emulator::{Refusal, Service};

const CONTENT_TYPE: &str = "text/xml";

fn namespace(service: Service) -> &'static str {
    match service {
        Service::Sts => "https://sts.amazonaws.com/doc/2011-06-15/",
        _ => "https://iam.amazonaws.com/doc/2010-05-08/",
    }
}

pub(super) fn reply(service: Service, operation: &str, outcome: Result<Answer, Refusal>, request_id: &str) -> Reply {
    let namespace = namespace(service);
    let (status, body) = match outcome {
        Ok(answer) => (200, success(namespace, operation, answer, request_id)),
        Err(refusal) => (refusal.status, failure(namespace, &refusal, request_id)),
    };
    Reply::new(status, CONTENT_TYPE, body.into_bytes()).with_request_id(request_id)
}

/// `operation` is one we know, so it needs no escaping. Without an output there is no result element.
fn success(namespace: &str, operation: &str, answer: Answer, request_id: &str) -> String {
    let result = match answer {
        Answer::Xml(elements) => {
            let inside: String = elements.iter().map(Element::xml).collect();
            format!("<{operation}Result>{inside}</{operation}Result>")
        }
        Answer::Empty | Answer::Json(_) | Answer::Policy(_) | Answer::BucketRegion(_) => String::new(),
    };
    format!(
        "<{operation}Response xmlns=\"{namespace}\">{result}<ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata>\
         </{operation}Response>"
    )
}

fn failure(namespace: &str, refusal: &Refusal, request_id: &str) -> String {
    let blame = if refusal.status < 500 { "Sender" } else { "Receiver" };
    let message = escaped(refusal.message.as_deref().unwrap_or_default());
    let code = refusal.code;
    format!(
        "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>{blame}</Type><Code>{code}</Code>\
         <Message>{message}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>"
    )
}

/// The parameters of `a=1&b=2`, of a form body or of a query string. What is no encoding stays as it is.
pub(super) fn input(form: &str) -> Input {
    let pairs = form_urlencoded::parse(form.as_bytes());
    Input(pairs.map(|(name, value)| (name.into_owned(), Value::String(value.into_owned()))).collect())
}

/// Like in a form, but a plus sign is one.
pub(super) fn decoded_path(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::emulator::wire::element::encoded;

    #[test]
    fn parameters_are_decoded() {
        let input = input("Action=Get+It&Name=a%2Bb%3D%E6%A4%9C&Odd=100%&Flag&&");
        assert_eq!(input.text("Action"), Ok(Some("Get It")));
        assert_eq!(input.text("Name"), Ok(Some("a+b=検")));
        assert_eq!(input.text("Odd"), Ok(Some("100%")));
        assert_eq!(input.text("Flag"), Ok(Some("")));
        assert_eq!(input.text("Missing"), Ok(None));
        assert!(!format!("{input:?}").contains("Get It"), "{input:?}");
    }

    #[test]
    fn text_cannot_become_markup() {
        let out = Element::text("Arn", "a<b>&\"c'").xml();
        assert_eq!(out, "<Arn>a&lt;b&gt;&amp;&quot;c&apos;</Arn>");
    }

    proptest! {
        #[test]
        fn any_form_is_read(form in "\\PC*") {
            // Nothing is read that the form has no room for: a name, an equals sign and a value per pair.
            let longest = form.split('&').count();
            prop_assert!(input(&form).0.len() <= longest);
        }

        #[test]
        fn what_is_encoded_byte_by_byte_comes_back(text in "\\PC*") {
            let all: Vec<_> = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
            prop_assert_eq!(decoded_path(&all.concat()), text.as_str());
            prop_assert_eq!(decoded_path(&encoded(&text)), text.as_str());
            let form = input(&format!("Name={}", encoded(&text)));
            prop_assert_eq!(form.text("Name"), Ok(Some(text.as_str())));
        }
    }
}
