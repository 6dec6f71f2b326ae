// A local platform of its own for a worker or a test: the real binary, in memory, on free ports.

import { start, type Platform as Local } from "paragon-connect/testing";

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
export type Stored = {
  id: string;
  status: string;
  integrationId: string;
  dateCreated: string;
  dateRefreshed: string;
  configurations: { workflowSettings: Record<string, { enabled: boolean; settings: Record<string, unknown> }> }[];
};

export class Platform {
  private constructor(
    /** Clock, faults, journal, snapshots. */
    readonly local: Local,
    readonly environments: Record<string, string>,
  ) {}

  /** Starts one; with the text of a project file, or with the built-in one; with a folder that keeps its data, or in memory. */
  static async start(projectFile?: string, data?: string): Promise<Platform> {
    const local = await start({ binary: "target/debug/paragon-local", projectFile, data });
    const known = await (await fetch(`${local.address}/.well-known/paragon-local`)).json();
    return new Platform(local, known.environments);
  }

  get base(): string {
    return this.local.address;
  }

  get sandbox(): string {
    return this.local.sandbox;
  }

  get demo(): string {
    return this.local.demo;
  }

  get projectId(): string {
    return this.local.id;
  }

  stop(): Promise<void> {
    return this.local.stop();
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
