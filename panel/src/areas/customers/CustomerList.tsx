import { Anchor, Button, Group, NativeSelect, Stack, TextInput, Title } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { api, ask } from "../../api/client";
import { Problem } from "../../api/problem";
import type { components } from "../../api/schema";
import { go, link } from "../../app/routes";
import { type Column, DataTable, type Order } from "../../ui/DataTable";
import { formatMoment, maskDocument, readDocument } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";

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

export function CustomerList({ writes }: { writes: boolean }) {
  const [order, setOrder] = useState(NEWEST);
  const [name, setName] = useState("");
  const [typed, setTyped] = useState("");
  const [group, setGroup] = useState("");
  const [problem, setProblem] = useState<unknown>(null);
  const search = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => search.current?.focus()]]);
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

  async function submit(event: FormEvent) {
    event.preventDefault();
    setProblem(null);
    const bare = readDocument(typed);
    if (!/^\d{11}$|^[0-9A-Z]{12}\d{2}$/.test(bare)) {
      setGroup("");
      setName(typed.trim());
      return;
    }
    try {
      const query = { cpf_cnpj: bare };
      const { customer } = await ask(api.GET("/api/v1/customers/find", { params: { query } }));
      go("clientes", "lista", String(customer.id));
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
      <form onSubmit={submit}>
        <Group align="flex-start">
          <TextInput
            ref={search}
            aria-label="Buscar por CPF, CNPJ ou começo do nome"
            placeholder="CPF, CNPJ ou nome  ( / )"
            miw={240}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={missing ? "Nenhum cliente com este documento" : undefined}
          />
          <NativeSelect
            aria-label="Classe"
            value={group}
            onChange={(event) => setGroup(event.currentTarget.value)}
            data={[
              { value: "", label: "Todas as classes" },
              ...(classes.data?.customer_classes.classes ?? []).map((each) => ({
                value: String(each.id),
                label: each.name,
              })),
            ]}
          />
          <Button type="submit">Buscar</Button>
        </Group>
      </form>
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
      {found.hasNextPage && (
        <Button
          variant="default"
          w="fit-content"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          Mostrar mais
        </Button>
      )}
    </Stack>
  );
}

function sortOf(order: Order) {
  if (order.by === "name") return order.descending ? ("name_desc" as const) : ("name_asc" as const);
  return order.descending ? ("created_at_desc" as const) : ("created_at_asc" as const);
}
