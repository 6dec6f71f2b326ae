// What the package's type declarations say, read as text.

import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../../src/js/types/", import.meta.url);
const text = readdirSync(folder)
  .map((file) => readFileSync(new URL(file, folder), "utf8"))
  .join("\n")
  .replace(/\/\*[^]*?\*\//g, "")
  .replace(/^\s*\/\/.*$/gm, "");

/** A declaration on one line, however it was broken. */
export const oneLine = (declaration: string) =>
  declaration.replace(/\s+/g, " ").replace(/([(<]) /g, "$1").replace(/,? ([)>])/g, "$1").trim();

/** Signatures of a method, such as `request` or `installFlow.start`; several if it is overloaded. */
export function signaturesOf(method: string): string[] {
  const [, group, name] = /^(?:(\w+)\.)?(\w+)$/.exec(method)!;
  const alone = new RegExp(`\\bfunction ${name}\\b[^]*?(?=;\\n)`).exec(text);
  if (alone) return [alone[0]];
  // A class that is made from it: how it is made, and what it does then.
  if (name === "ExternalFilePicker") {
    const made = membersOf("ExternalFilePickerConstruct").filter((member) => member.startsWith("new "));
    return [...made, ...membersOf("IFilePicker")];
  }
  const owners = group ? ["InstallFlow"] : ["IConnectSDK", "PortalMethods", "ConnectSDK"];
  return owners.flatMap(membersOf).filter((member) => [`${name}(`, `${name}<`].some((start) => member.startsWith(start)));
}

/** Names of the options that signatures name a type of. Of a type of which they take a part: that part is theirs to show. */
export function optionsIn(signatures: string[]): string[] {
  const types = signatures.join().replace(/Pick<.*?>/g, "").match(/\b\w+(Options|Request|Configuration|Params|SourcesConfig)\b/g) ?? [];
  return [...new Set(types.flatMap((type) => optionsOf(type) ?? []))];
}

/** Names of all types of options that a method, or another of these types, takes. */
export const optionTypes = () => [...text.matchAll(/^export type (\w+(?:Options|Request|Params|Configuration))\b/gm)].map(([, name]) => name!);

/** Names of the members of an options type; undefined if there is no such type. */
export function optionsOf(type: string): string[] | undefined {
  const found = new RegExp(`\\btype ${type}(?:<.*>)? =`).exec(text);
  if (!found) return undefined;
  return membersIn(text.slice(found.index + found[0].length, endOf(found.index + found[0].length)));
}

/** Members of the intersection that this is. */
function membersIn(type: string): string[] {
  const names: string[] = [];
  const rest = type
    .replace(/Pick<\w+, ([^>]*)>/g, (_, picked: string) => (names.push(...quoted(picked)), ""))
    .replace(/Omit<(\w+), ([^>]*)>/g, (_, from: string, left: string) => {
      names.push(...optionsOf(from)!.filter((name) => !quoted(left).includes(name)));
      return "";
    });
  let plain = "";
  for (let index = 0; index < rest.length; index++) {
    if (rest[index] === "{") {
      const end = closing(rest, index);
      names.push(...split(rest.slice(index + 1, end)).map((member) => /^\w+/.exec(member)![0]));
      index = end;
    } else plain += rest[index];
  }
  return [...new Set([...names, ...(plain.match(/\b[A-Z]\w+/g) ?? []).flatMap((name) => optionsOf(name) ?? [])])];
}

const quoted = (names: string) => [...names.matchAll(/"(\w+)"/g)].map(([, name]) => name!);

function membersOf(name: string): string[] {
  const [opening] = new RegExp(`\\binterface ${name}\\b[^{]*\\{(?!\\s*\\})`).exec(text)!;
  const open = text.indexOf(opening) + opening.length - 1;
  return split(text.slice(open + 1, closing(text, open)));
}

/** Declarations, each on one line, parted by semicolons outside of all brackets. */
export function split(body: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const character of body) {
    if ("{([".includes(character)) depth++;
    if ("})]".includes(character)) depth--;
    if (character === ";" && depth === 0) {
      parts.push(oneLine(part));
      part = "";
    } else part += character;
  }
  return part.trim() ? [...parts, oneLine(part)] : parts;
}

function closing(source: string, open: number): number {
  let depth = 0;
  for (let index = open; index < source.length; index++) {
    if (source[index] === "{") depth++;
    if (source[index] === "}" && --depth === 0) return index;
  }
  throw new Error("a bracket is not closed");
}

/** Where the type ends that begins here: at a semicolon outside of braces. */
function endOf(start: number): number {
  for (let index = start; index < text.length; index++) {
    if (text[index] === "{") index = closing(text, index);
    else if (text[index] === ";") return index;
  }
  return text.length;
}
