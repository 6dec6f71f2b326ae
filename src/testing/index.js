// `paragon-connect/testing`: starts the local platform for a test suite, and steers it. For Node; nothing of it is part of the SDK.

import { Admin } from "./admin.js";
import { launch } from "./launch.js";
import { Project } from "./project.js";

export { Project } from "./project.js";
export { PlatformError } from "./admin.js";

/** A running platform. It is its own first project. */
export class Platform extends Project {
  #admin;
  #stop;

  constructor(admin, known, addresses, stop) {
    super(admin, known);
    this.#admin = admin;
    this.#stop = stop;
    this.console = addresses.Console;
    this.demo = addresses.Demo;
  }

  /** A further project with keys, users, clock, journal, faults and sandbox of its own. */
  async createProject({ ids, projectFile } = {}) {
    return new Project(this.#admin, await this.#admin.send("POST", "/projects", { ids, projectFile }));
  }

  /** Ends the process. */
  stop() {
    return this.#stop();
  }
}

/** Starts a platform; resolves when it answers. */
export async function start(options = {}) {
  const { addresses, stop } = await launch(options);
  try {
    const admin = new Admin(addresses.Admin, addresses.Secret);
    const platform = new Platform(admin, await admin.send("GET", "/projects/default"), addresses, stop);
    if (options.seed) {
      await platform.seed(options.seed);
      await platform.snapshots.save("seed");
    }
    return platform;
  } catch (error) {
    await stop();
    throw error;
  }
}
