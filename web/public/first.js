/* Runs before the first paint, as a file of its own because the content security policy forbids
   inline scripts. */

/* Without a stored choice the style sheet follows the system by itself. */
try {
  const theme = localStorage.getItem("studybunny.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  /* Storage is blocked: follow the system. */
}

/* What a page of somebody known will ask for, once the app runs: the page's own code (the build says
   in data-pages which files that is) and what app/ahead.ts reads. */
{
  const ask = (rel, href, rest) =>
    document.head.append(Object.assign(document.createElement("link"), { rel, href, ...rest }));
  const pages = JSON.parse(document.currentScript.dataset.pages ?? "{}");
  const files = pages[location.pathname.split("/")[1]];
  for (const file of files ?? [])
    if (file.endsWith(".css"))
      ask("preload", `/${file}`, { as: "style", crossOrigin: "anonymous" });
    else ask("modulepreload", `/${file}`);
  if (files)
    for (const what of ["me", "settings", "availability", "courses?limit=200", "tasks?limit=200"])
      ask("preload", `/api/v1/${what}`, { as: "fetch", crossOrigin: "anonymous" });
}
