//! A body that breaks off.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::Bytes;
use http_body::{Body, Frame, SizeHint};

/// What stands in the place of a JSON body: it begins well.
pub const BAD_JSON: &str = "{\"fault\": [1, 2, \"this answer was broken by a fault";

/// The first half of a body, then an error. Its length stays what it was, so that the reader knows that something is missing.
pub struct Cut<B> {
    inner: B,
    length: SizeHint,
    left: Option<u64>,
    sent: bool,
}

impl<B: Body<Data = Bytes>> Cut<B> {
    /// Half of `inner`; of a body of unknown length, half of its first piece.
    pub fn half(inner: B) -> Self {
        let length = inner.size_hint();
        Self { left: length.exact().map(|bytes| bytes / 2), length, inner, sent: false }
    }
}

impl<B> Body for Cut<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let this = self.get_mut();
        let broken = || Some(Err(io::Error::new(io::ErrorKind::ConnectionReset, "a fault broke the answer off")));
        if this.left == Some(0) {
            if !this.sent {
                // A server that has to wait sends what it has; otherwise it would throw away the half together with the rest.
                this.sent = true;
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            return Poll::Ready(broken());
        }
        let frame = ready!(Pin::new(&mut this.inner).poll_frame(context));
        Poll::Ready(match frame.map(|frame| frame.map(Frame::into_data)) {
            Some(Ok(Ok(bytes))) => {
                let left = this.left.unwrap_or(bytes.len() as u64 / 2);
                let part = bytes.slice(..bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX)));
                this.left = Some(left - part.len() as u64);
                Some(Ok(Frame::data(part)))
            }
            Some(Err(error)) => Some(Err(io::Error::other(error))),
            // The end, or trailers, which come at the end.
            Some(Ok(Err(_))) | None => broken(),
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.length
    }
}
