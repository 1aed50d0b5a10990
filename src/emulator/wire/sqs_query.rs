//! awsQuery, the former protocol of SQS: form parameters in, XML out. A request may go to the URL of its queue.
//!
//! Lists and maps are flattened: `AttributeName.1=…`, `Attribute.1.Name=…&Attribute.1.Value=…` (AWS documentation).

use std::collections::BTreeMap;

use axum::http::header::HOST;
use axum::http::request::Parts;
use serde_json::{Map, Value, json};

use super::element::{Element, escaped};
use super::input::{Input, header};
use super::reply::{Answer, Reply};
use super::sqs::query_code;
use crate::emulator::Refusal;
use crate::emulator::validation::is_account_id;

const CONTENT_TYPE: &str = "text/xml";
const NAMESPACE: &str = "http://queue.amazonaws.com/doc/2012-11-05/";

/// Whether it is the path of a queue, `/ACCOUNT/NAME`.
pub(super) fn is_queue(path: &str) -> bool {
    let parts = path.strip_prefix('/').and_then(|path| path.split_once('/'));
    parts.is_some_and(|(account, name)| is_account_id(account) && !name.is_empty() && !name.contains('/'))
}

/// In the shape of the service model, as it comes in JSON.
pub(super) fn input(head: &Parts, form: &Input) -> Result<Input, Refusal> {
    let mut members = Map::new();
    let (mut names, mut attributes) = (BTreeMap::new(), BTreeMap::<usize, [Option<&str>; 2]>::new());
    for (key, value) in &form.0 {
        let Some(value) = value.as_str() else { continue };
        if let Some(number) = numbered(key, "AttributeName") {
            names.insert(number?, value);
        } else if let Some((key, part)) = ["Name", "Value"]
            .iter()
            .enumerate()
            .find_map(|(part, end)| Some((key.strip_suffix(end)?.strip_suffix('.')?, part)))
            && let Some(number) = numbered(key, "Attribute")
        {
            if let Some(slot) = attributes.entry(number?).or_default().get_mut(part) {
                *slot = Some(value);
            }
        } else if key == "MaxResults" {
            let number: i64 = value.parse().map_err(|_| Refusal::malformed())?;
            members.insert(key.clone(), json!(number));
        } else {
            members.insert(key.clone(), json!(value));
        }
    }
    if !names.is_empty() {
        members.insert("AttributeNames".to_owned(), names.into_values().collect());
    }
    if !attributes.is_empty() {
        let pairs = attributes.into_values().filter_map(|[name, value]| Some((name?.to_owned(), json!(value?))));
        members.insert("Attributes".to_owned(), Value::Object(pairs.collect()));
    }
    let path = head.uri.path();
    if is_queue(path) && !members.contains_key("QueueUrl") {
        let host = header(head, HOST.as_str()).unwrap_or_default();
        members.insert("QueueUrl".to_owned(), json!(format!("http://{host}{path}")));
    }
    Ok(Input(members))
}

/// The number of `NAME.3`; 1 of `NAME` alone, as AWS documents some.
fn numbered(key: &str, name: &str) -> Option<Result<usize, Refusal>> {
    let rest = key.strip_prefix(name)?;
    if rest.is_empty() {
        return Some(Ok(1));
    }
    let number = rest.strip_prefix('.')?.parse();
    Some(number.map_err(|_| Refusal::malformed()))
}

pub(super) fn reply(operation: &str, outcome: Result<Answer, Refusal>, request_id: &str) -> Reply {
    let (status, body) = match outcome {
        Ok(answer) => (200, success(operation, answer, request_id)),
        Err(refusal) => (refusal.status, failure(operation, &refusal, request_id)),
    };
    Reply::new(status, CONTENT_TYPE, body.into_bytes()).with_request_id(request_id)
}

/// `operation` is one we know, so it needs no escaping.
fn success(operation: &str, answer: Answer, request_id: &str) -> String {
    let result = match answer {
        Answer::Json(value) => elements(&value).iter().map(Element::xml).collect(),
        Answer::Empty | Answer::Xml(_) | Answer::Policy(_) | Answer::BucketRegion(_) => String::new(),
    };
    // The one operation without an output.
    let result = if operation == "SetQueueAttributes" {
        result
    } else {
        format!("<{operation}Result>{result}</{operation}Result>")
    };
    format!(
        "<?xml version=\"1.0\"?><{operation}Response xmlns=\"{NAMESPACE}\">{result}<ResponseMetadata><RequestId>\
         {request_id}</RequestId></ResponseMetadata></{operation}Response>"
    )
}

fn elements(value: &Value) -> Vec<Element> {
    let text = |member: &Value| member.as_str().unwrap_or_default().to_owned();
    let mut elements = Vec::new();
    for url in value.get("QueueUrls").and_then(Value::as_array).into_iter().flatten().chain(value.get("QueueUrl")) {
        elements.push(Element::text("QueueUrl", text(url)));
    }
    for (name, value) in value.get("Attributes").and_then(Value::as_object).into_iter().flatten() {
        let pair = vec![Element::text("Name", name.as_str()), Element::text("Value", text(value))];
        elements.push(Element::nested("Attribute", pair));
    }
    elements.extend(value.get("NextToken").map(|token| Element::text("NextToken", text(token))));
    elements
}

/// The text about an unknown operation is what people report.
fn failure(operation: &str, refusal: &Refusal, request_id: &str) -> String {
    let blame = if refusal.status < 500 { "Sender" } else { "Receiver" };
    let code = query_code(refusal.code);
    let unknown = format!("The action {operation} is not valid for this endpoint.");
    let message = refusal.message.as_deref().unwrap_or(if code == "InvalidAction" { &unknown } else { "" });
    format!(
        "<?xml version=\"1.0\"?><ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>{blame}</Type><Code>{code}</Code>\
         <Message>{}</Message><Detail/></Error><RequestId>{request_id}</RequestId></ErrorResponse>",
        escaped(message)
    )
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use proptest::prelude::*;

    use super::super::query;
    use super::*;

    fn read(path: &str, form: &str) -> Result<Input, Refusal> {
        let request = Request::builder().uri(path).header(HOST, "127.0.0.1:4599").body(());
        let Ok(request) = request else { unreachable!("a request") };
        input(&request.into_parts().0, &query::input(form))
    }

    #[test]
    fn flattened_lists_and_maps_become_what_they_are_in_json() {
        for (path, form, expected) in [
            ("/", "MaxResults=5&NextToken=x", json!({ "MaxResults": 5, "NextToken": "x" })),
            (
                "/",
                "QueueUrl=u&AttributeName.2=Policy&AttributeName.1=QueueArn",
                json!({ "QueueUrl": "u", "AttributeNames": ["QueueArn", "Policy"] }),
            ),
            (
                "/111122223333/orders",
                "Attribute.1.Name=Policy&Attribute.1.Value=",
                json!({ "QueueUrl": "http://127.0.0.1:4599/111122223333/orders", "Attributes": { "Policy": "" } }),
            ),
            ("/", "Attribute.Name=Policy&Attribute.Value=x", json!({ "Attributes": { "Policy": "x" } })),
            ("/", "AttributeName=All", json!({ "AttributeNames": ["All"] })),
        ] {
            assert_eq!(read(path, form), Ok(Input::of(expected)), "{path} {form}");
        }
        for form in ["AttributeName.x=All", "MaxResults=many"] {
            assert_eq!(read("/", form), Err(Refusal::malformed()), "{form}");
        }
    }

    #[test]
    fn the_path_of_a_queue_has_an_account_and_a_name() {
        assert!(is_queue("/111122223333/orders.fifo"));
        for path in ["/", "/111122223333", "/111122223333/", "/1111/orders", "/111122223333/a/b", ""] {
            assert!(!is_queue(path), "{path}");
        }
    }

    proptest! {
        #[test]
        fn any_form_is_read(form in "\\PC*") {
            let _ = read("/111122223333/orders", &form);
        }
    }
}
