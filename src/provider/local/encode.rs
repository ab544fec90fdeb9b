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
        let longest = sentences.iter().map(|sentence| sentence.len()).max();
        let waves: Vec<Vec<f32>> = (0..longest.unwrap_or(0)).map(|p| self.waves(p)).collect();
        let mut x = Vec::new();
        let mut places: Vec<Range<usize>> = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let start = places.last().map_or(0, |place| place.end);
            places.push(start..start + sentence.len());
            for (&token, waves) in sentence.iter().zip(&waves) {
                self.embed(&mut x, Some((self.sources(), token)), waves);
            }
        }
        for layer in &self.encoder {
            let known = layer.among.know(&x);
            let sights = places.iter().map(|place| Sight {
                known: &known,
                tokens: place.clone(),
                rows: place.len(),
            });
            x = layer.among.look(&x, sights, |_| {});
            x = layer.forward.pass(&x);
        }
        let known: Vec<Known> = (self.decoder.iter())
            .map(|layer| layer.source.know(&x))
            .collect();
        (places.into_iter())
            .map(|place| Source {
                layers: known.iter().map(|k| k.part(&place, self.width)).collect(),
                tokens: place.len(),
            })
            .collect()
    }
}
