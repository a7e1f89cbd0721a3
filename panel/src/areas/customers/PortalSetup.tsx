import {
  Button,
  NativeSelect,
  SimpleGrid,
  Skeleton,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { readAnew } from "../../ui/anew";
import { type Column, DataTable } from "../../ui/DataTable";
import { FormEnd } from "../../ui/FormEnd";
import { useForm } from "../../ui/form";
import { formatMoment } from "../../ui/format";
import { maskEmail, maskPhone } from "../../ui/masks";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { Admission } from "./Admission";

type Schedule = components["schemas"]["ScheduleView"];
type FieldName = keyof Schedule["fields"];
type Person = components["schemas"]["PersonList"]["portal_people"][number];

export const FIELD_LABELS: Record<FieldName, string> = {
  name: "Nome",
  rg: "RG",
  family_income_cents: "Renda familiar",
  mobile: "Celular",
  email: "E-mail",
  zip_code: "CEP",
  address: "Endereço",
};
const DAYS = /^[1-9]\d{0,4}$/;
const SHOWINGS = [
  { value: "shown", label: "Aparece" },
  { value: "required", label: "Obrigatório" },
  { value: "hidden", label: "Não aparece" },
];
export const KINDS: Record<Person["kind"], string> = {
  customer: "Cliente",
  prospect: "Prospect",
  building_manager: "Síndico",
  other: "Outro",
};

export default function PortalSetup({ writes }: { writes: boolean }) {
  const found = useQuery({
    queryKey: ["schedule"],
    queryFn: () => ask(api.GET("/api/v1/registration_schedule")),
  });
  const schedule = found.data?.registration_schedule;
  return (
    <Stack>
      <Title order={1}>Portal do cliente</Title>
      <Stack component="section" aria-label="Atualização cadastral" gap="xs">
        <Title order={2} size="h3">
          Atualização cadastral
        </Title>
        <ProblemNote problem={found.error} again={() => void found.refetch()} />
        {found.isPending && <Skeleton height={280} />}
        {schedule && <ScheduleForm schedule={schedule} writes={writes} key={schedule.version} />}
      </Stack>
      <People writes={writes} />
    </Stack>
  );
}

function ScheduleForm({ schedule, writes }: { schedule: Schedule; writes: boolean }) {
  const form = useForm(
    `schedule-${schedule.version}`,
    () => ({
      enabled: schedule.enabled,
      days: schedule.every_days > 0 ? String(schedule.every_days) : "",
      fields: { ...schedule.fields },
    }),
    (filled) => (DAYS.test(filled.days.trim()) ? {} : { days: "Informe os dias, como 180" }),
  );
  const { filled: draft, change, wrong } = form;
  const queries = useQueryClient();
  const keep = () => {
    const body = {
      registration_schedule: {
        enabled: draft.enabled,
        every_days: Number(draft.days),
        fields: draft.fields,
      },
    };
    return ask(api.PUT("/api/v1/registration_schedule", { body }));
  };
  const done = () => queries.invalidateQueries({ queryKey: ["schedule"] });

  return (
    <form onSubmit={(event) => form.submit(event, keep, done)} noValidate aria-label="Atualização cadastral">
      <Stack gap="xs">
        <Switch
          label="Pedir que as pessoas confirmem o cadastro"
          disabled={!writes}
          checked={draft.enabled}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        />
        <TextInput
          label="A cada quantos dias corridos"
          inputMode="numeric"
          disabled={!writes}
          value={draft.days}
          onChange={(event) => change({ days: event.currentTarget.value })}
          error={wrong.days}
        />
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
          {(Object.keys(FIELD_LABELS) as FieldName[]).map((name) => (
            <NativeSelect
              key={name}
              label={FIELD_LABELS[name]}
              disabled={!writes}
              data={SHOWINGS}
              value={draft.fields[name]}
              onChange={(event) =>
                change({
                  fields: {
                    ...draft.fields,
                    [name]: event.currentTarget.value as Schedule["fields"][FieldName],
                  },
                })
              }
            />
          ))}
        </SimpleGrid>
        {writes && <FormEnd form={form} send="Guardar" />}
      </Stack>
    </form>
  );
}

function People({ writes }: { writes: boolean }) {
  const [sure, setSure] = useState("");
  const [problem, setProblem] = useState<unknown>(null);
  const found = useInfiniteQuery({
    queryKey: ["portal-people"],
    initialPageParam: null as string | null,
    getNextPageParam: (page: components["schemas"]["PersonList"]) => page.next_cursor,
    queryFn: ({ pageParam }) =>
      ask(api.GET("/api/v1/portal_people", { params: { query: pageParam ? { cursor: pageParam } : {} } })),
  });

  async function end(person: Person) {
    setProblem(null);
    try {
      const path = { person_id: person.id };
      await ask(api.DELETE("/api/v1/portal_people/{person_id}", { params: { path } }));
      await found.refetch();
    } catch (error) {
      setProblem(error);
    }
    setSure("");
  }

  const columns: Column<Person>[] = [
    { id: "name", title: "Nome", heading: true, cell: (row) => <span className="fits">{row.name}</span> },
    { id: "kind", title: "É", cell: (row) => KINDS[row.kind] },
    { id: "login", title: "Entra com", cell: (row) => sayLogin(row) },
    {
      id: "state",
      title: "Acesso",
      cell: (row) =>
        row.ended_at ? `Encerrado em ${formatMoment(row.ended_at)}` : `Desde ${formatMoment(row.created_at)}`,
    },
  ];
  if (writes) {
    columns.push({
      id: "acts",
      title: "Ações",
      unseen: true,
      cell: (row) =>
        !row.ended_at && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`${sure === row.id ? "Encerrar mesmo?" : "Encerrar"} O acesso de ${row.name}`}
            onClick={() => (sure === row.id ? void end(row) : setSure(row.id))}
          >
            {sure === row.id ? "Encerrar mesmo?" : "Encerrar"}
          </Button>
        ),
    });
  }
  return (
    <Stack component="section" aria-label="Acessos" gap="xs">
      <Title order={2} size="h3">
        Quem tem acesso
      </Title>
      {writes && <Admission admitted={() => void readAnew(found)} />}
      <ProblemNote problem={problem ?? found.error} again={() => void found.refetch()} />
      <DataTable
        label="Acessos ao portal"
        columns={columns}
        rows={found.data?.pages.flatMap((page) => page.portal_people)}
        failed={found.isError}
        rowId={(row) => row.id}
        empty="Ninguém tem acesso ainda."
      />
      <Older found={found} />
      {writes && <Text size="sm">Quem perde o acesso sai na hora, e os seus endereços ficam livres.</Text>}
    </Stack>
  );
}

function sayLogin(person: Person): string {
  const told = [
    person.login_email && maskEmail(person.login_email),
    person.login_mobile && maskPhone(person.login_mobile),
  ];
  return told.filter(Boolean).join(", ") || "—";
}
