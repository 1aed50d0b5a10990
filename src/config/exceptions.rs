//! The file of exceptions. It attests something, so anything wrong in it is an error.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::lines::Lines;
use super::suggest::nearest;
use crate::domain::account::AccountId;
use crate::domain::report::FindingName;
use crate::domain::report::exception::{Exception, ExceptionProblem, ExceptionProblemKind as Kind};
use crate::domain::text::{clean, cut_middle};

const EXCEPTION: &str = "exception";
const KEYS: [&str; 5] = ["account", "finding", "reason", "attested_by", "until"];
/// How much of a word from the file is repeated, in columns.
const QUOTED: usize = 40;

type Found<'a> = Spanned<DeValue<'a>>;

/// The exceptions of a file.
///
/// # Errors
/// Everything that is wrong, from the top of the file to its end.
pub(crate) fn exceptions(text: &str) -> Result<Vec<Exception>, Vec<ExceptionProblem>> {
    let lines = Lines::of(text);
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |span| lines.of_offset(span.start));
        vec![ExceptionProblem { line, kind: Kind::NotToml(clean(error.message())) }]
    })?;
    let mut read = Read { lines, exceptions: Vec::new(), problems: Vec::new() };
    for (key, value) in table.get_ref() {
        match value.get_ref() {
            DeValue::Array(all) if key.get_ref() == EXCEPTION => all.iter().for_each(|one| read.one(one)),
            _ => read.wrong(key.span().start, Kind::NotAnException(quoted(key.get_ref()))),
        }
    }
    read.problems.sort_by_key(|problem| problem.line);
    if read.problems.is_empty() { Ok(read.exceptions) } else { Err(read.problems) }
}

struct Read {
    lines: Lines,
    exceptions: Vec<Exception>,
    problems: Vec<ExceptionProblem>,
}

impl Read {
    fn wrong(&mut self, offset: usize, kind: Kind) {
        self.problems.push(ExceptionProblem { line: self.lines.of_offset(offset), kind });
    }

    fn one(&mut self, value: &Found<'_>) {
        let start = value.span().start;
        let DeValue::Table(table) = value.get_ref() else {
            return self.wrong(start, Kind::NotAnException(EXCEPTION.to_owned()));
        };
        for key in table.keys() {
            if !KEYS.contains(&key.get_ref().as_ref()) {
                let meant = nearest(key.get_ref(), &KEYS);
                self.wrong(key.span().start, Kind::UnknownKey(quoted(key.get_ref()), meant));
            }
        }
        let account = self.account(table, start);
        let finding = self.finding(table, start);
        let reason = self.text(table, start, "reason");
        let attested_by = self.text(table, start, "attested_by");
        let until = self.until(table, start);
        let (Some(account), Some(finding), Some(reason), Some(attested_by), Some(until)) =
            (account, finding, reason, attested_by, until)
        else {
            return;
        };
        let line = self.lines.of_offset(start);
        let same = |other: &&Exception| other.account == account && other.finding == finding;
        match self.exceptions.iter().find(same).map(|other| other.line) {
            Some(earlier) => self.wrong(start, Kind::Twice(earlier)),
            None => self.exceptions.push(Exception { line, account, finding, reason, attested_by, until }),
        }
    }

    fn of<'t, 'a>(&mut self, table: &'t DeTable<'a>, start: usize, key: &'static str) -> Option<&'t Found<'a>> {
        let found = table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value);
        if found.is_none() {
            self.wrong(start, Kind::Missing(key));
        }
        found
    }

    fn account(&mut self, table: &DeTable<'_>, start: usize) -> Option<AccountId> {
        let value = self.of(table, start, "account")?;
        let id = value.get_ref().as_str().and_then(|text| text.parse().ok());
        if id.is_none() {
            self.wrong(value.span().start, Kind::Account(shown(value)));
        }
        id
    }

    fn finding(&mut self, table: &DeTable<'_>, start: usize) -> Option<FindingName> {
        let value = self.of(table, start, "finding")?;
        let names = FindingName::exceptable();
        let word = value.get_ref().as_str().unwrap_or_default();
        let name = FindingName::from_word(word).filter(|_| names.contains(&word));
        if name.is_none() {
            self.wrong(value.span().start, Kind::Finding(shown(value), nearest(word, &names)));
        }
        name
    }

    fn text(&mut self, table: &DeTable<'_>, start: usize, key: &'static str) -> Option<String> {
        let value = self.of(table, start, key)?;
        let text = value.get_ref().as_str().map(|text| clean(text).trim().to_owned()).filter(|text| !text.is_empty());
        if text.is_none() {
            self.wrong(value.span().start, Kind::Text(key));
        }
        text
    }

    /// A day of TOML, or one in quotes.
    fn until(&mut self, table: &DeTable<'_>, start: usize) -> Option<Date> {
        let value = self.of(table, start, "until")?;
        let text = match value.get_ref() {
            DeValue::Datetime(at) => at.to_string(),
            other => other.as_str().unwrap_or_default().to_owned(),
        };
        let day = text.parse().ok().filter(|_| text.len() == "2026-01-31".len());
        if day.is_none() {
            self.wrong(value.span().start, Kind::Until(shown(value)));
        }
        day
    }
}

fn quoted(text: &str) -> String {
    cut_middle(&clean(text), QUOTED, "…")
}

fn shown(value: &Found<'_>) -> String {
    match value.get_ref() {
        DeValue::String(text) => format!("\"{}\"", quoted(text)),
        DeValue::Integer(number) => quoted(number.as_str()),
        DeValue::Datetime(at) => at.to_string(),
        DeValue::Boolean(value) => value.to_string(),
        other => quoted(other.type_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
        [[exception]]\n\
        account = \"444455556666\"\n\
        finding = \"no_hardware_mfa\"\n\
        reason = \"Passkeys only\"\n\
        attested_by = \"CISO\"\n\
        until = 2027-03-31\n";

    fn problems(text: &str) -> Vec<(usize, Kind)> {
        exceptions(text).expect_err("problems").into_iter().map(|problem| (problem.line, problem.kind)).collect()
    }

    #[test]
    fn an_exception_says_who_attests_what_until_when() {
        let all = exceptions(GOOD).expect("exceptions");
        assert_eq!((all.len(), all[0].line, all[0].finding.as_str()), (1, 1, "no_hardware_mfa"));
        assert_eq!((all[0].until.to_string(), all[0].attested_by.as_str()), ("2027-03-31".into(), "CISO"));
        let quoted = GOOD.replace("2027-03-31", "\"2027-03-31\"");
        assert_eq!(exceptions(&quoted), Ok(all));
        assert_eq!(exceptions(""), Ok(vec![]));
    }

    #[test]
    fn anything_wrong_is_told_with_its_line_and_what_may_be_meant() {
        let with = |from: &str, to: &str| problems(&GOOD.replace(from, to));
        assert_eq!(
            with("attested_by", "atested_by"),
            [(1, Kind::Missing("attested_by")), (5, Kind::UnknownKey("atested_by".into(), Some("attested_by")))]
        );
        assert_eq!(
            with("no_hardware_mfa", "no_hardware_mf"),
            [(3, Kind::Finding("\"no_hardware_mf\"".into(), Some("no_hardware_mfa")))]
        );
        assert!(matches!(with("no_hardware_mfa", "exception_expired").as_slice(), [(3, Kind::Finding(..))]));
        assert_eq!(with("\"444455556666\"", "444455556666"), [(2, Kind::Account("444455556666".into()))]);
        assert_eq!(with("\"CISO\"", "\" \""), [(5, Kind::Text("attested_by"))]);
        assert_eq!(with("2027-03-31", "\"next year\""), [(6, Kind::Until("\"next year\"".into()))]);
        assert_eq!(with("until = 2027-03-31\n", ""), [(1, Kind::Missing("until"))]);
        assert_eq!(with("[[exception]]", "[[exceptions]]"), [(1, Kind::NotAnException("exceptions".into()))]);
        assert_eq!(problems(&format!("{GOOD}{GOOD}")), [(7, Kind::Twice(1))]);
        assert!(matches!(problems("a = ").as_slice(), [(1, Kind::NotToml(_))]));
    }
}
