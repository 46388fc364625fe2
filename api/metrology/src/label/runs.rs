//! What a mark says in one go: a number with its unit, or several joined by × (`120抽×3包`,
//! `100 g×5`), and whether a total beside them agrees.

use rust_decimal::Decimal;

use super::QuantityKind;

/// A number of the mark with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// As printed.
    pub text: String,
    /// In the base unit of its kind; nothing where it could not be read.
    pub value: Option<Decimal>,
    /// What it measures; nothing for a number of items.
    pub kind: Option<QuantityKind>,
    /// The number alone.
    pub number: String,
    /// The word behind a number of items.
    pub word: String,
    /// Whether × joins it to the one before.
    pub is_joined: bool,
}

/// Numbers joined by ×, or one alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run(Vec<Token>);

/// A total that is not what the numbers beside it come to.
pub(super) struct Disagreement {
    pub total: String,
    pub parts: String,
}

impl Run {
    /// As printed.
    pub(super) fn text(&self) -> String {
        let parts: Vec<&str> = self.0.iter().map(|token| token.text.as_str()).collect();
        parts.join("×")
    }

    /// Whether several numbers are joined.
    pub(super) fn is_product(&self) -> bool {
        self.0.len() > 1
    }

    /// The numbers that have no unit of annex 1.
    pub(super) fn without_unit(&self) -> impl Iterator<Item = &Token> {
        self.0.iter().filter(|token| token.kind.is_none())
    }

    /// What it measures; nothing for a number of items.
    pub(super) fn kind(&self) -> Option<QuantityKind> {
        self.0.iter().find_map(|token| token.kind)
    }

    /// What the numbers come to; nothing where one could not be read or they are too great.
    pub(super) fn value(&self) -> Option<Decimal> {
        let mut product = Decimal::ONE;
        for token in &self.0 {
            product = product.checked_mul(token.value?)?;
        }
        Some(product)
    }

    /// Whether a number alone could be the total of this product: the same kind, or a word of one of
    /// its numbers, and not simply one of its numbers again.
    fn may_be_totalled_by(&self, alone: &Run) -> bool {
        let [token] = alone.0.as_slice() else {
            return false;
        };
        let is_same_kind = match (self.kind(), token.kind) {
            (None, None) => self.0.iter().any(|own| own.word == token.word),
            (own, other) => own == other,
        };
        is_same_kind && self.0.iter().all(|own| own.value != token.value)
    }
}

/// The tokens of a mark as runs.
pub(super) fn runs(tokens: Vec<Token>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for token in tokens {
        match runs.last_mut() {
            Some(run) if token.is_joined => run.0.push(token),
            _ => runs.push(Run(vec![token])),
        }
    }
    runs
}

/// The total that does not agree with the products beside it, where the mark has one total for them.
pub(super) fn disagreement(runs: &[Run]) -> Option<Disagreement> {
    let (products, alone): (Vec<&Run>, Vec<&Run>) = runs.iter().partition(|run| run.is_product());
    let first = products.first()?;
    if products
        .iter()
        .any(|product| product.kind() != first.kind())
    {
        return None;
    }
    let mut totals = alone.into_iter().filter(|one| {
        products
            .iter()
            .all(|product| product.may_be_totalled_by(one))
    });
    let (Some(total), None) = (totals.next(), totals.next()) else {
        return None;
    };
    let mut sum = Decimal::ZERO;
    for product in &products {
        sum = sum.checked_add(product.value()?)?;
    }
    let parts: Vec<String> = products.iter().map(|product| product.text()).collect();
    (total.value()? != sum).then(|| Disagreement {
        total: total.text(),
        parts: parts.join("+"),
    })
}
