/* The bunny-eared tombstone: logo, and the end of a statement that has been proved. Nothing else. */

const PATH =
  "M3 10.500C3 5 3.400 1 5.700 1S8.600 5 8.700 9.200h2.600C11.400 5 12 1 14.300 1S17 5 17 10.500c.9.6 1.500 1.400 1.500 2.700V23a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2v-9.800c0-1.300.6-2.100 1.500-2.700z";

export function Mark({ size = 18 }: { size?: number }) {
  return (
    <svg width={size} height={size * 1.3} viewBox="0 0 20 26" aria-hidden="true">
      <path fill="currentColor" d={PATH} />
    </svg>
  );
}

/* Says "proved" to a screen reader. */
export function Qed({ label }: { label: string }) {
  return (
    <svg className="qed" viewBox="0 0 20 26" role="img" aria-label={label}>
      <path fill="currentColor" d={PATH} />
    </svg>
  );
}
