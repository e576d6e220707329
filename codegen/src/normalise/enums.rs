//! Pass: enums.
//!
//! Tells the values of a list that the schema's own `type` refuses: no value of the type equals them, so `lower` leaves them
//! out, unless that leaves none: then values of both types are read. Changes nothing. `null` is a way to say nullable, and a number or boolean in a list of strings is a text without
//! quotes; neither is a fault. A whole number in quotes is one, but it is read as the number that the type asks for.

use super::Context;
use super::defaults::{has_type, type_name};
use super::document::{JsonType, SchemaNode, Schemas};
use crate::diagnostic::Collector;
use crate::diagnostic::codes::BAD_ENUM_VALUE;
use crate::tree::{NodeId, Tree, Value};

/// Runs the pass.
pub(crate) fn check(context: &Context<'_>, schemas: &Schemas, collector: &mut Collector) {
    for schema in schemas.nodes.values().filter(|schema| !schema.types.is_empty()) {
        let listed = || schema.enum_values.iter().flatten().chain(&schema.const_value);
        let is_meant = |value: &NodeId| fits(context.tree, schema, *value) || is_quoted(context.tree, schema, *value);
        let some_fit = listed().any(|value| is_meant(value) && !context.tree.is_null(*value));
        let odd = if some_fit { "the value is left out" } else { "values of both types are read" };
        for value in listed().filter(|value| !fits(context.tree, schema, **value)) {
            let recovery = if is_meant(value) { "it is read as a number" } else { odd };
            let names: Vec<&str> = schema.types.iter().map(|ty| type_name(*ty)).collect();
            collector
                .report(&BAD_ENUM_VALUE, context.tree.place(*value))
                .message("the value contradicts its schema's type")
                .label(format!("the type is {}, this is {}", names.join(" or "), context.tree.kind_name(*value)))
                .help("correct the value, or the type")
                .recovery(recovery);
        }
    }
}

/// Whether a listed value is one of the schema's type, as far as anybody can have meant it.
pub(crate) fn fits(tree: &Tree, schema: &SchemaNode, value: NodeId) -> bool {
    let unquoted = matches!(tree.value(value), Value::Number(_) | Value::Bool(_));
    let text_is_meant = unquoted && schema.types.first() == Some(&JsonType::String);
    tree.is_null(value) || text_is_meant || schema.types.iter().any(|ty| has_type(tree, *ty, value))
}

/// Whether a listed value is a whole number in quotes, and the schema's type says that numbers are meant.
pub(crate) fn is_quoted(tree: &Tree, schema: &SchemaNode, value: NodeId) -> bool {
    let says = |ty: &JsonType| schema.types.contains(ty);
    let digits = |text: &str| text.parse::<i64>().is_ok_and(|number| number.to_string() == text);
    says(&JsonType::Integer) && !says(&JsonType::String) && tree.as_str(value).is_some_and(digits)
}

#[cfg(test)]
mod tests {
    use crate::normalise::testing::check_faults;

    #[track_caller]
    fn check(schema: &str, places: &[&str], recovery: &str) {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    A: {schema}\n"
        );
        let told = |place: &&str| {
            format!(
                "{place} TW0403 the value contradicts its schema's type | correct the value, or the type | {recovery}"
            )
        };
        let expected: Vec<String> = places.iter().map(told).collect();
        check_faults(&text, &expected.iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn values_that_the_type_refuses_are_told() {
        check("{type: integer, enum: [1, a, 2.5, 3.0]}", &["6:34", "6:37"], "the value is left out");
        check("{type: integer, enum: ['0', '1']}", &["6:31", "6:36"], "it is read as a number");
        check("{type: boolean, const: 'true'}", &["6:31"], "values of both types are read");
        check("{type: string, enum: [a, 1, true, null]}", &[], "");
        check("{type: [string, integer], enum: [a, 1]}", &[], "");
        check("{type: string, enum: [[a]]}", &["6:30"], "values of both types are read");
        check("{enum: [a, 1]}", &[], "");
    }
}
