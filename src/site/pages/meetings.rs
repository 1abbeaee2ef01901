//! Pages of meetings: agenda, supplementary agendas, minutes.

use super::{Page, Rendered, Renderer};
use crate::calendar::long_date;
use crate::edition::PublishedMeeting;
use crate::model::MeetingKey;
use crate::record::Paper;
use crate::site::context::{Link, Meetings};
use crate::site::html::Anchors;
use crate::site::routes::{Routes, root_of};

impl Renderer<'_, '_> {
    pub(super) fn meetings(&self) -> Rendered {
        let past = self.edition.meetings.values().filter(|meeting| self.view.is_past(&meeting.key));
        let context = Meetings { next_meetings: self.next_meetings(|_| true), years: self.view.years(past) };
        let page =
            self.page("meetings", self.string("nav_meetings"), "meetings/index.html", "meetings", vec![self.home()]);
        self.render("meetings.html", "meetings/index.html", &page, &context)
    }

    fn meeting_crumbs(&self, key: &MeetingKey) -> Vec<Link> {
        vec![self.home(), self.string_link("nav_meetings", "meetings/index.html"), self.view.body(&key.body)]
    }

    pub(super) fn meeting(&self, meeting: &PublishedMeeting) -> Rendered {
        let path = Routes::meeting(&meeting.key);
        let root = root_of(&path);
        let Some(agenda) = &meeting.agenda else { return self.not_found() };
        let mut writer = self.view.writer(&agenda.paper, &root, Anchors::Own);
        writer.shift = 1;
        let access_html = writer.document(&agenda.paper.text.document);
        let Some(context) = self.view.meeting_page(meeting, access_html) else { return self.not_found() };
        let title = self.view.meeting_link(&meeting.key).title;
        let mut page = self.page("meeting", title, &path, "meetings", self.meeting_crumbs(&meeting.key));
        page.invented = agenda.paper.head.common.invented;
        page.description.clone_from(&agenda.paper.head.common.summary);
        page.exempt = agenda.exempt.as_ref().map(|exempt| self.view.exempt(exempt));
        self.render("meeting.html", &path, &page, &context)
    }

    pub(super) fn supplementary(&self, meeting: &PublishedMeeting, index: usize) -> Rendered {
        let Some(supplementary) = meeting.supplementary.get(index) else { return self.not_found() };
        let paper = &supplementary.paper;
        let path = Routes::paper(paper);
        let root = root_of(&path);
        let letter_html = self.view.writer(paper, &root, Anchors::Own).document(&paper.text.document);
        let Some(context) = self.view.supplementary_page(meeting, supplementary, letter_html) else {
            return self.not_found();
        };
        let meeting_link = self.view.meeting_link(&meeting.key);
        let title = format!("{}, {}", paper.title(), meeting_link.title);
        let mut page = self.page_of_meeting("supplementary-agenda", title, &path, paper, &meeting.key);
        page.breadcrumbs.push(Link { title: long_date(meeting.key.date), ..meeting_link });
        page.exempt = supplementary.exempt.as_ref().map(|exempt| self.view.exempt(exempt));
        self.render("supplementary-agenda.html", &path, &page, &context)
    }

    pub(super) fn minutes(&self, meeting: &PublishedMeeting) -> Rendered {
        let Some(minutes) = &meeting.minutes else { return self.not_found() };
        let paper = &minutes.paper;
        let path = Routes::paper(paper);
        let root = root_of(&path);
        let writer = self.view.writer(paper, &root, Anchors::Own);
        let Some(mut context) = self.view.minutes_page(meeting, &|blocks| writer.blocks(blocks)) else {
            return self.not_found();
        };
        context.footnotes_html = writer.footnotes(&paper.text.document.footnotes);
        let meeting_link = self.view.meeting_link(&meeting.key);
        let title = format!("{}, {}", self.string("minutes_title"), meeting_link.title);
        let mut page = self.page_of_meeting("minutes", title, &path, paper, &meeting.key);
        page.breadcrumbs.push(Link { title: long_date(meeting.key.date), ..meeting_link });
        page.exempt = minutes.exempt.as_ref().map(|exempt| self.view.exempt(exempt));
        self.render("minutes.html", &path, &page, &context)
    }

    fn page_of_meeting(&self, kind: &'static str, title: String, path: &str, paper: &Paper, key: &MeetingKey) -> Page {
        let mut page = self.page(kind, title, path, "meetings", self.meeting_crumbs(key));
        page.invented = paper.head.common.invented;
        page.description.clone_from(&paper.head.common.summary);
        page
    }
}
