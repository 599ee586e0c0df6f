import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { m } from "../../i18n/messages";
import { setTheme, theme, type Theme } from "../../ui/theme";
import { setSingleKeys, singleKeys } from "../../ui/keys";
import "./settings.css";

const THEMES: [Theme, typeof Sun][] = [
  ["system", Monitor],
  ["light", Sun],
  ["dark", Moon],
];

export function AppearanceSection() {
  const [chosen, setChosen] = useState(theme);
  const [keys, setKeys] = useState(singleKeys);
  return (
    <section className="card stack" aria-labelledby="appearance">
      <h2 id="appearance">{m.settings.appearance}</h2>
      <div className="field">
        <span className="lbl" id="theme">
          {m.settings.theme}
        </span>
        <div className="seg" role="group" aria-labelledby="theme">
          {THEMES.map(([name, Icon]) => (
            <button
              key={name}
              aria-pressed={chosen === name}
              onClick={() => {
                setTheme(name);
                setChosen(name);
              }}
            >
              <Icon className="ic" />
              {m.settings.themes[name]}
            </button>
          ))}
        </div>
      </div>
      <label className="row nowrap switch-line">
        <span className="grow">
          <b>{m.settings.keys}</b>
          <span className="small soft">{m.settings.keysHint}</span>
        </span>
        <input
          type="checkbox"
          role="switch"
          className="switch"
          checked={keys}
          onChange={(e) => {
            setSingleKeys(e.target.checked);
            setKeys(e.target.checked);
          }}
        />
      </label>
    </section>
  );
}
