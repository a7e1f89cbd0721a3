import { Button, Group, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../api/client";
import { Problem } from "../../api/problem";
import { formatMoment } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { Scroll } from "../../ui/Scroll";
import { DELIVERIES } from "./standing";

/** Where notices go, and how telling the last of them went. */
export function Notices() {
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState("");
  const callback = useQuery({
    queryKey: ["callback"],
    queryFn: async () => {
      try {
        return await ask(api.GET("/api/external/v2.1/callback"));
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
      }
    },
  });
  const found = useQuery({
    queryKey: ["deliveries"],
    queryFn: () => ask(api.GET("/api/external/v2.1/callbacks/deliveries")),
  });
  const deliveries = found.data?.deliveries;

  async function resend(id: string) {
    setBusy(id);
    setProblem(null);
    try {
      await ask(
        api.POST("/api/external/v2.1/callbacks/deliveries/{id}/resend", { params: { path: { id } } }),
      );
    } catch (error) {
      setProblem(error);
    }
    setBusy("");
    await found.refetch();
  }

  return (
    <Stack component="section" aria-label="Avisos" gap="xs">
      <Title order={2} size="h3">
        Avisos
      </Title>
      <ProblemNote problem={problem ?? callback.error ?? found.error} again={() => void found.refetch()} />
      {callback.data === null && <Text>Nenhum endereço cadastrado: os avisos não são enviados.</Text>}
      {callback.data && (
        <Text className="fits">
          {callback.data.active ? "Vão para" : "Parados; iam para"} {callback.data.url}
          {callback.data.disabled_reason ? ` (${callback.data.disabled_reason})` : ""}
        </Text>
      )}
      {found.isPending && <Skeleton height={120} />}
      {deliveries?.length === 0 && <Text>Nenhum aviso ainda.</Text>}
      {deliveries && deliveries.length > 0 && (
        <Scroll label="Tabela: avisos">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Aviso</Table.Th>
                <Table.Th scope="col">Criado em</Table.Th>
                <Table.Th scope="col">Situação</Table.Th>
                <Table.Th scope="col" className="figures">
                  Tentativas
                </Table.Th>
                <Table.Th scope="col">
                  <span className="unseen">Ações</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {deliveries.map((each) => (
                <Table.Tr key={each.id}>
                  <Table.Th scope="row">{each.event}</Table.Th>
                  <Table.Td>{formatMoment(each.created_at)}</Table.Td>
                  <Table.Td>
                    {DELIVERIES[each.status] ?? each.status}
                    {each.last_code ? ` (${each.last_code})` : ""}
                    {each.last_fault ? `: ${each.last_fault}` : ""}
                  </Table.Td>
                  <Table.Td className="figures">{each.tries}</Table.Td>
                  <Table.Td>
                    <Button
                      size="compact-xs"
                      variant="default"
                      loading={busy === each.id}
                      onClick={() => void resend(each.id)}
                      aria-label={`Reenviar ${each.event} de ${formatMoment(each.created_at)}`}
                    >
                      Reenviar
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      <Group>
        <Button variant="default" size="xs" onClick={() => void found.refetch()} loading={found.isFetching}>
          Atualizar
        </Button>
      </Group>
    </Stack>
  );
}
