//! The report of a run as `JUnit` XML, for continuous integration and dashboards.
//!
//! An article is a test case: it passes where it was written, even with findings,
//! which stand in its `system-out`; it fails where it was not.

use std::io::Write;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{ArticleReport, Report, State};

type Result<T = ()> = std::io::Result<T>;

/// The report as the text of an XML file.
///
/// # Errors
/// When the articles of the report cannot be read any more.
pub fn junit(report: &mut Report) -> Result<String> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let tests = (report.totals.articles() + report.unread.len()).to_string();
    let failures = report.totals.failures().to_string();
    let errors = report.unread.len().to_string();
    let skipped = report.totals.count(State::Skipped).to_string();
    let time = format!("{:.3}", report.seconds);
    let counts = [
        ("name", "anubad"),
        ("tests", &tests),
        ("failures", &failures),
        ("errors", &errors),
        ("skipped", &skipped),
        ("time", &time),
    ];
    writer
        .create_element("testsuites")
        .with_attributes(counts)
        .write_inner_content(|writer| {
            writer
                .create_element("testsuite")
                .with_attributes(counts)
                .write_inner_content(|writer| {
                    report.each(|article| case(writer, &article))?;
                    for (place, number) in report.unread.iter().zip(1..) {
                        unread(writer, place, number)?;
                    }
                    Ok(())
                })?;
            Ok(())
        })?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(std::io::Error::other)
}

fn case<W: Write>(writer: &mut Writer<W>, article: &ArticleReport) -> Result {
    let direction = match (article.source_language, article.target_language) {
        (Some(source), Some(target)) => format!("anubad.{source}-{target}"),
        _ => "anubad".to_owned(),
    };
    let name = allowed(&article.id);
    let element = writer
        .create_element("testcase")
        .with_attributes([("classname", &*direction), ("name", &*name)]);
    let cause = allowed(article.cause.as_deref().unwrap_or_default());
    let state = article.state;
    let findings = findings(article);
    if state.is_failure() {
        element.write_inner_content(|writer| {
            let attributes = [("type", state.name()), ("message", &*cause)];
            writer
                .create_element("failure")
                .with_attributes(attributes)
                .write_text_content(BytesText::new(&cause))?;
            Ok(())
        })?;
    } else if state == State::Skipped {
        element.write_inner_content(|writer| {
            writer
                .create_element("skipped")
                .with_attribute(("message", &*cause))
                .write_empty()?;
            Ok(())
        })?;
    } else if findings.is_empty() {
        element.write_empty()?;
    } else {
        element.write_inner_content(|writer| {
            writer
                .create_element("system-out")
                .write_text_content(BytesText::new(&findings))?;
            Ok(())
        })?;
    }
    Ok(())
}

fn unread<W: Write>(writer: &mut Writer<W>, place: &str, number: usize) -> Result {
    let (name, cause) = (format!("input {number}"), allowed(place));
    writer
        .create_element("testcase")
        .with_attributes([("classname", "anubad.input"), ("name", &name)])
        .write_inner_content(|writer| {
            writer
                .create_element("error")
                .with_attributes([("type", "unread"), ("message", &cause)])
                .write_empty()?;
            Ok(())
        })?;
    Ok(())
}

/// What an editor has to look at, one line.
fn findings(article: &ArticleReport) -> String {
    let checks: Vec<String> = article
        .findings
        .iter()
        .map(|(check, count)| format!("{check} {count}"))
        .collect();
    if checks.is_empty() {
        return String::new();
    }
    format!(
        "{} of {} sentences for review: {}",
        article.review,
        article.sentences,
        checks.join(", ")
    )
}

/// `text` without the characters that XML has no place for.
fn allowed(text: &str) -> String {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars()
        .map(|c| if is_allowed(c) { c } else { '\u{fffd}' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_article_is_a_case() {
        let mut report = Report::default();
        report.add(
            0,
            &ArticleReport::failed("a<b>.txt", "a & \"b\"\u{1}".into()),
        );
        report.add(1, &ArticleReport::skipped("c.txt", None));
        let mut fine = ArticleReport::skipped("d.txt", None);
        (fine.state, fine.cause) = (State::Written, None);
        report.add(2, &fine);
        (fine.review, fine.sentences) = (1, 4);
        fine.findings.insert("numbers".into(), 2);
        report.add(3, &fine);
        report.unread.push("in does not exist".into());
        report.seconds = 1.25;
        let xml = junit(&mut report).unwrap();
        for part in [
            "<testsuite name=\"anubad\" tests=\"5\" failures=\"1\" errors=\"1\" skipped=\"1\" time=\"1.250\">",
            "<testcase classname=\"anubad\" name=\"a&lt;b&gt;.txt\">",
            "<failure type=\"failed\" message=\"a &amp; &quot;b&quot;\u{fffd}\">",
            "<skipped message=\"not begun: the run was interrupted\"/>",
            "<testcase classname=\"anubad\" name=\"d.txt\"/>",
            "<system-out>1 of 4 sentences for review: numbers 2</system-out>",
            "<error type=\"unread\" message=\"in does not exist\"/>",
        ] {
            assert!(xml.contains(part), "no {part} in {xml}");
        }
        let mut reader = quick_xml::Reader::from_str(&xml);
        while reader.read_event().unwrap() != Event::Eof {}
    }
}
