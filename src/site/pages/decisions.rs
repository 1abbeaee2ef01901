//! The decisions register: plain pages for each body and each year.

use std::collections::BTreeMap;

use super::{Rendered, Renderer};
use crate::calendar::MunicipalYear;
use crate::model::BodyId;
use crate::site::context::{Decisions, DecisionsList, Link, RegisterBody, RegisterYear};
use crate::site::routes::Routes;
use crate::site::view::DecisionAt;

/// How many decisions the register's first page shows.
const LATEST: usize = 20;

impl<'e> Renderer<'_, 'e> {
    /// How many decisions each body took in each municipal year, the latest first.
    fn counts(&self) -> BTreeMap<&'e BodyId, BTreeMap<std::cmp::Reverse<MunicipalYear>, usize>> {
        let mut counts: BTreeMap<&BodyId, BTreeMap<_, usize>> = BTreeMap::new();
        for at in &self.view.decisions {
            let year = std::cmp::Reverse(MunicipalYear::of(at.meeting.key.date));
            *counts.entry(&at.meeting.key.body).or_default().entry(year).or_default() += 1;
        }
        counts
    }

    /// The pages of the register beside the first: each body, each year, each body's years.
    pub(super) fn decision_lists(&self) -> Vec<(Option<&'e BodyId>, Option<String>)> {
        let counts = self.counts();
        let mut years: Vec<MunicipalYear> = counts.values().flat_map(|years| years.keys().map(|year| year.0)).collect();
        years.sort();
        years.dedup();
        let mut lists: Vec<(Option<&BodyId>, Option<String>)> =
            years.into_iter().map(|year| (None, Some(year.slug()))).collect();
        for (body, years) in counts {
            lists.push((Some(body), None));
            lists.extend(years.keys().map(|year| (Some(body), Some(year.0.slug()))));
        }
        lists
    }

    pub(super) fn decisions(&self) -> Rendered {
        let path = Routes::decisions(None, None);
        let counts = self.counts();
        let mut by_year: BTreeMap<std::cmp::Reverse<MunicipalYear>, usize> = BTreeMap::new();
        for years in counts.values() {
            for (year, count) in years {
                *by_year.entry(*year).or_default() += count;
            }
        }
        let row = |body: Option<&BodyId>, year: MunicipalYear, count: usize| RegisterYear {
            year: Link { title: year.to_string(), href: Some(Routes::decisions(body, Some(&year.slug()))) },
            count,
        };
        let context = Decisions {
            bodies: counts
                .iter()
                .map(|(body, years)| RegisterBody {
                    body: Link { title: self.view.body(body).title, href: Some(Routes::decisions(Some(body), None)) },
                    count: years.values().sum(),
                    years: years.iter().map(|(year, count)| row(Some(body), year.0, *count)).collect(),
                })
                .collect(),
            years: by_year.iter().map(|(year, count)| row(None, year.0, *count)).collect(),
            latest: self.view.decisions.iter().take(LATEST).map(|at| self.view.decision_row(at, &path)).collect(),
        };
        let page = self.page("decisions", self.string("nav_decisions"), &path, "decisions", vec![self.home()]);
        self.render("decisions.html", &path, &page, &context)
    }

    pub(super) fn decisions_list(&self, body: Option<&BodyId>, year: Option<&str>) -> Rendered {
        let path = Routes::decisions(body, year);
        let chosen = |at: &&DecisionAt<'_>| {
            body.is_none_or(|body| at.meeting.key.body == *body)
                && year.is_none_or(|year| MunicipalYear::of(at.meeting.key.date).slug() == year)
        };
        let counts = self.counts();
        let all = self.string("all");
        let link = |title: String, own: bool, href: String| Link { title, href: (!own).then_some(href) };
        let mut bodies = vec![link(all.clone(), body.is_none(), Routes::decisions(None, year))];
        for (other, years) in &counts {
            // A body without decisions in the year has no page for it.
            if year.is_none_or(|year| years.keys().any(|known| known.0.slug() == year)) {
                bodies.push(link(
                    self.view.body(other).title,
                    body == Some(*other),
                    Routes::decisions(Some(other), year),
                ));
            }
        }
        let mut known: Vec<MunicipalYear> = counts
            .iter()
            .filter(|(other, _)| body.is_none_or(|body| body == **other))
            .flat_map(|(_, years)| years.keys().map(|year| year.0))
            .collect();
        known.sort_by(|a, b| b.cmp(a));
        known.dedup();
        let mut years = vec![link(all, year.is_none(), Routes::decisions(body, None))];
        years.extend(known.iter().map(|other| {
            link(other.to_string(), year == Some(other.slug().as_str()), Routes::decisions(body, Some(&other.slug())))
        }));
        let context = DecisionsList {
            bodies,
            years,
            decisions: self.view.decisions.iter().filter(chosen).map(|at| self.view.decision_row(at, &path)).collect(),
        };
        let named = [body.map(|body| self.view.body(body).title), year.map(|year| year.replace('-', "/"))];
        let named: Vec<String> = named.into_iter().flatten().collect();
        let title = format!("{}: {}", self.string("nav_decisions"), named.join(", "));
        let breadcrumbs = vec![self.home(), self.string_link("nav_decisions", &Routes::decisions(None, None))];
        let page = self.page("decisions-list", title, &path, "decisions", breadcrumbs);
        self.render("decisions-list.html", &path, &page, &context)
    }
}
