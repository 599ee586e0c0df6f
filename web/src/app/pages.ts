/* The pages at home, each fetched when it is first needed. */

import { late } from "../ui/late";

export const Home = late(() => import("./Home").then((f) => f.Home));

export const PAGES = {
  today: late(() => import("../features/today/TodayPage").then((f) => f.TodayPage)),
  week: late(() => import("../features/week/WeekPage").then((f) => f.WeekPage)),
  month: late(() => import("../features/month/MonthPage").then((f) => f.MonthPage)),
  tasks: late(() => import("../features/tasks/TasksPage").then((f) => f.TasksPage)),
  plan: late(() => import("../features/plan/PlanPage").then((f) => f.PlanPage)),
  statistics: late(() =>
    import("../features/statistics/StatisticsPage").then((f) => f.StatisticsPage),
  ),
  settings: late(() => import("./SettingsPage").then((f) => f.SettingsPage)),
  university: late(() => import("../features/feeds/UniversityPage").then((f) => f.UniversityPage)),
  notifications: late(() =>
    import("../features/notifications/NotificationsPage").then((f) => f.NotificationsPage),
  ),
  admin: late(() => import("../features/admin/AdminPage").then((f) => f.AdminPage)),
};
