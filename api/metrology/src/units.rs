//! Units as an enum that reads and writes each as its symbol.

/// Declares an enum of units, each with its symbol.
macro_rules! units {
    ($(#[$attribute:meta])* pub enum $Name:ident { $($Unit:ident = $symbol:literal,)* }) => {
        $(#[$attribute])*
        #[expect(missing_docs, reason = "each variant is its symbol")]
        pub enum $Name {
            $(#[serde(rename = $symbol)] $Unit,)*
        }

        impl $Name {
            /// Its symbol.
            pub fn symbol(self) -> &'static str {
                match self {
                    $(Self::$Unit => $symbol,)*
                }
            }
        }
    };
}
