import { useCourses, useTasks } from "../../api/queries";
import type { Block, Schedule } from "../../api/schema";
import { clock, dayLong, dayShort, duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { wallAt } from "../../time/zone";
import { courseClass } from "../../ui/CourseCode";

const DAYS = 3;

/* The first days that have work, as they will be lived. */
export function FirstDays({ plan }: { plan: Schedule }) {
  const days = plan.days.filter((d) => d.load_min > 0).slice(0, DAYS);
  if (days.length === 0) return null;
  return (
    <section className="stack first-days" aria-labelledby="first-days">
      <h2 id="first-days">{m.plan.firstDays(days.length)}</h2>
      <div className="g3">
        {days.map((day) => (
          <div key={day.date} className="card day-card">
            <div className="row">
              <h3>
                <span aria-hidden="true">{dayShort(day.date)}</span>
                <span className="vh">{dayLong(day.date)}</span>
              </h3>
              <span className="end small soft num">
                {m.plan.ofFree(duration(day.load_min), duration(day.free_min))}
              </span>
            </div>
            <ul>
              {plan.blocks
                .filter((b) => Date.parse(b.end) > Date.parse(plan.now))
                .filter((b) => wallAt(Date.parse(b.start), plan.zone).date === day.date)
                .map((block) => (
                  <Line key={block.start} block={block} zone={plan.zone} />
                ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}

function Line({ block, zone }: { block: Block; zone: string }) {
  const task = useTasks().data?.find((t) => t.id === block.task_id);
  const course = useCourses().data?.find((c) => c.id === task?.course_id);
  const minutes = (Date.parse(block.end) - Date.parse(block.start)) / 60_000;
  return (
    <li className={courseClass(course)}>
      <i />
      <time className="soft">{clock(block.start, zone)}</time>
      <span className="what">
        {course?.code && <b>{course.code} </b>}
        {task?.title}
      </span>
      <span className="num soft">{duration(minutes)}</span>
    </li>
  );
}
