//! The codes of faults that only a command can meet: `typewright.toml` and the output folder. The codes of documents are
//! `typewright-codegen`'s.

use typewright_codegen::diagnostic::{Class, Code};

macro_rules! codes {
    ($($name:ident $id:literal $title:literal;)*) => {
        $(
            #[doc = $title]
            pub(crate) static $name: Code = Code { id: $id, class: Class::Fatal, title: $title };
        )*
        /// Every code of this module, in order.
        pub(crate) static ALL: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    CONFIG_SYNTAX "TW0901" "typewright.toml is not valid TOML";
    CONFIG_MEMBER "TW0902" "unknown member in typewright.toml";
    CONFIG_VALUE "TW0903" "wrong or missing value in typewright.toml";
    CONFIG_CLASH "TW0904" "two crates of typewright.toml want the same folder";
    OUTPUT_ESCAPE "TW0951" "a path leads out of the output folder";
    OUTPUT_IN_THE_WAY "TW0952" "a file that typewright did not write is in the way";
    OUTPUT_SYSTEM "TW0953" "the output folder cannot be read or written";
}
