import { describe, expect, it } from "vitest";
import { mannerOf } from "./language";

const DEVICE = { language: "device", clock: "device", week_start: "device" } as const;
const spoken = (...args: Parameters<typeof mannerOf>) => {
  const { language, locale } = mannerOf(...args);
  return [language, locale];
};

describe("the language", () => {
  it("is the first the browser asks for that there is", () => {
    expect(spoken(DEVICE, null, ["fr-FR", "de-AT", "en"])).toEqual(["de", "de-AT"]);
    expect(spoken(DEVICE, null, ["fr"])).toEqual(["en", "en-GB"]);
    expect(spoken(DEVICE, null, [])).toEqual(["en", "en-GB"]);
  });

  it("is the settings' before the device's before the browser's", () => {
    expect(spoken({ ...DEVICE, language: "de" }, "en", ["en-US"])).toEqual(["de", "de-DE"]);
    expect(spoken(DEVICE, "de", ["en-US"])).toEqual(["de", "de-DE"]);
    expect(spoken(DEVICE, "xx", ["en-US"])).toEqual(["en", "en-US"]);
  });

  it("keeps the region of the browser where it speaks the language", () => {
    expect(spoken({ ...DEVICE, language: "en" }, null, ["de-DE", "en", "en-AU"])).toEqual([
      "en",
      "en-AU",
    ]);
  });
});
