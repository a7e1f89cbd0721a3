import { Anchor, Badge, Button, Group, Paper, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { link } from "../../app/routes";
import { formatDay, formatDocument, formatMoment, maskDocument } from "../../ui/format";
import { Masked } from "../../ui/Masked";
import { maskDay, maskEmail, maskPhone } from "../../ui/masks";
import { ProblemNote } from "../../ui/ProblemNote";
import { Classification } from "./Classification";

type Journey = components["schemas"]["JourneyView"];

const COUNTS = [
  ["cessoes", "assignments", "Cessões"],
  ["reservas", "reservations", "Reservas"],
  ["vendas", "sales", "Vendas"],
] as const;

export function CustomerScreen({ id, writes }: { id: number; writes: boolean }) {
  const found = useQuery({
    queryKey: ["journey", id],
    queryFn: () =>
      ask(api.GET("/api/v1/customers/{customer_id}/journey", { params: { path: { customer_id: id } } })),
  });
  const journey = found.data?.journey;
  if (!journey) {
    return found.error ? (
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
    ) : (
      <Skeleton height={480} />
    );
  }
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} className="fits">
          {journey.customer.name}
        </Title>
        {writes && (
          <Button component="a" href={link("clientes", "lista", String(id), "editar")}>
            Alterar
          </Button>
        )}
      </Group>
      <Group gap="xs">
        {journey.customer.politically_exposed && (
          <Badge color="red" variant="outline">
            Exposto politicamente
          </Badge>
        )}
        {journey.customer.associates_politically_exposed > 0 && (
          <Badge color="red" variant="outline">
            {`Associados expostos: ${journey.customer.associates_politically_exposed}`}
          </Badge>
        )}
      </Group>
      <OwnData id={id} customer={journey.customer} />
      <Classification id={id} classification={journey.classification} writes={writes} />
      <Paper withBorder p="md" component="section" aria-label="Jornada">
        <Title order={2} size="h3">
          Jornada
        </Title>
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          {COUNTS.map(([path, name, title]) => (
            <Anchor key={path} href={link("clientes", "lista", String(id), path)}>
              {title}: {journey[name].count}
            </Anchor>
          ))}
        </SimpleGrid>
      </Paper>
    </Stack>
  );
}

/** Masked until somebody asks for a field, which the API records first. */
function OwnData({ id, customer }: { id: number; customer: Journey["customer"] }) {
  const fields = [
    [
      "document",
      customer.cpf ? "CPF" : "CNPJ",
      maskDocument(customer.cpf ?? customer.cnpj ?? ""),
      formatDocument,
    ],
    ["birth_date", "Nascimento", customer.born_at ? maskDay(customer.born_at) : "—", formatDay],
    ["emails", "E-mails", customer.emails.map(maskEmail).join(", ") || "—", undefined],
    ["phones", "Telefones", customer.phones.map(maskPhone).join(", ") || "—", undefined],
    ["mother", "Nome da mãe", "•••", undefined],
  ] as const;
  return (
    <Paper withBorder p="md" component="section" aria-label="Dados">
      <Stack gap="xs">
        <Title order={2} size="h3">
          Dados
        </Title>
        {fields.map(([field, title, masked, format]) => (
          <div key={field}>
            <b>{title}:</b>{" "}
            <Masked
              kind="customer"
              id={String(id)}
              field={field}
              name={title}
              masked={masked}
              {...(format ? { format } : {})}
            />
          </div>
        ))}
        <Text size="sm">Cadastrado em {formatMoment(customer.created_at)}</Text>
      </Stack>
    </Paper>
  );
}
