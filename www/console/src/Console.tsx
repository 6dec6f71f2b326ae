// The console's frame: asks for the secret if it has none, listens to the project, shows the view of the address.
import { useEffect, useMemo, useState } from "react";
import { MAIN_ID, SkipLink } from "../../src/components/layout/SkipLink";
import { Admin } from "./app/admin";
import { ConsoleContext, useLive } from "./app/context";
import { Stream } from "./app/live";
import { useRoute, type Route, type View } from "./app/route";
import { forgetSecret, keepSecret, onNewSecret } from "./app/secret";
import { usePage } from "./app/usePage";
import { Calls } from "./calls/Calls";
import { ClockView } from "./clock/ClockView";
import { Faults } from "./faults/Faults";
import { Gate } from "./frame/Gate";
import { Gone } from "./frame/Gone";
import { Nav, TITLES } from "./frame/Nav";
import { TopBar } from "./frame/TopBar";
import { Overview } from "./overview/Overview";
import { ProjectView } from "./project/ProjectView";
import { Runs } from "./runs/Runs";
import { Snapshots } from "./snapshots/Snapshots";
import { Users } from "./users/Users";

const PAGES: Record<View, (props: { route: Route }) => React.ReactNode> = {
  overview: Overview,
  calls: Calls,
  runs: Runs,
  users: Users,
  faults: Faults,
  clock: ClockView,
  snapshots: Snapshots,
  project: ProjectView,
};

/** `given`: the secret of the address or of this tab. */
export function Console({ given }: { given: string | null }) {
  const [secret, setSecret] = useState(given);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { project } = useRoute();

  function take(next: string) {
    setRefusal(null);
    setSecret(next);
  }
  useEffect(() => onNewSecret(take), []);

  if (secret === null) {
    return (
      <Gate
        refusal={refusal}
        onSecret={take}
      />
    );
  }
  return (
    <Connected
      key={`${secret} ${project}`}
      secret={secret}
      project={project}
      onTaken={() => keepSecret(secret)}
      onRefused={(why) => {
        forgetSecret();
        setRefusal(why);
        setSecret(null);
      }}
    />
  );
}

type ConnectedProps = { secret: string; project: string; onTaken: () => void; onRefused: (why: string) => void };

function Connected({ secret, project, onTaken, onRefused }: ConnectedProps) {
  const admin = useMemo(() => new Admin(secret, project), [secret, project]);
  const [stream, setStream] = useState(() => new Stream(admin));

  // A stream that was stopped does not start again.
  useEffect(() => {
    const started = new Stream(admin);
    setStream(started);
    void started.start();
    return () => started.stop();
  }, [admin]);

  return (
    <ConsoleContext value={useMemo(() => ({ admin, stream }), [admin, stream])}>
      <Frame onTaken={onTaken} onRefused={onRefused} />
    </ConsoleContext>
  );
}

function Frame({ onTaken, onRefused }: Pick<ConnectedProps, "onTaken" | "onRefused">) {
  const route = useRoute();
  const status = useLive((live) => live.status);
  const refusal = useLive((live) => live.refusal);
  usePage(TITLES[route.view], pageOf(route));

  useEffect(() => {
    if (status === "live") onTaken();
    if (status === "refused") onRefused(refusal);
    // Only what the stream says counts; who is told may be another function each time.
  }, [status]);

  const Page = PAGES[route.view];
  return (
    <>
      <SkipLink />
      <TopBar route={route} />
      <Nav route={route} />
      <main id={MAIN_ID} className="console-main" tabIndex={-1}>
        {status === "gone" ? <Gone project={route.project} /> : <Page route={route} />}
      </main>
    </>
  );
}

/** What counts as a page of its own: on a wide page a call or a user stands beside its list, on a narrow one in its place. */
function pageOf({ view, id }: Route): string {
  const isBeside = view !== "runs" && window.matchMedia("(min-width: 1000px)").matches;
  return isBeside ? view : `${view}/${id ?? ""}`;
}
