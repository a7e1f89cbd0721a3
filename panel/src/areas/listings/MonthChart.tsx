import { Skeleton } from "@mantine/core";
import type { components } from "../../api/schema";
import { Part } from "../../ui/Part";
import { Scroll } from "../../ui/Scroll";

type Month = components["schemas"]["MonthCount"];

const WIDTH = 640;
const HEIGHT = 200;
const BASE = 170;
const TOP = 24;
const SERIES = [
  ["bank-2", "Inclusões", (month: Month) => month.inclusions],
  ["bank-1", "Baixas", (month: Month) => month.removals],
] as const;

/** Two bars for each of twelve months, with their counts above them. */
export function MonthChart({ months }: { months: readonly Month[] | undefined }) {
  if (months === undefined) return <Skeleton height={HEIGHT} />;
  const most = Math.max(1, ...months.flatMap((each) => [each.inclusions, each.removals]));
  const slot = WIDTH / Math.max(months.length, 1);
  const bar = slot * 0.36;
  const [included, removed] = [
    months.reduce((sum, each) => sum + each.inclusions, 0),
    months.reduce((sum, each) => sum + each.removals, 0),
  ];
  return (
    <Part title="Inclusões e baixas por mês">
      <Scroll label="Gráfico: inclusões e baixas por mês">
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          className="chart"
          role="img"
          aria-label={`Em ${months.length} meses, ${included} inclusões e ${removed} baixas`}
        >
          <line x1={0} x2={WIDTH} y1={BASE} y2={BASE} />
          {months.map((month, place) => (
            <g key={month.month}>
              {SERIES.map(([color, name, count], series) => {
                const value = count(month);
                const height = ((BASE - TOP) * value) / most;
                const x = place * slot + slot * 0.1 + series * (bar + slot * 0.04);
                return (
                  <g key={name} className={color}>
                    <rect x={x} y={BASE - height} width={bar} height={height} rx={2}>
                      <title>{`${name} em ${sayMonth(month.month)}: ${value}`}</title>
                    </rect>
                    {value > 0 && (
                      <text x={x + bar / 2} y={BASE - height - 6} textAnchor="middle">
                        {value}
                      </text>
                    )}
                  </g>
                );
              })}
              <text x={place * slot + slot / 2} y={BASE + 18} textAnchor="middle">
                {sayMonth(month.month)}
              </text>
            </g>
          ))}
        </svg>
      </Scroll>
      <ul className="legend">
        {SERIES.map(([color, name]) => (
          <li key={name}>
            <svg width="12" height="12" aria-hidden="true" className={color}>
              <circle cx="6" cy="6" r="6" />
            </svg>{" "}
            {name}
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** `2026-11` as `11/26`. */
function sayMonth(month: string): string {
  const [year = "", number = ""] = month.split("-");
  return `${number}/${year.slice(-2)}`;
}
