//! News agencies and the papers' own short names, as credits print them.

/// Names that a credit or a line of its own may hold, in lower case.
///
/// Bangladeshi and wire agencies of bangla-news.md §2 with their Bangla
/// spellings, and what pages print in the same place (`Agency`, `Agencies`).
const AGENCIES: &[&str] = &[
    "bss",
    "বাসস",
    "afp",
    "এএফপি",
    "reuters",
    "রয়টার্স",
    "ap",
    "এপি",
    "unb",
    "ইউএনবি",
    "pti",
    "পিটিআই",
    "xinhua",
    "সিনহুয়া",
    "শিনহুয়া",
    "ani",
    "এএনআই",
    "ians",
    "আইএএনএস",
    "dpa",
    "ডিপিএ",
    "tass",
    "তাস",
    "irna",
    "ইরনা",
    "anadolu",
    "আনাদোলু",
    "bernama",
    "বার্নামা",
    "kyodo",
    "কিয়োদো",
    "yonhap",
    "ইয়োনহাপ",
    "bloomberg",
    "ব্লুমবার্গ",
    "agency",
    "agencies",
    "এজেন্সি",
    "bangladesh sangbad sangstha (bss)",
    "bangladesh sangbad sangstha",
    "বাংলাদেশ সংবাদ সংস্থা (বাসস)",
    "বাংলাদেশ সংবাদ সংস্থা",
];

/// The longest text, in bytes, that can name an agency.
const LONGEST: usize = 96;

/// Whether `name` is the name of an agency, in any case and either spelling of
/// the nukta letters.
pub(crate) fn is_agency(name: &str) -> bool {
    let name = name.trim();
    name.len() <= LONGEST && AGENCIES.contains(&folded(name).as_str())
}

/// Whether `line` consists of agencies only: `BSS`, `বাসস/এএফপি`, `Agency :`.
pub(crate) fn is_agency_line(line: &str) -> bool {
    let line = line.trim_end_matches([' ', ':', '-', '–', '—', '।']);
    !line.is_empty()
        && line.len() <= LONGEST
        && (is_agency(line) || line.split(['/', ',', '&']).all(is_agency))
}

/// `text` in lower case with য়, ড় and ঢ় in one code point, as this crate's tables
/// spell them. For short texts: it copies.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        let composed = match (c, out.chars().next_back()) {
            ('\u{9bc}', Some('য')) => Some('\u{9df}'),
            ('\u{9bc}', Some('ড')) => Some('\u{9dc}'),
            ('\u{9bc}', Some('ঢ')) => Some('\u{9dd}'),
            _ => None,
        };
        if let Some(composed) = composed {
            out.pop();
            out.push(composed);
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_agencies_is_told_from_a_sentence() {
        for line in ["BSS", "বাসস", "BSS/AFP", "Agency :", "বাসস/এএফপি", "রয়টার্স"]
        {
            assert!(is_agency_line(line), "{line}");
        }
        for line in ["", "AFP reported", "বাসস জানায়", "BSS Chairman", "/"] {
            assert!(!is_agency_line(line), "{line}");
        }
    }

    #[test]
    fn the_table_is_in_folded_form() {
        for name in AGENCIES {
            assert_eq!(*name, folded(name));
        }
    }
}
