/* What went wrong, and the way out, in the student's words. */

import { ApiError, NetworkError } from "../api/client";
import { m } from "../i18n/messages";

export interface Trouble {
  title: string;
  detail: string;
  requestId?: string;
}

export function describe(error: unknown): Trouble {
  if (error instanceof NetworkError) {
    const detail = error.timedOut ? m.errors.timedOut : m.errors.offline;
    return { title: m.errors.notReached, detail };
  }
  if (!(error instanceof ApiError)) return { title: m.errors.unknown, detail: String(error) };
  const { problem, status } = error;
  const withId = problem.request_id === "" ? {} : { requestId: problem.request_id };
  switch (status) {
    case 401:
      return { title: m.errors.signedOut, detail: m.errors.signedOutDetail };
    case 412:
      return { title: m.errors.changed, detail: m.errors.changedDetail };
    case 429:
      return { title: m.errors.tooFast, detail: m.errors.tooFastDetail };
    case 503:
      return { title: m.errors.busy, detail: m.errors.busyDetail };
    default: {
      const detail = problem.errors[0]?.detail ?? (problem.detail || problem.title);
      if (status >= 500)
        return { title: m.errors.server, detail: m.errors.serverDetail, ...withId };
      return { title: m.errors.refused, detail, ...withId };
    }
  }
}
