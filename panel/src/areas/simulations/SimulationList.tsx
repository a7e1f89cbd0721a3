import { Anchor, Badge, Button, Group, Stack, Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { go, link } from "../../app/routes";
import { type Column, DataTable, type Order } from "../../ui/DataTable";
import { FilterBox, NONE_FITS, useFilter } from "../../ui/FilterBox";
import { formatCents, formatMoment, maskDocument } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { Writing } from "../../ui/Writing";

type Simulation = components["schemas"]["SimulationList"]["data"][number];

const PAGE = 20;
const NEWEST: Order = { by: "created_at", descending: true };
const COLUMNS: readonly Column<Simulation>[] = [
  {
    id: "lead",
    title: "Cliente",
    cell: (row) => (
      <Anchor href={link("simulacoes", row.uuid)} className="fits">
        {row.lead.name ?? "Cliente sem nome"}
      </Anchor>
    ),
  },
  { id: "document", title: "CPF ou CNPJ", figures: true, cell: (row) => maskDocument(row.lead.cpf_cnpj) },
  { id: "value", title: "Valor", figures: true, cell: (row) => formatCents(row.assets_value ?? 0) },
  { id: "created_at", title: "Criada em", sorts: true, cell: (row) => formatMoment(row.created_at) },
  {
    id: "status",
    title: "Situação",
    cell: (row) => (
      <Badge variant="outline" color={row.finished_at ? "teal" : "gray"}>
        {row.finished_at ? "Pronta" : "Em andamento"}
      </Badge>
    ),
  },
];

const textsOf = (row: Simulation) => [row.lead.name, row.lead.cpf_cnpj, row.uuid];

export function SimulationList() {
  const [page, setPage] = useState(1);
  const [order, setOrder] = useState(NEWEST);
  const found = useQuery({
    queryKey: ["simulations", page, order.descending],
    placeholderData: keepPreviousData,
    queryFn: () =>
      ask(
        api.GET("/api/v1/proposal_simulations", {
          params: {
            query: { page, per_page: PAGE, sort: order.descending ? "created_at_desc" : "created_at_asc" },
          },
        }),
      ),
  });
  const rows = found.data?.data;
  const filter = useFilter(rows, textsOf);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>Simulações</Title>
        <Writing area="simulations">
          <Button component="a" href={link("simulacoes", "nova")}>
            Nova simulação
          </Button>
        </Writing>
      </Group>
      <FilterBox
        name="Filtrar por nome, CPF, CNPJ ou número"
        placeholder="Nome, CPF, CNPJ ou número"
        filter={filter}
        more={rows?.length === PAGE}
        open={(uuid) => go("simulacoes", uuid)}
      />
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label="Simulações"
        columns={COLUMNS}
        rows={filter.kept}
        failed={found.isError}
        rowId={(row) => row.uuid}
        empty={
          filter.all > 0 ? NONE_FITS : page === 1 ? "Nenhuma simulação ainda." : "Não há mais simulações."
        }
        expected={10}
        order={order}
        sort={(next) => {
          setOrder(next);
          setPage(1);
        }}
      />
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
