//! Greedy decoding: the likeliest open token at each step, of many sentences at a time.

use super::encode::Source;
use super::figures::highest;
use super::network::Network;
use super::rules::Rules;
use super::steps::{Cells, Row};
use super::weights::Room;

/// A translation and what the model looked at.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Written {
    /// The tokens, without the end mark.
    pub(super) tokens: Vec<u32>,
    /// For each of them what share of the attention each token of the source had.
    pub(super) seen: Vec<Vec<f32>>,
}

/// A translation that has not come to its end.
struct Unfinished {
    /// Its place among the sentences.
    place: usize,
    token: u32,
    cells: Cells,
}

/// Twice the source and a little, at most: so many tokens a translation may have.
pub(super) fn most_tokens(source: usize) -> usize {
    (2 * source + 4).min(256)
}

/// Translates sentences, in order, under the rules of each. They are decoded together,
/// and one that has come to its end costs nothing more.
pub(super) fn greedy(network: &Network, asked: &[(Source, Rules<'_>)]) -> Vec<Written> {
    let mut written = vec![Written::default(); asked.len()];
    let mut unfinished: Vec<Unfinished> = (0..asked.len())
        .map(|place| Unfinished {
            place,
            token: asked[place].1.end,
            cells: network.blank(),
        })
        .collect();
    let mut room = Room::default();
    for position in 0.. {
        unfinished.retain(|one| position < most_tokens(asked[one.place].0.tokens));
        if unfinished.is_empty() {
            break;
        }
        let rows: Vec<Row<'_>> = (unfinished.iter())
            .map(|one| Row {
                source: &asked[one.place].0,
                token: one.token,
                cells: &one.cells,
            })
            .collect();
        let mut stepped = network.step(position, &rows, &mut room);
        let tokens: Vec<u32> = (unfinished.iter().zip(stepped.logits()))
            .map(|(one, logits)| {
                (asked[one.place].1).close(logits, &written[one.place].tokens);
                likeliest(logits)
            })
            .collect();
        let news = tokens.into_iter().zip(stepped.cells).zip(stepped.seen);
        unfinished = (unfinished.into_iter().zip(news))
            .filter(|(one, ((token, _), _))| *token != asked[one.place].1.end)
            .map(|(one, ((token, cells), seen))| {
                written[one.place].tokens.push(token);
                written[one.place].seen.push(seen);
                Unfinished {
                    place: one.place,
                    token,
                    cells,
                }
            })
            .collect();
    }
    written
}

/// The token of the highest logit, the first of several.
fn likeliest(logits: &[f32]) -> u32 {
    let highest = highest(logits);
    let tokens = (0_u32..).zip(logits);
    let mut found = tokens.filter(|(_, logit)| **logit >= highest);
    found.next().map_or(0, |(token, _)| token)
}

#[cfg(test)]
mod tests {
    use super::{likeliest, most_tokens};

    #[test]
    fn the_first_of_the_highest_is_taken() {
        assert_eq!(likeliest(&[0.5, 2.0, -1.0, 2.0]), 1);
        assert_eq!(likeliest(&[f32::NEG_INFINITY; 3]), 0);
        assert_eq!(likeliest(&[f32::NAN, 1.0]), 1);
    }

    #[test]
    fn no_translation_goes_on_for_ever() {
        assert_eq!(most_tokens(3), 10);
        assert_eq!(most_tokens(100_000), 256);
    }
}
