export const course = {
  manage: "Courses",
  none: "No courses yet. A course gives its tasks a colour, a pattern and a short code.",
  newTitle: "New course",
  editTitle: "Edit course",
  createOption: "New course…",
  edit: (name: string) => `Edit ${name}`,
  name: "Name",
  needName: "A course needs a name.",
  code: "Code",
  codeHint: "Short, as it stands on blocks: ALG.",
  color: "Colour and pattern",
  colorName: (n: number) =>
    ["Brick", "Chestnut", "Gorse", "Moss", "Sage", "Teal", "Sky", "Ink blue", "Violet", "Plum"][
      n - 1
    ] ?? "",
  save: "Save course",
  saved: (name: string) => `${name} saved.`,
  delete: "Delete course",
  deleted: (name: string) => `${name} deleted. Its tasks stay, without a course.`,
};
