// Errors, after all others have had their say.

import { type Difference, eachPair } from "./kit.ts";

export const errors: Difference[] = [
  {
    id: "typed-errors",
    official: "Most failures are an Error without a name of its own; what went wrong is in the words of its message.",
    ours: "Each is a ParagonError with a name, a code, meta, retryable, and where they apply status, stage, response and requestId.",
    why: "An app can tell failures apart without reading sentences. Names that the official one has are the same.",
    settle: (moment) =>
      eachPair(moment, (official, ours) => {
        // What failed of updateWorkflowState(): the words are each SDK's own.
        if (official.workflowId && ours.workflowId && official.message && ours.message) official.message = ours.message;
        // What the portal's page is told of one, and what it shows of the last.
        if (official.messageType === "SDK_FUNCTION_ERROR" && ours.messageType === official.messageType && ours.message) official.message = ours.message;
        if (official.connectionError && official.connectionError.status === undefined) delete ours.connectionError?.status;
        if (typeof official.$error !== "string" || typeof ours.code !== "string") return false;
        const unnamed = ["Error", "TypeError", "UnknownError"].includes(official.$error) && ours.$error !== official.$error;
        if (unnamed) ours.$error = official.$error;
        for (const error of [official, ours]) for (const key of ["message", "code", "stage"]) delete error[key];
        // Ours tells more, and nothing else.
        if (official.response === undefined) delete ours.response;
        if (official.meta === undefined || official.meta === null) for (const error of [official, ours]) delete error.meta;
        return unnamed;
      }),
  },
];
