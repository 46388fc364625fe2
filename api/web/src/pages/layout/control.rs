//! Form controls: each has a visible label, and its hint and its error are tied to it, so that a
//! screen reader says them together. Nothing here knows what is asked.

use liangxin_domain::refusal::Lang;
use maud::{Markup, html};

/// Whether a form may be sent without the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The browser itself refuses to send without it, which spares a round trip that would lose
    /// the chosen photos.
    Required,
    /// Marked as optional beside the label.
    Optional,
}

/// What all kinds of controls have in common.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// Name in the form and id in the page.
    pub name: &'a str,
    /// The visible question.
    pub label: &'a str,
    /// A sentence below the question; empty for none.
    pub hint: &'a str,
    /// Why the last answer was refused.
    pub error: Option<&'a str>,
    /// The last answer.
    pub value: &'a str,
    /// Whether it must be filled in.
    pub need: Need,
}

/// What a single-line input takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyboard {
    /// Any text up to this many UTF-16 units, as browsers count.
    Text(u16),
    /// A decimal number. A text input: number inputs drop what they cannot read without a word.
    Decimal,
    /// Date and time of day without zone; browsers that lack the type fall back to text.
    DateTime,
    /// An e-mail address.
    Email,
    /// A password that is chosen now. It comes back with the form, so that nobody has to type it twice.
    NewPassword,
    /// A code of letters and digits, which the phone must neither correct nor remember.
    Code,
}

/// A choice of a list: the value that is sent and the words that are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The value that is sent.
    pub code: String,
    /// The words that are shown.
    pub name: String,
}

impl Field<'_> {
    /// A single-line input.
    pub fn input(&self, keyboard: Keyboard, lang: Lang) -> Markup {
        html! {
            div.field { (self.label(lang)) (self.bare_input(keyboard)) (self.error()) }
        }
    }

    /// A decimal number and, beside it, a list of units that is sent under `unit_name`.
    pub fn quantity(&self, unit: &Field<'_>, units: &[Choice], lang: Lang) -> Markup {
        html! {
            div.field {
                (self.label(lang))
                div.row {
                    (self.bare_input(Keyboard::Decimal))
                    label.unseen for=(unit.name) { (unit.label) }
                    select.unit id=(unit.name) name=(unit.name)
                        aria-invalid=[unit.invalid()] aria-describedby=[unit.described_by()] {
                        (options(units, unit.value))
                    }
                }
                (self.error())
                (unit.error())
            }
        }
    }

    /// A text of several lines.
    pub fn area(&self, max_length: u16, lang: Lang) -> Markup {
        html! {
            div.field {
                (self.label(lang))
                textarea id=(self.name) name=(self.name) rows="5" maxlength=(max_length)
                    required[self.need == Need::Required]
                    aria-invalid=[self.invalid()] aria-describedby=[self.described_by()] { (self.value) }
                (self.error())
            }
        }
    }

    /// A list; `choices` are `option` or `optgroup` elements.
    pub fn select(&self, choices: &Markup, lang: Lang) -> Markup {
        html! {
            div.field {
                (self.label(lang))
                select id=(self.name) name=(self.name) required[self.need == Need::Required]
                    aria-invalid=[self.invalid()] aria-describedby=[self.described_by()] { (choices) }
                (self.error())
            }
        }
    }

    /// A box to tick, with its sentence to the right; ticked if the last answer was not empty.
    pub fn tick(&self) -> Markup {
        html! {
            div.field {
                div.tick {
                    input type="checkbox" id=(self.name) name=(self.name) value="yes" checked[!self.value.is_empty()]
                        aria-invalid=[self.invalid()] aria-describedby=[self.described_by()];
                    label for=(self.name) { (self.label) }
                }
                (self.error())
            }
        }
    }

    fn bare_input(&self, keyboard: Keyboard) -> Markup {
        let (kind, mode, autocomplete, placeholder) = match keyboard {
            Keyboard::Text(_) => ("text", None, "off", None),
            Keyboard::Decimal => ("text", Some("decimal"), "off", None),
            Keyboard::DateTime => ("datetime-local", None, "off", Some("2026-11-23T09:12")),
            // Not of type `email`: a browser would refuse what a Chinese keyboard writes, which is read.
            Keyboard::Email => ("text", Some("email"), "email", None),
            Keyboard::NewPassword => ("password", None, "new-password", None),
            Keyboard::Code => ("text", None, "off", None),
        };
        let max_length = match keyboard {
            Keyboard::Text(most) => Some(most),
            Keyboard::Decimal => Some(20),
            // As much as is searched for a code: a pasted line.
            Keyboard::Code => Some(200),
            Keyboard::DateTime | Keyboard::NewPassword => None,
            // RFC 5321, 4.5.3.1.3, less the angle brackets.
            Keyboard::Email => Some(254),
        };
        let is_code = keyboard == Keyboard::Code;
        html! {
            input type=(kind) id=(self.name) name=(self.name) value=(self.value) maxlength=[max_length]
                inputmode=[mode] autocomplete=(autocomplete) placeholder=[placeholder]
                autocapitalize=[is_code.then_some("characters")] spellcheck=[is_code.then_some("false")]
                required[self.need == Need::Required]
                aria-invalid=[self.invalid()] aria-describedby=[self.described_by()];
        }
    }

    fn label(&self, lang: Lang) -> Markup {
        html! {
            label for=(self.name) {
                (self.label)
                @if self.need == Need::Optional { " " span.optional { (lang.pick("选填", "optional")) } }
            }
            @if !self.hint.is_empty() { p.hint id={ (self.name) "-hint" } { (self.hint) } }
        }
    }

    fn error(&self) -> Markup {
        html! {
            @if let Some(error) = self.error { p.error id={ (self.name) "-error" } { (error) } }
        }
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.map(|_| "true")
    }

    fn described_by(&self) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let error = self.error.map(|_| format!("{}-error", self.name));
        match (hint, error) {
            (Some(hint), Some(error)) => Some(format!("{error} {hint}")),
            (hint, error) => hint.or(error),
        }
    }
}

/// The `option` elements of a list, with `chosen` marked.
pub fn options(choices: &[Choice], chosen: &str) -> Markup {
    html! {
        @for choice in choices {
            option value=(choice.code) selected[choice.code == chosen] { (choice.name) }
        }
    }
}
