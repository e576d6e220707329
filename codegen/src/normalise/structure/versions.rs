//! Members whose form changed between 3.0 and 3.1: `type` and the exclusive bounds. Both forms are read in every version.

use super::{Check, Context, Holds, Verdict, Version, read_as};
use crate::normalise::document::{TYPES, TYPES_IN_LIST};
use crate::tree::{NodeId, Value};

impl Check<'_> {
    pub(super) fn types(&mut self, id: NodeId, context: &Context<'_>) -> Verdict {
        match self.tree.value(id) {
            Value::String(_) => self.word(id, &TYPES, context),
            Value::Sequence(items) => {
                let items = items.clone();
                if self.version < Version::V31 {
                    let help = "write one type, with `nullable: true` if null is a value".to_owned();
                    self.reread(id, "one type", [read_as("3.1"), help], context);
                }
                for item in items {
                    // `null` without its quotes.
                    if self.tree.is_null(item) {
                        self.tree.set_value(item, Value::String("null".into()));
                    }
                }
                self.list(id, &Holds::Word(&TYPES_IN_LIST), context)
            }
            _ => self.expect(false, id, "a string", context),
        }
    }

    /// Both forms are read in every version: what was meant is clear.
    pub(super) fn exclusive(&mut self, id: NodeId, context: &Context<'_>) -> Verdict {
        let (wanted, other, help) = match self.tree.value(id) {
            Value::Bool(_) if self.version == Version::V30 => return Verdict::Keep,
            Value::Number(_) if self.version > Version::V30 => return Verdict::Keep,
            Value::Bool(_) => ("a number", "3.0", "since OpenAPI 3.1 the bound itself stands here"),
            Value::Number(_) => {
                ("`true` or `false`", "3.1", "in OpenAPI 3.0 the bound itself is `minimum` or `maximum`")
            }
            _ if self.version > Version::V30 => return self.number(id, "a number", |_| true, context),
            _ => return self.boolean(id, context),
        };
        self.reread(id, wanted, [read_as(other), help.to_owned()], context);
        Verdict::Keep
    }
}
