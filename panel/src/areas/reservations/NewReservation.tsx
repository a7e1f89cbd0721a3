import { Button, Fieldset, Group, SimpleGrid, Stack, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { api, ask } from "../../api/client";
import { usePerson } from "../../api/person";
import { link, useGoOn } from "../../app/routes";
import { useAct } from "../../ui/act";
import { useDraft } from "../../ui/draft";
import { ProblemNote } from "../../ui/ProblemNote";
import { Writing } from "../../ui/Writing";
import { type FlowDraft, freshFlow } from "../approvals/cycles";
import { FlowFields } from "../approvals/FlowFields";
import { checkReservation, type ReservationDraft, toReservation } from "./reservation";

const fresh = (): ReservationDraft => ({
  key: crypto.randomUUID(),
  development: "",
  table: "",
  unit: "",
  customer: "",
  lots: "1",
  owed: "",
  preRegistration: "",
  flow: freshFlow(),
});

/** A unit for a customer by a payment flow. Sent twice by a connection that broke, it is one reservation. */
export function NewReservation() {
  const goOn = useGoOn();
  const { name } = usePerson();
  const [draft, keep, clear] = useDraft<ReservationDraft>("reservation", fresh);
  const [shown, setShown] = useState(false);
  const { busy, problem, act } = useAct();
  const wrong = checkReservation(draft);
  const told = (field: string) => (shown ? wrong[field] : undefined);
  const change = (changes: Partial<ReservationDraft>) =>
    keep({ ...draft, ...changes, key: crypto.randomUUID() });
  const text = (field: Exclude<keyof ReservationDraft, "flow" | "key">, label: string, more = {}) => (
    <TextInput
      label={label}
      value={draft[field]}
      onChange={(event) => change({ [field]: event.currentTarget.value })}
      error={told(field)}
      {...more}
    />
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    if (Object.keys(wrong).length > 0 || name === "") return;
    void act("create", async () => {
      const params = { header: { "Idempotency-Key": draft.key } };
      const body = { reservation: toReservation(draft, name) };
      const made = await ask(api.POST("/api/v1/reservations", { params, body }));
      clear();
      goOn("reservas", String(made.reservation.id));
    });
  }

  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>Nova reserva</Title>
        <Button variant="default" component="a" href={link("reservas")}>
          Todas
        </Button>
      </Group>
      <Writing area="reservations" otherwise="Seu papel lê reservas e não as pede.">
        <form onSubmit={submit} noValidate aria-label="Nova reserva">
          <Stack>
            <Fieldset legend="Unidade e cliente">
              <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
                {text("development", "Empreendimento", { required: true })}
                {text("table", "Tabela de preços", { required: true })}
                {text("unit", "Unidade", { required: true, placeholder: "Torre A, 101" })}
                {text("customer", "Número do cliente", { required: true, inputMode: "numeric" })}
                {text("lots", "Lotes", { required: true, inputMode: "numeric" })}
                {text("owed", "O que o cliente já deve", {
                  inputMode: "decimal",
                  placeholder: "0,00",
                  description: "Em branco: não se sabe",
                })}
                {text("preRegistration", "Pré-cadastro", {
                  description: "Pedido onde a alçada soma a parcela dele",
                })}
              </SimpleGrid>
            </Fieldset>
            <Fieldset legend="Fluxo de pagamento">
              <FlowFields
                draft={draft.flow}
                told={told}
                change={(changes: Partial<FlowDraft>) => change({ flow: { ...draft.flow, ...changes } })}
              />
            </Fieldset>
            <ProblemNote problem={problem} />
            <Group>
              <Button type="submit" loading={busy !== ""}>
                Pedir reserva
              </Button>
              <Button variant="default" onClick={clear} disabled={busy !== ""}>
                Limpar
              </Button>
            </Group>
          </Stack>
        </form>
      </Writing>
    </Stack>
  );
}
