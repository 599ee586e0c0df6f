/* The title of the tab: the page's name, and before it whatever must be seen from other tabs. */

let page = "";
let ahead = "";

function show(): void {
  const title = ahead === "" ? page : `${ahead} · ${page}`;
  if (document.title !== title) document.title = title;
}

export function setPageTitle(title: string): void {
  page = title;
  show();
}

/* "": nothing. */
export function setTitleAhead(text: string): void {
  ahead = text;
  show();
}
