import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { api, ask } from "../../api/client";
import { usePerson } from "../../api/person";
import type { components } from "../../api/schema";
import { useForm } from "../../ui/form";
import { formatMoment, maskDocument } from "../../ui/format";
import { Older } from "../../ui/Older";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { usePages } from "../../ui/pages";
import { Writing } from "../../ui/Writing";

type Arrival = components["schemas"]["ArrivalView"];
const KINDS: Record<string, string> = {
  message: "Mensagem sem negativação",
  record: "Registro que ninguém pediu aqui",
  unreadable: "Mensagem ilegível",
};
const EMPTY = () => ({ listing: "", reason: "" });

/** What bureaus said that belongs to no listing, until a person joins it to one or dismisses it. */
export function Arrivals() {
  const { found, rows } = usePages(["arrivals"], (query) =>
    ask(api.GET("/api/v1/bureau_arrivals", { params: { query } })),
  );
  return (
    <Part title="O que os birôs disseram e não é de nenhuma negativação">
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      {rows?.length === 0 && <Text>Nada por tratar.</Text>}
      {rows?.map((each) => (
        <Resolution key={each.id} arrival={each} done={() => void found.refetch()} />
      ))}
      <Older found={found} />
    </Part>
  );
}

function Resolution({ arrival, done }: { arrival: Arrival; done: () => void }) {
  const { name } = usePerson();
  const { filled: form, change, send, busy, problem } = useForm(`arrival-${arrival.id}`, EMPTY);

  const resolve = (action: "join" | "dismiss") =>
    send(
      () => {
        const params = { path: { arrival_id: arrival.id } };
        const joined = action === "join" ? { negativation_id: form.listing.trim() } : {};
        const resolution = { action, ...joined, reason: form.reason.trim(), resolved_by: name };
        return ask(
          api.POST("/api/v1/bureau_arrivals/{arrival_id}/resolution", { params, body: { resolution } }),
        );
      },
      done,
      action,
    );

  return (
    <Stack gap="xs">
      <Text className="fits">
        {KINDS[arrival.kind] ?? arrival.kind}, {formatMoment(arrival.received_at)}
        {arrival.bureau ? `, ${arrival.bureau}` : ""}
        {arrival.document ? `, ${maskDocument(arrival.document)}` : ""}
        {arrival.contract ? `, contrato ${arrival.contract}` : ""}
        {arrival.standing ? `: ${arrival.standing}` : ""}
        {arrival.code ? ` (${arrival.code})` : ""}
      </Text>
      <Writing area="listings">
        <Group align="flex-end">
          <TextInput
            label="Por quê"
            value={form.reason}
            onChange={(event) => change({ reason: event.currentTarget.value })}
          />
          {arrival.kind !== "unreadable" && (
            <TextInput
              label="Número da negativação, para juntar"
              value={form.listing}
              onChange={(event) => change({ listing: event.currentTarget.value })}
            />
          )}
          {arrival.kind !== "unreadable" && (
            <Button
              loading={busy === "join"}
              disabled={!form.reason.trim() || !form.listing.trim()}
              onClick={() => void resolve("join")}
            >
              Juntar
            </Button>
          )}
          <Button
            variant="default"
            loading={busy === "dismiss"}
            disabled={!form.reason.trim()}
            onClick={() => void resolve("dismiss")}
          >
            Dispensar
          </Button>
        </Group>
      </Writing>
      <ProblemNote problem={problem} />
    </Stack>
  );
}
