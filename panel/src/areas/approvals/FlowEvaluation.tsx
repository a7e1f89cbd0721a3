import { Alert, Button, Fieldset, Group, List, Stack, Table, Text, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { link } from "../../app/routes";
import { useDraft } from "../../ui/draft";
import { formatCents } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { Scroll } from "../../ui/Scroll";
import { Writing } from "../../ui/Writing";
import { CycleDrawing, EvaluationDrawing } from "./CycleDrawing";
import { checkFlow, type Evaluation, type FlowDraft, freshFlow, sayMoves, toDraft, toFlow } from "./cycles";
import { FlowFields } from "./FlowFields";

export function FlowEvaluation({ rule }: { rule: components["schemas"]["RuleView"] }) {
  const [draft, keep, clear] = useDraft<FlowDraft>("flow", freshFlow);
  const [found, setFound] = useState<Evaluation | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const wrong = checkFlow(draft);
  const told = (name: string) => (shown ? wrong[name] : undefined);
  const change = (changes: Partial<FlowDraft>) => {
    // What was found belongs to what was sent.
    setFound(null);
    keep({ ...draft, ...changes });
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    setProblem(null);
    try {
      const path = { approval_rule_id: rule.id };
      const answer = await ask(
        api.POST("/api/v1/approval_rules/{approval_rule_id}/evaluate", {
          params: { path },
          body: { flow: toFlow(draft) },
        }),
      );
      setFound(answer.evaluation);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} className="fits">
          {rule.name}
        </Title>
        <Group>
          <Button variant="default" component="a" href={link("alcadas")}>
            Todas
          </Button>
          <Writing area="rules">
            <Button variant="default" component="a" href={link("alcadas", String(rule.id), "editar")}>
              Editar
            </Button>
          </Writing>
        </Group>
      </Group>
      <Text className="fits">
        {rule.development}, {rule.price_table}, versão {rule.version}
      </Text>
      <CycleDrawing cycles={toDraft(rule).cycles} />
      <form onSubmit={submit} noValidate aria-label="Avaliar um fluxo">
        <Fieldset legend="Avaliar um fluxo de pagamento">
          <Stack>
            <FlowFields draft={draft} change={change} told={told} />
            <Group>
              <Button type="submit" loading={busy}>
                Avaliar
              </Button>
              <Button variant="default" onClick={clear}>
                Limpar
              </Button>
            </Group>
          </Stack>
        </Fieldset>
      </form>
      <ProblemNote problem={problem} />
      {found && <Result found={found} />}
    </Stack>
  );
}

function Result({ found }: { found: Evaluation }) {
  const moves = sayMoves(found.smallest_change);
  return (
    <Stack component="section" aria-label="Resultado">
      <Alert
        variant="outline"
        color={found.approved ? "teal" : "red"}
        role="status"
        title={found.approved ? "Fluxo aprovado" : "Fluxo recusado"}
      >
        {!found.approved &&
          moves.length === 0 &&
          "Nenhuma mudança de datas das próprias parcelas o aprovaria."}
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
      </Alert>
      <Text size="sm">Barra larga: o que vence no ciclo. Barra fina: o que ele exige.</Text>
      <EvaluationDrawing cycles={found.cycles} />
      <Scroll label="Tabela: ciclos avaliados">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Ciclo</Table.Th>
              <Table.Th scope="col" className="figures">
                Exigido
              </Table.Th>
              <Table.Th scope="col" className="figures">
                Encontrado
              </Table.Th>
              <Table.Th scope="col" className="figures">
                Falta
              </Table.Th>
              <Table.Th scope="col">Resultado</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.cycles.map((each) => (
              <Table.Tr key={each.number}>
                <Table.Th scope="row">{each.number}</Table.Th>
                <Table.Td className="figures">{formatCents(each.required_cents)}</Table.Td>
                <Table.Td className="figures">{formatCents(each.found_cents)}</Table.Td>
                <Table.Td className="figures">{formatCents(each.missing_cents)}</Table.Td>
                <Table.Td>{each.approved ? "Atendido" : "Não atendido"}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Stack>
  );
}
