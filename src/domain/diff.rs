//! The difference of two texts, line by line.

/// A line of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DiffLine {
    /// In both texts.
    Same(String),
    /// Only in the first one.
    Gone(String),
    /// Only in the second one.
    New(String),
    /// So many lines that are in both, far from any other.
    Skipped(usize),
}

/// How many lines in both texts are shown around the others.
const CONTEXT: usize = 3;
/// Beyond so many pairs of lines, what lies between the first and the last difference counts as replaced.
const MOST_PAIRS: usize = 4_000_000;

/// What leads from one text to the other, with a few of the lines around it; nothing if they are the same.
pub(crate) fn diff(before: &[String], after: &[String]) -> Vec<DiffLine> {
    let is_changed = |line: &DiffLine| !matches!(line, DiffLine::Same(_));
    let all = whole(before, after);
    let changed: Vec<usize> = all.iter().enumerate().filter(|(_, line)| is_changed(line)).map(|(at, _)| at).collect();
    let is_near = |at: usize| {
        let next = changed.partition_point(|place| *place < at.saturating_sub(CONTEXT));
        changed.get(next).is_some_and(|place| *place <= at + CONTEXT)
    };
    let mut shown = Vec::new();
    for (at, line) in all.into_iter().enumerate() {
        match shown.last_mut() {
            _ if is_near(at) => shown.push(line),
            Some(DiffLine::Skipped(count)) => *count += 1,
            _ => shown.push(DiffLine::Skipped(1)),
        }
    }
    if changed.is_empty() { Vec::new() } else { shown }
}

/// The same as a unified diff without its two heading lines, as `patch` and reviewers read it.
pub(crate) fn unified(before: &[String], after: &[String]) -> Vec<String> {
    let (mut lines, mut hunk): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    // Lines of either text before the hunk, and in it.
    let (mut starts, mut counts) = ((0_usize, 0_usize), (0_usize, 0_usize));
    let mut end = |hunk: &mut Vec<String>, starts: &mut (usize, usize), counts: &mut (usize, usize)| {
        if !hunk.is_empty() {
            lines.push(format!("@@ -{},{} +{},{} @@", starts.0 + 1, counts.0, starts.1 + 1, counts.1));
            lines.append(hunk);
        }
        *starts = (starts.0 + counts.0, starts.1 + counts.1);
        *counts = (0, 0);
    };
    for line in diff(before, after) {
        match line {
            DiffLine::Same(text) => {
                hunk.push(format!(" {text}"));
                counts = (counts.0 + 1, counts.1 + 1);
            }
            DiffLine::Gone(text) => {
                hunk.push(format!("-{text}"));
                counts.0 += 1;
            }
            DiffLine::New(text) => {
                hunk.push(format!("+{text}"));
                counts.1 += 1;
            }
            DiffLine::Skipped(count) => {
                end(&mut hunk, &mut starts, &mut counts);
                starts = (starts.0 + count, starts.1 + count);
            }
        }
    }
    end(&mut hunk, &mut starts, &mut counts);
    lines
}

fn whole(before: &[String], after: &[String]) -> Vec<DiffLine> {
    let same = |(one, other): &(&String, &String)| one == other;
    let head = before.iter().zip(after).take_while(same).count();
    let shorter = before.len().min(after.len()) - head;
    let tail = before.iter().rev().zip(after.iter().rev()).take(shorter).take_while(same).count();
    let inside = |all: &[String]| all.get(head..all.len() - tail).unwrap_or_default().to_vec();
    let kept = |all: &[String]| all.iter().cloned().map(DiffLine::Same).collect::<Vec<_>>();
    let mut lines = kept(before.get(..head).unwrap_or_default());
    lines.extend(middle(&inside(before), &inside(after)));
    lines.extend(kept(before.get(before.len() - tail..).unwrap_or_default()));
    lines
}

/// By the longest sequence of lines that both have.
fn middle(before: &[String], after: &[String]) -> Vec<DiffLine> {
    let wide = after.len() + 1;
    let is_large = before.len().saturating_mul(after.len()) > MOST_PAIRS;
    let mut longest = vec![0_u32; if is_large { 0 } else { (before.len() + 1) * wide }];
    let at = |longest: &[u32], one: usize, other: usize| longest.get(one * wide + other).copied().unwrap_or(0);
    for (one, line) in before.iter().enumerate().rev() {
        for (other, with) in after.iter().enumerate().rev() {
            let length = if line == with {
                at(&longest, one + 1, other + 1) + 1
            } else {
                at(&longest, one + 1, other).max(at(&longest, one, other + 1))
            };
            if let Some(cell) = longest.get_mut(one * wide + other) {
                *cell = length;
            }
        }
    }
    let (mut lines, mut one, mut other) = (Vec::new(), 0, 0);
    loop {
        match (before.get(one), after.get(other)) {
            (Some(line), Some(with)) if line == with && !is_large => {
                lines.push(DiffLine::Same(line.clone()));
                (one, other) = (one + 1, other + 1);
            }
            (Some(line), with) if with.is_none() || at(&longest, one + 1, other) >= at(&longest, one, other + 1) => {
                lines.push(DiffLine::Gone(line.clone()));
                one += 1;
            }
            (_, Some(with)) => {
                lines.push(DiffLine::New(with.clone()));
                other += 1;
            }
            (_, None) => return lines,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn shown(before: &str, after: &str) -> String {
        let sign = |line: DiffLine| match line {
            DiffLine::Same(line) => line,
            DiffLine::Gone(line) => format!("-{line}"),
            DiffLine::New(line) => format!("+{line}"),
            DiffLine::Skipped(count) => format!("@{count}"),
        };
        diff(&lines(before), &lines(after)).into_iter().map(sign).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_unified_diff_counts_the_lines_of_both_texts() {
        let before: Vec<String> = (1..=20).map(|number| number.to_string()).collect();
        let mut after = before.clone();
        after.insert(1, "new".to_owned());
        after[15] = "other".to_owned();
        let hunks: Vec<String> = unified(&before, &after).into_iter().filter(|line| line.starts_with('@')).collect();
        assert_eq!(hunks, ["@@ -1,4 +1,5 @@", "@@ -12,7 +13,7 @@"]);
        assert_eq!(unified(&before, &before), [""; 0]);
    }

    #[test]
    fn what_changed_is_shown_with_the_lines_around_it() {
        assert_eq!(shown("a b c", "a b c"), "");
        assert_eq!(shown("a b c", "a x c"), "a -b +x c");
        assert_eq!(shown("", "a"), "+a");
        assert_eq!(shown("a", ""), "-a");
        assert_eq!(shown("1 2 3 4 5 6 7 8 9", "1 2 3 4 5 6 7 8 x 9"), "@5 6 7 8 +x 9");
        assert_eq!(shown("x 1 2 3 4 5 6 7 y", "1 2 3 4 5 6 7"), "-x 1 2 3 @1 5 6 7 -y");
    }

    #[test]
    fn very_long_texts_are_compared_all_the_same() {
        let text = |add: usize| (0..3000).map(|line| (line + add).to_string()).collect::<Vec<_>>();
        assert_eq!(diff(&text(0), &text(10_000)).len(), 6000);
    }

    proptest! {
        #[test]
        fn it_holds_both_texts(before in "[abc ]{0,30}", after in "[abc ]{0,30}") {
            let (before, after) = (lines(&before), lines(&after));
            let all = whole(&before, &after);
            let of = |skip: fn(&DiffLine) -> bool| -> Vec<String> {
                all.iter().filter(|line| !skip(line)).map(|line| match line {
                    DiffLine::Same(line) | DiffLine::Gone(line) | DiffLine::New(line) => line.clone(),
                    DiffLine::Skipped(_) => String::new(),
                }).collect()
            };
            prop_assert_eq!(of(|line| matches!(line, DiffLine::New(_))), before);
            prop_assert_eq!(of(|line| matches!(line, DiffLine::Gone(_))), after);
        }
    }
}
