// The demo's frame: header, the page of the route, and the inspector beside it.
import { record } from "./app/activity";
import { useRoute } from "./app/router";
import { usePageChange } from "./app/usePageChange";
import { useSession } from "./app/session";
import { Catalog } from "./components/catalog/Catalog";
import { Inspector } from "./components/inspector/Inspector";
import { IntegrationPage } from "./components/integration/IntegrationPage";
import { Header } from "./components/layout/Header";
import { SessionGate } from "./components/layout/SessionGate";
import { MAIN_ID, SkipLink } from "./components/layout/SkipLink";
import { useAllEvents } from "./sdk/useAllEvents";

export function App() {
  const session = useSession();
  const route = useRoute();
  usePageChange(route.page === "integration" ? route.type : "");
  useAllEvents((name, event) => {
    const subject = "integrationType" in event ? event.integrationType : undefined;
    record({ kind: "event", title: name, subject, details: event });
  });

  return (
    <>
      <SkipLink />
      <Header session={session} />
      <div className="layout">
        <main id={MAIN_ID} className="layout-main" tabIndex={-1}>
          <SessionGate session={session}>
            {route.page === "catalog" ? <Catalog /> : <IntegrationPage key={route.type} type={route.type} />}
          </SessionGate>
        </main>
        <Inspector session={session} />
      </div>
    </>
  );
}
