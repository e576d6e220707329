//! The lines of generated code that give types serde's traits.

/// `Serialize` for types that are written and never read: what an operation gives where there are several kinds of it.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_write {
    ($($type:ty),*) => {$(
        impl $crate::codegen::v1::Serialize for $type {
            fn serialize<S: $crate::codegen::v1::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::codegen::v1::serde_serialize(self, serializer)
            }
        }
    )*};
}
pub use crate::__serde_write as serde_write;

/// Both serde traits for types that have a codec; a line of generated code a type.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_traits {
    ($($type:ty),*) => {$(
        $crate::codegen::v1::serde_write!($type);

        impl<'de> $crate::codegen::v1::Deserialize<'de> for $type {
            fn deserialize<D: $crate::codegen::v1::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::codegen::v1::serde_deserialize(deserializer)
            }
        }
    )*};
}
pub use crate::__serde_traits as serde_traits;
