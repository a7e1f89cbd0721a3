import { Anchor, Button, Group, NativeSelect, Stack, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../api/client";
import { Problem } from "../../api/problem";
import type { components } from "../../api/schema";
import { link, useGoOn } from "../../app/routes";
import { type Column, DataTable, type Order } from "../../ui/DataTable";
import { useDraft } from "../../ui/draft";
import { formatMoment, maskDocument, readDocument } from "../../ui/format";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { SearchBox } from "../../ui/SearchBox";

type Customer = components["schemas"]["CustomerList"]["customers"][number];

const NEWEST: Order = { by: "created_at", descending: true };
const COLUMNS: readonly Column<Customer>[] = [
  {
    id: "name",
    title: "Nome",
    heading: true,
    sorts: true,
    cell: (row) => (
      <Anchor href={link("clientes", "lista", String(row.id))} className="fits">
        {row.name}
      </Anchor>
    ),
  },
  {
    id: "document",
    title: "CPF ou CNPJ",
    figures: true,
    cell: (row) => maskDocument(row.cpf ?? row.cnpj ?? ""),
  },
  {
    id: "pep",
    title: "Exposição política",
    cell: (row) => (row.politically_exposed ? "Exposto" : "—"),
  },
  { id: "created_at", title: "Cadastrado em", sorts: true, cell: (row) => formatMoment(row.created_at) },
];

const ANY = () => ({ typed: "", group: "" });

/** The beginning of a name, or nothing where what is typed is a document. */
function nameOf(typed: string): string {
  return /^\d{11}$|^[0-9A-Z]{12}\d{2}$/.test(readDocument(typed)) ? "" : typed.trim();
}

export function CustomerList({ writes }: { writes: boolean }) {
  const goOn = useGoOn();
  const [order, setOrder] = useState(NEWEST);
  const [{ typed, group }, keep] = useDraft("customers", ANY);
  const [name, setName] = useState(() => nameOf(typed));
  const [problem, setProblem] = useState<unknown>(null);
  const classes = useQuery({
    queryKey: ["classes"],
    queryFn: () => ask(api.GET("/api/v1/customer_classes", {})),
  });
  const found = useInfiniteQuery({
    queryKey: ["customers", order, name, group],
    initialPageParam: null as string | null,
    getNextPageParam: (page: components["schemas"]["CustomerList"]) => page.next_cursor,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/customers", {
          params: {
            query: {
              ...(group
                ? { customer_class_id: Number(group) }
                : { sort: sortOf(order), ...(name ? { name } : {}) }),
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
        }),
      ),
  });

  async function search() {
    setProblem(null);
    const begun = nameOf(typed);
    if (begun || !typed.trim()) {
      keep({ typed, group: "" });
      setName(begun);
      return;
    }
    try {
      const query = { cpf_cnpj: readDocument(typed) };
      const { customer } = await ask(api.GET("/api/v1/customers/find", { params: { query } }));
      goOn("clientes", "lista", String(customer.id));
    } catch (error) {
      setProblem(error);
    }
  }

  const rows = found.data?.pages.flatMap((page) => page.customers);
  const missing = problem instanceof Problem && problem.status === 404;
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>Clientes</Title>
        {writes && (
          <Button component="a" href={link("clientes", "lista", "novo")}>
            Novo cliente
          </Button>
        )}
      </Group>
      <SearchBox
        name="Buscar por CPF, CNPJ ou começo do nome"
        placeholder="CPF, CNPJ ou nome"
        typed={typed}
        change={(text) => keep({ typed: text, group })}
        search={() => void search()}
        wrong={missing ? "Nenhum cliente com este documento" : undefined}
        after={
          <NativeSelect
            aria-label="Classe"
            value={group}
            onChange={(event) => keep({ typed, group: event.currentTarget.value })}
            data={[
              { value: "", label: "Todas as classes" },
              ...(classes.data?.customer_classes.classes ?? []).map((each) => ({
                value: String(each.id),
                label: each.name,
              })),
            ]}
          />
        }
      />
      {!missing && <ProblemNote problem={problem} />}
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label="Clientes"
        columns={COLUMNS}
        rows={rows}
        failed={found.isError}
        rowId={(row) => String(row.id)}
        empty="Nenhum cliente com estes filtros."
        expected={10}
        {...(group ? {} : { order, sort: setOrder })}
      />
      <Older found={found} />
    </Stack>
  );
}

function sortOf(order: Order) {
  if (order.by === "name") return order.descending ? ("name_desc" as const) : ("name_asc" as const);
  return order.descending ? ("created_at_desc" as const) : ("created_at_asc" as const);
}
