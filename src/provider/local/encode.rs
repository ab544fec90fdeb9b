//! The encoder: sentences are read.

use std::ops::Range;

use super::layers::{Known, Sight};
use super::network::Network;

/// A sentence as the decoder's attention wants it.
pub(super) struct Source {
    /// What each layer of the decoder sees of it.
    pub(super) layers: Vec<Known>,
    /// Its tokens, the end mark counted.
    pub(super) tokens: usize,
}

impl Network {
    /// Reads sentences, each given by its tokens, the end mark among them. They stand
    /// one behind the other: none is padded to the length of another.
    pub(super) fn read(&self, sentences: &[&[u32]]) -> Vec<Source> {
        let mut x = Vec::new();
        let mut places: Vec<Range<usize>> = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let start = places.last().map_or(0, |place| place.end);
            places.push(start..start + sentence.len());
            for (position, &token) in sentence.iter().enumerate() {
                self.embed(&mut x, Some((self.sources(), token)), position);
            }
        }
        for layer in &self.encoder {
            let known = layer.among.know(&x, &places);
            let sights = (known.iter().zip(&places)).map(|(known, place)| Sight {
                known,
                rows: place.len(),
            });
            x = layer.among.look(&x, sights, |_| {});
            x = layer.forward.pass(&x);
        }
        let mut sources: Vec<Source> = (places.iter())
            .map(|place| Source {
                layers: Vec::with_capacity(self.decoder.len()),
                tokens: place.len(),
            })
            .collect();
        for layer in &self.decoder {
            let known = layer.source.know(&x, &places);
            for (source, known) in sources.iter_mut().zip(known) {
                source.layers.push(known);
            }
        }
        sources
    }
}
