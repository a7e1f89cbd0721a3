import {
  Badge,
  Button,
  Group,
  SimpleGrid,
  Skeleton,
  Stack,
  Table,
  Text,
  Timeline,
  Title,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import { link } from "../../app/routes";
import {
  formatDay,
  formatDocument,
  formatMoment,
  formatPercent,
  formatReais,
  maskDocument,
} from "../../ui/format";
import { Masked } from "../../ui/Masked";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { Scroll } from "../../ui/Scroll";
import { Bureau } from "./Bureau";
import { Contracts } from "./Contracts";
import { Decision } from "./Decision";
import { Documents } from "./Documents";
import { Money } from "./Money";
import { ProcessNotices } from "./ProcessNotices";
import { CHECKS, sayReason, sayWho, sayWhy } from "./reasons";
import { awaitsDecision, labelOf } from "./statuses";

const EVERY_MS = 5_000;
const OUTCOMES: Record<string, [string, string]> = {
  passed: ["Passou", "teal"],
  failed: ["Reprovou", "red"],
  flagged: ["Para uma pessoa", "violet"],
  owed: ["Falta receber", "violet"],
  skipped: ["Não feita", "gray"],
};

export function ProposalScreen({ number }: { number: string }) {
  const path = { customerServiceNumber: number };
  const found = useQuery({
    queryKey: ["proposal", number],
    refetchInterval: EVERY_MS,
    queryFn: () => ask(api.GET("/api/external/v2.1/proposals/{customerServiceNumber}", { params: { path } })),
  });
  const proposal = found.data;
  if (!proposal) {
    return found.error ? (
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
    ) : (
      <Skeleton height={320} />
    );
  }
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>Proposta</Title>
        <Button variant="default" component="a" href={link("propostas")} className="unprinted">
          Todas
        </Button>
      </Group>
      <Text className="fits" component="div">
        {proposal.name}, CPF{" "}
        <Masked
          kind="proposal"
          id={number}
          field="cpf"
          name="o CPF"
          masked={maskDocument(proposal.cpf)}
          format={formatDocument}
        />
        . {proposal.product}, número {number}.
      </Text>
      <Group gap="xs">
        <Badge variant="outline">{labelOf(proposal.lastStatus)}</Badge>
        <Text size="sm">desde {formatMoment(proposal.lastUpdated)}</Text>
      </Group>
      {found.error ? <ProblemNote problem={found.error} again={() => void found.refetch()} /> : null}
      {awaitsDecision(proposal.lastStatus) && (
        <Decision number={number} decided={() => void found.refetch()} reasons={proposal.reasons} />
      )}
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        <Fact name="Valor" value={formatReais(proposal.value)} />
        <Fact
          name="Parcelas"
          value={`${proposal.installments}× ${formatReais(proposal.installmentsValue)}`}
        />
        <Fact name="CET ao ano" value={proposal.cet === null ? "—" : formatPercent(proposal.cet * 100)} />
        <Fact name="Total" value={formatReais(proposal.totalValue)} />
        <Fact name="IOF" value={formatReais(proposal.iofValue)} />
        <Fact
          name="Primeiro vencimento"
          value={proposal.firstPaymentDate ? formatDay(proposal.firstPaymentDate) : "—"}
        />
        <Fact name="Válida até" value={proposal.validUntil ? formatDay(proposal.validUntil) : "—"} />
      </SimpleGrid>
      <Part
        title="Verificações da análise"
        empty={proposal.checks.length === 0 && "Nenhuma verificação ainda."}
      >
        <Scroll label="Tabela: verificações">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Verificação</Table.Th>
                <Table.Th scope="col">Resultado</Table.Th>
                <Table.Th scope="col">Motivos</Table.Th>
                <Table.Th scope="col">Quando</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {proposal.checks.map((check) => {
                const [word, color] = OUTCOMES[check.outcome] ?? [check.outcome, "gray"];
                return (
                  <Table.Tr key={check.name}>
                    <Table.Th scope="row">{CHECKS[check.name] ?? check.name}</Table.Th>
                    <Table.Td>
                      <Badge variant="outline" color={color}>
                        {word}
                      </Badge>
                    </Table.Td>
                    <Table.Td>{check.reasons.map(sayReason).join("; ") || "—"}</Table.Td>
                    <Table.Td>{check.checkedAt ? formatMoment(check.checkedAt) : "—"}</Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Scroll>
      </Part>
      <Bureau process={proposal.processId} />
      <Documents number={number} documents={proposal.documents} />
      {proposal.hasContracts && <Contracts number={number} />}
      {proposal.hasContracts && <Money number={number} />}
      <Part title="Histórico" empty={proposal.history.length === 0 && "Nada aconteceu ainda."}>
        <Timeline bulletSize={14}>
          {proposal.history.map((step) => (
            <Timeline.Item
              key={step.version}
              title={`${step.fromStatus ? labelOf(step.fromStatus) : "Início"} → ${step.toStatus ? labelOf(step.toStatus) : "—"}`}
            >
              <Text size="sm" className="fits">
                {formatMoment(step.at)}, {sayWho(step.who)}
                {step.why ? `: ${sayWhy(step.why)}` : ""}
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
      </Part>
      <ProcessNotices process={proposal.processId} />
    </Stack>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <Text size="sm">{name}</Text>
      <Text fw={600}>{value}</Text>
    </div>
  );
}
