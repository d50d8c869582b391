//! Where labels go along a line so that none covers another.

/// A label's wanted place and its length in characters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wanted {
    /// The point it belongs to.
    pub x: f64,
    /// How many characters it has.
    pub characters: usize,
}

/// Where a label was put.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    /// Its left edge.
    pub left: f64,
    /// Its row, 0 nearest to the line.
    pub row: usize,
}

/// Width of a character, on the safe side for the small text of the drawings.
const CHARACTER: f64 = 6.9;
/// Least room between two labels of a row.
const ROOM: f64 = 10.0;

/// The width of a label, on the safe side.
pub(super) fn length(label: &str) -> f64 {
    label.chars().count() as f64 * CHARACTER
}

/// Puts labels, given from left to right, centred over their points, inside `width`, each in the
/// nearest row that has room for it.
pub(super) fn place(labels: &[Wanted], width: f64) -> Vec<Placed> {
    let mut ends: Vec<f64> = Vec::new();
    labels
        .iter()
        .map(|label| {
            let length = (label.characters as f64 * CHARACTER).min(width);
            let left = (label.x - length / 2.0).clamp(0.0, width - length);
            let row = ends.iter().position(|end| end + ROOM <= left).unwrap_or(ends.len());
            match ends.get_mut(row) {
                Some(end) => *end = left + length,
                None => ends.push(left + length),
            }
            Placed { left, row }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_far_apart_share_the_nearest_row() {
        let labels = [100.0, 500.0, 900.0].map(|x| Wanted { x, characters: 12 });
        assert!(place(&labels, 1000.0).iter().all(|placed| placed.row == 0));
    }

    #[test]
    fn labels_near_each_other_take_different_rows() {
        let labels = [500.0, 510.0, 520.0].map(|x| Wanted { x, characters: 12 });
        let rows: Vec<usize> = place(&labels, 1000.0).iter().map(|placed| placed.row).collect();
        assert_eq!(rows, [0, 1, 2]);
    }

    #[test]
    fn labels_at_the_edges_stay_inside() {
        let placed = place(&[Wanted { x: 0.0, characters: 10 }, Wanted { x: 1000.0, characters: 10 }], 1000.0);
        assert_eq!(placed[0].left, 0.0);
        assert_eq!(placed[1].left, 1000.0 - 10.0 * CHARACTER);
        assert_eq!(place(&[Wanted { x: 50.0, characters: 400 }], 300.0)[0].left, 0.0);
    }
}
