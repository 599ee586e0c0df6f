import { m } from "../i18n/messages";
import { toast } from "./toast";

/* Copies a link that stands in a field. Over plain http browsers give no clipboard: then it is
   selected, for the keys that copy. */
export async function copyField(field: HTMLInputElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(field.value);
    toast(m.toast.copied);
  } catch {
    field.focus();
    field.select();
    toast(m.toast.notCopied);
  }
}
