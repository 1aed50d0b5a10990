//! What mends something, for whoever is at the command line and not in front of the screen.

use crate::domain::change::Switch;
use crate::domain::fault::{Fault, FaultKind};
use crate::domain::trusted_access::ServicePrincipal;

/// The command that turns `switch` on.
#[must_use]
pub fn turn_on(switch: &Switch) -> String {
    match switch {
        Switch::TrustedAccess(service) => format!("rootdeck trust enable {service}"),
        Switch::RootFeature(feature) => format!("rootdeck features enable {feature}"),
    }
}

/// What to do about a fault, where the words for the screen speak of its views and keys.
#[must_use]
pub fn mend(fault: &Fault) -> Option<String> {
    let turn = |switch| format!("Turn it on with `{}` (management account only).", turn_on(&switch));
    Some(match fault.kind {
        FaultKind::TrustedAccessOff => turn(Switch::TrustedAccess(service_of(fault.operation))),
        FaultKind::RootFeatureOff(feature) => turn(Switch::RootFeature(feature)),
        FaultKind::Conflict if is_email(fault.operation) => {
            "See with `rootdeck email status` how the account's change stands. Wait for it, finish it with `rootdeck \
             email accept`, or take another address."
                .to_owned()
        }
        FaultKind::NoEmailChange => "Start one with `rootdeck email start`.".to_owned(),
        _ => return None,
    })
}

/// The service whose trusted access an operation needs.
fn service_of(operation: &str) -> ServicePrincipal {
    if is_email(operation) { ServicePrincipal::account_management() } else { ServicePrincipal::iam() }
}

fn is_email(operation: &str) -> bool {
    operation.starts_with("account:")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::root_feature::RootFeature;

    #[test]
    fn a_closed_gate_names_the_command_that_opens_it() {
        let mended = |operation, kind| mend(&Fault::new(operation, kind, "")).unwrap_or_default();
        let off = FaultKind::TrustedAccessOff;
        assert!(mended("account:GetPrimaryEmail", off).contains("rootdeck trust enable account.amazonaws.com"));
        assert!(mended("iam:ListOrganizationsFeatures", off).contains("rootdeck trust enable iam.amazonaws.com"));
        let off = FaultKind::RootFeatureOff(RootFeature::RootSessions);
        assert!(mended("sts:AssumeRoot", off).contains("rootdeck features enable RootSessions"));
        assert_eq!(mended("sts:AssumeRoot", FaultKind::Conflict), "");
    }
}
