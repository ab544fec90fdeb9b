//! The network of a model: a transformer whose decoder remembers in cells (SSRU; Kim et
//! al., WNGT 2019), as Marian lays it out and names its parameters.

use super::layers::{Attention, Forward, Normal, affine};
use super::waves::Waves;
use super::weights::{Names, Parameters, Product, Table};

/// The network of a model.
pub(super) struct Network {
    /// Figures that stand for a token.
    pub(super) width: usize,
    pub(super) encoder: Vec<Encoding>,
    pub(super) decoder: Vec<Decoding>,
    /// Vectors of the source's tokens, where they are not the target's.
    sources: Option<Table>,
    pub(super) targets: Table,
    /// What gives each token of the target its logit.
    pub(super) choice: Product,
    waves: Waves,
}

/// A layer of the encoder.
pub(super) struct Encoding {
    pub(super) among: Attention,
    pub(super) forward: Forward,
}

/// A layer of the decoder.
pub(super) struct Decoding {
    pub(super) new: Product,
    /// How far the memory keeps what was.
    pub(super) gate: Product,
    pub(super) memory: Normal,
    pub(super) source: Attention,
    pub(super) forward: Forward,
}

impl Network {
    /// The network with these parameters.
    ///
    /// # Errors
    /// What the model lacks, or has otherwise than a network of this kind.
    pub(super) fn of(parameters: &Parameters) -> Result<Self, String> {
        let width = parameters.number("dim-emb")?;
        let heads = parameters.number("transformer-heads")?;
        if width < 4 || heads == 0 || !width.is_multiple_of(heads) {
            return Err(format!("{heads} heads cannot share {width} figures"));
        }
        let encoding = |layer: usize| {
            let name = format!("encoder_l{layer}");
            Ok(Encoding {
                among: Attention::of(parameters, &format!("{name}_self"), (width, heads))?,
                forward: Forward::of(parameters, &format!("{name}_ffn"), width)?,
            })
        };
        let decoding = |layer: usize| {
            let name = format!("decoder_l{layer}");
            let cell = format!("{name}_rnn");
            Ok(Decoding {
                new: parameters.product(&Names {
                    weight: &format!("{cell}_W"),
                    alpha: &format!("{cell}_W_QuantMultA"),
                    bias: None,
                    size: (width, Some(width)),
                })?,
                gate: affine(parameters, &cell, "f", (width, Some(width)))?,
                memory: Normal::of(parameters, &format!("{cell}_ffn"), width)?,
                source: Attention::of(parameters, &format!("{name}_context"), (width, heads))?,
                forward: Forward::of(parameters, &format!("{name}_ffn"), width)?,
            })
        };
        let layers = |key: &str| match parameters.number(key)? {
            0 => Err(format!("its {key} is 0")),
            count => Ok(1..=count),
        };
        // One table for all, or one a side.
        let (sources, targets) = if parameters.has("Wemb") {
            (None, "Wemb")
        } else {
            (Some("encoder_Wemb"), "decoder_Wemb")
        };
        let alpha = if parameters.has("none_QuantMultA") {
            "none_QuantMultA"
        } else {
            "decoder_Wemb_QuantMultA"
        };
        let bias = "decoder_ff_logit_out_b";
        let table = parameters.table(targets, width)?;
        Ok(Self {
            width,
            encoder: layers("enc-depth")?
                .map(encoding)
                .collect::<Result<_, String>>()?,
            decoder: layers("dec-depth")?
                .map(decoding)
                .collect::<Result<_, String>>()?,
            sources: (sources.map(|name| parameters.table(name, width))).transpose()?,
            choice: parameters.choice(
                &Names {
                    weight: targets,
                    alpha,
                    bias: parameters.has(bias).then_some(bias),
                    size: (width, None),
                },
                &table,
            )?,
            targets: table,
            waves: Waves::of(width),
        })
    }

    /// Vectors of the source's tokens.
    pub(super) fn sources(&self) -> &Table {
        self.sources.as_ref().unwrap_or(&self.targets)
    }

    /// Adds the row of a token, or of none, at a position.
    pub(super) fn embed(&self, x: &mut Vec<f32>, token: Option<(&Table, u32)>, position: usize) {
        let start = x.len();
        x.resize(start + self.width, 0.0);
        let row = &mut x[start..];
        if let Some((table, token)) = token {
            table.write(token, row);
        }
        let scale = (self.width as f32).sqrt();
        for (x, wave) in row.iter_mut().zip(self.waves.at(position).iter()) {
            *x = scale * *x + wave;
        }
    }
}

#[cfg(all(test, feature = "starter-models"))]
mod tests {
    use fxtranslate::engine::Engine;

    use super::*;
    use crate::provider::local::figures::highest;
    use crate::provider::local::flight::{Asked, Way, fly};
    use crate::provider::local::model::starters;
    use crate::provider::local::rules::Rules;
    use crate::provider::local::score::attention;
    use crate::provider::local::steps::Row;
    use crate::provider::local::weights::Room;

    /// Sums in another order differ in their last bits, a figure in a thousand is then
    /// rounded to the next of its 8 bits, and all that comes of it is a little off.
    fn agree(one: &[f32], other: &[f32], what: &str) {
        assert_eq!(one.len(), other.len(), "{what}");
        let size =
            |figures: &mut dyn Iterator<Item = f32>| figures.map(|x| x * x).sum::<f32>().sqrt();
        let off = size(&mut one.iter().zip(other).map(|(a, b)| a - b));
        let off = off / size(&mut other.iter().copied());
        assert!(off < 0.08, "{what}: {off}");
    }

    fn networks() -> Option<(Network, Engine)> {
        let (_, model) = starters().swap_remove(0);
        let (weights, vocabulary) = model.bytes()?;
        let engine = Engine::from_bytes(weights, vocabulary, vocabulary).ok()?;
        Some((model.network().ok()?, engine))
    }

    /// The engine of `fxtranslate` was compared with Marian itself.
    #[test]
    fn steps_are_those_of_the_reference() {
        let (network, engine) = networks().unwrap();
        let ids = engine.src_ids("The ferry to Barishal left at nine.");
        let other = engine.src_ids("It came back in the afternoon with twice as many people.");
        let context = engine.encode(&ids);
        let sources = network.read(&[&other, &ids]);
        let tokens: [[u32; 4]; 2] = [[11, 400, 7, 95], [12, 33, 2000, 8]];
        // The reference has a place more in its memory, which it does not use.
        let mut theirs =
            [(); 2].map(|()| vec![vec![0.0; network.width]; network.decoder.len() + 1]);
        let mut ours = vec![network.blank(), network.blank()];
        let mut seen: Vec<Vec<f32>> = Vec::new();
        let mut room = Room::default();
        for position in 0..4 {
            let last = |row: usize| match position {
                0 => 0,
                _ => tokens[row][position - 1],
            };
            let row = |(at, cells)| Row {
                source: &sources[1],
                position,
                token: last(at),
                cells,
            };
            let rows: Vec<Row<'_>> = ours.iter().enumerate().map(row).collect();
            let mut stepped = network.step(&rows, &mut room);
            for (row, logits) in stepped.logits().enumerate() {
                let cells = &mut theirs[row];
                let top = engine.decode_step(last(row), position, &context, ids.len(), cells);
                agree(logits, &engine.project(&top), "a step");
                if row == 0 {
                    seen.push(logits.to_vec());
                }
            }
            ours = stepped.cells;
            for (ours, theirs) in ours.iter().zip(&theirs) {
                agree(ours, &theirs[1..].concat(), "the memory");
            }
        }
        let mut forced = network.forced(&sources[1], &tokens[0], |_| {}, &mut room);
        for (logits, seen) in forced.logits().zip(&seen) {
            agree(logits, seen, "a translation that is given");
        }
    }

    #[test]
    fn sentences_decoded_together_are_translated_as_alone_and_as_the_reference_would() {
        let (network, engine) = networks().unwrap();
        let texts = [
            "Schools will stay closed until the water has gone down.",
            "The river has risen.",
            "She told reporters that nobody had been hurt in the fire.",
        ];
        let ids = texts.map(|text| engine.src_ids(text));
        let sentences: Vec<&[u32]> = ids.iter().map(Vec::as_slice).collect();
        let translate = |sentences: &[&[u32]]| {
            let asked = |(ticket, tokens): (usize, &&[u32])| Asked {
                tokens: tokens.to_vec(),
                rules: Rules {
                    once: Vec::new(),
                    never: &[],
                    end: 0,
                    begins: &[],
                },
                way: Way::Greedy,
                ticket,
            };
            let mut waiting: Vec<_> = sentences.iter().enumerate().map(asked).collect();
            let mut written: Vec<Vec<u32>> = vec![Vec::new(); sentences.len()];
            // Each boards when the one before it has taken a step.
            let mut is_waited_for = true;
            let next = |_| {
                is_waited_for = !is_waited_for;
                let taken = waiting.len().min(usize::from(!is_waited_for));
                (!waiting.is_empty()).then(|| waiting.drain(..taken).collect())
            };
            fly(&network, next, |ticket, landed| {
                written[ticket] = landed.written.unwrap_or_default();
            });
            written
        };
        let together = translate(&sentences);
        let mut compared = 0;
        for ((text, ids), written) in texts.iter().zip(&sentences).zip(&together) {
            assert_eq!(translate(&[*ids]), std::slice::from_ref(written), "{text}");
            let context = engine.encode(ids);
            let mut cells = vec![vec![0.0; network.width]; network.decoder.len() + 1];
            let mut last = 0;
            for (position, &token) in written.iter().chain([&0]).enumerate() {
                let top = engine.decode_step(last, position, &context, ids.len(), &mut cells);
                let logits = engine.project(&top);
                let missed = highest(&logits) - logits[token as usize];
                assert!(missed < 0.5, "{text}: token {position} by {missed}");
                last = token;
            }
            let aligned = engine.translate_aligned(text);
            let theirs: Vec<u32> = aligned.target_tokens.iter().map(|token| token.id).collect();
            if theirs[..theirs.len() - 1] == *written {
                compared += 1;
                let seen = attention(&network, ids, written);
                agree(
                    &seen.concat(),
                    &aligned.alignments[..seen.len()].concat(),
                    text,
                );
            }
        }
        assert!(compared > 0);
        assert!(translate(&[]).is_empty());
    }

    #[test]
    fn what_a_model_lacks_is_named() {
        let (_, model) = starters().swap_remove(0);
        let whole = fxtranslate::model::Model::from_bytes(model.bytes().unwrap().0).unwrap();
        let refused = |change: &dyn Fn(&mut fxtranslate::model::Model)| {
            let mut model = whole.clone();
            change(&mut model);
            Network::of(&Parameters::of(model)).map(|_| ()).unwrap_err()
        };
        let named = |model: &mut fxtranslate::model::Model, name: &str| {
            model
                .items
                .iter()
                .position(|item| item.name == name)
                .unwrap()
        };
        for name in [
            "decoder_l2_ffn_W1",
            "encoder_l1_self_Wo_ln_scale",
            "Wemb",
            "special:model.yml",
        ] {
            let lacking = refused(&|model| {
                let at = named(model, name);
                model.items.remove(at);
            });
            assert!(
                lacking.contains(name) || lacking.contains("decoder_Wemb"),
                "{name}: {lacking}"
            );
        }
        let cut = refused(&|model| {
            let at = named(model, "encoder_l1_self_Wq");
            let item = &mut model.items[at];
            item.data = fxtranslate::model::Bytes::Owned(item.data[..100].to_vec());
        });
        assert!(cut.contains("encoder_l1_self_Wq is cut off"), "{cut}");
        let shape = refused(&|model| {
            let at = named(model, "encoder_l1_self_Wq");
            model.items[at].shape = vec![-1, 256];
        });
        assert!(shape.contains("encoder_l1_self_Wq is no matrix"), "{shape}");
        let &[inner, outer] = whole.get("decoder_l1_ffn_W2").unwrap().shape.as_slice() else {
            panic!("no matrix");
        };
        let size = refused(&|model| {
            let at = named(model, "decoder_l1_ffn_W2");
            model.items[at].shape = vec![outer, inner];
        });
        let expected = format!(
            "decoder_l1_ffn_W2 takes {outer} figures and gives {inner}, where {inner} go in and {outer}"
        );
        assert!(size.contains(&expected), "{size}");
    }
}
