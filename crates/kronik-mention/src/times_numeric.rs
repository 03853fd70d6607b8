//! Dates and clock times in digits: `4/12/2024`, `2024-12-05`, `20.27`.
//!
//! Which number is the day is not settled here, as it differs from language to language; only
//! whether the digits can be a date at all, and that a hyphen or letters beside them
//! (`Kh-101`, `36-hour`) forbid it.

use crate::times_pieces::{Piece, PieceKind};

/// The year that two digits mean.
pub(crate) fn full_year(year: i16) -> i16 {
    match year {
        0..50 => 2000 + year,
        50..100 => 1900 + year,
        _ => year,
    }
}

/// True where letters or a hyphen with letters tie the number to a word.
pub(crate) fn tied(pieces: &[Piece], at: usize) -> bool {
    let Some(piece) = pieces.get(at) else {
        return true;
    };
    let word = |i: usize| pieces.get(i).is_some_and(|p| p.kind == PieceKind::Word);
    let before = piece.glued
        && at > 0
        && (word(at - 1) || (pieces[at - 1].is_mark("-") && pieces[at - 1].glued));
    let after = pieces
        .get(at + 1)
        .is_some_and(|p| p.glued && p.kind == PieceKind::Word);
    let hyphen = pieces
        .get(at + 1)
        .is_some_and(|p| p.glued && p.is_mark("-"))
        && pieces
            .get(at + 2)
            .is_some_and(|p| p.glued && p.kind == PieceKind::Word);
    before || after || hyphen
}

/// `4/12/2024`, `5/12`, `2024-12-05`, `4-12-2024`, `4.12.2024`, also cut at the slashes.
pub(crate) fn numeric(pieces: &[Piece], at: usize) -> Option<(usize, Vec<i16>)> {
    let piece = pieces.get(at)?;
    // `10/1-11/7`
    let second = at > 1
        && pieces[at - 1].is_mark("-")
        && pieces[at - 2].kind == PieceKind::Number
        && pieces[at - 2].low.contains('/');
    let bound = at > 0 && tied(pieces, at) && piece.glued && !second;
    if piece.kind != PieceKind::Number || bound {
        return None;
    }
    let split = |mark: char| -> Option<Vec<i16>> {
        piece.low.split(mark).map(|p| p.parse().ok()).collect()
    };
    let plausible = |numbers: &[i16]| match numbers {
        [a, b] => (1..=31).contains(a) && (1..=31).contains(b) && (*a <= 12 || *b <= 12),
        [a, b, c] if *a > 31 => *a >= 1800 && (1..=12).contains(b) && (1..=31).contains(c),
        [a, b, c] => {
            (1..=31).contains(a)
                && (1..=31).contains(b)
                && (*a <= 12 || *b <= 12)
                && ((0..100).contains(c) || (1800..2200).contains(c))
        }
        _ => false,
    };
    if piece.low.contains('/') {
        let numbers = split('/')?;
        return plausible(&numbers).then_some((at + 1, numbers));
    }
    if piece.low.matches('.').count() == 2 {
        let numbers = split('.')?;
        let year = numbers.last().is_some_and(|y| (1800..2200).contains(y));
        return (plausible(&numbers) && year).then_some((at + 1, numbers));
    }
    // Cut at its marks: number, mark, number, mark, number.
    let mark = pieces
        .get(at + 1)
        .filter(|p| p.is_mark("-") || p.is_mark("/"))?;
    let mut numbers = vec![i16::try_from(piece.integer()?).ok()?];
    let mut end = at + 1;
    while numbers.len() < 3
        && pieces
            .get(end)
            .is_some_and(|p| p.low == mark.low && p.glued)
        && pieces.get(end + 1).is_some_and(|p| p.glued)
    {
        let Some(number) = pieces[end + 1].integer() else {
            break;
        };
        numbers.push(i16::try_from(number).ok()?);
        end += 2;
    }
    let whole = numbers.len() == 3
        && numbers.iter().any(|n| *n >= 1800)
        && pieces.get(at).is_some_and(|p| p.span.len() <= 4);
    ((whole || (numbers.len() == 2 && mark.is_mark("/"))) && plausible(&numbers))
        .then_some((end, numbers))
}

/// `20.27`, `20:27`, `1.00`; with `colon` only the second.
pub(crate) fn time(pieces: &[Piece], at: usize, colon: bool) -> Option<(usize, (i8, i8))> {
    let piece = pieces.get(at)?;
    if piece.kind != PieceKind::Number {
        return None;
    }
    let (hour, minute) = match piece.low.split_once(':') {
        Some(pair) => pair,
        None if colon => return None,
        None => piece.low.split_once('.')?,
    };
    let minute = minute.split(':').next().unwrap_or(minute);
    if minute.len() != 2 || hour.len() > 2 {
        return None;
    }
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    ((0..=24).contains(&hour) && (0..60).contains(&minute)).then_some((at + 1, (hour % 24, minute)))
}
