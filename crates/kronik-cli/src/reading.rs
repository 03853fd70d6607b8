//! Many articles at once, handed on one by one in the order of the inputs.
//!
//! The only place of the program where there are threads: a feeder opens inputs, workers read
//! them, and the caller gets each reading when all before it have come, so that nothing it
//! prints depends on which worker was faster. No more than a window of articles is in memory.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use kronik::{Document, Engine, Reading};
use kronik_acquire::{Failure, inputs};

use crate::arguments::Inputs;
use crate::messages;

/// Articles in memory for each worker.
const WINDOW: usize = 8;

/// How many inputs were read, and how many were not.
#[derive(Debug, Clone, Copy, Default)]
pub struct Count {
    /// Articles read.
    pub read: usize,
    /// Inputs, or documents of them, that could not be read.
    pub failed: usize,
}

impl Count {
    /// How the command ends.
    pub fn ending(self) -> crate::Ending {
        if self.failed > 0 {
            crate::Ending::SomeFailed
        } else {
            crate::Ending::Complete
        }
    }
}

/// Reads all inputs and gives `each` the readings in order; says on standard error what failed,
/// what was odd, and how far it is.
pub fn each_reading(
    arguments: &Inputs,
    engine: &Engine,
    mut each: impl FnMut(Reading) -> Result<()>,
) -> Result<Count> {
    let read = |document: &Document| engine.read(document);
    each_document(arguments, &read, |reading: Reading| {
        if !arguments.quiet {
            for line in messages::oddities(&reading.article) {
                anstream::eprintln!("{line}");
            }
        }
        each(reading)
    })
}

/// Takes all inputs through `read`, many at once, and gives `each` what was found, in order. The
/// progress bar is out of the way while `each` runs: it may print.
pub fn each_document<T: Send>(
    arguments: &Inputs,
    read: &(dyn Fn(&Document) -> T + Sync),
    mut each: impl FnMut(T) -> Result<()>,
) -> Result<Count> {
    let bar = progress();
    let mut count = Count::default();
    let documents = inputs(&arguments.inputs, &arguments.options());
    in_order(documents, read, arguments.jobs(), |read| {
        bar.inc(1);
        match read {
            Ok((source, found)) => {
                count.read += 1;
                bar.set_message(source);
                bar.suspend(|| each(found))
            }
            Err(failure) => {
                count.failed += 1;
                bar.suspend(|| anstream::eprintln!("{}", messages::failure(&failure)));
                Ok(())
            }
        }
    })?;
    bar.finish_and_clear();
    Ok(count)
}

/// A line on standard error that says how far it is; nothing if nobody looks.
fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} read, {per_sec}  {wide_msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Source of a document and what was found in it, or why nothing was.
type Found<T> = Result<(String, T), Failure>;

fn in_order<T: Send>(
    documents: impl Iterator<Item = Result<Document, Failure>> + Send,
    reader: &(dyn Fn(&Document) -> T + Sync),
    jobs: usize,
    mut each: impl FnMut(Found<T>) -> Result<()>,
) -> Result<()> {
    std::thread::scope(|scope| {
        // Tickets bound what is in memory: one is taken for each document and given back when
        // its reading was handed on.
        let (ticket_back, tickets) = sync_channel::<()>(jobs * WINDOW);
        for _ in 0..jobs * WINDOW {
            ticket_back.send(())?;
        }
        let (feed, fed) = channel::<(usize, Result<Document, Failure>)>();
        let fed = Arc::new(Mutex::new(fed));
        let (give, given) = channel::<(usize, Found<T>)>();
        scope.spawn(move || {
            for numbered in documents.enumerate() {
                if tickets.recv().is_err() || feed.send(numbered).is_err() {
                    return;
                }
            }
        });
        for _ in 0..jobs {
            let (give, fed) = (give.clone(), Arc::clone(&fed));
            scope.spawn(move || {
                loop {
                    let next = fed.lock().ok().and_then(|queue| queue.recv().ok());
                    let Some((number, document)) = next else {
                        return;
                    };
                    let reading = document.and_then(|d| read(reader, d));
                    if give.send((number, reading)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(give);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (number, reading) in given {
            waiting.insert(number, reading);
            while let Some(reading) = waiting.remove(&next) {
                next += 1;
                each(reading)?;
                // The feeder may be done; then nobody takes tickets.
                let _ = ticket_back.try_send(());
            }
        }
        Ok(())
    })
}

/// Reads one document. A fault in Kronik costs this document, not the batch.
fn read<T>(reader: &(dyn Fn(&Document) -> T + Sync), document: Document) -> Found<T> {
    let found = catch_unwind(AssertUnwindSafe(|| reader(&document)));
    let source = document.source;
    match found {
        Ok(found) => Ok((source, found)),
        Err(_) => Err(Failure {
            source,
            line: None,
            message: "A fault in Kronik kept this from being read.".to_string(),
            hint: Some("Please report it with the text; the rest was read.".to_string()),
        }),
    }
}
