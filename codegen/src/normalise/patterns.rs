//! Pass: patterns.
//!
//! Before: `pattern` and the keys of `patternProperties` as the document wrote them. After: the same, without those that
//! are no ECMA expression. Whether the runtime can check one is asked of [`translate`] by whoever emits it.

use super::Context;
use super::document::Schemas;
use super::pattern::{Translated, translate};
use crate::diagnostic::Collector;
use crate::diagnostic::codes::BAD_PATTERN;
use crate::source::Place;

/// Runs the pass.
pub(crate) fn check(context: &Context<'_>, schemas: &mut Schemas, collector: &mut Collector) {
    for schema in schemas.nodes.values_mut() {
        if let Some((text, node)) = &schema.pattern
            && let Translated::Broken(reason) = translate(text)
        {
            report((text, reason), context.tree.place(*node), "the pattern is ignored", collector);
            schema.pattern = None;
        }
        let keys = context.tree.member(schema.at, "patternProperties");
        schema.pattern_properties.retain(|(text, _)| {
            let Translated::Broken(reason) = translate(text) else { return true };
            let member = keys.and_then(|keys| context.tree.entry(keys, text));
            if let Some(member) = member {
                report((text, reason), member.key_place, "the members that it speaks of are untyped", collector);
            }
            false
        });
    }
}

fn report((text, reason): (&str, String), place: Place, recovery: &str, collector: &mut Collector) {
    collector
        .report(&BAD_PATTERN, place)
        .message(format!("`{text}` is no regular expression"))
        .label(reason)
        .help("write an ECMA 262 expression; other dialects have no place in OpenAPI")
        .recovery(recovery);
}

#[cfg(test)]
mod tests {
    use crate::normalise::testing::check_faults;

    #[test]
    fn a_pattern_that_does_not_parse_is_ignored() {
        check_faults(
            "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {type: string, pattern: '['}}}",
            &[
                "4:51 TW0402 `[` is no regular expression | write an ECMA 262 expression; other dialects have no place in OpenAPI | the pattern is ignored",
            ],
        );
    }
}
