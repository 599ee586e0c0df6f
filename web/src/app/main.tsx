import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { cache } from "../api/queries";
import { App } from "./App";
import { goAhead } from "./ahead";
import { beginToSpeak } from "./language";
import { routeOf } from "./routes";
import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/controls.css";
import "../ui/pieces.css";
/* Small, and on every page at home: with the first style sheet they cost no journey to the server. */
import "../ui/chart.css";
import "../features/missed/missed.css";
import "../features/notifications/bell.css";

/* The page's own frame is there meanwhile: where code and data come at once, no waiting page is drawn. */
const PATIENCE_MS = 400;
const patience = new Promise((end) => setTimeout(end, PATIENCE_MS));
const first = Promise.race([goAhead(routeOf(location.pathname)), patience]);

const root = document.getElementById("root");
if (root)
  void Promise.all([beginToSpeak(), first]).then(() =>
    /* A transition is drawn in pieces, between which the browser can do something else. */
    startTransition(() =>
      createRoot(root).render(
        <StrictMode>
          <QueryClientProvider client={cache}>
            <App />
          </QueryClientProvider>
        </StrictMode>,
      ),
    ),
  );
