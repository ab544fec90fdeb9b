//! Bangla in the Bijoy encoding (SutonnyMJ and its kin), recognised and converted.
//!
//! Before Unicode, Bangla was typed as Windows-1252 text that only a special font
//! shows as Bangla: `Avwg evsjvq Mvb MvB` prints আমি বাংলায় গান গাই. Taken for
//! English it would be passed on as noise. [`is_legacy`] tells it; nothing
//! converts it unasked: [`to_unicode`] is offered to whoever decides.
//!
//! Both look at the text as it was read: normalisation takes the soft hyphen
//! (here the glyph ্ল) for what it is elsewhere.

/// What a character of the encoding draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Glyph {
    /// A letter or ready conjunct that begins a cluster, or completes a half form.
    Base(&'static str),
    /// A base with the vowel sign that it is drawn with.
    Signed(&'static str, &'static str),
    /// A vowel of its own, or ৎ.
    Vowel(&'static str),
    /// The upper half of a conjunct, virama included.
    Half(&'static str),
    /// The lower half of a conjunct, virama included.
    Sub(&'static str),
    /// The reph, typed behind the cluster that it is read before.
    Reph,
    /// A vowel sign drawn, and typed, before its cluster.
    Before(char),
    /// A vowel sign behind its cluster.
    After(char),
    /// ং ঃ ঁ.
    Mark(char),
    Virama,
    /// A digit or a mark of punctuation.
    Other(char),
}

/// The SutonnyMJ table. Glyphs that the font draws twice have two codes.
fn glyph(char: char) -> Option<Glyph> {
    use Glyph::{After, Base, Before, Half, Mark, Other, Reph, Signed, Sub, Virama, Vowel};
    const LETTERS: [&str; 46] = [
        "অ", "ই", "ঈ", "উ", "ঊ", "ঋ", "এ", "ঐ", "ও", "ঔ", "ক", "খ", "গ", "ঘ", "ঙ", "চ", "ছ", "জ",
        "ঝ", "ঞ", "ট", "ঠ", "ড", "ঢ", "ণ", "ত", "ধ", "ন", "প", "ফ", "ব", "ভ", "ম", "য", "র", "ল",
        "শ", "ষ", "স", "হ", "ড়", "ঢ়", "য়", "ৎ", "থ", "দ",
    ];
    Some(match char {
        'A'..='J' => Vowel(LETTERS[char as usize - 'A' as usize]),
        'K'..='Z' => Base(LETTERS[char as usize - 'A' as usize]),
        'a'..='q' => Base(LETTERS[char as usize - 'a' as usize + 26]),
        '_' => Base("থ"),
        '`' => Base("দ"),
        'r' => Vowel("ৎ"),
        's' => Mark('ং'),
        't' => Mark('ঃ'),
        'u' => Mark('ঁ'),
        'v' => After('া'),
        'w' => Before('ি'),
        'x' => After('ী'),
        'y' | 'z' | '“' | '–' => After('ু'),
        '~' | 'ƒ' | '‚' => After('ূ'),
        '„' | '…' => After('ৃ'),
        '†' | '‡' => Before('ে'),
        'ˆ' | '‰' => Before('ৈ'),
        'Š' => After('ৗ'),
        '&' => Virama,
        '©' => Reph,
        '0'..='9' => Other(char::from_u32(char as u32 - '0' as u32 + '০' as u32)?),
        '|' => Other('।'),
        'Ô' => Other('‘'),
        'Õ' => Other('’'),
        'Ò' => Other('“'),
        'Ó' => Other('”'),
        'Ð' => Other('–'),
        'Ñ' => Other('—'),
        '•' => Half("ঙ্"),
        '”' => Half("চ্"),
        '˜' | '™' => Half("দ্"),
        'š' | '›' => Half("ন্"),
        '¤' => Half("ম্"),
        '®' => Half("ষ্"),
        '¯' => Half("স্"),
        '‘' => Signed("্ত", "ু"),
        '’' => Sub("্থ"),
        '‹' => Sub("্ক"),
        'Œ' => Sub("্ক্র"),
        '—' | 'Í' => Sub("্ত"),
        '¿' => Sub("্ত্র"),
        'œ' | 'è' => Sub("্ন"),
        '^' | 'Ÿ' | '¡' | '¦' => Sub("্ব"),
        '¢' => Sub("্ভ"),
        '£' => Sub("্ভ্র"),
        '¥' | '§' => Sub("্ম"),
        '¨' => Sub("্য"),
        'ª' | '«' | 'Ö' => Sub("্র"),
        '¬' | '\u{AD}' => Sub("্ল"),
        'ú' => Sub("্প"),
        '¸' => Signed("গ", "ু"),
        'ï' => Signed("শ", "ু"),
        'û' => Signed("হ", "ু"),
        'ü' => Signed("হ", "ৃ"),
        _ => Base(conjunct(char)?),
    })
}

/// Conjuncts with a code of their own.
fn conjunct(char: char) -> Option<&'static str> {
    Some(match char {
        '°' => "ক্ক",
        '±' => "ক্ট",
        '²' => "ক্ষ্ম",
        '³' => "ক্ত",
        '´' => "ক্ম",
        'µ' => "ক্র",
        '¶' => "ক্ষ",
        '·' => "ক্স",
        'º' => "গ্দ",
        '»' => "গ্ধ",
        '¼' => "ঙ্ক",
        '½' => "ঙ্গ",
        '¾' => "জ্জ",
        'À' => "জ্ঝ",
        '¹' | 'Á' => "জ্ঞ",
        'Â' => "ঞ্চ",
        'Ã' => "ঞ্ছ",
        'Ä' => "ঞ্জ",
        'Å' => "ঞ্ঝ",
        'Æ' => "ট্ট",
        'Ç' => "ড্ড",
        'È' => "ণ্ট",
        'É' => "ণ্ঠ",
        'Ê' => "ণ্ড",
        'Ë' => "ত্ত",
        'Ì' => "ত্থ",
        'Î' => "ত্র",
        'Ï' => "দ্দ",
        '×' => "দ্ধ",
        'Ø' => "দ্ব",
        'Ù' => "দ্ম",
        'Ú' => "ন্ঠ",
        'Û' => "ন্ড",
        'Ü' => "ন্ধ",
        'Ý' => "ন্স",
        'Þ' => "প্ট",
        'ß' => "প্ত",
        'à' => "প্প",
        'á' => "প্স",
        'â' => "ব্জ",
        'ã' => "ব্দ",
        'ä' => "ব্ধ",
        'å' => "ভ্র",
        'ç' => "ম্ফ",
        'é' => "ল্ক",
        'ê' => "ল্গ",
        'ë' => "ল্ট",
        'ì' => "ল্ড",
        'í' => "ল্প",
        'î' => "ল্ফ",
        'ð' => "শ্চ",
        'ñ' => "শ্ছ",
        'ò' => "ষ্ণ",
        'ó' => "ষ্ট",
        'ô' => "ষ্ঠ",
        'õ' => "ষ্ফ",
        'ö' => "স্খ",
        '÷' => "স্ট",
        'ù' => "স্ফ",
        'ý' => "হ্ন",
        'þ' => "হ্ম",
        _ => return None,
    })
}

/// A cluster as it is typed: signs before, letters, reph, signs behind.
#[derive(Default)]
struct Cluster {
    before: Option<char>,
    base: String,
    reph: bool,
    after: String,
    marks: String,
}

impl Cluster {
    fn is_open(&self) -> bool {
        self.base.is_empty() || self.base.ends_with('্')
    }

    /// The two glyphs whose reading depends on what they stand behind: æ is the ু
    /// of রু and দ্রু and else ম্ন, ø the ্ল below a letter and else স্ন.
    fn ambiguous(&self, char: char) -> Option<Glyph> {
        match char {
            'æ' if self.base.ends_with('র') => Some(Glyph::After('ু')),
            'æ' => Some(Glyph::Base("ম্ন")),
            'ø' if !self.base.is_empty() && self.after.is_empty() => Some(Glyph::Sub("্ল")),
            'ø' => Some(Glyph::Base("স্ন")),
            _ => None,
        }
    }

    /// Writes the cluster in the order of Unicode; `false` where a sign, a half
    /// form or a reph had no letter to stand on.
    fn write(&mut self, text: &mut String) -> bool {
        let cluster = std::mem::take(self);
        let sound = !cluster.base.starts_with('্')
            && !(cluster.base.is_empty()
                && (cluster.reph
                    || cluster.before.is_some()
                    || !cluster.after.is_empty()
                    || !cluster.marks.is_empty()))
            && cluster.after.chars().count() <= 1;
        if cluster.reph {
            text.push_str("র্");
        }
        text.push_str(&cluster.base);
        match (cluster.before, cluster.after.as_str()) {
            (Some('ে'), "া") => text.push('ো'),
            (Some('ে'), "ৗ") => text.push('ৌ'),
            (before, after) => {
                text.extend(before);
                text.push_str(after);
            }
        }
        text.push_str(&cluster.marks);
        sound
    }
}

/// Converts `text`, and counts the clusters that no Bangla word can have.
fn convert(text: &str) -> (String, usize) {
    let mut unicode = String::with_capacity(text.len() * 2);
    let mut flaws = 0;
    let mut cluster = Cluster::default();
    let mut flush = |cluster: &mut Cluster, unicode: &mut String| {
        flaws += usize::from(!cluster.write(unicode));
    };
    for char in text.chars() {
        let Some(glyph) = cluster.ambiguous(char).or_else(|| glyph(char)) else {
            flush(&mut cluster, &mut unicode);
            unicode.push(char);
            continue;
        };
        match glyph {
            Glyph::Base(letters) | Glyph::Signed(letters, _) => {
                let is_sub = letters.starts_with('্');
                if !is_sub && !cluster.is_open() {
                    flush(&mut cluster, &mut unicode);
                }
                append(&mut cluster.base, letters);
                if let Glyph::Signed(_, sign) = glyph {
                    cluster.after.push_str(sign);
                }
            }
            Glyph::Half(letters) => {
                if !cluster.is_open() {
                    flush(&mut cluster, &mut unicode);
                }
                cluster.base.push_str(letters);
            }
            Glyph::Sub(letters) => append(&mut cluster.base, letters),
            Glyph::Reph => cluster.reph = true,
            Glyph::Virama => append(&mut cluster.base, "্"),
            Glyph::Before(sign) => {
                if !cluster.is_open() || cluster.before.is_some() {
                    flush(&mut cluster, &mut unicode);
                }
                cluster.before = Some(sign);
            }
            Glyph::After('া') if cluster.base == "অ" => "আ".clone_into(&mut cluster.base),
            Glyph::After(sign) => cluster.after.push(sign),
            Glyph::Mark(mark) => cluster.marks.push(mark),
            Glyph::Vowel(letter) => {
                flush(&mut cluster, &mut unicode);
                letter.clone_into(&mut cluster.base);
            }
            Glyph::Other(char) => {
                flush(&mut cluster, &mut unicode);
                unicode.push(char);
            }
        }
    }
    flush(&mut cluster, &mut unicode);
    (unicode, flaws)
}

/// Appends to a base so that one virama joins the two; ya-phala on র asks for
/// the joiner that keeps it from being read as a reph (র‍্যাব).
fn append(base: &mut String, letters: &str) {
    if base == "র" && letters == "্য" {
        base.push('\u{200D}');
    }
    let joined = base.ends_with('্') && letters.starts_with('্');
    base.push_str(if joined {
        &letters['্'.len_utf8()..]
    } else {
        letters
    });
}

/// `text` in Unicode, taken as Bijoy throughout: Latin words in it come out as
/// Bangla noise, so pass only what [`is_legacy`] calls legacy. Characters that
/// the encoding lacks stay.
#[must_use]
pub fn to_unicode(text: &str) -> String {
    convert(text).0
}

/// How much more often a letter stands in Bijoy text than in English, in half
/// bits (100 Bangla against 100 English news articles): A–Z, then a–z.
const ODDS: [i32; 52] = [
    5, 4, -10, 3, -10, -7, 8, -6, 4, -10, 12, 6, 5, 0, -4, 3, 15, 7, -6, -14, 9, 3, 4, 7, 8,
    17, //
    -8, 5, 0, -6, -3, -2, 2, -4, 0, 9, 2, -7, 1, -4, -8, -15, 10, -13, -6, -16, -8, 8, 6, 6, 1,
    -11,
];

/// The odds of a sign of the encoding beside a letter (`‡`, `©`, `¨`).
const SIGN_ODDS: i32 = 12;
/// Ten bits over the whole, one bit for each character: one English text in a
/// thousand would pass by chance, were its letters drawn apart.
const LEAST_TOTAL: i32 = 20;
const LEAST_MEAN: i32 = 2;

/// Whether `text`, one passage, is Bangla in the Bijoy encoding.
///
/// It weighs the letters of words that have a small letter or a sign (so that
/// `KGB` and `DHAKA` say nothing), asks that four words of five convert to
/// possible Bangla, and that these are most of the words; one or two words
/// alone are believed only with a sign. A word or two of English inside do not hide the
/// rest.
#[must_use]
pub fn is_legacy(text: &str) -> bool {
    let (mut total, mut weighed, mut signs) = (0, 0, 0);
    let (mut words, mut sound, mut others) = (0, 0, 0);
    for word in text.split_whitespace() {
        if word.contains(['@', '/', '#', '\\']) || !word.chars().any(is_evidence) {
            others += usize::from(word.contains(|c: char| c > '\u{24F}' && c.is_alphabetic()));
            continue;
        }
        let core =
            word.trim_matches(|c| matches!(c, '(' | ')' | ',' | '.' | ':' | ';' | '|' | '"'));
        for char in core.chars() {
            total += match char {
                'A'..='Z' => ODDS[char as usize - 'A' as usize],
                'a'..='z' => ODDS[char as usize - 'a' as usize + 26],
                _ if is_sign(char) => {
                    signs += 1;
                    SIGN_ODDS
                }
                _ => continue,
            };
            weighed += 1;
        }
        words += 1;
        sound += usize::from(convert(core).1 == 0);
    }
    total >= LEAST_TOTAL
        && total >= LEAST_MEAN * weighed
        && sound * 5 >= words * 4
        && words > others
        && (words > 2 || signs > 0)
}

/// Signs of the encoding that other texts do not have inside a word. Curly
/// quotes, dashes and the ellipsis are glyphs too, and prove nothing.
fn is_sign(char: char) -> bool {
    matches!(
        char,
        '†' | '‡'
            | '‰'
            | '©'
            | '¨'
            | '¯'
            | 'Ö'
            | '«'
            | 'ª'
            | '¶'
            | '¤'
            | '`'
            | '~'
            | '³'
            | '•'
            | '›'
            | '¿'
            | '¡'
            | '^'
            | '¬'
            | 'Ÿ'
            | 'ó'
            | '÷'
    )
}

/// Whether a character makes a word worth weighing.
fn is_evidence(char: char) -> bool {
    matches!(char, 'a'..='z' | '†' | '‡' | '©' | '¨' | '¯')
}

#[cfg(test)]
mod tests;
