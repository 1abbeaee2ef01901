//! Declarations of what can be read from a file: structs by their keys, enums by their words, ids of what stands elsewhere.

/// Declares a struct that is read from keys and values: each key is written down once, beside its type.
///
/// A field is required unless its type has a value for a key left out (`Option`, `Vec`, [`Table`]) or a default follows
/// after `=`.
macro_rules! record {
    (
        $(#[doc = $about:literal])*
        pub struct $name:ident {
            $( $(#[doc = $field_about:literal])* $key:literal $field:ident: $type:ty $(= $default:expr)?, )*
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $( $(#[doc = $field_about])* pub $field: $type, )*
        }

        impl $name {
            /// The keys that may stand here.
            pub const KEYS: &'static [&'static str] = &[$($key),*];

            /// Reads the keys of this type from a map that may hold others too.
            pub fn read_fields(
                entries: &[$crate::text::yaml::Entry],
                whole: $crate::text::Span,
                findings: &mut Vec<$crate::finding::Finding>,
            ) -> Option<Self> {
                $(
                    #[allow(unused_mut, unused_assignments)]
                    let mut default: Option<$type> = None;
                    $( default = Some($default); )?
                    let $field = $crate::model::read::field(entries, $key, whole, default, findings);
                )*
                Some(Self { $( $field: $field?, )* })
            }

            /// Adds the keys of this type to those of a schema.
            pub fn schema_fields(
                generator: &mut schemars::SchemaGenerator,
                keys: &mut $crate::model::read::schema::Keys,
            ) {
                $(
                    #[allow(unused_mut, unused_assignments)]
                    let mut default: Option<$type> = None;
                    $( default = Some($default); )?
                    keys.add(generator, $key, concat!($($field_about),*), default.as_ref());
                )*
            }
        }

        impl $crate::model::read::Read for $name {
            fn expected() -> std::borrow::Cow<'static, str> {
                format!("keys and values ({})", Self::KEYS.join(", ")).into()
            }

            fn read(
                node: &$crate::text::yaml::Node,
                findings: &mut Vec<$crate::finding::Finding>,
            ) -> Option<Self> {
                match &node.value {
                    $crate::text::yaml::Value::Map(entries) => {
                        $crate::model::read::unknown_keys(entries, Self::KEYS, findings);
                        Self::read_fields(entries, node.span, findings)
                    }
                    _ => $crate::model::read::wrong_keys(node, Self::KEYS, findings),
                }
            }

            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::model::read::schema::defined(generator, stringify!($name), |generator| {
                    let mut keys = $crate::model::read::schema::Keys::default();
                    Self::schema_fields(generator, &mut keys);
                    keys.finish(concat!($($about),*))
                })
            }
        }
    };
}

/// Declares an enum whose values are fixed words.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[doc = $variant_about:literal])* $variant:ident = $word:literal, )* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $( $(#[doc = $variant_about])* $variant, )* }

        impl $name {
            /// All the words that may be written.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// All the values, in the order of their words.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word as written in files.
            pub fn word(self) -> &'static str {
                match self { $( Self::$variant => $word, )* }
            }

            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $( $word => Some(Self::$variant), )* _ => None }
            }
        }

        impl $crate::model::read::Read for $name {
            fn expected() -> std::borrow::Cow<'static, str> {
                let words: Vec<String> = Self::WORDS.iter().map(|word| format!("`{word}`")).collect();
                format!("one of {}", words.join(", ")).into()
            }

            fn read(
                node: &$crate::text::yaml::Node,
                findings: &mut Vec<$crate::finding::Finding>,
            ) -> Option<Self> {
                let written = $crate::model::read::scalar(node).unwrap_or("");
                if let Some(value) = Self::from_word(&written.to_lowercase()) {
                    return Some(value);
                }
                let before = findings.len();
                let none = $crate::model::read::wrong(node, findings);
                if let Some(help) = $crate::finding::did_you_mean(written, Self::WORDS.iter().copied()) {
                    findings[before].help = Some(help);
                }
                none
            }

            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::model::read::schema::defined(generator, stringify!($name), |_| {
                    let meanings = &[$(concat!($($variant_about),*)),*];
                    $crate::model::read::schema::one_of(&Self::expected(), Self::WORDS, meanings)
                })
            }

            fn written(&self) -> Option<serde_json::Value> {
                Some(self.word().into())
            }
        }
    };
}

/// Declares the id of something that stands elsewhere in the committee model.
macro_rules! id {
    ( $(#[$meta:meta])* pub struct $name:ident = $what:literal; ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub String);

        impl $name {
            /// The id as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl $crate::model::read::Read for $name {
            fn expected() -> std::borrow::Cow<'static, str> {
                $what.into()
            }

            fn read(
                node: &$crate::text::yaml::Node,
                findings: &mut Vec<$crate::finding::Finding>,
            ) -> Option<Self> {
                match $crate::model::read::scalar(node) {
                    Some(text) if !text.is_empty() => Some(Self(text.to_owned())),
                    _ => $crate::model::read::wrong(node, findings),
                }
            }

            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::model::read::schema::defined(generator, stringify!($name), |_| {
                    $crate::model::read::schema::words($what)
                })
            }
        }
    };
}

pub(crate) use {id, record, words};
