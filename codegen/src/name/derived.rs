//! Names of what the document does not name itself: fields, methods, variants and constants that the crate adds.

use std::collections::BTreeMap;

use heck::ToShoutySnakeCase as _;

use super::operations::{self, Spelling};
use super::reserved::{self, IdentKind};
use super::words::{self, Spell};
use super::{Names, OperationNames};
use crate::api::Status;

/// A kind of success that the output of an operation tells apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SuccessKind<'a> {
    /// Its status.
    pub(crate) status: Status,
    /// The first of its content types, where these tell.
    pub(crate) media_type: Option<&'a str>,
}

impl Names {
    /// A type that stands beside another, for example `OrderInput` or `CreateOrderRequired`. Whatever the document names
    /// itself goes before it.
    pub fn beside(&self, ident: &str, suffix: &str) -> String {
        let mut name = format!("{ident}{suffix}");
        while self.taken.contains(&name) {
            name.push_str("Model");
        }
        name
    }

    /// The field of all other properties of a model, whatever the document calls its own.
    pub(crate) fn extra_field(fields: &[&str]) -> String {
        let mut ident = "extra".to_owned();
        while fields.contains(&ident.as_str()) {
            ident.push_str("_members");
        }
        ident
    }

    /// The method that gives the default of a field; `None` where a field has that name.
    pub(crate) fn default_method(field: &str, fields: &[String]) -> Option<String> {
        let method = format!("{}_or_default", field.trim_start_matches("r#"));
        (!fields.contains(&method)).then_some(method)
    }

    /// Variants of `ApiError`, in the order of what is wanted: whoever comes second says that it is a body.
    pub(crate) fn error_variants(wanted: impl IntoIterator<Item = String>) -> Vec<String> {
        let mut idents: Vec<String> = Vec::new();
        for mut ident in wanted {
            while idents.contains(&ident) {
                ident.push_str("Body");
            }
            idents.push(ident);
        }
        idents
    }

    /// A variant of `ApiError` for bodies without a declared type: these words in Pascal case.
    pub(crate) fn variant(text: &str) -> String {
        reserved::ident(IdentKind::Variant, &words::words(text, Spell::Plain), &[])
    }

    /// The constant of a header, by its words in capitals: `X_REQUEST_ID`.
    pub(crate) fn constant(text: &str) -> String {
        let words = reserved::ident(IdentKind::Argument, &words::words(text, Spell::Plain), &[]);
        words.trim_start_matches("r#").to_shouty_snake_case()
    }

    /// The constants of named headers: names that only characters without a word tell apart, `x-id` and `x_id`, are spelled
    /// out.
    pub(crate) fn header_constants<'h>(headers: impl IntoIterator<Item = &'h str>) -> Vec<String> {
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let name = |header: &str| {
            let plain = format!("HEADER_{}", Self::constant(header));
            let count = taken.entry(plain.clone()).or_default();
            *count += 1;
            let spelled = || header.bytes().map(|byte| format!("{byte:02X}")).collect::<String>();
            if *count == 1 { plain } else { format!("{plain}_{}", spelled()) }
        };
        headers.into_iter().map(name).collect()
    }

    /// The constant of a cookie, by what it carries: `CLICK_ID`.
    pub(crate) fn cookie_constant(carries: &str) -> String {
        carries.to_shouty_snake_case()
    }

    /// The enum of an operation's kinds of success, which stands beside its marker: `GetOrderOutput`.
    pub(crate) fn output_enum(&self, names: &OperationNames) -> String {
        let mut ident = format!("{}Output", names.marker);
        while self.operations.iter().any(|other| other.marker == ident) {
            ident.push_str("Body");
        }
        ident
    }

    /// Its variants: `Ok`, and `OkCsv` for a further content type of a status. What is added renames nothing, unless two
    /// content types of a status have the same word; then all of each tells.
    pub(crate) fn success_variants(kinds: &[SuccessKind<'_>]) -> Vec<String> {
        let is_first = |place: usize, status| kinds.iter().position(|other| other.status == status) == Some(place);
        let word = |(place, kind): (usize, &SuccessKind<'_>), spelling: Spelling| {
            let told = kind.media_type.filter(|_| !is_first(place, kind.status));
            let word = told.map(|media_type| words::pascal(&operations::content_words(media_type, spelling)));
            format!("{}{}", success_variant(kind.status), word.unwrap_or_default())
        };
        let short: Vec<String> = kinds.iter().enumerate().map(|one| word(one, Spelling::Short)).collect();
        let mut idents: Vec<String> = Vec::new();
        for (one, name) in kinds.iter().enumerate().zip(&short) {
            let unique = short.iter().filter(|other| *other == name).count() == 1;
            let mut ident = if unique { name.clone() } else { word(one, Spelling::Whole) };
            // Content types that differ in signs alone are no choice that anybody means; still each has its name.
            while idents.contains(&ident) {
                ident.push_str("Too");
            }
            idents.push(ident);
        }
        idents
    }

    /// Views of a raw union by its variants: `as_cat` for `Cat`. Of variants that casing alone tells apart the first by its
    /// letters keeps the plain name.
    pub(crate) fn views(variants: &[&str]) -> Vec<String> {
        let plain = |variant: &str| words::snake(&words::words(variant, Spell::Plain));
        let named: Vec<(&str, String)> = variants.iter().map(|variant| (*variant, plain(variant))).collect();
        let mut first: BTreeMap<&str, &str> = BTreeMap::new();
        for (variant, name) in &named {
            first.entry(name).and_modify(|first| *first = (*first).min(variant)).or_insert(variant);
        }
        let view = |variant: &str, name: &str| {
            if first.get(name).is_some_and(|first| *first < variant) {
                let letters: String = variant.bytes().map(|byte| format!("{byte:02x}")).collect();
                return format!("as_{name}_{letters}");
            }
            format!("as_{name}")
        };
        named.iter().map(|(variant, name)| view(variant, name)).collect()
    }
}

/// The reason phrase of a status; RFC 9110, section 15, and the registry.
fn success_variant(status: Status) -> String {
    let code = match status {
        Status::Code(code) => code,
        Status::Range(range) => return Names::variant(&format!("status {range}xx")),
        Status::Default => return "Default".to_owned(),
    };
    let reason = match code {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritative",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        208 => "AlreadyReported",
        226 => "ImUsed",
        _ => return format!("Status{code}"),
    };
    reason.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_of_one_union_never_share_a_name() {
        assert_eq!(Names::views(&["Cat", "PetFood"]), ["as_cat", "as_pet_food"]);
        assert_eq!(Names::views(&["Ids", "IDS"]), ["as_ids_496473", "as_ids"]);
    }

    #[test]
    fn what_the_crate_adds_gives_way_to_the_document() {
        assert_eq!(Names::extra_field(&["id", "extra"]), "extra_members");
        assert_eq!(Names::default_method("r#type", &["a".to_owned()]).as_deref(), Some("type_or_default"));
        assert_eq!(Names::default_method("a", &["a_or_default".to_owned()]), None);
        assert_eq!(Names::error_variants(["A", "A", "B"].map(str::to_owned)), ["A", "ABody", "B"]);
    }

    #[test]
    fn headers_that_signs_alone_tell_apart_are_spelled_out() {
        assert_eq!(
            Names::header_constants(["x-id", "x_id", "type"]),
            ["HEADER_X_ID", "HEADER_X_ID_785F6964", "HEADER_TYPE"]
        );
        assert_eq!(Names::cookie_constant("click_id"), "CLICK_ID");
    }

    #[test]
    fn kinds_of_success_are_told_by_status_then_by_content_type() {
        let kind = |code, media_type| SuccessKind { status: Status::Code(code), media_type };
        let kinds = [kind(200, Some("application/json")), kind(200, Some("text/csv")), kind(299, None)];
        assert_eq!(Names::success_variants(&kinds), ["Ok", "OkCsv", "Status299"]);
    }
}
