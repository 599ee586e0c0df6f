/* Runs before the first paint, as a file of its own because the content security policy forbids
   inline scripts. Without a stored choice the style sheet follows the system by itself. */
try {
  const theme = localStorage.getItem("studybunny.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  /* Storage is blocked: follow the system. */
}
