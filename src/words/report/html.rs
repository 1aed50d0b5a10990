//! A report as one page of HTML: no script, nothing to load, for a browser and a printer.

use std::fmt::Write;

use super::block::{Block, Row};
use super::content::blocks;
use crate::domain::report::Report;

/// The page takes nothing from elsewhere, whatever is in a name.
const HEAD: &str = "<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
";
const STYLE: &str = "<style>
body { font: 14px/1.45 system-ui, sans-serif; color: #1b1f24; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; border-bottom: 1px solid #d0d7de; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
th, td { border: 1px solid #d0d7de; padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #f3f5f7; white-space: nowrap; }
.facts th { width: 14rem; }
.critical td:first-child { border-left: 5px solid #a40e26; }
.high td:first-child { border-left: 5px solid #d1570a; }
.medium td:first-child { border-left: 5px solid #b08800; }
@media print { body { margin: 0; max-width: none; font-size: 9pt; } thead { display: table-header-group; } tr { break-inside: avoid; } h2 { break-after: avoid; } @page { size: A4 landscape; margin: 12mm; } }
</style>
";

pub(crate) fn html(report: &Report) -> String {
    let blocks = blocks(report);
    let title = blocks.iter().find_map(|block| if let Block::Title(text) = block { Some(escaped(text)) } else { None });
    let title = title.unwrap_or_default();
    let mut page =
        format!("<!doctype html>\n<html lang=\"en\">\n<head>\n{HEAD}<title>{title}</title>\n{STYLE}</head>\n<body>\n");
    page.extend(blocks.iter().map(part));
    page + "</body>\n</html>\n"
}

fn part(block: &Block) -> String {
    match block {
        Block::Title(text) => format!("<h1>{}</h1>\n", escaped(text)),
        Block::Heading(text) => format!("<h2>{}</h2>\n", escaped(text)),
        Block::Paragraph(text) => format!("<p>{}</p>\n", escaped(text)),
        Block::Facts(facts) => {
            let row = |text: String, (label, value): &(&str, String)| {
                format!("{text}<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", escaped(label), escaped(value))
            };
            facts.iter().fold("<table class=\"facts\">\n".to_owned(), row) + "</table>\n"
        }
        Block::Table { head, rows } => {
            let heads =
                head.iter().fold(String::new(), |text, head| format!("{text}<th scope=\"col\">{}</th>", escaped(head)));
            let table = format!("<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n");
            rows.iter().fold(table, |text, row| text + &line(row)) + "</tbody>\n</table>\n"
        }
    }
}

fn line(row: &Row) -> String {
    let class = row.severity.map(|severity| format!(" class=\"{severity}\"")).unwrap_or_default();
    let mut text = format!("<tr{class}>");
    for cell in &row.cells {
        write!(text, "<td>{}</td>", escaped(cell)).ok();
    }
    text + "</tr>\n"
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            sign => safe.push(sign),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_not_become_markup() {
        let row = Row::plain(vec!["<img src=x onerror=\"a('b')\">&".to_owned()]);
        assert_eq!(line(&row), "<tr><td>&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;</td></tr>\n");
    }
}
