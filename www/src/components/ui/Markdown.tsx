// Markdown from the platform. Links open in a new tab that knows nothing of this one.
import Markdown, { type Components } from "react-markdown";

// Headings of the text are parts of a section, whatever level its author chose.
const Heading: Components["h1"] = ({ children }) => <h3>{children}</h3>;

const components: Components = {
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  ),
};

export function MarkdownText({ children }: { children: string }) {
  return (
    <div className="prose">
      <Markdown components={components} disallowedElements={["img"]}>
        {children}
      </Markdown>
    </div>
  );
}
