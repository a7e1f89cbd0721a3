import { Anchor, Badge, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { api, ask } from "../../api/client";
import { usePerson } from "../../api/person";
import type { components } from "../../api/schema";
import { reads } from "../../app/rights";
import { link } from "../../app/routes";
import { type Column, DataTable } from "../../ui/DataTable";
import { formatMoment } from "../../ui/format";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { SearchBox } from "../../ui/SearchBox";
import { Writing } from "../../ui/Writing";
import { formatShare, STATES } from "../approvals/states";

type Reservation = components["schemas"]["ReservationRow"];

const COLUMNS: readonly Column<Reservation>[] = [
  {
    id: "unit",
    title: "Unidade",
    heading: true,
    cell: (row) => (
      <Anchor href={link("reservas", String(row.id))} className="fits">
        {row.development}, {row.unit}
      </Anchor>
    ),
  },
  { id: "customer", title: "Cliente", figures: true, cell: (row) => row.customer_id },
  { id: "asked", title: "Pedida por", cell: (row) => <span className="fits">{row.requested_by}</span> },
  {
    id: "state",
    title: "Situação",
    whole: true,
    cell: (row) => <Badge variant="outline">{STATES[row.state]}</Badge>,
  },
  { id: "met", title: "Atende", figures: true, cell: (row) => formatShare(row.met_percent) },
  { id: "created", title: "Desde", whole: true, cell: (row) => formatMoment(row.created_at) },
];

/** Reservations that the person sees: who sells, its own. */
export function ReservationList() {
  const { job } = usePerson();
  const [typed, setTyped] = useState("");
  const [customer, setCustomer] = useState(0);
  const found = useInfiniteQuery({
    queryKey: ["reservations-all", customer],
    refetchOnMount: "always",
    initialPageParam: null as string | null,
    getNextPageParam: (page: components["schemas"]["ReservationList"]) => page.next_cursor,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/reservations", {
          params: {
            query: {
              ...(customer > 0 ? { customer_id: customer } : {}),
              ...(pageParam ? { cursor: Number(pageParam) } : {}),
              per_page: 100,
            },
          },
        }),
      ),
  });
  const { hasNextPage, isFetching, fetchNextPage } = found;
  const none = found.data?.pages.every((page) => page.reservations.length === 0) === true;
  useEffect(() => {
    // A page holds fewer where some are not this person's to see: the next one is looked at as well.
    if (none && hasNextPage && !isFetching) void fetchNextPage();
  }, [none, hasNextPage, isFetching, fetchNextPage]);
  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.reservations), [found.data]);
  const number = typed.trim();
  const wrong = number !== "" && !/^[1-9]\d{0,11}$/.test(number);

  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>Reservas</Title>
        <Writing area="reservations">
          <Button component="a" href={link("reservas", "nova")}>
            Nova reserva
          </Button>
        </Writing>
      </Group>
      {job !== "" && !reads(job, "rules") && <Text size="sm">As que você pediu.</Text>}
      <SearchBox
        name="Buscar pelo número do cliente"
        placeholder="Número do cliente"
        typed={typed}
        change={setTyped}
        search={() => {
          if (!wrong) setCustomer(Number(number));
        }}
        wrong={wrong ? "Informe o número do cliente" : undefined}
      />
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label="Reservas"
        columns={COLUMNS}
        rows={none && hasNextPage ? undefined : rows}
        failed={found.isError}
        rowId={(row) => String(row.id)}
        empty="Nenhuma reserva."
      />
      <Older found={found} label="Mais" />
    </Stack>
  );
}
