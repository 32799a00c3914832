// Numbers and tables of the bench.

export function quantile(numbers, share) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export const median = (numbers) => quantile(numbers, 0.5);

/** How often the rounds are drawn anew, and how many of these ratios lie within what is told. */
const DRAWS = 4000;
const WITHIN = 0.9;

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
function chances() {
  let state = 20261126;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * 「1.07 × (1.01–1.12)」: how many times the floor, median by median, and between what that lies in nine of ten draws of as
 * many rounds from these rounds (bootstrap): how far the rounds scatter.
 */
export function ratio({ app, floor }) {
  const chance = chances();
  const drawn = (numbers) => median(numbers.map(() => numbers[Math.floor(chance() * numbers.length)]));
  const draws = Array.from({ length: DRAWS }, () => drawn(app) / drawn(floor));
  const edge = (share) => quantile(draws, share).toFixed(2);
  return `${(median(app) / median(floor)).toFixed(2)} × (${edge((1 - WITHIN) / 2)}–${edge((1 + WITHIN) / 2)})`;
}

/** A Markdown table; all but the first column to the right. */
export function table(heads, lines) {
  const row = (cells) => `| ${cells.join(" | ")} |`;
  return [row(heads), `|${heads.map((_, at) => (at ? "--:" : "---")).join("|")}|`, ...lines.map(row), ""].join("\n");
}
