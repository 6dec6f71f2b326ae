// The page asks its worker to sign in, and shows what the worker says.
const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });

worker.onmessage = ({ data }) => (window.seen.result = data);
worker.onerror = ({ message }) => (window.seen.result = { error: message });
document.body.dataset.ready = "";
window.ask = (session) => worker.postMessage(session);
