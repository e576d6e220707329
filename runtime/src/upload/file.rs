//! Files on disk as bodies.
//!
//! Owns opening them, once for each attempt, so that a request with a file can be repeated.

use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::reader::Reader;
use super::{FilePart, Upload};
use crate::time::BoxFuture;

impl Upload {
    /// A file, read while it is sent and opened anew for each attempt. Its length is taken now.
    pub async fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref().to_owned();
        let found = tokio::fs::metadata(&path).await?;
        if found.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "a folder cannot be sent"));
        }
        let upload = Self::repeatable(move || File::new(path.clone()));
        // A pipe or a device has no length.
        Ok(if found.is_file() { upload.length(found.len()) } else { upload })
    }
}

impl FilePart {
    /// A file, read while it is sent, under its own name.
    pub async fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let name = path.as_ref().file_name().map(|name| name.to_string_lossy().into_owned());
        let part = Self::from(Upload::open(path).await?);
        Ok(match name {
            Some(name) => part.file_name(name),
            None => part,
        })
    }
}

/// A file that is opened when it is first read.
enum File {
    Opening(BoxFuture<io::Result<tokio::fs::File>>),
    Open(Reader),
}

impl File {
    fn new(path: PathBuf) -> Self {
        Self::Opening(Box::pin(async move { tokio::fs::File::open(path).await }))
    }
}

impl Stream for File {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match &mut *self {
                Self::Open(reader) => return Pin::new(reader).poll_next(context),
                Self::Opening(file) => match ready!(file.as_mut().poll(context)) {
                    Ok(file) => *self = Self::Open(Reader::new(file)),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                },
            }
        }
    }
}
