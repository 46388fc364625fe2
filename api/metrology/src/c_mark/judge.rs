//! From the mark and the declaration to the verdict.

use chrono::NaiveDate;

use super::{CMark, Coverage, Declaration, DeclarationSearch, MarkUser};
use crate::input::{InputError, InputProblem};
use crate::refusal::JudgeError;
use crate::rules::{CMarkRules, DutyRow, Edition, Part, RuleSet};
use crate::seen::Seen;
use crate::verdict::{Bars, CheckResult, Cite, Grounds, Verdict, Words};

/// Whether there is a mark at all.
const C_MARK: &str = "C_MARK";
/// Whoever uses the mark may.
const MARK_USER: &str = "MARK_USER";
/// There is a declaration.
const DECLARATION: &str = "DECLARATION";
/// It covers the product.
const DECLARED_PRODUCT: &str = "DECLARED_PRODUCT";
/// It stood when the goods were made.
const DECLARATION_IN_FORCE: &str = "DECLARATION_IN_FORCE";

/// Judges one package by the rules in force on the day of the inspection.
///
/// Pure. Refuses goods made after the inspection, a declaration made after it or withdrawn before it was
/// made, a day of withdrawal of one that stands, more than 200 products, a product that the officer finds
/// not covered though its name is declared, and a day for which no edition is loaded.
pub fn judge(rules: &RuleSet, input: &CMark) -> Result<Verdict, JudgeError> {
    refuse(input)?;
    let edition = rules.edition_on::<CMarkRules>(input.inspected_on)?;
    let mut check = Check {
        edition,
        input,
        grounds: Grounds::new(rules),
    };
    check.grounds.apply(edition);
    match input.mark_present {
        Seen::No => check.no_mark(),
        Seen::NotSeen => check.leave_open(
            "MARK_NOT_SEEN",
            Words::new(
                "未查看包装上有无C标志",
                "nobody looked whether the package bears the mark",
            ),
        ),
        Seen::Yes => check.mark(),
    }
    let (name, producer) = (&input.goods_name, &input.producer);
    let who = Words::new(
        format!("{name}（{producer}）C标志"),
        format!("{name} ({producer}), C mark"),
    );
    let summary = check.grounds.sentence(&who, &Words::default());
    let found = match input.mark_present {
        Seen::Yes => Words::new(
            "C标志的使用有声明，声明涵盖该产品",
            "the C mark is declared for these goods",
        ),
        Seen::No | Seen::NotSeen => Words::new(
            "包装上没有C标志，可以没有",
            "the package bears no C mark, nor need it",
        ),
    };
    check.grounds.tell_why(&found);
    Ok(check.grounds.conclude(summary))
}

fn refuse(input: &CMark) -> Result<(), InputError> {
    let contradicts = |field: &'static str, why: &'static str| {
        Err(InputError::at(field, InputProblem::Contradicts { why }))
    };
    if input
        .produced_on
        .is_some_and(|made| made > input.inspected_on)
    {
        return contradicts("produced_on", "the inspection was before");
    }
    let Some(DeclarationSearch::Declared(declaration)) = &input.declaration else {
        return Ok(());
    };
    if declaration.products.len() > Declaration::MOST_PRODUCTS {
        let most = Declaration::MOST_PRODUCTS;
        return Err(InputError::at(
            "declaration.products",
            InputProblem::TooMany { most },
        ));
    }
    if declaration.declared_on > input.inspected_on {
        return contradicts("declaration.declared_on", "the inspection was before");
    }
    if declaration
        .withdrawn_on
        .is_some_and(|end| end < declaration.declared_on)
    {
        return contradicts("declaration.withdrawn_on", "it was declared later");
    }
    if declaration.withdrawn_on.is_some() && declaration.withdrawn == Seen::No {
        return contradicts("declaration.withdrawn_on", "the declaration stands");
    }
    if declaration.covers_product == Coverage::No && names(declaration, input) {
        return contradicts(
            "declaration.covers_product",
            "the name of the goods is declared",
        );
    }
    Ok(())
}

/// Whether the goods bear a declared name exactly.
fn names(declaration: &Declaration, input: &CMark) -> bool {
    let mut products = declaration.products.iter();
    products.any(|name| *name == input.goods_name)
}

struct Check<'a> {
    edition: Edition<'a, CMarkRules>,
    input: &'a CMark,
    grounds: Grounds,
}

impl Check<'_> {
    fn no_mark(&mut self) {
        let words = Words::new("包装上没有C标志。", "The package bears no C mark.");
        self.require(
            C_MARK,
            &self.edition.rules.declaration,
            CheckResult::Passes,
            words,
        );
        let note = Words::new(
            "C标志由企业自愿使用，没有标志不违法。",
            "The mark is voluntary; nobody has to bear it.",
        );
        self.grounds.note("MARK_IS_VOLUNTARY", note);
    }

    fn mark(&mut self) {
        self.user();
        let Some(search) = &self.input.declaration else {
            let words = Words::new("未查询自我声明", "nobody looked for the declaration");
            self.leave_open("DECLARATION_UNKNOWN", words);
            return;
        };
        let rule = &self.edition.rules.declaration;
        match search {
            DeclarationSearch::Nothing => self.undeclared(),
            DeclarationSearch::Declared(declaration) => {
                let day = declaration.declared_on;
                let words = Words::new(
                    format!("已于{day}自我声明。"),
                    format!("There is a declaration of {day}."),
                );
                self.require(DECLARATION, rule, CheckResult::Passes, words);
                if self.product(declaration) != Coverage::No {
                    self.time(declaration);
                }
            }
        }
    }

    fn undeclared(&mut self) {
        let words = Words::new(
            "使用了C标志，但没有自我声明。",
            "The mark is used and there is no declaration.",
        );
        let rule = &self.edition.rules.declaration;
        self.uncovered(DECLARATION, rule, words);
    }

    /// What no declaration covers fails, unless the goods are of the time of certificates. Where nobody knows
    /// when they were made, that could still be so.
    fn uncovered(&mut self, check: &'static str, row: &DutyRow, words: Words) {
        let made = self.input.produced_on;
        if let Some(made) = made.filter(|day| self.is_certified(*day)) {
            return self.leave_to_certificate(made);
        }
        let mark = self.grounds.mark();
        self.require(check, row, CheckResult::Fails, words);
        let may_be_certified = Words::new(
            "商品的生产日期不明，可能生产于凭证书使用C标志的时期",
            "the day the goods were made is not known; they may be of the time of certificates",
        );
        if made.is_none() && self.lacks_day(&may_be_certified) {
            self.grounds.hold_since(mark);
        }
    }

    /// Names the day the goods were made as what is missing; whether the edition wants it at all.
    fn lacks_day(&mut self, words: &Words) -> bool {
        let parts = self.edition.rules.parts.in_use();
        let mut wanted = parts.filter(|row| row.part == Part::ProductionDay);
        let Some(row) = wanted.next() else {
            return false;
        };
        self.grounds.lacks_as(row, row.part.code(), words.clone());
        true
    }

    fn is_certified(&self, made: NaiveDate) -> bool {
        self.edition.rules.certified.covers(made)
    }

    /// Whether there was a certificate, no portal says.
    fn leave_to_certificate(&mut self, made: NaiveDate) {
        let row = &self.edition.rules.certified;
        self.grounds
            .rely_on("C mark: certificates before declarations", row.provenance);
        let words = Words::new(
            format!(
                "商品生产于{made}，当时C标志可能凭省级部门的证书使用，没有自我声明不能说明问题"
            ),
            format!(
                "made on {made}, the goods may bear the mark by a certificate of the time: no declaration proves nothing"
            ),
        );
        self.leave_open("CERTIFICATE_NOT_KNOWN", words);
    }

    /// What is not known stands in the way of a pass; a mark that fails whatever it may be fails.
    fn leave_open(&mut self, code: &'static str, words: Words) {
        self.grounds.obstacle(Bars::Passing, code, words);
    }

    fn user(&mut self) {
        let users = &self.edition.rules.users;
        let (row, result, words) = match self.input.user {
            MarkUser::Producer => (
                &users.producer,
                CheckResult::Passes,
                Words::new("生产者可以使用C标志。", "A producer may use the mark."),
            ),
            MarkUser::Packer => (
                &users.packer,
                CheckResult::Passes,
                Words::new(
                    "受委托的分装者可以使用C标志。",
                    "A packer on contract may use the mark.",
                ),
            ),
            MarkUser::Seller => (
                &users.seller,
                CheckResult::Fails,
                Words::new("销售者不得使用C标志。", "A seller may not use the mark."),
            ),
        };
        let mark = self.grounds.mark();
        self.require(MARK_USER, row, result, words);
        if result == CheckResult::Fails && row.provenance.is_provisional() {
            let words = Words::new(
                "销售者能否使用C标志，规定原文未见，不能据此认定违法",
                "the text on whether a seller may use the mark was not seen: no violation rests on it",
            );
            self.grounds.hold_since(mark);
            self.grounds.reservation("DUTY_NOT_CONFIRMED", words);
        }
    }

    fn product(&mut self, declaration: &Declaration) -> Coverage {
        let row = &self.edition.rules.products;
        let coverage = if names(declaration, self.input) {
            Coverage::Yes
        } else {
            declaration.covers_product
        };
        match coverage {
            Coverage::Yes => {
                let words = Words::new(
                    "自我声明涵盖该产品。",
                    "The declaration covers the product.",
                );
                self.require(DECLARED_PRODUCT, row, CheckResult::Passes, words);
            }
            Coverage::No => {
                let words = Words::new(
                    "自我声明不涵盖该产品。",
                    "The declaration is for other products.",
                );
                self.uncovered(DECLARED_PRODUCT, row, words);
            }
            Coverage::Unknown => {
                let words = Words::new(
                    "不清楚自我声明是否涵盖该产品",
                    "it is not known whether the declaration covers the product",
                );
                self.leave_open("COVERAGE_UNKNOWN", words);
            }
        }
        coverage
    }

    fn time(&mut self, declaration: &Declaration) {
        let row = &self.edition.rules.declaration;
        let (start, end) = (declaration.declared_on, declaration.withdrawn_on);
        if declaration.withdrawn == Seen::Yes && end.is_none() {
            let words = Words::new(
                "声明已撤回，撤回日期不明",
                "the declaration was withdrawn, on a day that is not known",
            );
            return self.leave_open("DECLARATION_WITHDRAWN", words);
        }
        let stood = |day: NaiveDate| start <= day && end.is_none_or(|end| day < end);
        match self.input.produced_on {
            Some(made) if stood(made) => {
                let words = Words::new(
                    format!("商品生产之日（{made}）声明有效。"),
                    format!("The declaration stood when the goods were made ({made})."),
                );
                self.require(DECLARATION_IN_FORCE, row, CheckResult::Passes, words);
                if end.is_none() && declaration.withdrawn != Seen::No {
                    let words = Words::new(
                        "未写明是否查过自我声明有无撤回",
                        "nobody said whether it was looked up that the declaration stands",
                    );
                    self.grounds.note("WITHDRAWAL_NOT_SEEN", words);
                }
            }
            Some(made) => {
                let words = Words::new(
                    format!("商品生产之日（{made}）尚未声明或声明已撤回。"),
                    format!(
                        "When the goods were made ({made}) it was not declared yet or withdrawn."
                    ),
                );
                self.uncovered(DECLARATION_IN_FORCE, row, words);
            }
            None if !stood(self.input.inspected_on) => {
                let words = Words::new(
                    "声明已撤回，而商品的生产日期不明",
                    "the declaration was withdrawn, and the day the goods were made is not known",
                );
                self.leave_open("DECLARATION_WITHDRAWN", words);
            }
            None => {
                let words = Words::new(
                    "商品的生产日期不明，不能判断生产之日声明是否有效",
                    "the day the goods were made is not known, nor whether the declaration stood on it",
                );
                self.lacks_day(&words);
            }
        }
    }

    /// A duty that nobody has confirmed suggests no violation.
    fn require(&mut self, check: &'static str, row: &DutyRow, result: CheckResult, words: Words) {
        let violation = &self.edition.rules.violation;
        let cite = Cite {
            head: self.edition.head,
            article: row.article.as_str(),
            row: format!("C mark: {}", check.to_lowercase().replace('_', " ")),
            provenance: row.provenance,
            suggests: Some(violation).filter(|_| !row.provenance.is_provisional()),
        };
        self.grounds.require(check, None, result, cite, words);
    }
}
