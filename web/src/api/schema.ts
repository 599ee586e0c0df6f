/* The names under which the app knows what the API speaks. The shapes are generated: openapi.ts. */

import type {
  AttachmentCreate,
  CourseCreate,
  CredentialsReplace,
  SignInReplace,
  EventCreate,
  EventPatch,
  MarkingReplace,
  MePatchReplace,
  Schedule,
  ScheduleBlock,
  ScheduleDay,
  ScheduleRepair,
  ScheduleWindow,
  Settings,
  SettingsPatch,
  Task,
  TaskCreate,
  TaskPatch,
  TimerStartReplace,
  Window,
  WorkEntryCreate,
  WorkEntryPatch,
} from "./openapi";

export type {
  Attachment,
  AuditEntry,
  Availability,
  CalendarAddress as PlanLink,
  Chances,
  Course,
  CourseEstimate,
  Estimates,
  Event as StudyEvent,
  ExportCheck,
  Feed,
  FeedChoiceCreate as FeedChoice,
  FeedItem,
  FeedValue,
  FreeDay,
  ImportReport,
  Invitation,
  InvitationMade,
  Me,
  Notification as Told,
  Notifications,
  Occurrence,
  Person,
  PlanReplacement as FormerPlan,
  Problem,
  Registration,
  Schedule,
  Settings,
  Statistics,
  Task,
  Tidy,
  Timer,
  WorkEntry,
  Zone,
} from "./openapi";

export type { PersonPatch } from "./openapi";

export type Ratio = Settings["pace"];
export type FreeWindow = Window;
export type ToldState = MarkingReplace["state"];
export type Credentials = CredentialsReplace;
export type SignIn = SignInReplace;
export type AccountChange = MePatchReplace;
export type SettingsChange = SettingsPatch;
export type NewCourse = CourseCreate;
export type TaskState = Task["state"];
export type NewTask = TaskCreate;
export type NewAttachment = AttachmentCreate;
export type TaskChange = TaskPatch;
export type TimerStart = TimerStartReplace;
export type NewWork = WorkEntryCreate;
export type WorkChange = WorkEntryPatch;
export type NewEvent = EventCreate;
export type EventChange = EventPatch;
export type Block = ScheduleBlock;
export type PlanDay = ScheduleDay;
export type Repair = ScheduleRepair;
export type Span = ScheduleWindow;
export type Intensity = NonNullable<Schedule["minimum_intensity"]>;

export interface Page<T> {
  items: T[];
  next: string | null;
}
