/**
 * Imports of this tab. A file goes on being sent while the person is on other pages of the panel. A reload ends that, for
 * the page no longer holds the file: it is picked again, and what became of its lines the API tells.
 */

import { api, ask } from "../../api/client";
import { Problem } from "../../api/problem";
import type { components } from "../../api/schema";

/** What an import was begun with: asked again with it, the API answers the same import. */
export type Begun = { key: string; body: components["schemas"]["CreateImport"] };
/** `failed`: not all of the file arrived; it is picked again and sent to the same import. */
export type Upload = { id: string; begun: Begun; name: string; percent: number; failed: boolean };

const KEY = "lastro-draft-imports";
const MOST = 20;
const listeners = new Set<() => void>();
let held: readonly Upload[] = read();

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function readUploads(): readonly Upload[] {
  return held;
}

/** Begin an import, or take up the one that was begun so: its number, and where its file goes while it waits for it. */
export async function begin({ key, body }: Begun) {
  const params = { header: { "Idempotency-Key": key } };
  return (await ask(api.POST("/api/v1/imports", { params, body }))).data;
}

/** Send a file to the address of an import. Throws `Problem` when nobody takes it. */
export async function send(id: string, begun: Begun, url: string, file: File): Promise<void> {
  const upload = { id, begun, name: file.name };
  put({ ...upload, percent: 0, failed: false });
  window.addEventListener("beforeunload", warn);
  try {
    await transfer(url, file, (percent) => put({ ...upload, percent, failed: false }));
    put({ ...upload, percent: 100, failed: false });
  } catch (error) {
    put({ ...upload, percent: 0, failed: true });
    throw error;
  } finally {
    if (!held.some((each) => each.percent < 100 && !each.failed))
      window.removeEventListener("beforeunload", warn);
  }
}

/** Leaving or reloading the page would end what is being sent: the browser asks first. */
function warn(event: BeforeUnloadEvent) {
  event.preventDefault();
}

function transfer(url: string, file: File, tell: (percent: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    request.upload.onprogress = (event) => tell(Math.floor((100 * event.loaded) / Math.max(event.total, 1)));
    request.onerror = () => reject(Problem.unreachable());
    request.onload = () =>
      request.status < 300
        ? resolve()
        : reject(
            new Problem(
              request.status,
              "upload_refused",
              "O arquivo não foi aceito.",
              [],
              "",
              "O endereço vale uma hora: comece outra importação e escolha o arquivo de novo.",
            ),
          );
    request.send(file);
  });
}

function put(upload: Upload) {
  held = [upload, ...held.filter((each) => each.id !== upload.id)].slice(0, MOST);
  sessionStorage.setItem(KEY, JSON.stringify(held));
  for (const listener of listeners) listener();
}

function read(): Upload[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    if (!Array.isArray(kept)) return [];
    return (kept as Upload[]).map((each) => ({ ...each, failed: each.failed || each.percent < 100 }));
  } catch {
    return [];
  }
}
