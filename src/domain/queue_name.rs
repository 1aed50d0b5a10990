//! A queue as a person names it: by name, URL or ARN.

use super::account::AccountId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QueueName {
    pub(crate) name: String,
    pub(crate) region: Option<String>,
    pub(crate) account: Option<AccountId>,
}

impl QueueName {
    /// From a name (`jobs.fifo`), a URL (`https://sqs.eu-west-1.amazonaws.com/444455556666/jobs`, the older forms with
    /// the region in front or with none, VPC endpoints, stand-ins for AWS) or an ARN
    /// (`arn:aws:sqs:eu-west-1:444455556666:jobs`); `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.starts_with("arn:") {
            return Self::of_arn(text);
        }
        match text.split_once("://") {
            Some(("https" | "http", rest)) => Self::of_url(rest),
            Some(_) => None,
            None => Some(Self { name: checked(text)?, region: None, account: None }),
        }
    }

    fn of_arn(arn: &str) -> Option<Self> {
        let parts: Vec<&str> = arn.split(':').collect();
        match parts.as_slice() {
            ["arn", _, "sqs", region, account, name] => Some(Self {
                name: checked(name)?,
                region: Some((*region).to_owned()).filter(|region| !region.is_empty()),
                account: Some(account.parse().ok()?),
            }),
            _ => None,
        }
    }

    fn of_url(rest: &str) -> Option<Self> {
        let (authority, path) = rest.split_once('/')?;
        let path: Vec<&str> = path.trim_end_matches('/').split('/').collect();
        let [.., account, name] = path.as_slice() else { return None };
        let host = authority.split(':').next().unwrap_or_default();
        Some(Self { name: checked(name)?, region: region_of(host), account: Some(account.parse().ok()?) })
    }
}

/// The region in the host of a queue's URL: after `sqs`, or before `queue` (AWS documentation, legacy endpoints, of
/// which the one without a region is that of us-east-1).
fn region_of(host: &str) -> Option<String> {
    let labels: Vec<&str> = host.split('.').collect();
    let place = |word: &str| labels.iter().position(|label| *label == word || *label == format!("{word}-fips"));
    let region = if let Some(sqs) = place("sqs") {
        labels.get(sqs + 1).copied()
    } else {
        match place("queue") {
            Some(0) => Some("us-east-1"),
            Some(queue) => labels.get(queue - 1).copied(),
            None => None,
        }
    };
    // Every region is called like this: `eu-west-1`, `us-gov-west-1`.
    region
        .filter(|region| region.contains('-') && region.ends_with(|last: char| last.is_ascii_digit()))
        .map(str::to_owned)
}

/// Letters, digits, hyphens and underscores, and `.fifo` (AWS documentation).
fn checked(name: &str) -> Option<String> {
    let stem = name.strip_suffix(".fifo").unwrap_or(name);
    let fits = (1..=80).contains(&name.len())
        && !stem.is_empty()
        && stem.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    fits.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Name, region and account, with `-` for what is not told.
    fn parsed(text: &str) -> String {
        let found = QueueName::parse(text).expect("a queue");
        let account = found.account.map_or("-".to_owned(), |account| account.to_string());
        format!("{} {} {account}", found.name, found.region.as_deref().unwrap_or("-"))
    }

    #[test]
    fn region_and_account_are_taken_from_urls_and_arns() {
        assert_eq!(parsed(" jobs.fifo "), "jobs.fifo - -");
        for text in [
            "arn:aws:sqs:eu-west-1:444455556666:jobs",
            "https://sqs.eu-west-1.amazonaws.com/444455556666/jobs",
            "https://eu-west-1.queue.amazonaws.com/444455556666/jobs",
            "https://vpce-1-2.sqs.eu-west-1.vpce.amazonaws.com/444455556666/jobs/",
        ] {
            assert_eq!(parsed(text), "jobs eu-west-1 444455556666", "{text}");
        }
        let china = parsed("https://sqs.cn-north-1.amazonaws.com.cn/444455556666/jobs");
        assert_eq!(china, "jobs cn-north-1 444455556666");
        assert_eq!(parsed("https://queue.amazonaws.com/444455556666/jobs"), "jobs us-east-1 444455556666");
        assert_eq!(parsed("http://127.0.0.1:4566/444455556666/jobs"), "jobs - 444455556666");
    }

    #[test]
    fn what_can_name_no_queue_is_refused() {
        for text in [
            "",
            "a b",
            ".fifo",
            "arn:aws:sns:eu-west-1:444455556666:jobs",
            "arn:aws:sqs:eu-west-1:4444:jobs",
            "https://sqs.eu-west-1.amazonaws.com/jobs",
            "https://sqs.eu-west-1.amazonaws.com",
            "file:///444455556666/jobs",
        ] {
            assert_eq!(QueueName::parse(text), None, "{text}");
        }
    }
}
