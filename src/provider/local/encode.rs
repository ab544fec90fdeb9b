//! The encoder: sentences are read.

use std::ops::Range;

use super::layers::Known;
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
        // The rows of the sentence that each row is of.
        let mut among: Vec<Range<usize>> = Vec::new();
        for sentence in sentences {
            let place = among.len()..among.len() + sentence.len();
            among.extend(sentence.iter().map(|_| place.clone()));
            places.push(place);
            for (&token, waves) in sentence.iter().zip(&waves) {
                self.embed(&mut x, Some((self.sources(), token)), waves);
            }
        }
        for layer in &self.encoder {
            let known = layer.among.know(&x);
            let sees = |row: usize| (&known, among[row].clone());
            x = layer.among.look(&x, sees, |_, _| {});
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
