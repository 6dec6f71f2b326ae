//! A body that the journal reads along with. Nothing is held back, and its length stays known.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::Entry;

/// Which side of a call a body belongs to.
#[derive(Clone, Copy, Debug)]
pub enum Side {
    /// What was sent.
    Request,
    /// What was answered.
    Response,
}

/// A body, and the call that it belongs to.
pub struct Tee<B> {
    inner: B,
    entry: Arc<Entry>,
    side: Side,
}

impl<B> Tee<B> {
    /// The body of the call's request.
    pub fn request(inner: B, entry: Arc<Entry>) -> Self {
        Self { inner, entry, side: Side::Request }
    }

    /// The body of the call's answer.
    pub fn response(inner: B, entry: Arc<Entry>) -> Self {
        Self { inner, entry, side: Side::Response }
    }
}

impl<B> Body for Tee<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: std::fmt::Display,
{
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let this = self.get_mut();
        let frame = ready!(Pin::new(&mut this.inner).poll_frame(context));
        match &frame {
            Some(Ok(frame)) => {
                if let Some(bytes) = frame.data_ref() {
                    let mut rest = this.entry.rest();
                    match this.side {
                        Side::Request => rest.request.body.add(bytes),
                        Side::Response => rest.response.body.add(bytes),
                    }
                }
            }
            Some(Err(error)) => this.entry.failed(format!("the body broke off: {error}")),
            None => {}
        }
        if frame.is_none() || this.inner.is_end_stream() {
            this.entry.touched();
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
