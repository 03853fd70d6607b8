//! Good and bad inputs, each in a folder of its own.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Cursor;
use std::path::Path;

use kronik_acquire::{Failure, LARGEST, Options, inputs, inputs_from};
use kronik_article::Document;
use tempfile::TempDir;

type Read = Vec<Result<Document, Failure>>;

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    root
}

fn with(root: &Path, names: &[&str], options: &Options) -> Read {
    let arguments: Vec<String> = names
        .iter()
        .map(|n| root.join(n).display().to_string())
        .collect();
    inputs(&arguments, options).collect()
}

fn read(root: &Path, names: &[&str]) -> Read {
    with(root, names, &Options::default())
}

fn piped(bytes: &[u8], options: &Options) -> Read {
    inputs_from(&["-".to_string()], options, Cursor::new(bytes.to_vec())).collect()
}

fn columns(mapping: &str) -> Options {
    Options {
        columns: mapping.parse().unwrap(),
        ..Options::default()
    }
}

/// Sources with the folder taken off, failures as `!source:line message`.
fn told(root: &Path, read: &Read) -> Vec<String> {
    let short = |s: &str| {
        let root = format!("{}/", root.display());
        s.strip_prefix(&root).unwrap_or(s).to_string()
    };
    let one = |r: &Result<Document, Failure>| match r {
        Ok(document) => short(&document.source),
        Err(f) => {
            let line = f.line.map(|l| format!(":{l}")).unwrap_or_default();
            format!("!{}{line} {}", short(&f.source), f.message)
        }
    };
    read.iter().map(one).collect()
}

/// One file that cannot be read, and one after it that can.
fn check_failure(name: &str, bytes: &[u8], line: Option<usize>, message: &str) {
    let root = folder(&[(name, bytes), ("z.txt", b"Good.\n")]);
    let read = read(root.path(), &[name, "z.txt"]);
    let failure = read[0].as_ref().unwrap_err();
    assert_eq!(failure.line, line, "{failure}");
    assert!(failure.message.contains(message), "{failure}");
    assert!(
        failure.source.ends_with(name) && failure.hint.is_some(),
        "{failure}"
    );
    assert!(read.last().unwrap().is_ok(), "the rest is carried on");
}

#[test]
fn a_text_is_kept_unchanged() {
    let text = "Judul\r\n\r\n  Isi — satu. \n\n";
    let root = folder(&[("a.txt", text.as_bytes())]);
    let document = read(root.path(), &["a.txt"]).remove(0).unwrap();
    assert_eq!(document.text.as_deref(), Some(text));
    assert!(document.html.is_none() && document.oddities.is_empty());
    assert!(document.source.ends_with("a.txt"));
}

#[test]
fn pages_are_told_by_extension() {
    let root = folder(&[("a.html", b"<p>x</p>"), ("b.HTM", b"<p>y</p>")]);
    for document in read(root.path(), &["a.html", "b.HTM"]) {
        assert!(document.unwrap().html.is_some());
    }
}

#[test]
fn named_inputs_keep_their_order_and_folders_go_by_path() {
    let root = folder(&[
        ("in/b.txt", b"b"),
        ("in/a/2.jsonl", b"{\"text\":\"x\"}\n"),
        ("in/a/1.txt", b"a"),
        ("in/a.txt", b"a"),
        ("in/.hidden.txt", b"h"),
        ("in/.git/x.txt", b"h"),
        ("in/notes.md", b"n"),
        ("in/x.toml", b"n"),
        ("z.txt", b"z"),
    ]);
    let all = read(root.path(), &["z.txt", "in", "in/b.txt"]);
    assert_eq!(
        told(root.path(), &all),
        [
            "z.txt",
            "in/a/1.txt",
            "in/a/2.jsonl:1",
            "in/a.txt",
            "in/b.txt",
            "in/b.txt"
        ]
    );
}

#[test]
fn globs_go_by_path_and_pass_over_other_kinds() {
    let root = folder(&[
        ("b.txt", b"b"),
        ("a.txt", b"a"),
        ("c.md", b"c"),
        ("d/e.txt", b"e"),
    ]);
    assert_eq!(
        told(root.path(), &read(root.path(), &["*"])),
        ["a.txt", "b.txt", "d/e.txt"]
    );
    assert_eq!(
        told(root.path(), &read(root.path(), &["?.txt"])),
        ["a.txt", "b.txt"]
    );
    let none = read(root.path(), &["*.html", "*.md", "[", "a.txt"]);
    assert_eq!(none.iter().filter(|r| r.is_err()).count(), 3);
    assert!(none[3].is_ok());
}

#[test]
fn a_name_with_a_bracket_is_a_name_first() {
    let root = folder(&[("a[1].txt", b"a")]);
    assert_eq!(
        told(root.path(), &read(root.path(), &["a[1].txt"])),
        ["a[1].txt"]
    );
}

#[test]
fn what_cannot_be_read_says_why_and_the_rest_follows() {
    check_failure("empty.txt", b"", None, "empty");
    check_failure("blank.txt", b" \n\n", None, "empty");
    check_failure("empty.jsonl", b"\n\n", None, "empty");
    check_failure("empty.csv", b"", None, "empty");
    check_failure("binary.txt", b"PK\x03\x04\0\0\0", None, "no text");
    check_failure("binary.jsonl", b"\x7fELF\0\0", None, "no text");
    check_failure("binary.csv", b"a,b\n\0,\0\n", None, "no text");
    check_failure("report.pdf", b"%PDF", None, "not read");
    check_failure("broken.jsonl", b"{\"text\":\"a\n", Some(1), "no JSON");
    check_failure("list.jsonl", b"[1]\n", Some(1), "no object");
    check_failure("none.jsonl", b"{\"title\":\"a\"}\n", Some(1), "no text");
    check_failure(
        "number.jsonl",
        b"{\"text\":5}\n",
        Some(1),
        "'text' is no string",
    );
    check_failure(
        "nocolumn.csv",
        b"id,body\n1,x\n",
        Some(1),
        "'text' or 'html'",
    );
    check_failure(
        "ragged.csv",
        b"id,text\n1\n",
        Some(2),
        "1 cells under a header of 2",
    );
    check_failure("blank.csv", b"id,text\n1,\n", Some(2), "no text");
}

#[test]
fn missing_files_folders_and_empty_folders() {
    let root = folder(&[
        ("a.txt", b"a"),
        ("only/notes.md", b"n"),
        ("only/deep/x.toml", b"n"),
    ]);
    fs::create_dir(root.path().join("bare")).unwrap();
    let read = read(root.path(), &["gone.txt", "only", "bare", "a.txt"]);
    assert_eq!(
        told(root.path(), &read),
        [
            "!gone.txt There is no such file or folder.",
            "!only No file of a kind that is read stands in this folder.",
            "!bare No file of a kind that is read stands in this folder.",
            "a.txt",
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let root = folder(&[
        ("in/a.txt", b"a"),
        ("in/shut/b.txt", b"b"),
        ("in/z.txt", b"z"),
    ]);
    let shut = root.path().join("in/shut");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).unwrap();
    let is_root = fs::read_dir(&shut).is_ok();
    let found = told(root.path(), &read(root.path(), &["in"]));
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o700)).unwrap();
    if is_root {
        return; // the administrator may read everything
    }
    let refused = "!in/shut There is no permission to read this.";
    assert_eq!(found, ["in/a.txt", refused, "in/z.txt"]);
}

#[test]
fn other_charsets_are_read_with_an_oddity() {
    let latin =
        "Le pr\u{e9}sident est arriv\u{e9} \u{e0} l'a\u{e9}roport d'Orly, \u{e0} c\u{f4}t\u{e9}.";
    let bytes: Vec<u8> = latin.chars().map(|c| c as u8).collect();
    let mut wide = vec![0xFF, 0xFE];
    wide.extend(latin.encode_utf16().flat_map(u16::to_le_bytes));
    let mut lines = b"{\"text\":\"".to_vec();
    lines.extend(&bytes);
    lines.extend(b"\"}\n");
    let mut table = b"id,text\n1,\"".to_vec();
    table.extend(&bytes);
    table.extend(b"\"\n");
    let mut wide_table = vec![0xFF, 0xFE];
    wide_table.extend(
        format!("text;id\n{latin};7\n")
            .encode_utf16()
            .flat_map(u16::to_le_bytes),
    );
    let root = folder(&[
        ("a.txt", &bytes),
        ("b.txt", &wide),
        ("c.jsonl", &lines),
        ("d.csv", &table),
        ("e.csv", &wide_table),
    ]);
    let read = read(
        root.path(),
        &["a.txt", "b.txt", "c.jsonl", "d.csv", "e.csv"],
    );
    for (at, document) in read.into_iter().enumerate() {
        let document = document.unwrap();
        assert_eq!(document.text.as_deref(), Some(latin), "{at}");
        assert_eq!(document.oddities.is_empty(), at == 4, "{at}");
    }
}

#[test]
fn fifty_megabytes_on_one_line() {
    let long = b"kata ".repeat(10 << 20);
    let lines = [
        b"{\"text\":\"".as_slice(),
        &long,
        b"\"}\n{\"text\":\"good\"}\n",
    ]
    .concat();
    let files: [(&str, &[u8]); 4] = [
        ("a.txt", &long),
        ("b.html", &long),
        ("c.jsonl", &lines),
        ("z.txt", b"z"),
    ];
    let root = folder(&files);
    let begun = std::time::Instant::now();
    let read = read(root.path(), &["a.txt", "b.html", "c.jsonl", "z.txt"]);
    assert!(begun.elapsed().as_secs() < 20);
    for failure in &read[..3] {
        assert!(failure.as_ref().unwrap_err().message.contains("16 MiB"));
    }
    assert_eq!(
        told(root.path(), &read[3..].to_vec()),
        ["c.jsonl:2", "z.txt"]
    );
}

#[test]
fn a_line_that_is_too_long_to_keep_is_passed_over() {
    let mut lines = vec![b'x'; LARGEST * 6 + 10];
    lines.extend(b"\n{\"text\":\"good\"}");
    let read = piped(
        &[b"{\"text\":\"first\"}\n".to_vec(), lines].concat(),
        &Options::default(),
    );
    assert_eq!(told(Path::new("/"), &read[..1].to_vec()), ["-:1"]);
    assert_eq!(read[1].as_ref().unwrap_err().line, Some(2));
    assert_eq!(read[2].as_ref().unwrap().text.as_deref(), Some("good"));
}

#[test]
fn json_lines_with_all_members() {
    let lines = "\u{feff}{\"id\":\"k-7\",\"text\":\"Isi\\nbaris\",\"title\":\"J\",\"url\":\"u\",\
                 \"outlet\":\"o\",\"published\":\"2024-12-05\",\"language\":\"id\",\"more\":[1]}\r\n\
                 \r\n{broken\r\n{\"id\":8,\"html\":\"<p>x\",\"title\":null}";
    let root = folder(&[("a.ndjson", lines.as_bytes())]);
    let read = read(root.path(), &["a.ndjson"]);
    let first = read[0].as_ref().unwrap();
    assert_eq!(first.source, "k-7");
    assert_eq!(first.text.as_deref(), Some("Isi\nbaris"));
    assert_eq!(first.published.as_deref(), Some("2024-12-05"));
    assert_eq!(first.language.as_deref(), Some("id"));
    assert_eq!(read[1].as_ref().unwrap_err().line, Some(3));
    assert_eq!(read[2].as_ref().unwrap().source, "8");
}

#[test]
fn tables_by_mapping_and_by_name() {
    let csv = "title,body,date\nJudul,\"Isi, dengan\nbaris \"\"baru\"\".\",2024-12-05\nB,C,\n";
    let root = folder(&[
        ("a.csv", csv.as_bytes()),
        ("b.tsv", b"id\ttext\nk1\tIsi \"satu\" saja\n"),
        ("c.csv", b"\xef\xbb\xbftext;outlet\nIsi, ya;kabar.example\n"),
    ]);
    let options = columns("text=body,published=date");
    let read = with(root.path(), &["a.csv"], &options);
    assert_eq!(told(root.path(), &read), ["a.csv:2", "a.csv:4"]);
    let first = read[0].as_ref().unwrap();
    assert_eq!(first.text.as_deref(), Some("Isi, dengan\nbaris \"baru\"."));
    assert_eq!(first.title.as_deref(), Some("Judul"));
    assert_eq!(first.published.as_deref(), Some("2024-12-05"));
    assert_eq!(read[1].as_ref().unwrap().published, None);

    let missing = with(
        root.path(),
        &["a.csv"],
        &columns("text=body,published=when"),
    );
    assert!(
        missing[0]
            .as_ref()
            .unwrap_err()
            .message
            .contains("no column 'when'")
    );

    let read = with(root.path(), &["b.tsv", "c.csv"], &Options::default());
    assert_eq!(read[0].as_ref().unwrap().source, "k1");
    assert_eq!(
        read[0].as_ref().unwrap().text.as_deref(),
        Some("Isi \"satu\" saja")
    );
    assert_eq!(
        read[1].as_ref().unwrap().outlet.as_deref(),
        Some("kabar.example")
    );
}

#[test]
fn standard_input_is_told_by_how_it_starts() {
    let none = Options::default();
    assert_eq!(
        piped(b"Judul\nIsi.\n", &none)[0].as_ref().unwrap().source,
        "-"
    );
    assert!(
        piped(b"\n<!doctype html><p>x", &none)[0]
            .as_ref()
            .unwrap()
            .html
            .is_some()
    );
    assert_eq!(piped(b"{\"text\":\"a\"}\n{\"text\":\"b\"}", &none).len(), 2);
    assert_eq!(
        piped(b"body\tid\nx\t7\n", &columns("text=body"))[0]
            .as_ref()
            .unwrap()
            .source,
        "7"
    );
    assert!(
        piped(b"", &none)[0]
            .as_ref()
            .unwrap_err()
            .message
            .contains("empty")
    );
    let twice = ["-".to_string(), "-".to_string()];
    let read: Read = inputs_from(&twice, &none, Cursor::new(b"x".to_vec())).collect();
    assert!(read[0].is_ok() && read[1].is_err());
}

#[test]
fn what_the_user_says_wins() {
    let options = Options {
        published: Some("2025-01-01".into()),
        outlet: Some("North Post".into()),
        ..Options::default()
    };
    let read = piped(
        b"{\"text\":\"a\",\"published\":\"2020-01-01\",\"language\":\"id\"}",
        &options,
    );
    let document = read[0].as_ref().unwrap();
    assert_eq!(document.published.as_deref(), Some("2025-01-01"));
    assert_eq!(document.outlet.as_deref(), Some("North Post"));
    assert_eq!(document.language.as_deref(), Some("id"));
}

#[test]
fn a_file_that_appears_twice_is_read_twice_and_nothing_before_it_is_asked_for() {
    let root = folder(&[("a.txt", b"a")]);
    let path = root.path().join("a.txt").display().to_string();
    let mut all = inputs(&[path.clone(), path.clone()], &Options::default());
    assert!(all.next().unwrap().is_ok());
    fs::remove_file(&path).unwrap();
    assert!(all.next().unwrap().is_err());
    assert!(all.next().is_none());
}
