// What was chosen from a list: beside it, or on a narrow page in its place.
import { ArrowLeft, X } from "lucide-react";
import { useId } from "react";
import { Link } from "./Link";

type DetailProps = { title: React.ReactNode; back: string; backText: string; children: React.ReactNode; "data-testid"?: string };

export function Detail({ title, back, backText, children, "data-testid": testId }: DetailProps) {
  const id = useId();
  return (
    <section className="split-detail card" aria-labelledby={id} data-testid={testId}>
      <header className="detail-head">
        <Link className="back-link" href={back}>
          <ArrowLeft aria-hidden="true" />
          {backText}
        </Link>
        <h2 id={id} className="detail-title">
          {title}
        </h2>
        <Link className="pc-icon-button detail-close" href={back} aria-label="Close">
          <X aria-hidden="true" />
        </Link>
      </header>
      {/* It scrolls by itself: so it can be reached with the keyboard. */}
      <div className="detail-body" tabIndex={0} role="group" aria-labelledby={id}>
        {children}
      </div>
    </section>
  );
}
