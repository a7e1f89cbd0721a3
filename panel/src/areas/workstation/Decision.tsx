import { Button, Group, List, Paper, Stack, Text, Textarea, Title } from "@mantine/core";
import { api, ask } from "../../api/client";
import { useForm } from "../../ui/form";
import { ProblemNote } from "../../ui/ProblemNote";
import { Writing } from "../../ui/Writing";
import { sayReason } from "./reasons";

const EMPTY = () => ({ why: "" });

/** What a person decides about a proposal that the analysis could not; whoever proposed is refused by the API. */
export function Decision(props: { number: string; reasons: readonly string[]; decided: () => void }) {
  const { number, reasons, decided } = props;
  const { filled, change, send, busy, problem } = useForm(`decision-${number}`, EMPTY);
  const { why } = filled;

  const decide = (decision: "APPROVE" | "DENY") =>
    send(
      () => {
        const params = { path: { customerServiceNumber: number } };
        const body = { decision, justification: why.trim() };
        return ask(
          api.POST("/api/external/v2.1/proposals/{customerServiceNumber}/decision", { params, body }),
        );
      },
      decided,
      decision,
    );

  return (
    <Paper withBorder p="md" component="section" aria-label="Decisão">
      <Stack>
        <Title order={2} size="h3">
          Esta proposta espera uma decisão
        </Title>
        <List>
          {reasons.map((reason) => (
            <List.Item key={reason}>{sayReason(reason)}</List.Item>
          ))}
        </List>
        <Writing area="credit_decisions" otherwise="Quem aprova decide.">
          <Textarea
            label="Justificativa"
            description="Fica no histórico, com quem decidiu"
            required
            autosize
            minRows={3}
            value={why}
            onChange={(event) => change({ why: event.currentTarget.value })}
          />
          <ProblemNote problem={problem} />
          <Group>
            <Button
              onClick={() => void decide("APPROVE")}
              loading={busy === "APPROVE"}
              disabled={!why.trim()}
            >
              Aprovar
            </Button>
            <Button
              variant="default"
              onClick={() => void decide("DENY")}
              loading={busy === "DENY"}
              disabled={!why.trim()}
            >
              Reprovar
            </Button>
            {!why.trim() && <Text size="sm">Escreva a justificativa para decidir.</Text>}
          </Group>
        </Writing>
      </Stack>
    </Paper>
  );
}
