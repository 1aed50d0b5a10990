//! What the JSON of an output holds, field by field: for programs, and for the people who write them.

use super::cell::Cell;

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    Text,
    AccountId,
    Number,
    Flag,
    /// RFC 3339, UTC, whole seconds.
    Time,
    /// One of these words, which are rootdeck's own: AWS may add some to its enums.
    OneOf(&'static [&'static str]),
    List(&'static Self),
    Record(&'static [Field]),
    Any,
}

/// A field of an output, by its one name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    shape: Shape,
    about: &'static str,
    /// Null where it does not apply, or AWS does not tell it.
    is_nullable: bool,
    /// What could not be read is an object that says why.
    may_be_unknown: bool,
    /// Not in every output of its command.
    is_optional: bool,
}

impl Field {
    pub(crate) const fn new(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self { name, shape, about, is_nullable: false, may_be_unknown: false, is_optional: false }
    }

    pub(crate) const fn or_null(self) -> Self {
        Self { is_nullable: true, ..self }
    }

    pub(crate) const fn or_unknown(self) -> Self {
        Self { may_be_unknown: true, ..self }
    }

    pub(crate) const fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }

    pub(crate) const fn shaped(self, shape: Shape) -> Self {
        Self { shape, ..self }
    }

    pub(crate) const fn about(self, about: &'static str) -> Self {
        Self { about, ..self }
    }

    fn schema(&self) -> Cell {
        let mut known = vec![("description", self.about.into())];
        if self.may_be_unknown {
            let mut choices =
                vec![Cell::Record(of(self.shape, false)), Cell::Record(of(Shape::Record(&UNKNOWN), false))];
            if self.is_nullable {
                choices.push(Cell::Record(vec![("type", "null".into())]));
            }
            known.push(("anyOf", Cell::List(choices)));
        } else {
            known.extend(of(self.shape, self.is_nullable));
        }
        Cell::Record(known)
    }
}

/// Named values in the order of their fields.
pub(crate) fn record(fields: impl IntoIterator<Item = (Field, Cell)>) -> Cell {
    Cell::Record(fields.into_iter().map(|(field, cell)| (field.name, cell)).collect())
}

/// In the place of a value that could not be read.
const UNKNOWN: [Field; 2] = [
    Field::new("status", Shape::OneOf(&["unknown"]), "The value could not be read"),
    Field::new("cause", Shape::Text, "Why"),
];

type Part = (&'static str, Cell);

fn of(shape: Shape, is_nullable: bool) -> Vec<Part> {
    let kind = |word: &str| {
        let one = Cell::from(word);
        ("type", if is_nullable { Cell::List(vec![one, "null".into()]) } else { one })
    };
    match shape {
        Shape::Text => vec![kind("string")],
        Shape::AccountId => vec![kind("string"), ("pattern", "^[0-9]{12}$".into())],
        Shape::Number => vec![kind("integer")],
        Shape::Flag => vec![kind("boolean")],
        Shape::Time => vec![kind("string"), ("format", "date-time".into())],
        Shape::OneOf(words) => {
            let null = is_nullable.then_some(Cell::Null);
            vec![kind("string"), ("enum", Cell::List(words.iter().map(|&word| word.into()).chain(null).collect()))]
        }
        Shape::List(each) => vec![kind("array"), ("items", Cell::Record(of(*each, false)))],
        Shape::Record(fields) => [vec![kind("object")], properties(fields)].concat(),
        Shape::Any => Vec::new(),
    }
}

fn properties(fields: &[Field]) -> Vec<Part> {
    vec![
        ("properties", Cell::Record(fields.iter().map(|field| (field.name, field.schema())).collect())),
        ("required", Cell::list(fields.iter().filter(|field| !field.is_optional), |field| field.name.into())),
        ("additionalProperties", false.into()),
    ]
}

/// The JSON Schema of an output of such objects.
pub(crate) fn document(title: &str, fields: &[Field], is_list: bool) -> Cell {
    let object = [vec![("type", "object".into())], properties(fields)].concat();
    let rest = if is_list { vec![("type", "array".into()), ("items", Cell::Record(object))] } else { object };
    let head = [("$schema", "https://json-schema.org/draft/2020-12/schema".into()), ("title", title.into())];
    Cell::Record(head.into_iter().chain(rest).collect())
}
