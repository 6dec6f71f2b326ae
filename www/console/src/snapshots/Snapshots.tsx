// What is stored, kept under names: to save, to load, to carry elsewhere; and the way back to the seed.
import { Camera, Download, RotateCcw, Trash2, Upload } from "lucide-react";
import { Button, IconButton } from "paragon-connect/react";
import { useRef, useState } from "react";
import { Form } from "react-aria-components";
import { EmptyState } from "../../../src/components/layout/EmptyState";
import { Card } from "../../../src/components/ui/Card";
import { useAdmin, useAsked, useDoing } from "../app/context";
import type { Snapshot } from "../app/types";
import { dateTime } from "../app/words";
import { Confirm } from "../ui/Confirm";
import { Field } from "../ui/Field";
import { Trouble } from "../ui/Trouble";
import { save } from "./save";

type Question = { title: string; text: string; action: string; work: () => Promise<unknown>; done: string };

export function Snapshots() {
  const admin = useAdmin();
  const { answer, error: listError, again } = useAsked<Snapshot[]>("/snapshots");
  const { busy, error, run, dismiss } = useDoing();
  const [name, setName] = useState("");
  const [told, setTold] = useState("");
  const [question, setQuestion] = useState<Question | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const at = (which: string, rest = "") => `/snapshots/${encodeURIComponent(which)}${rest}`;

  async function act(work: () => Promise<unknown>, done: string) {
    setTold("");
    if (await run(work)) setTold(done);
    again();
  }

  const load = (which: string) =>
    setQuestion({
      title: `Load “${which}”?`,
      text: "Everything that is stored now is replaced: users, credentials, runs, the providers’ data and the clock. Faults end, and the journal is emptied.",
      action: "Load",
      work: () => admin.ask(at(which, "/load"), { method: "POST" }),
      done: `“${which}” is loaded.`,
    });

  return (
    <>
      <div className="page-head">
        <h1>Snapshots</h1>
        <p className="pc-muted">A snapshot holds users, credentials, runs, the sandbox providers’ data and the clock. One that is named “seed” is what a reset goes to.</p>
      </div>
      {(error ?? listError) && <Trouble error={(error ?? listError)!} onDismiss={error ? dismiss : undefined} />}
      <p className="told told-page" role="status">
        {told}
      </p>
      <div className="two">
        <Card title="Saved">
          {answer?.length === 0 && <EmptyState icon={<Camera />} title="No snapshots yet" text="Save one, and come back to it as often as you like." />}
          <ul className="lines" aria-label="Snapshots">
            {answer?.map((one) => (
              <li key={one.name} data-snapshot={one.name} className="line-actions">
                <div className="line-text">
                  <strong>{one.name}</strong>
                  <span className="pc-muted">saved {dateTime(one.saved)}</span>
                </div>
                <Button size="small" isBusy={busy} onPress={() => load(one.name)} aria-label={`Load ${one.name}`}>
                  Load
                </Button>
                <IconButton label={`Export ${one.name}`} onPress={() => void act(async () => save(await admin.ask(at(one.name, "/file")), `${one.name}.json`), `“${one.name}” is exported. It holds the tokens of the connected accounts.`)}>
                  <Download />
                </IconButton>
                <IconButton
                  label={`Delete ${one.name}`}
                  onPress={() =>
                    setQuestion({
                      title: `Delete “${one.name}”?`,
                      text: "What is stored now stays as it is.",
                      action: "Delete",
                      work: () => admin.ask(at(one.name), { method: "DELETE" }),
                      done: `“${one.name}” is deleted.`,
                    })
                  }
                >
                  <Trash2 />
                </IconButton>
              </li>
            ))}
          </ul>
        </Card>
        <div className="stack">
          <Card title="Save what is stored now">
            <Form
              className="form-line"
              onSubmit={(event) => {
                event.preventDefault();
                void act(() => admin.ask(at(name), { method: "PUT" }), `“${name}” is saved.`);
              }}
            >
              <Field label="Name" value={name} onChange={setName} placeholder="before-lunch" isRequired />
              <Button look="primary" type="submit" isBusy={busy}>
                Save
              </Button>
            </Form>
            <div className="page-actions">
              <input
                ref={file}
                type="file"
                accept="application/json,.json"
                hidden
                aria-label="Snapshot file"
                onChange={(event) => {
                  const chosen = event.target.files?.[0];
                  event.target.value = "";
                  if (!chosen) return;
                  const title = chosen.name.replace(/\.json$/, "");
                  void act(async () => admin.ask(at(title, "/file"), { method: "PUT", body: await chosen.text() }), `“${title}” is imported; load it to use it.`);
                }}
              />
              <Button size="small" isBusy={busy} onPress={() => file.current?.click()}>
                <Upload aria-hidden="true" />
                Import a file
              </Button>
            </div>
          </Card>
          <Card title="Reset" description="Back to the snapshot “seed”, or to nothing if there is none.">
            <div className="page-actions">
              <Button
                isBusy={busy}
                onPress={() =>
                  setQuestion({
                    title: "Reset this project?",
                    text: "Users, credentials, runs, the providers’ data and the clock go back to the seed. Faults end, and the journal is emptied.",
                    action: "Reset",
                    work: () => admin.ask("/reset", { method: "POST" }),
                    done: "The project is as its seed is.",
                  })
                }
              >
                <RotateCcw aria-hidden="true" />
                Reset to the seed
              </Button>
            </div>
          </Card>
        </div>
      </div>
      {question && (
        <Confirm {...question} onClose={() => setQuestion(null)} onConfirm={() => void act(question.work, question.done)} />
      )}
    </>
  );
}
