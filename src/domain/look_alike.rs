//! Domains that look like one in use: a typing error, or a trap.

/// So many letters may be added, lost, swapped or other ones.
const SLIPS: usize = 2;
/// Below this length nearly everything looks like everything.
const SHORTEST: usize = 6;

/// The domain of `used` that `domain` looks like: by a slip or two, or with another end. All in lower case.
pub(crate) fn looks_like<'a>(domain: &str, used: impl Iterator<Item = &'a str>) -> Option<String> {
    let (name, _) = domain.rsplit_once('.').unwrap_or((domain, ""));
    let distance = |other: &str| {
        let has_same_name = other.rsplit_once('.').is_some_and(|(other, _)| other == name);
        let slips = strsim::osa_distance(domain, other);
        let is_near = slips <= SLIPS && domain.len().min(other.len()) >= SHORTEST;
        (slips > 0 && (has_same_name || is_near)).then_some(slips)
    };
    let near = used.filter_map(|other| Some((distance(other)?, other)));
    near.min().map(|(_, other)| other.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_or_another_end_looks_like_a_domain_in_use() {
        let used = ["example.com", "corp.example", "a.io"];
        let like = |domain| looks_like(domain, used.into_iter());
        for domain in ["exmaple.com", "exampel.com", "example.co", "example.net", "exarnple.com", "examp1e.com"] {
            assert_eq!(like(domain).as_deref(), Some("example.com"), "{domain}");
        }
        assert_eq!(like("corp.exampel").as_deref(), Some("corp.example"));
        for domain in ["other.org", "b.io", "example.com", "mail.example.com"] {
            assert_eq!(like(domain), None, "{domain}");
        }
    }
}
