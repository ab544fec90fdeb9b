//! The day that an article is of.

use jiff::civil::Date;

use super::{Article, BlockKind, dateline};
use crate::language::date::Moment;
use crate::language::{Language, profile};

impl Article {
    /// The day on which the article came out, as its time line says (`Published
    /// On: …`), else its dateline; `None` where neither names a day with its year.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        let of = |kind: BlockKind| self.blocks.iter().filter(move |b| b.kind == kind);
        let published = of(BlockKind::Published).map(|b| b.text.normal());
        let datelines = of(BlockKind::Dateline).filter_map(|b| {
            let text = b.text.normal();
            Some(dateline::parse(text)?.0.date?.slice(text))
        });
        published.chain(datelines).find_map(day)
    }
}

/// The first day with a year in a line of either language.
fn day(line: &str) -> Option<Date> {
    [Language::BANGLA, Language::ENGLISH]
        .into_iter()
        .flat_map(|language| profile(language).dates(line))
        .find_map(|found| match found.value {
            Moment::Day(day) => {
                let (month, of_month) = (i8::try_from(day.month), i8::try_from(day.day));
                Date::new(day.year?, month.ok()?, of_month.ok()?).ok()
            }
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use crate::article::read;
    use jiff::civil::date;

    #[test]
    fn an_article_is_of_the_day_that_it_names() {
        let story = "It rained in the hills for a third day and the river rose.\n";
        let bangla = "টানা তৃতীয় দিনের মতো বৃষ্টি হয়েছে এবং নদীর পানি বেড়েছে।\n";
        for (text, day) in [
            (
                format!("Rain goes on\n\nBSS\nPublished On: 10 Apr 2025, 14:25\n\n{story}"),
                Some(date(2025, 4, 10)),
            ),
            (
                format!("Rain goes on\n\nDHAKA, January 14, 2026 (BSS) - {story}"),
                Some(date(2026, 1, 14)),
            ),
            (
                format!("বৃষ্টি চলছে\n\nঢাকা, ১৪ জানুয়ারি, ২০২৬ (বাসস) : {bangla}"),
                Some(date(2026, 1, 14)),
            ),
            (
                format!("Rain goes on\n\nDHAKA, Jan 14 (BSS) - {story}"),
                None,
            ),
            (format!("Rain goes on\n\n{story}"), None),
        ] {
            let article = read::article("a", text.clone().into_bytes()).unwrap();
            assert_eq!(article.date(), day, "{text}");
        }
    }
}
