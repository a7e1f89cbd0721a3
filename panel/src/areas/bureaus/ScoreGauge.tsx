import type { components } from "../../api/schema";

type Score = components["schemas"]["ReportScore"];

const MOST = 1000;
const RADIUS = 80;
const LENGTH = Math.PI * RADIUS;

/** A half circle from 0 to 1000. What a score means is the bureau's word; the colour says nothing more. */
export function ScoreGauge({ score }: { score: Score }) {
  const part = Math.min(Math.max(score.value, 0), MOST) / MOST;
  const half = `M 20 100 A ${RADIUS} ${RADIUS} 0 0 1 180 100`;
  return (
    <svg viewBox="0 0 200 128" className="gauge" role="img" aria-label={`Escore ${score.value} de ${MOST}`}>
      <path d={half} className="gauge-whole" />
      <path d={half} className="gauge-part" strokeDasharray={`${part * LENGTH} ${LENGTH}`} />
      <text x="100" y="92" textAnchor="middle" className="gauge-value">
        {score.value}
      </text>
      <text x="20" y="122" textAnchor="middle">
        0
      </text>
      <text x="180" y="122" textAnchor="middle">
        {MOST}
      </text>
    </svg>
  );
}
