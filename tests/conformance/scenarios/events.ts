// Subscribers, and in which order they hear of what.

import { integration, project, workflowId } from "../projects.ts";
import { call, EVENTS, fn, type Scenario, signedIn, type Step, undefinedValue } from "../scenario.ts";

const slack = project([integration("slack", { workflows: [{ key: "a" }] })], { accounts: [{ integration: "slack" }] });
const scenario = (name: string, ...steps: Step[]): Scenario => signedIn(name, slack, ...steps);
const workflow = workflowId("slack", "a");

export const events: Scenario[] = [
  ...EVENTS.map((event) => scenario(`subscribe to ${event}`, call("subscribe", event, fn("again")), call("unsubscribe", event, fn("again")))),
  scenario("subscribe to an unknown event", call("subscribe", "onNothing", fn("handler"))),
  scenario("subscribe without an event", call("subscribe", undefinedValue, fn("handler"))),
  scenario("unsubscribe from an unknown event", call("unsubscribe", "onNothing", fn("handler"))),
  scenario("subscribe with a handler that is no function", call("subscribe", "onIntegrationInstall", "handler")),
  scenario("subscribe without a handler", call("subscribe", "onIntegrationInstall")),
  scenario("unsubscribe what was never there", call("unsubscribe", "onIntegrationInstall", fn("never"))),
  scenario("unsubscribe twice", call("unsubscribe", "onIntegrationUninstall", fn("onIntegrationUninstall")), call("unsubscribe", "onIntegrationUninstall", fn("onIntegrationUninstall"))),
  scenario("a handler hears of an uninstall", call("uninstallIntegration", "slack")),
  scenario("two handlers, in order", call("subscribe", "onIntegrationUninstall", fn("second")), call("uninstallIntegration", "slack")),
  scenario("the same handler twice", call("subscribe", "onIntegrationUninstall", fn("onIntegrationUninstall")), call("uninstallIntegration", "slack")),
  scenario(
    "the same handler twice, and gone at once",
    call("subscribe", "onIntegrationUninstall", fn("onIntegrationUninstall")),
    call("unsubscribe", "onIntegrationUninstall", fn("onIntegrationUninstall")),
    call("uninstallIntegration", "slack"),
  ),
  scenario(
    "a handler that throws hurts no other",
    call("unsubscribe", "onIntegrationUninstall", fn("onIntegrationUninstall")),
    call("subscribe", "onIntegrationUninstall", fn("thrower", true)),
    call("subscribe", "onIntegrationUninstall", fn("calm")),
    call("uninstallIntegration", "slack"),
  ),
  scenario("onStateChange of ours", call("onStateChange", fn("onStateChange"))),
  scenario("getSnapshot of ours", call("getSnapshot")),
  scenario("a workflow that is switched on", call("enableWorkflow", workflow)),
];
