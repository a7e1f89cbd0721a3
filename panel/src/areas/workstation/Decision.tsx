import { Button, Group, List, Paper, Stack, Text, Textarea, Title } from "@mantine/core";
import { useState } from "react";
import { api, ask } from "../../api/client";
import { useDraft } from "../../ui/draft";
import { ProblemNote } from "../../ui/ProblemNote";
import { sayReason } from "./reasons";

const EMPTY = () => "";

/** What a person decides about a proposal that the analysis could not; whoever proposed is refused by the API. */
export function Decision(props: { number: string; reasons: readonly string[]; decided: () => void }) {
  const { number, reasons, decided } = props;
  const [why, keep, clear] = useDraft(`decision-${number}`, EMPTY);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  async function decide(decision: "APPROVE" | "DENY") {
    setBusy(true);
    setProblem(null);
    try {
      const path = { customerServiceNumber: number };
      const body = { decision, justification: why.trim() };
      await ask(
        api.POST("/api/external/v2.1/proposals/{customerServiceNumber}/decision", { params: { path }, body }),
      );
      clear();
      decided();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

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
        <Textarea
          label="Justificativa"
          description="Fica no histórico, com quem decidiu"
          required
          autosize
          minRows={3}
          value={why}
          onChange={(event) => keep(event.currentTarget.value)}
        />
        <ProblemNote problem={problem} />
        <Group>
          <Button onClick={() => void decide("APPROVE")} loading={busy} disabled={!why.trim()}>
            Aprovar
          </Button>
          <Button variant="default" onClick={() => void decide("DENY")} loading={busy} disabled={!why.trim()}>
            Reprovar
          </Button>
          {!why.trim() && <Text size="sm">Escreva a justificativa para decidir.</Text>}
        </Group>
      </Stack>
    </Paper>
  );
}
