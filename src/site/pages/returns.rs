//! Pages of monitoring returns: by area, and each question side by side across areas.

use super::{Rendered, Renderer};
use crate::document::slug;
use crate::model::paper::Form;
use crate::record::answers;
use crate::site::context::{AnswerRow, FormPage, Link, QuestionPage, Returns};
use crate::site::html::Anchors;
use crate::site::routes::{Routes, root_of};

impl Renderer<'_, '_> {
    pub(super) fn returns(&self) -> Rendered {
        let mut forms: Vec<(&String, &Form)> = self.edition.forms.iter().collect();
        forms.sort_by(|a, b| (&b.1.year, b.1.quarter, a.0).cmp(&(&a.1.year, a.1.quarter, b.0)));
        let forms = forms.into_iter().filter_map(|(folder, _)| self.view.form_card(folder)).collect();
        let page = self.page("returns", self.string("nav_returns"), "returns/index.html", "returns", vec![self.home()]);
        self.render("returns.html", "returns/index.html", &page, &Returns { forms })
    }

    pub(super) fn form(&self, folder: &str) -> Rendered {
        let path = Routes::form(folder);
        let Some(form) = self.view.form_card(folder) else { return self.not_found() };
        let breadcrumbs = vec![self.home(), self.string_link("nav_returns", "returns/index.html")];
        let page = self.page("return-form", form.form.title.clone(), &path, "returns", breadcrumbs);
        self.render("return-form.html", &path, &page, &FormPage { form })
    }

    pub(super) fn question(&self, folder: &str, number: u32) -> Rendered {
        let path = Routes::question(folder, number);
        let root = root_of(&path);
        let Some(form) = self.view.form_card(folder) else { return self.not_found() };
        let Some(index) = form.questions.iter().position(|question| question.number == number) else {
            return self.not_found();
        };
        let mut rows = Vec::new();
        let mut silent = Vec::new();
        for (area, published) in self.view.returns_in(folder) {
            let link = Link { title: area.to_owned(), href: Some(Routes::paper(&published.paper)) };
            let (_, answers) = answers(&published.paper.text.document);
            let mut answered = false;
            for answer in answers.iter().filter(|answer| answer.questions.contains(&number)) {
                let area_slug = slug(area);
                let writer = self.view.writer(&published.paper, &root, Anchors::Prefixed(format!("{area_slug}-")));
                let anchor = if answered { format!("{area_slug}-{}", answer.heading.anchor) } else { area_slug };
                answered = true;
                let also = form
                    .questions
                    .iter()
                    .filter(|other| other.number != number && answer.questions.contains(&other.number));
                let mut link = link.clone();
                link.href = link.href.map(|href| format!("{href}#{}", answer.heading.anchor));
                rows.push(AnswerRow {
                    area: link,
                    anchor,
                    html: writer.blocks(answer.blocks),
                    also: also.cloned().collect(),
                });
            }
            if !answered {
                silent.push(link);
            }
        }
        let step = |index: usize| {
            form.questions.get(index).map(|question| Link {
                title: format!("{} {}", self.string("question"), question.number),
                href: Some(question.href.clone()),
            })
        };
        let title = format!("{} {number}, {}", self.string("question"), form.form.title);
        let breadcrumbs = vec![self.home(), self.string_link("nav_returns", "returns/index.html"), form.form.clone()];
        let mut page = self.page("question", title, &path, "returns", breadcrumbs);
        page.description = Some(form.questions[index].text.clone());
        let context = QuestionPage {
            question: form.questions[index].clone(),
            answers: rows,
            silent,
            previous: index.checked_sub(1).and_then(step),
            next: step(index + 1),
            form,
        };
        self.render("question.html", &path, &page, &context)
    }
}
