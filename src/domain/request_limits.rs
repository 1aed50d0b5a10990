//! How many calls a second a service gets at most, where somebody wants fewer than AWS allows.

/// The services that are called in numbers, with the most calls a second that AWS allows for one operation (see
/// `aws::pace`).
pub const SERVICES: [(&str, u32); 4] = [("organizations", 8), ("account", 3), ("iam", 4), ("sts", 20)];

/// The limits that were set, in calls a second, in the order of [`SERVICES`]; 0: none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RequestLimits([u8; SERVICES.len()]);

impl RequestLimits {
    /// Sets the limit of a service, if there is such a service and AWS allows as much.
    pub fn set(&mut self, service: &str, rate: u32) -> bool {
        for ((name, most), slot) in SERVICES.into_iter().zip(&mut self.0) {
            if name == service && (1..=most).contains(&rate) {
                *slot = u8::try_from(rate).unwrap_or(u8::MAX);
                return true;
            }
        }
        false
    }

    /// The limit of a service, if there is one.
    pub fn of(self, service: &str) -> Option<u32> {
        self.all().find(|(name, _)| *name == service).map(|(_, rate)| rate)
    }

    /// Whether no limit was set.
    pub fn is_empty(self) -> bool {
        self.all().next().is_none()
    }

    /// All limits, with the names of the services.
    pub fn all(self) -> impl Iterator<Item = (&'static str, u32)> {
        let limits = SERVICES.into_iter().zip(self.0).map(|((service, _), rate)| (service, u32::from(rate)));
        limits.filter(|(_, rate)| *rate > 0)
    }
}
