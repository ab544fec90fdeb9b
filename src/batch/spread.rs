//! Work on all cores, where it is not asynchronous.

use std::panic::resume_unwind;

/// Items that are not worth a thread.
const FEW: usize = 50;

/// What `each` makes of `items`, in order, worked out on all cores: a look at a file
/// that is far away takes its time.
pub(super) fn spread<T: Send, R: Send>(items: Vec<T>, each: impl Fn(T) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let size = items.len().div_ceil(cores).max(FEW);
    let mut rest = items.into_iter();
    let each = &each;
    std::thread::scope(|scope| {
        let first: Vec<T> = rest.by_ref().take(size).collect();
        let mut others = Vec::new();
        while rest.len() > 0 {
            let part: Vec<T> = rest.by_ref().take(size).collect();
            others.push(scope.spawn(move || part.into_iter().map(each).collect::<Vec<R>>()));
        }
        let mut made: Vec<R> = first.into_iter().map(each).collect();
        for other in others {
            made.extend(other.join().unwrap_or_else(|cause| resume_unwind(cause)));
        }
        made
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spread_comes_back_in_order() {
        for count in [0, 1, FEW, FEW + 1, 500, 10_001] {
            let doubled = spread((0..count).collect(), |i| i * 2);
            assert_eq!(doubled, (0..count).map(|i| i * 2).collect::<Vec<_>>());
        }
    }
}
