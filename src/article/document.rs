//! A file: one article or several, and what stands around them.

use super::frame::{Facts, Filled, Frame};
use super::{Article, Block, Format, Placed};

/// What a file holds.
#[derive(Debug, Clone)]
pub struct Document {
    /// The format that it is in.
    pub format: Format,
    /// Its articles in order: one, or the entries of a feed.
    pub articles: Vec<Article>,
    /// What stands around their blocks; `None` where the blocks are all there is.
    pub frame: Option<Frame>,
}

impl Document {
    /// A file that is one article and nothing else.
    #[must_use]
    pub fn plain(article: Article) -> Self {
        Self {
            format: Format::Plain,
            articles: vec![article],
            frame: None,
        }
    }

    /// The blocks of all articles, in order; a frame counts them so.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.articles.iter().flat_map(|article| &article.blocks)
    }

    /// The file again with its blocks as `translated` has them, by their place among
    /// all [`blocks`](Self::blocks); `None` for one that stays as it is. `None`
    /// where there is no frame.
    ///
    /// What is not translated is the source byte for byte, and so is a block whose
    /// translation says the same in the same markup.
    #[must_use]
    pub fn written<'t>(
        &self,
        translated: &dyn Fn(usize) -> Option<Translated<'t>>,
        facts: &Facts,
    ) -> Option<String> {
        let frame = self.frame.as_ref()?;
        let blocks: Vec<&Block> = self.blocks().collect();
        let filled = |index: usize| {
            let (block, new) = (blocks.get(index)?, translated(index)?);
            Some(Filled {
                text: new.text.to_owned(),
                placed: new.placed.to_vec(),
                same: block.says(&new),
            })
        };
        Some(frame.render(&filled, facts))
    }
}

/// The translation of a block.
#[derive(Debug, Clone, Copy)]
pub struct Translated<'a> {
    /// What it says, without markup.
    pub text: &'a str,
    /// Where its markup stands.
    pub placed: &'a [Placed],
}

impl Block {
    /// Whether a translation says what the source says, with its markup at the same
    /// places.
    fn says(&self, new: &Translated<'_>) -> bool {
        let at = |(i, placed): (usize, &Placed)| {
            placed.index == i
                && (self.inline.get(i))
                    .is_some_and(|inline| inline.span.range() == placed.span.range())
        };
        self.text.source() == new.text
            && self.inline.len() == new.placed.len()
            && new.placed.iter().enumerate().all(at)
    }
}
