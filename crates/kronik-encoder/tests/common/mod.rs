//! Model files of random numbers in the real format, for tests and for measuring speed.
#![allow(dead_code, clippy::unwrap_used)]

use safetensors::tensor::{Dtype, TensorView, serialize};
use std::collections::{BTreeMap, HashMap};

/// A small generator of numbers that look random and are the same every time.
pub struct Noise(u64);

impl Noise {
    pub fn new(seed: u64) -> Noise {
        Noise(seed.wrapping_mul(2) + 1)
    }

    pub fn next(&mut self) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32
    }

    /// A number between -1 and 1.
    pub fn unit(&mut self) -> f32 {
        self.next() as f32 / (1u32 << 30) as f32 - 1.0
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.next() as usize % limit
    }
}

/// Sizes and words of a model to be made.
#[derive(Clone)]
pub struct Shape {
    pub layers: usize,
    pub heads: usize,
    pub width: usize,
    pub ff: usize,
    pub positions: usize,
    pub arc: usize,
    pub rel: usize,
    pub pieces: Vec<(String, f32)>,
    pub feats: Vec<String>,
    pub lemma: Vec<String>,
    pub deprel: Vec<String>,
}

fn strings(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| name.to_string()).collect()
}

impl Shape {
    /// Two layers of 32: quick even without optimisation.
    pub fn small() -> Shape {
        let mut pieces = strings(&["<s>", "<pad>", "</s>", "<unk>", "\u{2581}", "\u{2581}the"]);
        pieces.extend(strings(&[
            "\u{2581}th",
            "the",
            "er",
            "e",
            "r",
            "ka",
            "kan",
            "k",
            "a",
            "n",
        ]));
        pieces.extend(
            ('b'..='z')
                .filter(|c| !"kner".contains(*c))
                .map(String::from),
        );
        pieces.extend(strings(&["й", "م", "中", "."]));
        let cost =
            |index: usize, piece: &String| -1.0 - (index % 7) as f32 - 6.0 / piece.len() as f32;
        let scored = pieces.iter().enumerate();
        let pieces = scored
            .map(|(i, p)| (p.clone(), if i < 4 { 0.0 } else { cost(i, p) }))
            .collect();
        Shape {
            layers: 2,
            heads: 2,
            width: 32,
            ff: 64,
            positions: 64,
            arc: 16,
            rel: 12,
            pieces,
            feats: strings(&["_", "Number=Sing", "Voice=Pass"]),
            lemma: strings(&["k|0||0|", "l|0||0|", "l|0||1|", "l|2|b|0|", "=be"]),
            deprel: strings(&["root", "nsubj", "obj", "punct", "parataxis"]),
        }
    }

    /// The size of the real model.
    pub fn full() -> Shape {
        let mut pieces = strings(&["<s>", "<pad>", "</s>", "<unk>", "\u{2581}"]);
        pieces.extend(('a'..='z').map(String::from));
        let mut noise = Noise::new(7);
        while pieces.len() < 60_000 {
            let length = 2 + noise.below(6);
            let mut piece = String::from(if noise.below(2) == 0 { "\u{2581}" } else { "" });
            piece.extend((0..length).map(|_| (b'a' + noise.below(26) as u8) as char));
            pieces.push(piece);
        }
        pieces.dedup();
        let numbered = |prefix: &str, count| (0..count).map(|i| format!("{prefix}{i}")).collect();
        let mut deprel: Vec<String> = numbered("rel", 60);
        deprel.push("root".to_string());
        Shape {
            layers: 12,
            heads: 12,
            width: 384,
            ff: 1536,
            positions: 512,
            arc: 256,
            rel: 96,
            pieces: pieces
                .into_iter()
                .map(|p| (p, -8.0 + noise.unit()))
                .collect(),
            feats: numbered("F=", 150),
            lemma: (0..900).map(|i| format!("l|0||{}|{i}", i % 3)).collect(),
            deprel,
        }
    }
}

pub const UPOS: [&str; 5] = ["NOUN", "VERB", "PROPN", "PUNCT", "X"];
pub const NER: [&str; 13] = [
    "O", "B-PER", "I-PER", "E-PER", "S-PER", "B-ORG", "I-ORG", "E-ORG", "S-ORG", "B-LOC", "I-LOC",
    "E-LOC", "S-LOC",
];

/// Tensors under way to a file.
pub struct Writer {
    noise: Noise,
    pub tensors: BTreeMap<String, (Dtype, Vec<usize>, Vec<u8>)>,
    pub metadata: HashMap<String, String>,
}

impl Writer {
    fn put(&mut self, name: &str, dtype: Dtype, shape: &[usize], bytes: Vec<u8>) {
        self.tensors
            .insert(name.to_string(), (dtype, shape.to_vec(), bytes));
    }

    pub fn f32s(&mut self, name: &str, shape: &[usize], values: &[f32]) {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.put(name, Dtype::F32, shape, bytes);
    }

    fn u32s(&mut self, name: &str, values: &[u32]) {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.put(name, Dtype::U32, &[values.len()], bytes);
    }

    fn random(&mut self, name: &str, shape: &[usize], base: f32, spread: f32) {
        let count = shape.iter().product();
        let values: Vec<f32> = (0..count)
            .map(|_| base + spread * self.noise.unit())
            .collect();
        self.f32s(name, shape, &values);
    }

    /// Half precision numbers of a size between 2⁻⁵ and 2⁻³.
    fn halves(&mut self, name: &str, shape: &[usize]) {
        let count = shape.iter().product::<usize>();
        let bytes = (0..count)
            .flat_map(|_| (0x2800 + (self.noise.next() as u16 & 0x87ff)).to_le_bytes())
            .collect();
        self.put(name, Dtype::F16, shape, bytes);
    }

    fn linear(&mut self, name: &str, outputs: usize, inputs: usize) {
        let bytes = (0..outputs * inputs)
            .map(|_| (self.noise.below(255) as i32 - 127) as i8 as u8)
            .collect();
        self.put(&format!("{name}.w"), Dtype::I8, &[outputs, inputs], bytes);
        let scale = 1.5 / 127.0 / (inputs as f32).sqrt();
        self.random(&format!("{name}.s"), &[outputs], scale, scale / 2.0);
        self.random(&format!("{name}.b"), &[outputs], 0.0, 0.1);
    }

    fn norm(&mut self, name: &str, width: usize) {
        self.random(&format!("{name}.w"), &[width], 1.0, 0.2);
        self.random(&format!("{name}.b"), &[width], 0.0, 0.2);
    }

    fn views(&self) -> Vec<(String, TensorView<'_>)> {
        let mut views = Vec::new();
        for (name, (dtype, shape, bytes)) in &self.tensors {
            views.push((
                name.clone(),
                TensorView::new(*dtype, shape.clone(), bytes).unwrap(),
            ));
        }
        views
    }

    /// The bytes of the file, with the right checksum unless the metadata has one.
    pub fn finish(&self) -> Vec<u8> {
        let plain = serialize(self.views(), None).unwrap();
        let header = u64::from_le_bytes(plain[..8].try_into().unwrap()) as usize;
        let mut metadata = self.metadata.clone();
        let checksum = blake3::hash(&plain[8 + header..]).to_hex().to_string();
        metadata.entry("checksum".to_string()).or_insert(checksum);
        serialize(self.views(), Some(metadata.into_iter().collect())).unwrap()
    }
}

/// A model of random numbers in this shape.
pub fn model(shape: &Shape) -> Writer {
    let mut w = Writer {
        noise: Noise::new(1),
        tensors: BTreeMap::new(),
        metadata: HashMap::new(),
    };
    let Shape {
        layers,
        heads,
        width,
        ff,
        positions,
        arc,
        rel,
        ..
    } = *shape;
    let count = shape.pieces.len();
    let mut table = Vec::new();
    for _ in 0..count * width / 32 {
        table.extend((0x2800 + (w.noise.next() as u16 & 0x3ff)).to_le_bytes());
        table.extend((0..16).map(|_| w.noise.next() as u8));
    }
    w.put("emb.word", Dtype::U8, &[count, width / 32 * 18], table);
    w.halves("emb.pos", &[positions, width]);
    w.random("emb.type", &[width], 0.0, 0.1);
    w.random("emb.style", &[3, width], 0.0, 0.1);
    w.norm("emb.ln", width);
    for layer in 0..layers {
        for part in ["q", "k", "v", "ao"] {
            w.linear(&format!("l{layer}.{part}"), width, width);
        }
        w.linear(&format!("l{layer}.fi"), ff, width);
        w.linear(&format!("l{layer}.fo"), width, ff);
        w.norm(&format!("l{layer}.aln"), width);
        w.norm(&format!("l{layer}.oln"), width);
    }
    for (name, outputs) in [
        ("upos", UPOS.len()),
        ("feats", shape.feats.len()),
        ("lemma", shape.lemma.len()),
        ("ner.uner", NER.len()),
        ("ner.idner", NER.len()),
        ("end", 1),
        ("arc.dep", arc),
        ("arc.head", arc),
        ("rel.dep", rel),
        ("rel.head", rel),
    ] {
        w.linear(&format!("head.{name}"), outputs, width);
    }
    w.random("root", &[width], 0.0, 1.0);
    w.random("arc.u", &[arc, arc], 0.0, 0.5);
    w.random("arc.bias", &[arc], 0.0, 0.5);
    w.halves("rel.v", &[shape.deprel.len(), rel + 1, rel + 1]);
    w.random("vec.mix", &[layers + 1], 0.1, 0.1);
    w.linear("vec", width, width);

    let text: String = shape
        .pieces
        .iter()
        .map(|(piece, _)| piece.as_str())
        .collect();
    let ends = shape.pieces.iter().scan(0, |end, (piece, _)| {
        *end += piece.len() as u32;
        Some(*end)
    });
    let ends: Vec<u32> = ends.collect();
    let scores: Vec<f32> = shape.pieces.iter().map(|(_, score)| *score).collect();
    w.put("pieces.text", Dtype::U8, &[text.len()], text.into_bytes());
    w.u32s("pieces.ends", &ends);
    w.f32s("pieces.score", &[count], &scores);
    // A soft hyphen goes, a no-break space becomes a space, a ligature two letters.
    w.u32s("norm.from", &[0xa0, 0xad, 0xfb01]);
    w.u32s("norm.ends", &[1, 1, 3]);
    w.u32s("norm.to", &[0x20, 'f' as u32, 'i' as u32]);

    let config = serde_json::json!({
        "layers": layers, "heads": heads, "width": width, "ff": ff, "positions": positions,
        "eps": 1e-12, "arc": arc, "rel": rel,
    });
    let labels = serde_json::json!({
        "upos": UPOS, "feats": shape.feats, "lemma": shape.lemma, "deprel": shape.deprel,
        "ner": NER, "ner_styles": ["uner", "idner"], "styles": ["none", "ewt", "csui"],
        "language_style": {"en": "ewt", "id": "csui", "*": "ewt"},
        "language_ner": {"en": "uner", "id": "idner", "*": "uner"},
    });
    for (name, value) in [
        ("format", "kronik-encoder".to_string()),
        ("version", "1".to_string()),
        ("config", config.to_string()),
        ("labels", labels.to_string()),
        ("name", "random".to_string()),
        ("licence", "none".to_string()),
    ] {
        w.metadata.insert(name.to_string(), value);
    }
    w
}
