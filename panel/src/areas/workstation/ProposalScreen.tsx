import {
  Badge,
  Button,
  Group,
  List,
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
import { Problem } from "../../api/problem";
import { link } from "../../app/routes";
import { formatDay, formatMoment, formatPercent, formatReais, maskDocument } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { Scroll } from "../../ui/Scroll";
import { Decision } from "./Decision";
import { CHECKS, sayReason } from "./reasons";
import { awaitsDecision, labelOf } from "./statuses";

const EVERY_MS = 5_000;
const PAYMENTS: Record<string, string> = {
  requested: "Pedido",
  sent: "Enviado",
  confirmed: "Confirmado",
  refused: "Recusado",
  returned: "Devolvido",
};
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
      <Text className="fits">
        {proposal.name ?? "Sem nome"}, {proposal.cpf ? maskDocument(proposal.cpf) : "sem CPF"}.{" "}
        {proposal.product}, número {number}.
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
      <Part title="Documentos" empty={proposal.documents.length === 0 && "Nenhum documento recebido."}>
        <List>
          {proposal.documents.map((document) => (
            <List.Item key={document.sha256} className="fits">
              {document.type}: {document.name ?? "sem nome"}, {Math.ceil(document.size / 1024)} KB, recebido
              em {formatMoment(document.receivedAt)}
            </List.Item>
          ))}
        </List>
      </Part>
      {proposal.hasContracts && <Money number={number} />}
      <Part title="Histórico" empty={proposal.history.length === 0 && "Nada aconteceu ainda."}>
        <Timeline bulletSize={14}>
          {proposal.history.map((step) => (
            <Timeline.Item
              key={step.version}
              title={`${step.fromStatus ? labelOf(step.fromStatus) : "Início"} → ${step.toStatus ? labelOf(step.toStatus) : "—"}`}
            >
              <Text size="sm" className="fits">
                {formatMoment(step.at)}, {step.who}
                {step.why ? `: ${step.why}` : ""}
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
      </Part>
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

function Part({
  title,
  empty,
  children,
}: {
  title: string;
  empty: string | false;
  children: React.ReactNode;
}) {
  return (
    <Stack gap="xs" component="section" aria-label={title}>
      <Title order={2} size="h3">
        {title}
      </Title>
      {empty ? <Text>{empty}</Text> : children}
    </Stack>
  );
}

/** Where the money of a contract is, and who holds the CCB. Before there is either, the API answers 404 or 409. */
function Money({ number }: { number: string }) {
  const path = { customerServiceNumber: number };
  const money = useQuery({
    queryKey: ["disbursement", number],
    retry: false,
    queryFn: () =>
      orNone(
        ask(
          api.GET("/api/external/v2.1/proposals/{customerServiceNumber}/disbursement", { params: { path } }),
        ),
      ),
  });
  const chain = useQuery({
    queryKey: ["endorsements", number],
    retry: false,
    queryFn: () =>
      orNone(
        ask(
          api.GET("/api/external/v2.1/proposals/{customerServiceNumber}/endorsements", { params: { path } }),
        ),
      ),
  });
  const paid = money.data?.data;
  const links = chain.data?.data ?? [];
  return (
    <>
      <Part title="Desembolso" empty={!money.isPending && !paid && "Nenhum desembolso ainda."}>
        <ProblemNote problem={money.error} again={() => void money.refetch()} />
        {paid && (
          <Text className="fits">
            {PAYMENTS[paid.status ?? ""] ?? paid.status}: {formatReais(paid.value)} por {paid.method},
            tentativa {paid.number}
            {paid.reference ? `, referência ${paid.reference}` : ""}
            {paid.reason ? `. Motivo: ${paid.reason}` : ""}. {paid.updatedAt && formatMoment(paid.updatedAt)}
          </Text>
        )}
      </Part>
      <Part title="Endossos" empty={!chain.isPending && links.length === 0 && "A CCB não foi endossada."}>
        <ProblemNote problem={chain.error} again={() => void chain.refetch()} />
        <List type="ordered">
          {links.map((each) => (
            <List.Item key={each.position} className="fits">
              {each.endorser.name} → {each.endorsee.name}, {formatMoment(each.endorsedAt)}
            </List.Item>
          ))}
        </List>
      </Part>
    </>
  );
}

async function orNone<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Problem && [404, 409].includes(error.status)) return null;
    throw error;
  }
}
