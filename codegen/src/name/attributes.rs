//! Names in the tables of attributes: a module per model, a function per attribute.

use super::claim::{Claim, Scope};
use super::reserved::{self, IdentKind};
use super::words::{self, Spell};

/// Modules of models, by the idents of these.
pub(crate) fn attribute_modules(models: &[&str]) -> Vec<String> {
    give(IdentKind::Module, models.iter().map(|model| (0, *model, None)))
}

/// Functions of one model: fields by wire name and ident, and further attributes by wire name alone.
pub(crate) fn attribute_functions(fields: &[(&str, &str)], further: &[&str]) -> Vec<String> {
    let fields = fields.iter().map(|(wire, ident)| (0, *wire, Some((*ident).to_owned())));
    give(IdentKind::Field, fields.chain(further.iter().map(|wire| (1, *wire, None))))
}

fn give<'a>(kind: IdentKind, wanted: impl Iterator<Item = (usize, &'a str, Option<String>)>) -> Vec<String> {
    let claim = |(rank, wire, ident): (usize, &str, Option<String>)| Claim {
        rank,
        wire: wire.to_owned(),
        plain: ident.unwrap_or_else(|| reserved::ident(kind, &words::words(wire, Spell::Plain), &[])),
        origin: None,
    };
    let claims: Vec<Claim> = wanted.map(claim).collect();
    Scope::new(kind).give(&claims, &|_| Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_table_differ() {
        assert_eq!(attribute_modules(&["Order", "LineItem", "Match"]), ["order", "line_item", "match_"]);
        let modules = attribute_modules(&["HttpServer", "HTTPServer"]);
        assert_ne!(modules[0], modules[1]);
        let functions = attribute_functions(&[("type", "r#type"), ("total", "sum")], &["total", "sum", "tags.name"]);
        assert_eq!((&*functions[0], &*functions[1], &*functions[2]), ("r#type", "sum", "total"));
        assert_eq!(functions[4], "tags_name");
        assert!(!functions[..3].contains(&functions[3]));
    }
}
