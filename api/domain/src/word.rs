//! Words: the enums without content of which rows, rules, papers and the contract are made.

/// Declares words. Each has one spelling, which is stored, printed, parsed and serialised: its name in
/// snake case, or in the case `in` names, or the one that stands behind it. `as` gives the enum to the
/// contract under that name (feature `wire`), where its words are in capitals, or as a second `as` says.
macro_rules! words {
    ($(
        $(#[$meta:meta])*
        $visibility:vis enum $name:ident $(as $wire:tt)? $(in $case:tt)? {
            $($(#[$word_meta:meta])* $word:ident $(= $spelling:tt $(as $sent:tt)?)?,)+
        }
    )+) => { $(
        words!(@one [$($case)? "snake_case"] [$($wire)?]
            $(#[$meta])* $visibility $name { $($(#[$word_meta])* $word [$($spelling $($sent)?)?])+ });
    )+ };
    (@one [$case:tt $($_default:tt)?] [$($wire:tt)?]
        $(#[$meta:meta])* $visibility:vis $name:ident
        { $($(#[$word_meta:meta])* $word:ident [$($spelling:tt $($sent:tt)?)?])+ }) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
            strum::Display, strum::EnumIter, strum::EnumString, strum::IntoStaticStr,
        )]
        #[serde(rename_all = $case)]
        #[strum(serialize_all = $case)]
        $(#[cfg_attr(feature = "wire", derive(async_graphql::Enum), graphql(name = $wire))])?
        $visibility enum $name {
            $(
                $(#[$word_meta])*
                $(
                    #[serde(rename = $spelling)]
                    #[strum(serialize = $spelling)]
                    $(#[cfg_attr(feature = "wire", graphql(name = $sent))])?
                )?
                $word,
            )+
        }
    };
}
