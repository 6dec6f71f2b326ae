// What is found out about an engine on the way, kept for the page about them.

import { mkdirSync, readFileSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "@playwright/test";
export const folder = join(import.meta.dirname, "../../target/engines");
export async function fact(what: string, value: unknown) { console.log(test.info().project.name, what, value); }
