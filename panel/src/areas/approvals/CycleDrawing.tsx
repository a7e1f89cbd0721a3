import { formatCents } from "../../ui/format";
import { Scroll } from "../../ui/Scroll";
import type { CycleRow, Evaluation } from "./cycles";
import { readPercent } from "./cycles";

const WIDTH = 640;
const LEFT = 84;
const ROW = 34;
/** Of a letter of a label, about. */
const LETTER = 8;

/** Each cycle over the months of the contract, with what it asks for. The fields beside it tell the same. */
export function CycleDrawing({ cycles }: { cycles: readonly CycleRow[] }) {
  const known = cycles.map((each) => ({ ...each, from: Number(each.start), to: Number(each.end) }));
  const last = Math.max(12, ...known.map((each) => (Number.isFinite(each.to) ? each.to : 0)));
  const x = (month: number) => LEFT + ((WIDTH - LEFT - 8) * month) / (last + 1);
  return (
    <Scroll label="Desenho dos ciclos">
      <svg
        viewBox={`0 0 ${WIDTH} ${ROW * known.length + 24}`}
        className="chart"
        role="img"
        aria-label={`Os ${known.length} ciclos ao longo de ${last} meses`}
      >
        {known.map((each, place) => {
          const begin = each.cumulative ? 0 : each.from;
          const drawn = each.end !== "" && each.to >= each.from;
          const least = readPercent(each.least) ?? "—";
          const words = `${least.replace(".", ",")} %${each.most ? ` a ${each.most} %` : " ou mais"}`;
          const [left, right] = [x(begin), x(each.to + 1)];
          const fits = right - left > words.length * LETTER + 12;
          // What does not fit stands behind its bar, or before one that ends too far to the right.
          const behind = right + words.length * LETTER + 12 < WIDTH;
          return (
            // Cycles have no name of their own: their place is what they are.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <g key={place} className={`bank-${place % 6}`}>
              <text x={0} y={ROW * place + 21}>
                Ciclo {place + 1}
              </text>
              {drawn && (
                <>
                  <rect
                    x={x(begin)}
                    y={ROW * place + 6}
                    width={x(each.to + 1) - x(begin)}
                    height={ROW - 12}
                    rx={4}
                  />
                  <text
                    x={fits ? left + 6 : behind ? right + 6 : left - 6}
                    y={ROW * place + 21}
                    className={fits ? "inside" : "beside"}
                    textAnchor={fits || behind ? "start" : "end"}
                  >
                    {words}
                  </text>
                </>
              )}
            </g>
          );
        })}
        <text x={LEFT} y={ROW * known.length + 18}>
          assinatura
        </text>
        <text x={WIDTH - 8} y={ROW * known.length + 18} textAnchor="end">
          mês {last}
        </text>
      </svg>
    </Scroll>
  );
}

/** What each cycle requires against what was found. */
export function EvaluationDrawing({ cycles }: { cycles: Evaluation["cycles"] }) {
  const most = Math.max(1, ...cycles.flatMap((each) => [each.found_cents, each.required_cents]));
  const width = (cents: number) => ((WIDTH - LEFT - 8) * cents) / most;
  return (
    <Scroll label="Desenho da avaliação">
      <svg
        viewBox={`0 0 ${WIDTH} ${(ROW + 10) * cycles.length}`}
        className="chart"
        role="img"
        aria-label={cycles
          .map(
            (each) =>
              `Ciclo ${each.number}: ${formatCents(each.found_cents)} de ${formatCents(each.required_cents)}`,
          )
          .join("; ")}
      >
        {cycles.map((each, place) => {
          const top = (ROW + 10) * place;
          return (
            <g key={each.number} className={each.approved ? "met" : "unmet"}>
              <text x={0} y={top + 22}>
                Ciclo {each.number}
              </text>
              <rect x={LEFT} y={top + 6} width={Math.max(1, width(each.found_cents))} height={14} rx={3} />
              <rect
                x={LEFT}
                y={top + 24}
                width={Math.max(1, width(each.required_cents))}
                height={6}
                rx={3}
                className="required"
              />
            </g>
          );
        })}
      </svg>
    </Scroll>
  );
}
