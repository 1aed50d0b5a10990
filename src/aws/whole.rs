//! Answers are read only if they are whole.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::AfterDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

/// Refuses a success of an awsQuery service, or a listing of S3, whose XML does not come to its end.
///
/// The SDK takes the end of the text for the end of whatever is open, so of an answer that was cut
/// off it makes one with less in it: root features that are on would be shown as off, and an access
/// key that is there as gone.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WholeXml;

/// Refuses a success of a JSON service without an object in it, where one is due: writes are answered
/// with nothing. The SDK takes nothing at all for an empty object: a queue whose answer was lost would
/// be shown as one without a policy.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WholeJson;

#[dyn_dispatch_hint]
impl Intercept for WholeXml {
    fn name(&self) -> &'static str {
        "Answers are read only if they are whole"
    }

    // After the SDK has read it, since only then the whole body is there.
    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        refuse_unless(is_whole, context)
    }
}

#[dyn_dispatch_hint]
impl Intercept for WholeJson {
    fn name(&self) -> &'static str {
        "Answers are read only if there is one"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        refuse_unless(|json| json.trim_ascii().starts_with(b"{"), context)
    }
}

fn refuse_unless(
    is_whole: impl Fn(&[u8]) -> bool,
    context: &AfterDeserializationInterceptorContextRef<'_>,
) -> Result<(), BoxError> {
    let response = context.response();
    let cut_off = response.body().bytes().is_some_and(|body| !is_whole(body));
    if response.status().is_success() && cut_off { Err("the answer was cut off".into()) } else { Ok(()) }
}

/// Whether `xml` ends by closing the element that every answer of these services is
/// (`<OperationResponse>`, and `<ListAllMyBucketsResult>` for S3: service models).
fn is_whole(xml: &[u8]) -> bool {
    let last = xml.trim_ascii_end().rsplit(|byte| *byte == b'<').next().unwrap_or_default();
    last.starts_with(b"/") && (last.ends_with(b"Response>") || last == b"/ListAllMyBucketsResult>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_closes_its_outermost_element_is_whole() {
        assert!(is_whole(b"<AResponse><AResult/></AResponse>\n"));
        assert!(is_whole(b"<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>"));
        for cut in ["", "<AResponse>", "<AResponse><AResult/>", "<AResponse><AResult/></ARespons"] {
            assert!(!is_whole(cut.as_bytes()), "{cut}");
        }
    }
}
