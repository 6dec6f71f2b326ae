// Markdown as elements. Nothing of the text becomes markup: HTML in it is shown as text, links lead only to web pages.
import { fromMarkdown } from "mdast-util-from-markdown";
import type { Nodes } from "mdast";
import { Fragment, useMemo, type ReactElement, type ReactNode } from "react";
import { useTexts } from "../context.js";
import { isWebAddress } from "./links.js";

export function Markdown({ children }: { children: string }): ReactElement {
  const tree = useMemo(() => fromMarkdown(children), [children]);
  const { newTab } = useTexts();
  return <div className="pc-prose">{childrenOf(tree, newTab)}</div>;
}

function childrenOf(node: Nodes, newTab: string): ReactNode {
  return "children" in node ? node.children.map((child, index) => <Fragment key={index}>{draw(child, newTab)}</Fragment>) : null;
}

function draw(node: Nodes, newTab: string): ReactNode {
  const inner = () => childrenOf(node, newTab);
  switch (node.type) {
    case "text":
      return node.value;
    case "html":
      return node.value;
    case "paragraph":
      return <p>{inner()}</p>;
    // Headings of the text are parts of a section, whatever level its author chose.
    case "heading":
      return <h3>{inner()}</h3>;
    case "strong":
      return <strong>{inner()}</strong>;
    case "emphasis":
      return <em>{inner()}</em>;
    case "inlineCode":
      return <code>{node.value}</code>;
    case "code":
      return (
        <pre tabIndex={0}>
          <code>{node.value}</code>
        </pre>
      );
    case "break":
      return <br />;
    case "thematicBreak":
      return <hr />;
    case "blockquote":
      return <blockquote>{inner()}</blockquote>;
    case "list":
      return node.ordered ? <ol start={node.start ?? undefined}>{inner()}</ol> : <ul>{inner()}</ul>;
    case "listItem":
      return <li>{inner()}</li>;
    case "link":
      if (!isWebAddress(node.url)) return inner();
      return (
        <a href={node.url} target="_blank" rel="noopener noreferrer">
          {inner()}
          <span className="pc-offscreen"> ({newTab})</span>
        </a>
      );
    case "image":
      return node.alt;
    default:
      return inner();
  }
}
