import { Anchor, Badge, Button, Group, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../api/client";
import { link } from "../../app/routes";
import { formatCents, formatMoment, maskDocument } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { Scroll } from "../../ui/Scroll";

const PAGE = 20;

export function SimulationList() {
  const [page, setPage] = useState(1);
  const found = useQuery({
    queryKey: ["simulations", page],
    queryFn: () =>
      ask(
        api.GET("/api/v1/proposal_simulations", {
          params: { query: { page, per_page: PAGE, sort: "created_at_desc" } },
        }),
      ),
  });
  const rows = found.data?.data;
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>Simulações</Title>
        <Button component="a" href={link("simulacoes", "nova")}>
          Nova simulação
        </Button>
      </Group>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      {found.isPending && <Skeleton height={240} />}
      {rows?.length === 0 && <Text>Nenhuma simulação {page > 1 ? "nesta página" : "ainda"}.</Text>}
      {rows && rows.length > 0 && (
        <Scroll label="Simulações">
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Cliente</Table.Th>
                <Table.Th scope="col">CPF ou CNPJ</Table.Th>
                <Table.Th scope="col" className="figures">
                  Valor
                </Table.Th>
                <Table.Th scope="col">Criada em</Table.Th>
                <Table.Th scope="col">Situação</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.uuid}>
                  <Table.Td>
                    <Anchor href={link("simulacoes", row.uuid)} className="fits">
                      {row.lead.name ?? "Cliente sem nome"}
                    </Anchor>
                  </Table.Td>
                  <Table.Td className="figures">{maskDocument(row.lead.cpf_cnpj)}</Table.Td>
                  <Table.Td className="figures">{formatCents(row.assets_value ?? 0)}</Table.Td>
                  <Table.Td>{formatMoment(row.created_at)}</Table.Td>
                  <Table.Td>
                    <Badge variant="outline" color={row.finished_at ? "teal" : "gray"}>
                      {row.finished_at ? "Pronta" : "Em andamento"}
                    </Badge>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      <Group>
        <Button variant="default" disabled={page === 1} onClick={() => setPage(page - 1)}>
          Anteriores
        </Button>
        <Button variant="default" disabled={(rows?.length ?? 0) < PAGE} onClick={() => setPage(page + 1)}>
          Próximas
        </Button>
      </Group>
    </Stack>
  );
}
