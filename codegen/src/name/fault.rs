//! What can be wrong with names, and how it is told.

use super::claim::Collision;
use super::reserved::IdentKind;
use crate::api::Origin;
use crate::diagnostic::{Collector, codes};
use crate::tree::Tree;

/// A fault of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NameFault {
    /// Two items want one name.
    Collision(Collision),
    /// An explicit name that cannot be an identifier of its kind.
    Unfit {
        /// As written.
        name: String,
        /// What is used instead.
        given: String,
        /// The item.
        origin: Origin,
        /// What sort of name it is.
        kind: IdentKind,
    },
}

/// Whether an explicit name can stand as it is: an identifier in the case that its kind has.
pub(super) fn fits(kind: IdentKind, name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters.next();
    if kind.is_pascal() {
        first.is_some_and(|first| first.is_ascii_uppercase()) && letters.all(|letter| letter.is_ascii_alphanumeric())
    } else {
        first.is_some_and(|first| first.is_ascii_lowercase())
            && letters.all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
    }
}

/// Tells every fault, with the line that settles it.
pub(super) fn report(faults: &[NameFault], tree: &Tree, collector: &mut Collector) {
    for fault in faults {
        match fault {
            NameFault::Collision(collision) => report_collision(collision, tree, collector),
            NameFault::Unfit { name, given, origin, kind } => {
                collector
                    .report(&codes::BAD_NAME, tree.place(*origin))
                    .message(format!("`{name}` cannot be the name of a {}", noun(*kind)))
                    .label(format!("expected {}", expectation(*kind)))
                    .help(format!("write `{given}`"));
            }
        }
    }
}

fn report_collision(collision: &Collision, tree: &Tree, collector: &mut Collector) {
    let Collision { wanted, given, wire, winner_wire, kind, .. } = collision;
    let noun = noun(*kind);
    let help = match *kind {
        IdentKind::Method | IdentKind::ClientMethod => {
            format!("declare the method: `x-typewright: {{ method: {} }}`", bare(given))
        }
        IdentKind::Module => "declare the resource: `x-typewright: { resource: … }` at its operations".to_owned(),
        IdentKind::Webhook => "give one of the two another key, or name it: `x-typewright: { method: … }`".to_owned(),
        IdentKind::Marker => "give one of the two operations another `operationId`".to_owned(),
        IdentKind::Value => {
            format!("name it at the enum: `x-typewright: {{ values: {{ {wire:?}: {{ name: {given} }} }} }}`")
        }
        // Below a property the line would name the property.
        IdentKind::Type if is_property(wire) => {
            let line = format!("x-typewright: {{ name: {} }}", bare(given));
            format!(
                "move it to `components.schemas` under a key of its own, with `{line}` if the key says something else"
            )
        }
        _ => format!("name it: `x-typewright: {{ name: {} }}`", bare(given)),
    };
    let report = collector
        .report(&codes::NAME_COLLISION, collision.origin.map(|origin| tree.place(origin)))
        .message(format!("the {noun} `{wire}` has the same Rust name as `{winner_wire}`: `{}`", bare(wanted)))
        .label(format!("would be `{}` too", bare(wanted)))
        .help(help)
        .recovery(format!("it is called `{}`", bare(given)));
    if let Some(winner) = collision.winner {
        report.related(tree.place(winner), format!("keeps the name `{}`", bare(wanted)));
    }
}

/// Whether the item is an inline schema of a property; inline schemas go by their pointer.
fn is_property(wire: &str) -> bool {
    wire.starts_with("#/") && wire.rsplit('/').nth(1) == Some("properties")
}

fn bare(ident: &str) -> &str {
    ident.strip_prefix("r#").unwrap_or(ident)
}

fn noun(kind: IdentKind) -> &'static str {
    match kind {
        IdentKind::Type => "type",
        IdentKind::Client => "client",
        IdentKind::Value => "value",
        IdentKind::Variant => "variant",
        IdentKind::Webhook => "webhook",
        IdentKind::Field => "member",
        IdentKind::Argument | IdentKind::Setter => "parameter",
        IdentKind::Method | IdentKind::ClientMethod | IdentKind::Marker => "operation",
        IdentKind::Resource | IdentKind::Module => "resource",
    }
}

fn expectation(kind: IdentKind) -> &'static str {
    if kind.is_pascal() {
        "letters and digits in Pascal case, for example `OrderLine`"
    } else {
        "lower-case letters, digits and `_`, for example `order_line`"
    }
}
