//! Tuples: arrays in which each item has a type of its own.
//!
//! Up to twelve items, as the standard library's traits have them.

use super::error::Problem;
use super::{Decode, DecodeError, Decoder, Encode, Encoder};

macro_rules! tuples {
    ($($count:literal: $($item:ident $index:tt),+;)*) => {$(
        impl<$($item: Decode),+> Decode for ($($item,)+) {
            fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                let offset = d.place().offset;
                let mut slots = ($(None::<$item>,)+);
                d.tuple($count, &mut |index, d| {
                    match index {
                        $($index => slots.$index = Some(d.nested()?),)+
                        _ => {}
                    }
                    Ok(())
                })?;
                let missing = || DecodeError::new(Problem::Count { expected: $count, found: 0 }, offset);
                Ok(($(slots.$index.ok_or_else(missing)?,)+))
            }
        }

        impl<$($item: Encode),+> Encode for ($($item,)+) {
            fn encode(&self, e: &mut Encoder) {
                e.begin_array();
                $(e.item(&self.$index);)+
                e.end_array();
            }
        }
    )*};
}

tuples! {
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
    7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
    9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8;
    10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9;
    11: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10;
    12: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11;
}

#[cfg(test)]
mod tests {
    use crate::text::codec::{Decoder, from_json, to_json};

    type Point = (f64, Option<String>, Vec<i64>);

    #[test]
    fn tuples_are_arrays() {
        for text in [r#"[1.5,"x",[1,2]]"#, "[-0,null,[]]"] {
            assert_eq!(to_json(&from_json::<Point>(text).unwrap()).unwrap(), text);
        }
        assert_eq!(from_json::<(bool,)>(" [ true ] ").unwrap(), (true,));
    }

    #[test]
    fn errors_name_the_place() {
        let check = |text: &str, expected: &str| {
            assert_eq!(from_json::<Vec<Point>>(text).unwrap_err().to_string(), expected, "{text}");
        };
        check("[[1]]", "$[0]: expected an array of 3 items, found an array of 1 item");
        check("[[]]", "$[0]: expected an array of 3 items, found an array of 0 items");
        check("[[1,null,[],4,5]]", "$[0]: expected an array of 3 items, found an array of 5 items");
        check(r#"[[1,2,[]]]"#, "$[0][1]: expected a string, found a number");
        check(r#"[[1,"x",["y"]]]"#, "$[0][2][0]: expected a 64-bit integer, found a string");
        check("[{}]", "$[0]: expected an array, found an object");
    }

    #[test]
    fn tolerance_leaves_no_place_out() {
        let mut decoder = Decoder::new(r#"[["x","y"],[1,"y"],[2]]"#).tolerant(true);
        assert_eq!(decoder.document::<Vec<(i64, String)>>().unwrap(), [(1, "y".to_owned())]);
        let drift: Vec<String> = decoder.drift().0.iter().map(ToString::to_string).collect();
        let expected = [
            "$[0][0]: expected a 64-bit integer, found a string",
            "$[2]: expected an array of 2 items, found an array of 1 item",
        ];
        assert_eq!(drift, expected);
    }
}
