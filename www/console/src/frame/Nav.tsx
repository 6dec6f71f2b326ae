// The views.
import { Activity, Camera, Clock, FolderCog, ListTree, TriangleAlert, Users, Workflow } from "lucide-react";
import { useEffect, useRef } from "react";
import { useLive } from "../app/context";
import { href, VIEWS, type Route, type View } from "../app/route";
import { Link } from "../ui/Link";

export const TITLES: Record<View, string> = {
  overview: "Overview",
  calls: "Calls",
  runs: "Runs",
  users: "Users",
  faults: "Faults",
  clock: "Clock",
  snapshots: "Snapshots",
  project: "Project",
};

const ICONS: Record<View, typeof Activity> = {
  overview: Activity,
  calls: ListTree,
  runs: Workflow,
  users: Users,
  faults: TriangleAlert,
  clock: Clock,
  snapshots: Camera,
  project: FolderCog,
};

export function Nav({ route }: { route: Route }) {
  const faults = useLive((live) => live.faults.length);
  const list = useRef<HTMLUListElement>(null);
  // On a narrow page the views scroll sideways: the one that is shown is in sight.
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>("[aria-current]")?.parentElement;
    if (list.current && current) list.current.scrollLeft = current.offsetLeft - 48;
  }, [route.view]);
  return (
    <nav className="console-nav" aria-label="Views">
      <ul ref={list} data-scrolls>
        {VIEWS.map((view) => {
          const Icon = ICONS[view];
          return (
            <li key={view}>
              <Link className="nav-link" href={href(route.project, view)} aria-current={view === route.view ? "page" : undefined}>
                <Icon aria-hidden="true" />
                {TITLES[view]}
                {view === "faults" && faults > 0 && (
                  <span className="nav-count" aria-label={`${faults} switched on`}>
                    {faults}
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
