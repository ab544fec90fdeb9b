//! What stands around the blocks of a file, and how they are put back into it.
//!
//! A reader takes a file apart into blocks and a [`Frame`]: the file as it was, with
//! the places where something may be replaced. Writing copies everything else byte
//! for byte, so no format needs a writer of its own, and nothing is lost that a
//! reader does not understand.

mod escape;
mod fact;

use std::ops::Range;

pub use escape::Escape;
pub use fact::{Facts, Said};

use super::Placed;

/// A file, and the places in it that may be replaced.
///
/// Law: rendered with no block filled and without facts, it is its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    source: String,
    slots: Vec<Slot>,
}

/// A place in a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The bytes of the frame's source that are replaced; none where something is
    /// inserted.
    pub at: Range<usize>,
    /// What stands there.
    pub what: What,
}

/// What stands at a place of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A block.
    Block {
        /// Which one, counted over all articles of the document.
        block: usize,
        /// How its text is written here.
        escape: Escape,
        /// The markup of each of its inline elements.
        tags: Vec<Tag>,
    },
    /// The translation of a block whose source stands elsewhere and stays.
    Twin {
        /// Which one, counted over all articles of the document.
        block: usize,
        /// How its text is written here.
        escape: Escape,
        /// The markup of each of its inline elements.
        tags: Vec<Tag>,
        /// The bytes of the frame's source that the element of the source holds.
        source: Range<usize>,
        /// Those of them that the translation stands for; markup around them stays
        /// around it.
        words: Range<usize>,
    },
    /// Text in a format of its own: HTML in a string of JSON, in CDATA.
    Inside {
        /// How the whole of it is written here.
        escape: Escape,
        /// What it is.
        frame: Box<Frame>,
    },
    /// What is said of the translation: its language, where it comes from.
    Fact {
        /// How values are written here; texts between them stand as they are.
        escape: Escape,
        /// What is said.
        said: Vec<Said>,
    },
}

/// The markup of an inline element: bytes of the frame's source. An element that is a
/// place has nothing to close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// What opens it, or all of it.
    pub open: Range<usize>,
    /// What closes it.
    pub close: Range<usize>,
}

/// What a block is filled with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// Its text, without markup.
    pub text: String,
    /// Where its inline elements stand.
    pub placed: Vec<Placed>,
    /// Whether that is what the source says in the same markup; then it is the
    /// source's, byte for byte.
    pub same: bool,
}

impl Frame {
    /// A frame of `source`.
    ///
    /// Slots that leave the source, cut a character, or overlap another one without
    /// lying in one of its tags are left out: a mistake of a reader loses a
    /// translation and never a file.
    #[must_use]
    pub fn new(source: String, mut slots: Vec<Slot>) -> Self {
        slots.retain(|slot| source.get(slot.at.clone()).is_some());
        // What contains comes before what it contains; of two facts inserted at one
        // place the first stays first.
        slots.sort_by_key(|slot| (slot.at.start, std::cmp::Reverse(slot.at.end)));
        Self { source, slots }
    }

    /// The file as it was read.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The file with its blocks as `filled` has them and with what `facts` say.
    /// A block that `filled` does not have stays as the source has it, and so does
    /// everything around.
    #[must_use]
    pub fn render(&self, filled: &dyn Fn(usize) -> Option<Filled>, facts: &Facts) -> String {
        let mut out = String::with_capacity(self.source.len() * 2);
        self.copy(0..self.source.len(), filled, facts, &mut out);
        out
    }

    /// Copies a stretch of the source, slots in it replaced.
    fn copy(
        &self,
        range: Range<usize>,
        filled: &dyn Fn(usize) -> Option<Filled>,
        facts: &Facts,
        out: &mut String,
    ) {
        let mut at = range.start;
        let first = self.slots.partition_point(|slot| slot.at.start < at);
        for slot in self.slots.get(first..).unwrap_or_default() {
            if slot.at.start > range.end {
                break;
            }
            if slot.at.start < at || slot.at.end > range.end {
                continue;
            }
            let Some(new) = self.replacement(slot, filled, facts) else {
                continue;
            };
            out.push_str(self.source.get(at..slot.at.start).unwrap_or_default());
            out.push_str(&new);
            at = slot.at.end;
        }
        out.push_str(self.source.get(at..range.end).unwrap_or_default());
    }

    /// What a slot is replaced with; `None` where it stays as it is, but for what
    /// lies inside it.
    fn replacement(
        &self,
        slot: &Slot,
        filled: &dyn Fn(usize) -> Option<Filled>,
        facts: &Facts,
    ) -> Option<String> {
        match &slot.what {
            What::Block {
                block,
                escape,
                tags,
            } => {
                let new = filled(*block).filter(|new| !new.same)?;
                let mut out = String::new();
                self.weave(&new, *escape, tags, filled, facts, &mut out);
                Some(out)
            }
            What::Twin {
                block,
                escape,
                tags,
                source,
                words,
            } => {
                let new = filled(*block)?;
                if new.same {
                    return Some(self.source.get(source.clone())?.to_owned());
                }
                let mut out = self.source.get(source.start..words.start)?.to_owned();
                self.weave(&new, *escape, tags, filled, facts, &mut out);
                out.push_str(self.source.get(words.end..source.end)?);
                Some(out)
            }
            What::Inside { escape, frame } => {
                let new = frame.render(filled, facts);
                (new != frame.source).then(|| escape.written(&new))
            }
            What::Fact { escape, said } => facts.written(said, *escape),
        }
    }

    /// A block's text with its tags in it.
    fn weave(
        &self,
        new: &Filled,
        escape: Escape,
        tags: &[Tag],
        filled: &dyn Fn(usize) -> Option<Filled>,
        facts: &Facts,
        out: &mut String,
    ) {
        let mut at = 0;
        let mut open: Vec<&Placed> = Vec::new();
        let text = |from: &mut usize, to: usize, out: &mut String| {
            out.push_str(&escape.written(new.text.get(*from..to).unwrap_or_default()));
            *from = to.max(*from);
        };
        for placed in &new.placed {
            let is_over = |outer: &Placed| {
                let (end, start) = (outer.span.end(), placed.span.start());
                end < start || end == start && !holds(tags, outer.index, placed.index)
            };
            while let Some(inner) = open.pop_if(|outer| is_over(outer)) {
                text(&mut at, inner.span.end(), out);
                self.tag(tags, inner.index, |t| &t.close, filled, facts, out);
            }
            text(&mut at, placed.span.start(), out);
            self.tag(tags, placed.index, |t| &t.open, filled, facts, out);
            open.push(placed);
        }
        while let Some(inner) = open.pop() {
            text(&mut at, inner.span.end(), out);
            self.tag(tags, inner.index, |t| &t.close, filled, facts, out);
        }
        text(&mut at, new.text.len(), out);
    }

    /// One tag, with what of it is translated.
    fn tag(
        &self,
        tags: &[Tag],
        index: usize,
        which: impl Fn(&Tag) -> &Range<usize>,
        filled: &dyn Fn(usize) -> Option<Filled>,
        facts: &Facts,
        out: &mut String,
    ) {
        if let Some(tag) = tags.get(index) {
            self.copy(which(tag).clone(), filled, facts, out);
        }
    }
}

/// Whether the source has the element `inner` inside the element `outer`: where both
/// end at one place, nothing else tells.
fn holds(tags: &[Tag], outer: usize, inner: usize) -> bool {
    match (tags.get(outer), tags.get(inner)) {
        (Some(outer), Some(inner)) => {
            outer.open.end <= inner.open.start && inner.close.end <= outer.close.start
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    const PAGE: &str =
        r#"<p>See <a title="a &amp; b">the <b>ministry</b></a> &#x27;now&#x27;.<br></p>"#;

    /// The paragraph, and the title of its link.
    fn frame() -> Frame {
        let find = |text: &str| {
            let start = PAGE.find(text).unwrap();
            start..start + text.len()
        };
        let tag = |open: &str, close: &str| Tag {
            open: find(open),
            close: find(close),
        };
        let end = PAGE.len() - "</p>".len();
        let slots = vec![
            Slot {
                at: find("a &amp; b"),
                what: What::Block {
                    block: 1,
                    escape: Escape::HtmlAttribute,
                    tags: Vec::new(),
                },
            },
            Slot {
                at: 3..end,
                what: What::Block {
                    block: 0,
                    escape: Escape::Html,
                    tags: vec![
                        tag(r#"<a title="a &amp; b">"#, "</a>"),
                        tag("<b>", "</b>"),
                        Tag {
                            open: find("<br>"),
                            close: end..end,
                        },
                    ],
                },
            },
        ];
        Frame::new(PAGE.to_owned(), slots)
    }

    fn placed(index: usize, start: usize, end: usize) -> Placed {
        Placed {
            index,
            span: Span::trusted(start, end),
        }
    }

    #[test]
    fn what_is_not_filled_stays_byte_for_byte() {
        let facts = Facts::default();
        assert_eq!(frame().render(&|_| None, &facts), PAGE);
        let only_title = |block| {
            (block == 1).then(|| Filled {
                text: "ক \"খ\"".to_owned(),
                placed: Vec::new(),
                same: false,
            })
        };
        assert_eq!(
            frame().render(&only_title, &facts),
            PAGE.replace("a &amp; b", "ক &quot;খ&quot;")
        );
    }

    #[test]
    fn tags_stand_around_their_words_with_what_of_them_is_translated() {
        let text = "এখন < মন্ত্রণালয় দেখুন";
        let start = text.find("মন্ত্রণালয়").unwrap();
        let end = start + "মন্ত্রণালয়".len();
        let filled = |block| {
            Some(if block == 0 {
                Filled {
                    text: text.to_owned(),
                    placed: vec![
                        placed(0, start, end),
                        placed(1, start, end),
                        placed(2, text.len(), text.len()),
                    ],
                    same: false,
                }
            } else {
                Filled {
                    text: "ক".to_owned(),
                    placed: Vec::new(),
                    same: false,
                }
            })
        };
        assert_eq!(
            frame().render(&filled, &Facts::default()),
            r#"<p>এখন &lt; <a title="ক"><b>মন্ত্রণালয়</b></a> দেখুন<br></p>"#
        );
    }

    #[test]
    fn slots_that_are_no_place_are_left_out() {
        let slot = Slot {
            at: 1..99,
            what: What::Fact {
                escape: Escape::None,
                said: Vec::new(),
            },
        };
        let frame = Frame::new("ক".to_owned(), vec![slot]);
        assert_eq!(frame.render(&|_| None, &Facts::default()), "ক");
    }
}
