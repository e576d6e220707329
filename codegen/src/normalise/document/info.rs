//! `info`: what the API is called, and its version.

use super::row::Version::V31;
use super::row::{Assume, Holds, Object, object, row};
use super::{DESCRIPTION, SUMMARY};

pub(super) static INFO: Object = object(
    "`info`",
    &[
        row("title", Holds::Text).assumed(Assume::Title),
        SUMMARY.since(V31),
        DESCRIPTION,
        row("termsOfService", Holds::Text),
        row("contact", Holds::Object(&CONTACT)),
        row("license", Holds::Object(&LICENSE)),
        row("version", Holds::Text).assumed(Assume::Text("0")),
    ],
);

static CONTACT: Object =
    object("a contact", &[row("name", Holds::Text), row("url", Holds::Text), row("email", Holds::Text)]);

static LICENSE: Object = object(
    "a license",
    &[row("name", Holds::Text).or_dropped(), row("identifier", Holds::Text).since(V31), row("url", Holds::Text)],
);
