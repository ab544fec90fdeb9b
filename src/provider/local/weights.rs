//! The weights of a model, made ready to be multiplied with.
//!
//! The products are a library's (`rten-gemm`), which chooses its instructions by the
//! processor that it runs on. What Marian stores is unfolded for it here: weights of
//! 8 bits that share one step, and the steps by which the figures that go in are
//! rounded to 8 bits as well. Sums of such products are whole numbers, and every
//! processor comes to the same ones while weights keep to ±64, as those of the starters
//! do: an older one adds pairs in 16 bits, which two of the largest would overrun.

use bytemuck::{allocation::cast_vec, cast_slice_mut};
use fxtranslate::model::{Model, ModelItem};
use fxtranslate::trace::DType;
use rten_gemm::{
    GemmExecutor, GemmInT, GemmInputA, GemmInputB, GemmOptions, GemmOutT, PackedBMatrix,
};
use rten_tensor::{Matrix, NdTensorView};

use super::figures::{ZERO, bytes, scale_up};
use super::file::{Part, parts};

/// The parameters of a model by their names.
pub(super) struct Parameters(Items);

enum Items {
    /// Views into a file.
    Mapped(Model),
    /// Parts of the binary, copied one at a time as they are asked for: a copy of them
    /// all would stay with the thread that loads the model.
    Embedded(Vec<Part>),
}

/// Where the parameters of a product lie.
pub(super) struct Names<'a> {
    pub(super) weight: &'a str,
    /// What the figures that go in are multiplied by before they are rounded; not
    /// looked for where weights are whole figures.
    pub(super) alpha: &'a str,
    /// What is added.
    pub(super) bias: Option<&'a str>,
    /// Figures of a row that goes in, and of one that comes out where that is known.
    pub(super) size: (usize, Option<usize>),
}

impl Parameters {
    pub(super) fn of(model: Model) -> Self {
        Self(Items::Mapped(model))
    }

    /// Those of a model that lies in the binary.
    pub(super) fn embedded(file: &'static [u8]) -> Result<Self, String> {
        Ok(Self(Items::Embedded(parts(file)?)))
    }

    /// A number of the model's description, such as `dim-emb`.
    pub(super) fn number(&self, key: &str) -> Result<usize, String> {
        let description = self.item("special:model.yml")?;
        let description = String::from_utf8_lossy(&description.data);
        let value = (description.lines())
            .find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))
            .ok_or_else(|| format!("its description has no {key}"))?;
        let number = value.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        (number.parse()).map_err(|_| format!("its description has no number for {key}"))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.sides(name).is_ok()
    }

    /// The figures of a parameter, such as what is added to a product.
    pub(super) fn figures(&self, name: &str) -> Result<Vec<f32>, String> {
        let item = self.item(name)?;
        if item.dtype == DType::Float32 {
            return (checked(&item, 4)?.to_f32()).map_err(|cause| format!("{name}: {cause}"));
        }
        let (small, step) = small(&item)?;
        Ok(small.iter().map(|&x| f32::from(x) * step).collect())
    }

    /// The vectors of tokens in `name`, each of so many figures.
    pub(super) fn table(&self, name: &str, width: usize) -> Result<Table, String> {
        if self.shape(name)?.1 != width {
            return Err(format!("{name} has not {width} figures a token"));
        }
        let item = self.item(name)?;
        let rows = if item.dtype == DType::Float32 {
            Rows::Whole(self.figures(name)?)
        } else {
            let (_, step) = small(&item)?;
            Rows::Small(item, step)
        };
        Ok(Table { rows, width })
    }

    /// The product with a weight.
    pub(super) fn product(&self, names: &Names<'_>) -> Result<Product, String> {
        let (inner, outer) = self.shape(names.weight)?;
        self.packed(names, &self.item(names.weight)?, (inner, outer), false)
    }

    /// The product with the table of tokens that the weight is, which gives a figure for
    /// each token. The weight is taken from there: a second copy of what is largest would
    /// raise what the allocator keeps for itself in every thread.
    pub(super) fn choice(&self, names: &Names<'_>, table: &Table) -> Result<Product, String> {
        let (tokens, width) = self.shape(names.weight)?;
        match &table.rows {
            Rows::Small(item, _) => self.packed(names, item, (width, tokens), true),
            Rows::Whole(_) => self.packed(names, &self.item(names.weight)?, (width, tokens), true),
        }
    }

    fn packed(
        &self,
        names: &Names<'_>,
        item: &ModelItem,
        (inner, outer): (usize, usize),
        is_table: bool,
    ) -> Result<Product, String> {
        let (goes_in, comes_out) = names.size;
        if inner != goes_in || comes_out.is_some_and(|expected| outer != expected) {
            return Err(format!(
                "{} takes {inner} figures and gives {outer}, where {goes_in} go in{}",
                names.weight,
                comes_out.map_or_else(String::new, |outer| format!(" and {outer} come out")),
            ));
        }
        let mut added = match names.bias {
            Some(bias) => self.figures(bias)?,
            None => vec![0.0; outer],
        };
        if added.len() != outer {
            return Err(format!("{} and what is added differ in size", names.weight));
        }
        let weight = if item.dtype == DType::Float32 {
            let figures = self.figures(names.weight)?;
            let kernel = GemmExecutor::new();
            let packed = if is_table {
                let view = NdTensorView::from_data([outer, inner], figures.as_slice());
                kernel.prepack_b(view.transposed())
            } else {
                kernel.prepack_b(NdTensorView::from_data([inner, outer], figures.as_slice()))
            };
            Weight::Whole { kernel, packed }
        } else {
            // These lie column by column, whether they are a table or not.
            let (small, step) = small(item)?;
            let alpha = self.figures(names.alpha)?;
            let alpha = *(alpha.first()).ok_or_else(|| format!("{} is empty", names.alpha))?;
            let scale = step / alpha;
            for (added, column) in added.iter_mut().zip(small.chunks(inner)) {
                let sum: i32 = column.iter().map(|&x| i32::from(x)).sum();
                *added -= f32::from(ZERO) * scale * sum as f32;
            }
            let kernel = GemmExecutor::new();
            let columns = NdTensorView::from_data([outer, inner], small);
            let packed = kernel.prepack_b(columns.transposed());
            Weight::Small {
                kernel,
                packed,
                alpha,
                scale,
            }
        };
        Ok(Product {
            weight,
            inner,
            outer,
            added,
        })
    }

    fn item(&self, name: &str) -> Result<ModelItem, String> {
        let item = match &self.0 {
            Items::Mapped(model) => model.get(name).cloned(),
            Items::Embedded(parts) => (parts.iter().find(|part| part.name == name)).map(Part::item),
        };
        item.ok_or_else(|| format!("it has no {name}"))
    }

    fn sides(&self, name: &str) -> Result<&[i32], String> {
        let sides = match &self.0 {
            Items::Mapped(model) => model.get(name).map(|item| item.shape.as_slice()),
            Items::Embedded(parts) => {
                (parts.iter().find(|part| part.name == name)).map(|part| part.shape.as_slice())
            }
        };
        sides.ok_or_else(|| format!("it has no {name}"))
    }

    fn shape(&self, name: &str) -> Result<(usize, usize), String> {
        match *self.sides(name)? {
            [rows, columns] if rows > 0 && columns > 0 => Ok((
                rows.unsigned_abs() as usize,
                columns.unsigned_abs() as usize,
            )),
            _ => Err(format!("{name} is no matrix")),
        }
    }
}

/// The item, if it has as many figures as its shape says, each of so many bytes.
fn checked(item: &ModelItem, bytes: usize) -> Result<&ModelItem, String> {
    let mut sides = item.shape.iter().map(|&side| usize::try_from(side).ok());
    match sides.try_fold(bytes, |size, side| size.checked_mul(side?)) {
        Some(size) if size <= item.data.len() => Ok(item),
        _ => Err(format!("{} is cut off", item.name)),
    }
}

/// Figures of 8 bits, and what one of their steps is worth.
fn small(item: &ModelItem) -> Result<(&[i8], f32), String> {
    let failed = |cause| format!("{}: {cause}", item.name);
    let item = checked(item, 1)?;
    let steps = item.quant_mult().map_err(failed)?;
    Ok((item.int8_transposed().map_err(failed)?, 1.0 / steps))
}

/// Vectors of tokens.
pub(super) struct Table {
    rows: Rows,
    width: usize,
}

enum Rows {
    Whole(Vec<f32>),
    Small(ModelItem, f32),
}

impl Table {
    /// Tokens that it has.
    pub(super) fn len(&self) -> usize {
        let figures = match &self.rows {
            Rows::Whole(figures) => figures.len(),
            Rows::Small(item, _) => item.num_elements(),
        };
        figures / self.width
    }

    /// Writes the vector of a token; nothing where the table has none.
    pub(super) fn write(&self, token: u32, to: &mut [f32]) {
        let start = token as usize * self.width;
        let row = start..start + self.width;
        match &self.rows {
            Rows::Whole(figures) => {
                if let Some(figures) = figures.get(row) {
                    to.copy_from_slice(figures);
                }
            }
            Rows::Small(item, step) => {
                let figures = item.int8_transposed().ok();
                let figures = figures.and_then(|figures| figures.get(row));
                for (to, figure) in to.iter_mut().zip(figures.unwrap_or_default()) {
                    *to = f32::from(*figure) * step;
                }
            }
        }
    }
}

/// A weight to multiply rows of figures with.
pub(super) struct Product {
    weight: Weight,
    /// Figures of a row that goes in.
    inner: usize,
    /// Figures of a row that comes out.
    outer: usize,
    /// What is added to a row that comes out; it also takes away what [`ZERO`] brings in.
    added: Vec<f32>,
}

enum Weight {
    Whole {
        kernel: GemmExecutor<f32>,
        packed: PackedBMatrix<f32>,
    },
    Small {
        kernel: GemmExecutor<u8, i8, i32>,
        packed: PackedBMatrix<i8>,
        alpha: f32,
        /// What a step of the sums is worth.
        scale: f32,
    },
}

impl Product {
    /// Figures of a row that comes out.
    pub(super) fn width(&self) -> usize {
        self.outer
    }

    /// The rows of `x` times the weight, and what is added.
    pub(super) fn of(&self, x: &[f32]) -> Vec<f32> {
        let mut room = Room::default();
        self.within(x, &mut room);
        cast_vec(room.sums)
    }

    /// The same, written into `room`.
    pub(super) fn within<'r>(&self, x: &[f32], room: &'r mut Room) -> &'r mut [f32] {
        let shape = [x.len() / self.inner, self.inner];
        room.sums.resize(shape[0] * self.outer, 0);
        match &self.weight {
            Weight::Whole { kernel, packed } => {
                let x = NdTensorView::from_data(shape, x);
                let figures: &mut [f32] = cast_slice_mut(&mut room.sums);
                multiply(kernel, figures, x, packed);
                for row in figures.chunks_mut(self.outer) {
                    for (figure, added) in row.iter_mut().zip(&self.added) {
                        *figure += added;
                    }
                }
            }
            Weight::Small {
                kernel,
                packed,
                alpha,
                scale,
            } => {
                let x = bytes(x, *alpha);
                let x = NdTensorView::from_data(shape, x.as_slice());
                multiply(kernel, &mut room.sums, x, packed);
                scale_up(&mut room.sums, *scale, &self.added);
            }
        }
        cast_slice_mut(&mut room.sums)
    }
}

/// Where a product is written that is made again and again: of its size, half a megabyte for the
/// logits of a search, the allocator would ask the system for pages each time. Sums become figures
/// in their place.
#[derive(Default)]
pub(super) struct Room {
    sums: Vec<i32>,
}

/// Writes the product of rows with a weight.
fn multiply<A: GemmInT, B: GemmInT, O: GemmOutT>(
    kernel: &GemmExecutor<A, B, O>,
    out: &mut [O],
    rows: Matrix<'_, A>,
    weight: &PackedBMatrix<B>,
) {
    let rows = GemmInputA::Unpacked(rows);
    let weight = GemmInputB::Packed(weight);
    let done = kernel.gemm(out, rows, weight, GemmOptions::default());
    debug_assert!(done.is_ok(), "the sizes were compared");
}
