import { Badge, Button, Group, List, Skeleton, Stack, Text, Textarea, Timeline, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import { usePerson } from "../../api/person";
import type { components } from "../../api/schema";
import { reads } from "../../app/rights";
import { link } from "../../app/routes";
import { useForm } from "../../ui/form";
import { formatCents, formatDay, formatMoment } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { Writing } from "../../ui/Writing";
import { Cancellation } from "./Cancellation";
import { EvaluationDrawing } from "./CycleDrawing";
import { sayMoves } from "./cycles";
import { useOwnName } from "./Queue";
import { formatShare, LIMITS, STATES, VERDICTS } from "./states";

const EVERY_MS = 10_000;
const EMPTY = () => ({ why: "" });
const HELD: readonly components["schemas"]["ApprovalsState"][] = ["awaiting_decision", "approved"];
type Verdict = components["schemas"]["SentDecision"]["verdict"];

/** One reservation: what was asked, how its flow stands, the decision of who is asked, and giving it up. */
export function ReservationScreen({ id, back = "alcadas" }: { id: number; back?: "alcadas" | "reservas" }) {
  const { job } = usePerson();
  const found = useQuery({
    queryKey: ["reservation", id],
    refetchInterval: EVERY_MS,
    queryFn: () =>
      ask(api.GET("/api/v1/reservations/{reservation_id}", { params: { path: { reservation_id: id } } })),
  });
  const asked = found.data?.reservation;
  if (!asked) {
    return found.error ? (
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
    ) : (
      <Skeleton height={320} />
    );
  }
  const moves = sayMoves(asked.evaluation.smallest_change);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} className="fits">
          {asked.development}, {asked.unit}
        </Title>
        <Button
          variant="default"
          component="a"
          href={back === "alcadas" ? link("alcadas", "fila") : link("reservas")}
          className="unprinted"
        >
          {back === "alcadas" ? "Fila" : "Todas"}
        </Button>
      </Group>
      <Group gap="xs">
        <Badge variant="outline">{STATES[asked.state]}</Badge>
        {asked.rank !== null && <Text size="sm">espera o nível {asked.rank}</Text>}
      </Group>
      {found.error ? <ProblemNote problem={found.error} again={() => void found.refetch()} /> : null}
      <Text className="fits">
        Reserva {asked.id}, pedida por {asked.requested_by} em {formatMoment(asked.created_at)}, para o
        cliente {asked.customer_id}. {asked.price_table}, {asked.lots} lote(s), preço{" "}
        {formatCents(asked.flow.total_cents)}, assinatura em {formatDay(asked.flow.signed_on)}. Atende{" "}
        {formatShare(asked.met_percent)} do que a alçada pede
        {reads(job, "bureaus") &&
          (asked.score ? `; escore ${asked.score.value ?? "não calculado"}` : "; sem relatório do birô")}
        .
      </Text>
      {asked.exceeded.length > 0 && (
        <Part title="Por que espera" empty={false}>
          <List>
            {asked.exceeded.map((limit) => (
              <List.Item key={limit}>{LIMITS[limit]}</List.Item>
            ))}
          </List>
        </Part>
      )}
      {asked.state === "awaiting_decision" && (
        <Writing area="reservation_decisions">
          <ReservationDecision
            id={id}
            requestedBy={asked.requested_by}
            decided={() => void found.refetch()}
          />
        </Writing>
      )}
      <Part title="Fluxo de pagamento" empty={false}>
        <EvaluationDrawing cycles={asked.evaluation.cycles} />
        {moves.length > 0 && (
          <>
            <Text size="sm">A menor mudança que o aprova:</Text>
            <List size="sm">
              {moves.map((move) => (
                <List.Item key={move}>{move}</List.Item>
              ))}
            </List>
          </>
        )}
      </Part>
      <Part title="Decisões" empty={asked.history.length === 0 && "Ninguém decidiu ainda."}>
        <Timeline bulletSize={14}>
          {asked.history.map((step) => (
            <Timeline.Item
              key={`${step.decided_at}-${step.verdict}`}
              title={VERDICTS[step.verdict] ?? step.verdict}
            >
              <Text size="sm" className="fits">
                {formatMoment(step.decided_at)}, {step.decided_by}: {step.justification}
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
      </Part>
      {HELD.includes(asked.state) && (
        <Writing area="reservations">
          <Cancellation id={id} cancelled={() => void found.refetch()} />
        </Writing>
      )}
    </Stack>
  );
}

/** Nobody decides what they asked for themselves; the API refuses it however the name is spelt. */
function ReservationDecision(props: { id: number; requestedBy: string; decided: () => void }) {
  const { id, requestedBy, decided } = props;
  const authority = useOwnName();
  const { filled, change, send, busy, problem } = useForm(`reservation-${id}`, EMPTY);
  const { why } = filled;

  const decide = (verdict: Verdict) =>
    send(
      () => {
        const params = { path: { reservation_id: id } };
        const body = { decision: { verdict, decided_by: authority, justification: why.trim() } };
        return ask(api.POST("/api/v1/reservations/{reservation_id}/decision", { params, body }));
      },
      decided,
      verdict,
    );

  const ready = why.trim() !== "" && authority !== "" && authority !== requestedBy;
  return (
    <Part
      title="Decisão"
      empty={authority === requestedBy && "Quem pediu não decide: outra autoridade é consultada."}
    >
      <Textarea
        label="Justificativa"
        description={`Fica no histórico, com quem decidiu: ${authority}`}
        required
        autosize
        minRows={3}
        maxLength={500}
        value={why}
        onChange={(event) => change({ why: event.currentTarget.value })}
      />
      <ProblemNote problem={problem} />
      <Group>
        <Button onClick={() => void decide("approve")} loading={busy === "approve"} disabled={!ready}>
          Aprovar
        </Button>
        <Button
          variant="default"
          onClick={() => void decide("refuse")}
          loading={busy === "refuse"}
          disabled={!ready}
        >
          Recusar
        </Button>
        <Button
          variant="default"
          onClick={() => void decide("escalate")}
          loading={busy === "escalate"}
          disabled={!ready}
        >
          Passar adiante
        </Button>
      </Group>
    </Part>
  );
}
