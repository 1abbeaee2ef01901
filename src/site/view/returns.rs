//! Funders' forms.

use super::View;
use crate::edition::PublishedPaper;
use crate::model::paper::Own;
use crate::site::context::{FormCard, Link, QuestionLink};
use crate::site::routes::Routes;

impl View<'_> {
    pub(crate) fn form_link(&self, folder: &str) -> Option<Link> {
        let form = self.edition.forms.get(folder)?;
        let title = format!("{}, {}, {} {}", form.title, form.year, self.string("quarter"), form.quarter);
        Some(Link { title, href: Some(Routes::form(folder)) })
    }

    pub(crate) fn form_card(&self, folder: &str) -> Option<FormCard> {
        let form = self.edition.forms.get(folder)?;
        let areas = self
            .returns_in(folder)
            .map(|(area, published)| Link { title: area.to_owned(), href: Some(Routes::paper(&published.paper)) });
        let questions = form.questions.0.iter().filter_map(|(number, text)| {
            let number = number.value.parse().ok()?;
            Some(QuestionLink { number, text: text.clone(), href: Routes::question(folder, number) })
        });
        Some(FormCard {
            form: self.form_link(folder)?,
            funder: form.funder.clone(),
            year: form.year.clone(),
            quarter: form.quarter,
            areas: areas.collect(),
            questions: questions.collect(),
        })
    }

    /// The returns made on a form, with the area of each.
    pub(crate) fn returns_in(&self, folder: &str) -> impl Iterator<Item = (&str, &PublishedPaper)> {
        let prefix = format!("{folder}/");
        let range = self.edition.papers.range(crate::model::PaperId(prefix.clone())..);
        range
            .map(|(_, published)| published)
            .take_while(move |published| published.paper.id.as_str().starts_with(&prefix))
            .filter_map(|published| match &published.paper.head.own {
                Own::MonitoringReturn(own) => Some((own.area.as_str(), published)),
                _ => None,
            })
    }
}
