//! Misbehaviour on purpose.

use std::str::FromStr;
use std::time::Duration;

use super::random::Random;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InjectedFaultKind {
    /// The service's throttling error; nothing is done. `throttle`
    Throttle,
    /// The service's own failure, HTTP 500; nothing is done. `internal-error`
    InternalError,
    /// The connection ends without an answer; nothing is done. `drop`
    Drop,
    /// The operation is done, then the connection ends without an answer. `lose-reply`
    LoseReply,
    /// The caller's policies do not allow it; nothing is done. `access-denied`
    AccessDenied,
    /// The caller's session is over; nothing is done. `expired-token`
    ExpiredToken,
    /// The caller's clock is ten minutes behind AWS's; nothing is done. The `Date` header stays true, so that SDKs do
    /// not correct their clock and try again. `clock-skew`
    ClockSkew,
    /// The answer comes later by this much; other faults may come on top. `delay(250ms)`
    Delay(Duration),
    /// The operation is done, and half of the answer's body arrives. `malformed`
    Malformed,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Occurrence {
    /// With this probability, 0 to 1, at each request.
    Chance(f64),
    /// At each of the next so many requests.
    Next(u32),
}

/// As text: `[OPERATION:]KIND=RATE`, where `KIND` is the word given at each [`InjectedFaultKind`], and `RATE` a
/// probability (`0.1`, `10%`) or a number of times (`3x`). Examples: `StartPrimaryEmailUpdate:lose-reply=1x`,
/// `delay(250ms)=100%`.
#[derive(Debug, Clone, PartialEq)]
pub struct InjectedFaultRule {
    /// For instance `ListAccounts`; `None` means all.
    pub operation: Option<String>,
    pub kind: InjectedFaultKind,
    pub when: Occurrence,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InjectedFaultRuleError {
    #[error("a fault is written KIND=RATE, for instance throttle=0.1")]
    NoRate,
    #[error(
        "`{0}` is not a kind of fault; there are throttle, internal-error, drop, lose-reply, \
         access-denied, expired-token, clock-skew, malformed and delay(DURATION)"
    )]
    Kind(String),
    #[error("`{0}` is not a duration; write for instance delay(250ms)")]
    Duration(String),
    #[error("`{0}` is not a rate; write a probability such as 0.1 or 10%, or a number such as 3x")]
    Rate(String),
}

impl FromStr for InjectedFaultRule {
    type Err = InjectedFaultRuleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (what, rate) = text.rsplit_once('=').ok_or(InjectedFaultRuleError::NoRate)?;
        let (operation, kind) = match what.split_once(':') {
            Some((operation, kind)) => (Some(operation.trim().to_owned()), kind),
            None => (None, what),
        };
        Ok(Self { operation, kind: kind.trim().parse()?, when: rate.trim().parse()? })
    }
}

impl FromStr for InjectedFaultKind {
    type Err = InjectedFaultRuleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "throttle" => Self::Throttle,
            "internal-error" => Self::InternalError,
            "drop" => Self::Drop,
            "lose-reply" => Self::LoseReply,
            "access-denied" => Self::AccessDenied,
            "expired-token" => Self::ExpiredToken,
            "clock-skew" => Self::ClockSkew,
            "malformed" => Self::Malformed,
            _ => {
                let duration = text
                    .strip_prefix("delay(")
                    .and_then(|rest| rest.strip_suffix(')'))
                    .ok_or_else(|| InjectedFaultRuleError::Kind(text.to_owned()))?;
                Self::Delay(delay(duration)?)
            }
        })
    }
}

fn delay(text: &str) -> Result<Duration, InjectedFaultRuleError> {
    let wrong = || InjectedFaultRuleError::Duration(text.to_owned());
    let duration: jiff::SignedDuration = text.parse().map_err(|_| wrong())?;
    Duration::try_from(duration).map_err(|_| wrong())
}

impl FromStr for Occurrence {
    type Err = InjectedFaultRuleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || InjectedFaultRuleError::Rate(text.to_owned());
        if let Some(times) = text.strip_suffix('x') {
            return times.parse().map(Self::Next).map_err(|_| wrong());
        }
        let (number, unit) = match text.strip_suffix('%') {
            Some(percent) => (percent, 100.0),
            None => (text, 1.0),
        };
        let chance = number.parse::<f64>().map_err(|_| wrong())? / unit;
        if (0.0..=1.0).contains(&chance) { Ok(Self::Chance(chance)) } else { Err(wrong()) }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct InjectedFault {
    pub(crate) delay: Duration,
    /// A kind other than a delay.
    pub(crate) kind: Option<InjectedFaultKind>,
}

#[derive(Debug)]
pub(crate) struct Faults {
    rules: Vec<InjectedFaultRule>,
    random: Random,
}

impl Faults {
    pub(crate) fn new(rules: Vec<InjectedFaultRule>, seed: u64) -> Self {
        Self { rules, random: Random::new(seed) }
    }

    pub(crate) fn add(&mut self, rule: InjectedFaultRule) {
        self.rules.push(rule);
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    /// Delays add up; of the other kinds the first that happens wins, and later ones are not used up.
    pub(crate) fn strike(&mut self, operation: &str) -> InjectedFault {
        let mut injected = InjectedFault { delay: Duration::ZERO, kind: None };
        for rule in &mut self.rules {
            let elsewhere = rule.operation.as_deref().is_some_and(|at| at != operation);
            let delays = matches!(rule.kind, InjectedFaultKind::Delay(_));
            if elsewhere || (injected.kind.is_some() && !delays) || !rule.when.happens(&mut self.random) {
                continue;
            }
            match rule.kind {
                InjectedFaultKind::Delay(by) => injected.delay = injected.delay.saturating_add(by),
                kind => injected.kind = Some(kind),
            }
        }
        self.rules.retain(|rule| rule.when != Occurrence::Next(0));
        injected
    }
}

impl Occurrence {
    fn happens(&mut self, random: &mut Random) -> bool {
        match self {
            Self::Chance(chance) => random.happens(*chance),
            Self::Next(times) => {
                let happens = *times > 0;
                *times = times.saturating_sub(1);
                happens
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_read_from_text() {
        let rule = |operation: Option<&str>, kind, when| {
            Ok(InjectedFaultRule { operation: operation.map(str::to_owned), kind, when })
        };
        assert_eq!("throttle=0.25".parse(), rule(None, InjectedFaultKind::Throttle, Occurrence::Chance(0.25)));
        assert_eq!(
            "StartPrimaryEmailUpdate:lose-reply=2x".parse(),
            rule(Some("StartPrimaryEmailUpdate"), InjectedFaultKind::LoseReply, Occurrence::Next(2))
        );
        assert_eq!(
            "delay(250ms)=50%".parse(),
            rule(None, InjectedFaultKind::Delay(Duration::from_millis(250)), Occurrence::Chance(0.5))
        );
    }

    #[test]
    fn what_is_no_rule_is_refused_with_its_reason() {
        let error = |text: &str| text.parse::<InjectedFaultRule>().err();
        assert_eq!(error("throttle"), Some(InjectedFaultRuleError::NoRate));
        assert_eq!(error("fire=1"), Some(InjectedFaultRuleError::Kind("fire".to_owned())));
        assert_eq!(error("drop=1.5"), Some(InjectedFaultRuleError::Rate("1.5".to_owned())));
        assert_eq!(error("drop=NaN"), Some(InjectedFaultRuleError::Rate("NaN".to_owned())));
        assert_eq!(error("delay(-1s)=1"), Some(InjectedFaultRuleError::Duration("-1s".to_owned())));
    }

    #[test]
    fn a_counted_fault_strikes_so_often_and_only_where_it_belongs() {
        let rule = InjectedFaultRule {
            operation: Some("ListRoots".to_owned()),
            kind: InjectedFaultKind::Drop,
            when: Occurrence::Next(2),
        };
        let mut faults = Faults::new(vec![rule], 0);
        let struck: Vec<_> = ["ListRoots", "ListAccounts", "ListRoots", "ListRoots"]
            .into_iter()
            .map(|operation| faults.strike(operation).kind.is_some())
            .collect();
        assert_eq!(struck, [true, false, true, false]);
    }

    #[test]
    fn chance_is_about_what_was_asked_for() {
        let mut faults = Faults::new(
            vec![InjectedFaultRule {
                operation: None,
                kind: InjectedFaultKind::Throttle,
                when: Occurrence::Chance(0.2),
            }],
            7,
        );
        let struck = (0..10_000).filter(|_| faults.strike("ListAccounts").kind.is_some()).count();
        assert!((1_800..2_200).contains(&struck), "{struck} of 10,000");
    }
}
