import type { Messages } from "../en";

export const course: Messages["course"] = {
  manage: "Kurse",
  none: "Noch keine Kurse. Ein Kurs gibt seinen Aufgaben eine Farbe, ein Muster und ein Kürzel.",
  newTitle: "Neuer Kurs",
  editTitle: "Kurs bearbeiten",
  createOption: "Neuer Kurs …",
  edit: (name) => `${name} bearbeiten`,
  name: "Name",
  needName: "Ein Kurs braucht einen Namen.",
  code: "Kürzel",
  codeHint: "Kurz, wie es auf den Blöcken steht: ALG.",
  color: "Farbe und Muster",
  colorName: (n) =>
    [
      "Ziegel",
      "Kastanie",
      "Ginster",
      "Moos",
      "Salbei",
      "Petrol",
      "Himmel",
      "Tinte",
      "Veilchen",
      "Pflaume",
    ][n - 1] ?? "",
  save: "Kurs speichern",
  saved: (name) => `${name} gespeichert.`,
  delete: "Kurs löschen",
  deleted: (name) => `${name} gelöscht. Die Aufgaben bleiben, ohne Kurs.`,
};
