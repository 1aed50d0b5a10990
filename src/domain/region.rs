//! The names of AWS regions.

/// Whether a word looks like the name of a region: `eu-west-1`, `us-gov-east-1`, `eusc-de-east-1`.
pub(crate) fn is_region(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    let letters = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    match parts.as_slice() {
        [area, middle @ .., number] => {
            (2..=4).contains(&area.len())
                && letters(area)
                && !middle.is_empty()
                && middle.iter().all(letters)
                && !number.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_of_all_partitions_are_told_from_other_words() {
        for region in ["us-east-1", "ap-northeast-3", "cn-north-1", "us-gov-west-1", "eusc-de-east-1", "us-iso-east-1"]
        {
            assert!(is_region(region), "{region}");
        }
        for other in
            ["", "-", "us-east", "us--1", "US-EAST-1", "shop-prod-orders", "orders-1", "us-east-1a", "aws-global"]
        {
            assert!(!is_region(other), "{other}");
        }
    }
}
