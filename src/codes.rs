//! The codes of faults that only a command can meet: `typewright.toml` and the output folder. The codes of documents are
//! `typewright-codegen`'s.

use typewright_codegen::diagnostic::{Class, Code};

macro_rules! codes {
    ($($name:ident $id:literal $class:ident $title:literal;)*) => {
        $(
            #[doc = $title]
            pub(crate) static $name: Code = Code { id: $id, class: Class::$class, title: $title };
        )*
        /// Every code of this module, in order.
        pub(crate) static ALL: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    CONFIG_SYNTAX "TW0901" Fatal "typewright.toml is not valid TOML";
    CONFIG_MEMBER "TW0902" Fatal "unknown member in typewright.toml";
    CONFIG_VALUE "TW0903" Fatal "wrong or missing value in typewright.toml";
    CONFIG_CLASH "TW0904" Fatal "two crates of typewright.toml want the same folder";
    OUTPUT_ESCAPE "TW0951" Fatal "a path leads out of the output folder";
    OUTPUT_IN_THE_WAY "TW0952" Fatal "a file that typewright did not write is in the way";
    OUTPUT_SYSTEM "TW0953" Fatal "the output folder cannot be read or written";
    OUTPUT_TARGET "TW0954" Warning "a file in the output folder becomes a target of the crate";
}
