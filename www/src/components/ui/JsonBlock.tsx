// JSON as text that can be read, scrolled and copied. The text content is the JSON itself.
import { Check, Copy } from "lucide-react";
import { IconButton, useCopy } from "paragon-connect/react";
import { Fragment, useMemo } from "react";

type JsonBlockProps = {
  value: unknown;
  label: string;
  "data-testid"?: string;
};

// Strings (with a colon: keys), numbers, and words; everything between them is punctuation.
const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)/g;

export function JsonBlock({ value, label, "data-testid": testId }: JsonBlockProps) {
  const text = useMemo(() => JSON.stringify(value, null, 2) ?? "undefined", [value]);
  const [copied, copy] = useCopy();
  return (
    <div className="json">
      <pre className="json-text" tabIndex={0} role="region" aria-label={label} data-testid={testId}>
        <code>{useMemo(() => highlight(text), [text])}</code>
      </pre>
      <div className="json-actions">
        <IconButton label={copied ? "Copied" : "Copy"} onPress={() => copy(text)}>
          {copied ? <Check /> : <Copy />}
        </IconButton>
      </div>
    </div>
  );
}

function highlight(text: string): React.ReactNode[] {
  const parts: React.ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon = "", number] = match;
    parts.push(text.slice(end, match.index));
    const kind = string ? (colon ? "key" : "string") : number ? "number" : "word";
    parts.push(
      <Fragment key={match.index}>
        <span className={`json-${kind}`}>{string ?? whole}</span>
        {colon}
      </Fragment>,
    );
    end = match.index + whole.length;
  }
  parts.push(text.slice(end));
  return parts;
}
