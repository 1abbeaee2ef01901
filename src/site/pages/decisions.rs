//! The decisions register: plain pages for each body and each year.

use super::{Rendered, Renderer};
use crate::calendar::MunicipalYear;
use crate::model::BodyId;
use crate::site::context::{Decisions, DecisionsList, Link, RegisterBody, RegisterYear};
use crate::site::routes::Routes;

/// How many decisions the register's first page shows.
const LATEST: usize = 20;

impl<'e> Renderer<'_, 'e> {
    /// The pages of the register beside the first: each body, each year, each body's years.
    pub(super) fn decision_lists(&self) -> Vec<(Option<&'e BodyId>, Option<MunicipalYear>)> {
        self.view.register.keys().copied().filter(|list| *list != (None, None)).collect()
    }

    /// The years in which a body, or any body, took decisions, the latest first, and how many.
    fn years_of(&self, body: Option<&BodyId>) -> Vec<(MunicipalYear, usize)> {
        let lists = self.view.register.range((body, None)..);
        let mut years: Vec<(MunicipalYear, usize)> = lists
            .take_while(|((of, _), _)| *of == body)
            .filter_map(|((_, year), decisions)| Some(((*year)?, decisions.len())))
            .collect();
        years.reverse();
        years
    }

    /// The bodies that took decisions, in a year or at all, and how many.
    fn bodies_in(&self, year: Option<MunicipalYear>) -> impl Iterator<Item = (&'e BodyId, usize)> {
        let lists = self.view.register.iter().filter(move |((_, in_year), _)| *in_year == year);
        lists.filter_map(|((body, _), decisions)| Some(((*body)?, decisions.len())))
    }

    fn year_rows(&self, body: Option<&BodyId>) -> Vec<RegisterYear> {
        let row = |(year, count): (MunicipalYear, usize)| RegisterYear {
            year: Link { title: year.to_string(), href: Some(Routes::decisions(body, Some(year))) },
            count,
        };
        self.years_of(body).into_iter().map(row).collect()
    }

    pub(super) fn decisions(&self) -> Rendered {
        let path = Routes::decisions(None, None);
        let context = Decisions {
            bodies: self
                .bodies_in(None)
                .map(|(body, count)| RegisterBody {
                    body: Link { title: self.view.body(body).title, href: Some(Routes::decisions(Some(body), None)) },
                    count,
                    years: self.year_rows(Some(body)),
                })
                .collect(),
            years: self.year_rows(None),
            latest: self.view.decisions.iter().take(LATEST).map(|at| self.view.decision_row(at, &path)).collect(),
        };
        let page = self.page("decisions", self.string("nav_decisions"), &path, "decisions", vec![self.home()]);
        self.render("decisions.html", &path, &page, &context)
    }

    pub(super) fn decisions_list(&self, body: Option<&'e BodyId>, year: Option<MunicipalYear>) -> Rendered {
        let path = Routes::decisions(body, year);
        let all = self.string("all");
        // The page itself is named without a link.
        let link = |title: String, own: bool, href: String| Link { title, href: (!own).then_some(href) };
        let mut bodies = vec![link(all.clone(), body.is_none(), Routes::decisions(None, year))];
        bodies.extend(self.bodies_in(year).map(|(other, _)| {
            link(self.view.body(other).title, body == Some(other), Routes::decisions(Some(other), year))
        }));
        let mut years = vec![link(all, year.is_none(), Routes::decisions(body, None))];
        years.extend(
            self.years_of(body)
                .into_iter()
                .map(|(other, _)| link(other.to_string(), year == Some(other), Routes::decisions(body, Some(other)))),
        );
        let chosen = self.view.register.get(&(body, year)).into_iter().flatten();
        let context = DecisionsList {
            bodies,
            years,
            decisions: chosen.map(|index| self.view.decision_row(&self.view.decisions[*index], &path)).collect(),
        };
        let named = [body.map(|body| self.view.body(body).title), year.map(|year| year.to_string())];
        let named: Vec<String> = named.into_iter().flatten().collect();
        let title = format!("{}: {}", self.string("nav_decisions"), named.join(", "));
        let breadcrumbs = vec![self.home(), self.string_link("nav_decisions", &Routes::decisions(None, None))];
        let page = self.page("decisions-list", title, &path, "decisions", breadcrumbs);
        self.render("decisions-list.html", &path, &page, &context)
    }
}
