import { Anchor, Button, Group, NativeSelect, Skeleton, Stack, Text, TextInput, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { go, link } from "../../app/routes";
import { type Column, DataTable } from "../../ui/DataTable";
import { useDraft } from "../../ui/draft";
import { formatMoment, formatReais, maskDocument, readDocument } from "../../ui/format";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { SearchBox } from "../../ui/SearchBox";
import { labelOf, orderTotals } from "./statuses";

const EVERY_MS = 10_000;
type Status = components["schemas"]["CreditStatus"];
type Row = components["schemas"]["ProposalPage"]["proposals"][number];

const ANY = () => ({ typed: "", status: "" as Status | "", product: "", from: "", to: "" });
const isCpf = (typed: string) => readDocument(typed).length === 11;
const COLUMNS: readonly Column<Row>[] = [
  {
    id: "name",
    title: "Cliente",
    cell: (row) => (
      <Anchor href={link("propostas", row.customerServiceNumber)} className="fits">
        {row.name ?? "Sem nome"}
      </Anchor>
    ),
  },
  { id: "cpf", title: "CPF", figures: true, cell: (row) => (row.cpf ? maskDocument(row.cpf) : "—") },
  { id: "product", title: "Produto", cell: (row) => <span className="fits">{row.product}</span> },
  { id: "value", title: "Valor", figures: true, cell: (row) => formatReais(row.value) },
  { id: "status", title: "Situação", cell: (row) => labelOf(row.lastStatus) },
  { id: "updated", title: "Atualizada em", whole: true, cell: (row) => formatMoment(row.lastUpdated) },
];

export function ProposalList() {
  const [filters, keep] = useDraft("proposals", ANY);
  const { typed, status, product, from, to } = filters;
  const change = (changes: Partial<typeof filters>) => keep({ ...filters, ...changes });
  const [cpf, setCpf] = useState(() => (isCpf(typed) ? readDocument(typed) : ""));
  const [wrong, setWrong] = useState("");
  const totals = useQuery({
    queryKey: ["proposal-totals"],
    refetchInterval: EVERY_MS,
    queryFn: () => ask(api.GET("/api/external/v2.1/proposals/totals")),
  });
  const products = useQuery({
    queryKey: ["products"],
    queryFn: () => ask(api.GET("/api/external/v2.1/products")),
  });
  const crossed = from !== "" && to !== "" && to < from;
  const found = useInfiniteQuery({
    queryKey: ["proposals", status, cpf, product, from, to],
    enabled: !crossed,
    refetchInterval: EVERY_MS,
    initialPageParam: null as string | null,
    getNextPageParam: (page: components["schemas"]["ProposalPage"]) => page.next,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/external/v2.1/proposals", {
          params: {
            query: {
              ...(status ? { status } : {}),
              ...(cpf ? { cpf } : {}),
              ...(product ? { productId: Number(product) } : {}),
              ...(from ? { from } : {}),
              ...(to ? { to } : {}),
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
        }),
      ),
  });

  function search() {
    const bare = readDocument(typed);
    setWrong("");
    if (bare === "" || isCpf(typed)) setCpf(bare);
    else if (/^\d{12,}$/.test(bare)) go("propostas", bare);
    else setWrong("Informe um CPF ou o número de uma proposta");
  }

  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.proposals), [found.data]);
  const counted = orderTotals(totals.data?.totals ?? {});
  return (
    <Stack>
      <Title order={1}>Propostas</Title>
      <section aria-label="Propostas por situação">
        {totals.isPending && <Skeleton height={56} />}
        <Group gap="xs">
          {counted.map(([name, count]) => (
            <Button
              key={name}
              size="xs"
              variant={status === name ? "filled" : "default"}
              aria-pressed={status === name}
              onClick={() => change({ status: status === name ? "" : (name as Status) })}
            >
              {labelOf(name)}: {count}
            </Button>
          ))}
          {totals.data && <Text size="sm">Ao todo: {totals.data.total}</Text>}
        </Group>
      </section>
      <SearchBox
        name="Buscar por CPF ou número da proposta"
        placeholder="CPF ou número da proposta"
        typed={typed}
        change={(text) => change({ typed: text })}
        search={search}
        wrong={wrong || undefined}
        after={
          <>
            <NativeSelect
              aria-label="Situação"
              value={status}
              onChange={(event) => change({ status: event.currentTarget.value as Status | "" })}
              data={[
                { value: "", label: "Todas as situações" },
                ...counted.map(([name]) => ({ value: name, label: labelOf(name) })),
              ]}
            />
            <NativeSelect
              aria-label="Produto"
              value={product}
              onChange={(event) => change({ product: event.currentTarget.value })}
              data={[
                { value: "", label: "Todos os produtos" },
                ...(products.data?.data ?? []).map((each) => ({
                  value: String(each.product_id),
                  label: each.name,
                })),
              ]}
            />
            <TextInput
              type="date"
              aria-label="Criadas desde"
              title="Criadas desde"
              value={from}
              onChange={(event) => change({ from: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              aria-label="Criadas até"
              title="Criadas até"
              value={to}
              onChange={(event) => change({ to: event.currentTarget.value })}
              error={crossed ? "Antes do primeiro dia" : undefined}
            />
          </>
        }
      />
      <ProblemNote problem={found.error ?? totals.error} again={() => void found.refetch()} />
      <DataTable
        label="Propostas"
        columns={COLUMNS}
        rows={rows}
        failed={found.isError}
        rowId={(row) => row.customerServiceNumber}
        empty="Nenhuma proposta com estes filtros."
      />
      <Older found={found} />
    </Stack>
  );
}
