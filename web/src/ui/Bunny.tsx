/* The drawn bunny: on the welcome page and in empty states, nowhere else. */

function Outline() {
  return (
    <>
      <path d="M27 84c-11-15-5-38 17-44 13-3.500 24-.5 31 6" />
      <path d="M74 47c-2-12 7-21 18-20 11.500 1 19 10 18 20-.6 7-6 12.500-13 14" />
      <path d="M82 29C70 20 61 8 64.500 5.200 68 2.400 82 12 88 26.500" />
      <path d="M90 27C84 15 82 3 86.300 2.200 90.600 1.500 97 14 97.500 27.500" />
      <path d="M97 61c-3 6-4 14-3 21 0 1.200.8 2 2 2h4" />
      <path d="M85 66c-2.500 6-3.200 11-3 16 0 1.200.8 2 2 2h4" />
      <path d="M42 84c-3-15 6-25 18-23.500C71 62 75 73 70.500 81c-1 2-2.500 3-5 3H27" />
      <path d="M23.500 75.500c-6 1.500-11.500-1.300-11-6.300.5-4.800 5.500-6.800 10.500-4.700" />
      <circle cx="99" cy="42.500" r="1.900" fill="currentColor" stroke="none" />
      <path d="M110 48.500c-.6 1.900-2.200 2.900-4.600 2.600" strokeWidth="1.700" />
      <path d="M108 84c6-4 13.500-4 18.500-.5 5-3.500 12-3.500 18 .5l-2-16.500c-6-4-12-3.500-16 0-5-3.500-11-4-17 0z" />
      <path d="M126.700 67.700V83" />
    </>
  );
}

export function Bunny({ width = 150 }: { width?: number }) {
  return (
    <svg className="bunny" width={width} viewBox="0 0 150 96" aria-hidden="true">
      <Outline />
      <path d="M4 91h142" strokeWidth="1.500" opacity=".45" />
    </svg>
  );
}

/* Day by day: course, top and height of each block under the line of what is possible. */
const WEEK: [course: number, y: number, height: number][][] = [
  [[6, 111, 38]],
  [
    [6, 125, 24],
    [1, 107, 16],
  ],
  [[8, 107, 42]],
  [
    [8, 135, 14],
    [2, 111, 22],
  ],
  [[2, 109, 40]],
  [
    [2, 137, 12],
    [9, 107, 28],
  ],
  [
    [9, 131, 18],
    [5, 109, 20],
  ],
];

/* Reading on top of a week that fits. */
export function BunnyOnWeek({ days }: { days: string[] }) {
  return (
    <svg className="bunny on-week" viewBox="0 0 244 166" aria-hidden="true">
      {WEEK.map((blocks, day) => {
        const x = 8 + day * 33;
        return (
          <g key={day}>
            {blocks.map(([course, y, height]) => (
              <g key={y} className={`co k${course}`}>
                <rect className="tint" x={x} y={y} width="29" height={height} rx="3" />
                <rect className="edge" x={x} y={y} width="4" height={height} rx="2" />
              </g>
            ))}
            <text x={x + 14.5} y="161" textAnchor="middle">
              {days[day]}
            </text>
          </g>
        );
      })}
      <path d="M4 150.500h236" strokeWidth="1" />
      <g transform="translate(58 17.500)">
        <Outline />
      </g>
      <path d="M4 103.500h236" strokeWidth=".9" strokeDasharray="2 3" opacity=".6" />
    </svg>
  );
}
