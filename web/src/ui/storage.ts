/* Small choices kept in this browser; without storage they last until the page is closed. */

export function read(name: string): string | null {
  try {
    return localStorage.getItem(`studybunny.${name}`);
  } catch {
    return null;
  }
}

export function write(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`studybunny.${name}`);
    else localStorage.setItem(`studybunny.${name}`, value);
  } catch {
    /* Storage is blocked: the choice holds for this page. */
  }
}
