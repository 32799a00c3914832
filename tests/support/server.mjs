// Starts the real server for a test file: its own data folder, its own port, the demo district.
//
//   const server = await startServer();
//   … server.url …
//   await server.stop();

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

const BINARY = process.env.LIAISON_SERVER ?? path.join(ROOT, "target/debug/liaison-server");
const WEB = process.env.LIAISON_WEB ?? path.join(ROOT, "target/site");
/** A demo district seeded once for all test files; without it each server seeds its own. */
const DEMO_DATA = process.env.LIAISON_DEMO_DATA;
const LISTENING = /listening on (http:\/\/\S+)/;
const START_LIMIT = 60_000;
const STOP_LIMIT = 10_000;

class Server {
  #child;
  #lines = [];
  #options;

  constructor(dataDir, options) {
    this.dataDir = dataDir;
    this.#options = options;
    this.url = "";
  }

  async start(address = "127.0.0.1:0") {
    const { args = [], env = {}, web = WEB, demo = true } = this.#options;
    const serve = ["serve", "--addr", address, "--data", this.dataDir, "--web", web];
    if (demo) serve.push("--demo");
    this.#child = spawn(BINARY, [...serve, ...args], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.url = await new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(this.#failed(`did not listen within ${START_LIMIT / 1000} s`)), START_LIMIT);
      const read = (chunk) => {
        const text = chunk.toString();
        this.#lines.push(text);
        const found = LISTENING.exec(this.log());
        if (found) {
          clearTimeout(late);
          resolve(found[1].replace(/\/$/, ""));
        }
      };
      this.#child.stdout.on("data", read);
      this.#child.stderr.on("data", read);
      this.#child.once("error", (error) => {
        clearTimeout(late);
        reject(this.#failed(`could not be started from ${BINARY} (${error.message})`));
      });
      this.#child.once("exit", (code, signal) => {
        clearTimeout(late);
        reject(this.#failed(`ended with ${signal ?? code} before it listened`));
      });
    });
    return this;
  }

  /** Everything the server has written so far. */
  log() {
    return this.#lines.join("");
  }

  /** Ends the server but keeps its data. `SIGKILL` plays a power cut. */
  async halt(signal = "SIGTERM") {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT);
    await ended;
    clearTimeout(late);
  }

  /** Same data, same address: what a resident sees as "the server was away for a moment". */
  async restart(signal) {
    await this.halt(signal);
    this.#lines = [];
    return this.start(new URL(this.url).host);
  }

  async stop() {
    await this.halt();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  #failed(what) {
    return new Error(`The server ${what}.\n${this.log()}`);
  }
}

/**
 * `args` and `env` go to the server as they are; `web` is the folder of the bundles; `demo: false`
 * starts without the demo district.
 */
export async function startServer(options = {}) {
  const dataDir = await mkdtemp(path.join(tmpdir(), "liaison-e2e-"));
  if (DEMO_DATA && options.demo !== false) await cp(DEMO_DATA, dataDir, { recursive: true });
  const server = new Server(dataDir, options);
  try {
    return await server.start();
  } catch (error) {
    await server.stop();
    throw error;
  }
}
