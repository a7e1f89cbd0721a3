import { Badge, Button, Group, NativeSelect, Paper, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import { usePerson } from "../../api/person";
import type { components } from "../../api/schema";
import { useGoOn } from "../../app/routes";
import { useAct } from "../../ui/act";
import { today } from "../../ui/days";
import { useForm } from "../../ui/form";
import { formatCents, formatDay, readCents } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { Writing } from "../../ui/Writing";
import { BOLETOS } from "./words";

type Boleto = components["schemas"]["BoletoView"];
const CHANGES = ["disputed", "renegotiated", "cancelled", "open"] as const;
const OVER = new Set(["settled", "cancelled"]);
const fresh = () => ({ amount: "", paid: today(), available: today() });
const NOTHING = () => ({});

/** One debt: what is owed, the money that came in, and asking for its listing. */
export function BoletoCard({ boleto, done }: { boleto: Boleto; done: () => void }) {
  const goOn = useGoOn();
  const { name } = usePerson();
  const queries = useQueryClient();
  const form = useForm(`payment-${boleto.id}`, fresh);
  const { filled: payment, change } = form;
  const listing = useForm(`listing-${boleto.id}`, NOTHING);
  const { busy, problem, act } = useAct();
  const cents = readCents(payment.amount);
  const path = { boleto_id: boleto.id };

  const list = () =>
    listing.send(
      (key) => {
        const params = { header: { "Idempotency-Key": key } };
        const body = { negativation: { boleto_id: boleto.id, requested_by: name } };
        return ask(api.POST("/api/v1/negativations", { params, body }));
      },
      async (made) => {
        await queries.invalidateQueries({ queryKey: ["listings"] });
        goOn("negativacoes", "registros", made.data.id);
      },
    );
  const say = (status: (typeof CHANGES)[number]) =>
    act(status, async () => {
      await ask(api.PATCH("/api/v1/boletos/{boleto_id}", { params: { path }, body: { boleto: { status } } }));
      done();
    });
  const settle = () =>
    form.send((key) => {
      const settlement = {
        paid_on: payment.paid,
        available_on: payment.available,
        amount_cents: cents ?? 0,
        payment_id: key,
      };
      const params = { path, header: { "Idempotency-Key": key } };
      return ask(api.POST("/api/v1/boletos/{boleto_id}/settlement", { params, body: { settlement } }));
    }, done);

  return (
    <Paper withBorder p="md" component="section" aria-label={`Boleto ${boleto.external_id}`}>
      <Stack gap="xs">
        <Group gap="xs">
          <Text fw={600} className="fits">
            {boleto.external_id}
          </Text>
          <Badge variant="outline" color={boleto.status === "overdue" ? "red" : "gray"}>
            {BOLETOS[boleto.status] ?? boleto.status}
          </Badge>
        </Group>
        <Text className="fits">
          {formatCents(boleto.amount_cents)}, vencimento {formatDay(boleto.due_on)}; falta{" "}
          {formatCents(boleto.remaining_cents)}
          {boleto.contract_number ? `; contrato ${boleto.contract_number}` : ""}
          {boleto.nature_code ? `; natureza ${boleto.nature_code}` : ""}
        </Text>
        {boleto.payments.map((each) => (
          <Text size="sm" key={each.id} className="fits">
            Pago {formatCents(each.amount_cents)} em {formatDay(each.paid_on)}, disponível em{" "}
            {formatDay(each.available_on)}
          </Text>
        ))}
        {!OVER.has(boleto.status) && (
          <Writing area="listings">
            <Group gap="xs" align="flex-end">
              {boleto.status === "overdue" && (
                <Button size="xs" loading={listing.busy !== ""} onClick={() => void list()}>
                  Pedir a negativação
                </Button>
              )}
              <NativeSelect
                aria-label={`Dizer do boleto ${boleto.external_id}`}
                size="xs"
                value=""
                disabled={busy !== ""}
                data={[
                  { value: "", label: "Dizer que foi…" },
                  { value: "disputed", label: "Contestado" },
                  { value: "renegotiated", label: "Renegociado" },
                  { value: "cancelled", label: "Cancelado" },
                  { value: "open", label: "Reaberto" },
                ]}
                onChange={(event) => {
                  const status = CHANGES.find((each) => each === event.currentTarget.value);
                  if (status) void say(status);
                }}
              />
            </Group>
            <details>
              <summary>Registrar um pagamento</summary>
              <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} mt="xs">
                <TextInput
                  label="Valor pago"
                  inputMode="decimal"
                  placeholder="189,90"
                  value={payment.amount}
                  onChange={(event) => change({ amount: event.currentTarget.value })}
                  error={payment.amount && cents === null ? "Escreva como 1.234,56" : undefined}
                />
                <TextInput
                  type="date"
                  label="Pago em"
                  value={payment.paid}
                  onChange={(event) => change({ paid: event.currentTarget.value })}
                />
                <TextInput
                  type="date"
                  label="Dinheiro disponível em"
                  description="Dele conta o prazo da baixa"
                  value={payment.available}
                  onChange={(event) => change({ available: event.currentTarget.value })}
                />
              </SimpleGrid>
              <Button
                mt="xs"
                size="xs"
                variant="default"
                disabled={cents === null}
                loading={form.busy !== ""}
                onClick={() => void settle()}
              >
                Registrar pagamento
              </Button>
            </details>
          </Writing>
        )}
        <ProblemNote problem={problem ?? listing.problem ?? form.problem} />
      </Stack>
    </Paper>
  );
}
