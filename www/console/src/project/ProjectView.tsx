// The project: its id and addresses, what it offers, and the other projects of this platform.
import { Plus, Trash2 } from "lucide-react";
import { Button, IconButton, Spinner, StatusBadge } from "paragon-connect/react";
import { useState } from "react";
import { Card } from "../../../src/components/ui/Card";
import { useAdmin, useAsked, useDoing, useLive } from "../app/context";
import { go, href, type Route } from "../app/route";
import type { Catalog, CatalogIntegration } from "../app/types";
import { count, triggerText } from "../app/words";
import { Confirm } from "../ui/Confirm";
import { Link } from "../ui/Link";
import { Trouble } from "../ui/Trouble";

export function ProjectView({ route }: { route: Route }) {
  const stored = useLive((live) => live.stored);
  const { answer, error } = useAsked<Catalog>("/catalog", stored);
  return (
    <>
      <div className="page-head page-head-row">
        <h1>Project</h1>
      </div>
      <div className="two">
        <Card title="What users can connect" description="From the project file">
          {error && <Trouble error={error} />}
          {!answer && !error && <Spinner label="Loading" />}
          <ul className="lines" aria-label="Integrations">
            {answer?.integrations.map((one) => (
              <Integration key={one.id} route={route} integration={one} />
            ))}
          </ul>
        </Card>
        <Projects route={route} />
      </div>
    </>
  );
}

function Integration({ route, integration }: { route: Route; integration: CatalogIntegration }) {
  const { key, name, active, users, workflows } = integration;
  return (
    <li className="line-integration">
      <span className="pc-icon-tile pc-icon-tile-40">
        <img src={`/integrations/${key.replace(/^custom\./, "")}.svg`} alt="" width={26} height={26} />
      </span>
      <div className="line-text">
        <strong>
          {name} <code className="pc-muted">{key}</code>
        </strong>
        <span className="pc-muted">
          {count(users, "user")}
          {!active && ", not active"}
        </span>
        {workflows.length > 0 && (
          <ul className="workflows">
            {workflows.map((workflow) => (
              <li key={workflow.id}>
                <Link href={href(route.project, "runs", null, { workflow: workflow.id })}>{workflow.description}</Link> <small className="pc-muted">{triggerText(workflow.trigger)}</small>
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

function Projects({ route }: { route: Route }) {
  const admin = useAdmin();
  const projects = useLive((live) => live.projects);
  const { busy, error, run, dismiss } = useDoing();
  const [leaving, setLeaving] = useState<string | null>(null);
  const nameOf = (id: string) => (id === projects[0] ? "default" : id);
  const add = () => run(async () => go(href((await admin.askAll<{ id: string }>("/projects", { method: "POST", body: {} })).id, "project")));
  return (
    <Card
      title="Projects of this platform"
      description="Each has users, clock, journal, faults and sandbox providers of its own."
      actions={
        <Button size="small" isBusy={busy} onPress={() => void add()}>
          <Plus aria-hidden="true" />
          New project
        </Button>
      }
    >
      {error && <Trouble error={error} onDismiss={dismiss} />}
      <ul className="lines" aria-label="Projects">
        {projects.map((id, index) => {
          const isShown = route.project === id || route.project === nameOf(id);
          return (
            <li key={id}>
              <div className="line-text">
                <Link className="row-link pc-mono" href={href(nameOf(id), "project")} aria-current={isShown ? "true" : undefined}>
                  {id}
                </Link>
                {index === 0 && <span className="pc-muted">The first one: the command line and the demo use it</span>}
              </div>
              {isShown && <StatusBadge tone="good">Shown</StatusBadge>}
              {index > 0 && (
                <IconButton label={`Delete project ${id}`} onPress={() => setLeaving(id)}>
                  <Trash2 />
                </IconButton>
              )}
            </li>
          );
        })}
      </ul>
      {leaving !== null && (
        <Confirm
          title="Delete this project?"
          text={`Everything that project ${leaving} has stored is deleted, its snapshots too.`}
          action="Delete"
          onClose={() => setLeaving(null)}
          onConfirm={() =>
            void run(async () => {
              await admin.askAll(`/projects/${leaving}`, { method: "DELETE" });
              if (route.project === leaving) go(href("default", "project"));
            })
          }
        />
      )}
    </Card>
  );
}
