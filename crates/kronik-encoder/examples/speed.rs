//! Words a second on this machine, one thread, from words to parse, entities and vector.
//!
//! `cargo run --release -p kronik-encoder --example speed [MODEL]` measures every kernel this
//! machine has on made-up words; without a model file on random weights of the real size.

#[path = "../tests/common/mod.rs"]
mod common;

use kronik_encoder::{Encoder, Kernel, Text, Word};
use std::time::{Duration, Instant};

/// Words of the text measured with, and of its sentences.
const WORDS: usize = 2_000;
const SENTENCE: usize = 22;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bytes: &'static [u8] = match std::env::args().nth(1) {
        Some(path) => std::fs::read(path)?.leak(),
        None => common::model(&common::Shape::full()).finish().leak(),
    };
    let mut noise = common::Noise::new(3);
    let forms: Vec<String> = (0..WORDS)
        .map(|_| {
            let length = 1 + noise.below(2) + noise.below(3);
            (0..length)
                .map(|_| (b'a' + noise.below(26) as u8) as char)
                .collect()
        })
        .collect();
    let words: Vec<Word> = forms
        .iter()
        .map(|form| Word {
            form,
            space_before: noise.below(8) > 0,
        })
        .collect();
    let breaks: Vec<usize> = (0..WORDS).step_by(SENTENCE).collect();
    let sentences: Vec<_> = breaks.iter().map(|&b| b..WORDS.min(b + SENTENCE)).collect();
    for kernel in Kernel::ALL.into_iter().filter(|k| k.is_available()) {
        let start = Instant::now();
        let encoder = Encoder::load_for(bytes, kernel)?;
        let loaded = start.elapsed();
        let text = Text {
            words: &words,
            breaks: &breaks,
            style: encoder.style("en"),
        };
        let (mut encoding, mut reading) = (Duration::MAX, Duration::MAX);
        for _ in 0..3 {
            let start = Instant::now();
            let encoded = encoder.encode(text);
            encoding = encoding.min(start.elapsed());
            let start = Instant::now();
            std::hint::black_box(encoder.ends(&encoded));
            std::hint::black_box(encoder.vector(&encoded));
            let entities = encoder.entity_style("en");
            std::hint::black_box(encoder.read(&encoded, &words, &sentences, entities));
            reading = reading.min(start.elapsed());
        }
        let speed = WORDS as f64 / (encoding + reading).as_secs_f64();
        println!(
            "{kernel:?}: loaded in {loaded:.0?}; {speed:.0} words/s (net {encoding:.0?}, heads {reading:.0?})"
        );
    }
    println!("{:.2} pieces a word", pieces_a_word(bytes, &words)?);
    Ok(())
}

/// Pieces of a word on average, told from the number of positions the encoder reports.
fn pieces_a_word(
    bytes: &'static [u8],
    words: &[Word<'_>],
) -> Result<f64, Box<dyn std::error::Error>> {
    let encoder = Encoder::load(bytes)?;
    Ok(encoder.count_pieces(words) as f64 / words.len() as f64)
}
