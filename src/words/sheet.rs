//! Rows of several sources in one output: each row says first where it is from.

use std::io;

use super::rows::{Cell, Column, Cut, Room, csv_of, json_of, record_of, table_of_cells};
use super::schema::Field;

/// Where rows are from: a field of programs, and the head of its column in a table if it is in one.
pub(crate) type Label = (Field, Option<&'static str>, Cell);

/// Rows in every form, with the columns that any of them has.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    heads: Vec<(String, Cut)>,
    shown: Vec<Vec<String>>,
    names: Vec<&'static str>,
    lines: Vec<Vec<String>>,
    records: Vec<Cell>,
}

impl Sheet {
    pub(crate) fn of<'r, R: ?Sized + 'r>(
        labels: &[Label],
        columns: &[Column<'_, R>],
        rows: impl IntoIterator<Item = &'r R>,
    ) -> Self {
        let mut sheet = Self::default();
        let in_table = || labels.iter().filter(|(_, head, _)| head.is_some());
        sheet.heads.extend(in_table().filter_map(|(_, head, _)| Some(((*head)?.to_owned(), Cut::Never))));
        sheet.heads.extend(columns.iter().filter_map(|column| Some((column.head_of()?.to_owned(), column.cut()))));
        sheet.names.extend(labels.iter().map(|(field, ..)| field.name));
        sheet.names.extend(columns.iter().filter_map(Column::csv_name));
        for row in rows {
            let shown = columns.iter().filter(|column| column.head_of().is_some()).map(|column| column.words(row));
            sheet.shown.push(in_table().map(|(_, _, cell)| cell.shown()).chain(shown).collect());
            let plain = columns.iter().filter(|column| column.csv_name().is_some()).map(|column| column.plain(row));
            sheet.lines.push(labels.iter().map(|(_, _, cell)| cell.plain()).chain(plain).collect());
            sheet.records.push(labeled(labels, columns, row));
        }
        sheet
    }

    /// Puts the rows of another one below, whatever columns that has.
    pub(crate) fn append(&mut self, other: Self) {
        let heads: Vec<String> = self.heads.iter().map(|(head, _)| head.clone()).collect();
        let others: Vec<String> = other.heads.iter().map(|(head, _)| head.clone()).collect();
        self.heads.extend(other.heads.into_iter().filter(|(head, _)| !heads.contains(head)));
        align(&mut self.shown, &heads, &other.shown, &others);
        let names = self.names.clone();
        self.names.extend(other.names.iter().filter(|name| !names.contains(name)));
        align(&mut self.lines, &names, &other.lines, &other.names);
        self.records.extend(other.records);
    }

    pub(crate) fn table(self, room: Option<Room>) -> String {
        let (heads, cuts): (Vec<&str>, Vec<Cut>) = self.heads.iter().map(|(head, cut)| (head.as_str(), *cut)).unzip();
        table_of_cells(room, &heads, &cuts, self.shown)
    }

    pub(crate) fn json(self) -> io::Result<String> {
        json_of(&Cell::List(self.records))
    }

    pub(crate) fn csv(self) -> io::Result<String> {
        csv_of(&self.names, self.lines)
    }
}

/// One row as one object on a line of its own.
pub(crate) fn line<R: ?Sized>(labels: &[Label], columns: &[Column<'_, R>], row: &R) -> io::Result<String> {
    serde_json::to_string(&labeled(labels, columns, row)).map(|text| text + "\n").map_err(io::Error::from)
}

fn labeled<R: ?Sized>(labels: &[Label], columns: &[Column<'_, R>], row: &R) -> Cell {
    let of_row = record_of(columns, row);
    let is_new = |(field, ..): &&Label| of_row.iter().all(|(name, _)| *name != field.name);
    let first = labels.iter().filter(is_new).map(|(field, _, cell)| (field.name, cell.clone()));
    Cell::Record(first.collect::<Vec<_>>().into_iter().chain(of_row).collect())
}

/// Adds `more` to `rows`: cells under the name of their column, and nothing where a row lacks one.
fn align<N: PartialEq>(rows: &mut Vec<Vec<String>>, names: &[N], more: &[Vec<String>], others: &[N]) {
    let added: Vec<usize> =
        (0..others.len()).filter(|at| others.get(*at).is_some_and(|name| !names.contains(name))).collect();
    for row in rows.iter_mut() {
        row.resize(names.len() + added.len(), String::new());
    }
    let places: Vec<usize> = names
        .iter()
        .map(|name| others.iter().position(|other| other == name).unwrap_or(usize::MAX))
        .chain(added)
        .collect();
    let cell = |row: &Vec<String>, at: usize| row.get(at).cloned().unwrap_or_default();
    rows.extend(more.iter().map(|row| places.iter().map(|at| cell(row, *at)).collect()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::schema::Shape;

    const FROM: Field = Field::new("from", Shape::Text, "");
    const NAME: Field = Field::new("name", Shape::Text, "");
    const MORE: Field = Field::new("more", Shape::Text, "");

    fn sheet(from: &str, names: &[&str], has_more: bool) -> Sheet {
        let mut columns: Vec<Column<'_, &str>> = vec![Column::new(NAME, |name: &&str| *name).head("NAME")];
        if has_more {
            columns.insert(0, Column::new(MORE, |_: &&str| "+").head("MORE"));
        }
        Sheet::of(&[(FROM, Some("FROM"), from.into())], &columns, names)
    }

    fn both() -> Sheet {
        let mut all = sheet("a", &["one"], false);
        all.append(sheet("b", &[], true));
        all.append(sheet("c", &["two", "=three"], true));
        all
    }

    #[test]
    fn each_row_says_where_it_is_from_and_cells_stand_under_their_heads() {
        assert_eq!(both().table(None), "FROM  NAME    MORE\na     one\nc     two     +\nc     =three  +\n");
        assert_eq!(both().csv().expect("csv"), "from,name,more\na,one,\nc,two,'+\nc,'=three,'+\n");
        let json: serde_json::Value = serde_json::from_str(&both().json().expect("json")).expect("a value");
        assert_eq!(json[0], serde_json::json!({ "from": "a", "name": "one" }));
        assert_eq!(json[2], serde_json::json!({ "from": "c", "more": "+", "name": "=three" }));
    }

    #[test]
    fn a_field_that_the_row_has_itself_is_not_there_twice() {
        let columns: Vec<Column<'_, &str>> = vec![Column::new(FROM, |name: &&str| *name)];
        let text = line(&[(FROM, None, "label".into())], &columns, &"own").expect("json");
        assert_eq!(text, "{\"from\":\"own\"}\n");
    }
}
