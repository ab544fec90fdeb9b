//! A sentence with its marks.

use super::Html;
use crate::review::cluster::widened;
use crate::review::page::Row;
use crate::review::{Mark, Piece, Sort};
use crate::verify::Severity;

/// One of the two sides of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The source.
    Source,
    /// The target.
    Target,
}

/// What covers a part of a sentence.
enum Cover<'r> {
    Mark(usize, &'r Mark),
    Finding(Severity, &'r str),
}

/// A sentence of a row, its marks and findings around what they are about.
///
/// Marks may overlap (a name in a quotation), which elements cannot: the sentence
/// is cut where any begins or ends, always between grapheme clusters, and each
/// part names all that cover it.
pub(super) fn sentence(row: &Row, side: Side) -> Html {
    let text = match side {
        Side::Source => &row.source,
        Side::Target => &row.target,
    };
    let mut covers = Vec::new();
    for (i, mark) in row.marks.iter().enumerate() {
        let spans = match side {
            Side::Source => &mark.source_spans,
            Side::Target => &mark.target_spans,
        };
        let ranges = spans.iter().filter_map(|span| widened(text, *span));
        covers.extend(ranges.map(|range| (range, Cover::Mark(i, mark))));
    }
    for note in &row.notes {
        let span = match side {
            Side::Source => note.source_span,
            Side::Target => note.target_span,
        };
        if let Some(range) = span.and_then(|span| widened(text, span)) {
            covers.push((range, Cover::Finding(note.severity, &note.message)));
        }
    }
    let mut cuts: Vec<usize> = (covers.iter())
        .flat_map(|(range, _)| [range.start, range.end])
        .chain([0, text.len()])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut html = Html::new();
    for cut in cuts.windows(2) {
        let &[start, end] = cut else { continue };
        let here = (covers.iter())
            .filter(|(range, _)| range.start <= start && end <= range.end)
            .map(|(_, cover)| cover);
        part(&mut html, &row.id, &text[start..end], here);
    }
    html
}

fn part<'r>(html: &mut Html, row: &str, text: &str, covers: impl Iterator<Item = &'r Cover<'r>>) {
    let (mut classes, mut links, mut titles) = (Vec::new(), Vec::new(), Vec::new());
    for cover in covers {
        match cover {
            Cover::Mark(i, mark) => {
                classes.push(mark.sort.name());
                if mark.target_spans.is_empty() && mark.sort != Sort::Term {
                    classes.push("alone");
                }
                links.push(format!("{row}.{i}"));
                titles.push(told(mark));
            }
            Cover::Finding(severity, message) => {
                classes.push(severity_name(*severity));
                titles.push((*message).to_owned());
            }
        }
    }
    if classes.is_empty() {
        html.text(text);
        return;
    }
    let (classes, links, titles) = (classes.join(" "), links.join(" "), titles.join("\n"));
    let mut attributes = vec![("class", classes.as_str()), ("title", titles.as_str())];
    if !links.is_empty() {
        attributes.push(("data-m", &links));
    }
    html.element("mark", &attributes, text);
}

/// What a mark is, for a person.
fn told(mark: &Mark) -> String {
    match (&mark.target, mark.source.is_empty()) {
        (_, true) => mark.kind.clone(),
        (None, _) => format!("{}: {}", mark.kind, mark.source),
        (Some(target), _) => format!("{}: {} → {target}", mark.kind, mark.source),
    }
}

/// The word for a severity, in classes and for people.
pub(super) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// The words of two versions.
pub(super) fn difference(pieces: &[Piece]) -> Html {
    let mut html = Html::new();
    for piece in pieces {
        match piece {
            Piece::Same(text) => html.text(text),
            Piece::Gone(text) => html.element("del", &[], text),
            Piece::New(text) => html.element("ins", &[], text),
        };
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{Details, Note, page};

    fn row(source: &str, marks: Vec<Mark>, notes: Vec<Note>) -> Row {
        let details = serde_json::json!({
            "id": "a", "source_language": "bn", "target_language": "en", "text": "",
            "blocks": [{"kind": "paragraph", "source": source, "target": "x",
                        "segments": [{"source": source, "target": "x"}]}],
        });
        let details: Details = serde_json::from_value(details).unwrap();
        let row = page(&details, &crate::review::Aids::default())
            .rows()
            .next()
            .cloned();
        Row {
            marks,
            notes,
            ..row.unwrap()
        }
    }

    #[test]
    fn marks_overlap_and_cut_no_conjunct() {
        let source = "‘মন্ত্রী’ <b>";
        let mark = |sort, span| Mark {
            sort,
            kind: "k".into(),
            source: String::new(),
            target: None,
            source_spans: vec![span],
            target_spans: vec![[0, 1]],
        };
        // The quotation whole; the name ends inside of a conjunct.
        let quote = mark(Sort::Quote, [0, source.find(' ').unwrap()]);
        let name = mark(Sort::Name, ["‘".len(), "‘মন".len()]);
        let row = row(
            source,
            vec![quote, name, mark(Sort::Number, [3, 999])],
            Vec::new(),
        );
        let html = sentence(&row, Side::Source);
        let parts: Vec<&str> = html.as_str().split("<mark").collect();
        assert_eq!(parts.len(), 4, "{html:?}");
        assert!(parts[1].contains("class=\"quote\"") && parts[1].contains(">‘<"));
        assert!(parts[2].contains("class=\"quote name\"") && parts[2].contains(">মন্ত্রী<"));
        assert!(parts[3].ends_with(" &lt;b&gt;"), "{html:?}");
    }
}
