/* A desk made by the API, for stories that begin in the middle. */
import type { Page } from "playwright-core";

const week = [1, 2, 3, 4, 5, 6, 7].flatMap((day) => [
  { day, start: "08:00", end: "12:00" },
  { day, start: "13:00", end: "20:00" },
]);

async function send(page: Page, method: string, path: string, data: unknown): Promise<void> {
  for (;;) {
    const reply = await page.request.fetch(`/api/v1${path}`, { method, data });
    if (reply.ok()) return;
    if (reply.status() !== 429) throw new Error(await reply.text());
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Makes the page's person a guest with free days and so many tasks, due within four weeks. */
export async function newDesk(page: Page, tasks: number): Promise<void> {
  await send(page, "POST", "/guest", {});
  await send(page, "PUT", "/availability", { week });
  for (let i = 0; i < tasks; i++)
    await send(page, "POST", "/tasks", {
      title: `Task ${String(i)}`,
      estimate_min: 20 + ((i * 37) % 8) * 10,
      due: new Date(Date.now() + (1 + ((i * 7919) % 24)) * 86_400_000)
        .toISOString()
        .replace(/\.\d+Z/, "Z"),
      priority: 1 + (i % 5),
    });
}
