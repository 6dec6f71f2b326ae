importScripts("./paragon.js");

self.onmessage = async (message) => {
  const { answer } = await import("./answer.js");
  await answer(self.paragon)(message);
};
