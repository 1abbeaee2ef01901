//! Sentences in which figures contradict each other, and sentences in which they do not, or may not.

use super::contradictions;
use crate::document::Prose;
use crate::rules::tables::shape::Shape;
use crate::rules::tables::tests::found;
use crate::text::{Source, SourceId};

fn messages(text: &str) -> Vec<String> {
    let source = Source::new("a.md", text);
    let prose = Prose::read(&source, SourceId(0), 0..0, 0..source.text.len(), &[]);
    prose.body().flat_map(|run| contradictions(&Shape::of(run))).map(|claim| claim.message).collect()
}

#[test]
fn contradictions_are_found() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        ("3 of 129 (2.3%) aged 10 to 19, 13 of 129 (10.0%) aged\n50 to 59.", "13 of 129 is 10.1%, and 10.0% is stated"),
        ("In 2021, 36.5% (47\nof 129 survivors) were aged 30 to 39.", "47 of 129 is 36.4%, and 36.5% is stated"),
        ("Nearly all: 82% (34/129).", "34 of 129 is 26%, and 82% is stated"),
        ("Of 79 referrals to structured treatment, 52 (55%) engaged.", "52 of 79 is 66%, and 55% is stated"),
        (
            "From April 405 assessments and 20 others were done and 79 referrals to structure treatment have been made, of which 52 (55%) came.",
            "52 of 79 is 66%, and 55% is stated",
        ),
        ("Support was offered to 1,186, though\n93 (14%) did not take it up.", "93 of 1,186 is 8%, and 14% is stated"),
        (
            "There were 1,186 offered follow up support, 93 (14%) of these did not.",
            "93 of 1,186 is 8%, and 14% is stated",
        ),
        ("We saw 52 (55%) of the 79 referrals.", "52 of 79 is 66%, and 55% is stated"),
        ("They closed 82 of 84 cases, or 96%.", "82 of 84 is 98%, and 96% is stated"),
        (
            "28 people were newly referred in quarter 2. Fifteen were allocated and 8 wait. Just 2\nof them (8.8%) were young.",
            "8.8% is stated for 2 of them, and it is that of no figure before: of 28 it is 7.1%, of 15 it is 13.3%, of 8 it is 25.0%",
        ),
        (
            "It brought 49 referrals, against 38 in the same period a year before, a rise of 30%.",
            "from 38 to 49 is 29%, and 30% is stated",
        ),
        (
            "There were 91 referrals this is an increase of 16% compared to the 79 in 2015/16.",
            "from 79 to 91 is 15%, and 16% is stated",
        ),
        ("Referrals rose from 38 to 49, or by 30%.", "from 38 to 49 is 29%, and 30% is stated"),
        (
            "Reports rose by 148% (from 742 last year to 1832 this year).",
            "from 742 to 1,832 is 147%, and 148% is stated",
        ),
        ("Reports are up by 148% (last year 742, this year 1832).", "from 742 to 1,832 is 147%, and 148% is stated"),
        ("Incidents rose by 1,090 to 1,832, or by 146%.", "1,090 more or less than 742 is 147%, and 146% is stated"),
        ("It fell by 18, from 127 to 110.", "between 127 and 110 the difference is 17, and 18 is stated"),
        ("It went from 127 to 110, a fall of 18.", "between 127 and 110 the difference is 17, and 18 is stated"),
        ("Numbers fell from 38 to 49 this year.", "“fell” is said of a change from 38 to 49, which is a rise"),
        (
            "Their number is up by 29% (n=48 in 2015/16, n=115 in 2014/15).",
            "from 115 to 48 is a fall of 58%, and 29% is stated",
        ),
        (
            "They counted 379 incidents in 2014 and 327 in 2013, which is 53 more, or 16%.",
            "between 327 and 379 the difference is 52, and 53 is stated",
        ),
        (
            "There were 114 OOCDs in 2014 and 81 in 2013: 33 cases more, or 42%.",
            "from 81 to 114 is 41%, and 42% is stated",
        ),
        (
            "SARC saw 110 clients in quarter 4. Last year there were 127, so 17 fewer came, or −15%.",
            "17 more or less than 127 is 13%, and −15% is stated",
        ),
        (
            "There were 79 OOCDs. This is 19 cases or 34% more than in 2013.",
            "19 more or less than 60 is 32%, and 34% is stated",
        ),
        (
            "The investment is £147,500 a year. Each quarter £36,750 goes on it.",
            "4 times £36,750 is £147,000, and £147,500 is stated for the year",
        ),
        (
            "The annual investment is £147500.\nQuarterly expenditure of £36,750 is for it.",
            "4 times £36,750 is £147,000, and £147,500 is stated for the year",
        ),
    ] {
        let found = messages(text);
        if found != [expected] {
            wrong.push(format!("{text}\n  found {found:?}\n  expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_right_or_doubtful_is_left_alone() {
    let mut wrong = Vec::new();
    for text in [
        "The share who were male rose from 25.0% (3 of 12) in 2020 to 36.4% (4 of 11) in 2021.",
        "35.3% (6 of 17) were aged 20 to 29; more than half (70 of 129) were abused; 18.6% (24 of 129).",
        "In Tipton 97.62% (82 out of 84) did not offend again.",
        "About 10% (13 of 129) were over fifty, and nearly 13 of 129 (10.0%) came.",
        "Of 79 referrals, 52 (55% of the men) engaged.",
        "Of 79 referrals, 52 (55%) of the women engaged.",
        "In 2013, 52 (55%) engaged. Of the high-risk cases 68 (75%) led to actions.",
        "There were 46 open cases; African people, with 13 (28%), and Asian people, with 12 (26%), were affected most.",
        "Reports have gone up by 147% (last year 742, this year 1832).",
        "Incidents rose by 1,090 to 1,832, or by 147%.",
        "In the same quarter last year there were 127, so 17 fewer came, or −13%. It saw 446, against 383 in 2014/15: +16%.",
        "It fell by 17, from 127 to 110. Confidence went from 3 to 7 (10 means very confident).",
        "They counted 379 incidents in 2014 and 327 in 2013, which is\n52 more, or 16%.",
        "Police data show 467 incidents (379 crime and 88 non crime). That is 7 more than the year before (1.5%).",
        "There were 79 OOCDs. This is 19 cases or 32% more than in those months.",
        "Referrals rose from 38 to 49, and 30% of them came from the police.",
        "Referrals rose from 38 to 49 and burglary by 30%.",
        "Referrals rose from 38 to 49, or by over 20%.",
        "It cost from £1,000 to £2,000, or by 10%.",
        "Children from 7 to 17 (3%) came down.",
        "We climbed from 9 to 7 in the league table.",
        "The fund is £147,500 a year. Each quarter £20,000 goes on arrest referral.",
        "The fund is £146,999 a year. Each quarter £36,750 goes on arrest referral.",
        "Sect 20/47 assaults (540, 10%) and 8% of incidents (64% of the people open to services).",
        "Two of them (25%) came; there were 8 before.",
        "The share fell to 9.3%, from 10.5% the year before.",
        "£64,308 in 2015/16 and another 9.5% (£64,301) for 2016/17.",
        "On 17/02/2015 we had 12 of 17 (71%).",
        "24 would be some 20% above the SLA. It has 1,000 users, 250 more than at quarter 1, in 832 businesses.",
        "Of 120 invited, 30 came; 12 of them (40%) stayed.",
        "15 were allocated and 8 wait; 2 of them (8.7%) are young.",
        "A rise of 30% compared to the 38.",
        "Crime grew by 5%, from £1,200,000 to £1,270,000.",
    ] {
        wrong.extend(messages(text).iter().map(|message| format!("{text}\n  {message}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_average_is_of_what_its_section_counts() {
    let averages = "We wrote 803 times to share information, on average 1.3 times for each referral.\n";
    let one = "## A\n\nThere were 12 referrals.\n\n## B\n\nAssessments led to 656 referrals.\n\n### C\n\n\
               We wrote 803 times to share information, on average 1.3 times for each referral.\n";
    assert!(one.ends_with(averages));
    assert_eq!(found("T08", one), ["1.3: 803 for 656 is 1.2 for each referral, and 1.3 is stated"]);
    let two = "## B\n\nAssessments led to 656 referrals, 12 referrals among them urgent.\n\n\
               We wrote 803 times to share information, on average 1.3 times for each referral.\n";
    assert_eq!(found("T08", two), Vec::<String>::new(), "nobody can say of which");
}
