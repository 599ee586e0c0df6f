export const titles = {
  "open/welcome": "Welcome",
  "open/sign-in": "Sign in",
  "open/sign-up": "Sign up",
  "first/hours": "Free hours",
  "first/tasks": "Add tasks",
  "first/plan": "Your plan",
  "home/today": "Today",
  "home/week": "Week",
  "home/month": "Month",
  "home/tasks": "Tasks",
  "home/plan": "Plan",
  "home/settings": "Settings",
};
