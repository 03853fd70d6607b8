//! Entity labels that form whole entities: the best sequence among those that make sense.
//!
//! Taken word by word, the best labels may begin a person and end a place. The labels of a
//! sentence are chosen together (Viterbi), under the rules of the BIOES scheme.

use crate::error::{Error, Result};

/// Where in an entity a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    Begin,
    Inside,
    End,
    Single,
}

/// The rules between the labels of one model.
pub(crate) struct Scheme {
    /// `[before][after]`: whether `after` may follow `before`.
    follows: Vec<Vec<bool>>,
    starts: Vec<bool>,
    ends: Vec<bool>,
}

fn parse(label: &str) -> Result<(Place, &str)> {
    let place = match label.split_once('-') {
        None if label == "O" => return Ok((Place::Outside, "")),
        Some(("B", _)) => Place::Begin,
        Some(("I", _)) => Place::Inside,
        Some(("E", _)) => Place::End,
        Some(("S", _)) => Place::Single,
        _ => {
            return Err(Error::configuration(format!(
                "labels: no entity label {label:?}"
            )));
        }
    };
    Ok((place, &label[2..]))
}

impl Scheme {
    pub fn of(labels: &[String]) -> Result<Scheme> {
        let parsed: Vec<(Place, &str)> = labels.iter().map(|l| parse(l)).collect::<Result<_>>()?;
        if !parsed.iter().any(|(place, _)| *place == Place::Outside) {
            return Err(Error::configuration("labels: no entity label O"));
        }
        let open = |place| matches!(place, Place::Begin | Place::Inside);
        let fresh = |place| matches!(place, Place::Outside | Place::Begin | Place::Single);
        let may_follow = |before: (Place, &str), after: (Place, &str)| {
            if open(before.0) {
                matches!(after.0, Place::Inside | Place::End) && before.1 == after.1
            } else {
                fresh(after.0)
            }
        };
        Ok(Scheme {
            follows: parsed
                .iter()
                .map(|&before| {
                    parsed
                        .iter()
                        .map(|&after| may_follow(before, after))
                        .collect()
                })
                .collect(),
            starts: parsed.iter().map(|p| fresh(p.0)).collect(),
            ends: parsed.iter().map(|p| !open(p.0)).collect(),
        })
    }

    /// The best allowed sequence for the scores of a sentence, one row of scores a word. Of equal
    /// sequences the one with lower labels, from the last word on.
    pub fn decode(&self, scores: &[f32]) -> Vec<u16> {
        let count = self.starts.len();
        let mut totals = vec![f32::NEG_INFINITY; count];
        let mut back: Vec<u16> = Vec::with_capacity(scores.len());
        for (word, row) in scores.chunks_exact(count).enumerate() {
            let mut next = vec![f32::NEG_INFINITY; count];
            for (label, next) in next.iter_mut().enumerate() {
                let mut from = 0;
                if word == 0 {
                    if self.starts[label] {
                        *next = row[label];
                    }
                } else {
                    let mut best = f32::NEG_INFINITY;
                    for (before, &total) in totals.iter().enumerate() {
                        if self.follows[before][label] && total > best {
                            (best, from) = (total, before);
                        }
                    }
                    *next = best + row[label];
                }
                back.push(from as u16);
            }
            totals = next;
        }
        let mut last = 0;
        let mut best = f32::NEG_INFINITY;
        for (label, &total) in totals.iter().enumerate() {
            if self.ends[label] && total > best {
                (best, last) = (total, label);
            }
        }
        let mut labels = Vec::with_capacity(back.len() / count);
        for row in back.chunks_exact(count).rev() {
            labels.push(last as u16);
            last = usize::from(row[last]);
        }
        labels.reverse();
        labels
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels() -> Vec<String> {
        let mut labels = vec!["O".to_string()];
        for kind in ["PER", "ORG"] {
            labels.extend(["B", "I", "E", "S"].map(|place| format!("{place}-{kind}")));
        }
        labels
    }

    /// All allowed sequences, tried one by one.
    fn best_by_trial(scheme: &Scheme, scores: &[f32]) -> f32 {
        fn extend(scheme: &Scheme, rows: &[f32], before: Option<usize>, total: f32) -> f32 {
            let count = scheme.starts.len();
            if rows.is_empty() {
                let whole = before.is_none_or(|b| scheme.ends[b]);
                return if whole { total } else { f32::NEG_INFINITY };
            }
            let allowed = |label: &usize| match before {
                None => scheme.starts[*label],
                Some(b) => scheme.follows[b][*label],
            };
            let tries = (0..count)
                .filter(allowed)
                .map(|label| extend(scheme, &rows[count..], Some(label), total + rows[label]));
            tries.fold(f32::NEG_INFINITY, f32::max)
        }
        extend(scheme, scores, None, 0.0)
    }

    proptest! {
        #[test]
        fn decoding_finds_the_best_allowed_sequence(
            scores in prop::collection::vec(-8i8..8, 0..=4 * 9)
        ) {
            let scheme = Scheme::of(&labels()).unwrap();
            let scores: Vec<f32> = scores.into_iter().map(f32::from).collect();
            let scores = &scores[..scores.len() / 9 * 9];
            let found = scheme.decode(scores);
            prop_assert_eq!(found.len(), scores.len() / 9);
            let total: f32 = found.iter().zip(scores.chunks(9)).map(|(&l, r)| r[l as usize]).sum();
            prop_assert_eq!(total, best_by_trial(&scheme, scores));
            let mut before = None;
            for &label in &found {
                let label = usize::from(label);
                prop_assert!(before.map_or(scheme.starts[label], |b: usize| scheme.follows[b][label]));
                before = Some(label);
            }
            prop_assert!(before.is_none_or(|b| scheme.ends[b]));
        }
    }

    #[test]
    fn an_entity_is_not_left_open() {
        let scheme = Scheme::of(&labels()).unwrap();
        // One word whose best label would begin an entity.
        let scores = [0.0, 5.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0];
        assert_eq!(scheme.decode(&scores), [4]);
        // Numbers that are none do not end in a panic.
        assert_eq!(scheme.decode(&[f32::NAN; 18]).len(), 2);
    }

    #[test]
    fn labels_outside_the_scheme_are_refused() {
        for list in [vec!["X"], vec!["O", "Q-PER"], vec!["B-PER"], vec!["O", ""]] {
            let list: Vec<String> = list.into_iter().map(String::from).collect();
            assert!(Scheme::of(&list).is_err(), "{list:?}");
        }
    }
}
