//! Lengths and patterns of parameters (service model of IAM).

use crate::emulator::validation::Violations;
use crate::emulator::{Input, Refusal};

/// On a page, and if the client does not say.
pub(super) const LARGEST_PAGE: i64 = 1_000;
const USUAL_PAGE: i64 = 100;

const NAME: &str = r"[\w+=,.@-]+";
const WORD: &str = r"[\w]+";

/// As IAM reports them, all at once (captured for `MaxItems`). That secrets are not repeated is general AWS convention.
pub(super) fn check(operation: &str, input: &Input) -> Result<(), Refusal> {
    let mut violations = Violations::default();
    let longest_name = match operation {
        "GetLoginProfile" | "CreateLoginProfile" | "DeleteLoginProfile" => 64,
        _ => 128,
    };
    let mut text = |name: &str, in_lower_case: &str, (shortest, longest), pattern: &str, others: &str| {
        let value = input.text(name)?;
        violations.length(in_lower_case, value, shortest, longest);
        if !pattern.is_empty() {
            let is_one = |one: char| one.is_ascii_alphanumeric() || one == '_' || others.contains(one);
            violations.characters(in_lower_case, value, pattern, is_one);
        }
        Ok::<(), Refusal>(())
    };
    text("UserName", "userName", (1, longest_name), NAME, "+=,.@-")?;
    text("RoleName", "roleName", (1, 64), NAME, "+=,.@-")?;
    text("AccessKeyId", "accessKeyId", (16, 128), WORD, "")?;
    text("CertificateId", "certificateId", (24, 128), WORD, "")?;
    text("SerialNumber", "serialNumber", (9, 256), r"[\w+=/:,.@-]+", "+=/:,.@-")?;
    text("PolicySourceArn", "policySourceArn", (20, 2_048), "", "")?;
    text("CallerArn", "callerArn", (1, 2_048), "", "")?;
    text("Marker", "marker", (1, 320), "", "")?;
    let marker = input.text("Marker")?;
    violations.characters("marker", marker, r"[\u0020-\u00FF]+", |one| ('\u{20}'..='\u{ff}').contains(&one));
    violations.secret_length("password", input.text("Password")?, 1, 128);
    violations.lengths("actionNames", &input.members("ActionNames")?, 3, 128);
    violations.lengths("resourceArns", &input.members("ResourceArns")?, 1, 2_048);
    if let Some(items) = input.digits("MaxItems")? {
        violations.within("maxItems", items, 1, LARGEST_PAGE);
    }
    violations.none()
}

/// How many are wanted on a page, of an input that has been checked.
pub(super) fn page_size(input: &Input) -> Result<usize, Refusal> {
    Ok(usize::try_from(input.digits("MaxItems")?.unwrap_or(USUAL_PAGE)).unwrap_or_default())
}
