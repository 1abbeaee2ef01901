//! Whether stated figures follow from each other.

use rust_decimal::Decimal;

use crate::figures;
use crate::rules::Found;
use crate::rules::tables::figure::{Printed, change};
use crate::rules::tables::shape::Stated;
use crate::text::Span;

/// What is to be said of figures that contradict each other.
#[derive(Debug)]
pub(super) struct Claim {
    /// The figure that does not follow.
    pub span: Span,
    /// What was found and what was expected.
    pub message: String,
    /// How to put it right.
    pub help: String,
    /// The figures it was compared with.
    pub others: Vec<Span>,
}

impl Claim {
    /// Makes a finding of it.
    pub(super) fn tell(self, found: &mut Found) {
        let told = found.at(self.span, self.message).help(self.help);
        self.others.into_iter().fold(told, |told, span| told.also(span, "compared with this"));
    }
}

/// What came of comparing.
#[derive(Debug)]
pub(super) enum Verdict {
    /// The figures agree, or need not.
    Right,
    /// They do not.
    Wrong(Claim),
}

/// Whether all figures are meant exactly and are exact: counts, or money that is not in round thousands.
fn are_exact(all: &[Stated]) -> bool {
    all.iter().all(|stated| {
        let figure = stated.figure;
        let round = figure.money && figure.places == 0 && (figure.value % Decimal::ONE_THOUSAND).is_zero();
        let whole = figure.places == 0 || figure.money && figure.places == 2;
        !stated.roughly && !figure.signed && whole && !round
    })
}

fn wrong(stated: Stated, others: &[Stated], message: String, right: &str) -> Verdict {
    let help = format!("write {right} if the other figures are right, or correct those");
    Verdict::Wrong(Claim { span: stated.span, message, help, others: far(stated, others.iter().copied()) })
}

/// Figures so far away that a reader may look for them: those beside the one in question need not be pointed at.
fn far(stated: Stated, others: impl IntoIterator<Item = Stated>) -> Vec<Span> {
    const NEAR: u32 = 60;
    let spans = others.into_iter().map(|other| other.span);
    spans.filter(|span| span.start.abs_diff(stated.span.start) > NEAR).collect()
}

fn percent(figure: Printed, exact: Decimal) -> String {
    Printed { percent: true, ..figure }.write(exact)
}

/// `part` of `whole` is said to be `stated` per cent.
pub(super) fn share(part: Stated, whole: Stated, stated: Stated) -> Verdict {
    let exact = figures::percentage(part.figure.value, whole.figure.value);
    let Some(exact) = exact.filter(|_| part.figure.value <= whole.figure.value) else { return Verdict::Right };
    let doubtful = !are_exact(&[part, whole]) || part.figure.money != whole.figure.money || stated.roughly;
    if doubtful || stated.figure.agrees(exact) {
        return Verdict::Right;
    }
    let right = percent(stated.figure, exact);
    let message = format!(
        "{} of {} is {right}, and {} is stated",
        part.figure.printed(),
        whole.figure.printed(),
        stated.figure.printed()
    );
    wrong(stated, &[part, whole], message, &right)
}

/// From `earlier` to `later` is said to be a change of `stated` per cent.
pub(super) fn percentage_change(earlier: Stated, later: Stated, stated: Stated) -> Verdict {
    let exact = change(earlier.figure.value, later.figure.value);
    let Some(exact) = exact.filter(|_| are_exact(&[earlier, later]) && !stated.roughly) else { return Verdict::Right };
    let figure = stated.figure;
    if if figure.signed { figure.agrees(exact) } else { figure.agrees_in_size(exact) } {
        return Verdict::Right;
    }
    // Where no sign is written, words say which way it went: "a fall of −5%" would be as wrong.
    let right = if !figure.signed && exact < Decimal::ZERO {
        format!("a fall of {}", percent(figure, exact.abs()))
    } else {
        percent(figure, exact)
    };
    let message = format!(
        "from {} to {} is {right}, and {} is stated",
        earlier.figure.printed(),
        later.figure.printed(),
        figure.printed()
    );
    wrong(stated, &[earlier, later], message, &right)
}

/// From `earlier` to `later` is said to be a difference of `stated`.
pub(super) fn difference(earlier: Stated, later: Stated, stated: Stated) -> Verdict {
    let exact = later.figure.value - earlier.figure.value;
    let comparable = earlier.figure.money == stated.figure.money && later.figure.money == stated.figure.money;
    if !are_exact(&[earlier, later]) || stated.roughly || !comparable || stated.figure.agrees_in_size(exact) {
        return Verdict::Right;
    }
    let right = Printed { signed: false, ..stated.figure }.write(exact.abs());
    let message = format!(
        "between {} and {} the difference is {right}, and {} is stated",
        earlier.figure.printed(),
        later.figure.printed(),
        stated.figure.printed()
    );
    wrong(stated, &[earlier, later], message, &right)
}

/// Words say that `later` is more than `earlier` (or less), and it is not.
pub(super) fn direction(earlier: Stated, later: Stated, rises: bool, word: &str, word_at: Span) -> Verdict {
    let rose = later.figure.value > earlier.figure.value;
    if rose == rises || later.figure.value == earlier.figure.value {
        return Verdict::Right;
    }
    let way = if rose { "a rise" } else { "a fall" };
    let message = format!(
        "“{word}” is said of a change from {} to {}, which is {way}",
        earlier.figure.printed(),
        later.figure.printed()
    );
    Verdict::Wrong(Claim {
        span: word_at,
        message,
        help: "correct the word, or put the two figures in their order".to_owned(),
        others: Vec::new(),
    })
}

/// Something grew (or shrank) by `by` to `later`, or `stated` per cent: it was the difference of the two before.
pub(super) fn change_to(by: Stated, later: Stated, rises: Option<bool>, stated: Stated) -> Verdict {
    let (by_value, later_value) = (by.figure.value, later.figure.value);
    let bases = match rises {
        Some(true) => vec![later_value - by_value],
        Some(false) => vec![later_value + by_value],
        None => vec![later_value - by_value, later_value + by_value],
    };
    by_from(&[by, later], by, &bases, stated)
}

/// A difference of `by` is said to be `stated` per cent, of one of `bases`.
fn by_from(compared: &[Stated], by: Stated, bases: &[Decimal], stated: Stated) -> Verdict {
    let exact: Vec<(Decimal, Decimal)> = bases
        .iter()
        .filter(|base| **base > Decimal::ZERO)
        .filter_map(|base| Some((*base, figures::percentage(by.figure.value.abs(), *base)?)))
        .collect();
    let Some((base, first)) = exact.first().filter(|_| are_exact(compared) && !stated.roughly) else {
        return Verdict::Right;
    };
    if exact.iter().any(|(_, exact)| stated.figure.agrees_in_size(*exact)) {
        return Verdict::Right;
    }
    let right = percent(Printed { signed: false, ..stated.figure }, *first);
    let message = format!(
        "{} more or less than {} is {right}, and {} is stated",
        by.figure.printed(),
        by.figure.write(*base),
        stated.figure.printed()
    );
    wrong(stated, compared, message, &right)
}

/// `by` more (or fewer) is said to be `stated` per cent, and `before` are the numbers stated before, the nearest first.
///
/// Two of them that differ by `by` say what it is a percentage of. If none do, one of them is the later or the earlier count,
/// but only if `follows` says so: "This is 19 more, or 32%".
pub(super) fn difference_and_percentage(
    by: Stated,
    more: bool,
    stated: Stated,
    before: &[Stated],
    follows: bool,
) -> Verdict {
    let mut pairs = Vec::new();
    for (index, first) in before.iter().enumerate() {
        for second in &before[index + 1..] {
            let apart = (first.figure.value - second.figure.value).abs();
            // Small numbers are apart by as much as any other small numbers.
            if apart == by.figure.value && by.figure.value >= Decimal::TEN {
                let (low, high) =
                    (first.figure.value.min(second.figure.value), first.figure.value.max(second.figure.value));
                pairs.push((if more { low } else { high }, *first, *second));
            }
        }
    }
    if let Some((_, first, second)) = pairs.first() {
        let bases: Vec<Decimal> = pairs.iter().map(|(base, ..)| *base).collect();
        return by_from(&[by, *first, *second], by, &bases, stated);
    }
    if !follows || before.is_empty() {
        return Verdict::Right;
    }
    let mut compared = vec![by];
    let mut bases = Vec::new();
    for stated in before {
        let value = stated.figure.value;
        bases.extend([if more { value - by.figure.value } else { value + by.figure.value }, value]);
        compared.push(*stated);
    }
    by_from(&compared, by, &bases, stated)
}

/// `part` of them is said to be `stated` per cent, and `before` are the numbers stated before, the nearest first. Any of them,
/// or two together, may be meant.
pub(super) fn share_of_them(part: Stated, stated: Stated, before: &[Stated]) -> Verdict {
    let whole: Vec<&Stated> =
        before.iter().filter(|whole| whole.figure.value > part.figure.value && whole.figure.is_count()).collect();
    let exact = before.iter().chain([&part]).all(|figure| !figure.roughly) && !stated.roughly;
    let singles = whole.iter().map(|whole| whole.figure.value);
    let pairs = whole.iter().enumerate().flat_map(|(index, first)| {
        whole[index + 1..].iter().map(move |second| first.figure.value + second.figure.value)
    });
    let all = figures_sum(&whole);
    let fits = singles
        .chain(pairs)
        .chain(all)
        .filter_map(|whole| figures::percentage(part.figure.value, whole))
        .any(|share| stated.figure.agrees(share));
    if whole.is_empty() || !exact || fits || !part.figure.is_count() {
        return Verdict::Right;
    }
    let shares: Vec<String> = whole
        .iter()
        .rev()
        .filter_map(|whole| {
            let share = figures::percentage(part.figure.value, whole.figure.value)?;
            Some(format!("of {} it is {}", whole.figure.printed(), percent(stated.figure, share)))
        })
        .collect();
    let message = format!(
        "{} is stated for {} of them, and it is that of no figure before: {}",
        stated.figure.printed(),
        part.figure.printed(),
        shares.join(", ")
    );
    Verdict::Wrong(Claim {
        span: stated.span,
        message,
        help: "correct the percentage, or say of what it is one".to_owned(),
        others: far(stated, whole.into_iter().copied()),
    })
}

fn figures_sum(whole: &[&Stated]) -> Option<Decimal> {
    crate::rules::tables::figure::sum(whole.iter().map(|whole| whole.figure.value))
}

/// `total` things for `of` others are said to be `stated` for each, on average.
pub(super) fn average(total: Stated, of: Stated, stated: Stated, each: &str) -> Verdict {
    let Some(exact) = total.figure.value.checked_div(of.figure.value) else { return Verdict::Right };
    if !are_exact(&[total, of]) || stated.roughly || stated.figure.agrees(exact) {
        return Verdict::Right;
    }
    let right = stated.figure.write(exact);
    let message = format!(
        "{} for {} is {right} for each{each}, and {} is stated",
        total.figure.printed(),
        of.figure.printed(),
        stated.figure.printed()
    );
    wrong(stated, &[total, of], message, &right)
}

/// `each` of `times` periods is said beside `whole` for all of them. Only a near miss is certain: what differs much is a part.
pub(super) fn times(whole: Stated, each: Stated, times: u32, of_what: &str) -> Verdict {
    let product = each.figure.value * Decimal::from(times);
    let away = (product - whole.figure.value).abs();
    // Each may have been rounded to what is printed.
    let allowed = Decimal::new(5, 1 + each.figure.places) * Decimal::from(times);
    let near = away * Decimal::from(20) < whole.figure.value;
    if whole.roughly || each.roughly || away <= allowed || !near {
        return Verdict::Right;
    }
    let each_right = figures::round(whole.figure.value / Decimal::from(times), each.figure.places);
    let message = format!(
        "{times} times {} is {}, and {} is stated for {of_what}",
        each.figure.printed(),
        each.figure.write(product),
        whole.figure.printed()
    );
    Verdict::Wrong(Claim {
        span: each.span,
        message,
        help: format!("write {} if the other figure is right, or correct that", each.figure.write(each_right)),
        others: far(each, [whole]),
    })
}
