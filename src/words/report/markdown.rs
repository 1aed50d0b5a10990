//! A report in Markdown.

use std::fmt::Write;

use super::block::Block;
use super::content::blocks;
use crate::domain::report::Report;

pub(crate) fn markdown(report: &Report) -> String {
    let parts: Vec<String> = blocks(report).iter().map(block).collect();
    parts.join("\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Title(text) => format!("# {}\n", escaped(text)),
        Block::Heading(text) => format!("## {}\n", escaped(text)),
        Block::Paragraph(text) => format!("{}\n", escaped(text)),
        Block::Facts(facts) => {
            facts.iter().fold(table(&["", ""]), |text, (label, value)| text + &line([*label, value.as_str()]))
        }
        Block::Table { head, rows } => {
            rows.iter().fold(table(head), |text, row| text + &line(row.cells.iter().map(String::as_str)))
        }
    }
}

/// The head of a table with these columns.
pub(crate) fn table(head: &[&str]) -> String {
    format!("{}|{}\n", line(head.iter().copied()), "---|".repeat(head.len()))
}

/// A line of a table.
pub(crate) fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::from("|");
    for cell in cells {
        write!(text, " {} |", escaped(cell)).ok();
    }
    text + "\n"
}

/// Names come from AWS: nothing in them is markup, a link, HTML or the end of a cell.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    let mut before = ' ';
    while let Some(sign) = signs.next() {
        let is_inside = before.is_alphanumeric() && signs.peek().is_some_and(|next| next.is_alphanumeric());
        before = sign;
        match sign {
            // Inside a word it is no markup.
            '_' if is_inside => safe.push(sign),
            '\n' | '\r' | '\t' => safe.push(' '),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' => {
                safe.push('\\');
                safe.push(sign);
            }
            sign => safe.push(sign),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_not_end_its_cell_or_become_markup() {
        let hostile = "a|b\n# c <script>x</script> [d](javascript:e) *f* `g` _h_ i_j";
        let text = line([hostile]);
        assert_eq!(
            text,
            "| a\\|b \\# c &lt;script&gt;x&lt;/script&gt; \\[d\\](javascript:e) \\*f\\* \\`g\\` \\_h\\_ i_j |\n"
        );
    }
}
