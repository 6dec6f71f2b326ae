// The top bar: which project, its time, and whether the platform answers.
import { SquareActivity } from "lucide-react";
import { ThemeSwitch } from "../../../src/components/layout/ThemeSwitch";
import { Choice } from "../../../src/components/ui/Choice";
import { useLive } from "../app/context";
import { go, href, type Route } from "../app/route";
import { useNow } from "../app/useNow";
import { dateTime } from "../app/words";
import { Link } from "../ui/Link";

const STATUS = {
  connecting: { tone: "neutral", text: "Connecting" },
  live: { tone: "good", text: "Live" },
  lost: { tone: "bad", text: "Not answering" },
  refused: { tone: "bad", text: "Refused" },
  gone: { tone: "bad", text: "Gone" },
} as const;

export function TopBar({ route }: { route: Route }) {
  const projects = useLive((live) => live.projects);
  const status = useLive((live) => live.status);
  const current = projects.includes(route.project) ? route.project : (projects[0] ?? route.project);
  const { tone, text } = STATUS[status];
  return (
    <header className="topbar">
      <div className="topbar-inner">
        <Link className="brand" href={href(route.project, "overview")} aria-label="Console: overview">
          <span className="brand-mark">
            <SquareActivity aria-hidden="true" />
          </span>
          <span>
            Console <small className="brand-note">paragon-local</small>
          </span>
        </Link>
        {projects.length > 1 && (
          <div className="project-choice">
            <Choice
              label="Project"
              hideLabel
              value={current}
              options={projects.map((id, index) => ({ value: id, label: index === 0 ? `First project (${id.slice(0, 8)})` : id.slice(0, 8) }))}
              onChange={(id) => go(href(id === projects[0] ? "default" : id, route.view))}
            />
          </div>
        )}
        <div className="topbar-tools">
          <Time route={route} />
          <span className={`pc-badge pc-badge-${tone}`} role="status" data-testid="connection">
            {text}
          </span>
          <ThemeSwitch />
        </div>
      </div>
    </header>
  );
}

function Time({ route }: { route: Route }) {
  const now = useNow();
  const { frozenAt, offsetMs } = useLive((live) => live.clock);
  const state = frozenAt !== null ? "stands" : Math.abs(offsetMs) > 1_000 ? "moved" : "";
  return (
    <Link className="topbar-time" href={href(route.project, "clock")} data-state={state} aria-label={`The project's time: ${dateTime(now)}${state && `, ${state}`}`}>
      <time dateTime={new Date(now).toISOString()}>{dateTime(now)}</time>
      {state && <small>{state}</small>}
    </Link>
  );
}
