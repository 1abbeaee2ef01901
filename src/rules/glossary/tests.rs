//! Abbreviations as they are really written.

use crate::rules::testing::Papers;

fn note(text: &str) -> Papers {
    let head = "kind: briefing-note\ntitle: Plan\nstatus: published\nbackground_papers: none\n";
    Papers::new().paper("03-plan", format!("---\n{head}---\n{text}\n"))
}

#[test]
fn an_abbreviation_that_nobody_explains_is_told_once() {
    note("An FPN was issued. Two FPNs more.").finds("G01", &["FPN is neither", "add `FPN: …`"]);
    note("ABS is a problem.").finds("G01", &["did you mean ASB"]);
    note("| Order | Count |\n|---|---|\n| PSPO | 5 |").finds("G01", &["PSPO"]);
}

#[test]
fn what_is_explained_known_or_no_abbreviation_is_passed_over() {
    for text in [
        "A Fixed Penalty Notice (FPN), later an FPN.",
        "An FPN (Fixed Penalty Notice) is issued.",
        "**FPN**: Fixed Penalty Notice.",
        "the “Fixed Penalty Notice” (the “FPN”) and FPNs",
        "| Letters | Meaning |\n|---|---|\n| FPN | Fixed Penalty Notice |\n\nAn FPN.",
        "ASB and ASB-related cases; the UK's NHS; A&E.",
        "PLEASE READ THE WHOLE NOTE BELOW",
        "It is NOT so, and MUST NOT be. Read IT, if it is there.",
        "Councillors AS Khan and CE Thomas; Ms JK Rowling. AB Smith said so.",
        "Part IV, form SN4, on the A45 at CV1 5RR, ref C/EMK, Dr. X.",
        "`FPN` is a code, and so is [[paper 03-plan]].",
        "## THE FPN\n\nText.",
    ] {
        note(text).is_silent("G01");
    }
    note("An FPN.").file("glossary.yaml", "- broken: [\n").is_silent("G01");
}

#[test]
fn two_meanings_are_told_from_two_spellings() {
    note("the Advisory School Board (ASB)").finds("G02", &["“Advisory School Board”", "“Anti-social behaviour”"]);
    for text in [
        "Anti Social Behaviour (ASB)",
        "anti-social behaviours (ASB)",
        "the West London Advisory School Board (ASB)",
        "abs (ASB)",
    ] {
        note(text).is_silent("G02");
    }
    // A glossary that explains in place of spelling out says nothing else.
    note("the Advisory School Board (ASB)").file("glossary.yaml", "ASB: A service for adults\n").is_silent("G02");
}
