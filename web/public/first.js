/* Runs before the first paint, as a file of its own because the content security policy forbids
   inline scripts. What is stored is said by ui/storage.ts. */
{
  const stored = (name) => {
    try {
      return localStorage.getItem(`studybunny.${name}`);
    } catch {
      return null;
    }
  };

  /* Without a stored choice, or storage, the style sheet follows the system by itself. */
  const theme = stored("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;

  /* German words come beside the first script where app/language.ts is likely to ask for them. */
  const said = /"language":"(en|de)"/.exec(stored("manner"))?.[1] ?? stored("language");
  const asked = navigator.languages.map((name) => name.slice(0, 2).toLowerCase());
  const { de } = document.currentScript.dataset;
  if (de && (said ?? asked.find((name) => name === "en" || name === "de")) === "de")
    document.head.append(
      Object.assign(document.createElement("link"), { rel: "modulepreload", href: de }),
    );
}
