// A local platform of its own for a worker or a test: the real binary, in memory, on free ports.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const binary = "target/debug/paragon-local";

export type Session = { projectId: string; token: string; userId: string; host: string };

/** What the sandbox providers can be told: see local/sandbox/README.md. */
export type Control = {
  down?: boolean;
  accessTokenLifetime?: number;
  revokeAll?: boolean;
  coop?: boolean;
  failRefresh?: boolean;
  reset?: boolean;
};

/** A credential as the platform tells it; dates in ISO 8601. */
export type Stored = { id: string; status: string; integrationId: string; dateCreated: string; dateRefreshed: string };

export class Platform {
  private constructor(
    private readonly child: ChildProcess,
    readonly base: string,
    readonly sandbox: string,
    readonly demo: string,
    readonly projectId: string,
    readonly environments: Record<string, string>,
    private readonly folder: string | undefined,
  ) {}

  /** Starts one; with the text of a project file, or with the built-in one; with a folder that keeps its data, or in memory. */
  static async start(projectFile?: string, data?: string): Promise<Platform> {
    const args = ["serve", ...(data ? ["--data", data] : ["--memory"]), "--port", "0", "--sandbox-port", "0", "--demo-port", "0"];
    let folder: string | undefined;
    if (projectFile !== undefined) {
      folder = await mkdtemp(join(tmpdir(), "paragon-e2e-"));
      await writeFile(join(folder, "paragon.toml"), projectFile);
      args.push("--config", join(folder, "paragon.toml"));
    }
    const child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
    const errors: string[] = [];
    child.stderr.on("data", (chunk) => errors.push(String(chunk)));
    const addresses: Record<string, string> = {};
    for await (const line of createInterface({ input: child.stdout })) {
      const [, name, address] = /^(\w+)\s+(http:\S+)/.exec(line) ?? [];
      if (name && address) addresses[name] = address;
      if (name === "Demo") break;
    }
    const { Platform: base, Sandbox: sandbox, Demo: demo } = addresses;
    if (!base || !sandbox || !demo) throw new Error(`paragon-local did not start:\n${errors.join("")}`);
    child.stdout.resume();
    const known = await (await fetch(`${base}/.well-known/paragon-local`)).json();
    return new Platform(child, base, sandbox, demo, known.projectId, known.environments, folder);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill("SIGKILL");
      await once(this.child, "exit");
    }
    if (this.folder) await rm(this.folder, { recursive: true });
  }

  /** A user token, signed as a product's own server would. */
  async session(user: string, expires = 3600): Promise<Session> {
    const answer = await fetch(`${this.demo}/api/session?user=${encodeURIComponent(user)}&expires=${expires}`);
    if (!answer.ok) throw new Error(`no session: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  async control(settings: Control): Promise<void> {
    const answer = await fetch(`${this.sandbox}/_control`, {
      method: "POST",
      headers: { "x-sandbox-control": "1", "content-type": "application/json" },
      body: JSON.stringify(settings),
    });
    if (!answer.ok) throw new Error(`the sandbox refused ${JSON.stringify(settings)}: ${answer.status}`);
  }

  /** Everything of a user's that the platform holds for an integration, read past any SDK. */
  async credentials(user: string, integration?: string): Promise<Stored[]> {
    const { token } = await this.session(user);
    const headers = { authorization: `Bearer ${token}` };
    const read = async (path: string) => (await fetch(`${this.base}/projects/${this.projectId}/sdk/${path}`, { headers })).json();
    const me = await read("me");
    return Object.entries<{ allCredentials: [] }>(me.integrations)
      .filter(([type]) => !integration || type === integration)
      .flatMap(([, { allCredentials }]) => allCredentials);
  }
}
