// What a request's answer can be asked for as: the provider's bytes stay as they are.

import { createHash } from "node:crypto";
import { expect, test } from "./support/test.ts";

test("a file of the drive comes byte for byte, in every form", async ({ host }) => {
  await host.signIn();
  await host.connect("googledrive");
  const found = await host.page.evaluate(async () => {
    const { paragon } = window;
    const list = await paragon.request<{ files: { id: string; mimeType: string }[] }>("googledrive", "/files");
    const { id } = list!.files.find(({ mimeType }) => mimeType === "image/png")!;
    const path = `/files/${id}?alt=media`;
    const hash = async (bytes: ArrayBuffer) =>
      [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const buffer = await paragon.request("googledrive", path, { responseType: "arrayBuffer" });
    const blob = await paragon.request("googledrive", path, { responseType: "blob" });
    const stream = await paragon.request("googledrive", path, { responseType: "stream" });
    const response = await paragon.request("googledrive", path, { responseType: "response" });
    const text = await paragon.request("googledrive", "/files", { responseType: "text" });
    return {
      start: [...new Uint8Array(buffer).slice(0, 4)],
      type: blob.type,
      status: response.status,
      text: (JSON.parse(text) as { files: unknown[] }).files.length === list!.files.length,
      hashes: await Promise.all([
        hash(buffer),
        hash(await blob.arrayBuffer()),
        hash(await new Response(stream).arrayBuffer()),
        hash(await response.arrayBuffer()),
      ]),
    };
  });
  expect(found).toMatchObject({ start: [0x89, 0x50, 0x4e, 0x47], type: "image/png", status: 200, text: true });
  expect(new Set(found.hashes).size).toBe(1);
  expect(found.hashes[0]).not.toBe(createHash("sha256").digest("hex"));
});

test("a refusal is an error in every form, with what the provider said", async ({ host }) => {
  await host.signIn();
  await host.connect("googledrive");
  const { error } = await host.request("googledrive", "/files/none?alt=media", { responseType: "blob" });
  expect(error).toMatchObject({ name: "ProxyRequestError", status: 404 });
  expect(JSON.stringify(error!.response)).toContain("error");
});
