// Numbers and tables of the bench.

export function quantile(numbers, share) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export const median = (numbers) => quantile(numbers, 0.5);

/** 「1.07 ×」: how many times the floor. */
export const ratio = ({ app, floor }) => `${(app / floor).toFixed(2)} ×`;

/** A Markdown table; all but the first column to the right. */
export function table(heads, lines) {
  const row = (cells) => `| ${cells.join(" | ")} |`;
  return [row(heads), `|${heads.map((_, at) => (at ? "--:" : "---")).join("|")}|`, ...lines.map(row), ""].join("\n");
}
