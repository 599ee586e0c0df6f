import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
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

goAhead(routeOf(location.pathname));

const root = document.getElementById("root");
if (root)
  void beginToSpeak().then(() =>
    createRoot(root).render(
      <StrictMode>
        <QueryClientProvider client={cache}>
          <App />
        </QueryClientProvider>
      </StrictMode>,
    ),
  );
