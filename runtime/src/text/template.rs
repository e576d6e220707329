//! Templates of documents: text with words in braces.
//!
//! Fills in one pass, so that braces inside a value are never expanded. Braces around unknown words stay as they are.

use std::borrow::Cow;

/// Puts the value of each word in its place.
pub(crate) fn fill<'v>(template: &str, value: &dyn Fn(&str) -> Option<Cow<'v, str>>) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after.split_once('}').and_then(|(word, tail)| Some((value(word)?, tail)));
        rest = match known {
            Some((text, tail)) => {
                filled.push_str(&text);
                tail
            }
            None => {
                filled.push('{');
                after
            }
        };
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_filled_once() {
        let value = |word: &str| match word {
            "a" => Some(Cow::Borrowed("{b}")),
            "b" => Some(Cow::Borrowed("2")),
            "empty" => Some(Cow::Borrowed("")),
            _ => None,
        };
        let check = |template: &str, expected: &str| assert_eq!(fill(template, &value), expected, "{template}");
        check("", "");
        check("x{a}y{b}", "x{b}y2");
        check("{empty}", "");
        check("{c}{b}", "{c}2");
        check("{{b}}", "{2}");
        check("{b", "{b");
        check("}{b}{", "}2{");
        check("ü{b}é", "ü2é");
    }
}
