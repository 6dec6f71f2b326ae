// A new fault: what goes wrong, with which calls, how often.
import { Button } from "paragon-connect/react";
import { useState } from "react";
import { Form as AriaForm } from "react-aria-components";
import { Card } from "../../../src/components/ui/Card";
import { Choice } from "../../../src/components/ui/Choice";
import { useAdmin, useAsked, useDoing } from "../app/context";
import type { Catalog } from "../app/types";
import { FAULT_KINDS } from "../app/words";
import { Field } from "../ui/Field";
import { Trouble } from "../ui/Trouble";
import { EFFECTS, fromQuery, toRule, type Form } from "./rule";

const kinds = [{ value: "", label: "All calls" }, ...Object.entries(FAULT_KINDS).map(([value, label]) => ({ value, label }))];
const methods = ["", "GET", "POST", "PUT", "PATCH", "DELETE"].map((value) => ({ value, label: value || "Any method" }));

export function FaultForm({ query }: { query: URLSearchParams }) {
  const admin = useAdmin();
  const { answer: catalog } = useAsked<Catalog>("/catalog");
  const [form, setForm] = useState(() => fromQuery(query));
  const { busy, error, run, dismiss } = useDoing();
  const set = (name: keyof Form) => (value: string) => setForm({ ...form, [name]: value });
  const integrations = [{ value: "", label: "Any integration" }, ...(catalog?.integrations ?? []).map(({ key, name }) => ({ value: key, label: name }))];

  return (
    <Card title="Switch a fault on" description="Nothing of it is stored: a reset, or a restart of the platform, ends it.">
      <AriaForm
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void run(() => admin.ask("/faults", { method: "POST", body: toRule(form) }));
        }}
      >
        <fieldset className="form-row">
          <legend>What goes wrong</legend>
          <Choice label="Effect" value={form.effect} options={EFFECTS} onChange={set("effect")} />
          {form.effect === "status" && (
            <>
              <Field label="Status" value={form.status} onChange={set("status")} type="number" isRequired />
              <Field label="Retry-After (s)" value={form.retryAfter} onChange={set("retryAfter")} type="number" placeholder="none" />
            </>
          )}
          {form.effect === "slow" && <Field label="Later by (ms)" value={form.ms} onChange={set("ms")} type="number" isRequired />}
        </fieldset>
        <fieldset className="form-row">
          <legend>With which calls</legend>
          <Choice label="Kind" value={form.on} options={kinds} onChange={set("on")} />
          <Choice label="Method" value={form.method} options={methods} onChange={set("method")} />
          <Choice label="Integration" value={form.integration} options={integrations} onChange={set("integration")} />
          <Field label="User" value={form.user} onChange={set("user")} placeholder="any" />
          <div className="form-wide">
            <Field label="Path" value={form.path} onChange={set("path")} placeholder="any" help="Without the query; * stands for anything, as in */chat.postMessage." />
          </div>
        </fieldset>
        <fieldset className="form-row">
          <legend>How often</legend>
          <Field label="Good calls first" value={form.after} onChange={set("after")} type="number" placeholder="0" />
          <Field label="Times" value={form.times} onChange={set("times")} type="number" placeholder="always" />
          <Field label="Chance (%)" value={form.probability} onChange={set("probability")} type="number" placeholder="100" step="any" />
          <Field label="Seed of chance" value={form.seed} onChange={set("seed")} type="number" placeholder="0" />
        </fieldset>
        {error && <Trouble error={error} onDismiss={dismiss} />}
        <div className="form-foot">
          <Button look="primary" type="submit" isBusy={busy}>
            Switch on
          </Button>
        </div>
      </AriaForm>
    </Card>
  );
}
