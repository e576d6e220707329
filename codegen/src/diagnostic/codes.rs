//! The table of fault codes: one row per kind of fault.
//!
//! An id is stable for ever: editors and people search for it. A row that goes leaves a hole. What a single fault says
//! is written where it is found; the title here is for the list of codes, and the message of whoever gives none.

use super::{Class, Code};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $class:ident, $title:literal;)*) => {
        $($(#[$doc])* pub static $name: Code = Code { id: $id, class: Class::$class, title: $title };)*
        /// Every row, by id.
        pub static ALL: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    // TW01xx: reading.
    /// The root document is not there or may not be read.
    UNREADABLE_FILE = "TW0101", Fatal, "a file cannot be read";
    /// Bytes that are no UTF-8.
    NOT_UTF8 = "TW0102", Fatal, "a file is not UTF-8";
    /// More bytes than `source::MAX_FILE_BYTES`.
    FILE_TOO_LARGE = "TW0103", Fatal, "a file is too large";
    /// What the YAML parser refuses.
    YAML_SYNTAX = "TW0104", Fatal, "a file is not valid YAML";
    /// What the JSON parser refuses.
    JSON_SYNTAX = "TW0105", Fatal, "a file is not valid JSON";
    /// One key twice in one object: the last counts.
    DUPLICATE_KEY = "TW0106", Recoverable, "an object has the same key twice";
    /// More nesting than `tree::MAX_DEPTH`.
    TOO_DEEP = "TW0107", Fatal, "a document is nested too deeply";
    /// More values than `read::MAX_NODES`, aliases expanded.
    TOO_MANY_VALUES = "TW0108", Fatal, "a document has too many values";
    /// Nothing but white space and comments.
    EMPTY_DOCUMENT = "TW0109", Fatal, "a file is empty";
    /// `---` in the middle of a YAML file.
    SEVERAL_DOCUMENTS = "TW0110", Fatal, "a file holds several YAML documents";
    /// A YAML key that is a list or an object.
    KEY_NOT_SCALAR = "TW0111", Fatal, "a key is no scalar";
    /// `.inf` and `.nan`, which JSON cannot say.
    NOT_A_JSON_NUMBER = "TW0112", Fatal, "a number has no JSON form";
    /// An alias inside the value that it names.
    ALIAS_IN_ITSELF = "TW0113", Fatal, "an alias stands inside its own anchor";
    /// `<<` with something that is no object.
    BAD_MERGE_KEY = "TW0114", Fatal, "a merge key names something that is no object";
    /// `!!int` before something that is none.
    BAD_TAG = "TW0115", Fatal, "a value is not what its tag says";
    /// `'a'#`: in YAML a comment begins behind white space.
    COMMENT_AT_VALUE = "TW0120", Recoverable, "a comment begins right behind a value";

    // TW02xx: structure.
    /// Neither `openapi` nor `swagger`.
    NOT_OPENAPI = "TW0201", Fatal, "a file is no OpenAPI document";
    /// Anything but 3.0, 3.1 and 3.2.
    UNSUPPORTED_VERSION = "TW0202", Fatal, "a document's OpenAPI version is not supported";
    /// A member that cannot be understood.
    WRONG_TYPE = "TW0203", Fatal, "a member has the wrong type";
    /// A member without which the object means nothing.
    MISSING_MEMBER = "TW0204", Fatal, "a required member is missing";
    /// A member that OpenAPI does not have, or not there.
    UNKNOWN_MEMBER = "TW0205", Warning, "a member is unknown";
    /// A mistyped member without which the object still means something.
    WRONG_TYPE_IGNORED = "TW0206", Recoverable, "a member has the wrong type, which does no harm";
    /// A missing member that can be made up, for example `responses`.
    MISSING_MEMBER_ASSUMED = "TW0207", Recoverable, "a required member is missing and can be done without";
    /// A value that is not among those the specification lists, where the member can be done without.
    INVALID_VALUE_IGNORED = "TW0209", Recoverable, "a member has a value that does not exist and can be done without";
    /// Two members of which one rules the other out.
    MEMBERS_EXCLUDE_EACH_OTHER = "TW0210", Recoverable, "two members exclude each other";
    /// An overlay's action whose target is not in the document.
    ACTION_WITHOUT_TARGET = "TW0211", Fatal, "an overlay's action changes nothing";
    /// What RFC 9535 refuses.
    BAD_JSON_PATH = "TW0212", Fatal, "a text is no JSONPath";
    /// An overlay's action that cannot be done.
    BAD_ACTION = "TW0213", Fatal, "an overlay's action makes no sense";

    /// A fault inside an operation, a path or a component that the rest of the document does not need.
    LEFT_OUT = "TW0214", Recoverable, "a part makes no sense and can be left out as a whole";
    /// `GET:`, `operationID`: members are told apart by upper and lower case.
    KEY_IN_OTHER_CASE = "TW0220", Recoverable, "a member is spelled in another case";

    // TW03xx: references.
    /// A `$ref` that leads nowhere: opaque.
    DANGLING_REF = "TW0301", Recoverable, "a reference leads nowhere";
    /// A `$ref` that only leads to itself.
    REF_CYCLE = "TW0302", Fatal, "a reference leads to itself";
    /// An `allOf` that only leads to itself.
    ALL_OF_CYCLE = "TW0303", Fatal, "an `allOf` contains itself";
    /// A mapping of a discriminator without its target: a raw variant.
    DISCRIMINATOR_TARGET = "TW0304", Recoverable, "a discriminator's mapping leads nowhere";
    /// A `$ref` to something of another kind.
    REF_TO_WRONG_KIND = "TW0305", Recoverable, "a reference leads to something of another kind";
    /// A `$ref` to a URL, or to a file outside the document's folder.
    REF_NOT_LOADED = "TW0306", Recoverable, "a reference leads to a file that is not loaded";
    /// References of references, or `allOf` of `allOf`, beyond what anybody means.
    CHAIN_TOO_LONG = "TW0307", Fatal, "a chain of references or `allOf` is too long";
    /// A `$ref` in place of a whole map, list or object that none may stand for: followed.
    REF_OUT_OF_PLACE = "TW0320", Recoverable, "a reference stands where OpenAPI has none";
    /// `#/$defs/X` that means those of a schema around it: the nearest ones.
    REF_TO_NEAREST_DEFS = "TW0321", Recoverable, "a reference means the definitions of a schema around it";
    /// A schema that only contains itself, and that no operation uses.
    UNUSED_CYCLE = "TW0322", Recoverable, "an unused component contains itself";

    // TW04xx: schemas.
    /// A default that its own schema refuses: ignored.
    BAD_DEFAULT = "TW0401", Recoverable, "a default contradicts its schema";
    /// A pattern that is no regular expression: ignored.
    BAD_PATTERN = "TW0402", Recoverable, "a pattern is no regular expression";
    /// An enum value that its own schema refuses: left out.
    BAD_ENUM_VALUE = "TW0403", Recoverable, "an enum has a value that contradicts its type";
    /// Its parts contradict each other: values of each type are accepted, or it is opaque.
    CONTRADICTORY_SCHEMA = "TW0404", Recoverable, "a schema contradicts itself";
    /// A schema that no type can say: its values are carried as raw JSON.
    OPAQUE = "TW0406", Warning, "a schema is carried as raw JSON";

    // TW05xx: operations.
    /// Two operations on one method and path.
    DUPLICATE_ROUTE = "TW0501", Fatal, "two operations have the same method and path";
    /// Both are named by method and path.
    DUPLICATE_OPERATION_ID = "TW0502", Recoverable, "two operations have the same operationId";
    /// `{id}` without a parameter: a string.
    UNDECLARED_PATH_PARAMETER = "TW0503", Recoverable, "a path parameter is not declared";
    /// A path parameter without `{id}`: ignored.
    UNUSED_PATH_PARAMETER = "TW0504", Recoverable, "a path parameter is declared but not in the path";
    /// Two parameters of one name and place: the first counts.
    DUPLICATE_PARAMETER = "TW0505", Recoverable, "two parameters have the same name and place";
    /// `security` names a scheme that is not declared.
    UNKNOWN_SECURITY_SCHEME = "TW0507", Recoverable, "a security scheme is not declared";
    /// Braces that do not pair, a key without its slash.
    BAD_PATH = "TW0508", Recoverable, "a path's template is broken";
    /// Templates that differ in names only: a server cannot tell them apart, but a client can call both.
    AMBIGUOUS_ROUTE = "TW0509", Recoverable, "two operations differ in the names of their path's parameters only";

    /// Webhooks, callbacks and whatever else has no place in a client yet.
    NOT_GENERATED = "TW0510", Warning, "something is not generated yet";
    /// A parameter that is the whole query, and another one of the query: both are sent.
    QUERY_BESIDE_QUERYSTRING = "TW0511", Recoverable, "a parameter is the whole query and another one is part of it";
    /// A relative URL that does not begin at the root: calls go to the client's base URL.
    SERVER_WITHOUT_HOST = "TW0512", Warning, "a server names no host";
    /// `encoding` gives a header to what has none, or one that the client writes itself: ignored.
    HEADER_NOT_SENT = "TW0513", Warning, "a header of a part is not sent";
    /// `json`: the one that is meant, if that is known, else as it stands.
    NO_CONTENT_TYPE = "TW0514", Recoverable, "a text is no content type";
    /// `Accept`, `Content-Type` and `Authorization`, which OpenAPI does not let be parameters.
    HEADER_NOT_PARAMETER = "TW0520", Warning, "a header is described elsewhere and cannot be a parameter";
    /// `Accept` or `Content-Type` that names what the operation does not have.
    HEADER_CONTRADICTS = "TW0521", Recoverable, "a header parameter contradicts the content types of its operation";
    /// `style`, `explode` or `allowReserved` of a part where the specification says that they do not count: ignored.
    STYLE_NOT_USED = "TW0540", Warning, "a style of a part is not used";

    // TW06xx: names.
    /// Two items of one scope want one name: the lower is qualified.
    NAME_COLLISION = "TW0601", Recoverable, "two items have the same Rust name";
    /// An explicit `name:` that cannot be one.
    BAD_NAME = "TW0602", Fatal, "a name is no Rust identifier";

    // TW07xx: `x-typewright`.
    /// A member that the vocabulary does not have.
    UNKNOWN_FACT = "TW0701", Fatal, "`x-typewright` has an unknown member";
    /// A member of the wrong type, or with a value that makes no sense.
    BAD_FACT = "TW0702", Fatal, "a member of `x-typewright` makes no sense";
    /// A fact about something that the document does not have.
    FACT_WITHOUT_TARGET = "TW0703", Fatal, "`x-typewright` names something that is not there";

    // TW08xx: configuration.
    /// A replacement or derive for a schema that the document does not have.
    CONFIGURATION_WITHOUT_TARGET = "TW0802", Fatal, "the configuration names something that is not there";
    /// A pattern that no operation matches.
    SELECTION_WITHOUT_TARGET = "TW0803", Fatal, "a selection chooses nothing";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_in_order() {
        for pair in ALL.windows(2) {
            assert!(pair[0].id < pair[1].id, "{} comes before {}", pair[0].id, pair[1].id);
        }
        for code in ALL {
            assert!(code.id.len() == 6 && code.id.starts_with("TW0"), "{}", code.id);
        }
    }
}
