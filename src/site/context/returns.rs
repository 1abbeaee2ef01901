//! Pages of monitoring returns and of funders' forms.

use serde::Serialize;

use super::papers::Paper;
use super::shared::Link;

/// `returns.html`
#[derive(Debug, Serialize)]
pub struct Returns {
    /// The forms, the latest first.
    pub forms: Vec<FormCard>,
}

/// A funder's form and the returns made on it.
#[derive(Debug, Clone, Serialize)]
pub struct FormCard {
    /// "Community safety grant monitoring form, 2016/17, quarter 2", with its page.
    pub form: Link,
    /// Who asks for it.
    pub funder: String,
    /// "2016/17".
    pub year: String,
    /// 1 to 4.
    pub quarter: u32,
    /// The areas that made a return, with their pages.
    pub areas: Vec<Link>,
    /// The questions, each with its page across areas.
    pub questions: Vec<QuestionLink>,
}

/// A question and its page.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionLink {
    /// Its number.
    pub number: u32,
    /// What it asks.
    pub text: String,
    /// Its page across areas.
    pub href: String,
}

/// `return-form.html`
#[derive(Debug, Serialize)]
pub struct FormPage {
    /// The form.
    pub form: FormCard,
}

/// `question.html`: one question across areas.
#[derive(Debug, Serialize)]
pub struct QuestionPage {
    /// The form.
    pub form: FormCard,
    /// The question.
    pub question: QuestionLink,
    /// What each area answers.
    pub answers: Vec<AnswerRow>,
    /// Areas that do not answer it.
    pub silent: Vec<Link>,
    /// The question before.
    pub previous: Option<Link>,
    /// The question after.
    pub next: Option<Link>,
}

/// An area's answer to a question.
#[derive(Debug, Serialize)]
pub struct AnswerRow {
    /// The area, with its return.
    pub area: Link,
    /// Its address within the page.
    pub anchor: String,
    /// The answer, its headings one level further down.
    pub html: String,
    /// Other questions that the same answer serves: "Also answers question 2".
    pub also: Vec<QuestionLink>,
}

/// `return.html`: a monitoring return.
#[derive(Debug, Serialize)]
pub struct ReturnPage {
    /// The paper; its text is what comes before the first answer.
    pub paper: Paper,
    /// The form.
    pub form: FormCard,
    /// The area.
    pub area: String,
    /// The partnership that makes it.
    pub partnership: Option<String>,
    /// The answers in order.
    pub answers: Vec<ReturnAnswer>,
    /// Footnotes.
    pub footnotes_html: String,
}

/// An answer within a return.
#[derive(Debug, Serialize)]
pub struct ReturnAnswer {
    /// The questions it answers.
    pub questions: Vec<QuestionLink>,
    /// Its address within the page.
    pub anchor: String,
    /// What it says.
    pub html: String,
}
