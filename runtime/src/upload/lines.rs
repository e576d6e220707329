//! Bodies of JSON lines and JSON text sequences: records one after the other.
//!
//! Owns how records become one body. Answers of that kind are read in `stream::records`.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::Upload;
use crate::text::codec::{Encode, EncodeError, to_json};

/// A body of records, one a line, in memory or on its way.
///
/// Lists of records convert into one, and so do texts and bytes that are lines already. [`Lines::stream`] takes records while
/// they are sent, in memory that does not grow with their number; such a body can be sent once.
pub struct Lines<T> {
    source: Source,
    record: PhantomData<fn(T)>,
}

enum Source {
    /// As JSON texts, or why one cannot be written.
    Records(Result<Vec<String>, EncodeError>),
    Stream(Pin<Box<dyn Stream<Item = Result<String, EncodeError>> + Send + 'static>>),
    Upload(Upload),
}

impl<T> Lines<T> {
    fn of(source: Source) -> Self {
        Self { source, record: PhantomData }
    }

    /// The body, and why it cannot be written. `sequence`: with the mark in front of each record that RFC 7464 asks for.
    pub(crate) fn into_upload(self, sequence: bool) -> (Upload, Option<EncodeError>) {
        match self.source {
            Source::Records(Ok(records)) => {
                let lines: Vec<String> = records.into_iter().map(|record| line(&record, sequence)).collect();
                (Upload::from(lines.concat()), None)
            }
            Source::Records(Err(fault)) => (Upload::default(), Some(fault)),
            Source::Stream(records) => (Upload::stream(Written { records, sequence }), None),
            Source::Upload(upload) => (upload, None),
        }
    }
}

impl<T: Encode> Lines<T> {
    /// Records that come while they are sent.
    pub fn stream(records: impl Stream<Item = T> + Send + 'static) -> Self {
        Self::of(Source::Stream(Box::pin(Encoded(Box::pin(records)))))
    }

    fn records<'r>(records: impl IntoIterator<Item = &'r T>) -> Self
    where
        T: 'r,
    {
        Self::of(Source::Records(records.into_iter().map(|record| to_json(record)).collect()))
    }
}

fn line(record: &str, sequence: bool) -> String {
    let mark = if sequence { "\u{1e}" } else { "" };
    format!("{mark}{record}\n")
}

/// Records as JSON texts.
struct Encoded<S>(Pin<Box<S>>);

impl<T: Encode, S: Stream<Item = T>> Stream for Encoded<S> {
    type Item = Result<String, EncodeError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context).map(|record| record.map(|record| to_json(&record)))
    }
}

/// JSON texts as lines.
struct Written<S> {
    records: S,
    sequence: bool,
}

impl<S: Stream<Item = Result<String, EncodeError>> + Unpin> Stream for Written<S> {
    type Item = Result<Bytes, EncodeError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let sequence = self.sequence;
        let record = Pin::new(&mut self.records).poll_next(context);
        record.map(|record| record.map(|record| record.map(|record| Bytes::from(line(&record, sequence)))))
    }
}

impl<T: Encode> From<&[T]> for Lines<T> {
    fn from(records: &[T]) -> Self {
        Self::records(records)
    }
}

impl<T: Encode, const N: usize> From<&[T; N]> for Lines<T> {
    fn from(records: &[T; N]) -> Self {
        Self::records(records)
    }
}

impl<T: Encode, const N: usize> From<[T; N]> for Lines<T> {
    fn from(records: [T; N]) -> Self {
        Self::records(&records)
    }
}

impl<T: Encode> From<&Vec<T>> for Lines<T> {
    fn from(records: &Vec<T>) -> Self {
        Self::records(records)
    }
}

impl<T: Encode> From<Vec<T>> for Lines<T> {
    fn from(records: Vec<T>) -> Self {
        Self::records(&records)
    }
}

impl<T> From<Upload> for Lines<T> {
    fn from(lines: Upload) -> Self {
        Self::of(Source::Upload(lines))
    }
}

impl<T> From<Bytes> for Lines<T> {
    fn from(lines: Bytes) -> Self {
        Self::from(Upload::from(lines))
    }
}

impl<T> From<String> for Lines<T> {
    fn from(lines: String) -> Self {
        Self::from(Upload::from(lines))
    }
}

impl<T> From<&'static str> for Lines<T> {
    fn from(lines: &'static str) -> Self {
        Self::from(Upload::from(lines))
    }
}

/// What is sent is not shown.
impl<T> fmt::Debug for Lines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lines")
    }
}
