//! Hostile documents as series of one, two and four steps of 128 KB (of 1 MB where `TYPEWRIGHT_THOROUGH` is set): work grows with the text, and so does the memory that is counted, up to the
//! limit. Both are counted and not measured, so that a busy machine changes nothing.

use super::scan::work;
use super::{Decode, DecodeError, Decoder, ShapeFacts};
use crate::text::values::{Decimal, Extra, Json, Map};

/// The size of the first document of a series.
fn step() -> usize {
    if std::env::var_os("TYPEWRIGHT_THOROUGH").is_some() { 1 << 20 } else { 1 << 17 }
}

/// A model without members, as the generator writes it.
struct Empty {
    _extra: Extra,
}

impl Decode for Empty {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut extra = Extra::new();
        d.object(&[], &mut extra, &mut |_, _| Ok(()))?;
        Ok(Self { _extra: extra })
    }
}

/// A model that holds itself, in a list and in a box.
struct Tree {
    _name: Option<String>,
    _children: Option<Vec<Tree>>,
    _next: Option<Box<Tree>>,
    _extra: Extra,
}

impl Decode for Tree {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let (mut name, mut children, mut next, mut extra) = (None, None, None, Extra::new());
        d.object(&["name", "c", "n"], &mut extra, &mut |index, d| match index {
            0 => d.optional(&mut name),
            1 => d.optional(&mut children),
            _ => d.optional(&mut next),
        })?;
        Ok(Self { _name: name, _children: children, _next: next, _extra: extra })
    }
}

/// A model whose member is required, so that tolerant reading passes over it as a whole.
struct Strict;

impl Decode for Strict {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let (mut id, mut inner) = (None::<i64>, None::<Box<Strict>>);
        d.object(&["id", "n"], &mut Extra::new(), &mut |index, d| match index {
            0 => d.required(&mut id),
            _ => d.optional(&mut inner),
        })?;
        id.map(|_| Self).ok_or_else(|| d.missing(&["id"]))
    }
}

/// A union that is told by the shapes of its variants.
#[allow(dead_code, reason = "read and not looked at")]
enum ByShape {
    One(Box<Empty>),
    Two(Box<Map<i64>>),
}

impl Decode for ByShape {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        static SHAPES: &[ShapeFacts] = &[ShapeFacts::object(&["one"], &["one"]), ShapeFacts::object(&[], &["two"])];
        match d.shape(SHAPES)? {
            Some(0) => d.boxed().map(Self::One),
            _ => d.boxed().map(Self::Two),
        }
    }
}

/// A union that is told by a tag.
#[allow(dead_code, reason = "read and not looked at")]
enum ByTag {
    Known(Box<Empty>),
    Unknown(Json),
}

impl Decode for ByTag {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        match d.tag("kind")?.as_deref() {
            Some("known") => d.boxed().map(Self::Known),
            _ => d.json().map(Self::Unknown),
        }
    }
}

/// What reading one document cost.
#[derive(Debug)]
struct Cost {
    bytes: usize,
    work: usize,
    counted: usize,
    too_large: bool,
}

fn cost<T: Decode>(text: &str, tolerant: bool) -> Cost {
    let mut decoder = Decoder::new(text).tolerant(tolerant).max_decoded_bytes(8 * text.len());
    work::take();
    let read = decoder.document::<T>();
    let too_large = read.is_err_and(|error| {
        assert!(error.is_too_large() || error.is_syntax() || !tolerant, "{error}");
        error.is_too_large()
    });
    Cost { bytes: text.len(), work: work::take(), counted: decoder.counted(), too_large }
}

/// Reads a series and compares its steps. `Some(true)` says that the limit ends it, `Some(false)` that it does not.
fn check<T: Decode>(shape: &str, text: impl Fn(usize) -> String, ends: bool) {
    for tolerant in [false, true] {
        let series = [1, 2, 4].map(|size| cost::<T>(&text(size * step()), tolerant));
        for (one, size) in series.iter().zip([1, 2, 4]) {
            assert_eq!(one.too_large, ends, "{shape}: {series:?}");
            assert!(one.counted <= 8 * one.bytes, "{shape}: {series:?}");
            assert!(one.work <= series[0].work * size * 11 / 10 + 1_000, "{shape}: {series:?}");
            assert!(one.work <= 4 * one.bytes, "{shape}: {series:?}");
        }
    }
}

/// A list of this item.
fn list(item: &str) -> impl Fn(usize) -> String {
    move |bytes| format!("[{}{item}]", format!("{item},").repeat(bytes / (item.len() + 1)))
}

/// One object of these members, each with a number in its name.
fn object(member: &str) -> impl Fn(usize) -> String {
    move |bytes| {
        let members: String =
            (0..bytes / (member.len() + 8)).map(|index| format!("\"m{index:06}\":{member},")).collect();
        format!("{{{members}\"last\":{member}}}")
    }
}

#[test]
fn empty_objects() {
    check::<Vec<Empty>>("structs", list("{}"), false);
    check::<Vec<Tree>>("trees", list("{}"), true);
    check::<Vec<Map<i64>>>("maps", list("{}"), true);
    check::<Vec<Json>>("any", list("{}"), true);
}

#[test]
fn trees() {
    check::<Vec<Tree>>("children", list(r#"{"c":[{"c":[{}]}]}"#), true);
    check::<Vec<Tree>>("boxes", list(r#"{"n":{"n":{}}}"#), true);
    let deep = format!("{}{{}}{}", r#"{"n":"#.repeat(150), "}".repeat(150));
    check::<Vec<Tree>>("deep", list(&deep), true);
    let broad = format!("{}{}{}", r#"{"c":["#.repeat(60), "{},".repeat(1_000) + "{}", "]}".repeat(60));
    check::<Vec<Tree>>("broad", list(&broad), true);
}

#[test]
fn unions() {
    check::<Vec<ByShape>>("by shape", list(r#"{"one":1}"#), true);
    check::<Vec<ByShape>>("by shape, maps", list(r#"{"two":2}"#), true);
    check::<ByShape>("one object", object("1"), true);
    check::<Vec<ByTag>>("by tag", list(r#"{"kind":"known"}"#), true);
    check::<Vec<ByTag>>("of no known tag", list("{}"), true);
}

#[test]
fn unknown_members() {
    check::<Vec<Empty>>("one each", list(r#"{"x":1}"#), true);
    check::<Empty>("many", object("1"), true);
    check::<Empty>("large", object(&format!("\"{}\"", "x".repeat(1_000))), false);
    check::<Empty>("one name", |bytes| format!("{{{}\"a\":1}}", "\"a\":1,".repeat(bytes / 6)), true);
    check::<Map<i64>>("one name of a map", |bytes| format!("{{{}\"a\":1}}", "\"a\":1,".repeat(bytes / 6)), false);
    check::<Tree>("one known name", |bytes| format!("{{{}\"n\":{{}}}}", "\"n\":{},".repeat(bytes / 7)), true);
}

#[test]
fn texts_and_numbers() {
    check::<Vec<String>>("short", list("\"a\""), true);
    check::<Vec<String>>("long", list(&format!("\"{}\"", "a".repeat(1_000))), false);
    check::<String>("one", |bytes| format!("\"{}\"", "a".repeat(bytes)), false);
    check::<String>("escapes", |bytes| format!("\"{}\"", r"\u0041".repeat(bytes / 6)), false);
    check::<Vec<Decimal>>("digits", list(&"7".repeat(1_000)), false);
    check::<Decimal>("one number", |bytes| "7".repeat(bytes), false);
    check::<Vec<f64>>("fractions", list(&format!("0.{}", "3".repeat(1_000))), false);
    check::<f64>("one fraction", |bytes| format!("0.{}", "3".repeat(bytes)), false);
}

#[test]
fn depth() {
    let nested = format!("{}{}", "[".repeat(199), "]".repeat(199));
    check::<Vec<Json>>("lists", list(&nested), false);
    check::<Vec<()>>("of nothing", list(&nested), false);
}

/// What does not fit is passed over, from the inside out: once for each of the (at most 200) containers around it.
#[test]
fn what_tolerance_passes_over() {
    let reads = |bytes: usize| {
        let text = list(r#"{"n":{"n":{"n":{}}}}"#)(bytes);
        let mut decoder = Decoder::new(&text).tolerant(true).max_decoded_bytes(8 * text.len());
        work::take();
        assert!(decoder.document::<Vec<Strict>>().unwrap().is_empty());
        (work::take(), decoder.counted())
    };
    let ((one, counted), (four, _)) = (reads(step()), reads(4 * step()));
    assert!(four <= one * 45 / 10, "{one} {four}");
    assert!(counted <= 8 * step(), "what was dropped is not counted: {counted}");
}

/// Looking into a text of any size keeps nothing but the part that is looked at.
#[test]
fn walking_a_text() {
    let series = [1, 2, 4].map(|size| {
        let bytes = size * step();
        let json = Json::parse(&list("1")(bytes)).unwrap();
        work::take();
        let found = (json.items().count(), json.at(7).is_some(), json.pointer("/7").is_some());
        assert!(found.0 > bytes / 2 - 1 && found.1 && found.2);
        work::take()
    });
    assert!(series[2] <= series[0] * 45 / 10, "{series:?}");
}

#[test]
fn the_error_says_where_and_which_option() {
    let text = format!(r#"{{"c":[{}{{}}]}}"#, "{},".repeat(100_000));
    let error = Decoder::new(&text).max_decoded_bytes(1_000_000).document::<Tree>().err().unwrap();
    assert!(error.is_too_large() && !error.is_syntax());
    assert!(error.path().starts_with("$.c["), "{error}");
    assert!(
        error.to_string().ends_with("take more than 1000000 bytes of memory; `max_decoded_bytes` sets the limit"),
        "{error}"
    );
}

/// Who sets no limit has one all the same: webhooks, and JSON of an application's own.
#[test]
fn there_is_always_a_limit() {
    let text = list("{}")(9 << 20);
    let error = crate::text::codec::from_json::<Vec<Tree>>(&text).err().unwrap();
    assert!(error.is_too_large() && error.to_string().contains("268435456 bytes"), "{error}");
}

/// A list is counted by its capacity, before it is allocated.
#[test]
fn the_count_is_what_lists_and_boxes_take() {
    let text = list("{}")(10_000);
    let mut decoder = Decoder::new(&text);
    let trees: Vec<Tree> = decoder.document().unwrap();
    assert!(decoder.counted() >= trees.capacity() * size_of::<Tree>());
    assert!(decoder.counted() <= 2 * trees.capacity() * size_of::<Tree>());
}
