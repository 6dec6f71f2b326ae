// The page behind `/_layouts/15/FilePicker.aspx`: what Microsoft's File Picker v8 does with its opener. It takes its options
// from the address and the token from the form, offers a port, and sends commands over it, each of which has to be
// acknowledged and answered. What it heard is kept in `heard`, where tests look.

{
  const options = JSON.parse(new URLSearchParams(location.search).get("filePicker"));
  const { origin, channelId } = options.messaging;
  const { port1: port, port2: theirs } = new MessageChannel();
  const waiting = new Map();
  const parameters = new URLSearchParams(location.hash.slice(1));
  let lastId = 0;
  window.heard = { options, messages: [], results: [] };

  const command = (data) =>
    new Promise((resolve) => {
      const id = String(++lastId);
      waiting.set(id, { resolve, acknowledged: false });
      port.postMessage({ type: "command", id, data });
    });
  window.command = command;

  // A command that is itself a port: it can be sent once, and not be answered with.
  window.odd = () => {
    const { port1 } = new MessageChannel();
    port.postMessage({ type: "command", id: "odd", data: { command: port1 } }, [port1]);
  };

  port.onmessage = async ({ data }) => {
    heard.messages.push(data);
    if (data.type === "activate") {
      port.postMessage({ type: "notification", data: { notification: "page-loaded", timestamp: Date.now() } });
      const answer = await command({ command: "authenticate", type: "SharePoint", resource: location.origin });
      document.body.dataset.state = answer.result === "token" ? "ready" : "refused";
      heard.token = answer.token;
    } else if (data.type === "acknowledge") {
      if (waiting.has(data.id)) waiting.get(data.id).acknowledged = true;
    } else if (data.type === "result") {
      const { resolve, acknowledged } = waiting.get(data.id);
      waiting.delete(data.id);
      heard.results.push({ id: data.id, acknowledged, data: data.data });
      resolve(data.data);
    }
  };

  const items = [
    { id: "01REPORT", name: "Report.pdf", parentReference: { driveId: "b!drive" }, webUrl: `${location.origin}/Report.pdf`, "@sharePoint.endpoint": `${location.origin}/_api/v2.0` },
  ];
  for (const [label, act] of [
    ["Select", () => command({ command: "pick", items })],
    ["Cancel", () => command({ command: "close" })],
    ["Other", () => command({ command: "dance" })],
  ]) {
    const button = document.createElement("button");
    button.textContent = label;
    button.onclick = act;
    document.body.append(button);
  }
  document.body.dataset.state = "waiting";
  opener.postMessage({ type: "initialize", channelId: parameters.get("channel") ?? channelId }, origin, [theirs]);
}
