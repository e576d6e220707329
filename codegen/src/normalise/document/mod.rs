//! OpenAPI's nouns, one file each: its members as a table, for 3.0, 3.1 and 3.2 at once.
//!
//! A row says what a member holds, whether it must be there, and which versions have it. The structure check judges a
//! document along the rows, and references are followed along them.

mod callback;
mod components;
mod encoding;
mod example;
mod header;
mod info;
mod link;
mod media_type;
mod operation;
mod parameter;
mod path_item;
mod reference;
mod request_body;
mod response;
mod root;
mod row;
mod schema;
mod security;
mod server;
mod tag;

use self::row::row;

pub(crate) use self::parameter::STYLES_OF_PLACES;
pub(crate) use self::path_item::operations;
pub(crate) use self::reference::REFERENCE;
pub(crate) use self::root::DOCUMENT;
pub use self::row::Version;
pub(crate) use self::row::{Assume, Holds, Need, Noun, Object, Others, Row, Rule, Unit, Words, is_extension, plain};
pub(crate) use self::schema::{SCHEMA, TYPES, TYPES_IN_LIST};

// Kinds of items and entries that several nouns have, as statics because a constant may not borrow what mentions one.
static A_TEXT: Holds = Holds::Text;
static ANYTHING: Holds = Holds::Any;

const TEXTS: Holds = Holds::List(&A_TEXT);
const SUMMARY: Row = row("summary", Holds::Text);
const DESCRIPTION: Row = row("description", Holds::Text);
const DEPRECATED: Row = row("deprecated", Holds::Bool);
