//! OpenAPI's nouns, one file each: its members as a table for 3.0, 3.1 and 3.2 at once, and what they become.
//!
//! A row says what a member holds, whether it must be there, and which versions have it. The structure check judges a
//! document along the rows, references are followed along them, and [`lift`] reads along them what later stages need:
//! each noun has its struct beside its table, and every struct knows its node.

mod callback;
mod components;
mod encoding;
mod example;
mod header;
mod info;
mod lift;
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
pub(crate) use self::path_item::{operations, operations_in};
pub(crate) use self::reference::REFERENCE;
pub(crate) use self::root::{DOCUMENT, lift};
pub use self::row::Version;
pub(crate) use self::row::{Assume, Holds, Need, Noun, Object, Others, Row, Rule, Unit, Words, plain};
pub(crate) use self::schema::{SCHEMA, Schemas, TYPES, TYPES_IN_LIST, lift as lift_schemas};

pub use self::callback::Callback;
pub use self::components::Components;
pub use self::encoding::{Encoding, Styled};
pub use self::header::Header;
pub use self::info::Info;
pub use self::lift::{Component, Slot};
pub use self::link::Link;
pub use self::media_type::{Content, MediaType};
pub use self::operation::Operation;
pub use self::parameter::{CookieStyle, Format, Parameter, Place};
pub use self::path_item::PathItem;
pub use self::request_body::RequestBody;
pub use self::response::{Response, Responses};
pub use self::root::{Document, Routed};
pub use self::schema::{Discriminator, JsonType, SchemaId, SchemaNode};
pub use self::security::{Flow, Flows, SchemeKind, SecurityRequirement, SecurityScheme};
pub use self::server::Server;
pub use self::tag::Tag;

// Kinds of items and entries that several nouns have, as statics because a constant may not borrow what mentions one.
static A_TEXT: Holds = Holds::Text;
static ANYTHING: Holds = Holds::Any;

const TEXTS: Holds = Holds::List(&A_TEXT);
const SUMMARY: Row = row("summary", Holds::Text);
const DESCRIPTION: Row = row("description", Holds::Text);
const DEPRECATED: Row = row("deprecated", Holds::Bool);
