//! How the tables of a rule file are declared.

/// Declares structs that read the tables of a rule file and refuse keys they do not know.
///
/// Keys that many rows have are not written again and again: a row `with source` says how well it is
/// known and where it is from; one `with article` names its article besides, one `with text` has a
/// text in both languages besides.
///
/// A struct `by` an enum has one key for each of its words, written `Word => key`, all with rows of
/// one type.
macro_rules! rows {
    ($(
        $(#[$attribute:meta])*
        pub struct $Name:ident $(by $Word:ident => $Row:ty)? { $($keys:tt)* } $(with $more:ident)?
    )*) => {$(
        row! { [$($Word => $Row)?] [$($more)?] $(#[$attribute])* $Name { $($keys)* } }
    )*};
}

/// One struct of [`rows!`].
macro_rules! row {
    (
        [$Word:ident => $Row:ty] [$($more:ident)?] $(#[$attribute:meta])*
        $Name:ident { $($(#[$about:meta])* $Variant:ident => $key:ident,)* }
    ) => {
        row! {
            [] [$($more)?] $(#[$attribute])*
            $Name { $($(#[$about])* pub $key: $Row,)* }
        }

        impl $Name {
            /// The row of a word.
            pub fn of(&self, word: $Word) -> &$Row {
                match word {
                    $($Word::$Variant => &self.$key,)*
                }
            }

            /// Every row with its key.
            pub fn each(&self) -> impl Iterator<Item = (&'static str, &$Row)> {
                [$((stringify!($key), &self.$key)),*].into_iter()
            }
        }
    };
    ([] [article] $(#[$attribute:meta])* $Name:ident { $($keys:tt)* }) => {
        row! {
            [] [source] $(#[$attribute])*
            $Name {
                /// The article or clause.
                pub article: $crate::rules::RuleText,
                $($keys)*
            }
        }
    };
    ([] [text] $(#[$attribute:meta])* $Name:ident { $($keys:tt)* }) => {
        row! {
            [] [source] $(#[$attribute])*
            $Name {
                $($keys)*
                /// In Chinese.
                pub text_zh: $crate::rules::RuleText,
                /// In English.
                pub text_en: $crate::rules::RuleText,
            }
        }
    };
    ([] [source] $(#[$attribute:meta])* $Name:ident { $($keys:tt)* }) => {
        row! {
            [] [] $(#[$attribute])*
            $Name {
                $($keys)*
                /// How well the row is known.
                pub provenance: $crate::rules::Provenance,
                /// The law, article or table the row is from.
                pub source: $crate::rules::RuleText,
            }
        }
    };
    ([] [] $(#[$attribute:meta])* $Name:ident { $($keys:tt)* }) => {
        #[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        $(#[$attribute])*
        pub struct $Name { $($keys)* }
    };
}
