import type { Messages } from "../en";

export const titles: Messages["titles"] = {
  "open/welcome": "Willkommen",
  "open/sign-in": "Anmelden",
  "open/sign-up": "Konto anlegen",
  "open/join": "Beitreten",
  "first/hours": "Freie Zeiten",
  "first/tasks": "Aufgaben eintragen",
  "first/plan": "Dein Plan",
  "home/today": "Heute",
  "home/week": "Woche",
  "home/month": "Monat",
  "home/tasks": "Aufgaben",
  "home/plan": "Plan",
  "home/statistics": "Statistik",
  "home/admin": "Verwaltung",
  "home/notifications": "Mitteilungen",
  "home/settings": "Einstellungen",
  "home/university": "Von deiner Hochschule",
};
