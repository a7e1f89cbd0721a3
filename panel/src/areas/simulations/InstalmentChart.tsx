import { Stack, Title } from "@mantine/core";
import { formatCents } from "../../ui/format";
import { Scroll } from "../../ui/Scroll";
import type { Condition } from "./groups";

const WIDTH = 640;
const HEIGHT = 260;
const LEFT = 96;
const BOTTOM = 40;
const TOP = 16;
const RIGHT = 24;

/** Instalment against down payment, a point for each offer; the tables above tell the same in figures. */
export function InstalmentChart({ conditions }: { conditions: readonly Condition[] }) {
  const offers = conditions.filter(
    (each) => each.available === true && each.first_installment_value !== null,
  );
  if (offers.length < 2) return null;
  const x = scale(
    offers.map((each) => each.down_payment),
    LEFT,
    WIDTH - RIGHT,
  );
  const y = scale(
    offers.map((each) => each.first_installment_value ?? 0),
    HEIGHT - BOTTOM,
    TOP,
  );
  const banks = [...new Set(offers.map((each) => each.bank.name))];
  return (
    <Stack gap="xs" component="section" aria-label="Parcela por entrada">
      <Title order={2} size="h3">
        Parcela por entrada
      </Title>
      <Scroll label="Gráfico: parcela por entrada">
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          className="chart"
          role="img"
          aria-label={`Gráfico de ${offers.length} ofertas de ${banks.length} bancos: a parcela de cada uma pela sua entrada`}
        >
          {[x.least, x.most].map((value) => (
            <text
              key={value}
              x={x.at(value)}
              y={HEIGHT - 14}
              textAnchor={value === x.least ? "start" : "end"}
            >
              {formatCents(value)}
            </text>
          ))}
          {[y.least, y.most].map((value) => (
            <text key={value} x={LEFT - 12} y={y.at(value) + 4} textAnchor="end">
              {formatCents(value)}
            </text>
          ))}
          <text x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 14} textAnchor="middle">
            Entrada
          </text>
          <text x={LEFT - 12} y={(TOP + HEIGHT - BOTTOM) / 2} textAnchor="end">
            Parcela
          </text>
          <line x1={LEFT - 6} x2={WIDTH - RIGHT} y1={HEIGHT - BOTTOM + 8} y2={HEIGHT - BOTTOM + 8} />
          {offers.map((each) => (
            <g key={each.id} className={`bank-${banks.indexOf(each.bank.name) % 12}`}>
              <circle cx={x.at(each.down_payment)} cy={y.at(each.first_installment_value ?? 0)} r={6}>
                <title>{`${each.bank.name}, ${each.installments}×: ${formatCents(each.first_installment_value ?? 0)}`}</title>
              </circle>
            </g>
          ))}
        </svg>
      </Scroll>
      <ul className="legend">
        {banks.map((bank, place) => (
          <li key={bank}>
            <svg width="12" height="12" aria-hidden="true" className={`bank-${place % 12}`}>
              <circle cx="6" cy="6" r="6" />
            </svg>{" "}
            {bank}
          </li>
        ))}
      </ul>
    </Stack>
  );
}

function scale(values: readonly number[], from: number, to: number) {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const at = (value: number) =>
    most === least ? (from + to) / 2 : from + ((to - from) * (value - least)) / (most - least);
  return { least, most, at };
}
