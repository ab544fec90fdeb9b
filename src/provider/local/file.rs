//! Marian's binary files: where each parameter lies.
//!
//! `fxtranslate` reads such files, too, and of bytes in memory it copies every parameter.

use fxtranslate::model::{Bytes, ModelItem};
use fxtranslate::trace::DType;

/// The version of the format.
const VERSION: u64 = 1;

/// A parameter, or the model's description.
pub(super) struct Part {
    pub(super) name: String,
    dtype: DType,
    pub(super) shape: Vec<i32>,
    data: &'static [u8],
}

impl Part {
    /// A copy of it.
    pub(super) fn item(&self) -> ModelItem {
        ModelItem {
            name: self.name.clone(),
            dtype: self.dtype,
            shape: self.shape.clone(),
            data: Bytes::Owned(self.data.to_vec()),
        }
    }
}

/// The parts of a file: version and count, a header for each part (the lengths of its
/// name, shape and data, and its type), the names, the shapes, a gap, the data.
///
/// # Errors
/// When the file is of another version or ends before its parts do.
pub(super) fn parts(mut file: &'static [u8]) -> Result<Vec<Part>, String> {
    let file = &mut file;
    let version = whole(file)?;
    if version != VERSION {
        return Err(format!("its format has version {version}, not {VERSION}"));
    }
    let headers = (0..whole(file)?)
        .map(|_| Ok([whole(file)?, whole(file)?, whole(file)?, whole(file)?]))
        .collect::<Result<Vec<_>, String>>()?;
    let names = (headers.iter())
        .map(|&[length, ..]| {
            let name = String::from_utf8_lossy(take(file, length)?);
            Ok(name.trim_end_matches('\0').to_owned())
        })
        .collect::<Result<Vec<_>, String>>()?;
    let shapes = (headers.iter())
        .map(|&[_, _, sides, _]| {
            (0..sides)
                .map(|_| Ok(i32::from_le_bytes(*first(file)?)))
                .collect()
        })
        .collect::<Result<Vec<Vec<i32>>, String>>()?;
    let gap = whole(file)?;
    take(file, gap)?;
    (headers.iter().zip(names).zip(shapes))
        .map(|((&[_, kind, _, length], name), shape)| {
            Ok(Part {
                dtype: DType::from_raw(kind).map_err(|cause| format!("{name}: {cause}"))?,
                name,
                shape,
                data: take(file, length)?,
            })
        })
        .collect()
}

/// The next bytes of a file.
fn take(file: &mut &'static [u8], length: u64) -> Result<&'static [u8], String> {
    let parts = (usize::try_from(length).ok()).and_then(|length| file.split_at_checked(length));
    let (taken, rest) = parts.ok_or("it is cut off")?;
    *file = rest;
    Ok(taken)
}

fn first<const N: usize>(file: &mut &'static [u8]) -> Result<&'static [u8; N], String> {
    let (taken, rest) = file.split_first_chunk().ok_or("it is cut off")?;
    *file = rest;
    Ok(taken)
}

fn whole(file: &mut &'static [u8]) -> Result<u64, String> {
    Ok(u64::from_le_bytes(*first(file)?))
}

#[cfg(all(test, feature = "starter-models"))]
mod tests {
    use super::*;
    use crate::provider::local::model::starters;

    #[test]
    fn the_parts_are_those_that_the_other_reader_finds() {
        for (_, model) in starters() {
            let file = model.bytes().unwrap().0;
            let other = fxtranslate::model::Model::from_bytes(file).unwrap();
            let parts = parts(file).unwrap();
            assert_eq!(parts.len(), other.items.len());
            for (part, other) in parts.iter().zip(&other.items) {
                let item = part.item();
                assert_eq!((&item.name, &item.shape), (&other.name, &other.shape));
                assert_eq!(item.dtype, other.dtype);
                assert!(*item.data == *other.data, "{}", item.name);
            }
        }
    }

    #[test]
    fn a_file_that_ends_early_is_refused() {
        let (_, model) = starters().swap_remove(0);
        let file = model.bytes().unwrap().0;
        for length in [
            0,
            7,
            8,
            15,
            40,
            2_000,
            9_000,
            file.len() / 2,
            file.len() - 1,
        ] {
            let cause = parts(&file[..length]).err().unwrap();
            assert_eq!(cause, "it is cut off", "{length} bytes");
        }
        let mut other = file[..200].to_vec();
        other[0] = 2;
        let cause = parts(other.leak()).err().unwrap();
        assert_eq!(cause, "its format has version 2, not 1");
    }
}
