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

/// The regions of a partition that AWS documents, and where they are. There may be others by now.
pub(crate) fn known_regions(partition: &str) -> &'static [(&'static str, &'static str)] {
    match partition {
        "aws-cn" => &[("cn-north-1", "Beijing"), ("cn-northwest-1", "Ningxia")],
        "aws-us-gov" => &[("us-gov-east-1", "US-East"), ("us-gov-west-1", "US-West")],
        "aws-eusc" => &[("eusc-de-east-1", "Brandenburg")],
        "aws" => COMMERCIAL,
        _ => &[],
    }
}

const COMMERCIAL: &[(&str, &str)] = &[
    ("us-east-1", "N. Virginia"),
    ("us-east-2", "Ohio"),
    ("us-west-1", "N. California"),
    ("us-west-2", "Oregon"),
    ("ap-northeast-1", "Tokyo"),
    ("ap-northeast-2", "Seoul"),
    ("ap-northeast-3", "Osaka"),
    ("ap-southeast-1", "Singapore"),
    ("ap-southeast-2", "Sydney"),
    ("ap-southeast-3", "Jakarta"),
    ("ap-southeast-4", "Melbourne"),
    ("ap-southeast-5", "Kuala-Lumpur"),
    ("ap-southeast-6", "Auckland"),
    ("ap-southeast-7", "Bangkok"),
    ("ap-east-1", "Hong-Kong"),
    ("ap-east-2", "Taipei"),
    ("ap-south-1", "Mumbai"),
    ("ap-south-2", "Hyderabad"),
    ("ca-central-1", "Canada"),
    ("ca-west-1", "Calgary"),
    ("eu-central-1", "Frankfurt"),
    ("eu-central-2", "Zurich"),
    ("eu-north-1", "Stockholm"),
    ("eu-south-1", "Milan"),
    ("eu-south-2", "Spain"),
    ("eu-west-1", "Ireland"),
    ("eu-west-2", "London"),
    ("eu-west-3", "Paris"),
    ("af-south-1", "Cape-Town"),
    ("il-central-1", "Tel-Aviv"),
    ("me-central-1", "UAE"),
    ("me-south-1", "Bahrain"),
    ("mx-central-1", "Mexico"),
    ("sa-east-1", "Sao-Paulo"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_of_all_partitions_are_told_from_other_words() {
        for region in ["us-east-1", "ap-northeast-3", "cn-north-1", "us-gov-west-1", "eusc-de-east-1", "us-iso-east-1"]
        {
            assert!(is_region(region), "{region}");
        }
        for partition in ["aws", "aws-cn", "aws-us-gov", "aws-eusc"] {
            let known = known_regions(partition);
            assert!(!known.is_empty() && known.iter().all(|(region, _)| is_region(region)), "{partition}");
        }
        for other in
            ["", "-", "us-east", "us--1", "US-EAST-1", "shop-prod-orders", "orders-1", "us-east-1a", "aws-global"]
        {
            assert!(!is_region(other), "{other}");
        }
    }
}
