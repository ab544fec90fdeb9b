//! The trained table: aligned units and a backoff n-gram model over them.
//!
//! A *unit* joins a few Latin letters with a few Bangla letters (`ee` with ী);
//! the model says how likely one unit follows others, so one table serves both
//! directions. `training/transliteration/` writes the file. All numbers are
//! little-endian:
//!
//! ```text
//! "anubadT1"
//! u16 units, u8 order
//! units × { u8 length, Latin letters; u8 length, Bangla letters }   0 opens, 1 closes a word
//! order × {                                                     n-grams of 1, 2, … units
//!     varint children      for each n-gram of the order before (once, for the empty one, at first)
//!     u16 unit             for each n-gram, those of one parent together and rising
//!     u8 -ln p × 16        likewise
//!     u8 -ln backoff × 16  likewise, but not for the last order
//! }
//! ```

use std::collections::HashMap;
use std::ops::Range;

const MAGIC: &[u8] = b"anubadT1";
const STEPS_PER_NAT: f32 = 16.0;

/// The number of a unit in its table.
pub(super) type UnitId = u16;

/// The unit that opens a word.
const OPEN: UnitId = 0;
/// The unit that closes a word.
const CLOSE: UnitId = 1;

/// Why a table could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The first bytes are not those of a table.
    #[error(
        "not a transliteration table of this version (train it again with training/transliteration)"
    )]
    Magic,
    /// The bytes end before the table does.
    #[error("the transliteration table ends early, at byte {0}")]
    Short(usize),
    /// Bytes follow the table.
    #[error("the transliteration table has {0} bytes too many")]
    Long(usize),
    /// A unit is not UTF-8 or an n-gram names a unit that there is not.
    #[error("the transliteration table is damaged before byte {0}")]
    Damaged(usize),
}

/// What has been read of a word, as far as the model remembers it.
pub(super) type Context = u32;

const NONE: u32 = u32::MAX;

/// One n-gram, as small as in the file: there are some hundred thousand.
#[derive(Debug, Clone, Copy)]
struct Node {
    unit: UnitId,
    /// -ln p in steps.
    cost: u8,
    /// -ln backoff in steps.
    backoff: u8,
    /// The first of its children; they end where those of the next node begin.
    first_child: u32,
    /// The same n-gram without its first unit; [`NONE`] stands for the empty one.
    suffix: u32,
}

/// A loaded table.
#[derive(Debug)]
pub(super) struct Table {
    units: Vec<(String, String)>,
    nodes: Vec<Node>,
    /// For each unit, its n-gram of one.
    singles: Vec<u32>,
}

impl Table {
    /// Reads a table, checking every number in it.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, TableError> {
        let mut input = Input { bytes, at: 0 };
        if input.take(MAGIC.len()).ok() != Some(MAGIC) {
            return Err(TableError::Magic);
        }
        let count = usize::from(input.u16()?);
        let order = usize::from(input.u8()?);
        let units = (0..count)
            .map(|_| Ok((input.string()?, input.string()?)))
            .collect::<Result<Vec<_>, TableError>>()?;
        if count <= usize::from(CLOSE) || order == 0 {
            return Err(TableError::Damaged(input.at));
        }
        let mut table = Self {
            units,
            nodes: Vec::new(),
            singles: vec![NONE; count],
        };
        let mut parents = None;
        for n in 1..=order {
            parents = Some(table.read_order(&mut input, parents, n == order)?);
            if n == 1 {
                for (at, node) in table.nodes.iter().enumerate() {
                    table.singles[usize::from(node.unit)] = index(at);
                }
            }
        }
        match bytes.len() - input.at {
            0 => {}
            extra => return Err(TableError::Long(extra)),
        }
        // A last node of no word closes the children of the one before it.
        let end = index(table.nodes.len());
        table.nodes.push(Node {
            unit: OPEN,
            cost: 0,
            backoff: 0,
            first_child: end,
            suffix: NONE,
        });
        table.link_suffixes();
        Ok(table)
    }

    /// Reads the n-grams of one order below `parents`; gives their places.
    fn read_order(
        &mut self,
        input: &mut Input,
        parents: Option<Range<usize>>,
        last: bool,
    ) -> Result<Range<usize>, TableError> {
        let start = self.nodes.len();
        let mut end = start;
        match parents {
            None => end += input.varint()?,
            Some(parents) => {
                for parent in parents {
                    self.nodes[parent].first_child = index(end);
                    end += input.varint()?;
                }
            }
        }
        let count = end - start;
        let unit_bytes = input.take(count.saturating_mul(2))?;
        let probabilities = input.take(count)?;
        let backoffs = if last { &[] } else { input.take(count)? };
        // The node that closes the list is counted in.
        self.nodes.reserve_exact(count + 1);
        for i in 0..count {
            let unit = UnitId::from_le_bytes([unit_bytes[2 * i], unit_bytes[2 * i + 1]]);
            if usize::from(unit) >= self.units.len() {
                return Err(TableError::Damaged(input.at));
            }
            self.nodes.push(Node {
                unit,
                cost: probabilities[i],
                backoff: backoffs.get(i).copied().unwrap_or(0),
                first_child: index(end),
                suffix: NONE,
            });
        }
        Ok(start..end)
    }

    /// Finds, for each n-gram, the longest one in the table that it ends with.
    fn link_suffixes(&mut self) {
        for parent in 0..self.nodes.len() - 1 {
            for child in self.children(index(parent)) {
                let mut shorter = self.nodes[parent].suffix;
                let unit = self.nodes[child].unit;
                self.nodes[child].suffix = loop {
                    if shorter == NONE {
                        break self.singles[usize::from(unit)];
                    }
                    match self.child(shorter, unit) {
                        Some(found) => break found,
                        None => shorter = self.nodes[shorter as usize].suffix,
                    }
                };
            }
        }
    }

    fn children(&self, node: u32) -> Range<usize> {
        let at = node as usize;
        self.nodes[at].first_child as usize..self.nodes[at + 1].first_child as usize
    }

    fn child(&self, node: u32, unit: UnitId) -> Option<u32> {
        let range = self.children(node);
        let found = self.nodes[range.clone()].binary_search_by_key(&unit, |n| n.unit);
        found.ok().map(|i| index(range.start + i))
    }

    /// The context at the start of a word.
    pub(super) fn start(&self) -> Context {
        self.singles[usize::from(OPEN)]
    }

    /// ln p of `unit` in `context`, and the context after it.
    pub(super) fn step(&self, mut context: Context, unit: UnitId) -> (f32, Context) {
        let mut log_probability = 0.0;
        loop {
            let found = if context == NONE {
                Some(self.singles[usize::from(unit)]).filter(|&single| single != NONE)
            } else {
                self.child(context, unit)
            };
            if let Some(found) = found {
                let node = &self.nodes[found as usize];
                return (log_probability - nats(node.cost), self.with_children(found));
            }
            if context == NONE {
                return (log_probability - nats(u8::MAX), NONE);
            }
            let node = &self.nodes[context as usize];
            log_probability -= nats(node.backoff);
            context = node.suffix;
        }
    }

    /// ln p that the word ends in `context`.
    pub(super) fn close(&self, context: Context) -> f32 {
        self.step(context, CLOSE).0
    }

    /// The longest context in `context` that the table tells anything of, so that
    /// two histories which the model cannot tell apart are one.
    fn with_children(&self, mut context: Context) -> Context {
        while context != NONE && self.children(context).is_empty() {
            context = self.nodes[context as usize].suffix;
        }
        context
    }

    /// The two sides of a unit.
    pub(super) fn unit(&self, id: UnitId) -> (&str, &str) {
        let (latin, bangla) = &self.units[usize::from(id)];
        (latin, bangla)
    }

    /// The units by what they read: their Latin side, or else their Bangla side.
    pub(super) fn by_source(&self, latin_first: bool) -> HashMap<String, Vec<UnitId>> {
        let mut out: HashMap<String, Vec<UnitId>> = HashMap::new();
        let first = usize::from(CLOSE) + 1;
        for (id, (latin, bangla)) in (CLOSE + 1..).zip(self.units.iter().skip(first)) {
            let source: &str = if latin_first { latin } else { bangla };
            out.entry(source.to_owned()).or_default().push(id);
        }
        out
    }
}

fn nats(steps: u8) -> f32 {
    f32::from(steps) / STEPS_PER_NAT
}

/// Tables hold fewer than 2³² nodes: their counts are read from files of a few hundred kilobytes.
#[expect(clippy::cast_possible_truncation, reason = "files are small")]
fn index(at: usize) -> u32 {
    at as u32
}

/// The bytes yet to be read.
struct Input<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Input<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], TableError> {
        let end = self.at.checked_add(count);
        let taken = end.and_then(|end| self.bytes.get(self.at..end));
        let taken = taken.ok_or(TableError::Short(self.bytes.len()))?;
        self.at += count;
        Ok(taken)
    }

    fn u8(&mut self) -> Result<u8, TableError> {
        Ok(self.take(1)?[0])
    }

    fn u16(&mut self) -> Result<u16, TableError> {
        let bytes = self.take(2)?;
        Ok(u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    fn varint(&mut self) -> Result<usize, TableError> {
        let mut value = 0;
        for shift in [0, 7, 14, 21] {
            let byte = self.u8()?;
            value |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(TableError::Damaged(self.at))
    }

    fn string(&mut self) -> Result<String, TableError> {
        let length = usize::from(self.u8()?);
        let bytes = self.take(length)?.to_vec();
        String::from_utf8(bytes).map_err(|_| TableError::Damaged(self.at))
    }
}
