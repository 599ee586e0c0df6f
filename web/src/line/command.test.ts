import { describe, expect, it } from "vitest";
import { likeness, mostAlike, readCommand } from "./command";
import { line as german } from "./de";
import { line as english } from "./en";

describe("commands", () => {
  it.each([
    ["done essay", { kind: "done", query: "essay" }],
    ["Finished essay on Kant", { kind: "done", query: "essay on Kant" }],
    ["essay is done", { kind: "done", query: "essay" }],
    ["essay 50 %", { kind: "progress", query: "essay", percent: 50 }],
    ["essay at 50%", { kind: "progress", query: "essay", percent: 50 }],
    ["essay fifty percent", { kind: "words", query: "essay fifty percent" }],
    ["essay 50 percent done", { kind: "progress", query: "essay", percent: 50 }],
    ["essay 150 %", { kind: "words", query: "essay 150 %" }],
    ["what now", { kind: "now" }],
    ["What's next?", { kind: "now" }],
    ["what should I do now", { kind: "now" }],
    ["go to week", { kind: "go", query: "week" }],
    ["open the settings", { kind: "go", query: "settings" }],
    ["add essay 3h friday", { kind: "add", line: "essay 3h friday" }],
    ["new task: essay", { kind: "add", line: "essay" }],
    ["undo", { kind: "undo" }],
    ["essay 3h friday", { kind: "words", query: "essay 3h friday" }],
    ["address list", { kind: "words", query: "address list" }],
    ["gothic novels", { kind: "words", query: "gothic novels" }],
    ["donegal trip", { kind: "words", query: "donegal trip" }],
  ])("are read in English: %s", (text, command) => {
    expect(readCommand(text, english.commands)).toEqual(command);
  });

  it.each([
    ["fertig Aufsatz", { kind: "done", query: "Aufsatz" }],
    ["erledigt Aufsatz über Kant", { kind: "done", query: "Aufsatz über Kant" }],
    ["Aufsatz ist fertig", { kind: "done", query: "Aufsatz" }],
    ["Aufsatz 50 %", { kind: "progress", query: "Aufsatz", percent: 50 }],
    ["Aufsatz zu 50 Prozent fertig", { kind: "progress", query: "Aufsatz", percent: 50 }],
    ["was jetzt", { kind: "now" }],
    ["Was kommt als Nächstes?", { kind: "now" }],
    ["was soll ich jetzt tun", { kind: "now" }],
    ["gehe zur Woche", { kind: "go", query: "Woche" }],
    ["zu den Einstellungen", { kind: "go", query: "Einstellungen" }],
    ["zeig Aufgaben", { kind: "go", query: "Aufgaben" }],
    ["neu Aufsatz 3h Freitag", { kind: "add", line: "Aufsatz 3h Freitag" }],
    ["neue Aufgabe: Aufsatz", { kind: "add", line: "Aufsatz" }],
    ["zurücknehmen", { kind: "undo" }],
    ["Aufsatz 3h Freitag", { kind: "words", query: "Aufsatz 3h Freitag" }],
    ["Neurologie lesen", { kind: "words", query: "Neurologie lesen" }],
    ["zu zweit lernen", { kind: "words", query: "zu zweit lernen" }],
  ])("are read in German: %s", (text, command) => {
    expect(readCommand(text, german.commands)).toEqual(command);
  });

  it("find titles by how alike they are", () => {
    const titles = ["Essay: outline", "Essay", "Read essays", "Übung 3", "Problem set 1"];
    const find = (query: string) => mostAlike(query, titles, (title) => title);
    expect(find("essay")).toEqual(["Essay", "Essay: outline", "Read essays"]);
    expect(find("ubung")).toEqual(["Übung 3"]);
    expect(find("prob set")).toEqual(["Problem set 1"]);
    expect(find("prblem")).toEqual(["Problem set 1"]);
    expect(find("esay")).toEqual(["Essay: outline", "Essay", "Read essays"]);
    expect(find("history")).toEqual([]);
    expect(find("")).toEqual([]);
    expect(likeness("set", "Monster")).toBe(0);
  });
});
