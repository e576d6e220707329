//! A reader as a stream.
//!
//! Owns the buffer between them: one piece of 64 KiB at a time.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

const PIECE: usize = 64 * 1024;

/// The pieces of a reader.
pub(super) struct Reader {
    reader: Pin<Box<dyn AsyncRead + Send>>,
    buffer: Vec<u8>,
}

impl Reader {
    pub(super) fn new(reader: impl AsyncRead + Send + 'static) -> Self {
        Self { reader: Box::pin(reader), buffer: Vec::new() }
    }
}

impl Stream for Reader {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { reader, buffer } = self.get_mut();
        buffer.resize(PIECE, 0);
        let mut piece = ReadBuf::new(buffer);
        let outcome = ready!(reader.as_mut().poll_read(context, &mut piece));
        let filled = piece.filled();
        Poll::Ready(match outcome {
            Err(error) => Some(Err(error)),
            Ok(()) if filled.is_empty() => None,
            Ok(()) => Some(Ok(Bytes::copy_from_slice(filled))),
        })
    }
}
