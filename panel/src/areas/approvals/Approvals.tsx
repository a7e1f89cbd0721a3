import { Anchor, Button, Group, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import { link } from "../../app/routes";
import { formatMoment } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { Scroll } from "../../ui/Scroll";
import { freshRule, toDraft } from "./cycles";
import { FlowEvaluation } from "./FlowEvaluation";
import { Queue } from "./Queue";
import { ReservationScreen } from "./ReservationScreen";
import { RuleEditor } from "./RuleEditor";

export default function Approvals({ path }: { path: readonly string[] }) {
  const [place, act] = path;
  if (place === undefined) return <RuleList />;
  if (place === "fila") return <Queue />;
  if (place === "reservas") return <ReservationScreen id={Number(act)} key={act} />;
  if (place === "nova") return <RuleEditor name="rule-new" fresh={freshRule} />;
  return <OneRule id={Number(place)} act={act} key={path.join()} />;
}

function RuleList() {
  const found = useQuery({
    queryKey: ["rules"],
    queryFn: () => ask(api.GET("/api/v1/approval_rules")),
  });
  const rules = found.data?.approval_rules;
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>Alçadas</Title>
        <Group>
          <Button variant="default" component="a" href={link("alcadas", "fila")}>
            Fila de aprovação
          </Button>
          <Button component="a" href={link("alcadas", "nova")}>
            Nova alçada
          </Button>
        </Group>
      </Group>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      {found.isPending && <Skeleton height={200} />}
      {rules?.length === 0 && <Text>Nenhuma alçada ainda.</Text>}
      {rules && rules.length > 0 && (
        <Scroll label="Alçadas">
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Nome</Table.Th>
                <Table.Th scope="col">Empreendimento</Table.Th>
                <Table.Th scope="col">Tabela de preços</Table.Th>
                <Table.Th scope="col" className="figures">
                  Ciclos
                </Table.Th>
                <Table.Th scope="col">Versão</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rules.map((rule) => (
                <Table.Tr key={rule.id}>
                  <Table.Td>
                    <Anchor href={link("alcadas", String(rule.id), "avaliar")} className="fits">
                      {rule.name}
                    </Anchor>
                  </Table.Td>
                  <Table.Td className="fits">{rule.development}</Table.Td>
                  <Table.Td className="fits">{rule.price_table}</Table.Td>
                  <Table.Td className="figures">{rule.cycles.length}</Table.Td>
                  <Table.Td>
                    {rule.version}, de {formatMoment(rule.updated_at)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
    </Stack>
  );
}

function OneRule({ id, act }: { id: number; act: string | undefined }) {
  const found = useQuery({
    queryKey: ["rule", id],
    queryFn: () =>
      ask(
        api.GET("/api/v1/approval_rules/{approval_rule_id}", { params: { path: { approval_rule_id: id } } }),
      ),
  });
  const rule = found.data?.approval_rule;
  if (!rule) {
    return found.error ? (
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
    ) : (
      <Skeleton height={320} />
    );
  }
  // A draft belongs to the version that it began with: another's changes are never written over unseen.
  if (act === "editar") {
    return <RuleEditor name={`rule-${rule.id}-${rule.version}`} fresh={() => toDraft(rule)} rule={rule} />;
  }
  return <FlowEvaluation rule={rule} />;
}
