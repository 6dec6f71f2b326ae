// An install flow as an async iterator: `for await (const stage of paragon.installFlow.run(type))`.

export async function* run(flow, type, options) {
  const queue = [];
  let wake;
  let stage;
  let isOver = false;
  const put = (...entry) => {
    queue.push(entry);
    wake?.();
  };
  // The first `next()` runs to here in its own turn, so that the popup opens in the click's.
  flow.start(type, {
    ...options,
    onNext: (next) => put((stage = next)),
    onError: (error, context) => put(context && { ...stage, error }, error),
    onComplete: (event) => put({ stage: "done", done: true, event }),
    onCancel: () => put(),
  });
  try {
    while (!isOver) {
      if (queue.length === 0) await new Promise((resolve) => (wake = resolve));
      const [next, error] = queue.shift();
      isOver = !next || next.done;
      if (next) yield next;
      else if (error) throw error;
    }
  } finally {
    // Whoever leaves the loop leaves the flow.
    if (!isOver) flow.cancel();
  }
}
