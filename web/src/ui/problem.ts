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
      if (status >= 500)
        return { title: m.errors.server, detail: m.errors.serverDetail, ...withId };
      return { title: m.errors.refused, detail: reasonOf(error), ...withId };
    }
  }
}

/* Fields that people fill in, by the names they read beside them. */
const LABELS: Record<string, () => string> = {
  title: () => m.task.title,
  notes: () => m.task.notes,
  estimate_min: () => m.task.estimate,
  remaining_min: () => m.task.left,
  priority: () => m.task.priority,
  due: () => m.task.dueDate,
  course_id: () => m.task.course,
  earliest: () => m.task.earliest,
  prerequisites: () => m.task.after,
  repeat_every: () => m.repeat.label,
  repeat_until: () => m.repeat.until,
  checklist: () => m.steps.title,
  name: () => m.course.name,
  code: () => m.course.code,
  email: () => m.account.email,
  password: () => m.account.password,
  zone: () => m.settings.zone,
  pace: () => m.settings.paceLabel,
  limit: () => m.settings.limitLabel,
};

function reasonOf({ problem }: ApiError): string {
  const [fault] = problem.errors;
  if (!fault) return m.problem.reason("", problem.detail || problem.title);
  const reason = m.problem.reason(fault.code, fault.detail);
  const label = LABELS[fault.pointer.split("/")[1] ?? ""]?.();
  return label === undefined ? reason : `${label}: ${reason}`;
}
